"""What temperatures and powers mean for the work: clock, speed and throughput, by the model's own formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.transient.load import cpu_asked, evaluated, warm_power

if TYPE_CHECKING:
    from steelyard.transient.coolers import Coolers
    from steelyard.transient.course import Places
    from steelyard.transient.load import Demand
    from steelyard.transient.reading import Row
    from steelyard.transient.trace import Trace
    from steelyard.units import Array

__all__ = ["Outcome", "outcome_of"]

_SAME_SPEED: Final = 5  # decimals: speeds that do not differ in these share one evaluation


class Outcome(NamedTuple):
    """Numbers over time; of cards, shape (cards, times). Power in watts, all else as shares."""

    card_power: Array
    card_clock: Array
    card_speed: Array
    card_fan: Array
    cpu_power: Array
    cpu_speed: Array
    cpu_fan: Array
    mains_power: Array
    speed: Array
    throughput: Array

    def at(self, places: Places) -> Outcome:
        """Return the numbers at some of the times."""
        return Outcome(*(each[..., places] for each in self))


def outcome_of(trace: Trace, held: Array) -> Outcome:
    """Return what a run means at each of its intervals; held: temperatures of all nodes at their beginnings."""
    count = trace.controlled.count - 1
    power, cpu = trace.inputs[:, :count].T, trace.inputs[:, count]
    clock, speed = np.ones_like(power), np.ones_like(power)
    kept, done, slowest = np.ones_like(cpu), np.zeros_like(cpu), np.ones_like(cpu)
    for place, demand in enumerate(trace.demands):
        here = trace.phases == place
        if not here.any():
            continue
        row = demand.row
        if count and demand.busy > 0:
            clock[:, here] = _clock(demand, trace.controlled.build.coolers, power[:, here], held[here].T)
            speed[:, here] = row.formula("card_speed_kept", card_clock_kept=clock[:, here])
        asked = np.broadcast_to(cpu_asked(row, demand.load), cpu[here].shape)
        kept[here] = row.formula("cpu_speed_kept", cpu_asked_power=asked, cpu_power=np.minimum(cpu[here], asked))
        slowest[here] = speed[:, here].min(axis=0, initial=1.0)
        if row.stands("gpu_speed_kept"):
            slowest[here] = row.at("gpu_speed_kept")
        done[here] = _throughput(row, slowest[here], kept[here]) * demand.load
    fans = _fans(trace, held)
    return Outcome(power, clock, speed, fans[:count], cpu, kept, fans[count], trace.mains, slowest, done)


def _clock(demand: Demand, coolers: Coolers, power: Array, held: Array) -> Array:
    """The clock that cards keep with a mean power over busy and idle; held: (nodes, times).

    A given power says nothing of the clock: what their air can carry does.
    """
    row = demand.row
    idle = row.cards("gpu_idle_power")[:, None]
    working = idle + (power - idle) / demand.busy
    warm = warm_power(row, held[coolers.dies[: row.count]])
    if row.stands("card_power"):
        carried = row.formula("card_carried_power", card_inlet=held[coolers.inlets[: row.count]])
        busy = np.full(1, demand.busy)
        working = row.formula("card_busy_power", card_warm_power=warm, card_carried_power=carried, gpu_busy=busy)
    return row.formula("card_clock_kept", card_warm_power=warm, card_busy_power=np.minimum(working, warm))


def _fans(trace: Trace, held: Array) -> Array:
    """The speed of each cooler's fans, of full speed, from the heat that they take beyond that at their slowest."""
    coolers = trace.controlled.build.coolers
    above = held[:, coolers.fins] - held[:, coolers.inlets]
    blown = trace.inputs[:, trace.controlled.count + 2 :]
    moved = coolers.quiet + np.where(above > 0, blown / np.where(above > 0, above, 1), 0)
    share = (1 / coolers.full + coolers.wall) / (1 / moved + coolers.wall)
    return (np.minimum(share, 1) ** (1 / coolers.exponent)).T


def _throughput(row: Row, gpu: Array, cpu: Array) -> Array:
    """The share of the work that is done, of what would be at full speed, by the balance of the whole pipeline.

    Where that is no slower all is done, though it be nothing, or without an end.
    """
    pairs, places = np.unique(np.round([gpu, cpu], _SAME_SPEED), axis=1, return_inverse=True)
    gpus, cpus = (np.append(each, 1.0) for each in pairs)
    found = evaluated(row, ("throughput",), gpu_speed_kept=gpus, cpu_speed_kept=cpus)["throughput"]
    share = np.divide(found, found[-1], out=np.ones_like(found), where=found != found[-1])
    return np.broadcast_to(share, gpus.shape)[places.ravel()]
