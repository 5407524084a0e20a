"""Where the watts go: steps of the parts, sums in full height, and the circuit's limit over the sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from steelyard.figures.plot import Figure, Role
from steelyard.figures.scales import along
from steelyard.gui.drawing import across, down, elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_bar, paint_missing, plated

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.figures.plot import Gap, Limit, Scale

LEFT, RIGHT, TOP, FOOT = 42, 66, 26, 40
SHARE = 0.86


class Waterfall(Painted):
    """A press on a step asks for its quantity; arrows walk the steps."""

    asked = Signal(str)

    def __init__(self, quantities: dict[str, str]) -> None:
        super().__init__("Where the watts go", width=420, height=250)
        self._quantities = quantities
        self._figure = Figure("", "")
        self._current = 0

    def show_figure(self, figure: Figure) -> None:
        """Show other watts."""
        self._figure = figure
        rows = "; ".join(" ".join(row) for row in figure.table.rows)
        self.setAccessibleDescription(
            f"{figure.sentence or figure.missing} {rows}. Arrows walk the steps, Enter gives the reason."
        )
        self.setToolTip(figure.sentence)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Grid, bars and connectors, limit, numbers, names, room to spare."""
        figure, palette = self._figure, colours()
        scale = figure.up
        if scale is None:
            paint_missing(painter, QRectF(self.rect()), figure.missing)
            return
        self._paint_grid(painter, scale)
        for index, bar in enumerate(figure.bars):
            place = self._bar(index, scale)
            paint_bar(painter, place, bar.role)
            if index + 1 < len(figure.bars):
                y = self._y(scale, bar.end)
                across(painter, place.right(), self._bar(index + 1, scale).left(), y, palette.line2)
        for limit in figure.limits:
            self._paint_limit(painter, scale, limit)
        for index, bar in enumerate(figure.bars):
            place = self._bar(index, scale)
            step = "h2" if bar.role is Role.SUM else "body"
            plated(painter, place.center().x(), place.top() - look().px(6), bar.text, step, palette.ink, "centre")
        for index in range(len(figure.places)):
            self._paint_name(painter, index)
        for gap in figure.gaps:
            self._paint_gap(painter, scale, gap)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the step under the press."""
        if self._figure.places:
            index = int((event.position().x() - look().px(LEFT)) / self._pitch())
            if 0 <= index < len(self._figure.places):
                self._current = index
                self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Enter."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._figure.places):
            self._current += step
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    def paint_ring(self, painter: QPainter) -> None:
        """The widget's ring, and a mark under the current step."""
        super().paint_ring(painter)
        if self._figure.places:
            one = look()
            left = one.px(LEFT) + self._pitch() * self._current
            painter.fillRect(QRectF(left + 4, self.height() - one.px(5), self._pitch() - 8, 2), colours().steel)

    def _ask(self) -> None:
        if self._current < len(self._figure.places):
            self.spot = QRectF(
                look().px(LEFT) + self._pitch() * self._current, look().px(TOP), self._pitch(), self.height() / 2
            )
            self.asked.emit(self._quantities.get(self._figure.places[self._current].label, "circuit_power"))

    def _pitch(self) -> float:
        one = look()
        return (self.width() - one.px(LEFT + RIGHT)) / max(1, len(self._figure.places))

    def _y(self, scale: Scale, value: float) -> float:
        one = look()
        floor = self.height() - one.px(FOOT)
        return floor - along(scale, value) * (floor - one.px(TOP))

    def _bar(self, index: int, scale: Scale) -> QRectF:
        bar = self._figure.bars[index]
        top, foot = sorted((self._y(scale, bar.start), self._y(scale, bar.end)))
        pitch = self._pitch()
        left = look().px(LEFT) + pitch * (bar.place + (1 - SHARE) / 2)
        return QRectF(round(left), top, round(pitch * SHARE), max(1.0, foot - top))

    def _paint_grid(self, painter: QPainter, scale: Scale) -> None:
        palette, one = colours(), look()
        right = self.width() - one.px(RIGHT)
        write(painter, one.px(LEFT - 8), one.px(TOP - 11), scale.unit, "small", palette.ink3, align="right")
        for tick in scale.ticks:
            y = self._y(scale, tick.value)
            floor = tick.value == 0
            across(painter, one.px(LEFT), right, y, palette.ink2 if floor else palette.line, 1.5 if floor else 1)
            write(painter, one.px(LEFT - 8), y + one.px(4), tick.text, "small", palette.ink3, align="right")

    def _paint_limit(self, painter: QPainter, scale: Scale, limit: Limit) -> None:
        palette, one = colours(), look()
        y, pitch = self._y(scale, limit.value), self._pitch()
        left = one.px(LEFT) + pitch * (limit.first - 0.1)
        right = one.px(LEFT) + pitch * (limit.last + 1) + one.px(12)
        across(painter, left, right, y, palette.brass, 2)
        plated(painter, right, y - one.px(6), limit.text, "h2", palette.brass, "right")
        used = one.metrics("h2").horizontalAdvance(limit.text)
        plated(painter, right - used - one.px(8), y - one.px(6), limit.working, "small", palette.brass, "right")

    def _paint_gap(self, painter: QPainter, scale: Scale, gap: Gap) -> None:
        palette, one = colours(), look()
        colour = palette.block if gap.short else palette.ink
        x = self._bar(gap.place, scale).right() + one.px(8)
        top, foot = sorted((self._y(scale, gap.start), self._y(scale, gap.end)))
        down(painter, x, top, foot, colour, 1.5)
        for y in (top, foot):
            across(painter, x - one.px(3), x + one.px(4), y, colour, 1.5)
        middle = max((top + foot) / 2, float(one.px(TOP)))
        write(painter, x + one.px(9), middle + one.px(3), gap.text, "h2", colour)
        write(
            painter, x + one.px(9), middle + one.px(18), gap.note, "small", palette.block if gap.short else palette.ink2
        )

    def _paint_name(self, painter: QPainter, index: int) -> None:
        palette, one = colours(), look()
        place = self._figure.places[index]
        step = "condensed medium" if place.strong else "condensed"
        room = self._pitch() - 3
        first, second = place.label, ""
        metrics = one.metrics(step)
        if metrics.horizontalAdvance(first) > room and " " in first:
            cuts = [i for i, letter in enumerate(place.label) if letter == " "]
            cut = min(
                cuts,
                key=lambda at: max(
                    metrics.horizontalAdvance(place.label[:at]), metrics.horizontalAdvance(place.label[at + 1 :])
                ),
            )
            first, second = place.label[:cut], place.label[cut + 1 :]
        centre = QPointF(one.px(LEFT) + self._pitch() * (index + 0.5), self.height() - one.px(FOOT - 15))
        for line, text in enumerate((first, second)):
            ink = palette.ink if place.strong else palette.ink2
            write(
                painter, centre.x(), centre.y() + line * one.px(14), elided(text, step, room), step, ink, align="centre"
            )
