"""What a build is and does over hours and days under load: temperatures, and under them the speed that is left.

Two figures on the same axis of time, from the first minute to two weeks. `readings_at` says the numbers at any time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.figures.plot import Curve, Figure, Limit, Role, Scale, Table, Tick, Zone
from steelyard.figures.scales import finite, plain_scale
from steelyard.wording import lasting, measured, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from steelyard.transient.network import Flags
    from steelyard.transient.run import Run
    from steelyard.units import Array

NAME: Final = "sustained-run"
TITLE: Final = "Sustained run"
SPEED_NAME: Final = "sustained-speed"
SPEED_TITLE: Final = "Speed kept"
FIRST: Final = 1 / 60
"""Hours: the axis begins at a minute."""
MARKS: Final = (
    (1 / 60, "1 min"), (1 / 6, "10 min"), (1.0, "1 h"), (8.0, "8 h"), (24.0, "1 d"), (72.0, "3 d"), (336.0, "14 d"),
)  # fmt: skip
"""Hours with their words."""
MINORS: Final = (1 / 30, 1 / 20, 1 / 12, 1 / 3, 1 / 2, 2.0, 4.0, 12.0, 48.0, 168.0)
REFERENCE: Final = Zone(70.0, 90.0, "10 to 30 % slower, as reported of poorly cooled machines")
"""What `hipaa-ready-gpu-clusters` says heat costs within minutes: for comparison, never a rule."""
ROOM_FOR_ALL: Final = 90.0
PERCENT: Final = 100.0
OTHERS: Final = (
    ("CPU die", "CPU", Role.SECOND),
    ("Coolant", "Coolant", Role.THIRD),
    ("Case air", "Case air", Role.FOURTH),
    ("Room air", "Room", Role.FIFTH),
)


BANDED: Final = (Role.FIRST, Role.FIFTH)
"""Bands of the card that decides and of the room; with those of all the others nothing could be told apart."""


class Reading(NamedTuple):
    """One number at a time: its label, value and unit, and its range, NaN where there is none."""

    label: str
    value: float
    unit: str
    low: float = math.nan
    high: float = math.nan

    @property
    def text(self) -> str:
        """The value with its unit."""
        return measured(self.value, self.unit, 1 if self.unit == "°C" else 0)


class Line(NamedTuple):
    """One line of the figure: the node behind it, its name and its look."""

    node: str
    label: str
    role: Role


def heat(run: Run) -> Figure:
    """Return the temperatures over time, with limits, and ranges where the run has them."""
    lines, hours = lines_of(run), run.times / 3600
    shown = hours >= FIRST * 0.999
    if shown.sum() < 2:
        return Figure(NAME, TITLE, missing="The run is over within a minute; ask for a longer one.")
    curves = tuple(_curve(line, run, hours, shown) for line in lines)
    limits = _limits(run, lines)
    values = [value for curve in curves for value in (*curve.ys, *curve.lows, *curve.highs)]
    return Figure(
        NAME,
        TITLE,
        "from a cold start" if not run.notes else f"from a cold start; {run.notes[0][:1].lower()}{run.notes[0][1:-1]}",
        sentence(run),
        across=_scale(float(hours[-1])),
        up=plain_scale("Temperature", "°C", [*values, *(limit.value for limit in limits)], from_zero=False),
        curves=curves,
        limits=limits,
        table=_table(run, lines),
    )


def speed(run: Run) -> Figure:
    """Return the speed of the slowest card, and of the whole work, over the same time, with the reported band."""
    hours = run.times / 3600
    shown = hours >= FIRST * 0.999
    if shown.sum() < 2:
        return Figure(SPEED_NAME, SPEED_TITLE, missing="The run is over within a minute; ask for a longer one.")
    xs = tuple(hours[shown].tolist())
    lows, highs = (_band(each, "speed", shown, PERCENT) for each in (run.lows, run.highs))
    kept = tuple((PERCENT * run.outcome.speed[shown]).tolist())
    done = tuple((PERCENT * run.outcome.throughput[shown]).tolist())
    curves = [Curve("Work done", xs, done, Role.SECOND)]
    if run.cards:
        curves.insert(0, Curve("Slowest GPU", xs, kept, Role.FIRST, lows, highs))
    least = min([ROOM_FOR_ALL - 30, *kept, *done, *finite(lows)])
    return Figure(
        SPEED_NAME,
        SPEED_TITLE,
        "of the speed of a cool machine",
        _slowed(run),
        across=_scale(float(hours[-1])),
        up=plain_scale("Speed kept", "%", (least, PERCENT), from_zero=False),
        curves=tuple(curves),
        zones=(REFERENCE,),
        table=Table(
            ("After", "slowest GPU, %", "work done, %"),
            tuple(
                (
                    _after(at),
                    number(PERCENT * run.outcome.speed[place], 1),
                    number(PERCENT * run.outcome.throughput[place], 1),
                )
                for at, place in _told(run)
            ),
        ),
    )


def readings_at(run: Run, hours: float) -> tuple[Reading, ...]:
    """Return what a reader on the axis of time says: the temperatures, the speed, and the power from the mains."""
    times = run.times / 3600

    def at(values: Array) -> float:
        return float(np.interp(hours, times, values))

    found = [
        Reading(
            line.label,
            at(run.temperatures[line.node]),
            "°C",
            at(run.lows[line.node]) if line.node in run.lows else math.nan,
            at(run.highs[line.node]) if line.node in run.highs else math.nan,
        )
        for line in lines_of(run)
    ]
    if run.cards:
        found.append(Reading("Slowest GPU", PERCENT * at(run.outcome.speed), "%"))
    found.append(Reading("Work done", PERCENT * at(run.outcome.throughput), "%"))
    return (*found, Reading("From the mains", at(run.outcome.mains_power), "W"))


def lines_of(run: Run) -> tuple[Line, ...]:
    """Return what is drawn: the slowest and hottest card first, then the others, then what is around them."""
    slowest = dict(zip(run.cards, run.outcome.card_speed.min(axis=1, initial=1.0), strict=True))
    order = sorted(run.cards, key=lambda card: (slowest[card], -run.peak[f"{card} die"]))
    cards = [Line(f"{card} die", card, Role.SIXTH if place else Role.FIRST) for place, card in enumerate(order)]
    return (*cards, *(Line(*other) for other in OTHERS if other[0] in run.temperatures))


def sentence(run: Run) -> str:
    """Return the answer in plain words: when heat begins to hold it back, or how warm it gets."""
    if math.isfinite(run.minutes_to_shutdown):
        after = lasting(run.minutes_to_shutdown / 60)
        return f"A card switches off after {after}: it gets too hot even at its least power."
    if math.isfinite(run.minutes_to_throttle):
        return f"{run.throttled} is held back by heat after {lasting(run.minutes_to_throttle / 60)}. {_slowed(run)}"
    hottest = max(lines_of(run), key=lambda line: run.peak[line.node])
    peak = measured(run.peak[hottest.node], "°C", 0)
    return f"Heat holds nothing back in {lasting(run.hours)}; {hottest.label} reaches {peak}."


def _slowed(run: Run) -> str:
    end = PERCENT * float(run.outcome.throughput[-1])
    return f"At the end {measured(end, '%', 0)} of the work of a cool machine gets done."


def _curve(line: Line, run: Run, hours: Array, shown: Flags) -> Curve:
    banded = line.role in BANDED
    lows, highs = (_band(each, line.node, shown) if banded else () for each in (run.lows, run.highs))
    ys = tuple(run.temperatures[line.node][shown].tolist())
    return Curve(line.label, tuple(hours[shown].tolist()), ys, line.role, lows, highs)


def _band(ends: Mapping[str, Array], name: str, shown: Flags, scale: float = 1.0) -> tuple[float, ...]:
    """One end of a range, empty where the run has none."""
    values = ends.get(name)
    return () if values is None else tuple((scale * values[shown]).tolist())


def _limits(run: Run, lines: tuple[Line, ...]) -> tuple[Limit, ...]:
    """The temperatures that must not be passed; cards of one kind share theirs."""
    found: dict[tuple[float, str], Limit] = {}
    for line in lines:
        limit = run.limits.get(line.node, math.nan)
        what = "GPU" if line.label.startswith("GPU") else line.label
        if math.isfinite(limit):
            found.setdefault((limit, what), Limit(limit, f"{what} limit {measured(limit, '°C', 0)}"))
    return tuple(found.values())


def _scale(last: float) -> Scale:
    ticks = [Tick(at, words) for at, words in MARKS if at <= last * 1.001]
    ticks += [Tick(at) for at in MINORS if at <= last]
    return Scale("Time under load", "", FIRST, max(last, 2 * FIRST), tuple(sorted(ticks)), log=True)


def _told(run: Run) -> Iterator[tuple[float, int]]:
    """The times that the tables tell, in hours, and where they are."""
    for at in (*(each for each, _ in MARKS if each < run.hours * 0.999), run.hours):
        yield at, int(np.argmin(np.abs(run.times / 3600 - at)))


def _after(hours: float) -> str:
    return next((words for at, words in MARKS if math.isclose(at, hours, rel_tol=1e-9)), lasting(hours))


def _table(run: Run, lines: tuple[Line, ...]) -> Table:
    told = list(_told(run))
    head = ("°C after", *(_after(at) for at, _ in told), "peak", "in the end")
    rows = tuple(
        (
            line.label,
            *(number(run.temperatures[line.node][place], 1) for _, place in told),
            number(run.peak[line.node], 1),
            number(run.steady.get(line.node, math.nan), 1),
        )
        for line in lines
    )
    return Table(head, rows)
