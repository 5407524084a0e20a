"""The status line: what the numbers stand on, how long they took, and what undo would take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar

from steelyard.gui.look import look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QResizeEvent

FIELDS = ("offline", "catalogue", "prices", "calc", "undo")
GIVING_WAY = ("calc", "offline", "catalogue", "undo", "prices")
"""What leaves first where the line is too narrow for all; the hash stays whole."""

BETWEEN = 16


class StatusLine(QStatusBar):
    """Labels with hairlines between them; the hash of inputs, catalogue and rules stands at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self._labels = {}
        for name in FIELDS:
            label = QLabel()
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAccessibleName(name)
            label.setVisible(False)
            self.addWidget(label)
            self._labels[name] = label
        self._hash = QLabel()
        self._hash.setAccessibleName("Hash of inputs, catalogue and rules")
        self._hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.addPermanentWidget(self._hash)

    def show_fields(self, fields: Mapping[str, str], digest: str = "") -> None:
        """Fill what is given; an empty text takes the field away."""
        for name, text in fields.items():
            self._labels[name].setText(text)
        if digest:
            self._hash.setFont(look().font("mono small"))
            self._hash.setText(" ".join(digest[start : start + 4] for start in range(0, 16, 4)))
            self._hash.setToolTip("The same hash means the same inputs, catalogue and rules, and so the same numbers")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more or fewer."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show whole fields only; what has no room is told by the tooltip."""
        shown = [name for name in FIELDS if self._labels[name].text()]
        gap = look().px(BETWEEN)
        room = self.width() - self._hash.sizeHint().width() - 2 * gap
        for name in GIVING_WAY:
            if sum(self._labels[each].sizeHint().width() + gap for each in shown) <= room:
                break
            shown = [each for each in shown if each != name]
        for name, label in self._labels.items():
            if label.isHidden() == (name in shown):
                label.setVisible(name in shown)
        self.setToolTip("\n".join(label.text() for label in self._labels.values() if label.text()))
