"""One style for every plot of the desk: no box, hairline grid, axes that say the figure's own words.

Imports pyqtgraph, and so is imported when the first plot is made, never before.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import pyqtgraph as graph
from PySide6.QtCore import QRectF

from steelyard.figures.plot import Tick
from steelyard.gui.apart import spread, two_lines
from steelyard.gui.drawing import across, down, elided, write
from steelyard.gui.look import colours, look
from steelyard.wording import number

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from steelyard.figures.plot import Place, Scale
    from steelyard.gui.palette import Palette

UNDER_ALL = -1000
FEWEST_TICKS = 2
NAME_GAP = 4


def plot_style(plot: graph.PlotWidget, palette: Palette) -> None:
    """Put the look on a plot: base as ground, no box, no buttons, no menu, grid and axes below what is drawn."""
    plot.setBackground(palette.base)
    plot.setAntialiasing(True)
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMenuEnabled(False)
    item.layout.setSpacing(0)
    for side in ("left", "bottom"):
        item.getAxis(side).setZValue(UNDER_ALL)
        item.getAxis(side).update()


class WordAxis(graph.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis that writes the words made beforehand, so that desk and paper say the same; a grid on the upright one.

    Zoomed in so far that fewer than two of the scale's own graduations are seen, it makes finer ones.
    """

    def __init__(self, side: str) -> None:
        super().__init__(side)
        self._upright = side == "left"
        self._scale: Scale | None = None
        self._places: tuple[Place, ...] = ()
        self._floor = self._grid = True
        self._title = ""
        self.written: list[tuple[str, QRectF]] = []
        """What was written last and where, in the axis's own pixels."""

    def show_scale(self, scale: Scale, *, title: str = "", grid: bool = False, floor: bool = True) -> None:
        """Numbers; the title stands at the end of a lying axis, the unit above an upright one or after its last tick.

        grid: hairlines across the plot. floor: the axis itself as a line.
        """
        self._scale, self._places, self._title, self._grid, self._floor = scale, (), title, grid, floor
        self.update()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Names instead of numbers: the middle of place n lies at n + 0.5, downwards on an upright axis."""
        self._scale, self._places = None, places
        self.update()

    def boundingRect(self) -> QRectF:
        """The axis with the plot beside it, and the strip above in which its unit stands."""
        view = self.linkedView()
        whole: QRectF = self.mapRectFromParent(self.geometry())
        if view is not None:
            whole = whole.united(view.mapRectToItem(self, view.boundingRect()))
        return whole.adjusted(-8, -look().px(26), 60, 8)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Grid, line, graduations, words."""
        view = self.linkedView()
        if view is None:
            return
        self.written = []
        plot = view.mapRectToItem(self, view.boundingRect())
        if self._scale is None:
            self._name_rows(painter, plot) if self._upright else self._name_columns(painter, plot)
        elif self._upright:
            self._graduate_upright(painter, plot, self._scale)
        else:
            self._graduate_lying(painter, plot, self._scale)

    def _ticks(self, scale: Scale) -> list[Tick]:
        low, high = self.range
        edge = (high - low) * 1e-6
        own = [tick for tick in scale.ticks if low - edge <= tick.value <= high + edge]
        if len(own) >= FEWEST_TICKS:
            return own
        step, values = self.tickValues(low, high, self.boundingRect().height())[0]
        decimals = max(0, -math.floor(math.log10(step)))
        return [Tick(float(value), number(float(value), decimals)) for value in values]

    def _along(self, value: float) -> float:
        low, high = self.range
        return float((value - low) / ((high - low) or 1.0))

    def _write(
        self, painter: QPainter, x: float, y: float, text: str, align: str, step: str = "axis", *, strong: bool = False
    ) -> None:
        """Write on a baseline and remember where."""
        palette, metrics = colours(), look().metrics(step)
        ink = palette.ink if strong else palette.ink3 if step == "axis" else palette.ink2
        wide = metrics.horizontalAdvance(text)
        left = round(x - {"left": 0.0, "centre": wide / 2, "right": wide}[align])
        write(painter, left, round(y), text, step, ink)
        self.written.append((text, QRectF(left, round(y) - metrics.capHeight(), wide, metrics.capHeight())))

    def _graduate_upright(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        palette, one = colours(), look()
        for tick in self._ticks(scale):
            y = plot.bottom() - self._along(tick.value) * plot.height()
            if self._grid:
                across(painter, plot.left(), plot.right(), y, palette.line)
            self._write(painter, plot.left() - one.px(8), y + one.px(4), tick.text, "right")
        self._write(painter, plot.left() - one.px(8), plot.top() - one.px(11), scale.unit, "right")

    def _graduate_lying(self, painter: QPainter, plot: QRectF, scale: Scale) -> None:
        palette, one, ticks = colours(), look(), self._ticks(scale)
        metrics = one.metrics("axis")
        xs = [plot.left() + self._along(tick.value) * plot.width() for tick in ticks]
        wide = [metrics.horizontalAdvance(tick.text) for tick in ticks]
        every = _stride(xs, wide, one.px(NAME_GAP))
        baseline = plot.bottom() + one.px(17)
        for at, (tick, x, width) in enumerate(zip(ticks, xs, wide, strict=True)):
            if self._grid:
                down(painter, x, plot.top(), plot.bottom(), palette.line)
            down(painter, x, plot.bottom(), plot.bottom() + one.px(4), palette.ink2)
            if at % every == 0:
                left = min(x - width / 2, plot.right() + one.px(4) - width) if self._title else x - width / 2
                self._write(painter, left, baseline, tick.text, "left")
        if self._floor:
            across(painter, plot.left(), plot.right() + 1, plot.bottom(), palette.ink2)
        if self._title:
            self._write(painter, plot.right(), plot.bottom() + one.px(33), self._title, "right")
        else:  # the unit follows the last number, which stays under its graduation
            self._write(painter, xs[-1] + wide[-1] / 2 + one.px(3), baseline, scale.unit, "left")

    def _name_rows(self, painter: QPainter, plot: QRectF) -> None:
        one = look()
        pitch = plot.height() / max(1, len(self._places))
        room = plot.left() - one.px(8)
        for row, place in enumerate(self._places):
            text = elided(place.label, "medium", room)
            self._write(painter, 0, plot.top() + pitch * (row + 0.5) + one.px(5), text, "left", "medium", strong=True)

    def _name_columns(self, painter: QPainter, plot: QRectF) -> None:
        """Every name under its column on up to two lines, moved aside where a neighbour needs the room."""
        one = look()
        low, high = self.range
        pitch = plot.width() / ((high - low) or 1.0)
        across(painter, plot.left(), plot.right(), plot.bottom(), colours().ink2, 1.5)
        steps = ["condensed medium" if place.strong else "condensed" for place in self._places]
        named = [
            two_lines(place.label, one.metrics(step).horizontalAdvance, pitch - one.px(NAME_GAP))
            for place, step in zip(self._places, steps, strict=True)
        ]
        wide = [
            max(one.metrics(step).horizontalAdvance(line) for line in lines)
            for lines, step in zip(named, steps, strict=True)
        ]
        starts = [plot.left() + pitch * (index + 0.5) - width / 2 for index, width in enumerate(wide)]
        placed = spread(starts, wide, one.px(NAME_GAP), 0.0, plot.right() + one.px(8))
        for place, step, lines, left, width in zip(self._places, steps, named, placed, wide, strict=True):
            for line, text in enumerate(lines):
                y = plot.bottom() + one.px(16 + 14 * line)
                self._write(painter, left + width / 2, y, text, "centre", step, strong=place.strong)


def _stride(middles: list[float], lengths: list[float], gap: float) -> int:
    """Return the least n for which every nth word, first and last among them, is clear of the next."""
    last = len(middles) - 1
    for every in (n for n in range(1, last) if last % n == 0):
        shown = list(zip(middles, lengths, strict=True))[::every]
        if all(there - here >= (one + other) / 2 + gap for (here, one), (there, other) in pairwise(shown)):
            return every
    return max(1, last)
