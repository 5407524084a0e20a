"""Lying bars on paper: GPU time, GPU memory and temperatures, labelled on the bars."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.sheets.fonts import MEDIUM, PLAIN, STRONG, width
from steelyard.sheets.pen import MIDDLE, RIGHT, Box, Pen

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from steelyard.figures.plot import Bar, Figure, Limit, Role, Scale

BAR_GAP = 1.2
TOP = 16.0
AXIS_ROOM = 22.0
CAP = 3.4
TEXT_SIZE = 8.1
LEGEND_LINE, SWATCH = 13.0, 9.0
COLUMN_INKS = ("ink", "ink3", "brass", "ink")


class Shape(NamedTuple):
    """How a bar plot is laid out: room for names and for columns of numbers, row pitch, bar thickness.

    inside: words stand on the bars; else the table's columns stand beside them.
    """

    names: float
    columns: float
    row: float
    thick: float
    inside: bool


STACK = Shape(122.0, 14.0, 22.0, 14.0, inside=True)
THIN = Shape(56.0, 152.0, 19.0, 8.0, inside=False)


def bars_drawing(figure: Figure, wide: float, shape: Shape) -> Drawing:
    """Draw a plot of lying bars `wide` points across."""
    count = len(figure.places)
    foot = TOP + shape.row * count
    legend = _legend(figure, wide, shape)
    last = max((y for _, y in _legend_places(legend, wide)), default=-LEGEND_LINE)
    pen = Pen(wide, foot + AXIS_ROOM + last + LEGEND_LINE)
    scale = figure.across
    if scale is None:
        return pen.drawing
    _axis(pen, scale, shape, foot, lines=not shape.inside)
    for bar in figure.bars:
        _bar(pen, scale, bar, shape)
    for limit in figure.limits:
        _limit(pen, scale, limit, shape, count)
    for place, name in enumerate(figure.places):
        middle = TOP + shape.row * (place + 0.5)
        pen.text((0, middle + 3), name.label, "ink", MEDIUM, 8.6, room=shape.names - 6)
        if not shape.inside:
            _columns(pen, figure.table.rows[place], middle + 3, shape)
    if not shape.inside:
        _columns(pen, figure.table.head, TOP - 5, shape, heads=True)
    for bar, (x, y) in zip(legend, _legend_places(legend, wide), strict=True):
        top = foot + AXIS_ROOM + y
        pen.bar(Box(x, top - 1, x + SWATCH, top + 7), LOOKS[bar.role])
        pen.text((x + SWATCH + 4, top + 6), bar.name, "ink2", PLAIN, TEXT_SIZE)
    return pen.drawing


def _x(pen: Pen, scale: Scale, shape: Shape, value: float) -> float:
    return shape.names + along(scale, value) * (pen.wide - shape.names - shape.columns)


def _axis(pen: Pen, scale: Scale, shape: Shape, foot: float, *, lines: bool) -> None:
    left, right = (_x(pen, scale, shape, value) for value in (scale.low, scale.high))
    for tick in scale.ticks:
        x = _x(pen, scale, shape, tick.value)
        if lines:
            pen.line((x, TOP), (x, foot), "line")
        pen.line((x, foot), (x, foot + 3), "ink2", 0.8)
        last = tick is scale.ticks[-1]
        pen.text((x, foot + 11), f"{tick.text} {scale.unit}" if last else tick.text, "ink3", PLAIN, TEXT_SIZE, MIDDLE)
    pen.line((left, foot), (right, foot), "ink2", 0.9)


def _fits(words: str, room: float) -> bool:
    return width(words, PLAIN, TEXT_SIZE) + 6 <= room


def _bar(pen: Pen, scale: Scale, bar: Bar, shape: Shape) -> None:
    middle = TOP + shape.row * (bar.place + 0.5)
    left, right = _x(pen, scale, shape, bar.start), _x(pen, scale, shape, bar.end)
    top, foot = middle - shape.thick / 2, middle + shape.thick / 2
    look = LOOKS[bar.role]
    pen.bar(Box(left, top, right - (BAR_GAP if shape.inside else 0), foot), look)
    _whisker(pen, scale, bar, shape, middle)
    if shape.inside and _fits(bar.text, right - left):
        on_colour = look.text == "base" and not look.hatch
        pen.text(
            (left + 5, middle + 3), bar.text, "base" if on_colour else "ink", MEDIUM, TEXT_SIZE, plate=bool(look.hatch)
        )


def _columns(pen: Pen, cells: tuple[str, ...], y: float, shape: Shape, *, heads: bool = False) -> None:
    """The numbers of a row beside its bar, the first in semibold and the limit in brass."""
    pitch = shape.columns / (len(cells) - 1)
    start = pen.wide - shape.columns
    for index, words in enumerate(cells[1:]):
        token = "ink3" if heads else COLUMN_INKS[min(index, len(COLUMN_INKS) - 1)]
        face = PLAIN if heads or index else STRONG
        pen.text((start + pitch * (index + 1), y), words, token, face, TEXT_SIZE, RIGHT)


def _whisker(pen: Pen, scale: Scale, bar: Bar, shape: Shape, middle: float) -> None:
    if math.isfinite(bar.low) and math.isfinite(bar.high):
        left, right = _x(pen, scale, shape, bar.low), _x(pen, scale, shape, bar.high)
        pen.line((left, middle), (right, middle), "ink", 1.2)
        for x in (left, right):
            pen.line((x, middle - CAP), (x, middle + CAP), "ink", 1.2)


def _limit(pen: Pen, scale: Scale, limit: Limit, shape: Shape, count: int) -> None:
    last = count - 1 if limit.last < limit.first else limit.last
    top, foot = TOP + shape.row * limit.first + 1, TOP + shape.row * (last + 1) - 1
    x = _x(pen, scale, shape, limit.value)
    pen.line((x, top), (x, foot), "brass", 1.6)
    if last == limit.first and count > 1:
        pen.line((x - 2.5, foot), (x + 2.5, foot), "brass", 1.6)
    else:
        pen.text(
            (min(x, pen.wide - 2), top - 5), limit.text, "brass", STRONG, 8.6, RIGHT if x > pen.wide / 2 else MIDDLE
        )


def _legend(figure: Figure, wide: float, shape: Shape) -> list[Bar]:
    """What needs naming below because its words do not fit on it, once for each look."""
    scale = figure.across
    if scale is None or not shape.inside:
        return []
    share = (wide - shape.names - shape.columns) / (scale.high - scale.low)
    found: dict[tuple[Role, str], Bar] = {}
    for bar in figure.bars:
        words = bar.text if bar.name in bar.text else bar.name
        if bar.name and not (bar.name in bar.text and _fits(words, (bar.end - bar.start) * share)):
            found.setdefault((bar.role, bar.name), bar)
    return list(found.values())


def _legend_places(legend: list[Bar], wide: float) -> list[tuple[float, float]]:
    """Where each entry goes: beside each other, in a new line where the room ends."""
    places, x, y = [], 0.0, 0.0
    for bar in legend:
        room = SWATCH + 4 + width(bar.name, PLAIN, TEXT_SIZE)
        if x and x + room > wide:
            x, y = 0.0, y + LEGEND_LINE
        places.append((x, y))
        x += room + 12
    return places
