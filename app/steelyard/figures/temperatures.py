"""Every part's steady temperature in this room against its own limit, the cards by position."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Limit, Place, Plot, Role, Table
from steelyard.figures.scales import finite, plain_scale
from steelyard.wording import UNKNOWN, measured, number, span

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Temperatures"


def curves(readings: Readings) -> Figure:
    """Return a bar a part from the room's temperature up to its own, with its limit as a brass notch."""
    cards, card_limit = readings.of("card_temperature"), readings.of("gpu_temperature_limit").value
    cpu, room, case = (readings.of(name) for name in ("cpu_temperature", "room_air", "case_air"))
    lines = [
        (name, cards.values[i], cards.low(i), cards.high(i), card_limit)
        for i, name in enumerate(readings.cards)
        if i < len(cards.values)
    ]
    lines.append(("CPU", cpu.value, cpu.low(), cpu.high(), readings.of("cpu_temperature_limit").value))
    lines.append(("Case air", case.value, case.low(), case.high(), math.nan))
    lines.append(("Room", room.value, room.low(), room.high(), readings.of("room_limit").value))
    known = finite(value for _, value, *_ in lines)
    if not known:
        return Figure("temperatures", TITLE, missing="No temperature is known.")
    bars, limits, rows = [], [], []
    for place, (label, value, low, high, limit) in enumerate(lines):
        if not math.isnan(value):
            over = math.isfinite(limit) and value > limit
            bars.append(Bar(place, 0.0, value, Role.SHORTFALL if over else Role.PART, number(value, 0), low, high))
        if math.isfinite(limit):
            limits.append(Limit(limit, number(limit, 0), "", place, place))
        spare = measured(limit - value, "K", 0) if math.isfinite(limit) and not math.isnan(value) else ""
        rows.append(
            (label, number(value, 0), span(low, high, 0), number(limit, 0) if math.isfinite(limit) else "", spare)
        )
    return Figure(
        "temperatures",
        TITLE,
        "steady, under this work",
        _sentence(lines),
        across=plain_scale(cards.label, "°C", (0.0, *known, *finite(limit for *_, limit in lines))),
        places=tuple(Place(label) for label, *_ in lines),
        bars=tuple(bars),
        limits=tuple(limits),
        table=Table(("Part, °C", "steady", "range", "limit", "to spare"), tuple(rows)),
    )


def _sentence(lines: list[tuple[str, float, float, float, float]]) -> str:
    """The answer in plain words: what is over its limit, else what is closest to it."""
    limited = [(label, limit - value) for label, value, _, _, limit in lines if math.isfinite(limit)]
    if not limited:
        return "No limit is known for any of these temperatures."
    unknown = [label for label, spare in limited if math.isnan(spare)]
    hot = [f"{label} by {measured(-spare, 'K', 0)}" for label, spare in limited if spare < 0]
    if hot:
        return f"Over the limit: {', '.join(hot)}."
    known = [pair for pair in limited if not math.isnan(pair[1])]
    closest = min(known, key=lambda pair: pair[1]) if known else ("", math.nan)
    tail = f" Unknown ({UNKNOWN}): {', '.join(unknown)}." if unknown else ""
    return (f"{closest[0]} is closest to its limit, {measured(closest[1], 'K', 0)} below." if known else "") + tail


PLOT = Plot(
    "temperatures",
    TITLE,
    "card_temperature",
    "",
    (
        "card_temperature",
        "gpu_temperature_limit",
        "cpu_temperature",
        "cpu_temperature_limit",
        "room_air",
        "case_air",
        "room_limit",
    ),
    curves,
)
