"""What a price book is called, where it is from and of which day, and how it is to be taken."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from steelyard.gui.catalogue.entries import text_field, under
from steelyard.gui.controls import Choice, Tick

KINDS = {"quote": "Quote", "list": "List price", "order": "Order", "street": "Street price"}


class BookForm(QWidget):
    """The entries about a book as a whole."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.source, self.dated = text_field("Name"), text_field("Source"), text_field("Dated")
        self.name.setText(name)
        self.source.setPlaceholderText("Who sells at these prices, and where they were stated")
        self.dated.setPlaceholderText("2026-11-21")
        self.kind = Choice("Kind", step="body")
        self.kind.addItems(list(KINDS.values()))
        self.right = Tick("Take what is right, leave out what is refused")
        self.gaps = Tick("Other parts keep their indicative price")
        self.at_once = Tick("Use this book at once")
        self.at_once.setChecked(True)
        self.replace = Tick("Replace the book of this name")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        for stretch, label, entry in (
            (3, "Name of the book", self.name),
            (5, "Source", self.source),
            (2, "Prices of the day", self.dated),
            (2, "Kind", self.kind),
        ):
            row.addWidget(under(label, entry), stretch)
        column.addLayout(row)
        ticks = QGridLayout()
        ticks.setHorizontalSpacing(16)
        ticks.setVerticalSpacing(2)
        ticks.setColumnStretch(2, 1)
        for place, tick in enumerate((self.right, self.gaps, self.at_once, self.replace)):
            ticks.addWidget(tick, place // 2, place % 2)
        column.addLayout(ticks)

    @property
    def said(self) -> dict[str, Any]:
        """What stands here, as `bring_in` takes it."""
        return {
            "name": self.name.text(),
            "source": self.source.text(),
            "dated": self.dated.text().strip(),
            "kind": list(KINDS)[max(0, self.kind.currentIndex())],
            "fills_gaps": self.gaps.isChecked(),
            "take_what_is_right": self.right.isChecked(),
            "replace": self.replace.isChecked(),
        }
