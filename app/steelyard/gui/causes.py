"""The table of causes in an explanation: tier, name as a link, value, range."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from steelyard.gui.drawing import across, elided, outline, write
from steelyard.gui.escaped import tip
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol, symbols

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.lines import Cause

ROW, LINE = 24, 14
NAME, GAP = 20, 10
LEAST_NAME = 90


class Columns(NamedTuple):
    """Where value, range and tier end, and where the names do."""

    name: float
    value: float
    range: float
    tier: float


class Causes(Painted):
    """Rows of causes; arrows walk them, Enter or a press follows one. `room`: its width in pixels of the screen."""

    followed = Signal(str)

    def __init__(self, causes: tuple[Cause, ...], room: float) -> None:
        self._causes = causes
        self._columns = _columns(causes, room)
        self._names = [_wrapped(each, self._columns.name) for each in causes]
        super().__init__("Because of", width=300, height=ROW * (len(causes) + 1) + 4 + self._extra(len(causes)))
        self._current = 0
        self.setMouseTracking(True)
        self._describe()

    def paint(self, painter: QPainter) -> None:
        """A head, then a row for each cause with a hairline between."""
        palette, one, columns = colours(), look(), self._columns
        write(painter, one.px(NAME), one.px(16), "Because of", "micro medium", palette.ink2)
        heads = [("Value", columns.value), ("Tier", columns.tier)]
        heads += [("Range", columns.range)] if columns.range > columns.value else []
        for head, end in heads:
            write(painter, end, one.px(16), head, "micro medium", palette.ink2, align="right")
        for index, cause in enumerate(self._causes):
            place = self._place(index)
            across(painter, 0, self.width(), place.top(), palette.line)
            middle = place.top() + one.px(ROW) / 2
            baseline = middle + one.metrics("small").capHeight() / 2
            symbol = "pin" if cause.pinned else cause.tier if cause.tier in symbols() else "derived"
            yours = cause.pinned or cause.tier == "you"
            tint = palette.unknown if cause.tier == "unknown" else palette.steel if yours else palette.ink2
            paint_symbol(painter, symbol, QRectF(one.px(2), middle - one.px(6), one.px(12), one.px(12)), tint)
            write(painter, columns.tier, baseline, cause.tier, "micro", palette.ink3, align="right")
            write(painter, columns.range, baseline, cause.range, "micro", palette.ink3, align="right")
            write(painter, columns.value, baseline, cause.value, "small medium", palette.ink, align="right")
            colour = palette.steel if cause.name else palette.ink2
            for line, name in enumerate(self._names[index]):
                at = baseline + one.px(LINE * line)
                write(painter, one.px(NAME + 12 * cause.depth), at, name, "small medium", colour)

    def paint_ring(self, painter: QPainter) -> None:
        """On the current row."""
        if self._causes:
            outline(painter, self._place(self._current), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the pointer."""
        index = self._at(event.position())
        if index >= 0:
            self._current = index
            self._follow()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be followed."""
        over = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor)
        cause = self._causes[over] if over >= 0 else None
        self.setToolTip(tip(". ".join(part for part in (cause.label, cause.note) if part)) if cause else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._causes):
            self._current += step
            self._describe()
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._follow()
        else:
            super().keyPressEvent(event)

    def _place(self, index: int) -> QRectF:
        one = look()
        top = one.px(ROW) * (index + 1) + one.px(self._extra(index))
        return QRectF(0, top, self.width(), one.px(ROW + LINE * (len(self._names[index]) - 1)))

    def _extra(self, before: int) -> int:
        """How much higher the rows before this one are for their second lines."""
        return LINE * sum(len(lines) - 1 for lines in self._names[:before])

    def _at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._causes)) if self._place(i).contains(point)), -1)

    def _follow(self) -> None:
        if self._causes and self._causes[self._current].name:
            self.followed.emit(self._causes[self._current].name)

    def _describe(self) -> None:
        if self._causes:
            cause = self._causes[self._current]
            said = f"{cause.label}, {cause.value}, {cause.tier}"
            self.setAccessibleDescription(f"{said}. {cause.note}" if cause.pinned else said)


def _columns(causes: tuple[Cause, ...], room: float) -> Columns:
    """As wide as their texts; the names have the rest, and of that never too little."""
    one = look()

    def widest(step: str, texts: list[str]) -> float:
        return max((one.metrics(step).horizontalAdvance(text) for text in texts), default=0.0)

    tier = room - one.px(2)
    spreads = [each.range for each in causes if each.range]
    spread = tier - widest("micro", [*(each.tier for each in causes), "Tier"]) - one.px(GAP)
    value = spread - (widest("micro", [*spreads, "Range"]) + one.px(GAP) if spreads else 0.0)
    name = value - widest("small medium", [*(each.value for each in causes), "Value"]) - one.px(GAP)
    return Columns(max(name, float(one.px(LEAST_NAME))), value, spread, tier)


def _wrapped(cause: Cause, end: float) -> list[str]:
    """A name on one line or two; a second one that is too long is elided."""
    one = look()
    room = end - one.px(NAME + 12 * cause.depth)
    metrics, first, words = one.metrics("small medium"), "", cause.label.split(" ")
    while words and (not first or metrics.horizontalAdvance(f"{first} {words[0]}") <= room):
        first = f"{first} {words.pop(0)}".strip()
    lines = [elided(first, "small medium", room)]
    return [*lines, elided(" ".join(words), "small medium", room)] if words else lines
