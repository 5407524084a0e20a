"""The role table: what fills each place of the build, how many, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal

from steelyard.gui.controls import Choice
from steelyard.gui.drawing import elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import paint_symbol
from steelyard.gui.tables import LINE, Column, Index, LineDelegate, Lines, LinesModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QKeyEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from steelyard.gui.lines import RoleLine

ROW = 31
STATE, ROLE, PART, COUNT, PRICE = range(5)


class RoleDelegate(LineDelegate):
    """Symbol, role in ink2, part in ink, count and price at the right."""

    def paint_cell(self, painter: QPainter, place: QRectF, index: Index, *, selected: bool) -> None:
        """One cell of a role's row."""
        palette, one = colours(), look()
        line: RoleLine = index.data(LINE)
        middle = place.center().y()
        baseline = middle + one.metrics("body").capHeight() / 2
        empty = not line.part
        hand = "medium" if selected else "body"
        if index.column() == STATE:
            ground = palette.steelsoft if selected else palette.base
            box = QRectF(place.right() - one.px(17), middle - one.px(6.5), one.px(13), one.px(13))
            if not (empty and line.state == "ok"):
                paint_symbol(painter, line.state, box, palette.state(line.state), ground)
        elif index.column() == ROLE:
            write(
                painter,
                place.left() + one.px(6),
                baseline,
                elided(line.label, "body", place.width() - 8),
                "body",
                palette.ink2,
            )
        elif index.column() == PART:
            text = line.words if empty else line.part
            tint = palette.ink3 if empty else palette.ink
            left, room = place.left() + one.px(4), place.width() - one.px(8)
            if line.pinned:
                paint_symbol(
                    painter, "pin", QRectF(left - 1, middle - one.px(6.5), one.px(13), one.px(13)), palette.steel
                )
                left, room = left + one.px(16), room - one.px(16)
            write(painter, left, baseline, elided(text, hand, room), hand, tint)
        elif index.column() == COUNT:
            write(
                painter,
                place.right() - one.px(10),
                baseline,
                "–" if empty else str(line.held),
                "body",
                palette.ink,
                align="right",
            )
        else:
            unknown = line.price == "?"
            tint = palette.unknown if unknown else palette.ink
            write(painter, place.right() - one.px(10), baseline, line.price, hand, tint, align="right")


class RoleTable(Lines):
    """Arrows walk the roles, + and - change the count, Delete empties, Enter goes to the picker."""

    role_chosen = Signal(str)
    count_changed = Signal(str, int)
    emptied = Signal(str)
    picker_wanted = Signal()

    def __init__(self) -> None:
        self._lines = LinesModel(
            (
                Column("", lambda line: line.state, right=False, width=30),
                Column("Role", lambda line: line.label, right=False, width=80),
                Column("Part", lambda line: line.part or line.words, right=False),
                Column("Count", lambda line: str(line.held) if line.part else "–", width=50),
                Column("Price", lambda line: line.price, width=62),
            )
        )
        super().__init__("Roles of the build", self._lines, ROW, PART)
        self._delegate = RoleDelegate(ROW)
        self.setItemDelegate(self._delegate)
        self._counter: QWidget | None = None
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)  # while it tells of one section the header has not moved the next ones yet
        self._fit.timeout.connect(self._fit_counter)
        self.horizontalHeader().sectionResized.connect(lambda *_: self._fit.start(0))
        self.activated.connect(lambda _index: self.picker_wanted.emit())

    @property
    def role(self) -> str:
        """The role that is chosen."""
        row = self.currentIndex().row()
        return self._lines.lines[row].role if 0 <= row < len(self._lines.lines) else ""

    def show_roles(self, lines: tuple[RoleLine, ...], currency: str) -> None:
        """Show the build's roles, priced in this currency; the chosen one stays chosen."""
        role = self.role
        self._lines.columns = (*self._lines.columns[:-1], self._lines.columns[-1]._replace(title=currency))
        self._lines.show_lines(lines)
        if role and self.role != role:
            self.choose(role)
        self._place_counter()

    def choose(self, role: str) -> None:
        """Choose a role."""
        for row, line in enumerate(self._lines.lines):
            if line.role == role:
                self.setCurrentIndex(self._lines.index(row, PART))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus change the count, Delete empties the role."""
        row = self.currentIndex().row()
        line: RoleLine | None = self._lines.lines[row] if row >= 0 else None
        step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()))
        if line is not None and step is not None and line.held + step in line.counts:
            self.count_changed.emit(line.role, line.held + step)
        elif line is not None and line.part and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.emptied.emit(line.role)
        else:
            super().keyPressEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.role_chosen.emit(self._lines.lines[now.row()].role)
            self._place_counter()

    def _place_counter(self) -> None:
        if self._counter is not None:
            self._counter.hide()
            self._counter.deleteLater()
            self._counter = None
        row = self.currentIndex().row()
        if not 0 <= row < len(self._lines.lines):
            return
        line: RoleLine = self._lines.lines[row]
        if line.part and len(line.counts) > 1:
            choice = Choice(f"Count of {line.label}", width=44)
            choice.addItems([str(count) for count in line.counts])
            choice.setCurrentIndex(line.counts.index(line.held) if line.held in line.counts else 0)
            choice.activated.connect(lambda at: self.count_changed.emit(line.role, line.counts[at]))
            choice.setParent(self.viewport())
            self._counter = choice
            self._fit_counter()
            choice.show()

    def _fit_counter(self) -> None:
        """Keep the counter over its cell, whatever the width of the table became."""
        if self._counter is not None:
            place, one = self.visualRect(self._lines.index(self.currentIndex().row(), COUNT)), look()
            self._counter.setGeometry(place.right() - one.px(47), place.top() + 3, one.px(46), place.height() - 7)
