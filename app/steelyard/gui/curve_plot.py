"""Curves over two scales: bands for ranges, limits in brass, a dot where the build stands; paper draws the same."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPen

from steelyard.figures.style import LOOKS
from steelyard.gui.look import colours, look
from steelyard.gui.plot_paint import token
from steelyard.gui.plotted import Plotted
from steelyard.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QKeyEvent, QPainter

    from steelyard.figures.plot import Curve, Dot, Figure, Scale
    from steelyard.gui.plot_items import Label

LEFT, RIGHT, TOP, FOOT = 34, 6, 24, 38
LEADER, DOT = 6.0, 4.5
WIDE, LOW = 190, 48
NEAR = 14.0
"""A press this close to a dot is on it, in pixels."""


class CurvePlot(Plotted):
    """A press or the arrows put a reader on the curve; Enter or a press on the dot asks for what stands there.

    A press on the words of a limit, or E, wants another limit.
    """

    limit_pressed = Signal(str)
    keys = "Left and Right read the curve, Enter gives the reason."

    def __init__(self, name: str, quantity: str, *, height: int = 200) -> None:
        super().__init__(name, width=WIDE, height=height)
        self._quantity, self._high = quantity, height
        self._reader: int | None = None
        self._limits: list[Label] = []
        self._reading: tuple[Any, Any, Any] = (None, None, None)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure; where there is nothing to draw only the reason takes room."""
        self.set_least(WIDE, LOW if figure.missing else self._high)
        super().show_figure(figure)

    def draw(self) -> None:
        """Grid and axes, bands and curves, limits, dots with their words, and the reader."""
        figure, canvas = self.figure, self.canvas
        flat, up = figure.across, figure.up
        if flat is None or up is None:
            return
        several = len(figure.curves) > 1
        widest = max(
            (look().metrics("small medium").horizontalAdvance(curve.label) for curve in figure.curves), default=0
        )
        unit = look().metrics("axis").horizontalAdvance(up.unit) / look().zoom + 2 * LEADER
        canvas.frame(
            left=max(LEFT, int(unit)),
            right=int(RIGHT + (widest / look().zoom + 2 * LEADER if several else 0)),
            top=TOP,
            foot=FOOT,
        )
        canvas.begin((flat.low, flat.high), (up.low, up.high), zooms=True)
        canvas.axis("left").show_scale(up, grid=True)
        canvas.axis("bottom").show_scale(flat, title=f"{flat.label}, {flat.unit}" if flat.unit else flat.label)
        canvas.obstacles = self._strokes
        for curve in figure.curves:
            self._draw_curve(curve)
        for dot in figure.dots:
            self._draw_dot(dot, up)
        self._limits = []
        self._draw_limits(flat)
        self._draw_uprights(up)
        if several:
            self._name_ends()
        self._make_reader(up)
        self._read(None if self._reader is None or not self._count() else min(self._reader, self._count() - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left, Right, Home, End read; Escape takes the reader away; Enter asks; E wants another limit."""
        if event.key() in {Qt.Key.Key_E, Qt.Key.Key_F2} and self._limits:
            self._want_limit(self._limits[0])
            return
        count = self._count()
        start = count // 2 if self._reader is None else self._reader
        wanted = {
            Qt.Key.Key_Right: start + 1,
            Qt.Key.Key_Left: start - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._reader is not None:
            self._read(None)
        elif wanted is None or not count:
            super().keyPressEvent(event)
        else:
            self._read(min(count - 1, max(0, wanted)))

    def press(self, point: QPointF) -> None:
        """A press on the dot asks, any other reads the curve there."""
        limit = self.limit_under(point)
        if limit is not None:
            self._want_limit(limit)
        elif self.on_dot(point):
            self.ask()
        else:
            self.read_near(point)

    def limit_under(self, point: QPointF) -> Label | None:
        """The words of a limit that lie there."""
        return next((label for label in self._limits if label.isVisible() and label.plate().contains(point)), None)

    def _want_limit(self, label: Label) -> None:
        self.spot = label.plate()
        self.limit_pressed.emit(label.words)

    def on_dot(self, point: QPointF) -> bool:
        """Whether a place of the canvas is on a dot."""
        offs = [self.canvas.point(dot.x, dot.y) - point for dot in self.figure.dots]
        return any(math.hypot(off.x(), off.y()) <= NEAR for off in offs)

    def read_near(self, point: QPointF) -> None:
        """Read the curve next to a place of the canvas."""
        self._read_near(self.canvas.box.mapSceneToView(point).x())

    @property
    def read_at(self) -> float | None:
        """Where the curve is being read; None where it is not."""
        return None if self._reader is None or not self._count() else self.figure.curves[0].xs[self._reader]

    def ask(self) -> None:
        """Ask for the quantity on the upright axis."""
        self.asked.emit(self._quantity)

    def _count(self) -> int:
        return len(self.figure.curves[0].xs) if self.figure.curves else 0

    def _read_near(self, x: float) -> None:
        if self._count():
            xs = self.figure.curves[0].xs
            self._read(min(range(len(xs)), key=lambda at: abs(xs[at] - x)))

    def _read(self, at: int | None) -> None:
        """Put the reader on a point of the curves, or take it away."""
        self._reader = at
        line, dots, label = self._reading
        for item in self._reading:
            item.setVisible(at is not None)
        if at is not None and self.figure.across and self.figure.up:
            x = self.figure.curves[0].xs[at]
            ys = [curve.ys[at] for curve in self.figure.curves if at < len(curve.ys)]
            line.setValue(x)
            dots.setData([x] * len(ys), ys)
            label.say(self._said(at), x)
        self.canvas.arrange()

    def _said(self, at: int) -> str:
        """A point in words: as the table has it where it has a row a point, else the numbers of the first curve."""
        figure = self.figure
        rows, first = figure.table.rows, figure.curves[0]
        pair = rows[at][:2] if len(rows) == len(first.xs) else (number(first.xs[at]), number(first.ys[at]))
        units = [scale.unit if scale is not None else "" for scale in (figure.across, figure.up)]
        there, value = (f"{text} {unit}".rstrip() for text, unit in zip(pair, units, strict=True))
        return f"{there}: {value}"

    def _draw_curve(self, curve: Curve) -> None:
        from steelyard.gui.plot_curves import items_of

        for item in items_of(curve):
            self.canvas.addItem(item)

    def _draw_dot(self, dot: Dot, up: Scale) -> None:
        from steelyard.gui.plot_curves import thread
        from steelyard.gui.plot_items import Side

        if not math.isfinite(dot.y):
            return
        self.canvas.addItem(thread([dot.x, dot.x], [up.low, dot.y]))
        self.canvas.stroke(lambda painter: self._paint_dot(painter, dot))
        sides = [
            Side(share, deep, right, lower)
            for deep, lower in ((1.0, -4.0), (0.0, 5.0), (1.0, -20.0), (0.0, 21.0))
            for share, right in ((0.0, 5.0), (1.0, -5.0))
        ]
        self.canvas.say((dot.x, dot.y), dot.text, "h2", colours().ink, *sides).near = True

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        """Over the edge of the plot too, for where the build is may be its end."""
        place = self.canvas.point(dot.x, dot.y)
        if self.canvas.place.adjusted(-1, -1, 1, 1).contains(place):
            radius = look().px(DOT)
            painter.setPen(QPen(colours().ink, 2.0))
            painter.setBrush(colours().base)
            painter.drawEllipse(place, radius, radius)

    def _draw_limits(self, flat: Scale) -> None:
        from steelyard.gui.plot_items import Side

        for limit in self.figure.limits:
            self.canvas.add_limit(limit.value)
            sides = [
                Side(share, deep, right, lower, along=along)
                for share, right, along in ((1.0, 0.0, math.nan), (0.0, 4.0, flat.low))
                for deep, lower in ((1.0, -2.0), (0.0, 2.0))
            ]
            words = self.canvas.say((flat.high, limit.value), limit.text, "h2", colours().brass, *sides, held="x")
            self._limits.append(words)

    def _draw_uprights(self, up: Scale) -> None:
        """Limits of what runs across, their words at the foot of the plot, above each other where they meet."""
        from steelyard.gui.plot_items import Side

        for limit in self.figure.uprights:
            self.canvas.add_limit(limit.value, upright=True)
            sides = [
                Side(share, 1.0, right, lower)
                for lower in (-3.0, -19.0, -35.0)
                for share, right in ((1.0, -5.0), (0.0, 5.0))
            ]
            text = f"{limit.text} {limit.working}".strip()
            self.canvas.say((limit.value, up.low), text, "small medium", colours().brass, *sides)

    def _make_reader(self, up: Scale) -> None:
        """A line to be dragged, an open dot on each curve, the values on a plate above; not seen until one reads."""
        from steelyard.gui.plot_curves import open_dots, reading_line
        from steelyard.gui.plot_items import Side

        line, dots = reading_line(), open_dots([], [], size=8, edge=1.5)
        line.sigDragged.connect(self._follow)
        for item in (line, dots):
            self.canvas.addItem(item, ignoreBounds=True)
        label = self.canvas.say((0.0, up.high), "", "small medium", colours().ink, Side(0.5, 1.0), held="y")
        self._reading = line, dots, label

    def _follow(self) -> None:
        self._read_near(self._reading[0].value())

    def _name_ends(self) -> None:
        """Every curve's name at its end, pushed apart, with a leader from the curve."""
        from steelyard.gui.plot_items import Side

        ends = [(curve.xs[-1], curve.ys[-1], curve) for curve in self.figure.curves if curve.xs]
        labels = [
            self.canvas.say(
                (x, y), curve.label, "small medium", token(LOOKS[curve.role].fill), Side(0.0, 0.5, 2 * LEADER)
            )
            for x, y, curve in ends
        ]
        for label in labels:
            label.take_plate()  # they stand closer than plates are high
        self.canvas.column = labels

        def leaders(painter: QPainter) -> None:
            for (x, y, curve), label in zip(ends, labels, strict=True):
                painter.setPen(token(LOOKS[curve.role].fill))
                start = self.canvas.point(x, y)
                painter.drawLine(start, QPointF(self.canvas.place.right() + LEADER, label.middle()))

        self.canvas.stroke(leaders)

    def _strokes(self) -> Iterator[QRectF]:
        """The curves and limits, as rectangles that words keep off."""
        for curve in self.figure.curves:
            points = [self.canvas.point(x, y) for x, y in zip(curve.xs, curve.ys, strict=True) if math.isfinite(y)]
            for one, other in pairwise(points):
                yield QRectF(one, other).normalized().adjusted(-1, -1, 1, 1)
        seen = self.canvas.place
        for limit in self.figure.limits:
            y = self.canvas.point(0.0, limit.value).y()
            yield QRectF(seen.left(), y - 1, seen.width(), 2)
        for limit in self.figure.uprights:
            x = self.canvas.point(limit.value, 0.0).x()
            yield QRectF(x - 1, seen.top(), 2, seen.height())
