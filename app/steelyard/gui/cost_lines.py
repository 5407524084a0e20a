"""Lines of money and time: a name, a number that opens, a note; with a symbol where something is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from steelyard.gui.controls import words
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.readings import Reading
from steelyard.gui.symbols import icon

if TYPE_CHECKING:
    from steelyard.gui.present.costs import CostLine

SYMBOL = 14
LEAST_NOTE = 96


class CostLines(QWidget):
    """As many lines as there are; every number asks for its reason."""

    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 2, 0, 2)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(3, 1)
        self._rows: list[tuple[QLabel, QLabel, Figure, QLabel]] = []

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers that are shown."""
        return tuple(figure for _, _, figure, _ in self._rows if not figure.isHidden())

    def show_lines(self, lines: tuple[CostLine, ...]) -> None:
        """Show other lines."""
        while len(self._rows) < len(lines):
            self._add()
        for index, (symbol, name, figure, note) in enumerate(self._rows):
            there = index < len(lines)
            for widget in (symbol, name, figure, note):
                widget.setVisible(there)
            if not there:
                continue
            line = lines[index]
            size = look().px(SYMBOL)
            symbol.setPixmap(icon(line.state, line.state).pixmap(size, size)) if line.state else symbol.clear()
            symbol.setAccessibleName("Warning" if line.state else "")
            name.setText(line.reading.label)
            figure.show_reading(line.reading)
            figure.setAccessibleDescription(f"{figure.accessibleDescription()} {line.note}".strip())
            note.setText(line.note)

    def _add(self) -> None:
        row = len(self._rows)
        symbol, name, note = words(""), words("", "label"), words("", "aside", wrap=True)
        symbol.setFixedWidth(look().px(SYMBOL + 2))
        note.setMinimumWidth(look().px(LEAST_NOTE))
        figure = Figure(Reading(), align="right")
        figure.asked.connect(self.asked)
        middle = Qt.AlignmentFlag.AlignVCenter
        for column, widget in enumerate((symbol, name, figure, note)):
            self._grid.addWidget(widget, row, column, middle)
        self._rows.append((symbol, name, figure, note))
