"""A labelled choice of words, beside the fields for numbers: the same label, the same marks, the same signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from steelyard.gui.controls import Choice
from steelyard.gui.fields import FieldLabel

if TYPE_CHECKING:
    from steelyard.gui.present.brief import InputField


class WordChoice(Choice):
    """`entered` carries the word that was chosen; shown is what it means."""

    entered = Signal(object)

    def __init__(self, name: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(name, step="body")
        for word, label in choices:
            self.addItem(label, word)
        self.setCurrentIndex(-1)
        self.activated.connect(lambda at: self.entered.emit(self.itemData(at)))

    @property
    def word(self) -> str:
        """The word that is chosen; empty where none is."""
        return self.currentData() or ""

    def show_field(self, field: InputField) -> None:
        """Show what is chosen, or that a choice is wanted."""
        self.setPlaceholderText(field.placeholder)
        self.setCurrentIndex(self.findData(field.text) if field.text else -1)
        self.setProperty("state", "confirm" if field.mark == "empty" else "")
        self.setAccessibleDescription(field.placeholder if field.mark == "empty" else self.currentText())
        self.update()


class LabelledChoice(QWidget):
    """A label over a choice."""

    def __init__(self, label: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.label = FieldLabel(label)
        self.field = WordChoice(label, choices)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.label)
        column.addWidget(self.field)
