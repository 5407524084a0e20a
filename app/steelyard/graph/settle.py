"""Coupled quantities settled together, row by row: the planner's loops.

Each pass computes the loop's formulas from a guess. Rows whose residual is within the declared bounds are frozen and
dropped; the others take an Aitken step with one step length per row, later an Anderson step, and the few that are left
then Aitken steps again. A row depends on no other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from steelyard.graph.steps import along_one, along_two

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.graph.quantity import Quantity
    from steelyard.units import Array

_Index = np.ndarray[Any, Any]

MOST_PASSES = 160
_SPIRALS = range(10, 60)  # passes; nine rows of ten are settled before, and a span over kinks leads nowhere after
_SHARED_FROM = 64  # rows from which finding equal rows costs less than settling them again


class Loop(NamedTuple):
    """Formulas that depend on each other: computed in `order` once the `settled` ones are guessed.

    A formula after a settled one in the order reads what was just computed, one before it reads the guess.
    """

    order: tuple[Quantity, ...]
    settled: tuple[Quantity, ...]
    reads: tuple[str, ...]

    @property
    def guessed_by(self) -> dict[str, frozenset[str]]:
        """For each quantity of the loop, the settled quantities that it reads as guessed."""
        waiting = {quantity.name for quantity in self.settled}
        found = {}
        for member in self.order:
            found[member.name] = frozenset(need.name for need in member.needs) & waiting
            waiting.discard(member.name)
        return found


class Outcome(NamedTuple):
    """Values of the loop's quantities and residuals, and the guesses that they were computed from."""

    values: dict[str, Array]
    guesses: dict[str, Array]


def settle(loop: Loop, values: Mapping[str, Array]) -> Outcome:
    """Settle a loop for all rows; rows that read the same numbers are settled once."""
    given = {name: values[name] for name in loop.reads}
    rows = max((array.shape[-1] for array in given.values()), default=1)
    if rows < _SHARED_FROM:
        return _settle(loop, given, rows)
    first, inverse = _distinct(given, rows)
    if len(first) == rows:
        return _settle(loop, given, rows)
    outcome = _settle(loop, {name: _take(array, first) for name, array in given.items()}, len(first))
    return Outcome(*({name: _take(array, inverse) for name, array in part.items()} for part in outcome))


def _settle(loop: Loop, given: dict[str, Array], rows: int) -> Outcome:
    guesses = {item.name: _start(item, given, rows) for item in loop.settled}
    values: dict[str, Array] = {}
    residuals = {item.name: np.full(rows, np.nan) for item in loop.settled}
    active = np.arange(rows)
    known: dict[str, Array] = {}
    step = np.ones(rows)
    at: list[Array] = []
    move: list[Array] = []
    here, guess = given, dict(guesses)
    for count in range(MOST_PASSES):
        new = _pass(loop, here, guess)
        moved = {item.name: _moved(item, new, here, guess) for item in loop.settled}
        if count == 0:
            new, moved, known = _unknown_through(loop, here, guess, new, moved)
        size = _size(loop, moved, known)
        done = size <= 1.0
        _keep(new, values, active[done], done, rows)
        for item in loop.settled:
            guesses[item.name][..., active] = guess[item.name]
            residuals[item.name][active] = _residual(moved[item.name], known[item.name])
        left = ~done & ~np.isnan(size)
        if not left.any():
            break
        active = active[left]
        here = {name: _take(array, left) for name, array in here.items()}
        guess, moved, known = (
            {name: array[..., left] for name, array in part.items()} for part in (guess, moved, known)
        )
        at = _with_last(at, left, _numbers(loop, guess, known))
        move = _with_last(move, left, _numbers(loop, moved, known))
        step = step[left] if count == 0 or count in _SPIRALS else along_one(step[left], move[-1], move[-2])
        change = along_two(at, move) if count in _SPIRALS else step * move[-1]
        guess = _changed(loop, guess, change)
    return Outcome(values | {f"{name}_residual": array for name, array in residuals.items()}, guesses)


def _unknown_through(
    loop: Loop, given: Mapping[str, Array], guess: dict[str, Array], new: dict[str, Array], moved: dict[str, Array]
) -> tuple[dict[str, Array], dict[str, Array], dict[str, Array]]:
    """Let what is unknown be read as unknown, until no more becomes so: a first guess must not stand in for it."""
    known = {name: ~np.isnan(change) for name, change in moved.items()}
    while not all(marks.all() for marks in known.values()):
        for name, marks in known.items():
            guess[name] = np.where(marks, guess[name], np.nan)
        new = _pass(loop, given, guess)
        moved = {item.name: _moved(item, new, given, guess) for item in loop.settled}
        still = {name: marks & ~np.isnan(moved[name]) for name, marks in known.items()}
        if all(np.array_equal(still[name], marks) for name, marks in known.items()):
            break
        known = still
    return new, moved, known


def _start(item: Quantity, given: Mapping[str, Array], rows: int) -> Array:
    assert item.settled is not None  # noqa: S101 - the planner puts only settled quantities here
    first = item.settled.start
    start = given[first] if isinstance(first, str) else np.array([first])
    sizes = [len(given[axis.presence]) for axis in item.axes]
    if start.ndim < len(sizes) + 1:
        start = start[(None,) * (len(sizes) + 1 - start.ndim)]
    return np.array(np.broadcast_to(start, (*sizes, rows)))


def _pass(loop: Loop, given: Mapping[str, Array], guess: Mapping[str, Array]) -> dict[str, Array]:
    new: dict[str, Array] = {}
    reading = {**given, **guess}
    for member in loop.order:
        value = np.asarray(member.formula(*(reading[need.name] for need in member.needs)))
        new[member.name] = value
        reading[member.name] = value
    return new


def _moved(item: Quantity, new: Mapping[str, Array], given: Mapping[str, Array], guess: Mapping[str, Array]) -> Array:
    """How far a pass moved the guess; empty positions stay where they are."""
    change = new[item.name] - guess[item.name]
    for axis in item.axes:
        change = np.where(given[axis.presence] > 0, change, 0.0)
    return change


def _size(loop: Loop, moved: Mapping[str, Array], known: Mapping[str, Array]) -> Array:
    """The greatest move of each row in units of its bound; NaN when one that was known became unknown: it diverged."""
    size: Array = np.zeros(1)
    for item in loop.settled:
        assert item.settled is not None  # noqa: S101
        change = np.abs(moved[item.name]) / item.settled.within
        change = np.where(known[item.name], change, 0.0)
        size = np.maximum(size, change.max(axis=tuple(range(change.ndim - 1))) if change.ndim > 1 else change)
    return size


def _residual(moved: Array, known: Array) -> Array:
    change = np.where(known, np.abs(moved), np.nan)
    if change.ndim == 1:
        return change
    change = np.where(known.any(axis=0), np.where(known, change, 0.0), np.nan)
    return change.max(axis=tuple(range(change.ndim - 1)))  # type: ignore[no-any-return]


def _numbers(loop: Loop, parts: Mapping[str, Array], known: Mapping[str, Array]) -> Array:
    """All guessed numbers in units of their bounds, shape (numbers, rows); zero where unknown."""
    lines = []
    for item in loop.settled:
        assert item.settled is not None  # noqa: S101
        scaled = np.where(known[item.name], parts[item.name], 0.0) / item.settled.within
        lines.append(scaled.reshape(-1, scaled.shape[-1]))
    return np.concatenate(lines)


def _with_last(numbers: list[Array], left: _Index, newest: Array) -> list[Array]:
    """The last three of a history, of the rows that are left."""
    return [*(array[:, left] for array in numbers[-2:]), newest]


def _changed(loop: Loop, guess: Mapping[str, Array], change: Array) -> dict[str, Array]:
    """The guesses after a change in units of their bounds."""
    found, first = {}, 0
    for item in loop.settled:
        assert item.settled is not None  # noqa: S101
        shape = guess[item.name].shape
        last = first + math.prod(shape[:-1])
        found[item.name] = guess[item.name] + (change[first:last] * item.settled.within).reshape(shape)
        first = last
    return found


def _keep(new: Mapping[str, Array], values: dict[str, Array], to: _Index, done: _Index, rows: int) -> None:
    """Write the values of the rows that have settled; all others stay NaN."""
    for name, array in new.items():
        if name not in values:
            values[name] = np.full((*array.shape[:-1], rows), np.nan)
        if len(to):
            values[name][..., to] = array if array.shape[-1] != len(done) else array[..., done]


def _take(array: Array, rows: _Index) -> Array:
    return array if array.shape[-1] == 1 and len(rows) != 1 else array[..., rows]


def _distinct(given: Mapping[str, Array], rows: int) -> tuple[_Index, _Index]:
    """Return the first row of each distinct combination, and for every row which combination it has."""
    columns: Sequence[_Index] = [
        np.ascontiguousarray(line).view(np.uint64)
        for array in given.values()
        if array.shape[-1] == rows
        for line in array.reshape(-1, rows)
    ]
    mixed: _Index = np.zeros(rows, dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    _, first, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    for column in columns:
        if not np.array_equal(column[first][inverse], column):  # two combinations share a hash: settle every row
            return np.arange(rows), np.arange(rows)
    return first, inverse
