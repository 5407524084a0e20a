"""A requirement's levels as readings: whole cores and cards, readable units, and at what level the build stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.gui.present.numbers import Address
from steelyard.gui.readings import Reading
from steelyard.wording import UNKNOWN, number, span

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.requirements import Level, Requirement

WHOLE: Final = frozenset(("cards", "cores", "streams", "copies"))
"""What comes in whole pieces: half a core is a whole one."""

ROUNDING: Final = 1e-9
SCARCE, PLENTY = 0.1, 1000.0
SCALES: Final = {
    "GB": (PLENTY, "TB", 1e-3),
    "TB": (PLENTY, "PB", 1e-3),
    "GB/s": (SCARCE, "MB/s", 1e3),
    "Gbit/s": (SCARCE, "Mbit/s", 1e3),
}
"""By the unit: from where on (a rate: up to where) another one reads better, and how many of it one is."""


class Scale(NamedTuple):
    """The unit in which one requirement is shown, and how many of it one of the model's is."""

    unit: str
    factor: float
    whole: bool


def scale_of(requirement: Requirement) -> Scale:
    """Return the unit in which a requirement and what the build has of it are shown, by the least that is needed."""
    return _scale(requirement, requirement.least.value)


def level_reading(requirement: Requirement, level: Level, *, ranged: bool = False) -> Reading:
    """One level, asked; where a workload's inputs are missing it is what the others ask at the least."""
    scale = scale_of(requirement)
    name = str(Address(level.name, None, requirement.row))
    if requirement.key == "protection":
        return Reading(name, _protection(requirement, level), label=requirement.label, asked=True)
    if math.isnan(level.value):
        return Reading(name, UNKNOWN, label=requirement.label, known=False, asked=True)
    spread = ""
    if ranged and level.high > level.low:
        low, high = (_rounded(end * scale.factor, whole=scale.whole) for end in (level.low, level.high))
        spread = span(low, high) if number(low) != number(high) else ""
    text = number(_rounded(level.value * scale.factor, whole=scale.whole))
    at_least = "≥ " if requirement.unknown else ""
    return Reading(name, f"{at_least}{text}", scale.unit, spread, requirement.label, asked=True)


def has_reading(requirement: Requirement, *, own: bool = False) -> Reading:
    """What the build has, in the unit of what is needed or in its own; a dash where nothing of the build is weighed."""
    quantity = requirement.resource.has
    label = f"{requirement.label}, this build"
    if not quantity:
        return Reading("", "–", label=label)
    name = str(Address(quantity, None, requirement.row))
    if math.isnan(requirement.has):
        return Reading(name, UNKNOWN, label=label, known=False)
    if requirement.key == "protection":
        return Reading(name, "present" if requirement.has > 0 else "absent", label=label)
    scale = _scale(requirement, requirement.has) if own else scale_of(requirement)
    value = requirement.has * scale.factor
    return Reading(name, number(math.floor(value + ROUNDING) if scale.whole else value), scale.unit, label=label)


def reached(requirement: Requirement) -> str:
    """Up to which level the build does: short, least, recommended or comfortable; unknown, or nothing to weigh."""
    if not requirement.resource.has:
        return ""
    if math.isnan(requirement.has + requirement.least.value) or requirement.unknown:
        return "short" if requirement.has < requirement.least.value else "unknown"
    levels = (requirement.least, requirement.advised, requirement.ample)
    met = sum(requirement.has >= level.value * (1 - ROUNDING) for level in levels)
    return ("short", "least", "recommended", "comfortable")[met]


STATES: Final = {
    "short": "block", "unknown": "unknown", "least": "note", "recommended": "ok", "comfortable": "ok", "": ""
}  # fmt: skip
"""The symbol of each."""


def asked_reading(variant: VariantEvaluation, name: str, row: int, label: str, *, whole: bool = False) -> Reading:
    """What one workload asks of a resource, in whole pieces where it comes in such."""
    from steelyard.gui.present.numbers import reading_of

    reading = reading_of(variant, name, row, label=label, asked=True)
    value = variant.value(name, row)
    return reading._replace(value=number(_rounded(value, whole=True))) if whole and math.isfinite(value) else reading


def _scale(requirement: Requirement, value: float) -> Scale:
    symbol, whole = requirement.unit.symbol, requirement.key in WHOLE
    limit, unit, factor = SCALES.get(symbol, (math.nan, "", 1.0))
    if value >= limit if limit == PLENTY else 0 < value < limit:
        return Scale(unit, factor, whole)
    return Scale("" if symbol == "×" else symbol, 1.0, whole)


def _protection(requirement: Requirement, level: Level) -> str:
    """Required where the least asks for it; only advised where the levels above do."""
    if level.value > 0:
        return "required" if requirement.least.value > 0 else "recommended"
    return "not asked" if not math.isnan(level.value) else UNKNOWN


def _rounded(value: float, *, whole: bool) -> float:
    return float(math.ceil(value - ROUNDING)) if whole and math.isfinite(value) else value
