"""The balance: every stage's poise hangs from the beam where its rate is; the fulcrum stands at what is asked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainterPath

from steelyard.figures.plot import Figure
from steelyard.figures.scales import along
from steelyard.gui.drawing import across, dotted, down, elided, fulcrum, outline, poise, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_bar, paint_missing, paint_whisker, plated
from steelyard.gui.symbols import paint_symbol
from steelyard.wording import NO_LIMIT

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.figures.plot import Bar, Poise, Scale

NAMES, COLUMNS, FIGURES = 186, 226, 122
"""Room for the names, for the three columns at the right, and for these without the range."""

TOP, ROW, HIGH_ROW, FOOT = 40, 47, 68, 20
BAR = 9
RANGED, STACKED = 560, 460
"""Below these widths the column of ranges goes, then the names stand over their bars."""

LEAST = 300


class StageBars(Painted):
    """Arrows walk the stages; Enter or a press asks for the stage's rate (the whole's, on the last row)."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Stages against what is asked", width=LEAST, height=TOP + 6 * ROW + FOOT)
        self._figure = Figure("", "")
        self._current, self._high = 0, ROW
        self._ranged, self._stacked = True, False
        self.setMouseTracking(True)

    def show_figure(self, figure: Figure) -> None:
        """Show another balance."""
        self._figure = figure
        self._current = min(self._current, max(0, len(figure.places) - 1))
        self._arrange()
        rows = "; ".join(" ".join(row) for row in figure.table.rows)
        self.setAccessibleDescription(
            f"{figure.sentence or figure.missing} {rows}. Arrows walk the stages, Enter gives the reason."
        )
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another form."""
        self._arrange()
        super().resizeEvent(event)

    def paint(self, painter: QPainter) -> None:
        """Beam, rows, threads, poises, columns."""
        figure, palette, one = self._figure, colours(), look()
        scale = figure.across
        if scale is None:
            paint_missing(painter, QRectF(self.rect()), figure.missing)
            return
        self._paint_rows(painter)
        self._paint_beam(painter, scale)
        for each in figure.poises:
            if math.isfinite(each.value):
                x = self._x(scale, each.value)
                down(
                    painter,
                    x,
                    one.px(TOP - 8),
                    self._middle(each.place),
                    palette.ink if each.filled else palette.steel,
                    1.2,
                )
        for bar in figure.bars:
            self._paint_bar(painter, scale, bar)
        asked = self._x(scale, figure.limits[0].value)
        end = self._middle(len(figure.places) - 1) + one.px(16)
        down(painter, asked, one.px(TOP - 6), end, palette.brass, 2)
        fulcrum(painter, asked, one.px(TOP - 6), palette.brassfill, scale=1.1 * one.zoom)
        for bar in figure.bars:
            y = self._middle(bar.place)
            paint_whisker(painter, bar, self._x(scale, bar.low), self._x(scale, bar.high), y) if math.isfinite(
                bar.low
            ) else None
        for each in figure.poises:
            self._paint_poise(painter, scale, each)
        self._paint_asked(painter, asked, end + one.px(14))
        if self._stacked:
            self._paint_names(painter)

    def paint_ring(self, painter: QPainter) -> None:
        """Round the current row."""
        outline(painter, self._row(self._current), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press asks for the row under it."""
        index = self._at(event.position())
        if index >= 0:
            self._current = index
            self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._at(event.position()) >= 0 else Qt.CursorShape.ArrowCursor
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Enter."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._current + step < len(self._figure.places):
            self._current += step
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        places = self._figure.places
        if self._current < len(places):
            self.spot = self._row(self._current)
            self.asked.emit("throughput" if places[self._current].strong else f"stage_capacity[{self._current}]")

    def _arrange(self) -> None:
        self._ranged = self.width() >= look().px(RANGED)
        self._stacked = self.width() < look().px(STACKED)
        self._high = HIGH_ROW if self._stacked else ROW
        self.set_least(LEAST, TOP + max(1, len(self._figure.places)) * self._high + FOOT)

    def _row(self, index: int) -> QRectF:
        one = look()
        return QRectF(0, one.px(TOP + self._high * index + 28 - ROW / 2), self.width(), one.px(self._high))

    def _at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._figure.places)) if self._row(i).contains(point)), -1)

    def _middle(self, index: int) -> float:
        return look().px(TOP + self._high * index + 28 + self._high - ROW)

    def _x(self, scale: Scale, value: float) -> float:
        one = look()
        left = one.px(14 if self._stacked else NAMES)
        columns = one.px(COLUMNS if self._ranged else FIGURES)
        return left + along(scale, value) * (self.width() - left - columns)

    @property
    def _sustained_end(self) -> float:
        """Where the numbers of the column "sustained" end."""
        return self.width() - look().px(132 if self._ranged else 56)

    def _paint_beam(self, painter: QPainter, scale: Scale) -> None:
        palette, one = colours(), look()
        level = one.px(TOP - 8)
        across(
            painter,
            self._x(scale, scale.low) - one.px(6),
            self._x(scale, scale.high) + one.px(6),
            level,
            palette.ink2,
            1.5,
        )
        for tick in scale.ticks:
            x = self._x(scale, tick.value)
            down(painter, x, level - one.px(6 if tick.text else 3), level, palette.ink2)
            if tick.text:
                write(painter, x, level - one.px(10), tick.text, "small", palette.ink2, align="centre")
        right = float(self.width())
        unit = f"{scale.unit}, log scale"
        write(painter, 0, one.px(10) if self._stacked else level + one.px(4), unit, "small", palette.ink3)
        for x, text, side in (
            (self._sustained_end, "sustained", "right"),
            (right - one.px(122), "range", "left"),
            (right, "of asked", "right"),
        ):
            if text != "range" or (self._ranged and any(row[2] for row in self._figure.table.rows)):
                write(painter, x, level + one.px(4), text, "small", palette.ink3, align=side)

    def _paint_rows(self, painter: QPainter) -> None:
        palette, one, figure = colours(), look(), self._figure
        slowest = {each.place for each in figure.poises if each.filled}
        right = float(self.width())
        for index, place in enumerate(figure.places):
            y = self._middle(index)
            if index in slowest:
                painter.fillRect(self._row(index).adjusted(-8, 2, 8, -2), palette.steelsoft)
            if place.strong:
                across(painter, 0, right, self._row(index).top(), palette.ink2, 1.5)
            room = one.px(NAMES - 14)
            if self._stacked:
                pass  # written on plates, over the threads
            elif place.note:
                write(painter, 0, y - one.px(2), elided(place.label, "h2", room), "h2", palette.ink)
                write(painter, 0, y + one.px(14), elided(place.note, "small", room), "small", palette.ink3)
            else:
                write(painter, 0, y + one.px(5), elided(place.label, "h2", room), "h2", palette.ink)
            _, sustained, spread, multiple = figure.table.rows[index]
            baseline, unknown = y + one.px(5), sustained == "?"
            end = self._sustained_end
            start = write(
                painter,
                end,
                baseline,
                sustained,
                "dock figure",
                palette.unknown if unknown else palette.ink,
                align="right",
            )
            dotted(painter, start, end, baseline + one.px(5), palette.line2)
            free = write(
                painter, right, baseline, multiple, "h2" if place.strong else "body", palette.ink, align="right"
            )
            fits = right - one.px(122) + one.metrics("small").horizontalAdvance(spread) < free - one.px(4)
            if self._ranged and fits:
                write(painter, right - one.px(122), baseline, spread, "small", palette.ink3)
            else:
                write(painter, right, baseline + one.px(15), spread, "small", palette.ink3, align="right")

    def _paint_names(self, painter: QPainter) -> None:
        """Each name over its bar, on a plate: the threads of other stages pass behind it."""
        one, palette = look(), colours()
        for index, place in enumerate(self._figure.places):
            over = self._middle(index) - one.px(20)
            label = elided(place.label, "h2", self.width())
            plated(painter, 0, over, label, "h2", palette.ink)
            if place.note:
                end = one.metrics("h2").horizontalAdvance(label) + one.px(10)
                plated(painter, end, over, elided(place.note, "small", self.width() - end), "small", palette.ink3)

    def _paint_bar(self, painter: QPainter, scale: Scale, bar: Bar) -> None:
        one = look()
        left, right, y = self._x(scale, bar.start), self._x(scale, bar.end), self._middle(bar.place)
        paint_bar(painter, QRectF(left, y - one.px(BAR / 2), max(0.0, right - left), one.px(BAR)), bar.role)
        if bar.start == scale.low:
            down(painter, left, y - one.px(7), y + one.px(7), colours().line2)

    def _paint_poise(self, painter: QPainter, scale: Scale, each: Poise) -> None:
        palette, one = colours(), look()
        y = self._middle(each.place)
        if math.isnan(each.value):
            paint_symbol(
                painter,
                "unknown",
                QRectF(self._x(scale, scale.high) - one.px(14), y - one.px(7), one.px(14), one.px(14)),
                palette.unknown,
            )
            return
        if math.isinf(each.value):
            write(painter, self._x(scale, scale.high), y - one.px(9), NO_LIMIT, "micro", palette.ink3, align="right")
            return
        x = self._x(scale, each.value)
        edge = palette.ink if each.filled else palette.steel
        poise(painter, x, y - one.px(5), palette.ink if each.filled else palette.base, edge, scale=1.1 * one.zoom)
        if each.text:
            ends = [bar.end for bar in self._figure.bars if bar.place == each.place]
            ends += [end for end in (each.high,) if math.isfinite(end)]
            left = max(x, *(self._x(scale, end) for end in ends)) + one.px(11)
            arrow = QPainterPath()
            arrow.addPolygon(
                [QPointF(left, y), QPointF(left + one.px(7), y - one.px(4)), QPointF(left + one.px(7), y + one.px(4))]
            )
            painter.fillPath(arrow, palette.ink)
            write(painter, left + one.px(12), y + one.px(5), each.text, "h2", palette.ink)

    def _paint_asked(self, painter: QPainter, x: float, baseline: float) -> None:
        palette, one, limit = colours(), look(), self._figure.limits[0]
        width = one.metrics("h2").horizontalAdvance(limit.text)
        if x - width > 0:
            plated(painter, x - one.px(2), baseline, limit.text, "h2", palette.brass, "right")
            write(painter, x + one.px(6), baseline, limit.working, "small", palette.ink3)
        else:
            plated(painter, x + one.px(4), baseline, limit.text, "h2", palette.brass)
