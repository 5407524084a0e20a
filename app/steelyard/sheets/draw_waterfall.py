"""The power waterfall on paper: steps, sums in full height, the limit over the sums with its arithmetic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.plot import Bar, Figure, Gap, Limit, Role, Scale
from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.sheets.fonts import MEDIUM, NARROW, NARROW_STRONG, PLAIN, STRONG, width
from steelyard.sheets.pen import MIDDLE, RIGHT, Box, Pen, meet

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

LEFT, RIGHT_ROOM = 28.0, 58.0
TOP, FOOT = 18.0, 28.0
HIGH = 156.0
BAR_SHARE = 0.84
LABEL_LIFT = 4.0
GAP_SHIFT = 5.0
WITHIN = 13.0
"""Points that a bar must be high to hold its number."""
WORD_SIZE = 8.4
NUMBER_SIZE = 9.0


def waterfall_drawing(figure: Figure, wide: float, high: float = HIGH) -> Drawing:
    """Draw the waterfall `wide` points across and `high` points up."""
    pen = Pen(wide, high)
    scale = figure.up
    if scale is None:
        return pen.drawing
    end = wide - RIGHT_ROOM
    pitch = (end - LEFT) / len(figure.places)
    half = pitch * BAR_SHARE / 2
    _grid(pen, scale, end)
    for index, bar in enumerate(figure.bars):
        x = LEFT + pitch * (bar.place + 0.5)
        top, foot = sorted((_y(pen, scale, bar.start), _y(pen, scale, bar.end)))
        pen.bar(Box(x - half, top, x + half, max(foot, top + 0.8)), LOOKS[bar.role])
        if index + 1 < len(figure.bars):
            level = _y(pen, scale, bar.end)
            pen.line((x + half, level), (x + pitch - half, level), "line2", 0.8)
    taken = [box for limit in figure.limits for box in _limit(pen, scale, limit, pitch)]
    for bar in figure.bars:
        _label(pen, scale, bar, LEFT + pitch * (bar.place + 0.5), taken)
    for place, name in enumerate(figure.places):
        _words(pen, name.label, LEFT + pitch * (place + 0.5), pitch, strong=name.strong)
    for gap in figure.gaps:
        _gap(pen, scale, gap, LEFT + pitch * (gap.place + 0.5) + half + GAP_SHIFT)
    return pen.drawing


def _y(pen: Pen, scale: Scale, value: float) -> float:
    floor = pen.high - FOOT
    return floor - along(scale, value) * (floor - TOP)


def _grid(pen: Pen, scale: Scale, end: float) -> None:
    pen.text((LEFT - 5, TOP - 9), scale.unit, "ink3", PLAIN, 8.1, RIGHT)
    above = math.inf
    for tick in scale.ticks:
        y = _y(pen, scale, tick.value)
        pen.line((LEFT, y), (end, y), "ink2" if tick.value == 0 else "line", 0.9 if tick.value == 0 else 0.6)
        if above - y >= WORD_SIZE:  # the lower one has its words where there is no room for both
            pen.text((LEFT - 5, y + 3), tick.text, "ink3", PLAIN, 8.1, RIGHT)
            above = y


def _limit(pen: Pen, scale: Scale, limit: Limit, pitch: float) -> list[Box]:
    """The limit's line with its words on it; where the words stand."""
    y = _y(pen, scale, limit.value)
    left, right = LEFT + pitch * (limit.first - 0.1), LEFT + pitch * (limit.last + 1)
    pen.line((left, y), (right + 4, y), "brass", 1.6)
    words = pen.text((right + 3, y - 3.5), limit.text, "brass", STRONG, WORD_SIZE, RIGHT, plate=True)
    working = pen.text((words.left - 5, y - 3.5), limit.working, "brass", PLAIN, 8.1, RIGHT, plate=True)
    return [words, working]


def _label(pen: Pen, scale: Scale, bar: Bar, x: float, taken: list[Box]) -> None:
    """A bar's number above it; within or below it where the limit's words stand above."""
    top, foot = sorted((_y(pen, scale, bar.start), _y(pen, scale, bar.end)))
    strong = bar.role is Role.SUM
    face = STRONG if strong else PLAIN
    half = width(bar.text, face, NUMBER_SIZE) / 2
    over, below = (top - LABEL_LIFT, "ink"), (foot + 10, "ink")
    inner = LOOKS[bar.role].text if strong else "ink"
    within = [(top + step, inner) for step in (10, 22, 34) if foot - top > step + WITHIN - 10]
    places = [over, *within, below] if within else [over, below, (top + 10, inner)]
    for baseline, ink in places:
        box = Box(x - half - 2, baseline - NUMBER_SIZE, x + half + 2, baseline + 2)
        if not any(meet(box, other) for other in taken):
            pen.text((x, baseline), bar.text, ink, face, NUMBER_SIZE, MIDDLE, plate=ink == "ink")
            return


def _gap(pen: Pen, scale: Scale, gap: Gap, x: float) -> None:
    token = "block" if gap.short else "ink"
    top, foot = sorted((_y(pen, scale, gap.start), _y(pen, scale, gap.end)))
    pen.line((x, top), (x, foot), token, 1.2)
    for y in (top, foot):
        pen.line((x - 3, y), (x + 3, y), token, 1.2)
    middle = max((top + foot) / 2, TOP)
    pen.text((x + 6, middle + 2), gap.text, token, STRONG, 8.6)
    pen.text((x + 6, middle + 12), gap.note, token if gap.short else "ink2", MEDIUM if gap.short else PLAIN, 8.1)


def _words(pen: Pen, label: str, x: float, pitch: float, *, strong: bool) -> None:
    """A place's name under the floor, in at most two lines."""
    face, room = (NARROW_STRONG if strong else NARROW), pitch - 2
    first, second = label, ""
    if width(label, face, 8.1) > room and " " in label:
        first, second = label.rsplit(" ", 1)
    token = "ink" if strong else "ink2"
    pen.text((x, pen.high - FOOT + 11), first, token, face, 8.1, MIDDLE, room)
    pen.text((x, pen.high - FOOT + 20), second, token, face, 8.1, MIDDLE, room)
