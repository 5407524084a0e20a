"""One style for every pyqtgraph plot: no box, hairline grid, units at the ends of the axes, limits in brass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as graph
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from steelyard.gui.look import colours, look

if TYPE_CHECKING:
    from steelyard.figures.plot import Scale

BAND = 0.14


class WordAxis(graph.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """An axis whose ticks are words that were made beforehand, so that desk and paper say the same."""

    def show_scale(self, scale: Scale, *, unit: str = "") -> None:
        """Take the ticks of a scale; the last but one carries the unit, where the axis has nowhere else for it."""
        named = [(tick.value, tick.text) for tick in scale.ticks if tick.text]
        if unit and len(named) > 1:
            named[-2] = (named[-2][0], f"{named[-2][1]} {unit}")
        self.setTicks([named, [(tick.value, "") for tick in scale.ticks if not tick.text]])


def plot_style(plot: graph.PlotWidget) -> None:
    """Put the look on a plot; called again when the look changes."""
    palette, one = colours(), look()
    plot.setBackground(palette.base)
    plot.setAntialiasing(True)
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMenuEnabled(False)
    item.showGrid(x=False, y=False)
    for side in ("left", "bottom"):
        axis = item.getAxis(side)
        axis.setPen(graph.mkPen(palette.ink2, width=1))
        axis.setTextPen(graph.mkPen(palette.ink3))
        axis.setTickFont(one.font("axis"))
        axis.setStyle(tickLength=4 if side == "bottom" else 0, maxTickLevel=0)
    item.getAxis("left").setPen(graph.mkPen(palette.base))


def line_pen(colour: QColor, width: float = 2.0, *, dashed: bool = False) -> object:
    """A curve's pen."""
    return graph.mkPen(colour, width=width, style=Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)


def band_brush(colour: QColor) -> object:
    """The brush of a curve's range: 14 % of its colour."""
    faint = QColor(colour)
    faint.setAlphaF(BAND)
    return graph.mkBrush(faint)
