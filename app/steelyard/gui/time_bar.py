"""GPU time: one bar to 100 %, its idle part magnified below it, and a line for each cause with its share and cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from steelyard.figures.plot import Figure
from steelyard.gui.drawing import across, elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_bar, paint_missing, paint_whisker, text_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.figures.plot import Bar

BAR, BELOW, SMALL, LINE = 23, 44, 15, 19
"""Height of the bar, top and height of the magnified part, and the pitch of the lines of causes."""
LINES = 70
MONEY = 96
GAP = 1.2


class TimeBar(Painted):
    """Where a year of GPU time goes. A press or Enter asks how busy the GPUs are."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("GPU time", width=280, height=LINES + LINE)
        self._figure = Figure("", "")
        self._costs: Mapping[str, str] = {}
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_figure(self, figure: Figure, costs: Mapping[str, str]) -> None:
        """Show another figure. costs: what each cause costs a year, by its name, where that is known."""
        self._figure, self._costs = figure, costs
        causes = self.causes
        self.set_least(280, LINES + LINE * len(causes) if causes else BELOW)
        lines = "; ".join(" ".join(part for part in (*row, costs.get(row[0], "")) if part) for row in figure.table.rows)
        self.setAccessibleDescription(f"{figure.sentence or figure.missing} {lines}. Press Enter for the reason.")
        self.setToolTip(figure.sentence)
        self.update()

    @property
    def causes(self) -> tuple[Bar, ...]:
        """What the GPUs wait for, from left to right."""
        return self._figure.bars[1:]

    def paint(self, painter: QPainter) -> None:
        """Bar, magnified idle part, causes."""
        figure, palette, one = self._figure, colours(), look()
        if figure.across is None:
            paint_missing(painter, QRectF(self.rect()), figure.missing)
            return
        for bar in figure.bars:
            left, right = self._x(bar.start), self._x(bar.end)
            paint_bar(painter, QRectF(left, 0, max(1.0, right - left - GAP), one.px(BAR)), bar.role)
        busy = figure.bars[0]
        if math.isfinite(busy.low):
            paint_whisker(painter, busy, self._x(busy.low), self._x(busy.high), one.px(BAR) / 2)
        write(painter, one.px(8), one.px(16), busy.text, "condensed medium", text_on(busy.role))
        if self.causes:
            self._paint_magnified(painter, busy.end)
        for index, bar in enumerate(self.causes):
            top = one.px(LINES + LINE * index)
            baseline = top + one.px(13)
            paint_bar(painter, QRectF(0, top + one.px(4), one.px(13), one.px(9)), bar.role)
            money = self._costs.get(bar.name, "")
            room = self.width() - one.px(MONEY + 76)
            write(painter, one.px(20), baseline, elided(bar.name, "small", room), "small", palette.ink)
            end = self.width() - (one.px(MONEY) if self._costs else 0)
            write(painter, end, baseline, bar.text, "small", palette.ink, align="right")
            write(painter, self.width(), baseline, money, "small", palette.ink2, align="right")
            across(painter, 0, self.width(), top + one.px(LINE), palette.line)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press asks."""
        self.asked.emit("gpu_busy")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter, Space and F1."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self.asked.emit("gpu_busy")
        else:
            super().keyPressEvent(event)

    def _x(self, percent: float) -> float:
        return self.width() * min(100.0, max(0.0, percent)) / 100.0

    def _paint_magnified(self, painter: QPainter, start: float) -> None:
        """The idle part over the whole width, joined to its place above by dotted lines."""
        palette, one = colours(), look()
        end = self.causes[-1].end
        painter.setPen(QPen(palette.line2, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(QLineF(self._x(start), one.px(BAR + 2), 0, one.px(BELOW - 1)))
        painter.drawLine(QLineF(self._x(end) - 1, one.px(BAR + 2), self.width() - 1, one.px(BELOW - 1)))
        for bar in self.causes:
            left, right = ((each - start) / (end - start) * self.width() for each in (bar.start, bar.end))
            paint_bar(painter, QRectF(left, one.px(BELOW), max(1.0, right - left - GAP), one.px(SMALL)), bar.role)
