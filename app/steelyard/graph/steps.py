"""How far to move a guess: one step length per row at first, then a step from the last two moves of rows that spiral.

All numbers are in units of the bounds that their quantities are settled within, shape (numbers, rows). Sums run number
by number: a row's step depends on no other row, and an empty position adds an exact zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from steelyard.units import Array

_SHORTEST, _LONGEST = 0.05, 10.0  # step lengths beyond these come from differences that are mere rounding
_CAUTIOUS: Final = 0.5  # taken where the differences point backwards, as they do across the kink of a limit
_PARALLEL: Final = 1e-6  # below this share of their squares two differences are one


def along_one(step: Array, move: Array, before: Array) -> Array:
    """Return the next step length of each row, shape (rows,), from its last two moves (Irons and Tuck, 1969)."""
    change = move - before
    square = _product(change, change)
    better = -step * _product(before, change) / np.where(square > 0, square, 1.0)
    bounded = np.where(better > 0, np.clip(better, _SHORTEST, _LONGEST), _CAUTIOUS)
    return np.where(square > 0, bounded, 1.0)


def along_two(guesses: list[Array], moves: list[Array]) -> Array:
    """Return the next change of the guesses from the last three of them and their moves (Anderson, 1965, depth 2).

    Where two quantities chase each other in a spiral no single length stops them; two differences span the spiral.
    """
    newest = moves[-1]
    late, early = moves[-1] - moves[-2], moves[-2] - moves[-3]
    late_square, early_square, both = _product(late, late), _product(early, early), _product(late, early)
    late_share, early_share = _product(late, newest), _product(early, newest)
    area = late_square * early_square - both * both
    apart = area > _PARALLEL * late_square * early_square
    area = np.where(apart, area, 1.0)
    alone = late_share / np.where(late_square > 0, late_square, 1.0)
    late_part = np.where(apart, (late_share * early_square - early_share * both) / area, alone)
    early_part = np.where(apart, (late_square * early_share - both * late_share) / area, 0.0)
    change = newest - late_part * (guesses[-1] - guesses[-2] + late) - early_part * (guesses[-2] - guesses[-3] + early)
    farthest = _LONGEST * np.abs(newest).max(axis=0)
    return np.clip(change, -farthest, farthest)


def _product(one: Array, other: Array) -> Array:
    total: Array = np.zeros(one.shape[-1])
    for left, right in zip(one, other, strict=True):
        total = total + left * right
    return total
