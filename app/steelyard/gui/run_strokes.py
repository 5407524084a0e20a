"""Strokes of the sustained run: zones, limits, bands, lines; and words that remember where they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.gui.drawing import across, hatch, write
from steelyard.gui.look import colours, look
from steelyard.gui.plot_paint import BAND, DASHED, SOLID, plated, token

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter

    from steelyard.figures.plot import Curve, Limit, Role, Scale, Zone


class RunStrokes:
    """Paints words and what carries them."""

    def __init__(self) -> None:
        self.said: list[tuple[str, QRectF]] = []
        """What was written last and where, in the widget's pixels."""

    def zone(self, painter: QPainter, plot: QRectF, up: Scale, stretch: Zone, *, quiet: bool) -> None:
        """A stretch to keep out of, hatched; a quiet one is only told of."""
        palette, one = colours(), look()
        top, foot = height_of(plot, up, min(stretch.high, up.high)), height_of(plot, up, max(stretch.low, up.low))
        place = QRectF(plot.left(), top, plot.width(), max(3.0, foot - top))
        if quiet:
            painter.fillRect(place, palette.panel)
            baseline = place.center().y() + one.px(4)
            self.write(painter, plot.left() + one.px(6), baseline, stretch.text, "axis", palette.ink2)
            return
        ground = QColor(palette.warn)
        ground.setAlphaF(0.5)
        hatch(painter, place, ground, gap=one.px(7), width=2.4)
        baseline = top - one.px(6) if top - plot.top() > one.px(18) else foot + one.px(14)
        plated(painter, plot.left() + one.px(6), baseline, stretch.text, "condensed medium", palette.warn)
        self.remember(plot.left() + one.px(6), baseline, stretch.text, "condensed medium")

    def limit(self, painter: QPainter, plot: QRectF, up: Scale, limit: Limit, others: tuple[Limit, ...]) -> None:
        """A brass line, its words above it, or below where another limit is close above."""
        palette, one = colours(), look()
        if not up.low <= limit.value <= up.high:
            return
        y = height_of(plot, up, limit.value)
        across(painter, plot.left(), plot.right(), y, palette.brass, 2)
        levels = [y - height_of(plot, up, other.value) for other in others if other is not limit]
        crowded = any(0 <= over < one.px(20) for over in levels)
        x, baseline = plot.left() + one.px(6), y + one.px(14) if crowded else y - one.px(5)
        plated(painter, x, baseline, limit.text, "condensed medium", palette.brass)
        self.remember(x, baseline, limit.text, "condensed medium")

    def write(
        self, painter: QPainter, x: float, y: float, text: str, step: str, ink: QColor, align: str = "left"
    ) -> None:
        """Write, and remember where."""
        end = write(painter, x, y, text, step, ink, align=align)
        wide = look().metrics(step).horizontalAdvance(text)
        self.remember(end if align == "right" else end - wide, y, text, step)

    def remember(self, left: float, baseline: float, text: str, step: str) -> None:
        """Remember what was written, and the box of its letters."""
        metrics = look().metrics(step)
        high = metrics.capHeight()
        if text:
            self.said.append((text, QRectF(left, baseline - high, metrics.horizontalAdvance(text), high)))


def height_of(plot: QRectF, up: Scale, value: float) -> float:
    """How far down a value lies, in pixels."""
    return plot.bottom() - along(up, value) * plot.height()


def pen_of(role: Role) -> QPen:
    """The line of a curve of this role."""
    worn = LOOKS[role]
    pen = QPen(token(worn.fill), DASHED if worn.dash else SOLID)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # square ends would fill the gaps of a dashed line
    if worn.dash:
        pen.setDashPattern([length / pen.widthF() for length in worn.dash])
    return pen


def paint_band(painter: QPainter, plot: QRectF, curve: Curve, upper: list[QPointF], lower: list[QPointF]) -> None:
    """The range of a curve, faint in its colour."""
    shape = QPainterPath()
    shape.addPolygon(QPolygonF([*upper, *reversed(lower)]))
    tint = QColor(token(LOOKS[curve.role].fill))
    tint.setAlphaF(BAND)
    painter.save()
    painter.setClipRect(plot)
    painter.fillPath(shape, tint)
    painter.restore()


def paint_handle(painter: QPainter, x: float, top: float, ink: QColor) -> None:
    """What one takes hold of: a small house below the axis."""
    one = look()
    shape = QPainterPath()
    shape.moveTo(x, top)
    for right, lower in ((5, 5), (5, 12), (-5, 12), (-5, 5)):
        shape.lineTo(x + one.px(right), top + one.px(lower))
    shape.closeSubpath()
    painter.fillPath(shape, ink)
