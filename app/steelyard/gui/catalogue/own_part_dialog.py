"""The form of an own part: every field of its kind with unit and source, and beside it what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.catalog.layers import OWN
from steelyard.gui.catalogue.entries import SOURCES, room_for, scrolled, text_field, under
from steelyard.gui.catalogue.own_part_price import PriceEntry
from steelyard.gui.catalogue.own_part_row import ValueRow
from steelyard.gui.catalogue.own_part_text import (
    PRICE,
    TEXTS,
    Form,
    Said,
    Written,
    form_of,
    id_of,
    makes_id,
    written,
)
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

ID_MADE = "What builds call the part, made of its maker and name until you write another one."
ID_NUMBERED = (
    "The name has no letter from a to z and no digit for the id, so it has a number. You can write a better one."
)
ID_KEPT = "What builds call the part; it stays."

LABELS = {"name": "Name", "manufacturer": "Maker", "mpn": "Order number"}


class OwnPartDialog(QDialog):
    """A new part like another one, or a change of an own part."""

    wished = Signal(str)
    """The text of the part's file, without complaints."""

    def __init__(self, parent: QWidget, catalog: Catalog, kind: str, text: str, *, like: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._catalog, self._kind, self._like = catalog, catalog.schema[kind], like
        self._form = form_of(self._kind, text)
        self._own_id = False
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
        self.identity = text_field("Id", "kind/maker/model")
        self._about_id, self._about_number = words("", "label", wrap=True), words("", "label", wrap=True)
        price = self._form.price
        source = catalog.sources.get(price.get("source", ""))
        title = "" if source is None or source.id in SOURCES else source.title
        self.price = PriceEntry(price, title, catalog.prices.book.currency)
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
        part_id = self._form.part_id
        if self._like:
            made = id_of(self._kind.name, texts["manufacturer"], texts["name"], self._catalog.parts)
            part_id = self.identity.text().strip() if self._own_id else made
        values = {name: row.said for name, row in self.rows.items()}
        status = self._statuses[max(0, self.status.currentIndex())]
        price = self.price.price
        return written(self._kind, Form(part_id, texts, status, self._form.note, values, self._form.rest, price))

    def check(self) -> tuple[Complaint, ...]:
        """Read the form as the catalogue would, and say beside each field what is wrong."""
        from steelyard.library.own_parts import read_own_part

        self._wait.stop()
        file = self.file
        complaints = (*read_own_part(self._catalog, file.text).complaints, *self._taken())
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
        self.price.show_wrong(said.pop(PRICE, ""))
        labels = [row.entry.field.label for row in self.rows.values() if row.wrong.text()]
        left = " ".join([f"See {', '.join(labels)}." if labels else "", *said.values()]).strip()
        labels += ["Price"] if self.price.wrong.text() else []
        self._tell()
        self._sum.setText(f"{counted(len(complaints), 'complaint')}. {left}" if complaints else "Complete.")
        return complaints

    def _field_of(self, complaint: Complaint, file: Written) -> str:
        """The field that a complaint is about: by its line, else by the name that it quotes."""
        if file.lines.get(complaint.line) == PRICE:
            return PRICE
        quoted = complaint.what.split('"')[1] if complaint.what.count('"') > 1 else ""
        if quoted in self.rows or quoted in self._wrong:
            return quoted
        return file.lines.get(complaint.line, "")

    def _taken(self) -> tuple[Complaint, ...]:
        """A new part never takes the place of another own one."""
        from steelyard.catalog import Complaint

        identity = self.identity.text().strip()
        if not self._like or not self._own_id or identity not in self._catalog.parts:
            return ()
        if self._catalog.part(identity).layer != OWN:
            return ()  # the reader says so
        return (Complaint("part.toml", 1, f'"id" is that of {self._catalog.part(identity).name}.', "Take another."),)

    def _tell(self) -> None:
        """What the id is made of, and who has the order number already."""
        from steelyard.library.prices.parts import number_of

        if self._like and not self._own_id:
            self.identity.setText(self._id_in(self.file))
            self.identity.setCursorPosition(0)
        name = self.texts["name"].text()
        made = ID_MADE if makes_id(name) or self._own_id else ID_NUMBERED
        self._about_id.setText(made if self._like else ID_KEPT)
        number, own_id = number_of(self.texts["mpn"].text()), self._id_in(self.file)
        has_it = (info for info in self._catalog.parts.values() if number and number_of(info.mpn) == number)
        other = min((info for info in has_it if info.id != own_id), key=lambda info: info.layer == OWN, default=None)
        said = "" if other is None else f"{other.name} has this number too: what is quoted for it "
        said += "" if other is None else "is refused, for it means both." if other.layer == OWN else "is that part's."
        self._about_number.setText(said)
        self._about_number.setVisible(bool(said))

    def _id_in(self, file: Written) -> str:
        return form_of(self._kind, file.text).part_id

    def _name_id(self, text: str) -> None:
        self._own_id = bool(text.strip())
        self._wait.start()

    def _try(self) -> None:
        if self.check():
            if self.price.wrong.isVisibleTo(self):
                self._scroll.ensureWidgetVisible(self.price.wrong)
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
        self.identity.setText(self._form.part_id)
        self.identity.setReadOnly(not self._like)
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
        self.identity.textEdited.connect(self._name_id)
        self.price.edited.connect(self._wait.start)
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
            begun = f"Begun as {self._form.texts['name']}, without its order number. Change what differs."
            head.addWidget(words(begun, "sentence", wrap=True))
        top = QHBoxLayout()
        top.setSpacing(10)
        for name, field in self.texts.items():
            beside = [self._about_number] if name == "mpn" else []
            top.addWidget(under(LABELS[name], field, self._wrong[name], *beside), 2, Qt.AlignmentFlag.AlignTop)
        top.addWidget(under("Sold", self.status), 1, Qt.AlignmentFlag.AlignTop)
        head.addLayout(top)
        head.addWidget(under("Id", self.identity, self._about_id, self._wrong["id"]))
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
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.price)
        whole.addWidget(hairline())
        grid = QGridLayout()
        whole.addLayout(grid)
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
