"""The room: how warm it gets against the fresh air it is given, and what that air would have to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.gui.controls import words
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.panes.site_tab import SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.project.evaluate import VariantEvaluation

AIR = "room-air"


class SiteRoom(SiteTab):
    """The curve at the left, numbers and methods at the right."""

    def __init__(self) -> None:
        super().__init__("Room")
        self.room = CurvePlot("Room against fresh air", "room_air", height=300)
        self._air = words("", "aside", wrap=True)
        self._sentence = words("", "sentence", wrap=True)
        self.room.asked.connect(self.asked)
        self.beside((stacked(headed("Room against fresh air", self._air), self._sentence, self.room), 1))
        self.column.addStretch(1)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the room."""
        figure = figures_of(variant, row, ranged=ranged, names=(AIR,))[AIR]
        self.room.show_figure(figure)
        self._air.setText(figure.subtitle)
        self._sentence.setText(figure.sentence)

    def walked(self) -> tuple[QWidget, ...]:
        """The curve."""
        return (self.room,)
