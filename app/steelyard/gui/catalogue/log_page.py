"""The log of the library: what was done, by whom and when, and whether the chain of its entries holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter

from steelyard.gui.catalogue.page import Page
from steelyard.gui.catalogue.rows import Line, Rows
from steelyard.gui.controls import button
from steelyard.wording import counted

if TYPE_CHECKING:
    from steelyard.gui.catalogue.window import CatalogueWindow
    from steelyard.library.audit import Entry

SHOWN = 2_000
"""Entries that are listed, the newest; the chain is verified over all."""


class LogPage(Page):
    """A row an entry, the newest first; below, all that the current one says."""

    def __init__(self, window: CatalogueWindow) -> None:
        super().__init__(window, "What was done to the library")
        titles = (
            ("No.", 64, True),
            ("Time, UTC", 170, False),
            ("Who", 110, False),
            ("What", 190, False),
            ("On", 0, False),
        )
        self.entries = Rows("Entries of the log", titles)
        self.detail = QPlainTextEdit()
        self.detail.setReadOnly(True)
        self.detail.setProperty("kind", "mono")
        self.detail.setAccessibleName("The entry in full")
        self.detail.setTabChangesFocus(True)
        self.verify = button("Verify chain", tip="Compute the hash of every entry again, from the first to the last")
        self.tools.addWidget(self.verify)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.entries)
        split.addWidget(self.detail)
        split.setSizes([460, 160])
        split.setStretchFactor(0, 1)
        self.column.addWidget(split, 1)
        self.entries.moved.connect(self._show)
        self.verify.clicked.connect(self._verify)

    def refresh(self) -> None:
        """Show the entries as they are."""
        from steelyard.library import audit

        with self.stock.library.reading() as connection:
            entries = list(audit.entries(connection))
        self.say(
            f"{counted(len(entries), 'entry')}; each holds the hash of the one before."
            if entries
            else "Nothing was done yet. Every change of parts, prices and catalogues will stand here."
        )
        self.entries.show_rows(tuple(_line(entry) for entry in entries[: -SHOWN - 1 : -1]))
        if not entries:
            self.detail.clear()

    def _show(self, entry: Entry) -> None:
        try:
            said = json.dumps(json.loads(entry.detail), ensure_ascii=False, indent=2)
        except ValueError:
            said = entry.detail
        self.detail.setPlainText(f"{said}\n\nhash      {entry.hash}\nprevious  {entry.previous}")

    def _verify(self) -> None:
        from steelyard.library import audit

        library = self.stock.library

        def work() -> int | None:
            with library.reading() as connection:
                return audit.broken_at(connection)

        self.window_of.tasks.run(work, self._tell, self.window_of.tell)

    def _tell(self, broken: int | None) -> None:
        if broken is None:
            self.window_of.notice.tell("The chain holds, from the first entry to the last.", state="ok")
        else:
            self.window_of.notice.tell(
                f"The chain is broken at entry {broken}: it, or one before it, is not as it was written.",
                "Compare with a copy of the library from before; what the parts and prices say is not changed by this.",
                state="block",
            )


def _line(entry: Entry) -> Line:
    cells = (
        f"{entry.seq:,}",
        entry.at.replace("T", " ").removesuffix("+00:00"),
        entry.who,
        entry.action,
        entry.subject,
    )
    state = "warn" if "refused" in entry.action else ""
    return Line(cells, state, entry)
