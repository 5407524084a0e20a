"""The sustained run: temperatures over minutes to days, the speed that is kept, and one scrubber for both."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy

from steelyard.figures.plot import Figure, Role
from steelyard.figures.scales import along
from steelyard.figures.style import LOOKS
from steelyard.gui.apart import spread
from steelyard.gui.drawing import across, down
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_missing, token
from steelyard.gui.present.times import time_words, value_at
from steelyard.gui.run_strokes import RunStrokes, height_of, paint_band, paint_handle, pen_of
from steelyard.wording import UNKNOWN, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.figures.plot import Curve, Scale

LEFT, RIGHT, TOP, FOOT = 36, 130, 34, 26
STRIP, BETWEEN, ROW = 54, 26, 14.5
LEADER, PLATE, DOT, LEAST_TICK = 6, 17, 3.2, 17
LEAST, WANTED = 260, 330
DIMMED = 0.45
PAGE = 8
FIRST_READ = 8.0
"""Hours: where the scrubber stands before anybody moved it."""


class Ends(NamedTuple):
    """A curve with where its name stands, in pixels from the top."""

    curve: Curve
    scale: Scale
    plot: QRectF
    level: float


class SustainedPlot(Painted):
    """The arrows and the mouse move the scrubber; a press on a name, or Enter, asks for what stands there."""

    asked = Signal(str)
    moved = Signal()
    limit_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__("Sustained run", width=420, height=WANTED)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.heat = self.speed = Figure("", "")
        self._quantities: Mapping[str, str] = {}
        self._at: float | None = None
        self._stops: tuple[float, ...] = ()
        self._stale = False
        self._strokes = RunStrokes()
        self._lines: dict[tuple[int, object], list[QPointF]] = {}

    @property
    def said(self) -> list[tuple[str, QRectF]]:
        """What was written last and where, in the widget's pixels."""
        return self._strokes.said

    def minimumSizeHint(self) -> QSize:
        """It may get lower before the view scrolls."""
        return QSize(super().minimumSizeHint().width(), look().px(LEAST if self.heat.curves else 60))

    def show_run(self, heat: Figure, speed: Figure, quantities: Mapping[str, str]) -> None:
        """Show another run. quantities: the address behind each curve's name."""
        self._lines.clear()
        self.heat, self.speed, self._quantities, self._stale = heat, speed, quantities, False
        times = heat.curves[0].xs if heat.curves else ()
        marks = [tick.value for tick in heat.across.ticks if tick.text] if heat.across is not None and times else []
        self._stops = tuple(sorted({*times, *(mark for mark in marks if times[0] <= mark <= times[-1])}))
        self._at = self._nearest(self._at or FIRST_READ) if times else None
        self._describe()
        self.updateGeometry()
        self.update()

    def set_stale(self, *, stale: bool) -> None:
        """Dim what belongs to the build as it was, until its successor is there."""
        self._stale = stale and bool(self.heat.curves)
        self.update()

    @property
    def stale(self) -> bool:
        """Whether it shows the run of a build that is another by now."""
        return self._stale

    @property
    def time_words(self) -> str:
        """The time at the scrubber; empty without a run."""
        return "" if self._at is None else time_words(self._at)

    @property
    def readings(self) -> dict[str, float]:
        """Every curve's value at the scrubber, by its name."""
        at = self._at
        if at is None:
            return {}
        return {curve.label: value_at(curve, at) for curve in (*self.heat.curves, *self.speed.curves)}

    @property
    def hours(self) -> float:
        """The time at the scrubber; NaN without a run."""
        return math.nan if self._at is None else self._at

    def read(self, hours: float) -> None:
        """Move the scrubber to the point of the curves, or mark of the axis, that is nearest to a time."""
        if self._stops and not math.isnan(hours):
            self._at = self._nearest(hours)
            self._describe()
            self.update()
            self.moved.emit()

    def paint(self, painter: QPainter) -> None:
        """Both plots with their scales, then the names and values, then the scrubber over all."""
        self._strokes.said = []
        if not self.heat.curves or self.heat.up is None:
            paint_missing(painter, QRectF(self.rect()), self.heat.missing or "The run is being computed.")
            return
        painter.setOpacity(DIMMED if self._stale else 1.0)
        heat, strip = self._plots()
        ends = self._paint_plot(painter, self.heat, heat, named=False)
        ends += self._paint_plot(painter, self.speed, strip, named=True) if self.speed.up is not None else []
        self._paint_names(painter, ends, heat)
        self._paint_scrubber(painter, heat, strip)
        painter.setOpacity(1.0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines are worked out anew."""
        self._lines.clear()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press in the plot moves the scrubber, one on a name asks, one on the words of a limit wants another."""
        if event.button() != Qt.MouseButton.LeftButton or not self.heat.curves:
            return
        heat, _ = self._plots()
        limits = {limit.text for limit in self.heat.limits}
        for text, place in self.said:
            if text in limits and place.adjusted(-4, -4, 4, 4).contains(event.position()):
                self.spot = place
                self.limit_pressed.emit(text)
                return
        if event.position().x() <= heat.right() + look().px(LEADER):
            self._read_near(event.position().x())
            return
        for name, place in self.said:
            row = QRectF(place.left(), place.top() - 4, self.width() - place.left(), place.height() + 8)
            if name in self._quantities and row.contains(event.position()):
                self.spot = row
                self.asked.emit(self._quantities[name])
                return

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """With the button held the scrubber follows."""
        if event.buttons() & Qt.MouseButton.LeftButton and self.heat.curves:
            self._read_near(event.position().x())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Page Up, Page Down, Home, End; Enter asks for the hottest curve."""
        last = len(self._stops) - 1
        at = self._stops.index(self._at) if self._at is not None else 0
        wanted = {
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_PageDown: at + PAGE,
            Qt.Key.Key_PageUp: at - PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if wanted is not None and self._stops:
            self.read(self._stops[min(last, max(0, wanted))])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1} and self.readings:
            hottest = max(self.heat.curves, key=lambda curve: self.readings[curve.label])
            self.spot = None
            self.asked.emit(self._quantities.get(hottest.label, ""))
        else:
            super().keyPressEvent(event)

    def _nearest(self, hours: float) -> float:
        return min(self._stops, key=lambda stop: abs(math.log(stop / hours)))

    def _describe(self) -> None:
        values = "; ".join(f"{name} {number(value, 1)}" for name, value in self.readings.items())
        at = f"At {self.time_words}: {values}." if values else ""
        keys = "Left and Right move the time, Enter gives the reason."
        said = f"{self.heat.sentence or self.heat.missing or 'The run is being computed.'} {at} {keys}"
        self.setAccessibleDescription(" ".join(said.split()))

    def _plots(self) -> tuple[QRectF, QRectF]:
        one = look()
        right = self.width() - one.px(LEFT + RIGHT)
        strip = one.px(STRIP) if self.speed.up is not None else 0
        between = one.px(BETWEEN) if strip else 0
        high = self.height() - one.px(TOP + FOOT) - strip - between
        heat = QRectF(one.px(LEFT), one.px(TOP), right, max(40, high))
        return heat, QRectF(heat.left(), heat.bottom() + between, right, strip)

    def _x(self, plot: QRectF, time: float) -> float:
        scale = self.heat.across
        return plot.left() + (0.0 if scale is None else along(scale, time)) * plot.width()

    def _read_near(self, x: float) -> None:
        heat, _ = self._plots()
        self.read(min(self._stops, key=lambda stop: abs(self._x(heat, stop) - x)))

    def _paint_plot(self, painter: QPainter, figure: Figure, plot: QRectF, *, named: bool) -> list[Ends]:
        """Grid, zones, bands, curves, limits; under the lower plot the times. Returns where the curves end."""
        palette, one, up = colours(), look(), figure.up
        if up is None:
            return []
        reached = math.inf
        for tick in sorted(up.ticks, reverse=named):
            y = height_of(plot, up, tick.value)
            across(painter, plot.left(), plot.right(), y, palette.line)
            if abs(reached - y) >= one.px(LEAST_TICK):  # the top one of a low strip, from the foot of a high plot
                self._strokes.write(
                    painter, plot.left() - one.px(8), y + one.px(4), tick.text, "axis", palette.ink3, "right"
                )
                reached = y
        over = plot.top() - one.px(11) if not named else plot.top() - one.px(8)
        self._strokes.write(painter, plot.left() - one.px(8), over, up.unit, "axis", palette.ink3, "right")
        for zone in figure.zones:
            self._strokes.zone(painter, plot, up, zone, quiet=named)
        for curve in figure.curves:
            if curve.lows and curve.highs:
                upper, lower = (self._points(plot, up, side, curve) for side in (curve.highs, curve.lows))
                paint_band(painter, plot, curve, upper, lower)
        painter.save()
        painter.setClipRect(plot.adjusted(-1, -2, 1, 2))
        for curve in figure.curves:
            painter.setPen(pen_of(curve.role))
            painter.drawPolyline(QPolygonF(self._points(plot, up, curve.ys, curve)))
        painter.restore()
        for limit in figure.limits:
            self._strokes.limit(painter, plot, up, limit, figure.limits)
        self._paint_times(painter, plot, named=named or self.speed.up is None)
        return [Ends(curve, up, plot, height_of(plot, up, curve.ys[-1])) for curve in figure.curves]

    def _points(self, plot: QRectF, up: Scale, ys: tuple[float, ...], curve: Curve) -> list[QPointF]:
        """A line in pixels, worked out once for a size: the scrubber moves over lines that stay."""
        key = (id(ys), plot.getRect())
        if key not in self._lines:
            self._lines[key] = [
                QPointF(self._x(plot, x), height_of(plot, up, y))
                for x, y in zip(curve.xs, ys, strict=True)
                if math.isfinite(y)
            ]
        return self._lines[key]

    def _paint_times(self, painter: QPainter, plot: QRectF, *, named: bool) -> None:
        palette, one, scale = colours(), look(), self.heat.across
        across(painter, plot.left(), plot.right() + 1, plot.bottom(), palette.ink2)
        reached = -math.inf
        held = math.inf if self._at is None else self._x(plot, self._at)
        for tick in scale.ticks if scale is not None else ():
            x = self._x(plot, tick.value)
            if tick.text:
                down(painter, x, plot.bottom(), plot.bottom() + one.px(4), palette.ink2)
            wide = one.metrics("axis").horizontalAdvance(tick.text)
            clear = abs(x - held) > wide / 2 + one.px(8)  # the scrubber's handle, whose plate says the time there
            if named and tick.text and clear and x - wide / 2 > reached:
                baseline = plot.bottom() + one.px(17)
                self._strokes.write(painter, x, baseline, tick.text, "axis", palette.ink3, "centre")
                reached = x + wide / 2 + one.px(6)

    def _paint_names(self, painter: QPainter, ends: list[Ends], heat: QRectF) -> None:
        """Every curve's name at its end, pushed apart, with its value at the scrubber in a column."""
        palette, one = colours(), look()
        row = ROW * one.zoom
        placed: list[tuple[Ends, float]] = []
        for plot in (heat, next((end.plot for end in ends if end.plot != heat), QRectF())):
            own = sorted((end for end in ends if end.plot == plot), key=lambda end: end.level)
            tops = spread([end.level - row / 2 for end in own], [row] * len(own), 0.0, plot.top(), plot.bottom() + row)
            placed += zip(own, tops, strict=True)
        for end, top in placed:
            middle, curve = top + row / 2, end.curve
            painter.setPen(QPen(token(LOOKS[curve.role].fill), 1.0))
            start = QPointF(end.plot.right(), end.level)
            painter.drawLine(start, QPointF(end.plot.right() + one.px(LEADER), middle))
            baseline = middle + one.px(4)
            x = end.plot.right() + one.px(LEADER + 4)
            self._strokes.write(painter, x, baseline, curve.label, "condensed", palette.ink)
            right = self.width() - 1
            self._strokes.write(painter, right, baseline, self._value(end), "h2", palette.ink, "right")

    def _value(self, end: Ends) -> str:
        if self._at is None:
            return ""
        value = value_at(end.curve, self._at)
        if math.isnan(value):
            return UNKNOWN
        fine = end.scale is not self.heat.up or end.curve.role is Role.SUM or end.curve.label == "Room"
        unit = f" {end.scale.unit}" if end.scale is not self.heat.up else ""
        return f"{number(value, 1 if fine else 0)}{unit}"

    def _paint_scrubber(self, painter: QPainter, heat: QRectF, strip: QRectF) -> None:
        """An ink line with its time on a plate above and a handle below, and an open dot on each curve."""
        palette, one = colours(), look()
        if self._at is None:
            return
        foot = strip.bottom() if self.speed.up is not None else heat.bottom()
        x = round(self._x(heat, self._at))
        painter.fillRect(QRectF(x - 1, heat.top() - one.px(8), 2, foot - heat.top() + one.px(8)), palette.ink)
        text = self.time_words
        wide = one.metrics("small medium").horizontalAdvance(text) + one.px(14)
        left = min(max(x - wide / 2, heat.left()), heat.right() - wide)
        plate = QRectF(left, heat.top() - one.px(8 + PLATE), wide, one.px(PLATE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.ink)
        painter.drawRoundedRect(plate, 2, 2)
        middle, baseline = plate.center().x(), plate.bottom() - one.px(4.5)
        self._strokes.write(painter, middle, baseline, text, "small medium", palette.base, "centre")
        for figure, plot in ((self.heat, heat), (self.speed, strip)):
            for curve in figure.curves if figure.up is not None else ():
                y = value_at(curve, self._at)
                if figure.up is not None and math.isfinite(y):
                    painter.setPen(QPen(token(LOOKS[curve.role].fill), 1.6))
                    painter.setBrush(palette.base)
                    painter.drawEllipse(QPointF(x, height_of(plot, figure.up, y)), one.px(DOT), one.px(DOT))
        paint_handle(painter, x, foot + 1, palette.ink)
