"""Curves of a plot in the desk's look: lines, the bands of their ranges, open dots, the line that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as graph
from PySide6.QtGui import QColor

from steelyard.figures.style import LOOKS
from steelyard.gui.look import colours, look
from steelyard.gui.plot_paint import BAND, DASHED, SOLID, token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.figures.plot import Curve


def items_of(curve: Curve) -> list[Any]:
    """The band of a curve's range, where it has one, and its line over it."""
    worn = LOOKS[curve.role]
    pen = graph.mkPen(token(worn.fill), width=DASHED if worn.dash else SOLID)
    if worn.dash:
        pen.setDashPattern([length / pen.widthF() for length in worn.dash])
    line = graph.PlotCurveItem(list(curve.xs), list(curve.ys), pen=pen, antialias=True)
    if not (curve.lows and curve.highs):
        return [line]
    band = QColor(token(worn.fill))
    band.setAlphaF(BAND)
    edges = [graph.PlotCurveItem(list(curve.xs), list(side), pen=None) for side in (curve.lows, curve.highs)]
    return [*edges, graph.FillBetweenItem(*edges, brush=graph.mkBrush(band)), line]


def thread(xs: Sequence[float], ys: Sequence[float]) -> Any:  # noqa: ANN401 # pyqtgraph has no types
    """A fine dotted line that leads from a dot to its axis."""
    pen = graph.mkPen(colours().ink2, width=1)
    pen.setDashPattern([2.0, 2.0])
    return graph.PlotCurveItem(list(xs), list(ys), pen=pen)


def open_dots(xs: Sequence[float], ys: Sequence[float], *, size: float, edge: float) -> Any:  # noqa: ANN401
    """Dots filled with the ground."""
    return graph.ScatterPlotItem(
        list(xs),
        list(ys),
        size=look().px(size),
        pen=graph.mkPen(colours().ink, width=edge),
        brush=graph.mkBrush(colours().base),
        antialias=True,
    )


def reading_line() -> Any:  # noqa: ANN401
    """An upright line in ink that can be dragged."""
    thin, thick = (graph.mkPen(colours().ink, width=width) for width in (1, 2))
    return graph.InfiniteLine(0.0, angle=90, movable=True, pen=thin, hoverPen=thick)
