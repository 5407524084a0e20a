"""Every family of measurements: errors on GPUs and hosts that a fit had not seen, ranges, the page that says so."""

from __future__ import annotations

import json
import math
import tomllib

import pytest

from accuracy import checks, page
from accuracy.engine import predict
from accuracy.judged import Family, coverage_of
from accuracy.shared import digest

AIMS = {"median": 0.10, "tenth_worst": 0.25}


def test_that_the_errors_on_what_was_not_seen_keep_the_aims(family: Family) -> None:
    print(family.name, "left out:", family.left_out, "in sample:", family.in_sample)  # noqa: T201  # with n
    if family.left_out.count < page.FEW:
        assert family.in_sample.median <= AIMS["median"]
    else:
        assert family.left_out.median <= AIMS["median"]
    assert family.left_out.tenth_worst <= AIMS["tenth_worst"]
    assert family.in_sample.median <= family.left_out.median


def test_that_the_ranges_hold_eight_of_ten_measurements(families: list[Family]) -> None:
    for family in families:
        print(f"{family.name}: {family.coverage:.0%} of {len(family.cases)}")  # noqa: T201  # with n
    pooled = [each for family in families for each in family.cases]
    assert 0.75 <= coverage_of(pooled) <= 0.90


def test_that_no_family_has_ranges_too_narrow(family: Family) -> None:
    assert family.coverage >= 0.75


def test_that_the_catalogue_holds_the_fitted_numbers(family: Family) -> None:
    """Where a fit changed, `make fit` writes it; four digits are kept."""
    said = predict([each.case for each in family.cases])
    for each, now in zip(family.cases, said, strict=True):
        assert math.isclose(now.value, each.in_sample.value, rel_tol=3e-3), each.case


def test_that_every_worst_case_has_a_cause_that_we_believe_in(family: Family) -> None:
    causes = tomllib.loads(page.CAUSES.read_text(encoding="utf-8"))
    for each in page.worst(family):
        assert page.cause_of(each, causes) != "not known", each.case


def test_that_the_page_says_what_the_engine_says_now(families: list[Family]) -> None:
    """`make accuracy` writes it; figures may differ in the last digit between machines."""
    kept = json.loads(page.FIGURES.read_text(encoding="utf-8"))
    assert kept["tables"] == {name: digest(name) for name in page.all_tables()}
    assert [each["name"] for each in kept["families"]] == [family.name for family in families]
    for said, family in zip(kept["families"], families, strict=True):
        assert said["left_out"]["count"] == family.left_out.count
        for name in ("median", "tenth_worst", "bias"):
            assert said["left_out"][name] == pytest.approx(getattr(family.left_out, name), abs=0.005)
        for point, each in zip(said["cases"], family.cases, strict=True):
            assert point["measured"] == pytest.approx(each.case.measured, rel=1e-3)
            assert point["predicted"] == pytest.approx(each.left_out.value, rel=0.02)
    written = page.PAGE.read_text(encoding="utf-8")
    for name in page.all_tables():
        assert digest(name) in written


def test_that_the_page_names_every_check_and_each_case_outside_its_tolerance() -> None:
    kept = json.loads(page.FIGURES.read_text(encoding="utf-8"))["checks"]
    now = checks.checked()
    assert [(each["title"], each["cases"]) for each in kept] == [(each["title"], each["cases"]) for each in now]
    for said, found in zip(kept, now, strict=True):
        for one, other in zip(said["missed"], found["missed"], strict=True):
            assert (one["case"], one["cause"]) == (other["case"], other["cause"])
            assert one["predicted"] == pytest.approx(other["predicted"], rel=0.01)
