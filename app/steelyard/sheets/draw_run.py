"""A run over hours and days on paper: temperatures, under them the speed kept, over one axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.style import LOOKS
from steelyard.sheets.draw_curves import height_of, plot_into
from steelyard.sheets.fonts import NARROW_MEDIUM, STRONG, width
from steelyard.sheets.pen import RIGHT, Box, Pen
from steelyard.wording import number

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from steelyard.figures.plot import Curve, Figure, Scale

LEFT, TOP, BETWEEN, FOOT = 22.0, 14.0, 17.0, 26.0
HEAT_SHARE = 0.72
"""Of the height of both plots."""
GAP, PITCH, SIZE = 6.0, 8.6, 7.8


class Name(NamedTuple):
    """A curve's end: its name, its last value, its ink, and where the curve ends."""

    label: str
    value: str
    ink: str
    y: float


def run_drawing(heat: Figure, speed: Figure, wide: float, high: float) -> Drawing:
    """Draw a run `wide` points across and `high` points up."""
    pen = Pen(wide, high)
    if heat.across is None or heat.up is None or speed.up is None:
        return pen.drawing
    curves = (*heat.curves, *speed.curves)
    values = max(width(_value(curve), STRONG, SIZE) for curve in curves)
    right = wide - max(width(curve.label, NARROW_MEDIUM, SIZE) for curve in curves) - values - 3 * GAP
    split = TOP + (high - TOP - BETWEEN - FOOT) * HEAT_SHARE
    upper, lower = Box(LEFT, TOP, right, split), Box(LEFT, split + BETWEEN, right, high - FOOT)
    plot_into(pen, heat, upper, timed=False)
    plot_into(pen, speed, lower)
    ends = [*_ends(heat.curves, heat.up, upper), *_ends(speed.curves, speed.up, lower)]
    _names(pen, ends, Box(upper.left, GAP, upper.right, lower.bottom + 2))
    return pen.drawing


def _value(curve: Curve) -> str:
    return number(curve.ys[-1], 0)


def _ends(curves: tuple[Curve, ...], up: Scale, plot: Box) -> list[Name]:
    return [
        Name(each.label, _value(each), LOOKS[each.role].fill, height_of(up, plot, each.ys[-1]))
        for each in curves
        if each.ys
    ]


def _names(pen: Pen, ends: list[Name], plot: Box) -> None:
    """Each curve's name and last value beside its end, pushed apart, with a leader to it; smaller where many are."""
    names = sorted(ends, key=lambda name: name.y)
    pitch = min(PITCH, (plot.bottom - plot.top) / max(len(names) - 1, 1))
    size = SIZE * pitch / PITCH
    places = _apart([name.y for name in names], plot.top, plot.bottom, pitch)
    for name, y in zip(names, places, strict=True):
        pen.line((plot.right, name.y), (plot.right + GAP, y), name.ink, 0.8)
        pen.text((plot.right + GAP + 2, y + 3), name.label, name.ink, NARROW_MEDIUM, size)
        pen.text((pen.wide, y + 3), name.value, "ink", STRONG, size, RIGHT)


def _apart(ys: list[float], top: float, bottom: float, pitch: float) -> list[float]:
    """The same heights, in their order, at least a line apart and as far within bounds as there is room."""
    found: list[float] = []
    for y in ys:
        found.append(max(y, found[-1] + pitch if found else top))
    lowest = max(bottom, top + pitch * (len(ys) - 1))
    for place in reversed(range(len(found))):
        found[place] = min(found[place], lowest)
        lowest = found[place] - pitch
    return found
