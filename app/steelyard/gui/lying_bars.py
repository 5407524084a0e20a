"""GPU time and GPU memory: lying bars with their words on them; thin ones with limits of their own are a plot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.figures.plot import Figure
from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.gui.drawing import across, down, elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_bar, paint_missing, paint_whisker, plated, text_on

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.figures.plot import Bar, Brace, Limit, Scale
    from steelyard.gui.thin_bars import ThinBars


class Shape(NamedTuple):
    """Room for names at the left, row pitch, bar thickness, and whether words stand on the bars or behind them.

    lift: how much higher than the middle of their row the bars lie, so that braces have room below them.
    """

    names: int
    row: int
    thick: int
    inside: bool
    lift: int = 0


WIDE_STACK = Shape(84, 36, 23, inside=True)
BRACED = Shape(84, 40, 18, inside=True, lift=6)
THIN = Shape(84, 27, 9, inside=False)
TOP, FOOT, LEGEND = 22, 24, 18
LEAST_BRACE = 40
"""A brace that is narrower has no room for a name."""

SHORT_LEGEND, LONG_LEGEND = 16, 24  # letters that a third and half of the width hold
WIDE_LEGEND = 390
GAP = 1.2


class LyingBars(Painted):
    """A plot of lying bars. A press or Enter asks for the quantity that it was told it shows."""

    asked = Signal(str)

    def __init__(self, name: str, shape: Shape, quantity: str) -> None:
        super().__init__(name, width=280, height=120)
        self._figure = Figure("", "")
        self._shape, self._quantity = shape, quantity
        self._thin: ThinBars | None = None
        if not shape.inside:
            from steelyard.gui.thin_bars import ThinBars

            self._thin = ThinBars(self, name, shape.names, quantity)
            self._thin.asked.connect(self.asked)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setFocusProxy(self._thin)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self._figure = figure
        if self._thin is not None:
            self._thin.show_figure(figure)
            self.set_least(*self._thin.least)
        else:
            self.set_least(280, self._height())
        lines = "; ".join(" ".join(row) for row in figure.table.rows)
        self.setAccessibleDescription(f"{figure.sentence or figure.missing} {lines}. Press Enter for the reason.")
        self.setToolTip(figure.sentence)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Axis, bars, limits, names, and a legend for what is too narrow for its words. The plot draws itself."""
        if self._thin is not None:
            return
        figure, palette, one = self._figure, colours(), look()
        scale = figure.across
        if scale is None:
            paint_missing(painter, QRectF(self.rect()), figure.missing)
            return
        foot = one.px(TOP + self._shape.row * len(figure.places))
        self._paint_axis(painter, scale, foot)
        for index, place in enumerate(figure.places):
            name = elided(place.label, "medium", one.px(self._shape.names - 6))
            write(painter, 0, self._middle(index) + one.px(5), name, "medium", palette.ink)
        for bar in figure.bars:
            self._paint_bar(painter, scale, bar)
        for brace in figure.braces:
            self._paint_brace(painter, scale, brace)
        for limit in figure.limits:
            self._paint_limit(painter, scale, limit)
        self._paint_legend(painter, foot + one.px(FOOT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits on a bar changes with the width, and the legend with it."""
        if self._thin is not None:
            self._thin.setGeometry(self.rect())
        elif self._figure.across is not None:
            self.set_least(280, self._height())
        super().resizeEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press asks."""
        self.asked.emit(self._quantity)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter, Space and F1."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self.asked.emit(self._quantity)
        else:
            super().keyPressEvent(event)

    def _height(self) -> int:
        rows = max(1, len(self._figure.places))
        return TOP + rows * self._shape.row + FOOT + self._legend_height()

    def _middle(self, index: int) -> float:
        return look().px(TOP + self._shape.row * (index + 0.5) - self._shape.lift)

    def _x(self, scale: Scale, value: float) -> float:
        one = look()
        left = one.px(self._shape.names)
        return left + along(scale, value) * (self.width() - left - one.px(14))

    def _paint_axis(self, painter: QPainter, scale: Scale, foot: float) -> None:
        palette, one = colours(), look()
        for tick in scale.ticks:
            x = self._x(scale, tick.value)
            down(painter, x, foot, foot + one.px(4), palette.ink2)
            last = tick is scale.ticks[-1]
            text = f"{tick.text} {scale.unit}" if last else tick.text
            align = "right" if last else "centre"
            write(
                painter,
                x + (one.px(12) if align == "right" else 0),
                foot + one.px(17),
                text,
                "axis",
                palette.ink3,
                align=align,
            )
        across(painter, self._x(scale, scale.low), self._x(scale, scale.high) + 1, foot, palette.ink2)

    def _fits(self, bar: Bar, scale: Scale) -> bool:
        width = self._x(scale, bar.end) - self._x(scale, bar.start)
        return look().metrics("condensed medium").horizontalAdvance(bar.text) + 10 <= width

    def _paint_bar(self, painter: QPainter, scale: Scale, bar: Bar) -> None:
        palette, one = colours(), look()
        y, left, right = self._middle(bar.place), self._x(scale, bar.start), self._x(scale, bar.end)
        thick = one.px(self._shape.thick)
        paint_bar(painter, QRectF(left, y - thick / 2, max(1.0, right - left - GAP), thick), bar.role)
        if math.isfinite(bar.low):
            paint_whisker(painter, bar, self._x(scale, bar.low), self._x(scale, bar.high), y)
        if bar.text and self._fits(bar, scale):
            baseline = y + one.px(4)
            if LOOKS[bar.role].hatch:
                plated(painter, left + one.px(8), baseline, bar.text, "condensed medium", palette.ink)
            else:
                write(painter, left + one.px(7), baseline, bar.text, "condensed medium", text_on(bar.role))
        elif self._figure.braces and bar.name:  # its name stands in the legend, its number on the bar
            amount = bar.text.removeprefix(bar.name).strip()
            if one.metrics("condensed").horizontalAdvance(amount) + one.px(8) <= right - left:
                middle = (left + right) / 2
                if LOOKS[bar.role].hatch:
                    plated(painter, middle, y + one.px(4), amount, "condensed", palette.ink, align="centre")
                else:
                    write(painter, middle, y + one.px(4), amount, "condensed", text_on(bar.role), align="centre")

    def _paint_brace(self, painter: QPainter, scale: Scale, brace: Brace) -> None:
        """A line below the bars that it joins, and what they are together."""
        palette, one = colours(), look()
        left, right = self._x(scale, brace.start) + 1, self._x(scale, brace.end) - 2
        y = self._middle(brace.place) + one.px(self._shape.thick / 2 + 3)
        across(painter, left, right, y, palette.line2)
        for end in (left, right):
            down(painter, end, y - one.px(3), y + 1, palette.line2)
        last = all(each.end <= brace.end for each in self._figure.braces if each.place == brace.place)
        room = self.width() - left if last else right - left - one.px(4)  # nothing stands beside the last one's name
        if room >= one.px(LEAST_BRACE):
            text = elided(brace.text, "micro", room)
            write(painter, left, y + one.px(10), text, "micro", palette.ink2)

    def _paint_limit(self, painter: QPainter, scale: Scale, limit: Limit) -> None:
        palette, one = colours(), look()
        count = len(self._figure.places)
        last = count - 1 if limit.last < limit.first else limit.last
        top, foot = one.px(TOP + self._shape.row * limit.first + 2), one.px(TOP + self._shape.row * (last + 1) - 2)
        x = self._x(scale, limit.value)
        down(painter, x, top, foot, palette.brass, 2)
        if last == limit.first and count > 1:
            write(
                painter,
                self.width(),
                (top + foot) / 2 + one.px(5),
                limit.text,
                "small medium",
                palette.brass,
                align="right",
            )
        else:
            write(
                painter,
                min(x, self.width() - 2),
                top - one.px(6),
                limit.text,
                "h2",
                palette.brass,
                align="right" if x > self.width() / 2 else "centre",
            )

    def _legend_rows(self) -> list[Bar]:
        scale = self._figure.across
        if scale is None:
            return []
        braced = bool(self._figure.braces)
        first = {
            (bar.role, bar.name if braced else bar.text): bar
            for bar in reversed(self._figure.bars)
            if bar.text and not self._fits(bar, scale)
        }
        return list(reversed(first.values()))

    def _legend_height(self) -> int:
        return LEGEND * -(-len(self._legend_rows()) // self._legend_columns())

    def _legend_columns(self) -> int:
        """Long words get the whole line."""
        if self._figure.braces and self.width() >= look().px(WIDE_LEGEND):
            return 4
        longest = max((len(_words(bar)) for bar in self._legend_rows()), default=0)
        wide = self.width() >= look().px(WIDE_LEGEND)
        return 1 if longest > LONG_LEGEND else 3 if wide and longest <= SHORT_LEGEND else 2

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        palette, one, columns = colours(), look(), self._legend_columns()
        for index, bar in enumerate(self._legend_rows()):
            x = index % columns * self.width() / columns
            y = top + one.px(LEGEND) * (index // columns)
            paint_bar(painter, QRectF(x, y, one.px(11), one.px(9)), bar.role)
            said = bar.name if self._figure.braces else _words(bar)
            write(painter, x + one.px(18), y + one.px(9), said, "small", palette.ink2)


def _words(bar: Bar) -> str:
    """What a bar is and how much of it there is."""
    return bar.text if bar.text.startswith(bar.name) else f"{bar.name} {bar.text}"
