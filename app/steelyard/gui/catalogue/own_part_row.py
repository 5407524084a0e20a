"""One field in the form of an own part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.entries import SOURCES, WHERE, ValueEntry, text_field
from steelyard.gui.catalogue.own_part_text import Said
from steelyard.gui.controls import Choice, words

if TYPE_CHECKING:
    from steelyard.catalog import Field


class ValueRow:
    """One field of the form: its value, its source, the place in it, and what is wrong with it."""

    def __init__(self, field: Field, said: Said, title: str) -> None:
        self.entry = ValueEntry(field)
        self.entry.show_text(said.text)
        self._taken = said
        self._options = [*([said.source] if title else []), *SOURCES]
        self.source = Choice(f"Source of {field.label}", step="body")
        self.source.addItems([*([title] if title else []), *SOURCES.values()])
        self.source.setCurrentIndex(self._options.index(said.source) if said.source in self._options else 0)
        self.where = text_field(f"Where, {field.label}")
        self.where.setText(said.where)
        self.where.setCursorPosition(0)
        self.wrong = words("", "wrong", wrap=True)
        self.wrong.hide()
        self.entry.edited.connect(self._changed)
        self.source.activated.connect(lambda _at: self._follow())
        self._follow()

    @property
    def said(self) -> Said:
        """What stands in the row."""
        return Said(self.entry.text, self._options[max(0, self.source.currentIndex())], self.where.text().strip())

    @property
    def unread(self) -> str:
        """Why what was typed is no value of the field, in the words of a form; empty where it is one."""
        from steelyard.catalog.schema import cell_of
        from steelyard.library.overrides import value_of

        try:
            if self.entry.text:
                cell_of(self.entry.field, value_of(self.entry.field, self.entry.text))
        except (SteelyardError, ValueError) as trouble:
            return str(trouble)
        return ""

    def show_wrong(self, complaint: str) -> None:
        """Say what is wrong, or nothing."""
        self.wrong.setText(complaint)
        self.wrong.setVisible(bool(complaint))

    def _changed(self) -> None:
        """A value of one's own rests no longer on the source that it was taken from."""
        if self._taken.source == self._options[max(0, self.source.currentIndex())] not in SOURCES:
            self.source.setCurrentIndex(self._options.index("own-reading"))
            self.where.clear()
        self._follow()

    def _follow(self) -> None:
        known = bool(self.entry.text)
        source = self._options[max(0, self.source.currentIndex())]
        self.source.setEnabled(known)
        self.where.setPlaceholderText(WHERE.get(source, "Where in it") if known else "Why it is not known")
