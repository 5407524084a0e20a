"""A build under load for hours or days: temperatures, power and speed at any time, and what becomes of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.errors import BadInputError
from steelyard.transient.build import AROUND, Build, network_of
from steelyard.transient.control import Controlled
from steelyard.transient.course import means, push_of
from steelyard.transient.given import held_fans, held_temperatures
from steelyard.transient.load import CONSTANT, Phase, demand_of, phases_checked, supply_of
from steelyard.transient.outcome import Outcome, outcome_of
from steelyard.transient.reading import Row, check_asked, check_known
from steelyard.transient.trace import Trace, traced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Array

__all__ = ["INTERVAL", "LONGEST", "Run", "output_times", "run_of", "sustained_run"]

INTERVAL: Final = 5.0
"""Seconds for which fans and powers are held."""

INTERVALS: Final = (0.01, 600.0)
"""Seconds: the shortest and the longest interval that can be asked for."""

LONGEST: Final = 336.0
"""Hours: two weeks. By then everything is where it will stay."""

_MARKS_A_DECADE: Final = 40
_ROUND: Final = (60.0, 600.0, 3600.0, 28_800.0, 86_400.0, 259_200.0)
"""Seconds that people ask for: a minute, ten, an hour, a working day, a day, three."""

_MOST_OUTPUTS: Final = 2_000_000


class Run(NamedTuple):
    """What a build does over time. Arrays have an entry a time, in s from a cold start; of cards, (cards, times).

    temperatures: °C by the name of the node. speed: share that the slowest card keeps; throughput: share of the work
    that a cool machine would get done. minutes_to_throttle: inf if heat never holds a part back; throttled: which part
    is first. peak, mean: °C by node over the whole run, and `steady` where the steady state has them. energy: J.
    work_done: mean throughput over the whole run, whatever the times.
    """

    times: Array
    temperatures: Mapping[str, Array]
    cards: tuple[str, ...]
    outcome: Outcome
    peak: Mapping[str, float]
    mean: Mapping[str, float]
    steady: Mapping[str, float]
    limits: Mapping[str, float]
    minutes_to_throttle: float
    throttled: str
    minutes_to_shutdown: float
    energy: float
    work_done: float
    interval: float
    notes: tuple[str, ...]
    lows: Mapping[str, Array]
    highs: Mapping[str, Array]

    @property
    def hours(self) -> float:
        """How long it runs."""
        return float(self.times[-1]) / 3600

    def die(self, card: str) -> Array:
        """Return a card's temperature."""
        return self.temperatures[f"{card} die"]


def sustained_run(
    found: VariantEvaluation,
    row: int = 0,
    hours: float = 24.0,
    output_interval: float | None = None,
    *,
    interval: float = INTERVAL,
    phases: Sequence[Phase] = CONSTANT,
    fixed: bool = False,
) -> Run:
    """Run a build under one of its workloads from a cold start.

    output_interval: seconds, or None for times that lie closer at the beginning, as a logarithmic axis wants them.
    interval: seconds for which fans and powers are held; longer where nothing changes, unless `fixed`.
    Raises BadInputError for what cannot be meant and for what is not known.
    """
    times = output_times(hours, output_interval)
    shortest, longest = INTERVALS
    if not shortest <= interval <= longest:
        raise BadInputError(
            f"A control interval of {interval:g} s cannot be meant.", f"Give {shortest:g} s to {longest:g} s."
        )
    check_asked(found)
    build = network_of(found, row)
    for work in {row, *(phase.work for phase in phases if phase.work is not None)}:
        check_known(found, work, ("throughput",), endless=True)
    return run_of(Row.of(found.evaluation, row), build, times, interval, phases, fixed=fixed)


def run_of(
    row: Row, build: Build, times: Array, interval: float, phases: Sequence[Phase] = CONSTANT, *, fixed: bool = False
) -> Run:
    """Run a row of an evaluation, as `sustained_run` does."""
    phases = phases_checked(phases)
    controlled = Controlled(build, supply_of(row))
    works = {phase[1:]: row if phase.work is None else row._replace(row=phase.work) for phase in phases}
    demands = {what: demand_of(each, what[0]) for what, each in works.items()}
    start = np.full(len(build.system.names), build.system.fixed[AROUND])
    cycle = [(phase, demands[phase[1:]]) for phase in phases]
    trace = traced(controlled, start, cycle, float(times[-1]), interval, fixed=fixed)
    place, temperatures = trace.at(times)
    temperatures = held_temperatures(row, build.cards, build.system.nodes, temperatures)
    lengths = np.diff(np.append(trace.starts, times[-1]))
    powers = trace.inputs @ controlled.entry.T + build.constant
    push = push_of(build.system, powers)
    middle = build.system.whole(means(controlled.modes, trace.states, push, lengths), powers)
    middle = held_temperatures(row, build.cards, build.system.nodes, middle)
    share = lengths / lengths.sum()
    nodes = build.system.nodes
    held = build.system.whole(trace.states, powers)
    outcome = held_fans(row, outcome_of(trace, held))
    held = held_temperatures(row, build.cards, build.system.nodes, held)
    highest = np.maximum(held.max(axis=0), temperatures.max(axis=0))
    first, which = _first_held(trace, controlled)
    return Run(
        times,
        {name: temperatures[:, at] for at, name in enumerate(nodes)},
        build.cards,
        outcome.at(place),
        dict(zip(nodes, highest.tolist(), strict=True)),
        dict(zip(nodes, (share @ middle).tolist(), strict=True)),
        _steady(row, build),
        _limits(row, build),
        first,
        which,
        _first_above(row, build, times, temperatures),
        float((trace.mains * lengths).sum()),
        float(share @ outcome.throughput),
        interval,
        build.notes,
        {},
        {},
    )


def output_times(hours: float, output_interval: float | None = None) -> Array:
    """Return the times of a run in seconds, from none to its end. Raises BadInputError for what cannot be meant."""
    if not (math.isfinite(hours) and 0 < hours <= LONGEST):
        raise BadInputError(
            f"A run of {hours:g} hours cannot be meant.", f"Give more than 0 and up to {LONGEST:g} hours."
        )
    end = hours * 3600
    if output_interval is None:
        count = max(2, math.ceil(math.log10(max(end, 10.0)) * _MARKS_A_DECADE))
        even = [second for second in _ROUND if second < end]
        return np.unique(np.concatenate([[0.0], even, np.geomspace(min(1.0, end / 2), end, count)]))
    if not (math.isfinite(output_interval) and output_interval > 0) or end / output_interval > _MOST_OUTPUTS:
        raise BadInputError(
            f"An output every {output_interval:g} s cannot be meant in a run of {hours:g} h.",
            f"Give an interval above 0 s, and no more than {_MOST_OUTPUTS:,} lines.",
        )
    times = np.arange(math.floor(end / output_interval + 1e-9) + 1) * output_interval
    whole = times if math.isclose(times[-1], end, rel_tol=1e-12) else np.append(times, end)
    return np.asarray(whole, dtype=float)


def _first_held(trace: Trace, controlled: Controlled) -> tuple[float, str]:
    """When heat first holds a part back, in minutes, and which one."""
    count = controlled.count
    held = trace.inputs[:, :count] < trace.asked * (1 - 1e-6) - 1e-3
    if not held.any():
        return math.inf, ""
    at = int(np.argmax(held.any(axis=1)))
    part = int(np.argmax(held[at]))
    name = [*controlled.build.cards, "CPU"][part]
    return float(trace.starts[at]) / 60, name


def _first_above(row: Row, build: Build, times: Array, temperatures: Array) -> float:
    """When a card first passes the temperature at which it switches off, in minutes; inf if none does."""
    if not row.count:
        return math.inf
    over = (temperatures[:, build.coolers.dies[: row.count]] > row.cards("gpu_shutdown_temperature") + 1e-6).any(axis=1)
    return float(times[int(np.argmax(over))]) / 60 if over.any() else math.inf


def _steady(row: Row, build: Build) -> dict[str, float]:
    cards = zip(build.cards, row.cards("card_temperature").tolist(), strict=True)
    found = {f"{name} die": temperature for name, temperature in cards}
    found |= {"CPU die": row.at("cpu_temperature"), "Room air": row.at("room_air")}
    return found | ({"Case air": row.at("case_air")} if row.at("case_count") >= 1 else {})


def _limits(row: Row, build: Build) -> dict[str, float]:
    cards = zip(build.cards, row.cards("gpu_temperature_limit").tolist(), strict=True)
    found = {f"{name} die": limit for name, limit in cards} | {"CPU die": row.at("cpu_temperature_limit")}
    return found | {"Room air": row.at("room_limit")}
