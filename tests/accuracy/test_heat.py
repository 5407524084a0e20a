"""Power, temperature and neighbours against what was measured: within tolerance, and every miss is named and real."""

from __future__ import annotations

from types import ModuleType

import pytest

from accuracy import heat_passive, heat_power, heat_stack, heat_temperature
from accuracy.heat import burnt

SUITES = (heat_power, heat_temperature, heat_stack, heat_passive)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.__name__.rpartition(".")[2])
def test_that_every_case_is_met_but_for_the_misses_that_are_named(suite: ModuleType) -> None:
    found = suite.rows()
    missed = {row.case: row for row in found if not row.holds}
    assert set(missed) == set(suite.MISSES), missed
    assert len(missed) < len(found) / 4


def test_that_a_power_cap_costs_a_band_and_not_one_number() -> None:
    """G9: 5 % lost at four fifths of the power in training, 27 % at five sixths under gpu-burn."""
    kept = [
        heat_power.kept(heat_power.RTX_3090, phase, 350, 280)
        for phase in (heat_power.BURNING, heat_power.READING, heat_power.Phase(0.25, 0.6, 0))
    ]
    assert kept == sorted(kept)
    assert kept[-1] - kept[0] > 10


def test_that_the_sweep_of_a_workstation_card_is_met_row_by_row() -> None:
    assert max(abs(row.error) for row in heat_temperature.workstation_sweep()) < 4


def test_that_four_open_cards_suffer_more_on_top_than_blowers_between() -> None:
    open_card, blower = heat_stack.by_place()
    assert open_card.predicted > 1.8
    assert 1 < blower.predicted < 1.5


def test_that_a_settled_card_gives_off_what_its_resistance_carries() -> None:
    want = ["card_inlet", "card_resistance", "card_power", "card_temperature", "card_die_resistance", "card_fan_speed"]
    found = burnt(heat_temperature.RTX_5090, want, {"room_temperature": 30}, count=3)
    for place in range(3):
        inlet, resistance, power, hot = (found.at(name, 0, place) for name in want[:4])
        assert hot == pytest.approx(inlet + resistance * power, abs=1e-6)
        assert 0 < found.at("card_fan_speed", 0, place) <= 1
