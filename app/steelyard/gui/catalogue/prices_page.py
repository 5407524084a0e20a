"""The price books: which there are, how old they are, and which one builds take their prices from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.page import Page
from steelyard.gui.catalogue.price_study import grouped
from steelyard.gui.catalogue.rows import HIGH, Line, Rows
from steelyard.gui.catalogue.sheet import age_words
from steelyard.gui.controls import button, words
from steelyard.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.catalog.prices import Book
    from steelyard.gui.catalogue.window import CatalogueWindow
    from steelyard.library.prices.books import KeptBook

FILTER = "Price lists (*.csv *.tsv *.txt *.xlsx);;All files (*)"
INDICATIVE = "Indicative prices"


class PricesPage(Page):
    """A row a book; the indicative prices of the program are the first."""

    def __init__(self, window: CatalogueWindow) -> None:
        super().__init__(window, "Price books")
        self.books = Rows(
            "Price books",
            (
                ("Book", 0, False),
                ("Dated", 150, False),
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
        lines = [_indicative(self.stock.catalog.date, today, active=active is None), *(_line(b, today) for b in kept)]
        self.books.show_rows(tuple(lines))
        self.say(_sentence(self.stock.catalog.prices.book, active, today))
        self._follow()

    def open_import(self, path: Path) -> None:
        """Open the import of a price list."""
        from steelyard.gui.catalogue.price_import import PriceImport

        dialog = PriceImport(self.window_of, path)
        dialog.open()

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


def _indicative(day: str, today: str, *, active: bool) -> Line:
    cells = (
        f"{INDICATIVE}\nMaker list prices, dated orders, and estimates by class",
        f"{day}\n{age_words(day, today)}",
        "USD",
        "–",
        "with the program",
    )
    return Line(cells, "ok" if active else "", INDICATIVE)


def _line(book: KeptBook, today: str) -> Line:
    gaps = "\nothers: indicative" if book.fills_gaps else "\nothers: no price"
    cells = (
        f"{book.name}\n{book.kind}, {book.source}",
        f"{book.dated}\n{age_words(book.dated, today)}",
        book.currency,
        f"{book.parts:,}{gaps}",
        f"{book.added_at[:10]}\nby {book.added_by}",
    )
    return Line(cells, "ok" if book.active else "", book.name)


def _sentence(book: Book, active: KeptBook | None, today: str) -> str:
    if active is None:
        return "Builds take the indicative prices that come with the program. A book of yours replaces them."
    priced = counted(active.parts, "part")
    age = age_words(book.date, today)
    gaps = " Other parts take their indicative price." if active.fills_gaps else " Other parts have no price."
    return f'Builds take their prices from "{book.name}", {age}: {priced} in {book.currency}.{gaps}'
