"""The overview of the site: where the watts go, the inside of the case, the sustained run, and every limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from steelyard.gui.case_picture import CasePicture
from steelyard.gui.controls import button, hairline, words
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.figure import Figure
from steelyard.gui.gauge import Gauge
from steelyard.gui.look import look
from steelyard.gui.panes.site_tab import GAP, ONE_COLUMN, SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site_case import case_view
from steelyard.gui.present.site_limits import CIRCUIT, gauge_behind, limits_view
from steelyard.gui.present.site_words import peaks_reading, under, watts_words
from steelyard.gui.readings import Reading
from steelyard.gui.sustained_plot import SustainedPlot
from steelyard.gui.waterfall import Waterfall

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
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
TALL, ROOM_AIR = ("room-air", "noise-distance"), "room_air"
FIRST_TO_GROW = 20
HIGHEST, LOW, TALL_FROM = 330, 140, 850
"""The watts grow no higher; the plots of the third row, and from which height of the view on it is there."""


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
        self.peaks = Figure(Reading(label="Peaks"), step="small medium", unit_step="small")
        self.peaks.asked.connect(self.asked)
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
        watts = stacked(
            headed("Where the watts go", self._watts, self.peaks, words("DC for 100 µs", "aside")), self.waterfall
        )
        watts.setStretchFactor(self.waterfall, FIRST_TO_GROW)
        self.beside(
            (watts, 8),
            (stacked(headed(self._case_words, words(""), self.swap), self.case), 5),
        )
        self.column.addWidget(hairline())
        self._third = QFrame()
        limits = words("each under the work that leaves it least", "aside")
        self.beside(
            (stacked(headed("Sustained run", self._run_words), self.run, stretch=False), 8),
            (stacked(headed("Limits", limits), hairline(), self._gauge_column, spacing=2), 5),
        )

        self.room = CurvePlot("Room against fresh air", ROOM_AIR, height=LOW)
        self.noise = CurvePlot("Noise against distance", "noise_behind_door", height=LOW)
        self._tall_words = {name: words("", "aside", wrap=True) for name in TALL}
        tall = QHBoxLayout(self._third)
        tall.setContentsMargins(0, 0, 0, 0)
        tall.setSpacing(GAP)
        for title, name, plot in (("Room", TALL[0], self.room), ("Noise", TALL[1], self.noise)):
            plot.asked.connect(self.asked)
            tall.addLayout(stacked(headed(title, self._tall_words[name]), plot), 1)
        self._third.setVisible(False)
        self.column.addWidget(self._third)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is high the room and the noise are seen too, without scrolling."""
        tall = event.size().height() >= look().px(TALL_FROM) and event.size().width() >= look().px(ONE_COLUMN)
        if tall == self._third.isHidden():
            self._third.setVisible(tall)
            self._show_third()
        super().resizeEvent(event)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show watts, case, time and limits."""
        figure = figures_of(variant, row, ranged=ranged, names=(WATTS,))[WATTS]
        self.waterfall.show_figure(figure)
        self._watts.setText(watts_words(figure, under(variant, row)))
        self.peaks.show_reading(peaks_reading(variant, row))
        self._evaluated = (variant, row)
        self.show_time()
        display = variant.selection.part("display_gpu") is not None and variant.selection.count("gpu") > 0
        self.swap.setVisible(display)
        self._show_gauges(limits_view(variant, row, ranged=ranged))
        self._show_third()

    def show_time(self) -> None:
        """Show the case at the time of the scrubber; without a run, as it is in the end."""
        if self._evaluated is None:
            return
        at = {} if self.run.stale else self.run.readings
        self._case_words.setText(f"In the case, after {self.run.time_words}" if at else "In the case, sustained")
        self.case.show_case(case_view(*self._evaluated, at))
        self._run_words.setText(self.run.heat.subtitle)

    def _show_third(self) -> None:
        """Room and noise are swept over air and distance: only where they are seen."""
        if self._third.isHidden() or self._evaluated is None:
            return
        figures = figures_of(*self._evaluated, ranged=False, names=TALL)
        for name, plot in zip(TALL, (self.room, self.noise), strict=True):
            plot.show_figure(figures[name])
            self._tall_words[name].setText(figures[name].sentence)

    def walked(self) -> tuple[QWidget, ...]:
        """Watts, case, time, limits."""
        return (self.peaks, self.waterfall, self.swap, self.case, self.run, *self.gauges, self._third)

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
