"""Ranges: Latin-hypercube draws of uncertain numbers, and the percentiles of what follows from them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from steelyard.units import Array

DRAWS = 256
LOW_SHARE, HIGH_SHARE = 0.1, 0.9
_SEED = 20_260_101


@cache
def _strata() -> Array:
    """The middle of each stratum, as a number of half ranges from the median (-1: the 10th percentile, 1: the 90th)."""
    from statistics import NormalDist  # noqa: PLC0415 - the first card needs no range

    normal = NormalDist()
    half = normal.inv_cdf(HIGH_SHARE)
    return np.array([normal.inv_cdf((index + 0.5) / DRAWS) / half for index in range(DRAWS)])


@cache
def latin_hypercube(column: str) -> Array:
    """Return (DRAWS,) standard scores for the uncertain number of this name: every stratum once, in seeded order.

    McKay, Beckman and Conover (1979). The order depends on the name alone, so that two builds are compared on the same
    draws, and one assumption more or less leaves the draws of the others as they were.
    """
    return _strata()[np.random.default_rng((_SEED, crc32(column.encode()))).permutation(DRAWS)]


def drawn(value: Array, low: Array, high: Array, score: Array) -> Array:
    """Return values at standard scores, with `low` and `high` as 10th and 90th percentile and `value` as the median.

    Where all three are positive the two halves are log-normal, so that no draw changes sign; else normal.
    """
    edge = np.where(score < 0, low, high)
    positive = (value > 0) & (low > 0) & (high > 0)
    ratio = np.where(positive, edge, 1.0) / np.where(positive, value, 1.0)
    return np.where(positive, value * ratio ** np.abs(score), value + (edge - value) * np.abs(score))


def percentiles(values: Array) -> tuple[Array, Array]:
    """Return the 10th and 90th percentile over the last axis (of length DRAWS).

    A draw that is unknown, as one that did not settle is, may lie anywhere: it counts below the low end and above the
    high one alike. Where so many are unknown that an end could be any of them, both are NaN.
    """
    low, high = round(LOW_SHARE * (DRAWS - 1)), round(HIGH_SHARE * (DRAWS - 1))
    unknown = np.isnan(values)
    parted = np.partition(values, (low, high), axis=-1)  # unknown ones come last: the high end is as it should be
    if not unknown.any():
        return parted[..., low], parted[..., high]
    lowest = np.partition(np.where(unknown, -np.inf, values), low, axis=-1)[..., low]
    many = unknown.sum(axis=-1) > min(low, DRAWS - 1 - high)
    return np.where(many, np.nan, lowest), np.where(many, np.nan, parted[..., high])
