"""How much of what the supply takes from the mains arrives, against its load, and where this build works on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.plot import Curve, Dot, Figure, Limit, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import measured, number, share

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Supply"
LEAST_SHARE = 0.05
"""Of its rating: below that no supply is specified, and the curve would only show its own draw."""
POINTS = (
    ("idle", "idle_dc_load", "idle_psu_efficiency"),
    ("sustained", "dc_load", "psu_efficiency"),
    ("peak", "peak_dc_load", "peak_psu_efficiency"),
)


class Point(NamedTuple):
    """Where the build works: how it is called, watts of direct current, the share that arrives."""

    name: str
    load: float
    efficiency: float

    @property
    def lost(self) -> float:
        """Watts that warm the supply."""
        return self.load / self.efficiency - self.load


def curves(readings: Readings) -> Figure:
    """Return efficiency over load. The curve is the sweep `psu_efficiency` over `dc_load` of the readings."""
    rating, capacity = readings.of("psu_rating").value, readings.of("psu_capacity").value
    points = [Point(name, readings.of(load).value, readings.of(efficiency).value) for name, load, efficiency in POINTS]
    points = [each for each in points if math.isfinite(each.load) and math.isfinite(each.efficiency)]
    swept = [
        (x, 100 * y)
        for x, y in readings.sweep("dc_load", "psu_efficiency")
        if math.isfinite(y) and x >= LEAST_SHARE * rating
    ]
    if not points or not swept or not math.isfinite(rating):
        return Figure("psu-curve", TITLE, missing="The supply or its load is not known.")
    up = [y for _, y in swept] + [100 * each.efficiency for each in points]
    return Figure(
        "psu-curve",
        TITLE,
        f"efficiency at {measured(readings.of('supply_voltage').value, 'V')}",
        _sentence(points, rating),
        across=plain_scale("DC load", "W", (0.0, rating, *(each.load for each in points))),
        up=plain_scale(readings.of("psu_efficiency").label, "%", up, from_zero=False),
        curves=(Curve("Efficiency", tuple(x for x, _ in swept), tuple(y for _, y in swept), Role.SUM),),
        uprights=_limits(rating, capacity, readings.of("psu_load_limit").value),
        dots=tuple(
            Dot(each.load, 100 * each.efficiency, f"{each.name} {share(each.efficiency, 1)}") for each in points
        ),
        table=Table(
            ("Load", "DC, W", "arrives, %", "lost, W"),
            tuple(
                (each.name, number(each.load, 0), number(100 * each.efficiency, 1), number(each.lost, 0))
                for each in points
            ),
        ),
    )


def _limits(rating: float, capacity: float, advised: float) -> tuple[Limit, ...]:
    """What the label allows, what is advised of it, and what it gives at this voltage where that is less."""
    found = [Limit(rating, "rated", measured(rating, "W"))]
    if capacity < rating:
        found.append(Limit(capacity, "at this voltage", measured(capacity, "W")))
    if math.isfinite(advised):
        found.append(Limit(advised * rating, f"advised {share(advised)}", measured(advised * rating, "W", 0)))
    return tuple(sorted(found))


def _sentence(points: list[Point], rating: float) -> str:
    """The answer in plain words: of the sustained load, or of what is known."""
    point = next((each for each in points if each.name == "sustained"), points[0])
    at = f"{share(point.efficiency, 1)} arrives at {share(point.load / rating)} of its rating"
    return f"{at}: {measured(point.lost, 'W', 0)} warm the supply."


PLOT = Plot(
    "psu-curve",
    TITLE,
    "dc_load",
    "psu_efficiency",
    (
        *(name for _, *pair in POINTS for name in pair),
        "psu_rating",
        "psu_capacity",
        "psu_load_limit",
        "supply_voltage",
    ),
    curves,
)
