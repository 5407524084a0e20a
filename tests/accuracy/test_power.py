"""What the model says of power, held against what others measured and what standards print."""

from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from accuracy import (
    power_excursions,
    power_factor,
    power_peaks,
    power_supply,
    power_units,
    power_ups,
    power_wall,
)
from accuracy.rows import Row

FEWEST = {
    power_wall: 12,
    power_factor: 90,
    power_supply: 54,
    power_units: 9,
    power_ups: 30,
    power_excursions: 12,
    power_peaks: 6,
}
"""Each module, and how many cases it has at the least."""


@pytest.mark.parametrize("module", FEWEST, ids=lambda module: module.__name__)
def test_that_every_case_is_met_but_the_misses_that_are_told(module: ModuleType) -> None:
    rows: list[Row] = module.rows()
    assert len(rows) >= FEWEST[module]
    missed = {row.case for row in rows if not row.holds}
    assert missed == set(getattr(module, "MISSES", {}))


def test_that_a_curve_of_the_form_goes_through_every_table_of_runtimes() -> None:
    for rating, (watts, seconds) in power_ups.tables().items():
        assert power_ups.fitted_error(watts, seconds) <= power_ups.FITTED, rating


def test_that_servers_are_predicted_whose_fans_were_not_fitted() -> None:
    """The fans' constant chosen on one kind of card alone predicts the machine with the other."""
    by_card = {card: _servers(card) for card in ("A100", "H100")}
    for fitted, left_out in (("A100", "H100"), ("H100", "A100")):
        chosen = min(np.arange(20.0, 80.0, 2.0), key=lambda watts: max(_errors(by_card[fitted], watts)))
        assert max(_errors(by_card[left_out], chosen)) <= power_wall.TOLERANCE


def _servers(card: str) -> list[tuple[float, float]]:
    """Watts of the cards together and at the wall."""
    found = [row for row in power_wall.limited() if row["system"].startswith(card)]
    return [(float(row["gpu_limit_sum_w"]), float(row["wall_p95_w"])) for row in found]


def _errors(servers: list[tuple[float, float]], fan_power: float) -> list[float]:
    said = [power_wall.wall(power_wall.GIGABYTE, 8, cards, ducted_fan_power=fan_power) for cards, _ in servers]
    return [abs(predicted / wall - 1) for predicted, (_, wall) in zip(said, servers, strict=True)]


def test_that_a_watt_of_a_card_costs_what_it_was_measured_to_cost() -> None:
    """From the wall and the cards of five runs each: 1.24 W for each watt of an A100, 1.37 W for an H100, in a server;
    in a tower, where cards bring their fans, 1.08 to 1.12 W are expected.
    """
    for card, low, high in (("A100", 1.15, 1.37), ("H100", 1.24, 1.45)):
        cards = [watts for watts, _ in _servers(card)]
        ends = [power_wall.wall(power_wall.GIGABYTE, 8, watts) for watts in (min(cards), max(cards))]
        assert low <= (ends[1] - ends[0]) / (max(cards) - min(cards)) <= high
    tower = [power_wall.wall(power_wall.SUPERMICRO, 4, watts) for watts in (1200.0, 1800.0)]
    assert 1.04 <= (tower[1] - tower[0]) / 600 <= 1.12
