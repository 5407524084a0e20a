"""What the parts draw under a load, and what the work gets done, as far as temperatures decide: the model's formulas.

What is asked of the parts comes from the balance of the steady state. Each table below is a formula of the model over
one varied number, computed once; a run looks its numbers up there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.transient.reading import Row
    from steelyard.units import Array

__all__ = [
    "CONSTANT",
    "Demand",
    "Phase",
    "Supply",
    "cpu_asked",
    "demand_of",
    "evaluated",
    "phases_checked",
    "supply_of",
    "warm_power",
]

_COLDEST, _HOTTEST, _A_KELVIN = -40.0, 260.0, 4  # °C and points a kelvin of the tables; beyond them the ends hold
_MOST_LEAKAGE: Final = 0.5
"""Of what a card draws at work: a slope of leakage beyond all measure must not make a cold card draw less than none."""
_LOADS: Final = 257
_END: Final = 1.001  # just before the last entry, so that there is one after it


class Phase(NamedTuple):
    """A stretch of a cycle: how long, and how much of the asked work is done in it (1 all, 0 the machine idles).

    work: the row of the workload that it is; None for the one that the run is about.
    """

    seconds: float
    load: float = 1.0
    work: int | None = None


CONSTANT: Final = (Phase(3600.0),)
"""The load that the steady state has: the same at all times."""


class Demand(NamedTuple):
    """What is asked during a phase: mean power of each card over its temperature, and of the CPU.

    asked: before heat holds anything back. floor: below which heat cannot push it. Shapes (cards, temperatures).
    rest: the DC load of all else that does not change. row: the workload that asks.
    """

    asked: Sequence[Sequence[float]]
    floor: Sequence[Sequence[float]]
    processor_asked: float
    processor_floor: float
    busy: float
    load: float
    rest: float
    row: Row

    def asked_by(self, temperatures: Sequence[float]) -> list[float]:
        """Return what is asked of each part: of cards of these temperatures, and last of the CPU."""
        found = []
        for table, temperature in zip(self.asked, temperatures, strict=False):
            place = (temperature - _COLDEST) * _A_KELVIN
            below = int(place)
            if place >= 0 and below + 1 < len(table):
                found.append(table[below] + (table[below + 1] - table[below]) * (place - below))
            else:
                found.append(table[0] if place < 0 else table[-1])
        found.append(self.processor_asked)
        return found

    def no_less(self, power: float, part: int, temperature: float) -> float:
        """Return a power, or that below which heat cannot push a card of this temperature, or the CPU."""
        if part == len(self.floor):
            return max(power, self.processor_floor)
        table = self.floor[part]
        if power >= table[-1]:  # the hotter, the more is asked, and the higher the floor
            return power
        return max(power, table[min(max(round((temperature - _COLDEST) * _A_KELVIN), 0), len(table) - 1)])


class Supply(NamedTuple):
    """What supply and UPS add: their losses over the DC load.

    heat: of all parts but cards and CPU. counted: which of the cards' and the CPU's powers make up the DC load, where
    it is not given.
    """

    heat: float
    first: float
    step: float
    lost: Sequence[float]
    mains: Sequence[float]
    counted: slice = slice(None)

    def at(self, load: float) -> tuple[float, float]:
        """Return the supply's loss and what is drawn from the mains at a DC load."""
        place = (load - self.first) / self.step
        if not 0 <= place < len(self.lost) - _END:
            place = 0.0 if place < 0 else len(self.lost) - _END
        below = int(place)
        part = place - below
        lost, mains = self.lost, self.mains
        return (
            lost[below] + (lost[below + 1] - lost[below]) * part,
            mains[below] + (mains[below + 1] - mains[below]) * part,
        )


def phases_checked(phases: Sequence[Phase]) -> tuple[Phase, ...]:
    """Return the phases of a cycle. Raises BadInputError for none, or one that cannot be meant."""
    if not phases or any(not (phase.seconds > 0 and 0 <= phase.load <= 1) for phase in phases):
        raise BadInputError(
            "A cycle of work has a phase that cannot be meant.",
            "Each lasts longer than 0 s and has a load from 0 to 1.",
        )
    return tuple(phases)


def demand_of(row: Row, load: float) -> Demand:
    """Return what is asked of cards and CPU at a share of the steady state's work."""
    temperatures = np.linspace(_COLDEST, _HOTTEST, round(_HOTTEST - _COLDEST) * _A_KELVIN + 1)
    wide = np.broadcast_to(temperatures, (row.count, len(temperatures)))
    busy = np.full(1, row.at("gpu_busy") * load)
    warm = warm_power(row, wide) if row.count else wide
    ends = []
    for carried in (np.inf, -np.inf):
        if not row.count:
            ends.append(wide)
            continue
        power = row.formula(
            "card_busy_power", card_warm_power=warm, card_carried_power=np.full_like(warm, carried), gpu_busy=busy
        )
        ends.append(
            np.array(np.broadcast_to(row.formula("card_power", card_busy_power=power, gpu_busy=busy), wide.shape))
        )
        if row.stands("card_power"):
            ends[-1] = _eased(ends[-1], row.cards("gpu_idle_power")[:, None], load)
    asked = cpu_asked(row, load)
    free, floor = (
        np.ravel(row.formula("cpu_power", cpu_asked_power=asked, cpu_inlet=np.full(1, inlet)))[0]
        for inlet in (-np.inf, np.inf)
    )
    if row.stands("cpu_power"):
        free, floor = (_eased(each, row.at("idle_cpu_power"), load) for each in (free, floor))
    return Demand(ends[0].tolist(), ends[1].tolist(), float(free), float(floor), float(busy[0]), load, _rest(row), row)


def warm_power(row: Row, temperatures: Array) -> Array:
    """Return what the work draws on cards of these temperatures; the line of leakage ends where none is left."""
    warm = row.formula("card_warm_power", card_temperature=temperatures)
    return np.maximum(warm, (1 - _MOST_LEAKAGE) * row.at("card_asked_power"))


def cpu_asked(row: Row, load: float) -> Array:
    """Return the power that a share of the work asks of the CPU; one number."""
    asked = row.formula("cpu_asked_power", cpu_busy=np.full(1, row.at("cpu_busy") * load))
    return _eased(asked, row.at("idle_cpu_power"), load) if row.stands("cpu_asked_power") else asked


def _eased(given: Array, idle: Array | float, load: float) -> Array:
    """A power that is given for the work, at a share of it."""
    return idle + load * (given - idle)


def supply_of(row: Row) -> Supply:
    """Return the losses of supply and UPS over the DC load."""
    rest = _rest(row)
    at_work = demand_of(row, 1.0)
    most = rest + sum(max(each) for each in at_work.asked) + at_work.processor_asked
    loads = np.linspace(min(rest, row.at("dc_load")), max(most, row.at("dc_load")) * 1.05, _LOADS)
    found = evaluated(row, ("psu_loss", "mains_power"), dc_load=loads)
    lost, mains = (np.broadcast_to(array, loads.shape).tolist() for array in found.values())
    heat = row.at("display_power") + row.at("rest_power")
    return Supply(heat, float(loads[0]), float(loads[1] - loads[0]), lost, mains, _counted(row))


def _counted(row: Row) -> slice:
    """Which powers the DC load follows: all, the CPU's, or none where the load itself is given."""
    if row.stands("dc_load"):
        return slice(0)
    return slice(row.count, None) if row.stands("gpus_power") else slice(None)


def _rest(row: Row) -> float:
    """The DC load of all that does not change."""
    powers = [*row.cards("card_power").tolist(), row.at("cpu_power")]
    changing: float = sum(powers[_counted(row)])
    return row.at("dc_load") - changing


def evaluated(row: Row, wanted: Sequence[str], **given: Array) -> dict[str, Array]:
    """Return quantities of this row with some numbers given instead, a row of the batch for each of them."""
    model = row.evaluation.model
    reads = model.plan(wanted, row.evaluation.given | given.keys()).reads
    values = {
        name: row.evaluation.value(name)[..., row.row : row.row + 1] for name in reads if name not in given
    } | dict(given)
    found = model.evaluate(values, wanted)
    return {name: np.array(found.value(name)) for name in wanted}
