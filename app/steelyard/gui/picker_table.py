"""The picker: every part that could fill a role, with what it would change and why it fits or does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import down, elided, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import paint_symbol
from steelyard.gui.tables import LINE, Column, Index, LineDelegate, Lines, LinesModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from steelyard.gui.lines import Candidate

ROW = 43
STATE, PART, KEY, EACH, PRICE, SUSTAINED, WALL = range(7)
BAR = 56
PINNED = "\nWith a value of yours: see its data sheet in the catalogue"
NARROW = {KEY: 560, WALL: 470}


class PickerDelegate(LineDelegate):
    """Two lines for the part, its numbers at the right; what does not fit is grey with its reason in colour."""

    scale = 1.0

    def paint_cell(self, painter: QPainter, place: QRectF, index: Index, *, selected: bool) -> None:
        """One cell of a candidate's row."""
        palette, one = colours(), look()
        line: Candidate = index.data(LINE)
        middle = place.center().y()
        ink = palette.ink if line.fits else palette.ink3
        if index.column() == STATE:
            symbol = line.state if line.fits else "block_open"
            ground = palette.steelsoft if selected else palette.base
            box = QRectF(place.right() - one.px(17), middle - one.px(6.5), one.px(13), one.px(13))
            paint_symbol(painter, symbol, box, palette.state(symbol), ground)
        elif index.column() == PART:
            self._paint_part(painter, place, line)
        elif index.column() == SUSTAINED:
            self._paint_change(painter, place, line)
        else:
            text = self._text(line, index.column())
            tint = palette.unknown if text == "?" else ink
            baseline = middle + one.metrics("body").capHeight() / 2
            write(painter, place.right() - one.px(10), baseline, text, "body", tint, align="right")

    @staticmethod
    def _text(line: Candidate, column: int) -> str:
        return {KEY: line.key_figure, EACH: line.price, PRICE: line.price_change, WALL: line.power_change}[column]

    @staticmethod
    def _paint_part(painter: QPainter, place: QRectF, line: Candidate) -> None:
        palette, one = colours(), look()
        left, width = place.left() + one.px(6), place.width() - one.px(10)
        tag = f"× {line.held}" if line.held else ""
        if line.pinned:
            box = QRectF(left - one.px(1), place.top() + one.px(6), one.px(13), one.px(13))
            paint_symbol(painter, "pin", box, palette.steel)
            left, width = left + one.px(16), width - one.px(16)
        room = width - (one.px(40) if tag else 0)
        ink = palette.ink if line.fits else palette.ink3
        end = write(painter, left, place.top() + one.px(18), elided(line.name, "medium", room), "medium", ink)
        if tag:
            frame = QRectF(
                end + one.px(7),
                place.top() + one.px(6),
                one.metrics("micro").horizontalAdvance(tag) + one.px(9),
                one.px(15),
            )
            outline(painter, frame, palette.ink2, 1.0, radius=one.px(3))
            write(painter, frame.center().x(), frame.bottom() - one.px(3.5), tag, "micro", palette.ink, align="centre")
        tint = (
            palette.block
            if not line.fits
            else palette.state(line.state)
            if line.state in {"warn", "unknown", "block"}
            else palette.ink2
        )
        left, width = place.left() + one.px(6), place.width() - one.px(10)
        write(painter, left, place.top() + one.px(34), elided(line.reason, "small", width), "small", tint)

    def _paint_change(self, painter: QPainter, place: QRectF, line: Candidate) -> None:
        palette, one = colours(), look()
        middle = place.center().y()
        baseline = middle + one.metrics("body").capHeight() / 2
        unknown = line.throughput_text == "?"
        tint = palette.unknown if unknown else palette.ink if line.fits else palette.ink3
        write(painter, place.right() - one.px(10), baseline, line.throughput_text, "body", tint, align="right")
        zero = place.right() - one.px(62) - one.px(BAR / 3)
        if line.throughput_change is not None:
            length = max(-1.0, min(1.0, line.throughput_change / self.scale)) * one.px(BAR / 2)
            fill = palette.steelfill if line.fits else palette.line1
            painter.fillRect(QRectF(min(zero, zero + length), middle - one.px(3), abs(length), one.px(6)), fill)
        down(painter, zero, middle - one.px(7), middle + one.px(7), palette.line2)


class PickerTable(Lines):
    """Enter or a double click takes the part; moving over a row previews it."""

    taken = Signal(str)
    previewed = Signal(str)

    def __init__(self) -> None:
        self._lines = LinesModel(
            (
                Column("", lambda line: line.state, right=False, width=30),
                Column(
                    "Fits, part and reason",
                    lambda line: f"{line.name}\n{line.reason}{PINNED if line.pinned else ''}",
                    right=False,
                ),
                Column("", lambda line: line.key_figure, width=52),
                Column("USD\neach", lambda line: line.price, width=54),
                Column("Δ price\nUSD", lambda line: line.price_change, width=63),
                Column("Δ sustained", lambda line: line.throughput_text, width=104),
                Column("Δ wall\nW", lambda line: line.power_change, width=60),
            )
        )
        super().__init__("Parts for this role", self._lines, ROW, PART)
        self._delegate = PickerDelegate(ROW)
        self.setItemDelegate(self._delegate)
        self.activated.connect(lambda index: self.taken.emit(self._lines.lines[index.row()].part_id))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.entered.connect(lambda index: self.previewed.emit(self._lines.lines[index.row()].part_id))

    def show_candidates(self, lines: tuple[Candidate, ...], key: str, unit: str, currency: str) -> None:
        """Show the candidates of a role; `key` titles its own figure, `unit` is that of the throughput."""
        titles = {KEY: key, EACH: f"{currency}\neach", PRICE: f"Δ price\n{currency}", SUSTAINED: f"Δ sustained\n{unit}"}
        self._lines.columns = tuple(
            column._replace(title=titles.get(index, column.title)) for index, column in enumerate(self._lines.columns)
        )
        changes = [abs(line.throughput_change) for line in lines if line.throughput_change is not None]
        self._delegate.scale = max([*changes, 1e-9])
        row = self.currentIndex().row()
        current = self._lines.lines[row].part_id if 0 <= row < len(self._lines.lines) else ""
        self._lines.show_lines(lines)
        place = next((index for index, line in enumerate(lines) if line.part_id == current), -1)
        if place != self.currentIndex().row():
            self.setCurrentIndex(self._lines.index(place, PART))
        self._lines.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._lines.columns) - 1)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """When it gets narrow the own figure leaves first, then the watts."""
        for column, least in NARROW.items():
            self.setColumnHidden(column, event.size().width() < look().px(least))
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row's part."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.taken.emit(self._lines.lines[index.row()].part_id)
        else:
            super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.previewed.emit(self._lines.lines[now.row()].part_id)
