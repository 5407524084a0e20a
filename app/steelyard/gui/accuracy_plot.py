"""Predicted against measured, drawn: points by family, the diagonal with its band, and the families' names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPolygonF

from steelyard.figures.plot import Scale, Scatter, Tick
from steelyard.figures.style import LOOKS
from steelyard.gui.drawing import across, elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.plot_paint import token
from steelyard.gui.plotted import Plotted

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from steelyard.figures.plot import Curve

LEFT, TOP, FOOT, NAMES = 58, 26, 40, 152
LINE, POINT = 19, 6
SEEN, DIM = 0.62, 0.10
SYMBOLS = {"square": "s", "diamond": "d", "circle": "o", "triangle": "t1"}
BAND = 0.14
LONGEST = 1000
"""Numbers up to here are written out."""


class AccuracyPlot(Plotted):
    """Up and Down, or a press on a name, bring one family forward; Escape shows all alike."""

    chosen = Signal(str)
    keys = "Up and Down show one family, Escape all."

    def __init__(self) -> None:
        super().__init__("Predicted against measured", width=420, height=380)
        self._family = ""

    @property
    def family(self) -> str:
        """The family that is brought forward, by its name on the plot; empty for all."""
        return self._family

    def show_family(self, label: str) -> None:
        """Bring one family forward, or show all alike."""
        if label != self._family:
            self._family = label
            self.draw_figure()

    def draw(self) -> None:
        """Band and diagonal, then the families, the chosen one last."""
        figure, canvas = self.figure, self.canvas
        if figure.across is None or figure.up is None:
            return
        flat, up = in_powers(figure.across), in_powers(figure.up)
        canvas.frame(left=LEFT, right=NAMES, top=TOP, foot=FOOT)
        canvas.begin((flat.low, flat.high), (up.low, up.high), zooms=True)
        canvas.axis("left").show_scale(up, grid=True)
        canvas.axis("bottom").show_scale(flat, title=f"{flat.label}, {flat.unit}")
        for curve in figure.curves:
            for item in _diagonal(curve):
                canvas.addItem(item)
        for scatter in sorted(figure.scatters, key=lambda each: each.label == self._family):
            canvas.addItem(self._points(scatter))
        canvas.stroke(self._paint_names)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Escape."""
        names = ["", *(each.label for each in self.figure.scatters)]
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape and self._family:
            self._choose("")
        elif step:
            self._choose(names[(names.index(self._family) + step) % len(names)])
        else:
            super().keyPressEvent(event)

    def press(self, point: QPointF) -> None:
        """A press on a name chooses it, elsewhere all."""
        for place, scatter in enumerate(self.figure.scatters):
            if self._name_place(place).contains(point):
                self._choose("" if scatter.label == self._family else scatter.label)
                return
        self._choose("")

    def ask(self) -> None:
        """There is nothing further behind a measurement than its row in the table."""

    def _choose(self, label: str) -> None:
        self.show_family(label)
        self.chosen.emit(label)

    def _points(self, scatter: Scatter) -> object:
        import pyqtgraph as graph

        one, worn = look(), LOOKS[scatter.role]
        front = self._family in {"", scatter.label}
        tint = QColor(token(worn.fill))
        tint.setAlphaF(SEEN if front else DIM)
        return graph.ScatterPlotItem(
            [math.log10(x) for x in scatter.xs],
            [math.log10(y) for y in scatter.ys],
            size=one.px(POINT),
            symbol=SYMBOLS[worn.symbol],
            pen=graph.mkPen(tint, width=1.2) if scatter.hollow else None,
            brush=None if scatter.hollow else graph.mkBrush(tint),
            antialias=True,
        )

    def _name_place(self, place: int) -> QRectF:
        one, box = look(), self.canvas.place
        return QRectF(box.right() + one.px(12), box.top() + one.px(LINE * place), one.px(NAMES - 14), one.px(LINE))

    def _paint_names(self, painter: QPainter) -> None:
        """Every family's symbol and name, at the right."""
        palette, one = colours(), look()
        for place, scatter in enumerate(self.figure.scatters):
            box = self._name_place(place)
            paint_point(painter, scatter, QPointF(box.left() + one.px(6), box.center().y()))
            strong = scatter.label == self._family
            ink = palette.ink if strong or not self._family else palette.ink3
            step = "small medium" if strong else "small"
            text = elided(scatter.label, step, box.width() - one.px(18))
            write(painter, box.left() + one.px(17), box.center().y() + one.px(4), text, step, ink)
        for curve in self.figure.curves:
            self._paint_near(painter, self._name_place(len(self.figure.scatters)), curve.label)

    def _paint_near(self, painter: QPainter, box: QRectF, label: str) -> None:
        """The diagonal and its band among the names."""
        palette, one = colours(), look()
        ground = QColor(palette.ink2)
        ground.setAlphaF(BAND)
        middle = box.center().y()
        painter.fillRect(QRectF(box.left(), middle - one.px(4), one.px(13), one.px(8)), ground)
        across(painter, box.left(), box.left() + one.px(13), middle, palette.ink2, 1.5)
        write(painter, box.left() + one.px(17), middle + one.px(4), label, "small", palette.ink2)


def _diagonal(curve: Curve) -> list[Any]:
    """The line on which predictions would be as measured, the band around it, and its edges."""
    import pyqtgraph as graph

    palette = colours()
    xs, *sides = (list(map(math.log10, each)) for each in (curve.xs, curve.lows, curve.highs))
    edge = graph.mkPen(palette.line2, width=1)
    edge.setDashPattern([3.0, 3.0])
    edges = [graph.PlotCurveItem(xs, side, pen=edge) for side in sides]
    ground = QColor(palette.ink2)
    ground.setAlphaF(BAND)
    line = graph.PlotCurveItem(xs, xs, pen=graph.mkPen(palette.ink2, width=1.5), antialias=True)
    return [graph.FillBetweenItem(*edges, brush=graph.mkBrush(ground)), *edges, line]


def paint_point(painter: QPainter, scatter: Scatter, at: QPointF) -> None:
    """One point of a family, as large as a legend wants it."""
    worn, radius = LOOKS[scatter.role], look().px(4)
    tint = token(worn.fill)
    painter.setPen(tint)
    painter.setBrush(Qt.BrushStyle.NoBrush if scatter.hollow else tint)
    x, y = at.x(), at.y()
    if worn.symbol == "circle":
        painter.drawEllipse(at, radius, radius)
    elif worn.symbol == "square":
        painter.drawRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    else:
        top = [QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)]
        if worn.symbol == "triangle":
            top = [QPointF(x, y - radius), QPointF(x + radius, y + radius), QPointF(x - radius, y + radius)]
        painter.drawPolygon(QPolygonF(top))


def in_powers(scale: Scale) -> Scale:
    """A logarithmic scale as one of powers of ten, for what draws evenly; its graduations keep their words."""
    ticks = tuple(Tick(math.log10(tick.value), _short(tick)) for tick in scale.ticks if tick.text)
    return Scale(scale.label, scale.unit, math.log10(scale.low), math.log10(scale.high), ticks)


def _short(tick: Tick) -> str:
    """Large round numbers with a letter: there is little room below an axis of many decades."""
    for letter, size in (("M", 1e6), ("k", 1e3)):
        if tick.value >= size and tick.value > LONGEST:
            return f"{tick.value / size:g}{letter}"
    return tick.text
