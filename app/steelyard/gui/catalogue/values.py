"""The table of a data sheet: a value a row, under it where it is from; a pin where the user put another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Signal

from steelyard.gui.drawing import elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import paint_symbol, symbols
from steelyard.gui.tables import LINE, Column, Index, LineDelegate, Lines, LinesModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QColor, QPainter

    from steelyard.gui.catalogue.sheet import ValueLine

ROW, LINE_HEIGHT = 42, 16
MARK, VALUE = range(2)


class ValueDelegate(LineDelegate):
    """Tier, name and value on one line; below, small, source, place and date; then what an override says."""

    def paint_cell(self, painter: QPainter, place: QRectF, index: Index, *, selected: bool) -> None:
        """One cell of a value's row."""
        palette, one = colours(), look()
        line: ValueLine = index.data(LINE)
        if index.column() == MARK:
            box = QRectF(place.right() - one.px(17), place.top() + one.px(8), one.px(13), one.px(13))
            name = "pin" if line.pinned else line.tier if line.tier in symbols() else "derived"
            ground = palette.steelsoft if selected else palette.base
            paint_symbol(painter, name, box, _tint(line), ground)
            return
        left, right = place.left() + one.px(6), place.right() - one.px(14)
        top = place.top() + one.px(18)
        if line.known:
            end = right
            if line.unit:
                end = write(painter, right, top, f" {line.unit}", "body", palette.ink2, align="right")
            room = (right - left) * 0.62
            value = elided(line.value, "medium", room)
            end = write(painter, end, top, value, "medium", palette.ink, align="right")
        else:
            end = write(painter, right, top, "?", "medium", palette.unknown, align="right")
        write(painter, left, top, elided(line.label, "body", end - left - one.px(8)), "body", palette.ink2)
        tier = write(painter, right, top + one.px(17), line.tier, "micro", palette.ink3, align="right")
        room = tier - left - one.px(10)
        write(painter, left, top + one.px(17), elided(line.source, "small", room), "small", palette.ink3)
        for place_of, text in enumerate(wrapped(line.pinned, right - left)):
            baseline = top + one.px(17 + LINE_HEIGHT * (place_of + 1))
            write(painter, left, baseline, text, "small", palette.steel)


class Values(Lines):
    """The values of a part. Enter on one asks to override it."""

    chosen = Signal(str)
    wanted = Signal(str)

    def __init__(self) -> None:
        self._lines = LinesModel(
            (
                Column("", lambda line: line.tier, right=False, width=34),
                Column("Value and where it is from", lambda line: line.spoken(), right=False),
            )
        )
        super().__init__("Values of the part", self._lines, ROW, VALUE)
        self._delegate = ValueDelegate(ROW)
        self.setItemDelegate(self._delegate)
        self.horizontalHeader().hide()
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.activated.connect(lambda index: self.wanted.emit(self._lines.lines[index.row()].field))

    def sizeHint(self) -> QSize:
        """Takes what is left of the height and asks for no more than its least."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    @property
    def line(self) -> ValueLine | None:
        """The value whose row is current."""
        row = self.currentIndex().row()
        return self._lines.lines[row] if 0 <= row < len(self._lines.lines) else None

    def show_values(self, lines: tuple[ValueLine, ...]) -> None:
        """Show the values of a part, the same field current as before where it has one."""
        field = self.line.field if self.line is not None else ""
        self._lines.show_lines(lines)
        at = next((row for row, line in enumerate(lines) if line.field == field), -1)
        if at >= 0:
            self.choose(lines[at].field)
        else:
            self.begin()
        self.fit()

    def choose(self, field: str) -> None:
        """Make a field's row current."""
        for row, line in enumerate(self._lines.lines):
            if line.field == field:
                self.setCurrentIndex(self._lines.index(row, VALUE))

    def fit(self) -> None:
        """Rows with an override are higher by its lines."""
        super().fit()
        one = look()
        room = self.viewport().width() - one.px(34 + 20)
        for row, line in enumerate(self._lines.lines):
            more = len(wrapped(line.pinned, room)) * LINE_HEIGHT
            if self.rowHeight(row) != one.px(ROW + more):
                self.setRowHeight(row, one.px(ROW + more))

    def resizeEvent(self, event: object) -> None:
        """The lines of overrides break anew, and the current row stays in sight."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self._lines.lines[now.row()].field if now.isValid() else "")


def wrapped(text: str, room: float) -> list[str]:
    """The text in lines that are at most so wide."""
    metrics = look().metrics("small")
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [elided(line, "small", room) for line in lines]


def _tint(line: ValueLine) -> QColor:
    palette = colours()
    return palette.unknown if not line.known else palette.steel if line.pinned else palette.ink2
