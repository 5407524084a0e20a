"""Rule sets are data with sources, and give the watts that the golden cases know."""

from __future__ import annotations

from typing import get_args

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.content import RuleSetName, Site
from steelyard.project.evaluate import Engine
from steelyard.project.rule_sets import (
    budget_words,
    circuit_of,
    cited,
    code_share,
    on_circuit,
    plug_of,
    rule_sets,
    what_changed,
    with_carbon,
    with_convention,
    with_cord,
    with_price,
)
from steelyard.project.samples import FIRST_SAMPLE, open_project


def test_that_every_rule_set_has_a_source_of_the_bibliography() -> None:
    sources = load_catalog().sources
    assert cited() <= set(sources)


def test_that_a_project_can_name_every_rule_set_or_its_own() -> None:
    assert {*rule_sets(), "own"} == set(get_args(RuleSetName))


@pytest.mark.parametrize(
    ("label", "watts"),
    [
        ("120 V, 15 A", 1440),
        ("120 V, 20 A", 1920),
        ("120 V, 30 A", 2880),
        ("208 V, 20 A", 3328),
        ("208 V, 30 A", 4992),
        ("240 V, 15 A", 2880),
        ("240 V, 20 A", 3840),
        ("240 V, 30 A", 5760),
    ],
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


def test_that_20_a_of_240_v_are_not_taken_for_those_of_120_v() -> None:
    """A vendor's page gives 1,920 W for 20 A at 240 V, wrong by a factor of two."""
    assert budget_words(on_circuit(Site(), "us", "240 V, 20 A")).endswith("3,840\u00a0W")


@pytest.mark.parametrize(
    ("rules", "label", "nameplate"), [("uk", "230 V, 13 A plug", 2990), ("eu", "230 V, 16 A", 3680)]
)
def test_that_no_share_is_taken_that_the_code_does_not_name(rules: str, label: str, nameplate: float) -> None:
    site = on_circuit(Site(), rules, label)
    assert site.continuous_share == 1
    assert site.supply_voltage * site.breaker_current == nameplate


@pytest.mark.parametrize(("rules", "label", "watts"), [("uk", "230 V, 13 A plug", 2302), ("eu", "230 V, 16 A", 2944)])
def test_that_a_convention_is_taken_where_the_user_asks_for_it(rules: str, label: str, watts: float) -> None:
    (convention,) = rule_sets()[rules].conventions
    site = with_convention(on_circuit(Site(), rules, label), convention.label)
    assert site.supply_voltage * site.breaker_current * site.continuous_share == pytest.approx(watts, abs=1)
    assert site.notes["continuous_share"] == convention.label


def test_that_a_change_of_the_rules_says_every_limit_that_it_changes() -> None:
    before = Site()
    said = "; ".join(what_changed(before, on_circuit(before, "eu", "230 V, 16 A"))).replace("\u00a0", " ")
    assert "Limit for hours: 1,920 W → 3,680 W" in said
    assert "Share for hours: 80 % → 100 %" in said
    assert "Plug: NEMA 5-20 → CEE 7/7" in said
    assert what_changed(before, before) == ()


def test_that_a_note_goes_with_the_number_that_it_is_about() -> None:
    noted = Site(notes={"breaker_current": "label in the panel", "room_limit": "facilities"}, cord_current=10.0)
    moved = on_circuit(noted, "us", "208 V, 20 A")
    assert dict(moved.notes) == {"room_limit": "facilities"}
    assert moved.cord_current is None


def test_that_the_budget_of_a_circuit_is_said_with_what_else_hangs_on_it() -> None:
    said = budget_words(Site(other_load=150.0)).replace("\u00a0", " ")
    assert said == "20 A × 120 V × 80 % = 1,920 W, less 150 W of other load: 1,770 W"
    assert "not known" in budget_words(Site(other_load=None))


def test_that_the_plug_follows_the_circuit_unless_the_user_names_another() -> None:
    assert plug_of(Site()) == "NEMA 5-20"
    assert plug_of(Site(plug="NEMA 5-15")) == "NEMA 5-15"
    assert plug_of(on_circuit(Site(plug="NEMA 5-15"), "eu", "230 V, 16 A")) == "CEE 7/7"
    assert circuit_of(Site(breaker_current=17.0)) is None
    assert plug_of(Site(rule_set="own")) == ""


def test_that_a_cord_carries_what_its_weakest_piece_does() -> None:
    assert with_cord(Site(), "C13, 18 AWG").cord_current == 10
    assert with_cord(Site(), "C13, 14 AWG").cord_current == 15
    with pytest.raises(BadInputError, match='Did you mean "C13, 18 AWG"'):
        with_cord(Site(), "C13 18 AWG")


def test_that_dated_factors_are_taken_with_year_and_source() -> None:
    site = with_carbon(with_price(Site(), "United States, residential", "USD"), "Germany")
    assert (site.energy_price, site.carbon_intensity) == ("0.171", 0.33)
    assert site.notes["energy_price"] == "United States, residential, 2025, eia-electricity-prices"
    assert site.notes["carbon_intensity"] == "Germany, 2024, ember-electricity"
    with pytest.raises(BadInputError, match="counts in USD"):
        with_price(Site(), "United Kingdom", "USD")


@pytest.mark.parametrize(("rules", "share"), [("us", 0.8), ("uk", 1), ("eu", 1), ("own", 0.8)])
def test_that_a_site_is_judged_by_the_share_that_its_own_code_names(rules: str, share: float) -> None:
    assert code_share(Site(rule_set=rules)) == share


@pytest.mark.parametrize(
    ("rules", "volts", "amperes"),
    [("us", 120, 20), ("us", 208, 20), ("us", 240, 20), ("eu", 230, 16), ("own", 230, 16)],
)
def test_that_an_inlet_is_rated_by_the_code_of_the_site_at_any_voltage(
    rules: str, volts: float, amperes: float
) -> None:
    """A C20 inlet carries 16 A by the IEC and 20 A in North America (UL, CSA)."""
    project = open_project(FIRST_SAMPLE).project
    site = project.site._replace(rule_set=rules, supply_voltage=float(volts), supply_voltage_low=0.9 * volts)
    found = Engine.of(load_catalog()).evaluate(project._replace(site=site)).variants[0]
    assert found.value("mains_inlet_limit") == amperes
