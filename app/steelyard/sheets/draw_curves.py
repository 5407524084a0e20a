"""Curves on paper: direct labels, bands for ranges, limits in brass, one dot where the build stands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportlab.graphics.shapes import Drawing, Polygon

from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.sheets.fonts import NARROW, NARROW_STRONG, PLAIN, STRONG, width
from steelyard.sheets.pen import RIGHT, Box, Pen, meet
from steelyard.sheets.theme import colour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.figures.plot import Curve, Figure, Limit, Scale, Zone

HIGH, TOP, FOOT = 150.0, 16.0, 32.0
LEFT, END = 22.0, 6.0
BAND_INK = 0.14
CURVE = 1.5
WORDS, SMALL = 8.1, 7.6
DOT, LINE = 3.0, 2.0
STEPS = (-5.0, 11.0, -15.0, 21.0, -25.0, 31.0, -35.0, 41.0)
"""How far from a dot the baseline of its words may stand, in points, the best first."""


def curves_drawing(figure: Figure, wide: float, high: float = HIGH) -> Drawing:
    """Draw curves `wide` points across and `high` points up."""
    pen = Pen(wide, high)
    if figure.across is not None and figure.up is not None:
        plot_into(pen, figure, Box(LEFT, TOP, wide - END, high - FOOT))
    return pen.drawing


def plot_into(pen: Pen, figure: Figure, plot: Box, *, timed: bool = True) -> None:
    """Draw a figure with both scales into a rectangle; `timed`: with the words of what runs across."""
    across, up = figure.across, figure.up
    if across is None or up is None:
        return
    _axes(pen, across, up, plot, words=timed)
    for zone in figure.zones:
        _zone(pen, up, plot, zone)
    for curve in figure.curves:
        _curve(pen, across, up, plot, curve)
    taken: list[Box] = []
    drawn = [box for curve in figure.curves for box in _strokes(across, up, plot, curve)]
    lines = [height_of(up, plot, limit.value) for limit in figure.limits]
    for y in lines:
        pen.line((plot.left, y), (plot.right, y), "brass", 1.2)
    for y, limit in zip(lines, figure.limits, strict=True):
        others = [Box(plot.left, each - 1, plot.right, each + 1) for each in lines if each != y]
        taken.append(
            _say_limit(pen, y, limit.text, plot, (taken, [*taken, *others], [*taken, *others, *drawn]), first=not timed)
        )
    for limit in figure.uprights:
        x = _x(across, plot, limit.value)
        pen.line((x, plot.top), (x, plot.bottom), "brass", 1.6)
        taken.append(Box(x - 1, plot.top, x + 1, plot.bottom))
    at = [(_x(across, plot, dot.x), height_of(up, plot, dot.y)) for dot in figure.dots]
    taken += [Box(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in at]
    for x, y in at:
        pen.line((x, y), (x, plot.bottom), "ink", 0.8, (1.5, 1.5))
        circle = [(x + 3 * math.cos(a * math.pi / 8), y + 3 * math.sin(a * math.pi / 8)) for a in range(16)]
        pen.polygon(circle, "base", "ink", 1.5)
    for level, limit in enumerate(figure.uprights):
        taken.append(_upright(pen, _x(across, plot, limit.value), plot, limit, level))
    for (x, y), dot in zip(at, figure.dots, strict=True):
        taken.append(_say(pen, (x, y), dot.text, plot, taken))


def _zone(pen: Pen, up: Scale, plot: Box, zone: Zone) -> None:
    """A stretch of the upright axis, hatched, with its words in it."""
    band = Box(plot.left, height_of(up, plot, zone.high), plot.right, height_of(up, plot, zone.low))
    pen.hatch(band, "/", "line")
    if band.bottom - band.top > WORDS:
        middle = (band.top + band.bottom) / 2 + 0.35 * SMALL
        pen.text((plot.left + 4, middle), zone.text, "ink3", NARROW, SMALL, room=plot.right - plot.left - 8, plate=True)


def _strokes(across: Scale, up: Scale, plot: Box, curve: Curve) -> list[Box]:
    """Small boxes along a curve, for words to keep off."""
    points = [(_x(across, plot, x), height_of(up, plot, y)) for x, y in zip(curve.xs, curve.ys, strict=True)]
    return [Box(x - 1, y - 1, x + 1, y + 1) for x, y in points]


def _say_limit(pen: Pen, y: float, words: str, plot: Box, kept_off: Sequence[list[Box]], *, first: bool) -> Box:
    """Write a limit's words over or under its line, at a side, the left one first if told: where they meet least."""
    wide = width(words, STRONG, WORDS)
    sides = (plot.left + 3, plot.right - wide) if first else (plot.right - wide, plot.left + 3)
    places = [(left, base) for base in (y - 3, y + 9) for left in sides]
    for avoided in reversed(kept_off):
        for left, base in places:
            box = Box(left - 1, base - 0.76 * WORDS, left + wide + 1, base + 0.24 * WORDS)
            if (
                plot.top - WORDS <= box.top
                and box.bottom <= plot.bottom
                and not any(meet(box, other) for other in avoided)
            ):
                return pen.text((left, base), words, "brass", STRONG, WORDS, plate=True)
    return pen.text(places[0], words, "brass", STRONG, WORDS, plate=True)


def _upright(pen: Pen, x: float, plot: Box, limit: Limit, level: int) -> Box:
    """The words of a limit of what runs across, at its foot; each limit's stand a line above the last one's."""
    words = f"{limit.text} {limit.working}".strip()
    wide = width(words, NARROW_STRONG, SMALL)
    beside = x - 3 - wide if x - 3 - wide >= plot.left else min(x + 3, plot.right - wide)
    at = (max(beside, plot.left), plot.bottom - 4 - level * (WORDS + 1.5))
    return pen.text(at, words, "brass", NARROW_STRONG, SMALL, room=plot.right - plot.left, plate=True)


def _say(pen: Pen, at: tuple[float, float], words: str, plot: Box, taken: list[Box]) -> Box:
    """Write a dot's words beside, over or under it: the first place where they meet nothing and stay inside."""
    x, y = at
    wide = width(words, STRONG, WORDS)
    lefts = (x - 5 - wide, x + 5) if x > (plot.left + plot.right) / 2 else (x + 5, x - 5 - wide)
    places = [(left, base) for base in (y + step for step in STEPS) for left in lefts]
    words_only = [other for other in taken if other.right - other.left > LINE]
    for kept_off in (taken, words_only):
        for left, base in places:
            box = Box(left - 1.5, base - 0.76 * WORDS, left + wide + 1.5, base + 0.24 * WORDS)
            inside = box.left >= plot.left and box.right <= plot.right + END
            inside = inside and plot.top - WORDS <= box.top and box.bottom <= plot.bottom
            if inside and not any(meet(box, other) for other in kept_off):
                return pen.text((left, base), words, "ink", STRONG, WORDS, plate=True)
    left, base = places[0]
    return pen.text((max(left, 0.0), base), words, "ink", STRONG, WORDS, plate=True)


def _x(scale: Scale, plot: Box, value: float) -> float:
    return plot.left + along(scale, value) * (plot.right - plot.left)


def height_of(scale: Scale, plot: Box, value: float) -> float:
    """Return where on an upright scale a value stands, in points."""
    return plot.bottom - along(scale, value) * (plot.bottom - plot.top)


def _axes(pen: Pen, across: Scale, up: Scale, plot: Box, *, words: bool) -> None:
    pen.text((max(plot.left - 4, width(up.unit, PLAIN, 8.1)), plot.top - 8), up.unit, "ink3", PLAIN, 8.1, RIGHT)
    above = math.inf
    for tick in up.ticks:
        y = height_of(up, plot, tick.value)
        pen.line((plot.left, y), (plot.right, y), "line")
        if above - y >= WORDS:  # the lower one has its words where there is no room for both
            pen.text((plot.left - 4, y + 3), tick.text, "ink3", PLAIN, 8.1, RIGHT)
            above = y
    pen.line((plot.left, plot.bottom), (plot.right, plot.bottom), "ink2", 0.9)
    free = plot.right + END
    for tick in reversed(across.ticks):
        x = _x(across, plot, tick.value)
        pen.line((x, plot.bottom), (x, plot.bottom + (3 if tick.text else 1.5)), "ink2", 0.8)
        half = width(tick.text, PLAIN, 8.1) / 2
        right = min(x + half, plot.right + END)
        if words and tick.text and right <= free:
            free = pen.text((right, plot.bottom + 11), tick.text, "ink3", PLAIN, 8.1, RIGHT).left - 4
    if words:
        title = f"{across.label}, {across.unit}" if across.unit else across.label
        pen.text((plot.right, plot.bottom + 21), title, "ink3", PLAIN, 8.1, RIGHT)


def _curve(pen: Pen, across: Scale, up: Scale, plot: Box, curve: Curve) -> None:
    look = LOOKS[curve.role]
    if curve.lows and curve.highs:
        there = [(_x(across, plot, x), height_of(up, plot, y)) for x, y in zip(curve.xs, curve.highs, strict=True)]
        back = [(_x(across, plot, x), height_of(up, plot, y)) for x, y in zip(curve.xs, curve.lows, strict=True)]
        shape = Polygon([number for x, y in [*there, *reversed(back)] for number in (x, pen.high - y)])
        shape.fillColor, shape.strokeColor, shape.fillOpacity = colour(look.fill), None, BAND_INK
        pen.drawing.add(shape)
    points = [(_x(across, plot, x), height_of(up, plot, y)) for x, y in zip(curve.xs, curve.ys, strict=True)]
    pen.lines(points, look.fill, CURVE, look.dash)
