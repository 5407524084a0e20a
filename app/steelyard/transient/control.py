"""A build under its own control: fans, temperature limits, leakage and supply, decided anew at every interval.

Over an interval powers and fans are held and the network is advanced exactly. Three rules, each of which ends where the
steady state does:
- Fans let a die approach its target temperature; no slower than their floor, no faster than full speed.
- At its temperature limit a part draws what brings its die to the limit by the end of the interval, no less than the
  floor and no more than is asked; in the end that is what its cooler carries away.
- Air let in takes up heat until the room would get cooler than it is without the build.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.transient.build import CONTENTS
from steelyard.transient.modes import Modes, modes_of

if TYPE_CHECKING:
    from steelyard.transient.build import Build
    from steelyard.transient.load import Demand, Supply
    from steelyard.units import Array

__all__ = ["Controlled", "Decided", "Step"]


_PASSES: Final = 4
"""Less power to a part is less loss in the supply, which over a long interval cools the part as well."""

_SHORT: Final = 20.0
"""Seconds up to which that can be left to the next interval."""


class Step(NamedTuple):
    """One length of interval as matrices.

    seen: from states, inputs before and one: states at its end without new inputs, then what the controls look at, and
    last how far each die is then above its limit. drive, warming: what inputs add to the states and to the dies at its
    end. response: of that, what a watt into each part does. pulls: what fans take more a kelvin above target, W/K.
    """

    seconds: float
    seen: Array
    drive: Array
    warming: Array
    response: Array
    pulls: tuple[float, ...]


class Decided(NamedTuple):
    """What was decided for an interval: the inputs held, the powers asked for, the mains, and the states after it.

    flat_out: fans of some cooler are at full speed.
    """

    inputs: Array
    asked: list[float]
    mains: float
    after: Array
    flat_out: bool


class Controlled:
    """A build with its controls, ready to run.

    inputs: power of each card and of the CPU, the supply's loss, heat straight into the room, and for each cooler what
    its fins lose beyond what they lose with fans at their slowest; `entry` says where they go in.
    """

    def __init__(self, build: Build, supply: Supply) -> None:
        """Prepare what every interval needs."""
        self.build, self.supply = build, supply
        self.modes: Modes = modes_of(build.system)
        system, coolers = build.system, build.coolers
        count = self.count = len(coolers.dies)
        self._dies, self._limits = coolers.dies, coolers.limit
        self.entry = np.zeros((len(system.nodes), 2 * count + 2))
        self.entry[coolers.dies, np.arange(count)] = 1
        self.entry[build.supply, count] = 1
        self.entry[build.room, count + 1] = 1
        self.entry[:, count + 2 :] = coolers.handed
        fans = (coolers.quiet, coolers.full, coolers.target)
        self._fans = list(zip(*(each.tolist() for each in fans), strict=True))
        self._looks = self._seen()
        self._before = np.ones(len(system.names) + self.entry.shape[1] + 1)
        self._steps: dict[float, Step] = {}
        self._inverses: dict[tuple[float, ...], list[list[float]]] = {}

    def _seen(self) -> Array:
        """What the controls look at, as rows over states, inputs and one.

        For each cooler its die, the heat that leaves the die, and how far the fins are above the air that they
        breathe; then the heat that the machine gives the room.
        """
        system, coolers = self.build.system, self.build.coolers
        states, count = len(system.names), self.count
        rows = np.zeros((3 * count + 1, states + self.entry.shape[1] + 1))
        place = np.arange(count)
        rows[place, coolers.dies] = 1
        rows[count + place, coolers.dies] = coolers.into
        rows[count + place, coolers.behind] = -coolers.into
        inlets = coolers.inlets - states
        rows[2 * count + place, :states] = -system.follow[inlets]
        rows[2 * count + place, states:-1] = -system.lift[inlets] @ self.entry
        rows[2 * count + place, -1] = -system.offset[inlets] - system.lift[inlets] @ self.build.constant
        rows[2 * count + place, coolers.fins] += 1
        rows[-1] = self._warming()
        return rows

    def _warming(self) -> Array:
        """The heat that comes to the room's air but for its contents, its surroundings, and what is decided for it."""
        system, build = self.build.system, self.build
        room, contents = build.room, system.names.index(CONTENTS)
        over_states = -system.loss[room]
        over_states[room] += build.outlet + over_states[contents]
        over_states[contents] = 0
        over_inputs = system.gain[room] @ self.entry
        over_inputs[self.count + 1] = 0
        outside = build.outlet * next(iter(system.fixed.values()))
        return np.concatenate(
            [over_states, over_inputs, [system.gain[room] @ build.constant + system.drift[room] - outside]]
        )

    def step(self, seconds: float) -> Step:
        """Return the matrices of an interval, kept for the next time."""
        known = self._steps.get(seconds)
        if known is None:
            system, hold = self.build.system, self.modes.hold(seconds)
            into = hold.add / system.capacity
            drive = into @ system.gain @ self.entry
            rest = into @ (system.gain @ self.build.constant + system.drift)
            ahead = np.hstack([hold.keep, np.zeros_like(drive), rest[:, None]])
            warming = drive[self._dies]
            over = ahead[self._dies]
            over[:, -1] -= self._limits
            seen = np.vstack([ahead, self._looks, over])
            coolers = self.build.coolers
            pulls = tuple((coolers.mass / np.maximum(coolers.delay, seconds)).tolist())
            known = self._steps[seconds] = Step(seconds, seen, drive, warming, warming[:, : self.count], pulls)
        return known

    def decide(self, states: Array, before: Array, demand: Demand, step: Step) -> Decided:
        """Return what is held over the next interval, and where it leads. Numbers one by one: there are few."""
        cut, count = len(states), self.count
        self._before[:cut] = states
        self._before[cut:-1] = before
        seen = step.seen.dot(self._before)
        ahead, looked, coming = seen[:cut], seen[cut:-count].tolist(), seen[-count:]
        asked = demand.asked_by(looked[: count - 1])
        blown, flat_out = self._blown(looked, step)
        inputs, mains = self._inputs(asked, blown, looked[-1], demand.rest)
        over = (coming + step.warming.dot(inputs)).tolist()
        hot = [place for place, above in enumerate(over) if above > 0]
        if hot:
            powers = asked.copy()
            for _ in range(1 if step.seconds <= _SHORT else _PASSES):
                self._hold(powers, asked, hot, over, looked, demand, step)
                inputs, mains = self._inputs(powers, blown, looked[-1], demand.rest)
                if step.seconds > _SHORT:
                    over = (coming + step.warming.dot(inputs)).tolist()
        return Decided(inputs, asked, mains, ahead + step.drive.dot(inputs), flat_out)

    def _blown(self, looked: list[float], step: Step) -> tuple[list[float], bool]:
        """What fins lose beyond what they lose with fans at their slowest: as much as leads the die to its target.

        And whether that takes the full speed of some fans.
        """
        count, found, flat_out = self.count, [], False
        coolers = zip(self._fans, step.pulls, looked, looked[count:], looked[2 * count :], strict=False)
        for (quiet, full, target), pull, die, leaving, above in coolers:
            wanted = leaving + pull * (die - target)
            if above <= 0 or wanted <= quiet * above:
                found.append(0.0)
            elif wanted < full * above:
                found.append(wanted - quiet * above)
            else:
                found.append((full - quiet) * above)
                flat_out = True
        return found, flat_out

    def _inputs(self, powers: list[float], blown: list[float], given: float, rest: float) -> tuple[Array, float]:
        """What goes into the network, and what the mains gives, with so much heat `given` to the room already.

        What the mains gives beyond the heat of parts and supply goes straight to the room: the loss of a UPS, what
        other work draws more in the rest of the machine, and what is given as drawn and has no part of its own.
        """
        supply = self.supply
        lost, mains = supply.at(rest + sum(powers[supply.counted]))
        other = mains - lost - sum(powers) - supply.heat
        fresh = min(self.build.surplus, max(given + other, 0.0)) if self.build.surplus else 0.0
        return np.array([*powers, lost, other - fresh, *blown]), mains

    def _hold(
        self,
        powers: list[float],
        asked: list[float],
        hot: list[int],
        over: list[float],
        looked: list[float],
        demand: Demand,
        step: Step,
    ) -> None:
        """Bring the dies that would pass their limit to it, with no less than their floor and no more than asked."""
        key = (step.seconds, *hot)
        inverse = self._inverses.get(key)
        if inverse is None:
            inverse = self._inverses[key] = np.linalg.inv(step.response[np.ix_(hot, hot)]).tolist()
        above = [over[place] for place in hot]
        for place, shares in zip(hot, inverse, strict=True):
            power = powers[place] - sum(map(mul, shares, above))
            if power < asked[place]:
                powers[place] = min(demand.no_less(power, place, looked[place]), asked[place])
            else:
                powers[place] = asked[place]
