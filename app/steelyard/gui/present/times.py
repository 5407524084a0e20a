"""A curve over time in words: its value at a time, and the time in the unit that people use."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING

from steelyard.wording import number

if TYPE_CHECKING:
    from steelyard.figures.plot import Curve

MINUTES, DAY, TWO_DAYS, TENTHS_BELOW = 60.0, 24.0, 48.0, 10.0


def value_at(curve: Curve, x: float) -> float:
    """A curve's value at a place, straight between its points."""
    after = bisect_left(curve.xs, x)
    if after >= len(curve.xs):
        return curve.ys[-1]
    if after == 0 or curve.xs[after] == x:
        return curve.ys[after]
    low, high = curve.xs[after - 1], curve.xs[after]
    return curve.ys[after - 1] + (curve.ys[after] - curve.ys[after - 1]) * (x - low) / (high - low)


def time_words(hours: float) -> str:
    """A time as the axis says it: "10 min", "8 h", "14 d"."""
    in_minutes, in_days = hours < 1, hours >= TWO_DAYS
    amount = hours * MINUTES if in_minutes else hours / DAY if in_days else hours
    whole = amount >= TENTHS_BELOW or math.isclose(amount, round(amount), abs_tol=0.05)
    return f"{number(amount, 0 if whole else 1)} {'min' if in_minutes else 'd' if in_days else 'h'}"
