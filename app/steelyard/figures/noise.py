"""How loud each kind of source is and what they are together, and how the level falls with distance and door."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import NAN, Bar, Curve, Dot, Figure, Limit, Place, Plot, Role, Table
from steelyard.figures.scales import finite, plain_scale
from steelyard.wording import measured, number, span

if TYPE_CHECKING:
    from steelyard.figures.readings import Reading, Readings

TITLE, FAR = "Noise", "Noise against distance"
UNIT = "dB(A)"
SOURCES = (
    ("Case fans", "fans_noise"),
    ("Cards", "cards_noise"),
    ("CPU cooler", "cooler_noise_level"),
    ("Supply", "psu_noise_level"),
)
SUMS = (
    ("All, at 1 m", "noise_at_one_metre"),
    ("Listener", "noise_level"),
    ("Behind door", "noise_behind_door"),
)


def sources(readings: Readings) -> Figure:
    """Return a bar for each kind of source, and one for all of them here and there, with the limit as a line."""
    parts = [(label, readings.of(name)) for label, name in SOURCES]
    sums = [(label, readings.of(name)) for label, name in SUMS]
    if math.isnan(sums[-1][1].value):
        return Figure("noise", TITLE, missing="The level of one source at the least is not known.")
    heard = [(label, reading, Role.PART) for label, reading in parts if math.isfinite(reading.value)]
    heard.sort(key=lambda line: -line[1].value)
    door = readings.of("door_loss").value
    lines = heard + [(label, reading, Role.SUM) for label, reading in (sums if door > 0 else sums[:-1])]
    limit = readings.of("noise_limit").value
    last = len(lines) - 1
    return Figure(
        "noise",
        TITLE,
        "sources add by energy: two equal ones are 3 dB louder than one",
        _sentence(heard, sums[-1][1].value, limit, behind=door > 0),
        across=plain_scale("level", UNIT, (0.0, *finite([limit, *(reading.value for _, reading, _ in lines)]))),
        places=tuple(Place(label, strong=role is Role.SUM) for label, _, role in lines),
        bars=tuple(
            Bar(place, 0.0, max(reading.value, 0.0), role, number(reading.value, 0), reading.low(), reading.high())
            for place, (_, reading, role) in enumerate(lines)
        ),
        limits=(Limit(limit, number(limit, 0), "", last, last),) if math.isfinite(limit) else (),
        table=Table(
            (f"Source, {UNIT}", "level", "range", "limit", "to spare"),
            tuple(
                _line(label, reading, limit if place == last else NAN)
                for place, (label, reading, _) in enumerate(lines)
            ),
            tuple(range(len(heard), len(lines))),
        ),
    )


def _line(label: str, reading: Reading, limit: float) -> tuple[str, ...]:
    """A source or a sum as a line of the table; only the last sum is held to the limit."""
    there = math.isfinite(limit)
    spare = measured(limit - reading.value, "dB", 1) if there else ""
    likely = span(reading.low(), reading.high(), 0)
    return (label, number(reading.value, 1), likely, number(limit, 0) if there else "", spare)


def _sentence(heard: list[tuple[str, Reading, Role]], level: float, limit: float, *, behind: bool) -> str:
    """The answer in plain words: the loudest source, the level, and how it stands to the limit."""
    where = "behind the door" if behind else "at the listener"
    text = f"{measured(level, UNIT, 0)} {where}"
    if heard:
        text += f", most of it from the {heard[0][1].label.removeprefix('Noise of the ')}"
    if not math.isfinite(limit):
        return f"{text}."
    left = limit - level
    if left < 0:
        return f"{text}. That is {measured(-left, 'dB', 1)} over the limit."
    return f"{text}. That is {measured(left, 'dB', 1)} below the limit."


def distance(readings: Readings) -> Figure:
    """Return the level over the distance. The curve is the sweep `noise_behind_door` over `listening_distance`."""
    here, level = readings.of("listening_distance"), readings.of("noise_behind_door")
    points = [(x, y) for x, y in readings.sweep("listening_distance", "noise_behind_door") if math.isfinite(y)]
    if math.isnan(level.value) or not points:
        return Figure("noise-distance", FAR, missing="The noise or the listener's distance is not known.")
    limit = readings.of("noise_limit").value
    quiet = next((x for x, y in points if y <= limit), math.nan) if math.isfinite(limit) else math.nan
    sentence = f"{measured(here.value, 'm')} away it is {measured(level.value, UNIT, 0)}."
    if math.isfinite(limit) and level.value > limit:
        sentence += f" It keeps the limit from {measured(quiet, 'm', 1)} on." if math.isfinite(quiet) else (
            f" It is above the limit at every distance up to {measured(points[-1][0], 'm', 0)}."
        )  # fmt: skip
    return Figure(
        "noise-distance",
        FAR,
        "behind the closed door" if readings.of("door_loss").value > 0 else "in the room",
        sentence,
        across=plain_scale("distance", "m", (0.0, here.value, points[-1][0])),
        up=plain_scale(level.label, "dB", (*(y for _, y in points), *finite([limit])), from_zero=False),
        curves=(Curve(level.label, tuple(x for x, _ in points), tuple(y for _, y in points), Role.SUM),),
        limits=(Limit(limit, f"limit {measured(limit, UNIT, 0)}"),) if math.isfinite(limit) else (),
        dots=(Dot(here.value, level.value, measured(level.value, UNIT, 0)),),
        table=Table(("Distance, m", UNIT), tuple((number(x, 1), number(y, 1)) for x, y in points)),
    )


PLOT = Plot(
    "noise",
    TITLE,
    "noise_level",
    "",
    (*(name for _, name in (*SOURCES, *SUMS)), "door_loss", "noise_limit"),
    sources,
)
DISTANCE = Plot(
    "noise-distance",
    FAR,
    "listening_distance",
    "noise_behind_door",
    ("listening_distance", "noise_behind_door", "noise_limit", "door_loss"),
    distance,
)
