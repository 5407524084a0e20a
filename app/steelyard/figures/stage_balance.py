"""Every stage's sustained rate against what is asked: where the build is the slowest, and by how much."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Limit, Place, Plot, Poise, Role, Table
from steelyard.figures.scales import decade_scale, finite
from steelyard.wording import pace, plural, short, short_span, times
from steelyard.workstation.roofline import bound_words

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "The balance"


def curves(readings: Readings) -> Figure:
    """Return the beam: one place a stage, the bottleneck's poise filled, and the whole at the foot."""
    asked = readings.of("asked_rate").value
    if math.isnan(asked):
        return Figure("stage-balance", TITLE, missing="The workload does not say yet how much is asked.")
    rate = pace(asked)
    unit = f"{plural(readings.sample)}/{rate.letter}"
    capacity, whole = readings.of("stage_capacity"), readings.of("throughput")
    bottleneck, bounds = readings.of("bottleneck_stage").value, readings.of("stage_bound").values
    asked *= rate.seconds
    values = [value * rate.seconds for value in (*capacity.values, whole.value)]
    lows = [capacity.low(i) * rate.seconds for i in range(len(capacity.values))] + [whole.low() * rate.seconds]
    highs = [capacity.high(i) * rate.seconds for i in range(len(capacity.values))] + [whole.high() * rate.seconds]
    scale = decade_scale(capacity.label, unit, (asked, *values, *lows, *highs))
    names = [*readings.stages, None]
    places, bars, poises, rows = [], [], [], []
    for place, (stage, value, low, high) in enumerate(zip(names, values, lows, highs, strict=True)):
        slowest = stage is not None and place == bottleneck
        bound = bound_words(bounds[place]) if place < len(bounds) else ""
        note = ", ".join(part for part in (stage.resource, bound) if part) if stage else ""
        places.append(Place(stage.label, note) if stage else Place("End to end", strong=True))
        bars += _weighed(place, asked, value, scale.low, low, high, scale.high)
        if stage:
            poises.append(Poise(place, value, low, high, slowest, "Bottleneck" if slowest else ""))
        rows.append((places[-1].label, short(value), short_span(low, high), times(value / asked) if asked else ""))
    limit = Limit(asked, f"asked {short(asked)}")
    table = Table((f"Stage, {unit}", "sustained", "range", "of asked"), tuple(rows), (len(rows) - 1,))
    sentence = _sentence(readings, asked, values, bottleneck)
    ranged = bool(finite(lows))
    subtitle = "stages against what is asked" + ("; whiskers show the range" if ranged else "")
    return Figure(
        "stage-balance",
        TITLE,
        subtitle,
        sentence,
        across=scale,
        places=tuple(places),
        bars=tuple(bars),
        poises=tuple(poises),
        limits=(limit,),
        table=table,
    )


def _weighed(place: int, asked: float, value: float, start: float, low: float, high: float, end: float) -> list[Bar]:
    """The asked part in brass, then what is over in steel, or what is missing hatched."""
    if math.isnan(value):
        return [Bar(place, start, asked, Role.ASKED)]
    reached = end if math.isinf(value) else max(value, start)
    parts = [Bar(place, start, min(asked, reached), Role.ASKED)]
    if reached >= asked:
        return [*parts, Bar(place, asked, reached, Role.BUILD, "", low, high)]
    return [*parts, Bar(place, reached, asked, Role.SHORTFALL, "", low, high)]


def _sentence(readings: Readings, asked: float, values: list[float], bottleneck: float) -> str:
    """The answer in plain words."""
    if not readings.stages or any(math.isnan(value) for value in values):
        return "Not every stage's rate is known, so the balance cannot be told."
    slowest = readings.stages[int(bottleneck)].label if not math.isnan(bottleneck) else ""
    short = [stage.label for stage, value in zip(readings.stages, values, strict=False) if value < asked]
    if short:
        names = short[0] if len(short) == 1 else f"{', '.join(short[:-1])} and {short[-1]}"
        return f"{names} cannot carry what is asked; {slowest} limits the whole."
    if values[-1] < asked:
        return f"Every stage alone carries what is asked, the whole does not; {slowest} is slowest."
    whole = times(values[-1] / asked)
    return f"Every stage carries what is asked, and the whole {whole} of it. {slowest} is slowest."


PLOT = Plot(
    name="stage-balance",
    title=TITLE,
    across="stage_capacity",
    up="",
    reads=("asked_rate", "stage_capacity", "throughput", "bottleneck_stage", "stage_bound"),
    curves=curves,
)
