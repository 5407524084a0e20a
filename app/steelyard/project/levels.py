"""How requirements are said: whole cores and cards, readable units, and up to which level a build does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.wording import UNKNOWN, number, short, short_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.project.findings import Finding
    from steelyard.project.requirements import Level, Requirement

__all__ = ["SHORT", "Amount", "has_amount", "level_amount", "reached", "state_of", "whole_number"]

WHOLE: Final = frozenset(("cards", "cores", "streams", "copies"))
"""What comes in whole pieces: half a core is a whole one."""

RULES: Final = {
    "card_memory": "MEM-012",
    "memory": "MEM-014",
    "scratch": "STO-001",
    "cold": "STO-004",
    "written": "STO-005",
    "protection": "CLI-001",
}
"""By the resource: the rule whose finding says how grave it is to be short of it; a warning where none does."""

ROUNDING: Final = 1e-9
SCARCE, PLENTY = 0.1, 1000.0
TOO_LONG: Final = 100_000.0
"""From here on a level has a unit of its own: the columns are as wide as is read at a glance."""

SCALES: Final = {
    "GB": (PLENTY, "TB", 1e-3),
    "TB": (PLENTY, "PB", 1e-3),
    "PB": (PLENTY, "EB", 1e-3),
    "GB/s": (SCARCE, "MB/s", 1e3),
    "Gbit/s": (SCARCE, "Mbit/s", 1e3),
    "MB/s": (SCARCE, "kB/s", 1e3),
    "Mbit/s": (SCARCE, "kbit/s", 1e3),
}
"""By the unit: from where on (a rate: up to where) another one reads better, and how many of it one is."""

SHORT, LEAST, ADVISED, AMPLE, CANNOT_TELL = "short", "least", "recommended", "comfortable", "unknown"
NOTHING: Final = "nothing"
NOTHING_CHOSEN: Final = "nothing chosen"
PROTECTION: Final = "protection"


class Amount(NamedTuple):
    """How much of a resource, in words; known is false for a question mark. spread: the 80 % range, empty for none."""

    text: str
    unit: str = ""
    spread: str = ""
    known: bool = True

    def __str__(self) -> str:
        """Return the amount with its unit."""
        return f"{self.text} {self.unit}" if self.unit and self.known else self.text


class _Scale(NamedTuple):
    unit: str
    factor: float
    whole: bool


def level_amount(requirement: Requirement, level: Level, *, beside: bool = False) -> Amount:
    """Return one level; where a workload's inputs are missing it is what the others ask at the least.

    beside: in the unit in which what the build has reads best, to stand beside it.
    """
    if requirement.key == PROTECTION:
        return Amount(_protection(requirement, level))
    if math.isnan(level.value) or (requirement.unknown and not level.value):
        return Amount(UNKNOWN, known=False)  # at least nothing says nothing
    known = beside and not math.isnan(requirement.has)
    scale = _scale(requirement, requirement.has if known else requirement.least.value)
    if level.value * scale.factor >= TOO_LONG:
        scale = _scale(requirement, level.value)
    spread = ""
    if level.high > level.low:
        low, high = (_rounded(end * scale.factor, whole=scale.whole) for end in (level.low, level.high))
        spread = short_span(low, high) if number(low) != number(high) else ""
    text = short(_rounded(level.value * scale.factor, whole=scale.whole))
    return Amount(f"≥ {text}" if requirement.unknown else text, scale.unit, spread)


def has_amount(requirement: Requirement, *, own: bool = False) -> Amount:
    """Return what the build has, in the unit of what is needed or in its own; a dash where nothing is weighed."""
    if not requirement.resource.has or not requirement.chosen:
        return Amount(_unweighed(requirement))
    if math.isnan(requirement.has):
        return Amount(UNKNOWN, known=False)
    if requirement.key == PROTECTION:
        return Amount("present" if requirement.has > 0 else "absent")
    if math.isinf(requirement.has):
        return Amount(number(requirement.has))
    scale = _scale(requirement, requirement.has if own else requirement.least.value)
    value = requirement.has * scale.factor
    text = number(math.floor(value + ROUNDING) if scale.whole else value)
    if math.isfinite(requirement.pieces) and number(requirement.pieces) != text:
        text = f"{number(requirement.pieces)}, worth {text}"
    return Amount(text, scale.unit)


def _unweighed(requirement: Requirement) -> str:
    """What stands for an amount that is not weighed; for how long a UPS bridges is seldom published."""
    if requirement.key == "bridged":
        return "a UPS" if requirement.pieces > 0 else "no UPS"
    return "–" if requirement.chosen else NOTHING_CHOSEN


def reached(requirement: Requirement) -> str:
    """Return up to which level the build does: short, least, recommended, comfortable; or that it cannot be told.

    `unknown`: a value is missing; `nothing`: no part is chosen that could have it; "": it is not weighed.
    """
    if not requirement.resource.has:
        return ""
    if not requirement.chosen:
        return NOTHING
    if math.isnan(requirement.has + requirement.least.value) or requirement.unknown:
        return SHORT if requirement.has < requirement.least.value else CANNOT_TELL
    levels = (requirement.least, requirement.advised, requirement.ample)
    met = sum(requirement.has >= level.value * (1 - ROUNDING) for level in levels)
    return (SHORT, LEAST, ADVISED, AMPLE)[met]


def state_of(requirement: Requirement, findings: Sequence[Finding]) -> str:
    """Return the state in which the build leaves the requirement: ok, note, warn, block or unknown; "" for none.

    What is short is as grave as the finding on it; a warning where none is broken.
    """
    word = reached(requirement)
    if word == SHORT:
        rule = RULES.get(requirement.key, "")
        broken = (each for each in findings if each.rule.id == rule and each.verdict == "broken")
        return next((str(each.rule.severity) for each in broken), "warn")
    return {"": "", CANNOT_TELL: "unknown", NOTHING: "unknown", LEAST: "note"}.get(word, "ok")


def whole_number(value: float) -> float:
    """Return the number of whole pieces that do: never fewer than are asked for."""
    return _rounded(value, whole=True)


def _scale(requirement: Requirement, value: float) -> _Scale:
    symbol, whole, factor = requirement.unit.symbol, requirement.key in WHOLE, 1.0
    while symbol in SCALES:
        limit, unit, step = SCALES[symbol]
        if not (value * factor >= limit if limit == PLENTY else 0 < value * factor < limit):
            break
        symbol, factor = unit, factor * step
    return _Scale("" if symbol == "×" else symbol, factor, whole)


def _protection(requirement: Requirement, level: Level) -> str:
    """Required where the least asks for it; only advised where the levels above do."""
    if level.value > 0:
        return "required" if requirement.least.value > 0 else "recommended"
    return UNKNOWN if math.isnan(level.value) else "not asked"


def _rounded(value: float, *, whole: bool) -> float:
    return float(math.ceil(value - ROUNDING)) if whole and math.isfinite(value) else value
