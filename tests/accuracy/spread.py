"""The range that a family of measurements earns: what measured times were of predicted ones, on cards not seen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.stats import norm as normal
from scipy.stats import t as student

from accuracy.case import Numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

TAIL: Final = 0.1
"""The share of measurements that lie below a range, and above it."""


def spread_of(ratios: Sequence[float], weights: Sequence[float]) -> Numbers:
    """Return the 10 % and 90 % points of weighed ratios; the prediction itself is taken as it is."""
    order = np.argsort(ratios, kind="stable")
    values, each = np.array(ratios)[order], np.array(weights)[order]
    share = (np.cumsum(each) - each / 2) / np.sum(each)
    low, high = np.interp([TAIL, 1 - TAIL], share, values)
    return _around_one(float(low), float(high))


def spread_of_few(ratios: Sequence[float], cards: int) -> Numbers:
    """Return the same points moved out as Student's distribution asks of so few cards."""
    wider = student.ppf(1 - TAIL, cards - 1) / normal.ppf(1 - TAIL) * math.sqrt(1 + 1 / cards)
    low, high = (
        float(np.exp(wider * np.log(point))) for point in np.percentile(ratios, [100 * TAIL, 100 - 100 * TAIL])
    )
    return _around_one(low, high)


def _around_one(low: float, high: float) -> Numbers:
    return Numbers(1.0, min(low, 1.0), max(high, 1.0))
