"""What formulas may do beyond arithmetic: choose, look up, match, and reduce over a small axis.

Every function serves the three interpreters alike: arrays, symbols (`steelyard.graph.symbols` records the call) and,
in the tests, pint quantities. Presence comes first; empty positions are skipped; sums go position by position, so that
a result does not depend on how many empty positions follow. Unknown (NaN) stays unknown.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import numpy as np

from steelyard.graph.symbols import Symbol, call
from steelyard.units import Array, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable

_Function = Any


def traced(words: str) -> Callable[[_Function], _Function]:
    """Record the call instead of computing it when an argument is a symbol; `words` is how it reads."""

    def wrap(function: _Function) -> _Function:
        @wraps(function)
        def either(*arguments: Any) -> Any:
            for argument in arguments:
                if isinstance(argument, Symbol):
                    return call(function, words, arguments)
            return function(*arguments)

        return either

    return wrap


@traced("{1} if {0} ≥ 0, else {2}")
def when(margin: Array, then: Array, otherwise: Array) -> Array:
    """Return `then` where the margin holds (>= 0), `otherwise` where it is broken, NaN where it is unknown."""
    chosen = np.where(margin >= 0, then, otherwise)
    return np.where(np.isnan(margin), np.nan, chosen)


@traced("{0} − {1} where any is wanted")
def spare(room: Array, wanted: Array) -> Array:
    """Return the room that is left; inf where nothing is wanted, for then even an unknown room does not matter."""
    if hasattr(room, "to"):
        return type(room)(spare(room.magnitude, wanted.to(room.units).magnitude), room.units)  # type: ignore[attr-defined]
    left = np.where(wanted == 0, np.inf, room - wanted)
    return np.where(np.isnan(wanted), np.nan, left)


@traced("{0} is {1}")
def matches(one: Array, other: Array) -> Array:
    """Return 0 where two category codes are equal, -1 where not, NaN where one is unknown, inf where one is absent."""
    same = np.where(one == other, 0.0, -1.0)
    return _unless_absent(one, other, same)


@traced("{0} is among {1}")
def among(code: Array, allowed: Array) -> Array:
    """Return 0 where a category code is in a set of codes, -1 where not, NaN or inf as in `matches`."""
    safe = np.where(np.isfinite(code) & np.isfinite(allowed), code, 0.0)
    member = np.floor(np.where(np.isfinite(allowed), allowed, 0.0) / 2.0**safe) % 2 - 1
    return _unless_absent(code, allowed, member)


def _unless_absent(one: Array, other: Array, margin: Array) -> Array:
    known = np.where(np.isnan(one) | np.isnan(other), np.nan, margin)
    return np.where(np.isinf(one) | np.isinf(other), np.inf, known)


@traced("{0} in {2}")
def convert(value: Array, given: object, wanted: object) -> Array:
    """Express a value in another unit of the same dimension, e.g. `convert(airflow, FlowPerHour, Flow)`."""
    if hasattr(value, "to"):
        converted: Array = value.to(unit_of(given).pint).to(unit_of(wanted).pint)
        return converted
    return value * (unit_of(given).factor / unit_of(wanted).factor)


@traced("intensity of {0}")
def intensity_of(level: Array) -> Array:
    """Return the sound intensity of a level in dB(A), relative to 0 dB(A): what adds when sources add."""
    intensity: Array = 10.0 ** (bare(level) / 10.0)
    return intensity


@traced("level of {0}")
def level_of(intensity: Array) -> Array:
    """Return the level in dB(A) of a relative sound intensity, the inverse of `intensity_of`."""
    return 10.0 * np.log10(intensity)


@traced("total of {1} over {0}")
def total_over(presence: Array, values: Array) -> Array:
    """Return the sum over the filled positions; 0 where there is none."""
    return _fold(presence, values, 0.0, np.add)


@traced("greatest of {1} over {0}")
def greatest_over(presence: Array, values: Array) -> Array:
    """Return the greatest over the filled positions; -inf where there is none."""
    return _fold(presence, values, -np.inf, np.maximum)


@traced("least of {1} over {0}")
def least_over(presence: Array, values: Array) -> Array:
    """Return the least over the filled positions; inf where there is none."""
    return _fold(presence, values, np.inf, np.minimum)


@traced("index of the least of {1} over {0}")
def index_of_least(presence: Array, values: Array) -> Array:
    """Return the first filled position with the least value; NaN where a filled value is unknown or none is filled."""
    least = bare(least_over(presence, values))
    index = np.full(np.shape(least), np.nan)
    for position in reversed(range(len(presence))):
        here = (bare(presence)[position] > 0) & (bare(at_position(presence, values, position)) == least)
        index = np.where(here, float(position), index)
    return index


@traced("{1} upstream, over {0}")
def upstream_of(presence: Array, values: Array) -> Array:
    """Return, for each position, the sum over the filled positions before it (position 0 meets the air first)."""
    marks = bare(presence)
    first = at_position(presence, values, 0)
    total = _like(first, 0.0 * marks[0] + np.zeros_like(bare(first)))
    sums = []
    for position in range(len(marks)):
        sums.append(total)
        total = _added(marks[position], total, at_position(presence, values, position), np.add)
    return np.stack(sums)


@traced("places for {4} cards of {2} slots")
def placed(slots: Array, position: Array, thickness: Array, last: Array, count: Array) -> Array:
    """Return 1 at each slot that holds a card: `count` cards, as far apart as fit (two, one or no slot between them).

    slots: presence of the board's slots, top first; position: their slot numbers; last: the lowest slot number of
    the case. With too few places the cards that fit are placed.
    """
    slots, position, thickness, last, count = map(bare, (slots, position, thickness, last, count))
    widest = _packed(slots, position, thickness, last, 2, count)
    wide = _packed(slots, position, thickness, last, 1, count)
    tight = _packed(slots, position, thickness, last, 0, count)
    held = [total_over(slots, places) for places in (widest, wide)]
    chosen = np.where(held[0] >= count, widest, np.where(held[1] >= count, wide, tight))
    unknown = np.isnan(thickness + last + count)
    for index in range(len(slots)):
        unknown = (
            unknown | np.isnan(slots[index]) | ((slots[index] > 0) & np.isnan(at_position(slots, position, index)))
        )
    return np.where(unknown, np.nan, chosen)


def _packed(slots: Array, position: Array, thickness: Array, last: Array, gap: int, count: Array) -> Array:
    free: Any = 0.0
    used: Any = 0.0
    places = []
    for index in range(len(slots)):
        number = at_position(slots, position, index)
        fits = (slots[index] > 0) & (number >= free) & (number + thickness - 1 <= last) & (used < count)
        free = np.where(fits, number + thickness + gap, free)
        used = used + fits
        places.append(fits * 1.0)
    return np.stack(np.broadcast_arrays(*places))


@traced("{1} at place {2} of {0}")
def nth_of(places: Array, values: Array, index: Array) -> Array:
    """Return, for each index, the value at that filled place (0 is the first); NaN where there are fewer places."""
    found = []
    for wanted in bare(index):
        seen: Any = 0.0
        value: Any = np.nan
        for position in range(len(places)):
            filled = bare(places)[position] > 0
            value = np.where(filled & (seen == wanted), at_position(places, values, position), value)
            seen = seen + filled
        found.append(value)
    return np.stack(np.broadcast_arrays(*found))


def _fold(presence: Array, values: Array, empty: float, add: Callable[[Any, Any], Any]) -> Array:
    marks = bare(presence)
    first = at_position(presence, values, 0)
    result = _like(first, np.full(np.broadcast_shapes(np.shape(marks[0]), np.shape(bare(first))), empty))
    for position in range(len(marks)):
        result = _added(marks[position], result, at_position(presence, values, position), add)
    return result  # type: ignore[no-any-return]


def _added(mark: Array, result: Any, value: Any, add: Callable[[Any, Any], Any]) -> Any:
    """Return `result` with `value` added where the position is filled, as it was where empty, NaN where unknown."""
    return np.where(np.isnan(mark), np.nan, np.where(mark > 0, add(result, value), result))


def at_position(presence: Array, values: Array, position: int) -> Any:
    """Return the row array of one position; what has no axis, or a single position, stands for all of them."""
    if np.ndim(bare(values)) < np.ndim(bare(presence)):
        return values
    return values[position if len(values) > 1 else 0]


def bare(value: Any) -> Any:
    """Return the numbers of a value, without its unit if it has one."""
    return getattr(value, "magnitude", value)


def _like(value: Any, magnitude: Any) -> Any:
    return type(value)(magnitude, value.units) if hasattr(value, "units") else magnitude
