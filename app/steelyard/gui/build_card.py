"""The build card: name, role, state, four figures and the beam; one stop for Tab, arrows walk its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from steelyard.gui.beam import paint_beam, paint_dim_beam
from steelyard.gui.drawing import across, down, elided, outline, paint_reading, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.readings import UNKNOWN, Card, Weighed
from steelyard.gui.states import STATUS_SYMBOLS
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

EMPTY = Card("Nothing on the beam yet")
COLUMNS = 2
ROWS = ((66, 62), (128, 90))
"""Top and height of the two rows of figures; the second has lines for the condition of a temperature."""


class BuildCard(Painted):
    """A build at a glance; a figure's range line is its condition. `asked` carries the quantity that was pressed."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Build card", width=280, height=278)
        self._card = EMPTY
        self._current = 0
        self.setMouseTracking(True)
        self._over = -1

    def show_card(self, card: Card) -> None:
        """Show another build, or the same one changed."""
        self._card = card
        spoken = "; ".join(figure.spoken() for figure in card.figures)
        self.setAccessibleDescription(
            f"{card.name}, {card.role}. {card.status}. {spoken}. Arrows walk the figures, Enter gives the reason."
        )
        self.update()

    def figure_place(self, index: int) -> QRectF:
        """Where a figure stands: 2 x 2 below the head, parted by a hairline cross."""
        one = look()
        left, width = one.px(16), self.width() - one.px(32)
        row, cell = index // COLUMNS, width / COLUMNS
        return QRectF(left + index % COLUMNS * cell, one.px(ROWS[row][0]), cell, one.px(ROWS[row][1]))

    def beam_place(self) -> QRectF:
        """Where the beam stands."""
        one = look()
        return QRectF(one.px(16), one.px(226), self.width() - one.px(32), one.px(44))

    def paint(self, painter: QPainter) -> None:
        """Frame, head, figures, beam."""
        palette, one, card = colours(), look(), self._card
        place = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.base)
        painter.drawRoundedRect(place, one.px(6), one.px(6))
        outline(painter, place, palette.line1, 1.0, radius=one.px(6))
        if card is EMPTY:
            paint_dim_beam(painter, QPointF(place.center().x(), place.center().y() - one.px(12)), place.width() * 0.6)
            write(
                painter,
                place.center().x(),
                place.center().y() + one.px(34),
                card.name,
                "h2",
                palette.ink,
                align="centre",
            )
            return
        self._paint_head(painter, card)
        for index in range(2 * COLUMNS):
            reading = card.figures[index] if index < len(card.figures) else UNKNOWN
            cell = self.figure_place(index)
            x = cell.left() + (one.px(14) if index % COLUMNS else 0)
            write(painter, x, cell.top() + one.px(22), reading.label, "small", palette.ink2)
            self._paint_figure(painter, x, cell, index)
        right, cross = self.width() - one.px(16), self.figure_place(0).right()
        for row_top, row_height in ROWS:
            across(painter, one.px(16), right, one.px(row_top), palette.line)
            down(painter, cross, one.px(row_top), one.px(row_top + row_height), palette.line)
        across(painter, one.px(16), right, one.px(sum(ROWS[-1])), palette.line)
        paint_beam(painter, self.beam_place(), card.weighed or Weighed())

    def _paint_figure(self, painter: QPainter, x: float, cell: QRectF, index: int) -> None:
        reading, one = self._card.figures[index], look()
        wide = cell.right() - x - one.px(4)
        big = one.metrics("card figure").horizontalAdvance(reading.value)
        step = "card figure" if big + one.metrics("small").horizontalAdvance(reading.unit) + 4 < wide else "dock figure"
        unit = elided(reading.unit, "small", wide - one.metrics(step).horizontalAdvance(reading.value) - 4)
        underline = "solid" if index == self._over else ""
        paint_reading(
            painter,
            x,
            cell.top() + one.px(47),
            reading._replace(unit=unit),
            step,
            unit_step="small",
            underline=underline,
        )
        for line, text in enumerate(reading.range.split("\n")):
            condition = elided(text, "axis", wide)
            write(painter, x, cell.top() + one.px(65 + 14 * line), condition, "axis", colours().ink3)
        if self.hasFocus() and index == self._current:
            outline(painter, cell.adjusted(2 if index % COLUMNS else -6, 3, -3, -3), colours().steel, 2.0, radius=4.0)

    def _paint_head(self, painter: QPainter, card: Card) -> None:
        palette, one = colours(), look()
        symbol, state = STATUS_SYMBOLS.get(card.status, ("", "ink3"))
        rooms = [float(self.width() - one.px(16))] * 2  # where the lines of name and role end
        if card.status:
            words = card.status if card.status == "READY" or not card.reasons else f"{card.status} {card.reasons}"
            taken = one.metrics("small medium").horizontalAdvance(words) + one.px(44)
            line = int(one.metrics("title").horizontalAdvance(card.name) + taken > rooms[0])
            foot = one.px(33 + 19 * line)  # beside the name, or under a long one
            left = write(painter, rooms[0], foot, words, "small medium", palette.state(state), align="right")
            left -= one.px(20)
            mark = QRectF(left, foot - one.px(12), one.px(15), one.px(15))
            paint_symbol(painter, symbol, mark, palette.state(state))
            rooms[line] = left - one.px(8)
        for text, step, foot, colour, room in (
            (card.name, "title", one.px(31), palette.ink, rooms[0]),
            (card.role, "body", one.px(51), palette.ink2, rooms[1]),
        ):
            write(painter, one.px(16), foot, elided(text, step, room - one.px(16)), step, colour)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which figure would open."""
        over = self._at(event.position())
        if over != self._over:
            self._over = over
            self.setToolTip(self._card.figures[over].spoken() if over >= 0 else "")
            self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a figure, or on the beam, asks for its explanation."""
        index = self._at(event.position())
        if index >= 0:
            self._current = index
            self._ask(index)
        elif self._card.weighed and self.beam_place().contains(event.position()):
            self.spot = self.beam_place()
            self.asked.emit(self._card.weighed.sustained_reading.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter asks."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 2, Qt.Key.Key_Up: -2}.get(
            Qt.Key(event.key())
        )
        if step is not None and 0 <= self._current + step < len(self._card.figures):
            self._current += step
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask(self._current)
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._card.figures)) if self.figure_place(i).contains(point)), -1)

    def _ask(self, index: int) -> None:
        if index < len(self._card.figures) and self._card.figures[index].name:
            self.spot = self.figure_place(index)
            self.asked.emit(self._card.figures[index].name)
