"""Curves on paper: direct labels, bands for ranges, limits in brass, one dot where the build stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Drawing, Polygon

from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.sheets.fonts import PLAIN, STRONG, width
from steelyard.sheets.pen import RIGHT, Box, Pen
from steelyard.sheets.theme import colour

if TYPE_CHECKING:
    from steelyard.figures.plot import Curve, Figure, Scale

HIGH, TOP, FLOOR = 150.0, 16.0, 118.0
LEFT, END = 22.0, 6.0
BAND_INK = 0.14
CURVE = 1.5


def curves_drawing(figure: Figure, wide: float) -> Drawing:
    """Draw curves `wide` points across."""
    pen = Pen(wide, HIGH)
    across, up = figure.across, figure.up
    if across is None or up is None:
        return pen.drawing
    plot = Box(LEFT, TOP, wide - END, FLOOR)
    _axes(pen, across, up, plot)
    for curve in figure.curves:
        _curve(pen, across, up, plot, curve)
    for limit in figure.limits:
        y = _y(up, plot, limit.value)
        pen.line((plot.left, y), (plot.right, y), "brass", 1.6)
        pen.text((plot.right, y - 3), limit.text, "brass", STRONG, 8.1, RIGHT, plate=True)
    for dot in figure.dots:
        x, y = _x(across, plot, dot.x), _y(up, plot, dot.y)
        pen.line((x, y), (x, plot.bottom), "ink", 0.8, (1.5, 1.5))
        pen.polygon(
            [(x + 3 * math.cos(a * math.pi / 8), y + 3 * math.sin(a * math.pi / 8)) for a in range(16)],
            "base",
            "ink",
            1.5,
        )
        right = x > (plot.left + plot.right) / 2
        pen.text(
            (x + (-5 if right else 5), y - 5), dot.text, "ink", STRONG, 8.1, RIGHT if right else "start", plate=True
        )
    return pen.drawing


def _x(scale: Scale, plot: Box, value: float) -> float:
    return plot.left + along(scale, value) * (plot.right - plot.left)


def _y(scale: Scale, plot: Box, value: float) -> float:
    return plot.bottom - along(scale, value) * (plot.bottom - plot.top)


def _axes(pen: Pen, across: Scale, up: Scale, plot: Box) -> None:
    pen.text((plot.left - 4, plot.top - 8), up.unit, "ink3", PLAIN, 8.1, RIGHT)
    for tick in up.ticks:
        y = _y(up, plot, tick.value)
        pen.line((plot.left, y), (plot.right, y), "line")
        pen.text((plot.left - 4, y + 3), tick.text, "ink3", PLAIN, 8.1, RIGHT)
    pen.line((plot.left, plot.bottom), (plot.right, plot.bottom), "ink2", 0.9)
    free = plot.right + END
    for tick in reversed(across.ticks):
        x = _x(across, plot, tick.value)
        pen.line((x, plot.bottom), (x, plot.bottom + 3), "ink2", 0.8)
        half = width(tick.text, PLAIN, 8.1) / 2
        right = min(x + half, plot.right + END)
        if right <= free:
            free = pen.text((right, plot.bottom + 11), tick.text, "ink3", PLAIN, 8.1, RIGHT).left - 4
    pen.text((plot.right, plot.bottom + 21), f"{across.label}, {across.unit}", "ink3", PLAIN, 8.1, RIGHT)


def _curve(pen: Pen, across: Scale, up: Scale, plot: Box, curve: Curve) -> None:
    look = LOOKS[curve.role]
    if curve.lows and curve.highs:
        there = [(_x(across, plot, x), _y(up, plot, y)) for x, y in zip(curve.xs, curve.highs, strict=True)]
        back = [(_x(across, plot, x), _y(up, plot, y)) for x, y in zip(curve.xs, curve.lows, strict=True)]
        shape = Polygon([number for x, y in [*there, *reversed(back)] for number in (x, pen.high - y)])
        shape.fillColor, shape.strokeColor, shape.fillOpacity = colour(look.fill), None, BAND_INK
        pen.drawing.add(shape)
    points = [(_x(across, plot, x), _y(up, plot, y)) for x, y in zip(curve.xs, curve.ys, strict=True)]
    pen.lines(points, look.fill, CURVE, look.dash)
