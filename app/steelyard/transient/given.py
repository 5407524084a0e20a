"""Numbers that are given in the place of what a run works out: what stands still, and what it cannot follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from steelyard.errors import BadInputError
from steelyard.transient.coolers import CARD_FANS, CPU_FANS
from steelyard.wording import measured

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.transient.outcome import Outcome
    from steelyard.transient.reading import Row
    from steelyard.units import Array

__all__ = ["check_followed", "held_fans", "held_temperatures"]

_STANDING: Final = {
    "CPU die": ("cpu_temperature", ()),
    "Coldplate": ("coldplate_temperature", ()),
    "Coolant": ("coolant_temperature", ("coldplate_temperature",)),
    "Memory": ("memory_temperature", ("upper_air",)),
    "Regulators": ("regulator_temperature", ("upper_air",)),
    "Drives": ("drive_temperature", ("lower_air",)),
    "Case air, lower": ("lower_air", ()),
    "Case air, upper": ("upper_air", ()),
    "Case air": ("case_air", ()),
}
"""Nodes with the quantity that names their temperature, and others that it follows at once where they are given."""

_NOT_FOLLOWED: Final = (
    "lower_heat", "upper_heat", "cpu_case_heat", "case_heat", "lower_rise", "upper_rise", "case_rise", "cpu_rise",
)  # fmt: skip
"""Heat and rises within the case: a run moves the heat itself, and a rise that has no heat behind it has no end."""


def check_followed(found: VariantEvaluation, row: int) -> None:
    """Raise BadInputError for given numbers that stand in the place of the flow of heat itself."""
    names = [name for name in _NOT_FOLLOWED if name in found.evaluation.given]
    if names:
        said = [found.engine.model.quantities[name] for name in names]
        told = " and ".join(
            f"{each.name} is given as {measured(found.value(each.name, row), each.unit.symbol)}" for each in said
        )
        raise BadInputError(
            f"What the build does over time cannot be told: {told}, which a run works out from moment to moment.",
            "Take it back in the build, or give the power or the flow of air behind it.",
        )


def held_temperatures(row: Row, cards: tuple[str, ...], nodes: tuple[str, ...], found: Array) -> Array:
    """Return temperatures of nodes, shape (..., nodes), with those that are given as they are given."""
    standing = {name: row.at(quantity) for name, (quantity, by) in _STANDING.items() if row.stands(quantity, *by)}
    if row.stands("card_temperature"):
        dies = [f"{card} die" for card in cards]
        standing |= dict(zip(dies, row.cards("card_temperature").tolist(), strict=True))
    for place, name in enumerate(nodes):
        if name in standing:
            found[..., place] = standing[name]
    return found


def held_fans(row: Row, outcome: Outcome) -> Outcome:
    """Return what comes of a run with the speeds of fans that a given number keeps as they are."""
    if row.stands(*CARD_FANS):
        speeds = row.cards("card_fan_speed")[:, None]
        outcome = outcome._replace(card_fan=np.array(np.broadcast_to(speeds, outcome.card_fan.shape)))
    if row.stands(*CPU_FANS):
        outcome = outcome._replace(cpu_fan=np.full_like(outcome.cpu_fan, row.at("cpu_fan_speed")))
    return outcome
