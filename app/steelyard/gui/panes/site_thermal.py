"""The heat: every part against its own limit, the inside of the case, and where each stands in the slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.gui.controls import hairline, words
from steelyard.gui.fact_table import FactTable
from steelyard.gui.lying_bars import THIN, LyingBars
from steelyard.gui.panes.site_tab import SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site import sitting_view
from steelyard.gui.present.site_facts import HEAT, SPEED, facts
from steelyard.gui.present.site_limits import gauge_behind
from steelyard.gui.present.site_words import under
from steelyard.gui.sitting import SittingPicture
from steelyard.gui.sustained_plot import SustainedPlot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.project.evaluate import VariantEvaluation

TEMPERATURES = "temperatures"


class SiteThermal(SiteTab):
    """Temperatures at the left, the slots at the right."""

    def __init__(self) -> None:
        super().__init__("Thermal")
        self.temperatures = LyingBars("Temperatures", THIN, "card_temperature")
        self.sitting = SittingPicture(places=False)
        self.run = SustainedPlot()
        self._run_words = words("", "aside", wrap=True)
        self._heat = words("", "aside", wrap=True)
        self._sentence = words("", "sentence", wrap=True)
        self.temperatures.asked.connect(self.asked)
        self.run.asked.connect(self.asked)
        self.run.limit_pressed.connect(lambda words: self.limit_wanted.emit(gauge_behind(words)))
        self.sitting.asked.connect(self.asked)
        self.parts = FactTable("Air and parts", ("", "steady", "limit"))
        self.speeds = FactTable("What the heat costs", ("", ""))
        for table in (self.parts, self.speeds):
            table.asked.connect(self.asked)
        self.beside(
            (stacked(headed("Temperatures", self._heat), self._sentence, self.temperatures), 1),
            (stacked(headed("In the slots, sustained"), self.sitting), 1),
        )
        self.column.addWidget(hairline())
        self.column.addLayout(headed("Sustained run", self._run_words))
        self.column.addWidget(self.run)
        self.column.addWidget(hairline())
        self.beside(
            (stacked(headed("Air and other parts"), self.parts), 1),
            (stacked(headed("What the heat costs"), self.speeds), 1),
        )
        self.column.addStretch(1)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show every temperature and the slots."""
        figure = figures_of(variant, row, ranged=ranged, names=(TEMPERATURES,))[TEMPERATURES]
        self.temperatures.show_figure(figure)
        self._heat.setText(under(variant, row) or figure.subtitle)
        self._sentence.setText(figure.sentence)
        self.sitting.show_sitting(sitting_view(variant, row))
        self.parts.show_lines(facts(variant, row, HEAT, ranged=ranged))
        self.speeds.show_lines(facts(variant, row, SPEED, ranged=ranged))

    def show_time(self) -> None:
        """Say beside the run what came of it."""
        self._run_words.setText(self.run.heat.sentence)

    def walked(self) -> tuple[QWidget, ...]:
        """Temperatures, slots, time, numbers."""
        return (self.temperatures, self.sitting, self.run, self.parts, self.speeds)
