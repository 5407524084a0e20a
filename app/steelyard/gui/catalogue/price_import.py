"""Bringing a price list in: how it is read, what would be taken and what not, and only then Apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.entries import room_for, scrolled, text_field, under
from steelyard.gui.catalogue.price_book_form import BookForm
from steelyard.gui.catalogue.price_study import (
    ABSENT,
    COLUMNS,
    NUMBERS,
    Asked,
    Study,
    counts_words,
    refused_lines,
    study,
    taken_lines,
)
from steelyard.gui.catalogue.rows import HIGH, Rows
from steelyard.gui.controls import Choice, button, hairline, words
from steelyard.gui.look import look
from steelyard.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.gui.catalogue.window import CatalogueWindow

SIZE = (1000, 720)
STUDY_AFTER = 250
TAKEN, REFUSED, READING = range(3)


class PriceImport(QDialog):
    """Everything about one list in one window; until Apply nothing is changed."""

    def __init__(self, window: CatalogueWindow, path: Path) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import prices")
        self.setAccessibleName("Import prices")
        self.resize(room_for(window, SIZE))
        self._window, self._path, self._stock = window, path, window.stock
        self._study: Study | None = None
        self._asked_again = self._open = False
        self.stated: dict[str, str] = {}
        """What was said of columns, field -> heading; an empty text: not in the file."""

        self.currency = text_field("Currency")
        self.currency.setText(self._stock.catalog.prices.book.currency)
        self.currency.setMaxLength(3)
        self.numbers = Choice("Numbers", step="body")
        self.numbers.addItems(list(NUMBERS.values()))
        self.sheets = Choice("Sheet", step="body", width=150)
        self.sheets.setPlaceholderText("Choose one")
        self.columns = {field: Choice(label, step="body", width=150) for field, label in COLUMNS.items()}
        self.taken = Rows(
            "Prices that would be taken",
            (("Row", 64, True), ("Part", 0, False), ("From", 70, True), ("Price", 190, True)),
            HIGH,
        )
        self.refused = Rows(
            "Rows that would not be taken",
            (("Row", 64, True), ("Why, and what helps", 0, False), ("In the file", 240, False)),
            HIGH,
        )
        self.tabs = [button("Taken", "segment"), button("Refused", "segment")]
        self.book = BookForm(path.stem)
        self._read, self._counts = words("Reading...", "aside", wrap=True), words("", "sentence", wrap=True)
        self._wrong = words("", "wrong", wrap=True)
        self.apply = button("Apply", "primary")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(STUDY_AFTER)
        self._wait.timeout.connect(self.look_again)
        self._lay_out()
        self._connect()
        self._follow()
        self.look_again()

    @property
    def asked(self) -> Asked:
        """The choices as they stand."""
        numbers = list(NUMBERS)[max(0, self.numbers.currentIndex())]
        return Asked(self.currency.text().strip().upper(), numbers, dict(self.stated), self.sheets.currentText())

    def look_again(self) -> None:
        """Look at the list under the choices of now, beside the window."""
        self._wait.stop()
        if self._open:
            self._asked_again = True
            return
        self._open = True
        path, asked, catalog = self._path, self.asked, self._stock.catalog
        parts, indicative = catalog.parts, catalog.prices.indicative
        table = None if self._study is None else self._study.table
        self._window.tasks.run(lambda: study(path, parts, asked, table, indicative), self._show, self._fail)

    def done(self, result: int) -> None:
        """Whatever is still being looked at comes to nothing."""
        self._wait.stop()
        self._asked_again = self._open = False
        super().done(result)

    def _show(self, found: Study) -> None:
        if not self._came():
            return
        self._study = found
        preview, one = found.preview, found.table
        self._read.setText(f"{self._path.name}: {one.said}")
        self._fill_columns(found)
        self._fill_sheets(one.sheets, one.sheet)
        self.taken.show_rows(taken_lines(preview) if preview is not None else ())
        self.refused.show_rows(refused_lines(preview) if preview is not None else ())
        if preview is None:
            self._counts.setText(str(found.trouble))
        else:
            self._counts.setText(counts_words(preview))
            self.tabs[TAKEN].setText(f"Taken, {preview.counts.taken:,}")
            self.tabs[REFUSED].setText(f"Refused, {preview.counts.refused:,}")
            self._show_tab(REFUSED if preview.refused else TAKEN)
        self._follow()

    def _fail(self, trouble: SteelyardError) -> None:
        from steelyard.library.prices.workbook import SeveralSheetsError

        if not self._came():
            return
        self._study = None
        if isinstance(trouble, SeveralSheetsError):
            self._read.setText(f"{trouble.message} Choose the one that holds the prices.")
            self._fill_sheets(trouble.sheets, "")
        else:
            self._read.setText(str(trouble))
        for table in (self.taken, self.refused):
            table.show_rows(())
        self._counts.setText("")
        self._follow()

    def _came(self) -> bool:
        """Whether what came back is still wanted; what was chosen meanwhile is looked at next."""
        if not self._open:
            return False
        self._open = False
        if self._asked_again:
            self._asked_again = False
            self.look_again()
        return True

    def _fill_columns(self, found: Study) -> None:
        for field, choice in self.columns.items():
            choice.blockSignals(True)
            choice.clear()
            choice.addItems([ABSENT, *found.headings])
            heading = found.mapped.get(field, "")
            choice.setCurrentIndex(found.headings.index(heading) + 1 if heading in found.headings else 0)
            choice.blockSignals(False)

    def _fill_sheets(self, names: tuple[str, ...], chosen: str) -> None:
        """Offer the sheets of a workbook that has several; none of them is chosen where `chosen` is empty."""
        if [self.sheets.itemText(place) for place in range(self.sheets.count())] != list(names):
            self.sheets.clear()
            self.sheets.addItems(list(names))
        self.sheets.setCurrentIndex(names.index(chosen) if chosen else -1)
        self._sheets.setVisible(len(names) > 1)
        if len(names) > 1 and not chosen:
            self.sheets.setFocus()

    def _state(self, field: str, at: int) -> None:
        self.stated[field] = self.columns[field].itemText(at) if at else ""
        self._wait.start()

    def _show_tab(self, tab: int) -> None:
        self.tabs[tab].setChecked(True)
        self._tables.setCurrentIndex(tab)

    def _follow(self) -> None:
        """Apply is there when there is something that may be taken."""
        preview = None if self._study is None else self._study.preview
        refused = preview is not None and bool(preview.refused)
        self.book.right.setVisible(refused)
        count = 0 if preview is None else len(preview.lines)
        self.apply.setEnabled(bool(count) and (not refused or self.book.right.isChecked()))
        self.apply.setText(f"Apply: {counted(count, 'price')}" if count else "Apply")
        self.apply.setAccessibleName(self.apply.text())

    def _apply(self) -> None:
        from steelyard.library.prices.books import bring_in, use

        preview = None if self._study is None else self._study.preview
        if preview is None:
            return
        library = self._stock.library
        try:
            book = bring_in(library, preview, **self.book.said)
            if self.book.at_once.isChecked():
                use(library, book.name)
        except SteelyardError as trouble:
            self._wrong.setText(str(trouble))
            self._wrong.show()
            return
        self.accept()
        self._window.changed.emit()
        said = f'"{book.name}" was brought in: {counted(len(preview.lines), "price")}.'
        self._window.notice.tell(said, state="ok")

    def _connect(self) -> None:
        self.currency.textEdited.connect(lambda _text: self._wait.start())
        self.numbers.activated.connect(lambda _at: self._wait.start())
        self.sheets.activated.connect(lambda _at: self._wait.start())
        for field, choice in self.columns.items():
            choice.activated.connect(lambda at, field=field: self._state(field, at))
        for place, tab in enumerate(self.tabs):
            tab.clicked.connect(lambda _on, place=place: self._show_tab(place))
        self.book.right.toggled.connect(lambda _on: self._follow())
        self.apply.clicked.connect(self._apply)

    def _lay_out(self) -> None:
        column = scrolled(self)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(0)
        column.addWidget(_inset(self._head()))
        column.addWidget(hairline())
        column.addWidget(_inset(self._mapping()))
        column.addWidget(hairline())
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 8, 20, 8)
        bar.setSpacing(0)
        bar.addWidget(self._counts, 1)
        for tab in self.tabs:
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            bar.addWidget(tab)
        column.addLayout(bar)
        self._tables = QStackedWidget()
        self._tables.setMinimumHeight(look().px(150))
        self._tables.addWidget(self.taken)
        self._tables.addWidget(self.refused)
        column.addWidget(self._tables, 1)
        column.addWidget(hairline())
        column.addWidget(_inset(self.book))
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 0, 20, 10)
        foot.setSpacing(8)
        foot.addWidget(self._wrong, 1)
        foot.addStretch()
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        foot.addWidget(cancel)
        foot.addWidget(self.apply)
        return foot

    def _head(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(words("Import prices", "title"))
        titles.addWidget(self._read)
        row.addLayout(titles, 1)
        self._sheets = under("Sheet", self.sheets)
        self._sheets.hide()
        self.currency.setFixedWidth(look().px(72))
        for each in (self._sheets, under("Numbers are written as", self.numbers), under("Currency", self.currency)):
            row.addWidget(each)
        return whole

    def _mapping(self) -> QWidget:
        whole = QWidget()
        grid = QGridLayout(whole)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (field, choice) in enumerate(self.columns.items()):
            grid.addWidget(under(COLUMNS[field], choice), place // 4, place % 4)
        return whole


def _inset(widget: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(20, 8, 20, 8)
    row.addWidget(widget)
    return whole
