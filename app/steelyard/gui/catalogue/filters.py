"""The filters beside the list of parts: for each choice how many parts it would leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import elided, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

ROW, TOP, WIDTH = 24, 24, 188
ALL = "All"


class Option(NamedTuple):
    """One choice of a filter: what it stands for (None: all), its words, how many parts it would leave."""

    value: str | None
    words: str
    many: int


class FilterList(Painted):
    """One filter: a line a choice. Arrows walk them, and choose as they go; a press chooses."""

    chosen = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__(f"Filter by {title.lower()}", width=WIDTH, height=TOP + ROW)
        self._title = title
        self._options: tuple[Option, ...] = (Option(None, ALL, 0),)
        self._value: str | None = None
        self._over = -1
        self.setMouseTracking(True)
        self._describe()

    @property
    def value(self) -> str | None:
        """What is chosen; None is all."""
        return self._value

    def show_options(self, options: tuple[Option, ...]) -> None:
        """Show the choices with their counts, "all" first. What is chosen stays, though it may leave nothing."""
        total = sum(option.many for option in options)
        self._options = (Option(None, ALL, total), *options)
        self.set_least(WIDTH, TOP + ROW * len(self._options) + 6)
        self._describe()
        self.update()

    def choose(self, value: str | None) -> None:
        """Choose without telling anyone."""
        self._value = value
        self._describe()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """The title, then each choice with its count at the right."""
        palette, one = colours(), look()
        write(painter, one.px(14), one.px(16), self._title, "small medium", palette.ink2)
        for index, option in enumerate(self._options):
            place = self._place(index)
            current = option.value == self._value
            if current:
                painter.fillRect(place, palette.base)
                painter.fillRect(QRectF(0, place.top(), one.px(3), place.height()), palette.steel)
            elif index == self._over:
                painter.fillRect(place, palette.line)
            baseline = place.center().y() + one.metrics("body").capHeight() / 2
            tint = palette.ink if current else palette.ink2 if option.many else palette.ink3
            count = f"{option.many:,}"
            left = write(painter, self.width() - one.px(12), baseline, count, "small", palette.ink3, align="right")
            step = "medium" if current else "body"
            words = elided(option.words, step, left - one.px(22))
            write(painter, one.px(14), baseline, words, step, tint)

    def paint_ring(self, painter: QPainter) -> None:
        """On the choice."""
        outline(painter, self._place(self._at_value()).adjusted(0, 0, -1, 0), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        self._take(self._under(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be chosen."""
        self._over = self._under(event.position().y())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Home, End."""
        last = len(self._options) - 1
        at = self._at_value()
        keys = {Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: at - 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        to = keys.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self._take(to)

    def _take(self, index: int) -> None:
        if 0 <= index < len(self._options) and self._options[index].value != self._value:
            self.choose(self._options[index].value)
            self.chosen.emit(self._value)

    def _at_value(self) -> int:
        return next((place for place, option in enumerate(self._options) if option.value == self._value), 0)

    def _place(self, index: int) -> QRectF:
        one = look()
        return QRectF(0, one.px(TOP) + index * one.px(ROW), self.width(), one.px(ROW))

    def _under(self, y: float) -> int:
        return next(
            (at for at in range(len(self._options)) if self._place(at).top() <= y < self._place(at).bottom()), -1
        )

    def _describe(self) -> None:
        option = self._options[self._at_value()]
        self.setAccessibleDescription(f"{option.words}, {option.many:,} parts. Up and Down change the choice.")
