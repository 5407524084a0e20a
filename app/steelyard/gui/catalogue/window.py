"""The catalogue manager: a window beside the desk. What it changes is in the desk at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from steelyard.errors import BadInputError, SteelyardError
from steelyard.gui.catalogue.parts_page import PartsPage
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.notice import Notice
from steelyard.gui.tasks import Tasks
from steelyard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QPushButton

    from steelyard.gui.catalogue.stock import Stock

PAGES = {"parts": "Parts", "prices": "Price books", "updates": "Updates", "log": "Log"}
SIZE, LEAST = (1280, 800), (860, 600)


class CatalogueWindow(QMainWindow):
    """Parts, price books, updates and the log, a page each."""

    changed = Signal()
    """The library was changed: the catalogue must be loaded anew."""

    def __init__(self, stock: Stock, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Catalogue - Steelyard")
        self.setAccessibleName("Catalogue")
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self.stock = stock
        self.tasks = Tasks(self)
        self.notice = Notice()
        self.parts = PartsPage(stock)
        self._sentence = words("", "sentence", wrap=True)
        self._sentence.setAccessibleName("Answer")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.parts)
        self._pages: dict[str, QWidget] = {"parts": self.parts}
        self._tabs: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()

    @property
    def page(self) -> str:
        """The page that is shown."""
        return next(name for name, page in self._pages.items() if page is self._stack.currentWidget())

    def show_page(self, name: str) -> None:
        """Show a page, made when it is first wanted."""
        if name not in self._pages:
            self._pages[name] = self._made(name)
            self._stack.addWidget(self._pages[name])
        self._stack.setCurrentWidget(self._pages[name])
        self._tabs[name].setChecked(True)
        self.notice.hide()
        self.refresh()

    def refresh(self) -> None:
        """Show the catalogue and the library as they are now."""
        page = self._pages[self.page]
        try:
            page.refresh()  # type: ignore[attr-defined]  # every page has it
            self._sentence.setText(self._answer())
        except SteelyardError as trouble:
            self.tell(trouble)

    def tell(self, trouble: SteelyardError) -> None:
        """Say what was refused."""
        self.notice.tell(trouble.message, trouble.remedy)

    def attempt(self, change: Callable[[], object], said: str = "") -> bool:
        """Change the library; what it refuses is told as a sentence, what was done with `said`."""
        try:
            change()
        except SteelyardError as trouble:
            self.tell(trouble)
            return False
        self.changed.emit()
        if said:
            self.notice.tell(said, state="ok")
        return True

    def _use(self, part_id: str, use: bool) -> None:  # noqa: FBT001 - Qt's signal
        builds = self.stock.used(part_id)
        if builds and not use:
            self.tell(BadInputError(f"The part stays in use: {builds} has it.", "Choose another part there first."))
            return
        said = "The part can stand in builds now." if use else "The part can no longer stand in builds."
        self.attempt(lambda: self.stock.use(part_id, use=use), said)

    def _override(self, part_id: str, field: str) -> None:
        sheet = self.parts.sheet.sheet
        line = None if sheet is None else next((each for each in sheet.values if each.field == field), None)
        if sheet is None or line is None or sheet.part_id != part_id:
            return
        if self.stock.catalog.schema[self.stock.catalog.part(part_id).kind].fields[field].form == "slots":
            self.tell(BadInputError("A board's slots are no single value.", "Make a new part like this one instead."))
            return
        from steelyard.gui.catalogue.override_dialog import OverrideDialog

        dialog = OverrideDialog(self, self.stock.catalog, sheet, line)
        dialog.wished.connect(lambda wish: self.attempt(lambda: self.stock.override(wish)))
        dialog.open()

    def _undo(self, part_id: str, field: str) -> None:
        self.attempt(lambda: self.stock.undo_override(part_id, field), "The catalogue's own value stands again.")

    def _copy(self, part_id: str) -> None:
        self._edit_part(part_id, part_id)

    def _change(self, part_id: str) -> None:
        self._edit_part(part_id, "")

    def _edit_part(self, part_id: str, like: str) -> None:
        from steelyard.gui.catalogue.own_part_dialog import OwnPartDialog

        try:
            text = self.stock.template(like) if like else self.stock.document(part_id)
        except SteelyardError as trouble:
            self.tell(trouble)
            return
        catalog = self.stock.catalog
        dialog = OwnPartDialog(self, catalog, catalog.part(part_id).kind, text, like=like)
        dialog.wished.connect(lambda text: self.attempt(lambda: self.stock.keep_part(text), "The part is kept."))
        dialog.open()

    def _remove(self, part_id: str) -> None:
        builds = self.stock.used(part_id)
        if builds:
            self.tell(BadInputError(f"The part stays: {builds} has it.", "Choose another part there first."))
            return
        self.attempt(lambda: self.stock.remove_part(part_id), "The part was removed; the log keeps its text.")

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window is kept for the next time; the library's file is let go."""
        self.stock.close()
        super().closeEvent(event)

    def _answer(self) -> str:
        catalog = self.stock.catalog
        layers = [info.layer for info in catalog.parts.values()]
        own, imported = layers.count("own"), layers.count("opendb")
        more = [f"{own:,} of your own" if own else "", f"{imported:,} imported" if imported else ""]
        beside = " and ".join(each for each in more if each)
        over = len(catalog.overrides)
        values = f" {counted(over, 'value')} overridden." if over else ""
        return f"{counted(len(layers), 'part')} can stand in a build{f', {beside}' if beside else ''}.{values}"

    def _made(self, name: str) -> QWidget:
        if name == "prices":
            from steelyard.gui.catalogue.prices_page import PricesPage

            return PricesPage(self)
        if name == "updates":
            from steelyard.gui.catalogue.updates_page import UpdatesPage

            return UpdatesPage(self)
        from steelyard.gui.catalogue.log_page import LogPage

        return LogPage(self)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 10, 20, 10)
        head.setSpacing(0)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(words("Catalogue", "title"))
        titles.addWidget(self._sentence)
        head.addLayout(titles, 1)
        for name, text in PAGES.items():
            tab = button(text, "segment")
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda _on, name=name: self.show_page(name))
            self._tabs[name] = tab
            head.addWidget(tab, 0, Qt.AlignmentFlag.AlignVCenter)
        self._tabs["parts"].setChecked(True)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self._stack, 1)
        column.addWidget(self.notice)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.parts.troubled.connect(self.tell)
        sheet = self.parts.sheet
        sheet.use_wanted.connect(self._use)
        sheet.override_wanted.connect(self._override)
        sheet.undo_wanted.connect(self._undo)
        sheet.copy_wanted.connect(self._copy)
        sheet.change_wanted.connect(self._change)
        sheet.removal_wanted.connect(self._remove)
        for keys, what in {"Ctrl+F": self._find, "Ctrl+W": self.close}.items():
            QShortcut(QKeySequence(keys), self).activated.connect(what)
        for place, name in enumerate(PAGES):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            shortcut.activated.connect(lambda name=name: self.show_page(name))

    def _find(self) -> None:
        self.show_page("parts")
        self.parts.search.setFocus()
        self.parts.search.selectAll()
