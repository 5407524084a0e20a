"""The power cap: what the cards keep of their speed against the watts they may draw; a press on the curve sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.plotted import ASKS

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QKeyEvent

GIVES_REASON = {Qt.Key.Key_F1}


class CapPlot(CurvePlot):
    """`chosen` carries the cap in watts. A press on the dot asks, as Enter does while nothing is being read."""

    chosen = Signal(float)
    keys = "Left and Right read the curve, Enter sets the cap that is read, F1 gives the reason."

    def press(self, point: QPointF) -> None:
        """A press on the dot asks, any other sets the cap there."""
        if self.on_dot(point) or self.limit_under(point) is not None:
            self.ask()
            return
        self.read_near(point)
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space set the cap that is read; the other keys do as in every curve."""
        if event.key() in ASKS - GIVES_REASON and self.read_at is not None:
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        if self.read_at is not None:
            self.chosen.emit(self.read_at)
