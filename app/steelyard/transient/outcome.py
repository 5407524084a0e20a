"""What temperatures and powers mean for the work: clock, speed and throughput, by the model's own formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.transient.load import cpu_asked, evaluated

if TYPE_CHECKING:
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
    kept, done = np.ones_like(cpu), np.zeros_like(cpu)
    for place, demand in enumerate(trace.demands):
        here = trace.phases == place
        if not here.any():
            continue
        row = demand.row
        if count and demand.busy > 0:
            clock[:, here] = _clock(
                demand, power[:, here], held[here][:, trace.controlled.build.coolers.dies[:count]].T
            )
            speed[:, here] = row.formula("card_speed_kept", card_clock_kept=clock[:, here])
        asked = np.broadcast_to(cpu_asked(row, demand.load), cpu[here].shape)
        kept[here] = row.formula("cpu_speed_kept", cpu_asked_power=asked, cpu_power=np.minimum(cpu[here], asked))
        slowest = np.minimum(speed[:, here].min(axis=0, initial=1.0), 1.0)
        done[here] = _throughput(row, slowest, kept[here]) * demand.load
    slowest = np.minimum(speed.min(axis=0, initial=1.0), 1.0)
    fans = _fans(trace, held)
    return Outcome(power, clock, speed, fans[:count], cpu, kept, fans[count], trace.mains, slowest, done)


def _clock(demand: Demand, power: Array, temperatures: Array) -> Array:
    """The clock that cards of these temperatures keep with a mean power over busy and idle."""
    row = demand.row
    idle = row.cards("gpu_idle_power")[:, None]
    working = idle + (power - idle) / demand.busy
    warm = row.formula("card_warm_power", card_temperature=temperatures)
    return row.formula("card_clock_kept", card_warm_power=warm, card_busy_power=np.minimum(working, warm))


def _fans(trace: Trace, held: Array) -> Array:
    """The speed of each cooler's fans, of full speed, from the heat that they take beyond that at their slowest."""
    coolers = trace.controlled.build.coolers
    above = held[:, coolers.fins] - held[:, coolers.inlets]
    blown = trace.inputs[:, trace.controlled.count + 2 :]
    moved = coolers.quiet + np.where(above > 0, blown / np.where(above > 0, above, 1), 0)
    return (np.minimum(moved / coolers.full, 1) ** (1 / coolers.exponent)).T


def _throughput(row: Row, gpu: Array, cpu: Array) -> Array:
    """The share of the work that is done, of what would be at full speed, by the balance of the whole pipeline."""
    pairs, places = np.unique(np.round([gpu, cpu], _SAME_SPEED), axis=1, return_inverse=True)
    gpus, cpus = (np.append(each, 1.0) for each in pairs)
    found = evaluated(row, ("throughput",), gpu_speed_kept=gpus, cpu_speed_kept=cpus)["throughput"]
    cool = found[-1]
    share = found / cool if cool > 0 and np.isfinite(cool) else np.ones_like(found)  # without work nothing is slower
    return np.broadcast_to(share, gpus.shape)[places.ravel()]
