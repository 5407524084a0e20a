"""How warm the room gets against how much fresh air it is given, and where this site stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Curve, Dot, Figure, Limit, Plot, Role, Table
from steelyard.figures.scales import finite, plain_scale
from steelyard.wording import measured, number

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Room"
HEADROOM = 12.0


def curves(readings: Readings) -> Figure:
    """Return room air over ventilation. The curve is the sweep `room_air` over `room_ventilation` of the readings."""
    here, air = readings.of("room_ventilation"), readings.of("room_air")
    limit = readings.of("room_limit").value
    points = [(x, y) for x, y in readings.sweep("room_ventilation", "room_air") if math.isfinite(y)]
    if math.isnan(air.value) or not points:
        return Figure("room-air", TITLE, missing="The room's air or its ventilation is not known.")
    ceiling = max(finite([air.value, limit]), default=air.value) + HEADROOM
    points = [(x, y) for x, y in points if y <= ceiling]
    cool = math.isnan(limit) or air.value <= limit
    sentence = (
        f"With {measured(here.value, here.unit, 0)} of fresh air the room settles at {measured(air.value, '°C', 1)}."
    )
    if math.isfinite(limit) and not cool:
        sentence += f" That is {measured(air.value - limit, 'K', 1)} over its limit."
    return Figure(
        "room-air",
        TITLE,
        "against fresh air",
        sentence,
        across=plain_scale("fresh air", here.unit, (0.0, here.value, *(x for x, _ in points))),
        up=plain_scale(air.label, "°C", (*(y for _, y in points), *finite([limit])), from_zero=False),
        curves=(Curve(air.label, tuple(x for x, _ in points), tuple(y for _, y in points), Role.SUM),),
        limits=(Limit(limit, f"limit {measured(limit, '°C', 0)}"),) if math.isfinite(limit) else (),
        dots=(Dot(here.value, air.value, measured(air.value, "°C", 1)),),
        table=Table((f"Fresh air, {here.unit}", "room, °C"), tuple((number(x, 0), number(y, 1)) for x, y in points)),
    )


PLOT = Plot("room-air", TITLE, "room_ventilation", "room_air", ("room_ventilation", "room_air", "room_limit"), curves)
