"""Every part's steady temperature in this room against its own limit, the cards by position."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.held import WITHIN, is_held, is_over
from steelyard.figures.plot import Bar, Figure, Limit, Place, Plot, Role, Table
from steelyard.figures.scales import finite, plain_scale
from steelyard.wording import UNKNOWN, measured, number, share, span

if TYPE_CHECKING:
    from steelyard.figures.readings import Readings

TITLE = "Temperatures"


class Part(NamedTuple):
    """A part's steady temperature with its range and limit, and the share of its speed that it keeps."""

    label: str
    value: float
    low: float = math.nan
    high: float = math.nan
    limit: float = math.nan
    kept: float = math.nan

    @property
    def spare(self) -> float:
        """How far it lies below its limit."""
        return self.limit - self.value


def curves(readings: Readings) -> Figure:
    """Return a bar a part from the room's temperature up to its own, with its limit as a brass notch."""
    parts, within = _parts(readings), readings.of(WITHIN).value
    known = finite(part.value for part in parts)
    if not known:
        return Figure("temperatures", TITLE, missing="No temperature is known.")
    bars, limits, rows = [], [], []
    for place, (label, value, low, high, limit, _) in enumerate(parts):
        if not math.isnan(value):
            role = Role.SHORTFALL if is_over(value, limit, within) else Role.PART
            bars.append(Bar(place, 0.0, value, role, number(value, 0), low, high))
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
        _sentence(parts, within),
        across=plain_scale(
            readings.of("card_temperature").label, "°C", (0.0, *known, *finite(part.limit for part in parts))
        ),
        places=tuple(Place(part.label) for part in parts),
        bars=tuple(bars),
        limits=tuple(limits),
        table=Table(("Part, °C", "steady", "range", "limit", "to spare"), tuple(rows)),
    )


def _parts(readings: Readings) -> list[Part]:
    """The cards by position, the processor, the air in the case and in the room."""
    cards, kept = readings.of("card_temperature"), readings.of("card_speed_kept").values
    card_limit = readings.of("gpu_temperature_limit").value
    cpu, room, case = (readings.of(name) for name in ("cpu_temperature", "room_air", "case_air"))
    found = [
        Part(name, value, cards.low(i), cards.high(i), card_limit, kept[i] if i < len(kept) else math.nan)
        for i, (name, value) in enumerate(zip(readings.cards, cards.values, strict=False))
    ]
    limit, speed = readings.of("cpu_temperature_limit").value, readings.of("cpu_speed_kept").value
    found.append(Part("CPU", cpu.value, cpu.low(), cpu.high(), limit, speed))
    found.append(Part("Case air", case.value, case.low(), case.high()))
    found.append(Part("Room", room.value, room.low(), room.high(), readings.of("room_limit").value))
    return found


def _sentence(parts: list[Part], within: float) -> str:
    """The answer in plain words: what is over its limit, what is held at it, else what is closest to it."""
    limited = [part for part in parts if math.isfinite(part.limit)]
    if not limited:
        return "No limit is known for any of these temperatures."
    hot = [
        f"{part.label} by {measured(-part.spare, 'K', 0 if part.spare <= -1 else None)}"
        for part in limited
        if is_over(part.value, part.limit, within)
    ]
    held = [part for part in limited if part.kept < 1 and is_held(part.value, part.limit, within)]
    told = [f"Over the limit: {', '.join(hot)}."] if hot else []
    told += [f"Held at the limit: {_slowed(held)}."] if held else []
    if told:
        return " ".join(told)
    unknown = [part.label for part in limited if math.isnan(part.spare)]
    known = [part for part in limited if not math.isnan(part.spare)]
    tail = f" Unknown ({UNKNOWN}): {', '.join(unknown)}." if unknown else ""
    if not known:
        return tail
    closest = min(known, key=lambda part: part.spare)
    return f"{closest.label} is closest to its limit, {measured(closest.spare, 'K', 0)} below.{tail}"


def _slowed(parts: list[Part]) -> str:
    """What each keeps of its speed: "GPU A keeps 85 % of its speed, GPU B 65 %"."""
    first, *others = parts
    rest = [f"{part.label} {share(part.kept)}" for part in others]
    return ", ".join((f"{first.label} keeps {share(first.kept)} of its speed", *rest))


PLOT = Plot(
    "temperatures",
    TITLE,
    "card_temperature",
    "",
    (
        "card_temperature",
        "card_speed_kept",
        "gpu_temperature_limit",
        "cpu_temperature",
        "cpu_speed_kept",
        "cpu_temperature_limit",
        "room_air",
        "case_air",
        "room_limit",
        WITHIN,
    ),
    curves,
)
