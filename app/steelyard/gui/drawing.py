"""Strokes that several painted widgets share: text on a baseline, crisp hairlines, hatches, poise and fulcrum."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from steelyard.gui.look import colours, look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.gui.readings import Reading


def write(
    painter: QPainter, x: float, baseline: float, text: str, step: str, colour: QColor, *, align: str = "left"
) -> float:
    """Draw one line of text and return where it ends (where it begins, for text aligned right)."""
    width = look().metrics(step).horizontalAdvance(text)
    start = x - width if align == "right" else x - width / 2 if align == "centre" else x
    painter.setFont(look().font(step))
    painter.setPen(colour)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # numbers run left to right in any script
    painter.drawText(QPointF(start, baseline), text)
    return start if align == "right" else start + width


def elided(text: str, step: str, width: float) -> str:
    """The text, shortened with an ellipsis to a width."""
    return look().metrics(step).elidedText(text, Qt.TextElideMode.ElideRight, width)


def rule(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float = 1.0) -> None:
    """A straight line; odd widths are moved half a pixel so that they stay crisp."""
    shift = 0.5 if round(width) % 2 else 0.0
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(
        QLineF(
            math.floor(start.x()) + shift,
            math.floor(start.y()) + shift,
            math.floor(end.x()) + shift,
            math.floor(end.y()) + shift,
        )
    )


def across(painter: QPainter, left: float, right: float, y: float, colour: QColor, width: float = 1.0) -> None:
    """A horizontal hairline."""
    rule(painter, QPointF(left, y), QPointF(right, y), colour, width)


def down(painter: QPainter, x: float, top: float, bottom: float, colour: QColor, width: float = 1.0) -> None:
    """A vertical hairline."""
    rule(painter, QPointF(x, top), QPointF(x, bottom), colour, width)


def dotted(painter: QPainter, left: float, right: float, y: float, colour: QColor, *, solid: bool = False) -> None:
    """The underline that says "this opens"."""
    pen = QPen(colour, 1.0)
    if not solid:
        pen.setDashPattern([1.0, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    level = math.floor(y) + 0.5
    painter.drawLine(QLineF(left, level, right, level))


def hatch(
    painter: QPainter, place: QRectF, colour: QColor, *, gap: float = 5.0, width: float = 1.4, upright: bool = False
) -> None:
    """Fill a rectangle with 45 degree strokes (upright ones for the sixth series), clipped to it."""
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    lean = 0.0 if upright else place.height()
    x = place.left() - lean
    while x < place.right() + lean:
        painter.drawLine(QLineF(x, place.bottom(), x + lean, place.top()))
        x += gap
    painter.restore()


def outline(
    painter: QPainter, place: QRectF, colour: QColor, width: float = 1.0, *, radius: float = 0.0, dashed: bool = False
) -> None:
    """A frame whose stroke lies inside the rectangle."""
    pen = QPen(colour, width)
    if dashed:
        pen.setDashPattern([3.0, 2.5])
    painter.save()
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = width / 2
    inner = place.adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, radius, radius) if radius else painter.drawRect(inner)
    painter.restore()


def whisker(painter: QPainter, low: float, high: float, y: float, colour: QColor, cap: float = 7.0) -> None:
    """A range with capped ends, on a horizontal scale."""
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawLine(QLineF(low, y, high, y))
    for end in (low, high):
        painter.drawLine(QLineF(end, y - cap / 2, end, y + cap / 2))


def poise(painter: QPainter, x: float, top: float, fill: QColor, edge: QColor, *, scale: float = 1.0) -> None:
    """The hanging weight: a trapezoid 6.4 over 11 wide and 8.5 high, its thread ending at its top."""
    shape = QPainterPath()
    shape.moveTo(x - 3.2 * scale, top)
    shape.lineTo(x + 3.2 * scale, top)
    shape.lineTo(x + 5.5 * scale, top + 8.5 * scale)
    shape.lineTo(x - 5.5 * scale, top + 8.5 * scale)
    shape.closeSubpath()
    painter.setPen(QPen(edge, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(fill)
    painter.drawPath(shape)


def fulcrum(painter: QPainter, x: float, top: float, colour: QColor, *, scale: float = 1.0) -> None:
    """The triangle on which the beam is asked to rest."""
    shape = QPainterPath()
    shape.moveTo(x, top)
    shape.lineTo(x + 5.5 * scale, top + 9 * scale)
    shape.lineTo(x - 5.5 * scale, top + 9 * scale)
    shape.closeSubpath()
    painter.fillPath(shape, colour)


def decade_ticks(low: float, high: float) -> Iterator[tuple[float, int]]:
    """The graduations 1, 2, ... 9 of every decade between two values, with the leading digit."""
    for exponent in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for digit in range(1, 10):
            value = digit * 10.0**exponent
            if low <= value <= high:
                yield value, digit


def paint_reading(
    painter: QPainter,
    x: float,
    baseline: float,
    reading: Reading,
    step: str = "medium",
    *,
    unit_step: str = "body",
    align: str = "left",
    underline: str = "",
) -> float:
    """Draw value and unit on one baseline (no range); `underline` is "dotted" or "solid". Returns the far end."""
    palette = colours()
    value_colour = palette.unknown if not reading.known else palette.brass if reading.asked else palette.ink
    text = reading.value if reading.known else "?"
    unit = f" {reading.unit}" if reading.unit and reading.known else ""
    value_width = look().metrics(step).horizontalAdvance(text)
    unit_width = look().metrics(unit_step).horizontalAdvance(unit)
    start = x - value_width - unit_width if align == "right" else x
    write(painter, start, baseline, text, step, value_colour)
    if unit:
        write(painter, start + value_width, baseline, unit, unit_step, palette.ink2)
    if underline and reading.name:
        solid = underline == "solid"
        dotted(
            painter,
            start,
            start + value_width,
            baseline + look().px(5),
            palette.steel if solid else palette.line2,
            solid=solid,
        )
    return start if align == "right" else start + value_width + unit_width
