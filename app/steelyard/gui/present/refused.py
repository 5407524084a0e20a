"""Why a field's value was refused, in the words that stand at the field and not in those of the project's file."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, get_type_hints

from steelyard.gui.present.typed import STAYS
from steelyard.project.content import Lab
from steelyard.project.shape import Bounds, taken_apart
from steelyard.wording import number, plural

if TYPE_CHECKING:
    from steelyard.errors import SteelyardError

PER_CENT: Final = 100.0
SCALES: Final = {"growth": (PER_CENT, "% a year"), "life_years": (1.0, "years")}
"""How many of the field's unit are one in the file, and that unit."""


def lab_bounds(name: str) -> str:
    """What a field of the lab may be, "from −90 to 1,000 % a year"; empty for one that has no bounds of its own."""
    if name not in SCALES:
        return ""
    (low, high), (scale, unit) = _bounds(name), SCALES[name]
    return f"from {number(low * scale)} to {number(high * scale)} {unit}"


def lab_refusal(name: str, label: str, trouble: SteelyardError) -> str:
    """Why the lab's field does not take what was typed."""
    if lab_bounds(name):
        return f"{label} must be {lab_bounds(name)}. {STAYS}"
    return field_refusal(label, trouble)


def field_refusal(label: str, trouble: SteelyardError) -> str:
    """Why a field of the project does not take what was typed."""
    _, asked, rest = trouble.message.partition("; it must be ")
    return f"{label} must be {rest} {STAYS}" if asked else f"{label}: {trouble.message} {STAYS}"


def input_refusal(label: str, sample: str, trouble: SteelyardError) -> str:
    """Why a workload's field does not take what was typed; samples are what the workload calls them."""
    _, _, rest = trouble.message.partition(" cannot be ")
    told = f"{label} cannot be {rest}" if rest else trouble.message
    said = " ".join(part for part in (told, trouble.remedy, STAYS) if part)
    return re.sub(r"\bsamples\b", plural(sample), said)


@lru_cache
def _bounds(name: str) -> tuple[float, float]:
    limits = taken_apart(get_type_hints(Lab, include_extras=True)[name]).limits
    found = next(limit for limit in limits if isinstance(limit, Bounds))
    return found.low, found.high
