"""Projects are edited without being changed, agree with themselves, and give the model its inputs in its units."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from steelyard.errors import BadInputError
from steelyard.money import amount_text, minor_units, rate_in_minor_units
from steelyard.project.content import Variant, WorkloadUse, checked
from steelyard.project.selection import Selection
from steelyard.project.sweeping import Axis, points_of
from steelyard.units import UNITS
from steelyard.workstation.site import SITE

if TYPE_CHECKING:
    from steelyard.project.content import Project


def test_that_site_and_lab_give_every_input_that_the_model_has_for_them(project: Project) -> None:
    assert set(project.inputs()) == {entry.name for entry in SITE}


def test_that_what_the_site_does_not_say_reaches_the_model_as_nothing_in_the_way(project: Project) -> None:
    inputs = project.inputs()
    assert (inputs["supply_circuits"], inputs["duty_share"], inputs["dedicated"]) == (1, 1, 1)
    assert (inputs["door_loss"], inputs["patient_vicinity"], inputs["isolated_supply"]) == (0, 0, 0)
    assert inputs["cord_current"] == math.inf
    assert math.isnan(inputs["cooling_performance"])
    assert math.isnan(inputs["carbon_intensity"])
    site = project.site._replace(circuits=2.0, duty=0.7, door_loss=20.0, cord_current=10.0, patient_vicinity=True)
    said = checked(project._replace(site=site)).inputs()
    assert (said["supply_circuits"], said["duty_share"], said["door_loss"]) == (2, 0.7, 20)
    assert (said["cord_current"], said["patient_vicinity"]) == (10, 1)


def test_that_a_circuit_is_shared_where_others_draw_or_may_draw(project: Project) -> None:
    assert not project.site._replace(other_load=0.0).is_shared
    assert project.site._replace(other_load=150.0).is_shared
    assert project.site._replace(other_load=0.0, dedicated=False).is_shared


def test_that_a_note_belongs_to_a_field_of_the_site(project: Project) -> None:
    noted = checked(project._replace(site=project.site._replace(notes={"room_limit": "facilities, 3 May"})))
    assert noted.site.notes["room_limit"] == "facilities, 3 May"
    with pytest.raises(BadInputError, match='Did you mean "room_limit"'):
        checked(project._replace(site=project.site._replace(notes={"room_limits": "facilities"})))


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("room_temperature", 70.0, "site.room_temperature"),
        ("room_temperature", -50.0, "site.room_temperature"),
        ("room_ventilation", -1.0, "site.room_ventilation"),
        ("breaker_current", 0.0, "site.breaker_current"),
        ("duty", 70.0, "site.duty"),
        ("cord_current", 0.0, "site.cord_current"),
        ("plug", " ", "site.plug"),
    ],
)
def test_that_an_absurd_site_is_refused_with_its_place_and_what_is_allowed(
    project: Project, field: str, value: float | str, place: str
) -> None:
    with pytest.raises(BadInputError, match=rf'"{place}" stands .*; it must be '):
        checked(project._replace(site=project.site._replace(**{field: value})))


@pytest.mark.parametrize(
    ("field", "value"), [("power_limit", 0.0), ("power_limit", "250 W"), ("display_place", 1.5), ("display_place", -1)]
)
def test_that_an_absurd_setting_of_a_build_is_refused_with_its_place(
    project: Project, field: str, value: float | str
) -> None:
    changed = (project.variants[0]._replace(**{field: value}), *project.variants[1:])
    with pytest.raises(BadInputError, match=rf'"variants\[0\].{field}" stands .*; it must be '):
        checked(project._replace(variants=changed))


def test_that_money_reaches_the_model_in_minor_units_and_the_unknown_as_nan(project: Project) -> None:
    inputs = project.inputs()
    assert inputs["budget"] == 2_500_000
    assert inputs["energy_price"] == 17.68
    assert inputs["regulated"] == 1
    assert math.isnan(inputs["room_ventilation"])


def test_that_a_variant_is_replaced_renamed_added_and_removed(project: Project) -> None:
    other = Variant("Third", Selection())
    assert [each.name for each in project.with_variant(other).variants] == ["Balanced", "Other", "Third"]
    assert [each.name for each in project.with_variant(other, instead_of="Balanced").variants] == ["Third", "Other"]
    alone = project.without_variant("Other")
    assert [each.name for each in alone.variants] == ["Balanced"]
    with pytest.raises(BadInputError, match="at least one variant"):
        alone.without_variant("Balanced")


def test_that_an_unknown_variant_is_answered_with_the_nearest(project: Project) -> None:
    with pytest.raises(BadInputError, match='Did you mean "Balanced"'):
        project.variant("Balance")


def test_that_an_edit_beyond_what_can_be_meant_is_refused(project: Project) -> None:
    with pytest.raises(BadInputError, match=r'"site.room_temperature" stands 2200; it must be a number from -10 to 60'):
        checked(project._replace(site=project.site._replace(room_temperature=2200.0)))


def test_that_two_workloads_cannot_share_an_id(project: Project) -> None:
    twice = project._replace(workloads=project.workloads * 2)
    with pytest.raises(BadInputError, match="Two workloads"):
        checked(twice)


def test_that_a_workload_of_the_same_id_is_replaced(project: Project) -> None:
    again = project.with_workload(WorkloadUse("training", "other"))
    assert [use.workload for use in again.workloads] == ["other"]
    assert again.without_workload("training").workloads == ()


def test_that_the_low_end_of_the_supply_is_not_above_it(project: Project) -> None:
    with pytest.raises(BadInputError, match="low end"):
        checked(project._replace(site=project.site._replace(supply_voltage_low=130.0)))


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12000.5", "USD", 1_200_050),
        ("0", "USD", 0),
        ("1500", "JPY", 1500),
        ("1.234", "KWD", 1234),
        ("7.50", "EUR", 750),
    ],
)
def test_that_amounts_become_minor_units_and_back(amount: str, currency: str, minor: int) -> None:
    assert minor_units(amount, currency) == minor
    assert minor_units(amount_text(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency"), [("1.5", "JPY"), ("1,50", "EUR"), ("-1", "USD"), ("1e3", "USD"), ("", "USD")]
)
def test_that_what_is_no_amount_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(BadInputError):
        minor_units(amount, currency)


def test_that_a_rate_is_rounded_once() -> None:
    assert rate_in_minor_units("0.29", "EUR") == 29.0
    assert rate_in_minor_units("31.5", "JPY") == 31.5


@pytest.mark.parametrize(("number", "says"), [(math.nan, "no number"), (math.inf, "too large")])
def test_that_what_is_no_number_is_refused_and_not_taken_for_nothing_said(
    project: Project, number: float, says: str
) -> None:
    variant = project.variants[0]._replace(power_limit=number)
    with pytest.raises(BadInputError, match=rf"power_limit.*{says}"):
        project.with_variant(variant)
    with pytest.raises(BadInputError, match=rf"room_ventilation.*{says}"):
        checked(project._replace(site=project.site._replace(room_ventilation=number)))


def test_that_a_sweep_of_the_voltage_takes_its_low_end_along(project: Project) -> None:
    """108 of 120 V are nine tenths, so of 240 V they are 216 V."""
    site = project.site._replace(supply_voltage=120.0, supply_voltage_low=108.0)
    axis = Axis("supply_voltage", UNITS["V"], (120.0, 240.0))
    points = points_of(project._replace(site=site), project.variants[0].name, [axis])
    assert [point.site.supply_voltage_low for _, point in points] == pytest.approx([108, 216])
