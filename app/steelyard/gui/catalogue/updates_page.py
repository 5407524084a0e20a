"""Catalogue updates: a signed file is looked at first, then applied, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from steelyard.gui.catalogue.bundle_words import Group, facts_of, groups_of, history_lines, state_sentence
from steelyard.gui.catalogue.page import Page
from steelyard.gui.catalogue.rows import HIGH, Rows
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.symbols import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from steelyard.errors import SteelyardError
    from steelyard.gui.catalogue.keys_dialog import KeysDialog
    from steelyard.gui.catalogue.window import CatalogueWindow
    from steelyard.library.bundle.changing import Applied, RolledBack
    from steelyard.library.bundle.previewing import Preview

FILTER = "Catalogue bundles (*.steelyard-catalogue);;All files (*)"
HISTORY, PREVIEW = range(2)


class UpdatesPage(Page):
    """What was applied so far; or what a bundle would change, before it does."""

    def __init__(self, window: CatalogueWindow) -> None:
        super().__init__(window, "Catalogue updates")
        self._file: Path | None = None
        self._groups: tuple[Group, ...] = ()
        titles = (("Catalogue", 0, False), ("Valid until", 130, False), ("Applied", 190, False))
        self.history = Rows("Catalogues that were applied", titles, HIGH)
        self.differences = Rows(
            "What differs", (("", 0, False), ("Now", 220, False), ("In the bundle", 220, False)), HIGH
        )
        self.choose = button(
            "Open a bundle...", "primary", tip="It is looked at first; nothing is changed before Apply"
        )
        self.back = button("Roll back", tip="Use the catalogue again that was in use before")
        self.apply = button("Apply", "primary")
        self.leave = button("Not now")
        self.keys = button("Trusted keys...", tip="Whose signatures count; add a publisher's key, or remove one")
        self.keys.clicked.connect(self.show_keys)
        for each in (self.keys, self.back, self.choose, self.leave, self.apply):
            self.tools.addWidget(each)
        self._facts = [(words("", "label"), words("", "", wrap=True)) for _ in range(6)]
        self._odd, self._odd_symbol = words("", "sentence", wrap=True), words("")
        self.tabs = [button("", "segment") for _ in range(4)]
        self._body = QStackedWidget()
        self._body.addWidget(self.history)
        self._body.addWidget(self._preview())
        self.column.addWidget(self._body, 1)
        self.choose.clicked.connect(self._choose)
        self.back.clicked.connect(self._roll_back)
        self.apply.clicked.connect(self._apply)
        self.leave.clicked.connect(self._close)
        self._arrange()

    def refresh(self) -> None:
        """Show which catalogue is in use."""
        from steelyard.library.bundle.in_use import in_use
        from steelyard.library.bundle.snapshots import active, snapshots

        library = self.stock.library
        _, state, stands = in_use(library)
        with library.reading() as connection:
            now, all_of_them = active(connection), snapshots(connection)
        self.history.show_rows(history_lines(all_of_them, now if stands else None))
        self.back.setEnabled(now is not None)
        if self._body.currentIndex() == HISTORY:
            self.say(state_sentence(state.words, state.warnings))

    def open_bundle(self, file: Path) -> None:
        """Look at a bundle beside the window, and show what it would change."""
        from steelyard.library.bundle.previewing import preview

        self._file = file
        library = self.stock.library
        self.choose.setEnabled(False)
        self.window_of.notice.hide()  # it was about another bundle, or about the catalogue before
        self.say(f"{file.name} is being verified ...")
        self.window_of.tasks.run(lambda: preview(library, file), self._show, self._refused)

    def _show(self, found: Preview) -> None:
        self.choose.setEnabled(True)
        self._body.setCurrentIndex(PREVIEW)
        self.say(f"{found.file}: {'already in use' if found.already else 'looked at; nothing is changed yet'}.")
        facts = facts_of(found)
        for (name, value), (label, said) in zip(facts, self._facts, strict=False):
            label.setText(name)
            said.setText(value)
        odd = " ".join(each for each in (found.refusal, *found.warnings) if each)
        self._odd.setText(odd)
        self._odd_symbol.setPixmap(
            icon("block" if found.refusal else "warn", "block" if found.refusal else "warn").pixmap(15, 15)
        )
        self._odd_line.setVisible(bool(odd))
        self._groups = groups_of(found.differences)
        for place, tab in enumerate(self.tabs):
            tab.setVisible(place < len(self._groups))
            if place < len(self._groups):
                tab.setText(self._groups[place].title)
                tab.setAccessibleName(self._groups[place].title)
        self._show_group(next((place for place, group in enumerate(self._groups) if group.lines), 0))
        self.apply.setEnabled(not found.refusal and not found.already)
        self._arrange()

    def _refused(self, trouble: SteelyardError) -> None:
        self.choose.setEnabled(True)
        self._close()
        self.window_of.notice.tell(trouble.message, trouble.remedy, state="block")

    def _show_group(self, place: int) -> None:
        self.tabs[place].setChecked(True)
        self.differences.show_rows(self._groups[place].lines)

    def _apply(self) -> None:
        from steelyard.library.bundle.changing import apply

        file, library = self._file, self.stock.library
        if file is None:
            return
        self.apply.setEnabled(False)
        self.window_of.notice.hide()
        self.say(f"{file.name} is being applied ...")
        self.window_of.tasks.run(lambda: apply(library, file), self._applied, self._refused)

    def _applied(self, done: Applied) -> None:
        self._close()
        self.window_of.changed.emit()
        more = " ".join(done.warnings)
        self.window_of.notice.tell(
            f"Catalogue {done.version} is in use. Roll back takes it away again.", more, state="ok"
        )

    def _roll_back(self) -> None:
        from steelyard.library.bundle.changing import roll_back

        library = self.stock.library
        self.back.setEnabled(False)
        self.window_of.tasks.run(lambda: roll_back(library), self._rolled_back, self._refused)

    def _rolled_back(self, done: RolledBack) -> None:
        self._close()
        self.window_of.changed.emit()
        now = "The program's own catalogue" if done.now is None else f"Catalogue {done.now.version}"
        self.window_of.notice.tell(f"{now} is in use again.", " ".join(done.skipped), state="ok")

    def _close(self) -> None:
        self._body.setCurrentIndex(HISTORY)
        self._file = None
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        looking = self._body.currentIndex() == PREVIEW
        for each in (self.apply, self.leave):
            each.setVisible(looking)
        for each in (self.keys, self.back, self.choose):
            each.setVisible(not looking)

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Open a catalogue bundle", "", FILTER)
        if chosen:
            self.open_bundle(Path(chosen))

    def show_keys(self) -> KeysDialog:
        """Show whose signatures count, to add one or take one away."""
        from steelyard.gui.catalogue.keys_dialog import KeysDialog

        dialog = KeysDialog(self.window_of)
        dialog.open()
        return dialog

    def _preview(self) -> QWidget:
        whole = QFrame()
        whole.setProperty("kind", "base")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        facts = QGridLayout()
        facts.setContentsMargins(20, 12, 20, 12)
        facts.setHorizontalSpacing(24)
        facts.setVerticalSpacing(10)
        for place, (label, said) in enumerate(self._facts):
            facts.addLayout(_over(label, said), place // 3, place % 3)
            facts.setColumnStretch(place % 3, 1)
        column.addLayout(facts)
        self._odd_line = QWidget()
        odd = QHBoxLayout(self._odd_line)
        odd.setContentsMargins(20, 0, 20, 12)
        odd.setSpacing(8)
        odd.addWidget(self._odd_symbol)
        odd.addWidget(self._odd, 1)
        column.addWidget(self._odd_line)
        column.addWidget(hairline())
        bar = QHBoxLayout()
        bar.setContentsMargins(20, 8, 20, 8)
        bar.setSpacing(0)
        for place, tab in enumerate(self.tabs):
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(lambda _on, place=place: self._show_group(place))
            bar.addWidget(tab)
        bar.addStretch()
        column.addLayout(bar)
        column.addWidget(self.differences, 1)
        return whole


def _over(label: QLabel, said: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(label)
    column.addWidget(said)
    column.addStretch()
    return column
