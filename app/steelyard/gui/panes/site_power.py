"""The power: the supply on its curve, the cards under a cap, leads, peaks, mains, UPS and energy."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from steelyard.gui.cap_plot import CapPlot
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.fact_table import FactLine, FactTable
from steelyard.gui.panes.site_tab import SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site_facts import CONNECTORS, ENERGY, MAINS, facts, given_words, peaks, ups_facts
from steelyard.project.rule_sets import budget_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.project.evaluate import VariantEvaluation

SUPPLY, CAP = "psu-curve", "power-cap"
HIGH = 230


class SitePower(SiteTab):
    """Two curves above, tables below."""

    cap_wanted = Signal(float)

    def __init__(self) -> None:
        super().__init__("Power")
        self.supply = CurvePlot("Efficiency of the supply", "psu_efficiency", height=HIGH)
        self._supply_words = words("", "aside", wrap=True)
        self._supply_sentence = words("", "sentence", wrap=True)
        self._budget = words("", "aside", wrap=True)
        self.cap = CapPlot("Speed kept under a power limit", "capped_speed_kept", height=HIGH)
        self.uncap = button("No limit", tip="Let the cards draw what they are made for")
        self._cap_sentence = words("", "sentence", wrap=True)
        self.connectors = FactTable("Leads", ("", "load", "current", "made for"))
        self.windows = FactTable("Peaks", ("window", "tolerated", "to spare", "in step"))
        self.mains, self.ups, self.energy = (FactTable(name, ("", "")) for name in ("Mains", "UPS", "Energy"))
        self._tables = ((self.connectors, CONNECTORS), (self.mains, MAINS), (self.energy, ENERGY))
        for table in (self.connectors, self.mains, self.energy, self.windows, self.ups):
            table.asked.connect(self.asked)
        self.supply.asked.connect(self.asked)
        self.cap.asked.connect(self.asked)
        self.cap.chosen.connect(self.cap_wanted)
        self.uncap.clicked.connect(lambda: self.cap_wanted.emit(math.inf))
        self.beside(
            (stacked(headed("Supply", self._supply_words), self._supply_sentence, self.supply), 1),
            (stacked(headed("Power limit of the cards", words(""), self.uncap), self._cap_sentence, self.cap), 1),
        )
        self.column.addWidget(hairline())
        step = words("in step: all cards peak at once", "aside")
        self.beside(
            (stacked(headed("Leads, at the highest they may draw"), self.connectors), 1),
            (stacked(headed("Peaks that the supply must ride", step), self.windows), 1),
        )
        self.column.addWidget(hairline())
        self.beside(
            (stacked(headed("Mains", self._budget), self.mains), 1),
            (stacked(headed("UPS"), self.ups, headed("Energy"), self.energy), 1),
        )
        self.column.addStretch(1)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show curves and tables."""
        figures = figures_of(variant, row, ranged=ranged, names=(SUPPLY, CAP))
        figure = figures[SUPPLY]
        self.cap.show_figure(figures[CAP])
        self._cap_sentence.setText(figures[CAP].sentence)
        self.uncap.setVisible(variant.variant.power_limit is not None)
        self.supply.show_figure(figure)
        self._supply_words.setText("; ".join(part for part in (figure.subtitle, given_words(variant)) if part))
        self._supply_sentence.setText(figure.sentence)
        self._budget.setText(budget_words(variant.project.site))
        for table, lines in self._tables:
            shown = facts(variant, row, lines, ranged=ranged)
            table.show_lines(shown or (FactLine("No lead is drawn on", ("", "", "")),))
        self.windows.show_lines(peaks(variant, row))
        self.ups.show_lines(ups_facts(variant, row, ranged=ranged))

    def walked(self) -> tuple[QWidget, ...]:
        """Curves, then tables."""
        tables = (self.connectors, self.windows, self.mains, self.ups, self.energy)
        return (self.supply, self.uncap, self.cap, *tables)
