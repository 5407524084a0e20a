"""The keys whose signatures count: which there are, one more after a look at its number, or one less."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.entries import room_for
from steelyard.gui.catalogue.rows import HIGH, Line, Rows
from steelyard.gui.controls import button, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from steelyard.gui.catalogue.window import CatalogueWindow
    from steelyard.library.bundle.keys import TrustedKey

SIZE = (640, 380)
FILTER = "Public keys (*.pub);;All files (*)"
NONE = "No key is trusted, so no bundle can be verified or applied. Add the key of those who publish your catalogue."
SOME = "A bundle counts only if one of these keys signed it. Whoever holds such a key can give you any catalogue."
COMPARE = (
    "Compare its number with the publisher in another way than the one by which the file came, such as by telephone. "
    "Whoever holds this key can give you any catalogue."
)


class KeysDialog(QDialog):
    """A row a key. Nothing is trusted, and none taken away, before a question is answered."""

    def __init__(self, window: CatalogueWindow) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Trusted keys")
        self.setAccessibleName("Trusted keys")
        self.resize(room_for(window, SIZE))
        self._window, self._stock = window, window.stock
        self.said = words("", "sentence", wrap=True)
        self.rows = Rows("Trusted keys", (("Key", 0, False), ("Trusted since", 190, False)), HIGH)
        self.wrong = words("", "wrong", wrap=True)
        self.wrong.hide()
        self.add = button("Trust a key...", "primary", tip="Its number is shown first; nothing is trusted before that")
        self.remove = button("Remove...", tip="Bundles that it signed are refused from then on")
        close = button("Close")
        self.add.clicked.connect(self._choose)
        self.remove.clicked.connect(self._ask_to_remove)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        for each in (self.remove, close, self.add):
            foot.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        column.addWidget(words("Trusted keys", "title"))
        column.addWidget(self.said)
        column.addWidget(self.rows, 1)
        column.addWidget(self.wrong)
        column.addLayout(foot)
        self.refresh()

    def refresh(self) -> None:
        """Show the keys that are trusted now."""
        from steelyard.library.bundle.keys import trusted_keys

        with self._stock.library.reading() as connection:
            known = trusted_keys(connection)
        self.rows.show_rows(tuple(_line(each) for each in known.values()))
        self.said.setText(SOME if known else NONE)
        self.remove.setEnabled(bool(known))

    def ask_to_trust(self, file: Path) -> QMessageBox | None:
        """Show the number of the key in a file, and trust it only when that is agreed to; None where it is refused."""
        from steelyard.library.bundle.keys import add_key, offered_key

        library = self._stock.library
        try:
            offered = offered_key(library, file)
        except SteelyardError as trouble:
            self._refuse(trouble)
            return None
        vouched = f"The key {offered.vouched_by}, which is trusted already, signed this file."
        return self._ask(
            f"Trust the key {offered.key.id}?",
            f"From the file {file}.\n\n{vouched if offered.vouched_by else COMPARE}",
            "Trust",
            lambda: add_key(library, file, offered.key),
        )

    def _ask_to_remove(self) -> QMessageBox | None:
        from steelyard.library.bundle.keys import remove_key

        number, library = self.rows.key, self._stock.library
        if number is None:
            return None
        return self._ask(
            f"Trust the key {number} no longer?",
            "Bundles that it signed are refused from then on. A catalogue that is in use stays, and says so.",
            "Remove",
            lambda: remove_key(library, number),
        )

    def _ask(self, question: str, text: str, answer: str, then: Callable[[], object]) -> QMessageBox:
        self.wrong.hide()
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setAccessibleName("Question")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(question)
        box.setInformativeText(text)
        agreed = box.addButton(answer, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(lambda pressed: self._do(then) if pressed is agreed else None)
        box.open()
        return box

    def _do(self, change: Callable[[], object]) -> None:
        try:
            change()
        except SteelyardError as trouble:
            self._refuse(trouble)
            return
        self.refresh()
        self._window.notice.hide()
        self._window.changed.emit()

    def _refuse(self, trouble: SteelyardError) -> None:
        self.wrong.setText(str(trouble))
        self.wrong.show()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Trust a key", "", FILTER)
        if chosen:
            self.ask_to_trust(Path(chosen))


def _line(key: TrustedKey) -> Line:
    who = "pinned with the program" if key.is_pinned else f"added by {key.who}"
    return Line((f"{key.key.id}\n{who}", "–" if key.is_pinned else key.at[:10]), "ok", key.key.id)
