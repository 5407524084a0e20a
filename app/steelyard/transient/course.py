"""Temperatures over time under powers that are constant stretch by stretch: exact, at all the times asked for at once.

A duty cycle that repeats for ever has a closed form as well: what a cycle forgets and what it adds make a geometric
series, whose sum is where each cycle begins and ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from steelyard.errors import BadInputError
from steelyard.transient.modes import Modes, grown, modes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.transient.modes import Hold
    from steelyard.transient.network import System
    from steelyard.units import Array

__all__ = [
    "Energy",
    "Places",
    "Schedule",
    "energy_of",
    "means",
    "periodic",
    "periodic_start",
    "push_of",
    "run",
    "within",
]


Places = np.ndarray[Any, np.dtype[np.intp]]

_SHARED_FROM: Final = 8
"""Times that share a matrix, from which on it is worth making."""


class Schedule(NamedTuple):
    """Powers that are constant from each of `starts` (s, rising) to the next, the last without end.

    powers: shape (stretches, nodes), in the order of `System.nodes`.
    """

    starts: Array
    powers: Array


class Energy(NamedTuple):
    """Where the heat went, in joules: `brought` = `kept` in the heat capacities + `left` to the surroundings."""

    brought: float
    kept: float
    left: float


def run(system: System, start: Array, schedule: Schedule, times: Array, modes: Modes | None = None) -> Array:
    """Return the temperatures of all nodes, shape (times, nodes), from those with capacity at the first start.

    Raises BadInputError for times before the schedule or out of order.
    """
    modes = modes or modes_of(system)
    _check(schedule, times)
    at = np.searchsorted(schedule.starts, times, side="right") - 1
    push = push_of(system, schedule.powers)
    first = _beginnings(modes, start, schedule, push)
    states = within(modes, first, push, at, times - schedule.starts[at])
    found = np.empty((len(times), len(system.nodes)))
    count = states.shape[1]
    found[:, :count] = states
    found[:, count:] = states @ system.follow.T + (schedule.powers @ system.lift.T + system.offset)[at]
    return found


def periodic_start(system: System, cycle: Schedule, period: float, modes: Modes | None = None) -> Array:
    """Return the temperatures of the nodes with capacity at which a cycle begins that has run for ever.

    Raises BadInputError where the network has no end: then no cycle repeats.
    """
    system.steady(cycle.powers[0])  # says in words what has no end
    modes = modes or modes_of(system)
    push = push_of(system, cycle.powers)
    lengths = np.diff([*cycle.starts, cycle.starts[0] + period])
    if (lengths <= 0).any():
        raise BadInputError("A cycle ends before its last stretch begins.", "Give a period longer than its stretches.")
    if not modes.usable:
        keep, added = np.eye(push.shape[1]), np.zeros(push.shape[1])
        for length, flow in zip(lengths, push, strict=True):
            hold = modes.hold(float(length))
            keep, added = hold.keep @ keep, hold.keep @ added + hold.add @ flow
        return np.asarray(np.linalg.solve(np.eye(len(added)) - keep, added), dtype=float)
    flows = push @ modes.back.T
    total = np.zeros(len(modes.rates), dtype=flows.dtype)
    for length, flow in zip(lengths, flows, strict=True):
        decayed = np.expm1(modes.rates * length)
        total = total * (decayed + 1) + flow * decayed / modes.rates
    return np.real(modes.out @ (total / -np.expm1(modes.rates * period)))


def periodic(system: System, cycle: Schedule, period: float, times: Array, modes: Modes | None = None) -> Array:
    """Return the temperatures of all nodes at times (s, from a beginning of the cycle) once it repeats exactly."""
    modes = modes or modes_of(system)
    start = periodic_start(system, cycle, period, modes)
    within = np.mod(times, period)
    order = np.argsort(within, kind="stable")
    found = np.empty((len(times), len(system.nodes)))
    found[order] = run(system, start, cycle, cycle.starts[0] + within[order], modes)
    return found


def energy_of(system: System, start: Array, schedule: Schedule, until: float) -> Energy:
    """Return where the heat went from the first start `until` a time, in joules, each part for itself.

    `left` is what the links to fixed temperatures carried, from the mean temperatures; it is not what is left over.
    """
    modes = modes_of(system)
    ends = np.minimum(np.append(schedule.starts[1:], until), until)
    lengths = np.maximum(ends - schedule.starts, 0)
    push = push_of(system, schedule.powers)
    state, left = start, 0.0
    conductance = system.leak.sum(axis=1)
    outside = system.leak @ np.array([*system.fixed.values()])
    for length, power, flow in zip(lengths, schedule.powers, push, strict=True):
        spent = _integral(modes, state, flow, float(length))
        mean = system.whole(spent / length, power) if length > 0 else np.zeros(len(system.nodes))
        left += float((conductance * mean - outside).sum() * length)
        hold = modes.hold(float(length))
        state = hold.keep @ state + hold.add @ flow
    kept = float(system.capacity @ (state - start))
    return Energy(float((schedule.powers.sum(axis=1) * lengths).sum()), kept, left)


def _integral(modes: Modes, state: Array, flow: Array, length: float) -> Array:
    """The temperatures integrated over a stretch: of the network with its integral as further states, exactly."""
    count = len(state)
    empty = np.zeros((count, count))
    wide = np.block([[modes.matrix, empty], [np.eye(count), empty]])
    hold = Modes(wide, modes.rates, modes.out, modes.back, modes.condition, usable=False).hold(length)
    none = np.zeros(count)
    after: Array = hold.keep @ np.concatenate([state, none]) + hold.add @ np.concatenate([flow, none])
    return after[count:]


def push_of(system: System, powers: Array) -> Array:
    """Return how fast powers and surroundings warm each node with capacity, K/s."""
    return (powers @ system.gain.T + system.drift) / system.capacity


def _beginnings(modes: Modes, start: Array, schedule: Schedule, push: Array) -> Array:
    """Where each stretch begins, one after the other."""
    lengths = np.diff(schedule.starts)
    found = np.empty((len(schedule.starts), len(start)))
    found[0] = start
    if not modes.usable:
        holds = {length: modes.hold(length) for length in set(lengths.tolist())}
        for stretch, length in enumerate(lengths.tolist()):
            hold = holds[length]
            found[stretch + 1] = hold.keep @ found[stretch] + hold.add @ push[stretch]
        return found
    flows = push @ modes.back.T
    decayed = np.expm1(np.outer(lengths, modes.rates))
    added = grown(modes.rates, decayed, lengths[:, None]) * flows[:-1]
    first = np.empty((len(schedule.starts), len(modes.rates)), dtype=np.result_type(flows, modes.back))
    first[0] = modes.back @ start
    decayed += 1
    for stretch in range(len(lengths)):
        first[stretch + 1] = first[stretch] * decayed[stretch] + added[stretch]
    return np.real(first @ modes.out.T)


def within(modes: Modes, states: Array, push: Array, at: Places, after: Array) -> Array:
    """Return the nodes with capacity so long `after` the beginning of stretch `at`, whose beginnings are known.

    states, push: (stretches, nodes), where each stretch begins and how fast it warms the nodes, K/s. Times that lie
    equally long after a beginning, as those of an even grid do, share one matrix.
    """
    lengths, which = np.unique(after, return_inverse=True)
    if modes.usable and len(lengths) * _SHARED_FROM > len(after):
        return _each(modes, states @ modes.back.T, push @ modes.back.T, at, after)
    found = np.empty((len(at), states.shape[1]))
    order = np.argsort(which, kind="stable")
    ends = np.searchsorted(which[order], np.arange(len(lengths) + 1))
    both = np.hstack([states, push])
    for place, seconds in enumerate(lengths.tolist()):
        here = order[ends[place] : ends[place + 1]]
        hold = modes.hold(seconds)
        found[here] = both[at[here]] @ np.hstack([hold.keep, hold.add]).T
    return found


def _each(modes: Modes, first: Array, flows: Array, at: Places, after: Array) -> Array:
    """The same, mode by mode, for times that have little in common."""
    still = modes.rates == 0
    ends = np.where(still, 0, flows / np.where(still, 1, modes.rates))  # minus what each mode tends to
    gone = np.expm1(after[:, None] * modes.rates)
    gone *= (first + ends)[at]
    gone += first[at]
    if still.any():
        gone += np.where(still, flows, 0)[at] * after[:, None]
    return np.real(gone @ modes.out.T)


def means(modes: Modes, states: Array, push: Array, lengths: Array) -> Array:
    """Return the mean temperatures of the nodes with capacity over stretches whose beginnings are known, exactly."""
    if not modes.usable:
        later = [hold.keep @ state + hold.add @ flow for state, flow, hold in _held(modes, states, push, lengths)]
        return (states + np.array(later)) / 2
    first, flows = states @ modes.back.T, push @ modes.back.T
    still = modes.rates == 0
    rates = np.where(still, 1, modes.rates)
    over = lengths[:, None] * rates
    gone = np.expm1(over) / over - 1
    mean = first + np.where(still, flows * lengths[:, None] / 2, gone * (first + flows / rates))
    return np.real(mean @ modes.out.T)


def _held(modes: Modes, states: Array, push: Array, lengths: Array) -> Iterator[tuple[Array, Array, Hold]]:
    holds = {length: modes.hold(length) for length in {float(each) for each in lengths}}
    for state, flow, length in zip(states, push, lengths, strict=True):
        yield state, flow, holds[float(length)]


def _check(schedule: Schedule, times: Array) -> None:
    if len(times) == 0 or (np.diff(times) < 0).any() or times[0] < schedule.starts[0]:
        raise BadInputError(
            "The times asked for are not in order, or lie before the powers begin.", "Give rising times."
        )
    if (np.diff(schedule.starts) <= 0).any() or not np.isfinite(schedule.powers).all():
        raise BadInputError(
            "A schedule of powers has a stretch without length, or a power that is not known.",
            "Give rising starts, and a number for every power.",
        )
