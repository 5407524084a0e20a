"""The overview of the site: where the watts go, the inside of the case, the sustained run, and every limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from steelyard.gui.case_picture import CasePicture
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.gauge import Gauge
from steelyard.gui.look import look
from steelyard.gui.panes.site_tab import SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site_case import case_view
from steelyard.gui.present.site_limits import CIRCUIT, gauge_behind, limits_view
from steelyard.gui.present.site_words import under, watts_words
from steelyard.gui.sustained_plot import SustainedPlot
from steelyard.gui.waterfall import Waterfall

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.gui.lines import Limit
    from steelyard.project.evaluate import VariantEvaluation

STEPS = {
    "GPUs": "gpus_power", "CPU": "cpu_power", "Display card": "display_power", "Board, adapters": "platform_power",
    "Memory": "memory_power", "Fans, pump": "cooling_power", "Drives": "drives_power", "DC load": "dc_load",
    "Supply loss": "psu_loss", "At the wall": "wall_power", "UPS loss": "mains_power", "Other load": "other_load",
    "On the circuit": "circuit_power",
}  # fmt: skip
WATTS = "power-waterfall"
HIGHEST = 330


class SiteOverview(SiteTab):
    """Two rows: watts and case above, time and limits below."""

    swap_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Overview")
        self.waterfall = Waterfall(STEPS)
        self.case = CasePicture()
        self.swap = button("Swap order", tip="Put the display card at the other end of the cards")
        self.run = SustainedPlot()
        self.gauges: list[Gauge] = []
        self._evaluated: tuple[VariantEvaluation, int] | None = None
        self._run_words = words("", "aside", wrap=True)
        self._watts = words("", "aside", wrap=True)
        self._case_words = words("In the case, sustained", "h2")
        self._gauge_column = QVBoxLayout()
        self._gauge_column.setSpacing(0)
        self.waterfall.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.waterfall.setMaximumHeight(look().px(HIGHEST))
        self.waterfall.asked.connect(self.asked)
        self.waterfall.limit_pressed.connect(lambda: self.limit_wanted.emit(CIRCUIT))
        self.case.asked.connect(self.asked)
        self.swap.clicked.connect(self.swap_wanted)
        self.run.asked.connect(self.asked)
        self.run.limit_pressed.connect(lambda words: self.limit_wanted.emit(gauge_behind(words)))
        self.beside(
            (stacked(headed("Where the watts go", self._watts), self.waterfall, stretch=False), 8),
            (stacked(headed(self._case_words, words(""), self.swap), self.case), 5),
        )
        self.column.addWidget(hairline())
        limits = words("each under the work that leaves it least", "aside")
        self.beside(
            (stacked(headed("Sustained run", self._run_words), self.run, stretch=False), 8),
            (stacked(headed("Limits", limits), hairline(), self._gauge_column, spacing=2), 5),
        )

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show watts, case, time and limits."""
        figure = figures_of(variant, row, ranged=ranged, names=(WATTS,))[WATTS]
        self.waterfall.show_figure(figure)
        whose = under(variant, row)
        self._watts.setText(watts_words(figure, whose))
        self._evaluated = (variant, row)
        self.show_time()
        display = variant.selection.part("display_gpu") is not None and variant.selection.count("gpu") > 0
        self.swap.setVisible(display)
        self._show_gauges(limits_view(variant, row, ranged=ranged))

    def show_time(self) -> None:
        """Show the case at the time of the scrubber; without a run, as it is in the end."""
        if self._evaluated is None:
            return
        at = {} if self.run.stale else self.run.readings
        self._case_words.setText(f"In the case, after {self.run.time_words}" if at else "In the case, sustained")
        self.case.show_case(case_view(*self._evaluated, at))
        self._run_words.setText(self.run.heat.subtitle)

    def walked(self) -> tuple[QWidget, ...]:
        """Watts, case, time, limits."""
        return (self.waterfall, self.swap, self.case, self.run, *self.gauges)

    def _show_gauges(self, limits: tuple[Limit, ...]) -> None:
        while len(self.gauges) < len(limits):
            gauge = Gauge(limits[len(self.gauges)])
            gauge.asked.connect(self.asked)
            gauge.edit_wanted.connect(self.limit_wanted)
            gauge.setMinimumWidth(self.case.minimumSizeHint().width())  # both columns of both rows are as wide
            self.gauges.append(gauge)
            self._gauge_column.addWidget(gauge)
            self._gauge_column.addWidget(hairline())
        for index, gauge in enumerate(self.gauges):
            gauge.setVisible(index < len(limits))
            if index < len(limits):
                gauge.show_limit(limits[index])
