"""Putting a value of one's own in the place of the catalogue's: what, from where, and why; all of it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QVBoxLayout

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.entries import WHERE, SourceEntry, ValueEntry, text_field, under
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.look import look

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.catalog import Catalog
    from steelyard.gui.catalogue.sheet import Sheet, ValueLine
    from steelyard.library.overrides import Wish

WIDTH = 460


class OverrideDialog(QDialog):
    """Asks for the value, its source, the place in it, and the reason."""

    wished = Signal(object)

    def __init__(self, parent: QWidget, catalog: Catalog, sheet: Sheet, line: ValueLine) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"Override a value of {sheet.name}")
        self.setAccessibleName("Override a value")
        self._catalog, self._part = catalog, sheet.part_id
        field = catalog.schema[catalog.part(sheet.part_id).kind].fields[line.field]
        self.value, self.source = ValueEntry(field), SourceEntry()
        self.where, self.why = text_field("Where"), text_field("Why", "Why the catalogue's value is not right here")
        self._wrong = words("", "wrong", wrap=True)
        self._wrong.setAccessibleName("What is missing")
        self.apply = button("Override", "primary")
        self.apply.setDefault(True)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self._stated = catalog.stated(sheet.part_id, line.field)
        self._lay_out(sheet, line, cancel)
        self.apply.clicked.connect(self._try)
        self.source.edited.connect(self._follow)
        self._follow()
        self._fit()
        self.value.setFocus()

    def _follow(self) -> None:
        self.where.setPlaceholderText(WHERE[self.source.source])

    def _fit(self) -> None:
        """As high as what stands in it."""
        width = look().px(WIDTH)
        self.resize(width, max(self._column.totalHeightForWidth(width), self._column.totalSizeHint().height()))

    def _try(self) -> None:
        """Check all that was typed; only what can be kept is wished for."""
        try:
            wish = self._wish()
        except SteelyardError as trouble:
            self._wrong.setText(str(trouble))
            self._wrong.show()
            self._fit()
            return
        self.wished.emit(wish)
        self.accept()

    def _wish(self) -> Wish:
        from steelyard.errors import BadInputError
        from steelyard.library.overrides import Wish, checked, value_of

        if not self.value.text:
            raise BadInputError("There is no value.", "Type one, or cancel.")
        for name, entry in (("Where", self.where), ("Why", self.why)):
            if not entry.text().strip():
                entry.setFocus()
                raise BadInputError(f'"{name}" is empty.', "A value without evidence cannot be checked by anyone.")
        value = value_of(self.value.field, self.value.text)
        wish = Wish(self._part, self.value.field.name, value, self.source.source, self.where.text(), self.why.text())
        return checked(self._catalog, wish)

    def _lay_out(self, sheet: Sheet, line: ValueLine, cancel: QWidget) -> None:
        field = self.value.field
        column = self._column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(words(f"{sheet.kind}, {sheet.name}", "label", wrap=True))
        title.addWidget(words(field.label, "title"))
        title.addWidget(words(field.description, "aside", wrap=True))
        column.addLayout(title)
        said = self._stated.words or (f"{self._stated.value:g} {field.unit}".removesuffix(" ×"))
        if self._stated.value is None:
            said = f"unknown: {self._stated.why_unknown}"
        column.addWidget(words(f"The catalogue says {said}.", "sentence", wrap=True))
        column.addWidget(hairline())
        column.addWidget(under("Value", self.value))
        column.addWidget(under("Source", self.source))
        column.addWidget(under("Where", self.where))
        column.addWidget(under("Why", self.why))
        column.addWidget(self._wrong)
        self._wrong.hide()
        column.addWidget(
            words("The value stands, with a pin, wherever this part is used, until you undo it.", "aside", wrap=True)
        )
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self.apply)
        column.addLayout(row)
        if line.pinned:
            self.value.show_text(line.value)
