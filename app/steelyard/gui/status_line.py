"""The status line: what the numbers stand on, how long they took, and what undo would take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar

from steelyard.gui.look import look

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("offline", "catalogue", "prices", "calc", "undo")


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
            self._labels[name].setVisible(bool(text))
        if digest:
            self._hash.setFont(look().font("mono small"))
            self._hash.setText(" ".join(digest[start : start + 4] for start in range(0, 16, 4)))
            self._hash.setToolTip("The same hash means the same inputs, catalogue and rules, and so the same numbers")
