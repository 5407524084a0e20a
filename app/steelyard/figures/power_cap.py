"""What a power limit costs: speed kept against watts a card, for this work, between the worst and the lightest work."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Curve, Dot, Figure, Limit, Plot, Role, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import measured, number, share, span

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Power limit"
ACROSS, KEPT, LEAST, MOST = "gpu_power_allowed", "capped_speed_kept", "least_capped_speed", "most_capped_speed"
ROWS = 8
"""Lines of the table, at round steps from the lowest limit to the highest."""


def curves(readings: Readings) -> Figure:
    """Return the speed kept over the limit. The curve and its band are sweeps over `gpu_power_allowed`."""
    here, board, floor = (readings.of(name).value for name in (ACROSS, "gpu_board_power", "gpu_power_floor"))
    kept = readings.of(KEPT).value
    lows, highs = dict(readings.sweep(ACROSS, LEAST)), dict(readings.sweep(ACROSS, MOST))
    from_watts = floor if math.isfinite(floor) else board / 4
    points = [
        (x, 100 * lows[x], 100 * y, 100 * highs[x])
        for x, y in readings.sweep(ACROSS, KEPT)
        if x >= from_watts and x in lows and x in highs and math.isfinite(lows[x] + y + highs[x])
    ]
    if not points or not math.isfinite(here + kept + board):
        return Figure("power-cap", TITLE, missing="The cards' power, or what it buys, is not known.")
    watts, low, middle, high = (tuple(column) for column in zip(*points, strict=True))
    return Figure(
        "power-cap",
        TITLE,
        "of the speed that a cool card has without a limit; the band is from the heaviest work to the lightest",
        _sentence(readings, here, kept, board),
        across=plain_scale("power a card", "W", (from_watts, here, board), from_zero=False),
        up=plain_scale("speed kept", "%", (*low, *high, 100 * kept), from_zero=False),
        curves=(Curve(f"{readings.workload or 'this work'}", watts, middle, Role.SUM, low, high),),
        uprights=_limits(board, floor),
        dots=(Dot(here, 100 * kept, share(kept)),),
        table=Table(
            ("Power a card, W", "speed kept, %", "from the heaviest work to the lightest, %"),
            tuple((number(x, 0), number(y, 0), span(least, most, 0)) for x, least, y, most in _thinned(points)),
        ),
    )


def _thinned(points: list[tuple[float, float, float, float]]) -> list[tuple[float, float, float, float]]:
    """Every so many of the points, and the last."""
    step = max(1, math.ceil(len(points) / ROWS))
    return points[::-step][::-1]


def _limits(board: float, floor: float) -> tuple[Limit, ...]:
    """How high and how low the driver lets the limit be."""
    found = [Limit(board, "board power", measured(board, "W", 0))]
    if math.isfinite(floor) and floor > 0:
        found.append(Limit(floor, "lowest limit", measured(floor, "W", 0)))
    return tuple(sorted(found))


def _sentence(readings: Readings, here: float, kept: float, board: float) -> str:
    """The answer in plain words: what the limit that is set leaves, and for which work it would be more or less."""
    least, most = readings.of(LEAST).value, readings.of(MOST).value
    if here >= board:
        return f"No limit below {measured(board, 'W', 0)} is set: the power limit holds nothing back."
    band = f"; heavier work keeps {share(least)}, lighter work {share(most)}" if math.isfinite(least + most) else ""
    return f"At {measured(here, 'W', 0)} a card keeps {share(kept)} of its speed under this work{band}."


PLOT = Plot(
    "power-cap",
    TITLE,
    ACROSS,
    KEPT,
    (ACROSS, KEPT, LEAST, MOST, "gpu_board_power", "gpu_power_floor"),
    curves,
)
