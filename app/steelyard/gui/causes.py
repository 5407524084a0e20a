"""The table of causes in an explanation: tier, name as a link, value, range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from steelyard.gui.drawing import across, elided, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol, symbols

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.lines import Cause

ROW = 24
TIER_WIDTH = 62


class Causes(Painted):
    """Rows of causes; arrows walk them, Enter or a press follows one."""

    followed = Signal(str)

    def __init__(self, causes: tuple[Cause, ...]) -> None:
        super().__init__("Because of", width=300, height=ROW * (len(causes) + 1) + 4)
        self._causes = causes
        self._current = 0
        self.setMouseTracking(True)
        self._describe()

    def paint(self, painter: QPainter) -> None:
        """A head, then a row for each cause with a hairline between."""
        palette, one = colours(), look()
        right, tier = float(self.width() - one.px(2)), one.px(TIER_WIDTH)
        write(painter, one.px(20), one.px(16), "Because of", "micro medium", palette.ink2)
        write(painter, right - tier - one.px(8), one.px(16), "Value", "micro medium", palette.ink2, align="right")
        write(painter, right, one.px(16), "Tier", "micro medium", palette.ink2, align="right")
        for index, cause in enumerate(self._causes):
            place = self._place(index)
            across(painter, 0, self.width(), place.top(), palette.line)
            baseline = place.center().y() + one.metrics("small").capHeight() / 2
            symbol = cause.tier if cause.tier in symbols() else "derived"
            tint = (
                palette.unknown if cause.tier == "unknown" else palette.steel if cause.tier == "you" else palette.ink2
            )
            paint_symbol(
                painter, symbol, QRectF(one.px(2), place.center().y() - one.px(6), one.px(12), one.px(12)), tint
            )
            write(painter, right, baseline, cause.tier, "micro", palette.ink3, align="right")
            value = write(
                painter, right - tier - one.px(8), baseline, cause.value, "small medium", palette.ink, align="right"
            )
            x = one.px(20 + 12 * cause.depth)
            name = elided(cause.label, "small medium", value - x - one.px(8))
            write(painter, x, baseline, name, "small medium", palette.steel if cause.name else palette.ink2)

    def paint_ring(self, painter: QPainter) -> None:
        """On the current row."""
        if self._causes:
            outline(painter, self._place(self._current), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the pointer."""
        index = self._at(event.position())
        if index >= 0:
            self._current = index
            self._follow()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be followed."""
        over = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
        self.setToolTip(
            self._causes[over].label + ("  " + self._causes[over].range if self._causes[over].range else "")
            if over >= 0
            else ""
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._causes):
            self._current += step
            self._describe()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._follow()
        else:
            super().keyPressEvent(event)

    def _place(self, index: int) -> QRectF:
        one = look()
        return QRectF(0, one.px(ROW) * (index + 1), self.width(), one.px(ROW))

    def _at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._causes)) if self._place(i).contains(point)), -1)

    def _follow(self) -> None:
        if self._causes and self._causes[self._current].name:
            self.followed.emit(self._causes[self._current].name)

    def _describe(self) -> None:
        if self._causes:
            cause = self._causes[self._current]
            self.setAccessibleDescription(f"{cause.label}, {cause.value}, {cause.tier}")
