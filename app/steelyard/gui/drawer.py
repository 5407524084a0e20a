"""The verdict of a narrow window: a line and three findings at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from steelyard.gui.beam import Beam
from steelyard.gui.drawing import across, down, elided, paint_reading, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.readings import Card
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.gui.lines import Found

SHOWN = 3
BEAM_FROM, BEAM, NARROW_BEAM = 800, 240, 190
"""From this width on the beam is as wide as drawn; below it is narrower, and the line has fewer words."""

NAME, NARROW_NAME, LEAST_FIGURE = 150, 116, 84
"""Room for the build's name and for each figure; those that have none stand in the opened verdict."""


class CardLine(Painted):
    """The card as one line, for the drawer."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("Build card", width=280, height=58)
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
        width = one.px(NAME if self.width() >= one.px(NAME + 4 * LEAST_FIGURE + 60) else NARROW_NAME)
        write(painter, one.px(16), one.px(26), elided(card.name, "lead", width), "lead", palette.ink)
        write(painter, one.px(16), one.px(44), elided(card.role, "small", width), "small", palette.ink2)
        x = float(one.px(16) + width)
        shown_most = max(1, int((self.width() - x) // one.px(LEAST_FIGURE)))
        figures = card.figures[:shown_most]
        room = (self.width() - x) / max(1, len(figures))
        for figure in figures:
            down(painter, x, one.px(12), one.px(48), palette.line)
            write(painter, x + one.px(12), one.px(24), figure.label, "small", palette.ink2)
            value = elided(figure.value, "dock figure", room - one.px(18))
            spare = room - one.px(24) - one.metrics("dock figure").horizontalAdvance(value)
            unit = next((u for u in (figure.unit, figure.unit.split(",", maxsplit=1)[0]) if _fits(u, spare)), "")
            shown = figure._replace(value=value, unit=unit or elided(figure.unit, "small", spare).strip("…"))
            paint_reading(painter, x + one.px(12), one.px(44), shown, "dock figure", unit_step="small")
            x += room

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press opens the drawer."""
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So does Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


def _fits(text: str, room: float) -> bool:
    return look().metrics("small").horizontalAdvance(text) <= room


class Drawer(QFrame):
    """At the foot of a narrow window: one line and three findings; opened, the whole verdict."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.line = CardLine()
        self.line.pressed.connect(self.opened)
        self.beam = Beam()
        self.beam.set_least(BEAM, 44)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The beam gets narrower first; it stays, for it is the answer."""
        self.beam.set_least(BEAM if event.size().width() >= look().px(BEAM_FROM) else NARROW_BEAM, 44)
        super().resizeEvent(event)

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
        self.setAccessibleDescription("; ".join(f"{found.word}: {found.title}" for found in findings[:SHOWN]))
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Three columns and the rest's count."""
        from steelyard.gui.wrapping import Span, paint_spans

        palette, one = colours(), look()
        across(painter, 0, self.width(), 0, palette.line)
        column = (self.width() - one.px(90)) / 3
        for index, found in enumerate(self._findings[:SHOWN]):
            x = index * column
            if index:
                down(painter, x, 0, self.height(), palette.line)
            paint_symbol(
                painter,
                found.state,
                QRectF(x + one.px(14), one.px(10), one.px(14), one.px(14)),
                palette.state(found.state),
                palette.panel,
            )
            spans = [
                Span(found.word, "medium", palette.state(found.state)),
                Span(f"  {found.title}", "body", palette.ink),
            ]
            end = paint_spans(painter, x + one.px(36), one.px(8), spans, column - one.px(46), one.px(17))
            if end < one.px(44):
                write(
                    painter,
                    x + one.px(36),
                    end + one.px(12),
                    elided(found.detail, "small", column - one.px(46)),
                    "small",
                    palette.ink3,
                )
        more = len(self._findings) - SHOWN
        if more > 0:
            write(painter, self.width() - one.px(76), one.px(24), f"{more} more", "medium", palette.steel)
