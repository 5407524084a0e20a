"""The plan of a day: a lane for each workload, and what those that meet take together of the machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.figures.lanes import WORDS
from steelyard.figures.plot import Bar, Figure, Place, Role, Scale, Table, Tick
from steelyard.project.concurrent import ALWAYS, DAY, NIGHT, TURNS
from steelyard.wording import UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.figures.lanes import Lane, Lanes
    from steelyard.project.concurrent import Window

TITLE = "Day plan"
NAME = "day-plan"
HOURS = 24.0
HALVES: Final[Mapping[str, tuple[tuple[float, float], ...]]] = {
    DAY: ((6.0, 18.0),),
    NIGHT: ((0.0, 6.0), (18.0, HOURS)),
    ALWAYS: ((0.0, HOURS),),
}
"""Day and night as halves: which hours they are is the lab's own business, and nothing is computed from them."""

OVER = "over"
"""Ends a cell whose sum is more than the machine has."""


class Column(NamedTuple):
    """What a workload takes, out of what there is of it, and what is taken once by the system itself."""

    head: str
    taken: str
    there: str
    once: str = ""


COLUMNS: Final = (
    Column("cores", "cores_asked", "cores_there", "system_cores"),
    Column("GPU time, %", "engine_taken", ""),
    Column("GPU memory, GB", "gpu_memory_needed", "gpu_memory"),
    Column("memory, GB", "memory_asked", "host_memory", "system_memory"),
)
PERCENT = 100.0
PACE: Final = ("asked_rate", "throughput")
READS: Final = tuple(
    dict.fromkeys((*(name for each in COLUMNS for name in (each.taken, each.there, each.once) if name), *PACE))
)


def curves(beside: Lanes) -> Figure:
    """Return a lane a workload over 24 hours, with its shares at the asked pace, and a sum a window below."""
    if not beside.lanes:
        return Figure(NAME, TITLE, missing="Nothing is asked yet, so nothing runs.")
    places, bars, rows = [], [], []
    for place, lane in enumerate(beside.lanes):
        places.append(Place(lane.readings.workload, WORDS[lane.when]))
        bars += _bars(place, lane, beside)
        rows.append((lane.readings.workload, WORDS[lane.when].lower(), *(_said(each, lane) for each in COLUMNS)))
    crowded = []
    for window in summed(beside):
        cells = [_sum(each, [beside.lanes[at] for at in window.places]) for each in COLUMNS]
        name = _window_name(beside, window)
        rows.append((name, "at the peak", *cells))
        places.append(Place(name, strong=True))
        crowded += [(window, each) for each, cell in zip(COLUMNS, cells, strict=True) if cell.endswith(OVER)]
    hours = tuple(Tick(float(hour), f"{hour}") for hour in range(0, 25, 6))
    return Figure(
        NAME,
        TITLE,
        "shares at the asked pace; day and night drawn as halves",
        _sentence(beside, crowded),
        Scale("Hour", "h", 0.0, HOURS, hours),
        places=tuple(places),
        bars=tuple(bars),
        table=Table(
            ("Workload", "runs", *(each.head for each in COLUMNS)),
            tuple(rows),
            tuple(range(len(beside.lanes), len(rows))),
        ),
    )


def _window_name(beside: Lanes, window: Window) -> str:
    """When, and how many; by turns also whose turn it is, for there is a window for each."""
    own = next((at for at in window.places if beside.lanes[at].when == TURNS), None)
    if window.when != TURNS or own is None:
        return f"{WORDS[window.when]}, {len(window.places)} together"
    return f"{WORDS[TURNS]}: {beside.lanes[own].readings.workload} + {len(window.places) - 1}"


def summed(beside: Lanes) -> tuple[Window, ...]:
    """Return the windows that have a sum: those in which workloads meet."""
    return tuple(window for window in beside.windows if len(window.places) > 1)


def _bars(place: int, lane: Lane, beside: Lanes) -> list[Bar]:
    """When the workload has the machine; by turns it may be at any hour that work by day or by night leaves."""
    if lane.when in HALVES:
        role = Role.BUILD if lane.when == ALWAYS else Role.PART
        return [Bar(place, start, end, role, name=WORDS[lane.when]) for start, end in HALVES[lane.when]]
    text = "when it is its turn"
    return [
        Bar(place, start, end, Role.FREE, text if end - start > HOURS / 4 else "", name=WORDS[lane.when])
        for start, end in _left(beside)
    ]


def _left(beside: Lanes) -> tuple[tuple[float, float], ...]:
    """The hours that work by day and by night leaves to work by turns."""
    taken = {lane.when for lane in beside.lanes} & {DAY, NIGHT}
    if len(taken) == len((DAY, NIGHT)):
        return ()
    return HALVES[NIGHT if taken == {DAY} else DAY if taken == {NIGHT} else ALWAYS]


def _late(beside: Lanes) -> str:
    """Work by turns for which the hours that are left are too few at the asked pace, as a sentence; else empty."""
    turns = [lane for lane in beside.lanes if lane.when == TURNS]
    hours = sum(end - start for start, end in _left(beside))
    if not turns or hours == HOURS:
        return ""
    whose = "By day and by night" if not hours else WORDS[DAY if _left(beside) == HALVES[NIGHT] else NIGHT]
    left = f"work by turns has the other {number(hours)} h" if hours else "no hour is left to work by turns"
    late = [lane.readings.workload for lane in turns if _hours_wanted(lane) > hours]
    said = f" {whose} other work has the machine, and {left}"
    if not late:
        return f"{said}: enough for the asked pace."
    names = f"{', '.join(late[:-1])} and {late[-1]}" if len(late) > 1 else late[0]
    verb = "need" if len(late) > 1 else "needs"
    return f"{said}: {names} {verb} more of a day than that, and will be late if other work is not to wait."


def _hours_wanted(lane: Lane) -> float:
    """Hours of a day that the machine has to work for it, to keep the asked pace."""
    asked, sustained = (lane.readings.of(name).value for name in PACE)
    return HOURS * asked / sustained if sustained else math.inf


def _amount(column: Column, lane: Lane) -> float:
    taken = lane.readings.of(column.taken).value
    return taken if column.there else taken * PERCENT


def _there(column: Column, lane: Lane) -> float:
    return lane.readings.of(column.there).value if column.there else PERCENT


def _said(column: Column, lane: Lane) -> str:
    return number(_amount(column, lane))


def _sum(column: Column, lanes: Sequence[Lane]) -> str:
    """What all take at once out of what there is; unknown where one of them is."""
    first = lanes[0]
    once = first.readings.of(column.once).value if column.once else 0.0
    total, there = once + sum(_amount(column, lane) for lane in lanes), _there(column, first)
    if math.isnan(total) or math.isnan(there):
        return UNKNOWN
    over = total > there and not math.isinf(there)
    return f"{number(total)} of {number(there)}{f', {OVER}' if over else ''}"


def _sentence(beside: Lanes, crowded: Sequence[tuple[Window, Column]]) -> str:
    """Who meets whom, and what is then too little."""
    if crowded:
        window, _ = crowded[0]
        short = [each.head.partition(",")[0] for other, each in crowded if other == window]
        few = f"{', '.join(short[:-1])} and {short[-1]}" if len(short) > 1 else short[0]
        return f"{WORDS[window.when]} more is asked at once than there is of {few}.{_late(beside)}"
    met = summed(beside)
    if not met:
        one = "It has" if len(beside.lanes) == 1 else "No two workloads run at the same time; each has"
        return f"{one} the machine to itself.{_late(beside)}"
    most = max(met, key=lambda window: len(window.places))
    together = f"{WORDS[most.when]} {len(most.places)} workloads run at the same time"
    return f"{together}, and there is enough for all of them.{_late(beside)}"
