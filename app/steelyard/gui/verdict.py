"""The verdict: the build card and the findings, beside every view; as a drawer below it where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from steelyard.gui.build_card import BuildCard
from steelyard.gui.controls import words
from steelyard.gui.drawing import across, down, elided, paint_reading, write
from steelyard.gui.findings import FindingList
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.readings import Card
from steelyard.gui.beam import Beam

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.readings import Found

DOCK = 316
WIDE_DOCK = 400
DRAWER = 128


class Verdict(QFrame):
    """Card, preview of what the picker would change, and findings, one above the other."""

    asked = Signal(str)
    why = Signal(str)
    remedy = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setAccessibleName("Verdict")
        self.card = BuildCard()
        self.card.asked.connect(self.asked)
        self.findings = FindingList()
        self.findings.asked.connect(self.why)
        self.findings.remedy.connect(self.remedy)
        self._title = words("Findings", "h2")
        self._count = words("", "aside")
        self.preview = Preview()
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 14, 6)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(0)
        for widget in (self.card, self.preview):
            row = QHBoxLayout()
            row.setContentsMargins(12, 0, 12, 8 if widget is self.card else 0)
            row.addWidget(widget)
            column.addLayout(row)
        column.addLayout(head)
        column.addWidget(self.findings, 1)

    def show_verdict(self, card: Card, findings: tuple[Found, ...], count: str) -> None:
        """Show another build's card and findings."""
        self.card.show_card(card)
        self.findings.show_findings(findings)
        self._count.setText(count)


class Preview(Painted):
    """What taking a part from the picker would change: a ghost of the card's numbers, in a dashed frame."""

    def __init__(self) -> None:
        super().__init__("Preview", width=280, height=104, focus=False)
        self._title, self._lines = "", ()
        self.setVisible(False)

    def show_change(self, title: str, lines: tuple[tuple[str, str, str, str], ...]) -> None:
        """Show what would be (name, now, then, unit); no lines take it away."""
        self._title, self._lines = title, lines
        self.setAccessibleDescription("; ".join(f"{name} from {now} to {then} {unit}" for name, now, then, unit in lines))
        self.set_least(280, 34 + 19 * len(lines))
        self.setVisible(bool(lines))
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Title, then a line a change."""
        from steelyard.gui.drawing import outline  # noqa: PLC0415 - not needed for the first paint

        palette, one = colours(), look()
        outline(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), palette.steel, 1.5, radius=6.0, dashed=True)
        end = write(painter, one.px(14), one.px(20), "Preview", "small medium", palette.steel)
        write(painter, end + one.px(8), one.px(20), elided(self._title, "small", self.width() - end - one.px(20)), "small", palette.ink2)
        for index, (name, now, then, unit) in enumerate(self._lines):
            y = one.px(40 + 19 * index)
            write(painter, one.px(14), y, name, "small", palette.ink2)
            middle = self.width() * 0.56
            write(painter, middle - one.px(14), y, now, "small", palette.ink3, align="right")
            write(painter, middle, y, "→", "small", palette.ink3, align="centre")
            write(painter, middle + one.px(14), y, then, "small medium", palette.ink)
            write(painter, self.width() - one.px(14), y, unit, "small", palette.ink3, align="right")


class CardLine(Painted):
    """The card as one line, for the drawer."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("Build card", width=560, height=58)
        self._card = Card("Nothing on the beam yet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("Open the whole verdict")

    def show_card(self, card: Card) -> None:
        """Show another build."""
        self._card = card
        spoken = "; ".join(figure.spoken() for figure in card.figures)
        self.setAccessibleDescription(f"{card.name}. {card.status}. {spoken}. Press Enter for the whole verdict.")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Name and role, then the figures with hairlines between."""
        palette, one, card = colours(), look(), self._card
        across(painter, self.width() / 2 - one.px(18), self.width() / 2 + one.px(18), one.px(4), palette.line1, 3)
        width = one.px(150)
        write(painter, one.px(16), one.px(26), elided(card.name, "lead", width), "lead", palette.ink)
        write(painter, one.px(16), one.px(44), elided(card.role, "small", width), "small", palette.ink2)
        x = one.px(16) + width
        room = (self.width() - x) / max(1, len(card.figures))
        for figure in card.figures:
            down(painter, x, one.px(12), one.px(48), palette.line)
            write(painter, x + one.px(12), one.px(24), figure.label, "small", palette.ink2)
            unit = elided(figure.unit, "small", room - one.px(30) - one.metrics("dock figure").horizontalAdvance(figure.value))
            paint_reading(painter, x + one.px(12), one.px(44), figure._replace(unit=unit), "dock figure", unit_step="small")
            x += room

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A press opens the drawer."""
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """So does Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class Drawer(QFrame):
    """At the foot of a narrow window: one line and three findings; opened, the whole verdict."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.line = CardLine()
        self.line.pressed.connect(self.opened)
        self.beam = Beam()
        self.strip = FindingStrip()
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 8, 0)
        top.addWidget(self.line, 1)
        top.addWidget(self.beam)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.strip)

    def show_verdict(self, card: Card, findings: tuple[Found, ...]) -> None:
        """Show another build."""
        self.line.show_card(card)
        if card.weighed is not None:
            self.beam.show_weighed(card.weighed)
        self.strip.show_findings(findings)


class FindingStrip(Painted):
    """The three gravest findings side by side, and how many more there are."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Gravest findings", width=560, height=66)
        self._findings: tuple[Found, ...] = ()

    def show_findings(self, findings: tuple[Found, ...]) -> None:
        """Show other findings."""
        self._findings = findings
        self.setAccessibleDescription("; ".join(f"{found.word}: {found.title}" for found in findings[:3]))
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Three columns and the rest's count."""
        from steelyard.gui.symbols import paint_symbol  # noqa: PLC0415 - drawers are rare at the first paint
        from steelyard.gui.wrapping import Span, paint_spans  # noqa: PLC0415

        palette, one = colours(), look()
        across(painter, 0, self.width(), 0, palette.line)
        column = (self.width() - one.px(90)) / 3
        for index, found in enumerate(self._findings[:3]):
            x = index * column
            if index:
                down(painter, x, 0, self.height(), palette.line)
            paint_symbol(painter, found.state, QRectF(x + one.px(14), one.px(10), one.px(14), one.px(14)), palette.state(found.state), palette.panel)
            spans = [Span(found.word, "medium", palette.state(found.state)), Span(f"  {found.title}", "body", palette.ink)]
            end = paint_spans(painter, x + one.px(36), one.px(8), spans, column - one.px(46), one.px(17))
            if end < one.px(44):
                write(painter, x + one.px(36), end + one.px(12), elided(found.detail, "small", column - one.px(46)), "small", palette.ink3)
        more = len(self._findings) - 3
        if more > 0:
            write(painter, self.width() - one.px(76), one.px(24), f"{more} more", "medium", palette.steel)


def stacked(*widgets: QWidget) -> QStackedWidget:
    """Widgets of which one is seen at a time."""
    stack = QStackedWidget()
    for widget in widgets:
        stack.addWidget(widget)
    return stack
