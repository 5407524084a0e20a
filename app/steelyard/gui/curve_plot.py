"""Curves over two scales: bands for ranges, limits in brass, a dot where the build stands; paper draws the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainterPath, QPen, QPolygonF

from steelyard.figures.plot import Figure
from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.gui.drawing import across, down, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_missing, plated, token

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.figures.plot import Curve, Dot, Scale

LEFT, RIGHT, TOP, FOOT = 34, 10, 24, 40
BAND = 0.14


class CurvePlot(Painted):
    """The arrows move a reader along the curve; Enter or a press asks for the quantity on the upright axis."""

    asked = Signal(str)

    def __init__(self, name: str, quantity: str) -> None:
        super().__init__(name, width=220, height=200)
        self._figure = Figure("", "")
        self._quantity = quantity
        self._reader: int | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self._figure = figure
        self._reader = None
        self.setAccessibleDescription(
            f"{figure.sentence or figure.missing} Left and Right read the curve, Enter gives the reason."
        )
        self.setToolTip(figure.sentence or figure.missing)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Grid and axis, curves, limits, dots, and the reader's values."""
        figure, palette, one = self._figure, colours(), look()
        if figure.across is None or figure.up is None:
            paint_missing(painter, QRectF(self.rect()), figure.missing)
            return
        self._paint_axes(painter, figure.across, figure.up)
        for curve in figure.curves:
            self._paint_curve(painter, curve)
        for limit in figure.limits:
            y = self._y(limit.value)
            across(painter, one.px(LEFT), self.width() - one.px(RIGHT), y, palette.brass, 2)
            plated(painter, self.width() - one.px(RIGHT), y - one.px(6), limit.text, "h2", palette.brass, "right")
        for dot in figure.dots:
            self._paint_dot(painter, dot)
        self._paint_reader(painter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Home, End, Enter."""
        count = len(self._figure.curves[0].xs) if self._figure.curves else 0
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and count:
            start = count // 2 if self._reader is None else self._reader
            self._reader = min(count - 1, max(0, start + step))
            self.update()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and count:
            self._reader = 0 if event.key() == Qt.Key.Key_Home else count - 1
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self.asked.emit(self._quantity)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press asks."""
        self.asked.emit(self._quantity)

    def _x(self, value: float) -> float:
        one, scale = look(), self._figure.across
        left = one.px(LEFT)
        return left if scale is None else left + along(scale, value) * (self.width() - left - one.px(RIGHT))

    def _y(self, value: float) -> float:
        one, scale = look(), self._figure.up
        floor = self.height() - one.px(FOOT)
        return floor if scale is None else floor - along(scale, value) * (floor - one.px(TOP))

    def _paint_axes(self, painter: QPainter, flat: Scale, up: Scale) -> None:
        palette, one = colours(), look()
        right, floor = self.width() - one.px(RIGHT), self.height() - one.px(FOOT)
        write(painter, one.px(LEFT - 6), one.px(TOP - 10), up.unit, "axis", palette.ink3, align="right")
        for tick in up.ticks:
            y = self._y(tick.value)
            across(painter, one.px(LEFT), right, y, palette.line)
            write(painter, one.px(LEFT - 6), y + one.px(4), tick.text, "axis", palette.ink3, align="right")
        across(painter, one.px(LEFT), right, floor, palette.ink2)
        for tick in flat.ticks:
            x = self._x(tick.value)
            down(painter, x, floor, floor + one.px(4), palette.ink2)
            side = "right" if tick is flat.ticks[-1] else "centre"
            write(painter, x, floor + one.px(16), tick.text, "axis", palette.ink3, align=side)
        write(painter, right, floor + one.px(32), f"{flat.label}, {flat.unit}", "axis", palette.ink3, align="right")

    def _paint_curve(self, painter: QPainter, curve: Curve) -> None:
        worn = LOOKS[curve.role]
        colour = token(worn.fill)
        if curve.lows and curve.highs:
            there = [QPointF(self._x(x), self._y(y)) for x, y in zip(curve.xs, curve.highs, strict=True)]
            back = [QPointF(self._x(x), self._y(y)) for x, y in zip(curve.xs, curve.lows, strict=True)]
            band = QColor(colour)
            band.setAlphaF(BAND)
            shape = QPainterPath()
            shape.addPolygon(QPolygonF([*there, *reversed(back)]))
            painter.fillPath(shape, band)
        pen = QPen(colour, 2.0)
        if worn.dash:
            pen.setDashPattern([length / 2 for length in worn.dash])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([QPointF(self._x(x), self._y(y)) for x, y in zip(curve.xs, curve.ys, strict=True)])

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        palette, one = colours(), look()
        if not math.isfinite(dot.y):
            return
        x, y = self._x(dot.x), self._y(dot.y)
        pen = QPen(palette.ink2, 1.0)
        pen.setDashPattern([2.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y), QPointF(x, self.height() - one.px(FOOT)))
        painter.setPen(QPen(palette.ink, 2.0))
        painter.setBrush(palette.base)
        painter.drawEllipse(QPointF(x, y), one.px(4), one.px(4))
        late = x > self.width() * 0.6
        shift = one.px(-8 if late else 8)
        plated(painter, x + shift, y - one.px(7), dot.text, "h2", palette.ink, "right" if late else "left")

    def _paint_reader(self, painter: QPainter) -> None:
        if self._reader is None or not self._figure.curves:
            return
        palette, one, curve = colours(), look(), self._figure.curves[0]
        x, y = self._x(curve.xs[self._reader]), self._y(curve.ys[self._reader])
        down(painter, x, one.px(TOP), self.height() - one.px(FOOT), palette.ink)
        painter.setPen(QPen(palette.ink, 1.5))
        painter.setBrush(palette.base)
        painter.drawEllipse(QPointF(x, y), one.px(3.5), one.px(3.5))
        row = self._figure.table.rows[self._reader] if self._reader < len(self._figure.table.rows) else ("", "")
        units = (
            self._figure.across.unit if self._figure.across else "",
            self._figure.up.unit if self._figure.up else "",
        )
        text = f"{row[0]} {units[0]}: {row[1]} {units[1]}"
        align = "right" if x > self.width() / 2 else "left"
        plated(painter, x, one.px(TOP - 8), text, "small medium", palette.ink, align)
