"""Rule sets are data with sources, and give the watts that the golden cases know."""

from __future__ import annotations

from typing import get_args

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.content import RuleSetName, Site
from steelyard.project.rule_sets import on_circuit, rule_sets


def test_that_every_rule_set_has_a_source_of_the_bibliography() -> None:
    sources = load_catalog().sources
    assert all(each.source in sources for each in rule_sets().values())


def test_that_a_project_can_name_every_rule_set_or_its_own() -> None:
    assert {*rule_sets(), "own"} == set(get_args(RuleSetName))


@pytest.mark.parametrize(
    ("label", "watts"),
    [("120 V, 15 A", 1440), ("120 V, 20 A", 1920), ("120 V, 30 A", 2880), ("208 V, 20 A", 3328), ("240 V, 30 A", 5760)],
)
def test_that_circuits_of_the_us_carry_the_watts_of_the_code(label: str, watts: float) -> None:
    site = on_circuit(Site(), "us", label)
    assert site.supply_voltage * site.breaker_current * site.continuous_share == pytest.approx(watts)


def test_that_the_first_site_is_a_circuit_of_its_rule_set() -> None:
    assert on_circuit(Site(), "us", "120 V, 20 A") == Site()


def test_that_what_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInputError, match='Did you mean "uk"'):
        on_circuit(Site(), "ukk", "230 V, 16 A")
    with pytest.raises(BadInputError, match="Did you mean"):
        on_circuit(Site(), "us", "120 V 20 A")
