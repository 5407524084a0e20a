"""The verdict: the build card, what the picker would change, and the findings, beside every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from steelyard.gui.build_card import BuildCard
from steelyard.gui.controls import words

if TYPE_CHECKING:
    from steelyard.gui.findings import FindingList
    from steelyard.gui.lines import Found
    from steelyard.gui.preview import Preview

DOCK = 316
WIDE_DOCK = 400


class Verdict(QFrame):
    """Card, preview and findings, one above the other. The last two come when there is something to show."""

    asked = Signal(str)
    why = Signal(str)
    remedy = Signal(str)
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setAccessibleName("Verdict")
        self.card = BuildCard()
        self.card.asked.connect(self.asked)
        self._findings: FindingList | None = None
        self._preview: Preview | None = None
        self._count = words("", "aside")
        head = QHBoxLayout()
        head.setContentsMargins(16, 4, 14, 6)
        head.addWidget(words("Findings", "h2"))
        head.addStretch()
        head.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(0)
        self._add(self.card, 0)
        self._column.addLayout(head)
        self._column.addStretch(1)

    @property
    def findings(self) -> FindingList:
        """The list of findings."""
        if self._findings is None:
            from steelyard.gui.findings import FindingList

            self._findings = FindingList()
            self._findings.asked.connect(self.asked)
            self._findings.why.connect(self.why)
            self._findings.remedy.connect(self.remedy)
            self._findings.chosen.connect(self.chosen)
            self._column.takeAt(self._column.count() - 1)
            self._column.addWidget(self._findings, 1)
        return self._findings

    def show_findings(self, findings: tuple[Found, ...], count: str) -> None:
        """Show other findings, and in words how many there are."""
        self.findings.show_findings(findings)
        self._count.setText(count)

    def show_preview(self, title: str, lines: tuple[tuple[str, str, str, str], ...]) -> None:
        """Show what a part would change (name, now, then, unit); no lines take the preview away."""
        if self._preview is None:
            if not lines:
                return
            from steelyard.gui.preview import Preview

            self._preview = Preview()
            self._add(self._preview, 1)
        self._preview.show_change(title, lines)

    def _add(self, widget: BuildCard | Preview, place: int) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 8)
        row.addWidget(widget)
        self._column.insertLayout(place, row)
