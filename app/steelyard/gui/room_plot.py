"""How warm the room gets against its fresh air, drawn by pyqtgraph from the figure that paper draws too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as graph
from PySide6.QtCore import Qt

from steelyard.figures.style import LOOKS
from steelyard.gui.look import colours, look
from steelyard.gui.plot_style import WordAxis, line_pen, plot_style

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

    from steelyard.figures import Figure

HEIGHT = 190


class RoomPlot(graph.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Curves, limits and dots of a figure with two scales."""

    def __init__(self) -> None:
        super().__init__(axisItems={"left": WordAxis("left"), "bottom": WordAxis("bottom")})
        self.setAccessibleName("Room against fresh air")
        self.setFixedHeight(look().px(HEIGHT))
        self.setMouseEnabled(x=False, y=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._figure: Figure | None = None

    def show_figure(self, figure: Figure) -> None:
        """Draw another figure."""
        self._figure = figure
        self.setAccessibleDescription(figure.sentence or figure.missing)
        self.setToolTip(figure.sentence or figure.missing)
        self.clear()
        plot_style(self)
        across, up = figure.across, figure.up
        self.setVisible(across is not None)
        if across is None or up is None:
            return
        palette, item = colours(), self.getPlotItem()
        item.getAxis("left").show_scale(up)
        item.getAxis("bottom").show_scale(across, unit=across.unit)
        item.getAxis("left").setWidth(look().px(34))
        self.setXRange(across.low, across.high, padding=0.02)
        self.setYRange(up.low, up.high, padding=0.06)
        for tick in up.ticks:
            self.addItem(graph.InfiniteLine(tick.value, angle=0, pen=graph.mkPen(palette.line, width=1)))
        for curve in figure.curves:
            self.plot(list(curve.xs), list(curve.ys), pen=line_pen(getattr(palette, LOOKS[curve.role].fill)))
        for limit in figure.limits:
            self.addItem(graph.InfiniteLine(limit.value, angle=0, pen=line_pen(palette.brass)))
            self._say(limit.text, across.high, limit.value, palette.brass, (1, 1))
        for dot in figure.dots:
            self.plot(
                [dot.x],
                [dot.y],
                pen=None,
                symbol="o",
                symbolSize=9,
                symbolBrush=palette.base,
                symbolPen=line_pen(palette.ink),
            )
            self._say(dot.text, dot.x, dot.y, palette.ink, (0, 1))
        self._say(up.unit, across.low, up.high, palette.ink3, (0, 0))

    def changeEvent(self, event: QEvent) -> None:
        """The theme was switched: draw it again."""
        super().changeEvent(event)
        figure: Figure | None = getattr(self, "_figure", None)
        if event.type() == event.Type.PaletteChange and figure is not None:
            self.show_figure(figure)

    def _say(self, text: str, x: float, y: float, colour: object, anchor: tuple[float, float]) -> None:
        label = graph.TextItem(text, color=colour, anchor=anchor)
        label.setFont(look().font("small medium"))
        self.addItem(label)
        label.setPos(x, y)
