"""Axes that end on round numbers: four to six graduations, or the 1-2-5 marks of a decade."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Scale, Tick
from steelyard.wording import number, short

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST_STEPS = 6
ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
MINOR_MARKS = range(2, 10)
MOST_DECADES = 6
"""Over more decades than these not each is named, and none is divided."""


def finite(values: Iterable[float]) -> list[float]:
    """Return what can be drawn: neither unknown nor without limit."""
    return [value for value in values if math.isfinite(value)]


def plain_scale(label: str, unit: str, values: Iterable[float], *, from_zero: bool = True) -> Scale:
    """Return a linear scale that holds all values, from zero unless told, on round steps."""
    known = finite(values) or [1.0]
    low = min(0.0, *known) if from_zero else min(known)
    high = max(known)
    reach = (high - low) or abs(high) or 1.0
    size = 10.0 ** math.floor(math.log10(reach))
    step = next(
        candidate * power
        for power in (size / 10, size)
        for candidate in ROUND_STEPS
        if reach / (candidate * power) <= WIDEST_STEPS - 1
    )
    first = math.floor(low / step)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    decimals = max(0, -math.floor(math.log10(step))) if step < 1 else 0
    decimals = max(decimals, 1) if step == ROUND_STEPS[2] else decimals
    ticks = tuple(Tick(mark * step, number(mark * step, decimals)) for mark in range(first, last + 1))
    return Scale(label, unit, first * step, last * step, ticks)


def decade_scale(label: str, unit: str, values: Iterable[float]) -> Scale:
    """Return a logarithmic scale of whole decades around all positive values."""
    known = [value for value in finite(values) if value > 0] or [1.0, 10.0]
    first = math.floor(math.log10(min(known)) - 0.02)
    last = max(math.ceil(math.log10(max(known)) + 0.02), first + 1)
    every = math.ceil((last - first) / MOST_DECADES)
    named = set(range(first, last + 1, every))
    ticks = [Tick(10.0**power, short(10.0**power) if power in named else "") for power in range(first, last + 1)]
    if every == 1:
        ticks += [Tick(10.0**power * mark) for power in range(first, last) for mark in MINOR_MARKS]
    return Scale(label, unit, 10.0**first, 10.0**last, tuple(sorted(ticks)), log=True)


def along(scale: Scale, value: float) -> float:
    """Return how far along the scale a value lies, 0 to 1; what is off the scale lies at its end."""
    if scale.log:
        if value <= scale.low:
            return 0.0
        part = math.log(min(value, scale.high) / scale.low) / math.log(scale.high / scale.low)
    else:
        part = (min(max(value, scale.low), scale.high) - scale.low) / (scale.high - scale.low)
    return min(max(part, 0.0), 1.0)
