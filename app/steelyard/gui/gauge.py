"""One form for every limit: a track, a fill, a whisker for the range, a brass notch at the limit, words below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import down, fulcrum, hatch, outline, paint_reading, whisker, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.states import STATE_WORDS
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.lines import Limit

BEYOND = 1.2
"""How far the track goes past the larger of value and limit."""


def paint_track(painter: QPainter, place: QRectF, limit: Limit) -> None:
    """The bar alone, 22 high: where the value, its range and the limit are on a scale from 0."""
    palette, one = colours(), look()
    middle = place.center().y()
    track = QRectF(place.left(), middle - one.px(3), place.width(), one.px(6))
    if limit.value is None:
        outline(painter, track.adjusted(0, -2, 0, 2), palette.unknown, 1.0, dashed=True)
        return
    scale = max(value for value in (limit.value, limit.limit or 0.0, limit.high or 0.0, 1e-9)) * BEYOND
    if limit.limit is not None and scale > limit.limit * BEYOND:
        scale = max(limit.value, limit.high or 0.0) * 1.05

    def at(value: float) -> float:
        return track.left() + max(0.0, min(1.0, value / scale)) * track.width()

    painter.fillRect(track, palette.line)
    end = limit.value if limit.limit is None else min(limit.value, limit.limit)
    fill = palette.steelfill if limit.strong else palette.steelmid
    painter.fillRect(QRectF(track.left(), track.top(), at(end) - track.left(), track.height()), fill)
    if limit.limit is not None and limit.value > limit.limit:
        excess = QRectF(at(limit.limit), track.top(), at(limit.value) - at(limit.limit), track.height())
        hatch(painter, excess, palette.block, gap=4, width=1.6)
        outline(painter, excess, palette.block)
    if limit.low is not None and limit.high is not None and limit.high > limit.low:
        whisker(painter, at(limit.low), at(limit.high), middle, palette.ink, one.px(7))
    if limit.limit is not None:
        x = at(limit.limit)
        down(painter, x, middle - one.px(8), middle + one.px(8), palette.brass, 2)
        fulcrum(painter, x, middle + one.px(5), palette.brassfill, scale=0.7 * one.zoom)


class Gauge(Painted):
    """A limit with its name, reading, track and words. A press asks for the reading's explanation."""

    asked = Signal(str)

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.label, width=220, height=66)
        self._limit = limit
        self.show_limit(limit)

    def show_limit(self, limit: Limit) -> None:
        """Show another reading or limit."""
        self._limit = limit
        self.setAccessibleName(limit.label)
        self.setAccessibleDescription(
            f"{limit.reading.spoken()}; limit {limit.limit_text}; {STATE_WORDS[limit.state]}, {limit.words}"
        )
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Name and reading, track, state and limit."""
        palette, one, limit = colours(), look(), self._limit
        right = float(self.width() - one.px(2))
        write(painter, one.px(2), one.px(18), limit.label, "body", palette.ink2)
        paint_reading(painter, right, one.px(19), limit.reading, "dock figure", align="right", underline="dotted")
        paint_track(painter, QRectF(one.px(2), one.px(23), self.width() - one.px(4), one.px(22)), limit)
        colour = palette.state(limit.state)
        paint_symbol(painter, limit.state, QRectF(one.px(2), one.px(47), one.px(12), one.px(12)), colour)
        end = write(painter, one.px(19), one.px(58), STATE_WORDS[limit.state], "small medium", colour)
        write(painter, end + one.px(7), one.px(58), limit.words, "small", palette.ink2)
        write(painter, right, one.px(58), limit.limit_text, "small medium", palette.brass, align="right")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press asks."""
        if event.button() == Qt.MouseButton.LeftButton and self._limit.reading.name:
            self.asked.emit(self._limit.reading.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and F1 ask."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self.asked.emit(self._limit.reading.name)
        else:
            super().keyPressEvent(event)
