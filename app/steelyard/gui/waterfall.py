"""Where the watts go: steps of the parts, sums in full height, and the circuit's limit over the sums."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from steelyard.figures.plot import Role
from steelyard.gui.drawing import across, down, outline
from steelyard.gui.look import colours, look
from steelyard.gui.plotted import Plotted
from steelyard.wording import UNKNOWN

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from steelyard.figures.plot import Bar, Gap, Limit, Scale
    from steelyard.gui.plot_items import Label

LEFT, RIGHT, TOP, FOOT = 40, 64, 24, 42
SHARE = 0.86
WORDS, NUMBER = 5, 0.09
"""How many columns the words of the limit cover, and of the plot's height what the number of a bar takes."""

BEYOND = 0.3
"""How far, in columns, the plot goes on behind the last one, so that the limit reaches over it."""


class Waterfall(Plotted):
    """A press on a step asks for its quantity, one on the limit's words wants another limit; arrows walk the steps."""

    limit_pressed = Signal()
    keys = "Arrows walk the steps, Enter gives the reason, E edits the limit."

    def __init__(self, quantities: dict[str, str]) -> None:
        super().__init__("Where the watts go", width=420, height=240)
        self._quantities = quantities
        self._current = 0
        self._limit: Label | None = None

    def draw(self) -> None:
        """Bars and connectors, limit, numbers, names, room to spare."""
        from steelyard.gui.plot_items import Bars, Block

        figure, canvas = self.figure, self.canvas
        self._limit = None
        if figure.up is None:
            return
        self._current = min(self._current, max(0, len(figure.places) - 1))
        canvas.frame(left=LEFT, right=RIGHT, top=TOP, foot=FOOT)
        canvas.begin((0.0, len(figure.places) + BEYOND), (figure.up.low, figure.up.high))
        canvas.axis("left").show_scale(figure.up, grid=True)
        canvas.axis("bottom").show_places(figure.places)
        known = [bar for bar in figure.bars if math.isfinite(bar.start) and math.isfinite(bar.end)]
        canvas.add_bars(
            Bars([Block(_left(bar), bar.start, _right(bar), bar.end, bar.role) for bar in known], joined=True)
        )
        for limit in figure.limits:
            self._draw_limit(limit)
        for bar in figure.bars:
            self._draw_number(bar, figure.up)
        for gap in figure.gaps:
            self._draw_gap(gap)

    def press(self, point: QPointF) -> None:
        """Ask for the step under the press, or for another limit where its words were pressed."""
        if self._limit is not None and self._limit.isVisible() and self._limit.plate().contains(point):
            self._edit()
            return
        index = math.floor((point.x() - self.canvas.place.left()) / self._pitch())
        if 0 <= index < len(self.figure.places):
            self._current = index
            self.canvas.viewport().update()
            self.ask()

    def ask(self) -> None:
        """Ask for the current step."""
        if self._current < len(self.figure.places):
            self.spot = QRectF(self._edge(), look().px(TOP), self._pitch(), self.height() / 2)
            self.asked.emit(self._quantities.get(self.figure.places[self._current].label, "circuit_power"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Home, End, Enter, E."""
        if event.key() in {Qt.Key.Key_E, Qt.Key.Key_F2} and self._limit is not None:
            self._edit()
            return
        last = len(self.figure.places) - 1
        wanted = {
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        elif 0 <= wanted <= last:
            self._current = wanted
            self.canvas.viewport().update()

    def paint_ring(self, painter: QPainter) -> None:
        """The widget's ring, and a mark under the current step."""
        super().paint_ring(painter)
        if self.figure.places and not self.figure.missing:
            painter.fillRect(QRectF(self._edge() + 4, self.height() - 5, self._pitch() - 8, 2), colours().steel)

    def _edit(self) -> None:
        if self._limit is not None:
            self.spot = self._limit.plate()
            self.limit_pressed.emit()

    def _pitch(self) -> float:
        return self.canvas.place.width() / (len(self.figure.places) + BEYOND)

    def _edge(self) -> float:
        return self.canvas.place.left() + self._pitch() * self._current

    def _draw_number(self, bar: Bar, scale: Scale) -> None:
        from steelyard.gui.plot_items import Side

        palette = colours()
        step = "h2" if bar.role is Role.SUM else "body"
        middle, top = bar.place + 0.5, max(bar.start, bar.end)
        if math.isfinite(bar.start) and math.isfinite(bar.end):
            below = [] if bar.role is Role.SUM else [Side(0.5, 0.0, 0.0, 2.0, level=min(bar.start, bar.end))]
            self.canvas.say((middle, top), bar.text, step, palette.ink, Side(0.5, 1.0), *below)
            return
        self.canvas.say((middle, scale.low), UNKNOWN, "h2", palette.unknown, Side(0.5, 1.0, 0.0, -8.0))

        def frame(painter: QPainter) -> None:
            foot, head = self.canvas.point(_left(bar), scale.low), self.canvas.point(_right(bar), scale.high)
            place = QRectF(round(foot.x()), round(head.y()), round(head.x() - foot.x()), round(foot.y() - head.y()))
            outline(painter, place, palette.unknown, 1.0, dashed=True)

        self.canvas.stroke(frame)

    def _draw_limit(self, limit: Limit) -> None:
        from steelyard.gui.plot_items import Side

        palette, whole = colours(), len(self.figure.places) + BEYOND
        first, last = limit.first - 0.1, limit.last + 1 + BEYOND
        self.canvas.add_limit(limit.value, span=(first / whole, last / whole))
        aside = self._higher(limit, limit.last + 1, NUMBER) and not self._higher(limit, limit.first, 0.0)
        end = limit.first - 0.2 if aside else last
        sides = Side(1.0, 1.0, 0.0, -4.0), Side(1.0, 0.0, 0.0, 4.0)
        label = self.canvas.say((end, limit.value), limit.text, "h2", palette.brass, *sides)
        label.say_also(limit.working, "small", palette.brass, before=True)
        self._limit = label

        def line() -> tuple[QRectF, ...]:
            start, end = self.canvas.point(first, limit.value), self.canvas.point(last, limit.value)
            return (QRectF(start.x(), start.y() - 1, end.x() - start.x(), 2),)

        self.canvas.obstacles = line

    def _higher(self, limit: Limit, end: int, more: float) -> bool:
        """Whether a bar, and so much of the scale more, rises over the limit where its words would end before `end`."""
        scale = self.figure.up
        reached = limit.value - (more * (scale.high - scale.low) if scale is not None else 0.0)
        return any(max(bar.start, bar.end) > reached for bar in self.figure.bars[max(0, end - WORDS) : end])

    def _draw_gap(self, gap: Gap) -> None:
        """A bracket behind the last bar, with its words: room to spare, or watts too much."""
        from steelyard.gui.plot_items import Side

        if not (math.isfinite(gap.start) and math.isfinite(gap.end)):
            return
        palette = colours()
        colour = palette.block if gap.short else palette.ink
        at = gap.place + 1 + BEYOND
        middle = (at, (gap.start + gap.end) / 2)
        note = palette.block if gap.short else palette.ink2
        label = self.canvas.say(middle, gap.text, "h2", colour, Side(0.0, 0.5, 7.0))
        label.say_also(gap.note, "small", note, before=False)

        def bracket(painter: QPainter) -> None:
            foot, top = self.canvas.point(at, gap.start), self.canvas.point(at, gap.end)
            x = round(foot.x()) - look().px(3)
            ends = sorted((round(foot.y()), round(top.y())))
            down(painter, x, ends[0], ends[1], colour, 1.5)
            for y in ends:
                across(painter, x - look().px(3), x + look().px(4), y, colour, 1.5)

        self.canvas.stroke(bracket)


def _left(bar: Bar) -> float:
    return bar.place + (1 - SHARE) / 2


def _right(bar: Bar) -> float:
    return bar.place + (1 + SHARE) / 2
