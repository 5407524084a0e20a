"""A controlled run: interval after interval, longer ones where nothing changes, and what was decided at each."""

from __future__ import annotations

from itertools import cycle as repeated
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.transient.course import Places, push_of, within
from steelyard.transient.stable import doublings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from steelyard.transient.control import Controlled, Decided
    from steelyard.transient.load import Demand, Phase
    from steelyard.units import Array

__all__ = ["Trace", "traced"]

_QUIET_CHANGE, _LOUD_CHANGE = 0.02, 0.08
"""Kelvin of any node in an interval: below the one the next may be twice as long, above the other it is taken back."""

_QUIET_POWER, _LOUD_POWER = 0.05, 0.5
"""Watts of any part from one interval to the next: the same."""

_MOST_DOUBLINGS: Final = 10
"""5 s become up to an hour and a half, where the controls bear it."""

_INSTANT: Final = 1e-6  # s


class Trace(NamedTuple):
    """What was decided at each interval: when it begins, the states then, the inputs held, what was asked.

    phases: which phase of the cycle each interval is in.
    """

    controlled: Controlled
    demands: tuple[Demand, ...]
    starts: Array
    states: Array
    inputs: Array
    asked: Array
    mains: Array
    phases: Array

    def at(self, times: Array) -> tuple[Places, Array]:
        """Return the interval that each time is in, and the temperatures of all nodes then, exact within it."""
        build = self.controlled.build
        place = np.searchsorted(self.starts, times, side="right") - 1
        powers = self.inputs @ self.controlled.entry.T + build.constant
        push = push_of(build.system, powers)
        states = within(self.controlled.modes, self.states, push, place, times - self.starts[place])
        return place, build.system.whole(states, powers[place])


def traced(
    controlled: Controlled,
    start: Array,
    cycle: Sequence[tuple[Phase, Demand]],
    seconds: float,
    interval: float,
    *,
    fixed: bool,
) -> Trace:
    """Run a build from its states at the start through a cycle of phases, again and again.

    fixed: hold on to the interval; else double it while nothing changes, which errs as little as the short one does.
    """
    states, inputs = start, np.zeros(controlled.entry.shape[1])
    rows: list[tuple[float, int]] = []
    path: list[Array] = []
    made: list[Decided] = []
    reached, doublings = 0.0, 0
    most = 0 if fixed else _MOST_DOUBLINGS
    calm, flat_out = (doublings_of(controlled, interval, most, aimed=aimed) for aimed in (True, False))
    for place, end in _stretches([phase for phase, _ in cycle], seconds):
        demand, doublings = cycle[place][1], 0
        while reached < end - _INSTANT:
            step = controlled.step(round(min(interval * 2.0**doublings, end - reached), 6))
            decided = controlled.decide(states, inputs, demand, step)
            pace = _pace(decided.after - states, decided.inputs - inputs) if most else 0
            longest = flat_out if decided.flat_out else calm
            if doublings > longest or (doublings and pace < 0):
                doublings = min(doublings - 1, longest)
                continue
            rows.append((reached, place))
            path.append(states)
            made.append(decided)
            doublings = min(doublings + max(pace, 0), longest)
            states, inputs = decided.after, decided.inputs
            reached += step.seconds
        reached = end  # sums of short intervals miss it by their rounding
    return Trace(
        controlled,
        tuple(demand for _, demand in cycle),
        np.array([start for start, _ in rows]),
        np.array(path),
        np.array([each.inputs for each in made]),
        np.array([each.asked for each in made]),
        np.array([each.mains for each in made]),
        np.array([place for _, place in rows], dtype=int),
    )


def _pace(moved: Array, changed: Array) -> int:
    """Whether the next interval may be longer (1) or this one was too long (-1), by what changed in it."""
    warmer, more = float(np.abs(moved).max()), float(np.abs(changed).max())
    if warmer < _QUIET_CHANGE and more < _QUIET_POWER:
        return 1
    return -1 if warmer > _LOUD_CHANGE or more > _LOUD_POWER else 0


def _stretches(phases: Sequence[Phase], seconds: float) -> Iterator[tuple[int, float]]:
    """The phases in their order until the time is up: which, and when it ends. Phases that do not differ are one."""
    if len({phase[1:] for phase in phases}) == 1:
        yield 0, seconds
        return
    reached = 0.0
    for place, phase in repeated(enumerate(phases)):
        reached += phase.seconds
        yield place, min(reached, seconds)
        if reached >= seconds:
            return
