"""The beam on paper: stages against what is asked, poises on threads, and the numbers beside them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.sheets.fonts import MEDIUM, PLAIN, STRONG
from steelyard.sheets.pen import MIDDLE, RIGHT, Box, Pen
from steelyard.wording import NO_LIMIT

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from steelyard.figures.plot import Bar, Figure, Poise, Scale

AXIS_LEFT, AXIS_RIGHT = 118.0, 356.0
SUSTAINED, RANGE, TIMES_ASKED = 418.0, 428.0, 510.0
BEAM = 26.0
FIRST_ROW, ROW = 52.0, 28.0
BAR_HALF = 3.0
FOOT = 12.0
HIGHEST = 540.0
TWO_LINES = 20.0
POISE_TOP, POISE_FOOT, POISE_HIGH = 3.2, 5.5, 8.5
CAP = 3.4
BEHIND_SHORT = 60.0


def balance_drawing(figure: Figure, wide: float, row: float = ROW) -> Drawing:
    """Draw the stage balance `wide` points across, its stages `row` points apart."""
    count = len(figure.places)
    row = min(row, HIGHEST / max(count, 1))
    pen = Pen(wide, FIRST_ROW + row * (count - 1) + 21 + FOOT)
    scale = figure.across
    if scale is None:
        return pen.drawing
    _beam(pen, scale)
    asked = _x(scale, figure.limits[0].value)
    rows = [FIRST_ROW + row * place for place in range(count)]
    end = rows[-1] + 12
    for place, y in enumerate(rows):
        _names(pen, figure, place, y, row)
    pen.line((0, rows[-1] - row / 2 + 2), (wide, rows[-1] - row / 2 + 2), "ink2", 1.0)
    for poise in figure.poises:
        _thread(pen, scale, poise, rows[poise.place])
    for bar in figure.bars:
        _bar(pen, scale, bar, rows[bar.place])
    pen.line((asked, BEAM + 1), (asked, end), "brass", 1.2)
    pen.polygon([(asked, BEAM + 1), (asked - 5, BEAM + 9), (asked + 5, BEAM + 9)], "brassfill")
    for bar in figure.bars:
        _whisker(pen, scale, bar, rows[bar.place])
    for poise in figure.poises:
        _poise(pen, scale, poise, rows[poise.place])
    side = RIGHT if asked - AXIS_LEFT > BEHIND_SHORT else "start"
    pen.text((asked - 4 if side == RIGHT else asked + 4, end + 9), figure.limits[0].text, "brass", STRONG, 8.6, side)
    if figure.limits[0].working:
        pen.text((asked + 5, end + 9), figure.limits[0].working, "ink2", PLAIN, 8.4)
    return pen.drawing


def _x(scale: Scale, value: float) -> float:
    return AXIS_LEFT + 5 + along(scale, value) * (AXIS_RIGHT - AXIS_LEFT - 10)


def _beam(pen: Pen, scale: Scale) -> None:
    """The hairline rule with its graduations."""
    pen.line((AXIS_LEFT, BEAM), (AXIS_RIGHT, BEAM), "ink2", 1.5)
    for tick in scale.ticks:
        x = _x(scale, tick.value)
        pen.line((x, BEAM - (6 if tick.text else 3)), (x, BEAM), "ink2", 0.8)
        pen.text((x, BEAM - 8.5), tick.text, "ink3", PLAIN, 8.4, MIDDLE)
    pen.text((0, BEAM + 3), f"{scale.unit}, log scale", "ink3", PLAIN, 8.1)
    pen.text((SUSTAINED, BEAM + 3), "sustained", "ink3", PLAIN, 8.1, RIGHT)
    pen.text((TIMES_ASKED, BEAM + 3), "of asked", "ink3", PLAIN, 8.1, RIGHT)


def _names(pen: Pen, figure: Figure, place: int, y: float, row: float) -> None:
    """A stage's name at the left, its numbers at the right."""
    name = figure.places[place]
    room = AXIS_LEFT - 8
    if name.note and row >= TWO_LINES:
        pen.text((0, y - 1.5), name.label, "ink", MEDIUM, 8.8, room=room)
        pen.text((0, y + 8.5), name.note, "ink3", PLAIN, 8.1, room=room)
    else:
        pen.text((0, y + 3), name.label, "ink", STRONG, 8.8, room=room)
    _, sustained, spread, times = figure.table.rows[place]
    pen.text((SUSTAINED, y + 3), sustained, "ink", STRONG if name.strong else MEDIUM, 9.6, RIGHT)
    pen.text((RANGE, y + 3), spread, "ink3", PLAIN, 8.4)
    pen.text((TIMES_ASKED, y + 3), times, "ink", STRONG if name.strong else PLAIN, 8.8, RIGHT)
    if spread and place == 0:
        pen.text((RANGE, BEAM + 3), "range", "ink3", PLAIN, 8.1)


def _bar(pen: Pen, scale: Scale, bar: Bar, y: float) -> None:
    pen.bar(Box(_x(scale, bar.start), y - BAR_HALF, _x(scale, bar.end), y + BAR_HALF), LOOKS[bar.role])
    if bar.start == scale.low:
        pen.line((_x(scale, bar.start), y - BAR_HALF - 1), (_x(scale, bar.start), y + BAR_HALF + 1), "ink3", 0.8)


def _whisker(pen: Pen, scale: Scale, bar: Bar, y: float) -> None:
    if math.isfinite(bar.low) and math.isfinite(bar.high):
        left, right = _x(scale, bar.low), _x(scale, bar.high)
        pen.line((left, y), (right, y), "ink", 1.2)
        for x in (left, right):
            pen.line((x, y - CAP), (x, y + CAP), "ink", 1.2)


def _thread(pen: Pen, scale: Scale, poise: Poise, y: float) -> None:
    if not math.isnan(poise.value) and not math.isinf(poise.value):
        x = _x(scale, poise.value)
        pen.line((x, BEAM), (x, y - 4), "ink" if poise.filled else "steel", 0.9)


def _poise(pen: Pen, scale: Scale, poise: Poise, y: float) -> None:
    if math.isnan(poise.value):
        pen.symbol("unknown", AXIS_RIGHT - 16, y - 5, 10, "unknown")
        return
    if math.isinf(poise.value):
        pen.text((AXIS_RIGHT - 4, y - 5), NO_LIMIT, "ink3", PLAIN, 7.4, RIGHT)
        return
    x, top = _x(scale, poise.value), y - POISE_HIGH / 2
    shape = [
        (x - POISE_TOP, top),
        (x + POISE_TOP, top),
        (x + POISE_FOOT, top + POISE_HIGH),
        (x - POISE_FOOT, top + POISE_HIGH),
    ]
    pen.polygon(shape, "ink" if poise.filled else "base", "ink" if poise.filled else "steel")
    if poise.text:
        edge = _x(scale, poise.high) if math.isfinite(poise.high) else x
        left = max(edge, x + POISE_FOOT) + 5
        pen.polygon([(left, y), (left + 5, y - 3.2), (left + 5, y + 3.2)], "ink")
        pen.text((left + 8, y + 3), poise.text, "ink", STRONG, 8.6, plate=True)
