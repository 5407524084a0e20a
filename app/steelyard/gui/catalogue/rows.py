"""Tables of plain rows: one line or two in a cell, a symbol before the row where it has a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QRectF, Signal

from steelyard.gui.drawing import elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import paint_symbol
from steelyard.gui.tables import LINE, Column, Index, LineDelegate, Lines, LinesModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPainter

LOW, HIGH = 31, 43
"""Heights of rows of one line and of two."""


class Line(NamedTuple):
    """One row: its cells (a second line after a line break), its state (empty: no symbol), and what it stands for."""

    cells: tuple[str, ...]
    state: str = ""
    key: Any = None
    dim: bool = False


class _Delegate(LineDelegate):
    def paint_cell(self, painter: QPainter, place: QRectF, index: Index, *, selected: bool) -> None:
        palette, one = colours(), look()
        line: Line = index.data(LINE)
        if index.column() == 0:
            if line.state:
                box = QRectF(place.right() - one.px(17), place.center().y() - one.px(6.5), one.px(13), one.px(13))
                ground = palette.steelsoft if selected else palette.base
                tint = palette.steel if line.state == "pin" else palette.state(line.state)
                paint_symbol(painter, line.state, box, tint, ground)
            return
        column: Column = index.model().columns[index.column()]  # type: ignore[attr-defined]
        first, _, second = line.cells[index.column() - 1].partition("\n")
        ink = palette.ink3 if line.dim else palette.ink
        step = "medium" if not column.width and self._row_height == HIGH else "body"
        baseline = place.center().y() + one.metrics("body").capHeight() / 2
        top, low = (place.top() + one.px(18), place.top() + one.px(34)) if second else (baseline, 0.0)
        left, right = place.left() + one.px(6), place.right() - one.px(10)
        room = right - left
        for text, at, hand, tint in ((first, top, step, ink), (second, low, "small", palette.ink2)):
            if text and column.right:
                write(painter, right, at, elided(text, hand, room), hand, tint, align="right")
            elif text:
                write(painter, left, at, elided(text, hand, room), hand, tint)


class Rows(Lines):
    """The table. `titles` are its columns: title, width (0: the rest), and whether numbers stand in it."""

    moved = Signal(object)
    pressed_row = Signal(object)

    def __init__(self, name: str, titles: tuple[tuple[str, int, bool], ...], height: int = LOW) -> None:
        columns = [Column("", lambda line: line.state, right=False, width=30)]
        for place, (title, width, right) in enumerate(titles):
            columns.append(Column(title, _cell(place), right=right, width=width))
        stretch = next(place for place, (_, width, _right) in enumerate(titles) if not width) + 1
        self._lines = LinesModel(tuple(columns))
        super().__init__(name, self._lines, height, stretch)
        self._delegate = _Delegate(height)
        self.setItemDelegate(self._delegate)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.activated.connect(lambda index: self.pressed_row.emit(self._lines.lines[index.row()].key))

    @property
    def key(self) -> Any:  # noqa: ANN401  # whatever the rows stand for
        """What the current row stands for; None where there is none."""
        row = self.currentIndex().row()
        return self._lines.lines[row].key if 0 <= row < len(self._lines.lines) else None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The rows."""
        return self._lines.lines

    def show_rows(self, lines: tuple[Line, ...]) -> None:
        """Show other rows; the current one stays current where it stands for the same."""
        key = self.key
        self._lines.beginResetModel()
        self._lines.lines = lines
        self._lines.endResetModel()
        at = next((place for place, line in enumerate(lines) if key is not None and line.key == key), 0)
        if lines:
            self.setCurrentIndex(self._lines.index(at, self._stretch))

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.moved.emit(self._lines.lines[now.row()].key)


def _cell(place: int) -> Any:  # noqa: ANN401  # a function of a line
    return lambda line: line.cells[place]
