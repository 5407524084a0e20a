"""Entries of forms about parts: a value as the schema takes it, and the words of a source of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.gui.controls import Choice, words
from steelyard.gui.fields import Field as TextField
from steelyard.gui.look import look

if TYPE_CHECKING:
    from steelyard.catalog import Field

SOURCES = {
    "own-reading": "Read in the maker's own sheet or manual",
    "own-measurement": "Measured by us",
    "own-statement": "Stated by us",
}
"""The sources that a user's own values may have, the most usual first."""

WHERE = {
    "own-reading": "Which sheet, and where in it",
    "own-measurement": "How, with what, and when it was measured",
    "own-statement": "On what it rests",
}
UNKNOWN = "unknown"
WIDEST_CATEGORIES = 60
EDGE = 40
"""What a dialog leaves of the screen, for its frame and what is behind it."""


class ValueEntry(QWidget):
    """One value to be typed or chosen, with its unit. Empty means that it is not known."""

    edited = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._choice: Choice | None = None
        self._line: TextField | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        options = ("yes", "no") if field.form == "flag" else field.categories if field.form == "category" else ()
        if options:
            self._choice = Choice(field.label, step="body")
            self._choice.addItems([UNKNOWN, *options])
            self._choice.activated.connect(lambda _at: self.edited.emit())
            row.addWidget(self._choice, 1)
        else:
            self._line = TextField()
            self._line.setAccessibleName(field.label)
            self._line.setPlaceholderText(_hint(field))
            self._line.textEdited.connect(lambda _text: self.edited.emit())
            row.addWidget(self._line, 1)
            unit = "" if field.form != "number" or field.unit == "×" else field.unit
            if unit:
                row.addWidget(words(unit, "label"))
        inside = self._choice or self._line
        if inside is not None:
            self.setFocusProxy(inside)

    @property
    def text(self) -> str:
        """What stands there; empty where it is not known."""
        if self._choice is not None:
            return "" if self._choice.currentIndex() <= 0 else self._choice.currentText()
        return self._line.text().strip() if self._line is not None else ""

    def show_text(self, text: str) -> None:
        """Show a value as `text` gives it."""
        if self._choice is not None:
            self._choice.setCurrentIndex(max(0, self._choice.findText(text)))
        elif self._line is not None:
            self._line.setText(text)
            self._line.setCursorPosition(0)


class SourceEntry(QWidget):
    """On what a value rests: one of three sources of one's own."""

    edited = Signal()

    def __init__(self, name: str = "Source") -> None:
        super().__init__()
        self._choice = Choice(name, step="body")
        self._choice.addItems(list(SOURCES.values()))
        self._choice.activated.connect(lambda _at: self.edited.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._choice, 1)
        self.setFocusProxy(self._choice)

    @property
    def source(self) -> str:
        """The id of the source."""
        return list(SOURCES)[max(0, self._choice.currentIndex())]

    def show_source(self, source: str) -> None:
        """Show a source; one of the catalogue's own counts as read in a sheet."""
        self._choice.setCurrentIndex(list(SOURCES).index(source) if source in SOURCES else 0)


def room_for(parent: QWidget, size: tuple[int, int]) -> QSize:
    """A dialog's size in the design's pixels at this zoom, as far as the screen has room for it."""
    most = parent.screen().availableSize()
    return QSize(min(look().px(size[0]), most.width() - EDGE), min(look().px(size[1]), most.height() - EDGE))


def scrolled(dialog: QWidget) -> QVBoxLayout:
    """The layout of a dialog's content, which scrolls where the dialog is too small for it: nothing is cut."""
    inside = QFrame()
    inside.setProperty("kind", "panel")
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inside)
    whole = QVBoxLayout(dialog)
    whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scroll)
    return QVBoxLayout(inside)


def under(label: str, *below: QWidget) -> QWidget:
    """A label over what belongs to it."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    column.addWidget(words(label, "label"))
    for each in below:
        column.addWidget(each)
    return whole


def text_field(name: str, hint: str = "") -> TextField:
    """A line for a text."""
    field = TextField()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setMinimumWidth(look().px(120))
    return field


def _hint(field: Field) -> str:
    if field.form == "number":
        return f"{field.low:g} to {field.high:g}"
    if field.form == "categories":
        all_of_them = ", ".join(field.categories)
        return all_of_them if len(all_of_them) <= WIDEST_CATEGORIES else f"{', '.join(field.categories[:3])} ..."
    return ""
