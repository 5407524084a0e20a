"""What all workloads need at the least, beside what the build has: brass of steel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import down, elided, fulcrum, paint_reading, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.gui.present.brief import Need

SCALE = 1.25
LEAST_COLUMN, ROW = 96, 76
"""Below this width of a column the needs stand in two rows."""


class NeedsStrip(Painted):
    """A column a resource; arrows walk them, a press asks for the need's explanation."""

    asked = Signal(str)

    def __init__(self, *, tracks: bool) -> None:
        super().__init__("Needs of all workloads", width=320, height=ROW)
        self._needs: tuple[Need, ...] = ()
        self._tracks, self._current, self._columns = tracks, 0, 1

    def show_needs(self, needs: tuple[Need, ...]) -> None:
        """Show other needs."""
        self._needs = needs
        self._arrange()
        spoken = "; ".join(f"{need.label} {need.asked.spoken()} of {need.has.spoken()}" for need in needs)
        self.setAccessibleDescription(f"{spoken}. Arrows walk them, Enter gives the reason.")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Label with its state, track or driver, numbers."""
        palette, one = colours(), look()
        for index, need in enumerate(self._needs):
            painter.save()
            painter.translate(0, one.px(ROW) * (index // self._columns))
            x, width = self._left(index), self._width() - one.px(16)
            if index % self._columns:
                down(painter, x - one.px(12), one.px(4), one.px(ROW - 6), palette.line)
            mark = QRectF(x, one.px(5), one.px(12), one.px(12))
            if self._tracks:
                paint_symbol(painter, need.state, mark, palette.state(need.state), palette.panel)
            write(painter, x + one.px(18 if self._tracks else 0), one.px(15), need.label, "small", palette.ink2)
            if self._tracks:
                if need.share is not None or not need.has.known or need.has.value == "0":
                    self._paint_track(painter, QRectF(x, one.px(28), width, one.px(6)), need)
                own = need.beside if need.beside.unit != need.has.unit else need.beside._replace(unit="")
                if not need.has.known:
                    own = need.beside
                end = paint_reading(painter, x, one.px(58), own, "h2", unit_step="small")
                between = ", " if need.has.value in {"present", "absent"} and need.has.known else " of "
                unit = f" {need.has.unit}" if need.has.known and need.has.unit else ""
                there = one.metrics("h2").horizontalAdvance(between + need.has.value)
                if end + there + one.metrics("small").horizontalAdvance(unit) <= x + width:
                    end = write(painter, end, one.px(58), between, "small", palette.ink2)
                    paint_reading(painter, end, one.px(58), need.has, "h2", unit_step="small")
                else:  # no number runs into the next column: what there is stands below
                    end = write(painter, x, one.px(73), between.strip() + " ", "small", palette.ink2)
                    paint_reading(painter, end, one.px(73), need.has, "small medium", unit_step="small")
            else:
                paint_reading(painter, x, one.px(42), need.asked, "dock figure", unit_step="small", underline="dotted")
                write(painter, x, one.px(62), elided(need.driver, "micro", width), "micro", palette.ink3)
            if self.hasFocus() and index == self._current:
                down(painter, x - one.px(6), one.px(4), one.px(ROW - 6), palette.steel, 2)
            painter.restore()

    def _paint_track(self, painter: QPainter, place: QRectF, need: Need) -> None:
        palette, one = colours(), look()
        painter.fillRect(place, palette.line)
        if need.share is None:
            return
        widest = max(1.0, need.share) * SCALE
        painter.fillRect(QRectF(place.left(), place.top(), place.width() / widest, place.height()), palette.steelfill)
        notch = place.left() + place.width() * need.share / widest
        down(painter, notch, place.top() - one.px(4), place.bottom() + one.px(5), palette.brass, 2)
        fulcrum(painter, notch, place.bottom() + one.px(2), palette.brassfill, scale=0.6 * one.zoom)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask for the column under the press."""
        line = int(event.position().y() / look().px(ROW))
        index = line * self._columns + int(event.position().x() / self._width())
        if 0 <= index < len(self._needs):
            self._current = index
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Enter."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._needs):
            self._current += step
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._current < len(self._needs):
            top, width = look().px(ROW) * (self._current // self._columns), self._width() - look().px(16)
            self.spot = QRectF(self._left(self._current), top, width, look().px(ROW))
            self.asked.emit(self._needs[self._current].asked.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two rows where columns would be too narrow for their numbers."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        count = max(1, len(self._needs))
        rows = 2 if self.width() / count < look().px(LEAST_COLUMN) and count > 1 else 1
        self._columns = -(-count // rows)
        self.set_least(320, ROW * rows)

    def _width(self) -> float:
        return self.width() / self._columns

    def _left(self, index: int) -> float:
        column = index % self._columns
        return column * self._width() + look().px(8 if column else 4)
