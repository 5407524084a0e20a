"""Temperatures: a thin bar a part with its range, its own limit in brass, and both numbers in columns at the right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from steelyard.gui.drawing import outline
from steelyard.gui.look import colours, look
from steelyard.gui.plot_paint import paint_whisker
from steelyard.gui.plotted import Plotted
from steelyard.wording import UNKNOWN

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from steelyard.figures.plot import Bar, Figure, Scale

TOP, FOOT, ROW, THICK = 22, 26, 27, 9
WIDE = 240
VALUES, LIMITS = 36, 70
"""Where the columns of the numbers end, from the end of the scale."""
LIMIT_HEAD = 3
"""Which column of the table tells the limits, where it has one."""


class ThinBars(Plotted):
    """A press or Enter asks for the quantity that it was told it shows."""

    def __init__(self, inside: QWidget, name: str, names: int, quantity: str) -> None:
        super().__init__(name, width=WIDE, height=120)
        self.setParent(inside)
        self._names, self._quantity = names, quantity
        self.least = WIDE, 120
        """Its design size for the rows it has."""

    def show_figure(self, figure: Figure) -> None:
        """Show another figure, as high as it has rows."""
        self.least = WIDE, TOP + max(1, len(figure.places)) * ROW + FOOT
        self.set_least(*self.least)
        super().show_figure(figure)

    def draw(self) -> None:
        """Axis and names, bars and ranges, limits, numbers."""
        from steelyard.gui.plot_items import Bars, Block

        figure, canvas, scale = self.figure, self.canvas, self.figure.across
        if scale is None:
            return
        rows = len(figure.places)
        canvas.frame(left=self._names, right=LIMITS + 2, top=TOP, foot=FOOT)
        canvas.begin((scale.low, scale.high), (-float(rows), 0.0))
        canvas.axis("left").show_places(figure.places)
        canvas.axis("bottom").show_scale(scale, grid=True)
        half = THICK / ROW / 2
        canvas.add_bars(
            Bars(
                [
                    Block(bar.start, _middle(bar.place) - half, bar.end, _middle(bar.place) + half, bar.role)
                    for bar in figure.bars
                ]
            )
        )
        for limit in figure.limits:
            foot, top = _middle(limit.last) - 0.42, _middle(limit.first) + 0.42
            canvas.add_limit(limit.value, upright=True, span=(1 + foot / rows, 1 + top / rows))
        canvas.stroke(self._paint_ranges)
        self._say_numbers(scale)

    def press(self, _point: QPointF) -> None:
        """A press asks."""
        self.ask()

    def ask(self) -> None:
        """Ask for what is shown."""
        self.asked.emit(self._quantity)

    def _say_numbers(self, scale: Scale) -> None:
        """What each part has in ink, what it may in brass, in two columns that nothing reaches."""
        from steelyard.gui.plot_items import Side

        palette, end = colours(), scale.high
        known = {bar.place: bar.text for bar in self.figure.bars}
        for row in range(len(self.figure.places)):
            ink = palette.ink if row in known else palette.unknown
            self.canvas.say((end, _middle(row)), known.get(row, UNKNOWN), "h2", ink, Side(1.0, 0.5, VALUES))
        for limit in self.figure.limits:
            at = (end, _middle(limit.first))
            self.canvas.say(at, limit.text, "small medium", palette.brass, Side(1.0, 0.5, LIMITS))
        heads = self.figure.table.head
        self.canvas.say((end, 0.0), heads[1], "micro", palette.ink3, Side(1.0, 1.0, VALUES, 2.0))
        if self.figure.limits:
            head = heads[LIMIT_HEAD] if len(heads) > LIMIT_HEAD else "limit"
            self.canvas.say((end, 0.0), head, "micro", palette.brass, Side(1.0, 1.0, LIMITS, 2.0))

    def _paint_ranges(self, painter: QPainter) -> None:
        """The range of each bar; an empty, dashed track where the temperature is unknown."""
        thick = look().px(THICK)
        known: dict[int, Bar] = {bar.place: bar for bar in self.figure.bars}
        plot = self.canvas.place
        for row in range(len(self.figure.places)):
            y = round(self.canvas.point(0.0, _middle(row)).y())
            if row not in known:
                track = QRectF(round(plot.left()), y - thick // 2, round(plot.width()), thick)
                outline(painter, track, colours().unknown, 1.0, dashed=True)
            elif math.isfinite(known[row].low) and math.isfinite(known[row].high):
                low, high = (self.canvas.point(value, 0.0).x() for value in (known[row].low, known[row].high))
                paint_whisker(painter, known[row], min(low, plot.right()), min(high, plot.right()), y)


def _middle(row: int) -> float:
    """Where a row's middle lies on the upright axis, which counts downwards from zero."""
    return -row - 0.5
