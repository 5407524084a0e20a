"""One form for every limit: a track, a fill, a whisker for the range, a brass notch at the limit, words below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import dotted, down, elided, fulcrum, hatch, outline, paint_reading, whisker, write
from steelyard.gui.escaped import tip
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.states import STATE_WORDS
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.lines import Limit

HEIGHT = 56
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
    """A limit with its name, reading, track and words. A press asks for the reading, one on the limit edits it."""

    asked = Signal(str)
    edit_wanted = Signal(str)

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.label, width=220, height=HEIGHT)
        self._limit = limit
        self._limit_place = QRectF()
        self.setMouseTracking(True)
        self.show_limit(limit)

    @property
    def limit(self) -> Limit:
        """What it shows now."""
        return self._limit

    def show_limit(self, limit: Limit) -> None:
        """Show another reading or limit."""
        self._limit = limit
        self.setAccessibleName(limit.label)
        own = f" Your limit: {limit.noted}." if limit.noted else ""
        keys = " Enter gives the reason, E edits the limit." if limit.edits else " Enter gives the reason."
        self.setAccessibleDescription(
            f"{limit.reading.spoken()}; limit {limit.limit_text}; {STATE_WORDS[limit.state]}, {limit.words}.{own}{keys}"
        )
        self.setToolTip(tip(f"Your limit: {limit.noted}") if limit.noted else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Name and reading, track, state and limit."""
        palette, one, limit = colours(), look(), self._limit
        right = float(self.width() - one.px(2))
        start = paint_reading(
            painter, right, one.px(17), limit.reading, "dock figure", align="right", underline="dotted"
        )
        room = start - one.px(10)
        write(painter, one.px(2), one.px(16), elided(limit.label, "body", room), "body", palette.ink2)
        paint_track(painter, QRectF(one.px(2), one.px(19), self.width() - one.px(4), one.px(22)), limit)
        left = self._paint_limit(painter, right)
        colour = palette.state(limit.state)
        paint_symbol(painter, limit.state, QRectF(one.px(2), one.px(41), one.px(12), one.px(12)), colour)
        end = write(painter, one.px(19), one.px(52), STATE_WORDS[limit.state], "small medium", colour) + one.px(7)
        write(painter, end, one.px(52), elided(limit.words, "small", left - end - one.px(8)), "small", palette.ink2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the limit edits it, any other asks."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._limit.edits and self._limit_place.contains(event.position()):
            self._edit()
        elif self._limit.reading.name:
            self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a press would do."""
        over = self._limit.edits and self._limit_place.contains(event.position())
        said = f"Your limit: {self._limit.noted}. " if self._limit.noted else ""
        self.setToolTip(tip(f"{said}Change this limit (E)") if over else tip(said))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and F1 ask; E and F2 edit the limit."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        elif event.key() in {Qt.Key.Key_E, Qt.Key.Key_F2} and self._limit.edits:
            self._edit()
        else:
            super().keyPressEvent(event)

    def _paint_limit(self, painter: QPainter, right: float) -> float:
        """The limit in brass with a fine underline where it can be changed; before it the mark of one's own number."""
        palette, one, limit = colours(), look(), self._limit
        start = write(painter, right, one.px(52), limit.limit_text, "small medium", palette.brass, align="right")
        if limit.edits:
            dotted(painter, start, right, one.px(55), palette.line2)
        self._limit_place = QRectF(start - one.px(6), one.px(36), right - start + one.px(8), one.px(20))
        if limit.noted:
            start -= one.px(15)
            paint_symbol(painter, "you", QRectF(start, one.px(42), one.px(11), one.px(11)), palette.brass)
        return start

    def _ask(self) -> None:
        self.spot = None
        self.asked.emit(self._limit.reading.name)

    def _edit(self) -> None:
        self.spot = self._limit_place
        self.edit_wanted.emit(self._limit.label)
