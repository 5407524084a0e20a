"""Where everything sits: the processor, the slots from the top of the case with their lanes, drives and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from steelyard.gui.drawing import elided, hatch, outline, paint_reading, write
from steelyard.gui.lines import Sitting
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.lines import Slot

UNIT, TOP = 20, 22
PROCESSOR, SLOT_LEFT = 150, 276
FULL_LANES = 16


def unseated_words(sitting: Sitting) -> str:
    """How many cards find no slot, as a sentence; empty where each has one."""
    count = sitting.unseated
    return f"{count} card{'s find' if count > 1 else ' finds'} no slot." if count else ""


class SittingPicture(Painted):
    """The slot picture. Up and Down walk the cards, Enter or a press asks for the temperature of one."""

    asked = Signal(str)

    def __init__(self, *, places: bool = True) -> None:
        super().__init__("Where it sits", width=560, height=200)
        self._sitting = Sitting()
        self._places = places
        self._current = 0

    @property
    def sitting(self) -> Sitting:
        """What it shows."""
        return self._sitting

    def show_sitting(self, sitting: Sitting) -> None:
        """Show another build's inside."""
        self._sitting = sitting
        rows = max((slot.position + slot.height for slot in sitting.slots), default=6)
        self.set_least(560 if self._places else 330, TOP + UNIT * max(rows, 6) + 4)
        spoken = "; ".join(
            f"slot {slot.position}: {slot.title or slot.detail} {slot.temperature.spoken() if slot.temperature else ''}"
            for slot in sitting.slots
        )
        more = f"{spoken}. {unseated_words(sitting)}"
        self.setAccessibleDescription(f"{' '.join(sitting.processor)}; {more} Enter gives the reason of a temperature.")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Processor and lanes, slots, then drives and memory."""
        palette, one, sitting = colours(), look(), self._sitting
        left = one.px(SLOT_LEFT if self._places else 44)
        right = self.width() - one.px(300 if self._places else 92)
        write(
            painter,
            left - one.px(40 if not self._places else 66),
            one.px(12),
            "Expansion slots, from the top",
            "small medium",
            palette.ink2,
        )
        if self._places:
            self._paint_processor(painter)
        for slot in sitting.slots:
            self._paint_slot(painter, slot, left, right)
        if sitting.unseated:
            self._paint_unseated(painter, right)
        if self._places:
            self._paint_places(painter, self.width() - one.px(206))

    def _paint_unseated(self, painter: QPainter, right: float) -> None:
        """Beside the heading: the slots below show only the cards that have one."""
        palette, one = colours(), look()
        text = unseated_words(self._sitting)
        start = write(painter, right, one.px(12), text, "small medium", palette.block, align="right")
        box = QRectF(start - one.px(18), one.px(1), one.px(13), one.px(13))
        paint_symbol(painter, "block", box, palette.block, palette.panel)

    def _row(self, position: int) -> float:
        return look().px(TOP + UNIT * (position - 1))

    def _slot_place(self, slot: Slot, left: float, right: float) -> QRectF:
        one = look()
        return QRectF(left, self._row(slot.position) + 1, right - left, one.px(UNIT) * slot.height - one.px(3))

    def _paint_slot(self, painter: QPainter, slot: Slot, left: float, right: float) -> None:
        palette, one = colours(), look()
        place = self._slot_place(slot, left, right)
        baseline = place.top() + one.px(14)
        covered = slot.state == "covered"
        number = palette.line2 if covered else palette.ink2
        write(painter, left - one.px(44), baseline, f"Slot {slot.position}", "condensed", number)
        if covered:
            return
        write(painter, right + one.px(10), baseline, slot.words, "condensed", palette.ink2)
        if slot.state == "free":
            outline(painter, place, palette.line2, 1.0, dashed=True)
            write(painter, left + one.px(16), baseline, "Free", "condensed", palette.ink3)
            return
        painter.fillRect(place, palette.steelsoft)
        if slot.over:
            hatch(painter, place, palette.block, gap=7)
        outline(painter, place, palette.block if slot.over else palette.steel, 1.5, radius=2.0)
        painter.fillRect(QRectF(left - one.px(4), place.top() + one.px(8), one.px(9), one.px(12)), palette.steel)
        mark = left + one.px(16)
        x = mark + one.px(19) if slot.over else mark
        right, heat = place.right() - one.px(12), slot.temperature
        said = _wide("h2", heat.value) + _wide("body", f" {heat.unit}") if heat is not None else 0.0
        room = right - x - max(said, _wide("condensed", slot.power)) - one.px(12)
        title = _kept_end(slot.title, "condensed title", room)
        detail = elided(slot.detail, "condensed", room) if slot.height > 1 else ""
        if slot.over:  # words cannot be read over a hatch
            inside = place.adjusted(0, one.px(3), 0, -one.px(3))
            end = x + max(_wide("condensed title", title), _wide("condensed", detail))
            start = right - max(said, _wide("condensed", slot.power))
            for left_end, right_end in ((mark - one.px(3), end + one.px(4)), (start - one.px(4), right + one.px(3))):
                painter.fillRect(
                    QRectF(left_end, inside.top(), right_end - left_end, inside.height()), palette.steelsoft
                )
            box = QRectF(mark, place.top() + one.px(5), one.px(13), one.px(13))
            paint_symbol(painter, "block", box, palette.block, palette.steelsoft)
        write(painter, x, baseline + 1, title, "condensed title", palette.ink)
        if slot.height > 1:
            lower = baseline + one.px(17)
            write(painter, x, lower, detail, "condensed", palette.ink2)
            write(painter, right, lower, slot.power, "condensed", palette.ink2, align="right")
        if heat is not None:
            paint_reading(painter, right, baseline + 1, heat, "h2", align="right")

    def _paint_processor(self, painter: QPainter) -> None:
        palette, one, sitting = colours(), look(), self._sitting
        if not sitting.processor:
            return
        middle = self.height() / 2 + one.px(6)
        high = one.px(30 + 17 * (len(sitting.processor) - 1))
        box = QRectF(1, middle - high / 2, one.px(PROCESSOR), high)
        for slot in sitting.slots:
            if slot.state == "covered":
                continue
            target = QPointF(one.px(SLOT_LEFT - 50), self._row(slot.position) + one.px(11))
            start = QPointF(
                box.right(),
                box.top() + box.height() * (0.25 + 0.5 * slot.position / max(1, sitting.slots[-1].position)),
            )
            used = slot.state == "occupied"
            pen = QPen(
                palette.steel if used else palette.line2, 1.2 + 1.8 * min(1.0, slot.lanes / FULL_LANES) if used else 1.2
            )
            if not used:
                pen.setDashPattern([3.0, 2.5])
            painter.setPen(pen)
            bend = (start.x() + target.x()) / 2
            painter.drawPolyline([start, QPointF(bend, start.y()), QPointF(bend, target.y()), target])
            write(
                painter,
                target.x() - one.px(4),
                target.y() - one.px(5),
                str(slot.lanes),
                "small medium",
                palette.steel if used else palette.ink3,
                align="right",
            )
        painter.fillRect(box, palette.base)
        outline(painter, box, palette.ink2, 1.5, radius=2.0)
        for index, line in enumerate(sitting.processor):
            step = "condensed title" if index == 0 else "condensed"
            text = elided(line, step, box.width() - one.px(18))
            write(
                painter,
                box.left() + one.px(11),
                box.top() + one.px(20 + 17 * index),
                text,
                step,
                palette.ink if index == 0 else palette.ink2,
            )

    def _paint_places(self, painter: QPainter, left: float) -> None:
        palette, one, sitting = colours(), look(), self._sitting
        width = self.width() - left - 1
        write(painter, left, one.px(12), "Drives", "small medium", palette.ink2)
        y = float(one.px(TOP))
        for drive in sitting.drives:
            place = QRectF(left, y, width, one.px(33))
            painter.fillRect(place, palette.steelsoft)
            outline(painter, place, palette.steel, 1.0, radius=2.0)
            write(painter, left + one.px(8), y + one.px(14), drive.label, "condensed", palette.ink2)
            write(
                painter,
                place.right() - one.px(8),
                y + one.px(14),
                f"{drive.owner}, {drive.link}",
                "condensed",
                palette.ink2,
                align="right",
            )
            write(
                painter,
                left + one.px(8),
                y + one.px(28),
                elided(drive.part, "condensed medium", width - 16),
                "condensed medium",
                palette.ink,
            )
            y += one.px(36)
        if sitting.memory:
            write(painter, left, y + one.px(12), f"Memory, {len(sitting.memory)} modules", "small medium", palette.ink2)
            cell = width / max(4, len(sitting.memory))
            for index, text in enumerate(sitting.memory):
                place = QRectF(left + index * cell, y + one.px(19), cell - 4, one.px(21))
                painter.fillRect(place, palette.steelsoft)
                outline(painter, place, palette.steel, 1.0, radius=2.0)
                write(
                    painter,
                    place.center().x(),
                    place.top() + one.px(15),
                    text.removesuffix(" GB") if cell < one.px(48) else text,
                    "condensed",
                    palette.ink,
                    align="centre",
                )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a card asks for its temperature."""
        one = look()
        left, right = one.px(SLOT_LEFT if self._places else 44), self.width() - one.px(300 if self._places else 92)
        for slot in self._sitting.slots:
            if slot.temperature is not None and self._slot_place(slot, left, right).contains(event.position()):
                self.asked.emit(slot.temperature.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter."""
        cards = [slot for slot in self._sitting.slots if slot.temperature is not None]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(cards):
            self._current += step
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1} and cards:
            reading = cards[min(self._current, len(cards) - 1)].temperature
            self.asked.emit(reading.name if reading else "")
        else:
            super().keyPressEvent(event)


def _wide(step: str, text: str) -> float:
    return look().metrics(step).horizontalAdvance(text)


def _kept_end(title: str, step: str, room: float) -> str:
    """A card's name that fits: what is cut is its middle, for the letter at its end tells it from its neighbours."""
    first, parted, last = title.rpartition(" ")
    if not parted or _wide(step, title) <= room:
        return elided(title, step, room)
    return f"{elided(first, step, room - _wide(step, f' {last}'))} {last}"
