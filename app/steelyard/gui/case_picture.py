"""The case from its side: cooler, processor, the cards in their slots, the supply, and the air about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from steelyard.gui.drawing import dotted, elided, hatch, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_missing
from steelyard.gui.present.site_case import CaseView
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.present.site_case import CaseCard
    from steelyard.gui.readings import Reading

WIDE, LEFT, RIGHT, TOP = 330, 30, 74, 12
RADIATOR, PROCESSOR, CARD, FREE, SUPPLY, GAP = 22, 46, 32, 16, 22, 8
PIPE, ARROW = 2.0, 14


class Spot(NamedTuple):
    """Where a reading stands, for presses and for the ring that walks."""

    place: QRectF
    reading: Reading


class CasePicture(Painted):
    """Up and Down walk the readings, Enter or a press asks for one."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("In the case", width=WIDE, height=240)
        self._case = CaseView()
        self._current = 0
        self._spots: list[Spot] = []
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def case(self) -> CaseView:
        """What it shows."""
        return self._case

    def show_case(self, case: CaseView) -> None:
        """Show another case, or the same at another time."""
        self._case = case
        high = sum(FREE if card.free else CARD + GAP - 2 for card in case.cards)
        upper = RADIATOR + 10 + PROCESSOR + 12 if case.liquid else PROCESSOR + 14
        self.set_least(WIDE, TOP + 10 + upper + high + SUPPLY + 16 if not case.missing else 60)
        self._describe()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """The outline, then from the top down what stands in it."""
        if self._case.missing:
            paint_missing(painter, QRectF(self.rect()), self._case.missing)
            return
        palette, one = colours(), look()
        self._spots = []
        box = QRectF(one.px(LEFT), one.px(TOP), self.width() - one.px(LEFT + RIGHT), self.height() - one.px(TOP + 4))
        outline(painter, box, palette.ink2, 1.8, radius=one.px(4))
        y = self._paint_cooler(painter, box)
        for card in self._case.cards:
            y = self._paint_card(painter, card, box, y)
        self._paint_supply(painter, box)
        self._paint_room(painter, box)

    def paint_ring(self, painter: QPainter) -> None:
        """The widget's ring, and one round the current reading."""
        super().paint_ring(painter)
        if self._spots:
            spot = self._spots[min(self._current, len(self._spots) - 1)]
            outline(painter, spot.place, colours().steel, 2.0, radius=2.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a reading asks for it."""
        found = next((at for at, spot in enumerate(self._spots) if spot.place.contains(event.position())), None)
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._current = found
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End, Enter."""
        last = len(self._spots) - 1
        wanted = {
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is not None and 0 <= wanted <= last:
            self._current = wanted
            self._describe()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._current < len(self._spots):
            spot = self._spots[self._current]
            self.spot = spot.place
            self.update()
            self.asked.emit(spot.reading.name)

    def _describe(self) -> None:
        case = self._case
        said = [case.cpu, *([case.coolant] if case.coolant else []), case.case_air, case.room]
        cards = [
            f"{card.slot} {card.title}: {card.temperature.spoken()}, air in {card.inlet.value} {card.inlet.unit}"
            if not card.free
            else card.slot
            for card in case.cards
        ]
        text = "; ".join([*(each.spoken() for each in said), *cards])
        self.setAccessibleDescription(case.missing or f"{text}. Up and Down walk the readings, Enter gives the reason.")

    def _paint_cooler(self, painter: QPainter, box: QRectF) -> float:
        """Radiator with pipes and coolant, or a cooler on the processor. Returns where the slots begin."""
        palette, one, case = colours(), look(), self._case
        middle = box.left() + box.width() * 0.33
        top = box.top() + one.px(8)
        if case.liquid:
            radiator = QRectF(box.left() + one.px(28), top, box.width() - one.px(56), one.px(RADIATOR))
            painter.fillRect(radiator, palette.panel)
            outline(painter, radiator, palette.ink2, 1.0)
            write(painter, radiator.center().x(), radiator.top() + one.px(15), case.cooler, "condensed", palette.ink2,
                  align="centre")  # fmt: skip
            for share in (0.33, 0.66):
                x = box.left() + share * box.width()
                _arrow(painter, QPointF(x, box.top() + one.px(2)), QPointF(x, box.top() - one.px(9)), palette.ink2)
            top = radiator.bottom() + one.px(10)
        cpu = QRectF(middle - one.px(40), top, one.px(80), one.px(PROCESSOR))
        painter.fillRect(cpu, palette.steelsoft)
        outline(painter, cpu, palette.steel, 1.2, radius=2.0)
        head = "CPU" if case.liquid or not case.cooler else f"CPU, {case.cooler.lower()}"
        write(painter, cpu.center().x(), cpu.top() + one.px(18), elided(head, "condensed", cpu.width() - one.px(6)),
              "condensed title" if head == "CPU" else "condensed", palette.ink, align="centre")  # fmt: skip
        self._say(painter, case.cpu, cpu.center().x(), cpu.top() + one.px(36), "condensed title", cpu, "centre")
        if case.liquid:
            self._paint_pipes(painter, cpu, box)
        else:
            y = cpu.center().y()
            _arrow(painter, QPointF(box.left() + one.px(4), y), QPointF(box.left() - one.px(12), y), palette.ink2)
        return cpu.bottom() + one.px(10)

    def _paint_pipes(self, painter: QPainter, cpu: QRectF, box: QRectF) -> None:
        palette, one = colours(), look()
        foot = box.top() + one.px(8 + RADIATOR)
        painter.setPen(QPen(palette.s3, PIPE))
        for at, (out, level) in enumerate(((22, 0.3), (34, 0.72))):
            y = cpu.top() + level * cpu.height()
            x = cpu.right() + one.px(out)
            painter.drawPolyline([QPointF(cpu.right(), y), QPointF(x, y), QPointF(x, foot)])
            del at
        coolant = self._case.coolant
        if coolant is not None:
            x = cpu.right() + one.px(42)
            write(painter, x, cpu.top() + one.px(16), "coolant", "condensed", palette.ink2)
            place = QRectF(x - 2, cpu.top() + one.px(20), box.right() - x - one.px(2), one.px(22))
            self._say(painter, coolant, x, cpu.top() + one.px(34), "condensed title", place, "left")

    def _paint_card(self, painter: QPainter, card: CaseCard, box: QRectF, y: float) -> float:
        palette, one = colours(), look()
        left = box.left() + one.px(10)
        if card.free:
            write(painter, left + one.px(2), y + one.px(11), card.slot, "condensed", palette.ink3)
            return y + one.px(FREE)
        place = QRectF(left, y, box.width() - one.px(20), one.px(CARD))
        painter.fillRect(place, palette.panel if card.display else palette.steelsoft)
        if card.over:
            hatch(painter, place, palette.block, gap=7)
        outline(painter, place, palette.block if card.over else palette.steel, 1.5 if card.over else 1.2, radius=2.0)
        bracket = QRectF(box.left() - one.px(7), y + 1, one.px(8), one.px(CARD) - 2)
        painter.fillRect(bracket, palette.ink2)
        if card.blown:
            middle = QPointF(bracket.left() - one.px(2), place.center().y())
            _arrow(painter, middle, middle - QPointF(one.px(ARROW), 0), palette.ink2)
        baseline = place.top() + one.px(21)
        x = place.left() + one.px(10)
        if card.over:
            paint_symbol(painter, "block", QRectF(x, place.top() + one.px(10), one.px(13), one.px(13)), palette.block)
            x += one.px(17)
        right = place.right() - one.px(10)
        start = self._say(painter, card.temperature, right, baseline, "h2", place, "right", over=card.over)
        inlet = f"in {card.inlet.value} {card.inlet.unit}" if card.inlet.known else "in ?"
        air = look().metrics("condensed").horizontalAdvance(inlet)
        room = start - x - air - one.px(18)
        name = next((each for each in card.names if _fits(each, room)), "")
        name = name or elided(card.names[0], "condensed title", start - x - one.px(8))
        end = _plated(painter, x, baseline, name, "condensed title", palette.ink, over=card.over)
        if end + one.px(8) + air < start - one.px(6):
            _plated(painter, end + one.px(8), baseline, inlet, "condensed", palette.ink2, over=card.over)
        return place.bottom() + one.px(GAP - 2)

    def _paint_supply(self, painter: QPainter, box: QRectF) -> None:
        palette, one = colours(), look()
        place = QRectF(box.left() + one.px(10), box.bottom() - one.px(SUPPLY + 8), box.width() - one.px(20),
                       one.px(SUPPLY))  # fmt: skip
        painter.fillRect(place, palette.panel)
        outline(painter, place, palette.ink2, 1.0, radius=2.0)
        baseline = place.top() + one.px(15)
        right = place.right() - one.px(8)
        start = self._say(painter, self._case.case_air, right, baseline, "condensed medium",
                          QRectF(place.center().x(), place.top(), place.width() / 2, place.height()), "right",
                          before="case air ")  # fmt: skip
        room = start - place.left() - one.px(16)
        text = elided(self._case.supply, "condensed", room)
        write(painter, place.left() + one.px(8), baseline, text, "condensed", palette.ink2)

    def _paint_room(self, painter: QPainter, box: QRectF) -> None:
        """The room's air at the right, and where it comes in."""
        palette, one = colours(), look()
        middle = box.top() + box.height() * 0.55
        for step in (-1, 0, 1):
            y = middle + step * one.px(26)
            start = QPointF(box.right() + one.px(20), y)
            _arrow(painter, start, start - QPointF(one.px(ARROW + 2), 0), palette.s3)
        x = box.right() + one.px(24)
        place = QRectF(x - 2, middle - one.px(20), self.width() - x + 2, one.px(36))
        self._say(painter, self._case.room, x, middle - one.px(4), "condensed title", place, "left")
        write(painter, x, middle + one.px(12), "room", "condensed", palette.ink2)

    def _say(
        self,
        painter: QPainter,
        reading: Reading,
        x: float,
        baseline: float,
        step: str,
        place: QRectF,
        align: str,
        *,
        before: str = "",
        over: bool = False,
    ) -> float:
        """Write a reading and remember where it stands. Returns where it begins, or ends."""
        palette = colours()
        text = f"{reading.value}\N{NO-BREAK SPACE}{reading.unit}".rstrip() if reading.known else "?"
        ink = palette.block if over else palette.ink if reading.known else palette.unknown
        wide = look().metrics(step).horizontalAdvance(before + text)
        left = x - wide if align == "right" else x - wide / 2 if align == "centre" else x
        _plated(painter, left, baseline, before + text, step, ink, over=over)
        if not reading.known:
            dotted(painter, left, left + wide, baseline + look().px(3), palette.unknown)
        self._spots.append(Spot(place, reading))
        return left if align == "right" else left + wide


def _fits(name: str, room: float) -> bool:
    return look().metrics("condensed title").horizontalAdvance(name) <= room


def _plated(painter: QPainter, x: float, baseline: float, text: str, step: str, ink: QColor, *, over: bool) -> float:
    """Write; over a hatch on a plate, so that it can be read."""
    if over:
        metrics = look().metrics(step)
        plate = QRectF(
            x - 2, baseline - metrics.ascent() + 1, metrics.horizontalAdvance(text) + 4, metrics.height() - 2
        )
        painter.fillRect(plate, colours().steelsoft)
    return write(painter, x, baseline, text, step, ink)


def _arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor) -> None:
    """A line with an open head."""
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(start, end)
    along = end - start
    length = (along.x() ** 2 + along.y() ** 2) ** 0.5 or 1.0
    back = along * (look().px(4) / length)
    side = QPointF(-back.y(), back.x())
    painter.drawLine(end, end - back + side)
    painter.drawLine(end, end - back - side)
