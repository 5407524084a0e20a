"""The list of workloads that can be added, under their families: a press, Enter or a drag adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication

from steelyard.gui.drawing import elided, outline, write
from steelyard.gui.escaped import tip
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.present.browser import family_words
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.gui.present.browser import Offered, Shelf

MIME = "application/x-steelyard-workload"
ROW, LINE, HEAD = 26, 16, 30
LEFT, RIGHT = 5, 26
ADDED = "added"
NOTHING = "Nothing is found. Try another word, such as CT, notes or variants."


class Row(NamedTuple):
    """A line of the list: a family's head, or a workload with its name on one line or two."""

    top: float
    height: float
    family: str
    offered: Offered | None
    lines: tuple[str, ...]


class WorkloadList(Painted):
    """Arrows walk the workloads, Enter adds one; `walked` says which part of the list is to be seen."""

    wanted = Signal(str)
    walked = Signal(QRect)
    left_at_top = Signal()

    def __init__(self) -> None:
        super().__init__("Workloads to add", width=180, height=ROW)
        self._shelves: tuple[Shelf, ...] = ()
        self._rows: list[Row] = []
        self._current = 0
        self._over = -1
        self._pressed: QPointF | None = None
        self.setMouseTracking(True)

    @property
    def offered(self) -> tuple[Offered, ...]:
        """What is listed now, from top to bottom."""
        return tuple(row.offered for row in self._rows if row.offered is not None)

    @property
    def current(self) -> Offered | None:
        """The workload that Enter would add."""
        row = self._rows[self._current] if self._current < len(self._rows) else None
        return row.offered if row is not None else None

    def show_shelves(self, shelves: tuple[Shelf, ...]) -> None:
        """List other workloads; the current one stays where it is still listed."""
        before = self.current
        self._shelves = shelves
        self._arrange()
        places = [place for place, row in enumerate(self._rows) if row.offered is not None]
        kept = [place for place in places if before is not None and self._rows[place].offered.id == before.id]  # type: ignore[union-attr]
        self._current = (kept or places or [0])[0]
        self._describe()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Heads in ink2, names in ink, semibold where added."""
        palette, one = colours(), look()
        if not self._rows:
            for line, text in enumerate(_wrapped(NOTHING, self.width() - one.px(10), most=4)):
                write(painter, one.px(LEFT), one.px(18 + LINE * line), text, "small", palette.ink2)
        for index, row in enumerate(self._rows):
            if row.offered is None:
                write(painter, one.px(LEFT), row.top + one.px(21), family_words(row.family), "small", palette.ink2)
                continue
            if index == self._over:
                painter.fillRect(self._place(row), palette.line)
            step = "h2" if row.offered.added else "body"
            baseline = row.top + one.px(ROW) / 2 + one.metrics("body").capHeight() / 2
            for line, text in enumerate(row.lines):
                write(painter, one.px(LEFT), baseline + one.px(LINE) * line, text, step, palette.ink)
            end, middle = self.width() - one.px(4), row.top + row.height / 2
            if row.offered.added:
                write(painter, end, baseline, ADDED, "small", palette.ink2, align="right")
            else:
                mark = QRectF(end - one.px(14), middle - one.px(6.5), one.px(13), one.px(13))
                paint_symbol(painter, "plus", mark, palette.steel)

    def paint_ring(self, painter: QPainter) -> None:
        """On the current workload."""
        place = self._place(self._rows[self._current]) if self._rows else QRectF(self.rect())
        outline(painter, place, colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press marks; let go on the same line, it adds."""
        place = self._at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current, self._pressed = place, event.position()
            self._describe()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A pressed line that is moved is dragged; else the line under the pointer is shown."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            far = (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and self.current is not None:
                self._pressed = None
                self._drag(self.current)
            return
        self._over = self._at(event.position())
        over = self._rows[self._over].offered if self._over >= 0 else None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        self.setToolTip(tip(f"{over.name}. {over.description}") if over else "")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Add what was pressed."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None and self._at(event.position()) == self._current and self.current is not None:
            self.wanted.emit(self.current.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End, Enter; Up from the first line leaves to the search."""
        places = [place for place, row in enumerate(self._rows) if row.offered is not None]
        at = places.index(self._current) if self._current in places else 0
        steps = {Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(places) - 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and 0 <= step < len(places):
            self._current = places[step]
            self._describe()
            self.walked.emit(self._place(self._rows[self._current]).toRect())
            self.update()
        elif step == -1:
            self.left_at_top.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.current is not None:
            self.wanted.emit(self.current.id)
        elif step is None:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names break for the width there is."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        one, top = look(), 0.0
        room = max(self.width(), one.px(120)) - one.px(LEFT + RIGHT)
        rows: list[Row] = []
        for shelf in self._shelves:
            rows.append(Row(top, one.px(HEAD), shelf.family, None, ()))
            top += one.px(HEAD)
            for each in shelf.offered:
                added = round(one.metrics("small").horizontalAdvance(ADDED)) + one.px(6) - one.px(RIGHT)
                lines = tuple(_wrapped(each.name, room - (added if each.added else 0)))
                height = one.px(ROW + LINE * (len(lines) - 1))
                rows.append(Row(top, height, shelf.family, each, lines))
                top += height
        self._rows = rows
        self.set_least(180, round((top or one.px(80)) / one.zoom) + 1)

    def _place(self, row: Row) -> QRectF:
        return QRectF(0, row.top, self.width(), row.height)

    def _at(self, point: QPointF) -> int:
        found = (i for i, row in enumerate(self._rows) if row.offered is not None and self._place(row).contains(point))
        return next(found, -1)

    def _drag(self, offered: Offered) -> None:
        data = QMimeData()
        data.setData(MIME, offered.id.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)

    def _describe(self) -> None:
        now = self.current
        if now is None:
            self.setAccessibleDescription(NOTHING)
            return
        added = ", added" if now.added else ""
        count = f"{len(self.offered)} workloads"
        self.setAccessibleDescription(f"{now.name}{added}. {now.description} {count}; Enter adds one.")


def _wrapped(text: str, room: float, most: int = 2) -> list[str]:
    """The text on as many lines as it needs, at most `most`; what is left over is elided."""
    metrics = look().metrics("h2")
    lines: list[str] = []
    left = text.split()
    while left:
        line = left.pop(0)
        while left and len(lines) + 1 < most and metrics.horizontalAdvance(f"{line} {left[0]}") <= room:
            line = f"{line} {left.pop(0)}"
        if len(lines) + 1 == most and left:
            line, left = elided(" ".join([line, *left]), "h2", room), []
        lines.append(line)
    return lines
