"""Training on cards that a fit has not seen: nnU-Net, MLPerf, Lambda."""

from __future__ import annotations

import math
from types import ModuleType

import pytest

from accuracy import lambda_training, mlperf_training, nnunet, training_cards
from accuracy.engine import engine, predict
from accuracy.judged import Family, family_of, judge
from accuracy.shared import present

FAMILIES = {"nnunet-v1": nnunet, "mlperf-training": mlperf_training, "lambda": lambda_training}

pytestmark = pytest.mark.skipif(not present(), reason="the published tables lie beside the checkout, and are not there")


@pytest.fixture(scope="module", params=FAMILIES)
def family(request: pytest.FixtureRequest) -> Family:
    """A family judged with each card left out in turn."""
    module: ModuleType = FAMILIES[request.param]
    return family_of(request.param, judge(module.cases(), module.fit))


def test_that_the_errors_on_cards_not_seen_keep_the_aims(family: Family) -> None:
    print(family.name, "left out:", family.left_out, "in sample:", family.in_sample)  # noqa: T201  # figures with n
    assert family.left_out.median <= 0.10
    assert family.left_out.tenth_worst <= 0.25


def test_that_the_ranges_hold_eight_of_ten(family: Family) -> None:
    print(family.name, f"coverage {family.coverage:.1%} of {len(family.cases)}")  # noqa: T201
    assert 0.75 <= family.coverage <= 0.90


def test_that_the_catalogue_holds_the_fitted_numbers(family: Family) -> None:
    """Where a fit changed, `make fit` writes it; four digits are kept."""
    said = predict([each.case for each in family.cases])
    for each, now in zip(family.cases, said, strict=True):
        assert math.isclose(now.value, each.in_sample.value, rel_tol=3e-3), each.case


def test_that_the_tables_still_hold_their_cases() -> None:
    counts = {name: len(module.cases()) for name, module in FAMILIES.items()}
    assert counts == {"nnunet-v1": 50, "mlperf-training": 240, "lambda": 294}


def test_that_the_fits_exchange_gradients_as_the_engine_does() -> None:
    said = engine().catalog.assumptions
    assert said["link_share"].value == training_cards.LINK_SHARE
    assert said["host_link_share"].value == training_cards.HOST_SHARE
    assert said["exchange_overlap"].value == training_cards.OVERLAP
    assert said["pcie_first_rate"].value == pytest.approx(training_cards.LANE / 8)


@pytest.mark.parametrize("module", [mlperf_training, lambda_training])
def test_that_the_fits_take_the_time_that_the_engine_takes(module: ModuleType) -> None:
    rows = module.rows_of(module.cases())
    solution = module.solve(rows)
    said = predict([row.case for row in rows], module.fit([row.case for row in rows]))
    for row, now in zip(rows, said, strict=True):
        assert row.case.count / now.value == pytest.approx(solution.seconds(row), rel=1e-4), row.case
