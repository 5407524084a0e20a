"""Help beside the desk: its keys, and the pages of the documentation that come with the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QMainWindow, QTextBrowser, QWidget

from steelyard.errors import BadInputError
from steelyard.gui.look import look
from steelyard.gui.present.keys import keys_page
from steelyard.places import resources

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

SIZE, LEAST, LIST = (980, 720), (560, 420), 190
TITLES: Final = {
    "keys": "Keys",
    "glossary": "Glossary",
    "adding": "Adding data and workloads",
    "sizing": "How a lab is sized",
    "accuracy": "How predictions are checked",
}
"""The pages: the keys of the desk, and files of the documentation by their name."""

MOST_BYTES: Final = 2_000_000


class HelpWindow(QMainWindow):
    """The pages at the left, the chosen one at the right. Esc and Ctrl+W close."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        one = look()
        self.zoom = one.zoom
        self.setMinimumSize(*LEAST)
        self.resize(max(SIZE[0], min(one.px(SIZE[0]), 1400)), SIZE[1])
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages of the help")
        self.pages.addItems(list(TITLES.values()))
        self.pages.setFixedWidth(one.px(LIST))
        self.pages.setFont(one.font("body"))
        self.pages.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)  # nothing leaves this machine, and the pages refer to files of the project
        self.text.setFont(one.font("body"))
        self.text.document().setDocumentMargin(one.px(16))
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.pages)
        beside.addWidget(self.text, 1)
        self.setCentralWidget(row)
        self.pages.currentRowChanged.connect(lambda at: self._fill(list(TITLES)[at]))
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.close)

    def show_page(self, name: str) -> None:
        """Show a page. Raises BadInputError where it did not come with the program."""
        page_text(name)
        at = list(TITLES).index(name)
        if self.pages.currentRow() == at:
            self._fill(name)
        self.pages.setCurrentRow(at)
        self.show()
        self.activateWindow()
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _fill(self, name: str) -> None:
        try:
            said = page_text(name)
        except BadInputError as trouble:
            said = str(trouble)
        self.text.setMarkdown(said)
        self._space_out()
        self.text.setAccessibleName(TITLES[name])
        self.setWindowTitle(f"{TITLES[name]} - Steelyard help")

    def _space_out(self) -> None:
        """Room over headings and between paragraphs, which Markdown leaves to the page."""
        one, block = look(), self.text.document().begin()
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        while block.isValid():
            form = block.blockFormat()
            form.setTopMargin(one.px(18 if form.headingLevel() else 3))
            form.setBottomMargin(one.px(6 if form.headingLevel() else 3))
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
            block = block.next()
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def page_text(name: str) -> str:
    """A page as Markdown. Raises BadInputError where its file cannot be read."""
    if name == "keys":
        return keys_page()
    path = resources() / "docs" / f"{name}.md"
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(MOST_BYTES)
    except (OSError, UnicodeDecodeError):
        message = f'The page "{path.name}" did not come with the program.'
        raise BadInputError(message, "Install the program anew.") from None
