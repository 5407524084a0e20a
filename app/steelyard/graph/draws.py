"""Ranges: Latin-hypercube draws of uncertain numbers, and the percentiles of what follows from them."""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np

from steelyard.units import Array

DRAWS = 256
LOW_SHARE, HIGH_SHARE = 0.1, 0.9
_SEED = 20_260_101


@cache
def _strata() -> Array:
    """The middle of each stratum, as a number of half ranges from the median (-1: the 10th percentile, 1: the 90th)."""
    normal = NormalDist()
    half = normal.inv_cdf(HIGH_SHARE)
    return np.array([normal.inv_cdf((index + 0.5) / DRAWS) / half for index in range(DRAWS)])


def latin_hypercube(columns: int) -> Array:
    """Return (columns, DRAWS) standard scores: each column holds every stratum once, in its own seeded order.

    McKay, Beckman and Conover (1979). The order depends only on the number of the column, so that another assumption
    more or less leaves the draws of the others as they were.
    """
    order = np.random.default_rng(_SEED).random((columns, DRAWS)).argsort(axis=1)
    return _strata()[order]


def drawn(value: Array, low: Array, high: Array, score: Array) -> Array:
    """Return values at standard scores, with `low` and `high` as 10th and 90th percentile and `value` as the median.

    Where all three are positive the two halves are log-normal, so that no draw changes sign; else normal.
    """
    edge = np.where(score < 0, low, high)
    positive = (value > 0) & (low > 0) & (high > 0)
    ratio = np.where(positive, edge, 1.0) / np.where(positive, value, 1.0)
    return np.where(positive, value * ratio ** np.abs(score), value + (edge - value) * np.abs(score))


def percentiles(values: Array) -> tuple[Array, Array]:
    """Return the 10th and 90th percentile over the last axis (of length DRAWS); NaN where a draw is unknown."""
    low, high = round(LOW_SHARE * (DRAWS - 1)), round(HIGH_SHARE * (DRAWS - 1))
    parted = np.partition(values, (low, high), axis=-1)
    unknown = np.isnan(values).any(axis=-1)
    return np.where(unknown, np.nan, parted[..., low]), np.where(unknown, np.nan, parted[..., high])
