"""Where a workload is dropped, and what says that one can also be typed for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.workload_list import MIME

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter

HEIGHT = 40
BEFORE, KEY, AFTER = "Drop a workload here, or type ", "/", " to find one"


class DropPlace(Painted):
    """A dashed frame; a press or Enter goes to the search, a drop adds."""

    search_wanted = Signal()
    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__("Add a workload", width=260, height=HEIGHT)
        self.setAccessibleDescription("Drop a workload here, or press Enter to find one.")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAcceptDrops(True)
        self._over = False

    def paint(self, painter: QPainter) -> None:
        """The frame, the words, the key in its own."""
        palette, one = colours(), look()
        place = QRectF(self.rect())
        if self._over:
            painter.fillRect(place, palette.steelsoft)
        colour = palette.steel if self._over else palette.line2
        outline(painter, place, colour, 1.0, radius=one.px(6), dashed=True)
        step, baseline = "body", (self.height() + one.metrics("body").capHeight()) / 2
        widths = [one.metrics(step).horizontalAdvance(text) for text in (BEFORE, AFTER)]
        box = one.px(18)
        x = max(float(one.px(8)), (self.width() - sum(widths) - box) / 2)
        x = write(painter, x, baseline, BEFORE, step, palette.ink2)
        frame = QRectF(x, (self.height() - one.px(20)) / 2, box, one.px(20))
        outline(painter, frame, palette.line1, 1.0, radius=one.px(3))
        write(painter, frame.center().x(), baseline, KEY, "mono small", palette.ink2, align="centre")
        write(painter, frame.right(), baseline, AFTER, step, palette.ink2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press goes to the search."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.search_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.search_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only workloads of the browser are taken."""
        if event.mimeData().hasFormat(MIME):
            self._show_over(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Nothing is over it any more."""
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self._show_over(over=False)
        self.dropped.emit(bytes(event.mimeData().data(MIME).data()).decode())
        event.acceptProposedAction()

    def _show_over(self, *, over: bool) -> None:
        self._over = over
        self.update()
