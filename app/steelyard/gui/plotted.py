"""What every plot of the desk shares: the keys, the name, the words for what is unknown; pyqtgraph draws the rest.

pyqtgraph takes half a second to load, so it is imported when the first plot is made, not with this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal

from steelyard.figures.plot import Figure
from steelyard.gui.look import look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_missing

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent

ASKS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}


class Plotted(Painted):
    """A plot of a figure, made once and shown other figures. The canvas fills it, and so draws its focus ring."""

    asked = Signal(str)
    keys = "Press Enter for the reason."

    def __init__(self, name: str, *, width: int, height: int) -> None:
        super().__init__(name, width=width, height=height)
        from steelyard.gui.canvas import Canvas

        self.figure = Figure("", "")
        self._worn = look()
        self.canvas = Canvas(self)
        self.canvas.pressed.connect(self.press)
        self.canvas.reset.connect(self.draw_figure)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.figure = figure
        rows = "; ".join(" ".join(row) for row in figure.table.rows)
        self.setAccessibleDescription(" ".join(f"{figure.sentence or figure.missing} {rows}. {self.keys}".split()))
        self.setToolTip(figure.sentence or figure.missing)
        self.canvas.setVisible(not figure.missing)
        self.draw_figure()
        self.update()

    def draw_figure(self) -> None:
        """Draw the figure in the look that is worn, whole."""
        if self.figure.across is not None or self.figure.up is not None:
            self.draw()
            self.canvas.arrange()

    def draw(self) -> None:
        """Put the figure, which is not empty, on the canvas."""
        raise NotImplementedError

    def press(self, point: QPointF) -> None:
        """The canvas was pressed there, in its pixels."""
        raise NotImplementedError

    def ask(self) -> None:
        """Ask for the quantity that is shown."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """What cannot be drawn is said."""
        if self.figure.missing:
            paint_missing(painter, QRectF(self.rect()), self.figure.missing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and F1 ask."""
        if event.key() in ASKS:
            self.ask()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.canvas.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.canvas.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The canvas fills the widget."""
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or zoom: draw again, once."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange} and look() is not self._look():
            self._worn = look()
            self.draw_figure()

    def _look(self) -> object:
        return getattr(self, "_worn", look())  # Qt tells of the palette while the widget is being made
