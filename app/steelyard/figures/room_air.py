"""How warm the room gets against how much fresh air it is given, where this site stands, and what air would do."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from steelyard.figures.plot import Curve, Dot, Figure, Limit, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.units import CubicFootPerMinute, FlowPerHour, unit_of
from steelyard.wording import measured, number

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Room"
HEADROOM = 12.0
CUBIC_FEET = unit_of(FlowPerHour).factor / unit_of(CubicFootPerMinute).factor
"""CFM for each m³/h."""


def curves(readings: Readings) -> Figure:
    """Return room air over ventilation. The curve is the sweep `room_air` over `room_ventilation` of the readings."""
    here, air, rise = (readings.of(name) for name in ("room_ventilation", "room_air", "room_rise"))
    limits = _limits(readings)
    points = [(x, y) for x, y in readings.sweep("room_ventilation", "room_air") if math.isfinite(y)]
    if math.isnan(air.value) or not points:
        return Figure("room-air", TITLE, missing="The room's air or its ventilation is not known.")
    if math.isinf(air.value):
        return Figure("room-air", TITLE, missing="Nothing carries the heat out of the room: it warms without end.")
    lines = [limit.value for limit in limits]
    enough = _enough(points, lines[0]) if lines else math.nan
    ceiling = max([air.value, *lines]) + HEADROOM
    shown = [(x, y) for x, y in points if y <= ceiling]
    before = air.value - rise.value
    return Figure(
        "room-air",
        TITLE,
        "against fresh air",
        _sentence(readings, lines, enough),
        across=plain_scale("fresh air", here.unit, (0.0, here.value, *(x for x, _ in shown))),
        up=plain_scale(air.label, "°C", (*(y for _, y in shown), *lines), from_zero=False),
        curves=(Curve(air.label, tuple(x for x, _ in shown), tuple(y for _, y in shown), Role.SUM),),
        limits=limits,
        uprights=(Limit(enough, "enough"),) if enough > here.value else (),
        dots=(Dot(here.value, air.value, measured(air.value, "°C", 1)),),
        table=Table(
            (f"Fresh air, {here.unit}", "CFM", "rise, K", "room, °C"),
            tuple((number(x, 0), number(x * CUBIC_FEET, 0), number(y - before, 1), number(y, 1)) for x, y in points),
        ),
    )


def _limits(readings: Readings) -> tuple[Limit, ...]:
    """What the site allows, and what the parts are made for; the lower one first."""
    found = [
        Limit(value, f"{words} {measured(value, '°C', 0)}")
        for name, words in (("room_limit", "limit"), ("inlet_limit", "parts are made for"))
        if math.isfinite(value := readings.of(name).value)
    ]
    if len({limit.value for limit in found}) == 1 and len(found) > 1:
        return (Limit(found[0].value, f"{found[0].text}, as parts are made for"),)
    return tuple(sorted(found))


def _enough(points: list[tuple[float, float]], limit: float) -> float:
    """The least fresh air on the curve with which the room keeps to a limit, NaN where none of it does; 0: any."""
    if points[0][1] <= limit:
        return 0.0
    for (less, warmer), (more, cooler) in pairwise(points):
        if cooler <= limit:
            return less + (more - less) * (warmer - limit) / (warmer - cooler)
    return math.nan


def _sentence(readings: Readings, limits: list[float], enough: float) -> str:
    """The answer in plain words: where it settles, and how that stands to the lower of the limits."""
    air, rise = readings.of("room_air").value, readings.of("room_rise").value
    given = readings.of("room_ventilation").value
    text = f"With {_flow(given)} of fresh air the room rises by {measured(rise, 'K', 1)} to {measured(air, '°C', 1)}."
    if not limits or air <= limits[0]:
        return text
    text += f" That is {measured(air - limits[0], 'K', 1)} over its limit"
    return f"{text}; {_flow(enough)} would keep it." if math.isfinite(enough) else f"{text}."


def _flow(air: float) -> str:
    """A flow in both units in which it is asked for."""
    return f"{measured(air, 'm³/h', 0)} ({measured(air * CUBIC_FEET, 'CFM', 0)})"


PLOT = Plot(
    "room-air",
    TITLE,
    "room_ventilation",
    "room_air",
    ("room_ventilation", "room_air", "room_rise", "room_limit", "inlet_limit"),
    curves,
)
