"""The form of an own part: every field of its kind with unit and source, and beside it what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.entries import SOURCES, WHERE, ValueEntry, room_for, scrolled, text_field, under
from steelyard.gui.catalogue.own_part_text import TEXTS, Form, Said, Written, form_of, id_of, written
from steelyard.gui.catalogue.sheet import STATUS_WORDS
from steelyard.gui.controls import Choice, button, hairline, words
from steelyard.gui.look import look
from steelyard.wording import counted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from steelyard.catalog import Catalog, Complaint, Field

SIZE = (900, 680)
CHECK_AFTER = 200
"""Milliseconds after the last key that the form is read as the catalogue would read it."""

LABELS = {"name": "Name", "manufacturer": "Maker", "mpn": "Order number"}


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


class OwnPartDialog(QDialog):
    """A new part like another one, or a change of an own part."""

    wished = Signal(str)
    """The text of the part's file, without complaints."""

    def __init__(self, parent: QWidget, catalog: Catalog, kind: str, text: str, *, like: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._catalog, self._kind, self._like = catalog, catalog.schema[kind], like
        self._form = form_of(self._kind, text)
        what = f"New {self._kind.label.lower() if not self._kind.label.isupper() else self._kind.label}"
        self.setWindowTitle(what if like else f"Change {self._form.texts['name']}")
        self.setAccessibleName(self.windowTitle())
        self.resize(room_for(parent, SIZE))
        self.texts = {name: text_field(LABELS[name]) for name in TEXTS}
        self.status = Choice("Sold", step="body")
        self._statuses = [status for status in STATUS_WORDS if status]
        self.status.addItems([STATUS_WORDS[status] for status in self._statuses])
        self.rows = {name: self._row(field) for name, field in self._kind.fields.items() if field.form != "slots"}
        self._wrong = {name: words("", "wrong", wrap=True) for name in (*TEXTS, "id")}
        self._sum = words("", "sentence", wrap=True)
        self.keep = button("Keep part", "primary")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(CHECK_AFTER)
        self._wait.timeout.connect(self.check)
        self._lay_out()
        self._fill()
        self._connect()
        self.check()

    @property
    def file(self) -> Written:
        """The text of the part's file as the form stands."""
        texts = {name: field.text().strip() for name, field in self.texts.items()}
        same = not self._like
        part_id = self._form.part_id if same else id_of(self._kind.name, texts["manufacturer"], texts["name"])
        values = {name: row.said for name, row in self.rows.items()}
        status = self._statuses[max(0, self.status.currentIndex())]
        return written(self._kind, Form(part_id, texts, status, self._form.note, values, self._form.rest))

    def check(self) -> tuple[Complaint, ...]:
        """Read the form as the catalogue would, and say beside each field what is wrong."""
        from steelyard.library.own_parts import read_own_part

        self._wait.stop()
        file = self.file
        complaints = read_own_part(self._catalog, file.text).complaints
        said: dict[str, str] = {}
        for complaint in complaints:
            name = self._field_of(complaint, file)
            said[name] = f"{said.get(name, '')} {complaint.what} {complaint.remedy}".strip()
        for name, row in self.rows.items():
            found = said.pop(name, "")
            row.show_wrong(found and (row.unread or found))
        for name, label in self._wrong.items():
            text = said.pop(name, "")
            label.setText(text)
            label.setVisible(bool(text))
        labels = [row.entry.field.label for row in self.rows.values() if row.wrong.text()]
        left = " ".join([f"See {', '.join(labels)}." if labels else "", *said.values()]).strip()
        self._sum.setText(f"{counted(len(complaints), 'complaint')}. {left}" if complaints else "Complete.")
        return complaints

    def _field_of(self, complaint: Complaint, file: Written) -> str:
        """The field that a complaint is about: by its line, else by the name that it quotes."""
        quoted = complaint.what.split('"')[1] if complaint.what.count('"') > 1 else ""
        if quoted in self.rows or quoted in self._wrong:
            return quoted
        return file.lines.get(complaint.line, "")

    def _try(self) -> None:
        if self.check():
            first = next((row for row in self.rows.values() if row.wrong.isVisibleTo(self)), None)
            if first is not None:
                first.entry.setFocus()
                self._scroll.ensureWidgetVisible(first.wrong)
            return
        self.wished.emit(self.file.text)
        self.accept()

    def _row(self, field: Field) -> ValueRow:
        said = self._form.values.get(field.name, Said())
        source = self._catalog.sources.get(said.source)
        title = "" if source is None or said.source in SOURCES else source.title
        return ValueRow(field, said, title)

    def _fill(self) -> None:
        for name, field in self.texts.items():
            field.setText(self._form.texts[name])
            field.setCursorPosition(0)
        status = self._form.status
        self.status.setCurrentIndex(self._statuses.index(status) if status in self._statuses else 0)
        if self._like:
            self.texts["name"].setText(f"{self._form.texts['name']}, own")
            self.texts["name"].selectAll()

    def _connect(self) -> None:
        for field in self.texts.values():
            field.textEdited.connect(lambda _text: self._wait.start())
        for row in self.rows.values():
            row.entry.edited.connect(self._wait.start)
            row.source.activated.connect(lambda _at: self._wait.start())
            row.where.textEdited.connect(lambda _text: self._wait.start())
        self.keep.clicked.connect(self._try)

    def _lay_out(self) -> None:
        column = scrolled(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 10)
        head.setSpacing(8)
        head.addWidget(words(self.windowTitle(), "title", wrap=True))
        if self._like:
            head.addWidget(words(f"Begun as {self._form.texts['name']}. Change what differs.", "sentence", wrap=True))
        top = QHBoxLayout()
        top.setSpacing(10)
        for name, field in self.texts.items():
            top.addWidget(under(LABELS[name], field, self._wrong[name]), 2)
        top.addWidget(under("Sold", self.status), 1)
        head.addLayout(top)
        head.addWidget(self._wrong["id"])
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self._values(), 1)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 12)
        foot.setSpacing(8)
        foot.addWidget(self._sum, 1)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        foot.addWidget(cancel)
        foot.addWidget(self.keep)
        column.addLayout(foot)

    def _values(self) -> QScrollArea:
        inside = QFrame()
        inside.setProperty("kind", "base")
        grid = QGridLayout(inside)
        grid.setContentsMargins(20, 10, 20, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        for place, (title, stretch) in enumerate((("Field", 3), ("Value", 4), ("Source", 4), ("Where in it", 5))):
            grid.addWidget(words(title, "label"), 0, place)
            grid.setColumnStretch(place, stretch)
        for number, row in enumerate(self.rows.values()):
            at = 2 * number + 1
            label: QLabel = words(row.entry.field.label, "", wrap=True)
            label.setToolTip(row.entry.field.description)
            for place, widget in enumerate((label, row.entry, row.source, row.where)):
                grid.addWidget(widget, at, place)
            grid.addWidget(row.wrong, at + 1, 1, 1, 3)
        scroll = self._scroll = QScrollArea()
        scroll.setMinimumHeight(look().px(150))
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll
