"""The noise: what makes it, how loud it is where somebody sits, and what a closed door leaves of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from steelyard.gui.controls import Tick, hairline, words
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.fact_table import FactTable
from steelyard.gui.gauge import Gauge
from steelyard.gui.lying_bars import THIN, LyingBars
from steelyard.gui.panes.site_tab import SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of, with_short_limits
from steelyard.gui.present.site_facts import heard, sources_of_noise
from steelyard.gui.present.site_limits import NOISE, limits_view

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.project.evaluate import VariantEvaluation

BARS, FAR = "noise", "noise-distance"
HIGH = 240


class SiteNoise(SiteTab):
    """Levels and distance above, sources, what is heard and the limit below."""

    door_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__("Noise")
        self.bars = LyingBars("Noise", THIN._replace(names=118), "noise_level")
        self.far = CurvePlot("Noise against distance", "noise_behind_door", height=HIGH)
        self.sources = FactTable("Sources of noise", ("", "at one metre"))
        self.heard = FactTable("What is heard", ("", ""))
        self.door = Tick("Door closed")
        self.door.clicked.connect(self.door_wanted)
        self.gauge: Gauge | None = None
        self._words = {name: words("", "aside", wrap=True) for name in (BARS, FAR)}
        self._sentences = {name: words("", "sentence", wrap=True) for name in (BARS, FAR)}
        self.far.limit_pressed.connect(lambda _words: self.limit_wanted.emit(NOISE))
        for widget in (self.bars, self.far, self.sources, self.heard):
            widget.asked.connect(self.asked)
        self._limit = stacked(headed("Limit"), stretch=False)
        self.beside(
            (stacked(headed("How loud", self._words[BARS]), self._sentences[BARS], self.bars), 1),
            (stacked(headed("Against distance", self._words[FAR]), self._sentences[FAR], self.far), 1),
        )
        self.column.addWidget(hairline())
        self.beside(
            (stacked(headed("What makes it"), self.sources), 1),
            (stacked(headed("What is heard", words(""), self.door), self.heard, self._limit), 1),
        )
        self.column.addStretch(1)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show levels, distance, sources and the limit."""
        figures = figures_of(variant, row, ranged=ranged, names=(BARS, FAR))
        self.bars.show_figure(with_short_limits(figures[BARS]))
        self.far.show_figure(figures[FAR])
        for name, figure in figures.items():
            self._words[name].setText(figure.subtitle)
            self._sentences[name].setText(figure.sentence)
        self.door.setChecked(bool(variant.project.site.door_loss))
        self.sources.show_lines(sources_of_noise(variant, row))
        self.heard.show_lines(heard(variant, row, ranged=ranged))
        limit = next(each for each in limits_view(variant, row, ranged=ranged) if each.label == NOISE)
        if self.gauge is None:
            self.gauge = Gauge(limit)
            self.gauge.asked.connect(self.asked)
            self.gauge.edit_wanted.connect(self.limit_wanted)
            self._limit.addWidget(self.gauge)
        self.gauge.show_limit(limit)

    def walked(self) -> tuple[QWidget, ...]:
        """Levels, distance, sources, what is heard, limit."""
        return (self.bars, self.far, self.sources, self.door, self.heard, *([self.gauge] if self.gauge else []))
