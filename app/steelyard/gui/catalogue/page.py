"""What the pages of the manager share beside the list of parts: one sentence, tools at the right, a body below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from steelyard.gui.controls import hairline, words

if TYPE_CHECKING:
    from steelyard.gui.catalogue.window import CatalogueWindow


class Page(QFrame):
    """A page of the manager."""

    def __init__(self, window: CatalogueWindow, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "base")
        self.setAccessibleName(title)
        self.window_of = window
        self.stock = window.stock
        self._answer = words("", "sentence", wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 20, 10)
        head.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(words(title, "h2"))
        titles.addWidget(self._answer)
        head.addLayout(titles, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        head.addLayout(self.tools)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(head)
        self.column.addWidget(hairline())

    @property
    def answer(self) -> str:
        """The sentence under the title."""
        return self._answer.text()

    def say(self, sentence: str) -> None:
        """Put another sentence under the title."""
        self._answer.setText(sentence)

    def refresh(self) -> None:
        """Show what is so now."""
        raise NotImplementedError


def padded(*widgets: QWidget) -> QWidget:
    """Widgets below each other with the margins of a view."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(20, 10, 20, 12)
    column.setSpacing(8)
    for each in widgets:
        column.addWidget(each)
    return inside
