"""What would mend what is found: each fix with its effect before and after; one press takes it, as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from steelyard.gui.controls import button, hairline, words
from steelyard.gui.look import look
from steelyard.gui.present.fixes import FixLine, spoken
from steelyard.gui.raised import Raised

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QPushButton

WIDTH, EDGES, HIGHEST = 420, 36, 620


class FixesPanel(Raised):
    """`taken` carries the place of the fix that was chosen."""

    taken = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Fixes")
        self.buttons: list[QPushButton] = []

    def wait(self, title: str, beside: QWidget | None) -> None:
        """Say that the fixes are being weighed."""
        self._show(title, words("Each change is tried on the build...", "label", wrap=True))
        self.open_beside(beside)
        self.setFocus()

    def show_fixes(self, title: str, lines: Sequence[FixLine]) -> None:
        """Show the fixes, the best first; or that there is none."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        self.buttons = []
        if not lines:
            none = "No single change mends this: choose other parts, or fewer of them."
            column.addWidget(words(none, "label", wrap=True))
        for place, line in enumerate(lines):
            if place:
                column.addWidget(hairline())
            column.addWidget(self._fix(place, line))
        column.addStretch()
        self._show(title, inside)
        if self.buttons and self.isVisible():
            self.buttons[0].setFocus()

    def _show(self, title: str, inside: QWidget) -> None:
        self.name.setText(title)
        self.hold(inside, look().px(WIDTH), look().px(WIDTH - EDGES), look().px(HIGHEST))

    def _fix(self, place: int, line: FixLine) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.addWidget(words(line.title, "h2", wrap=True), 1)
        take = button("Apply", "primary" if place == 0 else "")
        take.setAccessibleName(f"Apply: {line.title}")
        take.setAccessibleDescription(spoken(line))
        take.clicked.connect(self._taker(place))
        self.buttons.append(take)
        head.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if line.effects:
            column.addLayout(_effects(line))
        if line.speed:
            column.addWidget(words(line.speed[0].upper() + line.speed[1:], "label", wrap=True))
        if line.mends:
            _add_mended(column, line)
        if line.breaks:
            column.addWidget(words(f"But breaks: {line.breaks}", "wrong", wrap=True))
        return box

    def _taker(self, place: int) -> Callable[[], None]:
        def take() -> None:
            self.close_it()
            self.taken.emit(place)

        return take


def _add_mended(column: QVBoxLayout, line: FixLine) -> None:
    """What it mends; several are summed up in words that unfold them."""
    which = words(f"Mends: {line.mends}" if not line.sum else line.mends, "label", wrap=True)
    if line.sum:
        unfold = button(f"{line.sum}...", "link", tip="Show which")
        unfold.setCheckable(True)
        unfold.setAccessibleName(f"{line.sum}: {line.title}")
        unfold.toggled.connect(which.setVisible)
        column.addWidget(unfold, 0, Qt.AlignmentFlag.AlignLeft)
        which.hide()
    column.addWidget(which)


def _effects(line: FixLine) -> QGridLayout:
    """Number before, arrow, number after, unit."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(1)
    for row, each in enumerate(line.effects):
        cells = (
            (each.label, "label"),
            (each.before, "aside"),
            ("→", "aside"),
            (each.after, "h2"),
            (each.unit, "aside"),
        )
        for column, (text, kind) in enumerate(cells):
            side = Qt.AlignmentFlag.AlignRight if column in {1, 3} else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(words(text, kind), row, column, side | Qt.AlignmentFlag.AlignVCenter)
    grid.setColumnStretch(0, 1)
    return grid
