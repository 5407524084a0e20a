"""The price books: which there are, how old they are, and which one builds take their prices from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget

from steelyard.catalog.prices import INDICATIVE
from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.page import Page
from steelyard.gui.catalogue.price_study import grouped
from steelyard.gui.catalogue.rows import HIGH, Line, Rows
from steelyard.gui.controls import button, words
from steelyard.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.gui.catalogue.window import CatalogueWindow
    from steelyard.library.prices.books import KeptBook

FILTER = "Price lists (*.csv *.tsv *.txt *.xlsx);;All files (*)"


class PricesPage(Page):
    """A row a book; the indicative prices of the program are the first."""

    def __init__(self, window: CatalogueWindow) -> None:
        super().__init__(window, "Price books")
        self.books = Rows(
            "Price books",
            (
                ("Book", 0, False),
                ("Dated", 170, False),
                ("Currency", 76, False),
                ("Parts", 140, True),
                ("Brought in", 170, False),
            ),
            HIGH,
        )
        self.take = button("Import prices...", "primary", tip="From a CSV or XLSX file; nothing is taken before Apply")
        self.use = button("Use this book")
        self.remove = button("Remove", tip="The book goes; the log keeps that it was there")
        self.give = button("Save as CSV...")
        for each in (self.give, self.remove, self.use, self.take):
            self.tools.addWidget(each)
        titles = (("Part", 0, False), ("From", 90, True), ("Price", 130, True), ("Row", 76, True), ("Note", 240, False))
        self.lines = Rows("Prices of the book", titles)
        self._empty = words("", "sentence", wrap=True)
        self._empty.setContentsMargins(20, 14, 20, 14)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._below = QStackedWidget()
        self._below.addWidget(self._empty)
        self._below.addWidget(self.lines)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.books)
        split.addWidget(self._below)
        split.setSizes([240, 400])
        self.column.addWidget(split, 1)
        self._own: KeptBook | None = None
        self._own_of = ""
        self.books.moved.connect(lambda _book: self._follow())
        self.books.pressed_row.connect(lambda _book: self.use.click())
        self.use.clicked.connect(self._use)
        self.remove.clicked.connect(self._remove)
        self.give.clicked.connect(self._save)
        self.take.clicked.connect(self._choose_file)

    def refresh(self) -> None:
        """Show the books as they are in the library."""
        from steelyard.library.prices.books import books

        kept, today = books(self.stock.library), self.stock.today
        active = next((book for book in kept if book.active), None)
        self._own = self._indicative()._replace(active=active is None)
        self.books.show_rows(tuple(_line(book, today) for book in (self._own, *kept)))
        self.say(_sentence(active, self._own, today))
        self._follow()

    def open_import(self, path: Path) -> None:
        """Open the import of a price list."""
        from steelyard.gui.catalogue.price_import import PriceImport

        dialog = PriceImport(self.window_of, path)
        dialog.open()

    def _indicative(self) -> KeptBook:
        """The prices of the program, or of the applied catalogue, as they are without own parts and another book."""
        from steelyard.catalog import load_catalog
        from steelyard.library.prices.ages import indicative_of

        catalog = self.stock.catalog
        if self._own is None or self._own_of != catalog.hash:
            self._own, self._own_of = indicative_of(load_catalog(catalog.root), active=True), catalog.hash
        return self._own

    def _follow(self) -> None:
        name = self.books.key
        line = next((line for line in self.books.lines if line.key == name), None)
        self.use.setEnabled(line is not None and line.state != "ok")
        for each in (self.remove, self.give):
            each.setEnabled(name not in {None, INDICATIVE})
        self._show_lines(name)

    def _show_lines(self, name: str | None) -> None:
        from steelyard.library.prices.books import lines_of

        if name in {None, INDICATIVE}:
            self._empty.setText(
                "These prices stand in the parts' own files, each with its day and its source: see the part."
            )
            self._below.setCurrentIndex(0)
            return
        parts = self.stock.catalog.parts
        self.lines.show_rows(
            tuple(
                Line(
                    (
                        parts[line.part].name if line.part in parts else line.part,
                        f"{line.least:,}",
                        grouped(line.amount),
                        f"{line.line:,}",
                        line.note,
                    ),
                    "" if line.part in parts else "unknown",
                    (line.part, line.least),
                )
                for line in lines_of(self.stock.library, str(name))
            )
        )
        self._below.setCurrentIndex(1)

    def _use(self) -> None:
        from steelyard.library.prices.books import use

        name = self.books.key
        if name is not None and self.use.isEnabled():
            self.window_of.attempt(
                lambda: use(self.stock.library, name), f'Builds take their prices from "{name}" now.'
            )

    def _remove(self) -> None:
        from steelyard.library.prices.books import remove

        name = self.books.key
        if name is not None:
            self.window_of.attempt(lambda: remove(self.stock.library, name), f'The price book "{name}" was removed.')

    def _choose_file(self) -> None:
        from pathlib import Path

        chosen, _ = QFileDialog.getOpenFileName(self, "Import prices", "", FILTER)
        if chosen:
            self.open_import(Path(chosen))

    def _save(self) -> None:
        from pathlib import Path

        from steelyard.library.prices.books import exported
        from steelyard.project.atomic import write_atomically

        name = self.books.key
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the price book", f"{name}.csv", "CSV (*.csv)")
        if not chosen:
            return
        try:
            write_atomically(Path(chosen), exported(self.stock.library, name, self.stock.catalog.parts))
        except SteelyardError as trouble:
            self.window_of.tell(trouble)
            return
        self.window_of.notice.tell(f"The price book was written to {chosen}.", state="ok")


def _line(book: KeptBook, today: str) -> Line:
    own = book.name == INDICATIVE
    gaps = "" if own else f"\nothers: {'indicative' if book.fills_gaps else 'no price'}"
    cells = (
        f"{book.name}\n{book.source if own else f'{book.kind}, {book.source}'}",
        f"{book.dated}\n{_age(book, today)}",
        book.currency,
        f"{book.parts:,}{gaps}",
        "with the program" if own else f"{book.added_at[:10]}\nby {book.added_by}",
    )
    return Line(cells, "ok" if book.active else "", book.name)


def _age(book: KeptBook, today: str) -> str:
    """How old a book is; where its prices are of several days, the oldest of them."""
    from steelyard.library.prices.ages import age_of

    age = age_of(book.dated, today)
    if age in {"today", "unknown"}:
        return "of today" if age == "today" else "age unknown"
    return f"up to {age} old" if " to " in book.dated else f"{age} old"


def _sentence(active: KeptBook | None, own: KeptBook, today: str) -> str:
    if active is None:
        age = _age(own, today)
        return f"Builds take the indicative prices that come with the program, {age}. A book of yours replaces them."
    priced = counted(active.parts, "part")
    gaps = " Other parts take their indicative price." if active.fills_gaps else " Other parts have no price."
    return f'Builds take their prices from "{active.name}", {_age(active, today)}: {priced} in {active.currency}.{gaps}'
