"""What every part of the site has: it scrolls, it is given an evaluation, it asks; and the heading of each plot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.gui.controls import words
from steelyard.gui.look import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from steelyard.project.evaluate import VariantEvaluation

WIDEST, ONE_COLUMN = 1600, 760
GAP = 24


class SiteTab(QScrollArea):
    """A part of the site. `asked` carries a number's address, `limit_wanted` a gauge's label."""

    asked = Signal(str)
    limit_wanted = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QFrame()
        self._inside.setProperty("kind", "base")
        self._inside.setMaximumWidth(max(WIDEST, look().px(WIDEST)))
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(20, 10, 20, 10)
        self.column.setSpacing(8)
        self._besides: list[QBoxLayout] = []
        self.setWidget(self._inside)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the readings of one workload."""
        raise NotImplementedError

    def settle(self) -> None:
        """Do now what was put off until after the paint; most parts put nothing off."""

    def walked(self) -> tuple[QWidget, ...]:
        """What Tab walks, as it is read."""
        return (self._inside,)

    def beside(self, *parts: tuple[QLayout, int]) -> QBoxLayout:
        """Columns beside each other with their shares of the width; below each other where it is narrow."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(GAP)
        for part, share in parts:
            row.addLayout(part, share)
        self._besides.append(row)
        self.column.addLayout(row)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side only where there is room for both."""
        narrow = event.size().width() < look().px(ONE_COLUMN)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in self._besides:
            if row.direction() != way:
                row.setDirection(way)
        super().resizeEvent(event)


def stacked(*parts: QWidget | QLayout, stretch: bool = True, spacing: int = 6) -> QVBoxLayout:
    """Parts below each other."""
    column = QVBoxLayout()
    column.setSpacing(spacing)
    for part in parts:
        column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
    if stretch:
        column.addStretch(1)
    return column


def headed(title: QLabel | str, *beside: QWidget) -> QHBoxLayout:
    """A plot's title, and at the end of its line what belongs to it."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStrut(look().px(24))  # so that headings beside each other stand on one line
    row.addWidget(words(title, "h2") if isinstance(title, str) else title)
    for at, each in enumerate(beside):
        if isinstance(each, QLabel) and at == 0:
            each.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(each, 1)
        else:
            row.addWidget(each)
    if not beside:
        row.addStretch()
    return row
