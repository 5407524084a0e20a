"""A small table of numbers: a name, numbers that open in columns, words at the end; with a symbol where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from steelyard.gui.controls import hairline, words
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.readings import Reading
from steelyard.gui.states import STATE_WORDS
from steelyard.gui.symbols import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

SYMBOL, SHORT = 14, 24


class FactLine(NamedTuple):
    """A line: its name, its numbers (plain words where nothing opens), the state it is in, and a note."""

    label: str
    cells: tuple[Reading | str, ...]
    state: str = ""
    note: str = ""


class FactTable(QWidget):
    """As many lines as there are, under one head; every number asks for its reason."""

    asked = Signal(str)

    def __init__(self, name: str, head: tuple[str, ...]) -> None:
        """head: the title of the names, then one a column of numbers."""
        super().__init__()
        self.setAccessibleName(name)
        self._columns = len(head) - 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 2)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(len(head) + 1, 1)
        for column, text in enumerate(head):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            if text:
                self._grid.addWidget(words(text, "label"), 0, column, side)
        self._grid.addWidget(hairline(), 1, 0, 1, len(head) + 2)
        self._rows: list[tuple[QLabel, QLabel, list[Figure], QLabel]] = []

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers that are shown."""
        return tuple(each for *_, figures, _ in self._rows for each in figures if not each.isHidden())

    def show_lines(self, lines: Sequence[FactLine]) -> None:
        """Show other lines."""
        while len(self._rows) < len(lines):
            self._add()
        size = look().px(SYMBOL)
        for index, (symbol, name, figures, note) in enumerate(self._rows):
            for widget in (symbol, name, *figures, note):
                widget.setVisible(index < len(lines))
            if index >= len(lines):
                continue
            line = lines[index]
            shown = line.state not in {"", "ok"}
            symbol.setPixmap(icon(line.state, line.state).pixmap(size, size)) if shown else symbol.clear()
            symbol.setAccessibleName(STATE_WORDS[line.state] if shown else "")
            name.setText(line.label)
            said = " ".join(part for part in (STATE_WORDS[line.state] if shown else "", line.note) if part)
            note.setText(said)
            note.setWordWrap(len(said) > SHORT)  # a range is not broken
            for figure, cell in zip(figures, line.cells, strict=True):
                reading = Reading(value=cell, label=line.label) if isinstance(cell, str) else cell
                figure.setFocusPolicy(Qt.FocusPolicy.StrongFocus if reading.name else Qt.FocusPolicy.NoFocus)
                figure.show_reading(reading)
                if line.note:
                    figure.setAccessibleDescription(f"{figure.accessibleDescription()} {line.note}")

    def _add(self) -> None:
        row = len(self._rows) + 2
        symbol, name, note = words(""), words("", "label"), words("", "aside", wrap=True)
        symbol.setFixedWidth(look().px(SYMBOL + 2))
        figures = [Figure(Reading(), align="right") for _ in range(self._columns)]
        middle = Qt.AlignmentFlag.AlignVCenter
        for column, widget in enumerate((name, *figures, symbol, note)):
            self._grid.addWidget(widget, row, column, middle)
        for figure in figures:
            figure.asked.connect(self.asked)
        self._rows.append((symbol, name, figures, note))
