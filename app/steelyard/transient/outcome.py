"""What temperatures and powers mean for the work: clock, speed and throughput, by the model's own formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.transient.load import evaluated

if TYPE_CHECKING:
    from steelyard.transient.course import Places
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


def outcome_of(row: Row, trace: Trace, held: Array) -> Outcome:
    """Return what a run means at each of its intervals; held: temperatures of all nodes at their beginnings."""
    dies = trace.controlled.build.coolers.dies
    count = row.count
    power, cpu = trace.inputs[:, :count].T, trace.inputs[:, count]
    busy = np.array([demand.busy for demand in trace.demands])[trace.phases]
    idle = row.cards("gpu_idle_power")[:, None]
    working = np.where(busy > 0, idle + (power - idle) / np.where(busy > 0, busy, 1), power)
    clock = speed = np.ones((count, len(trace.starts)))
    if count:
        warm = row.formula("card_warm_power", card_temperature=held[:, dies[:count]].T)
        clock = row.formula("card_clock_kept", card_warm_power=warm, card_busy_power=np.minimum(working, warm))
        clock = np.where(busy > 0, clock, 1.0)
        speed = row.formula("card_speed_kept", card_clock_kept=clock)
    slowest = np.minimum(speed.min(axis=0, initial=1.0), 1.0)
    asked = trace.asked[:, count]
    kept = row.formula("cpu_speed_kept", cpu_asked_power=asked, cpu_power=np.minimum(cpu, asked))
    kept = np.broadcast_to(kept, cpu.shape)
    load = np.array([demand.load for demand in trace.demands])[trace.phases]
    done = _throughput(row, slowest, kept) * load
    fans = _fans(trace, held)
    return Outcome(power, clock, speed, fans[:count], cpu, kept, fans[count], trace.mains, slowest, done)


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
