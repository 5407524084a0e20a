"""Balance: the stages of a workload against what is asked, GPU time, and what all take together of memory and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.figures import cores_what_if
from steelyard.gui.controls import Choice, hairline, words
from steelyard.gui.cost_lines import CostLines
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.day_plan import DayPlan
from steelyard.gui.empty import EmptyState
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.lying_bars import BRACED, LyingBars
from steelyard.gui.needs_strip import NeedsStrip
from steelyard.gui.panes.pane import Pane
from steelyard.gui.present.asked import asked_words
from steelyard.gui.present.brief import needs_view
from steelyard.gui.present.costs import costs_view, idle_reading
from steelyard.gui.present.idle import idle_costs
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.together import day_figure, memory_figure
from steelyard.gui.readings import Reading
from steelyard.gui.sideways import Sideways
from steelyard.gui.stage_bars import StageBars
from steelyard.gui.tab_order import walk_in_order
from steelyard.gui.time_bar import TimeBar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from steelyard.project.evaluate import VariantEvaluation

LOW, SIDE_BY_SIDE, WIDEST = 520, 780, 1600
PLOTS = ("stage-balance", "gpu-time")


class BalancePane(Pane):
    """The beam is the whole upper half; below it where the GPU's time and memory go."""

    asked = Signal(str)
    workload_chosen = Signal(int)

    def __init__(self) -> None:
        empty = EmptyState(
            "Nothing on the beam yet",
            "A balance needs something that is asked: add a workload in the brief.",
            "Go to the brief",
            "Open sample",
        )
        super().__init__("Balance", "", empty)
        self.workload = Choice("Workload", width=230)
        self.workload.activated.connect(self.workload_chosen)
        self._whose = words("Workload", "label")
        self.tools.addWidget(self._whose)
        self.tools.addWidget(self.workload)
        self.stages = StageBars()
        self.time = TimeBar()
        self.memory = LyingBars("GPU memory", BRACED, "gpu_memory_at_peak")
        self.day = DayPlan()
        self.cores = CurvePlot("Cores what-if", "throughput")
        self.costs = CostLines("What imbalance costs")
        self.needs = NeedsStrip(tracks=True)
        self.idle = Figure(Reading(label="Cost of idle GPUs"), align="right", step="h2", unit_step="small")
        self._memory_where = words("", "label")
        self._time_words, self._memory_words = words("", "aside", wrap=True), words("", "aside", wrap=True)
        self._day_words, self._cores_words = words("", "aside", wrap=True), words("", "aside", wrap=True)
        for widget in (self.stages, self.time, self.memory, self.day, self.cores, self.costs, self.needs, self.idle):
            widget.asked.connect(self.asked)
        self._build()

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the balance of one workload."""
        for tool in (self._whose, self.workload):
            tool.setVisible(bool(variant.uses))
        if not variant.uses:
            self.say("Nothing is asked yet.")
            self.show_empty()
            return
        self.show_body()
        names = [variant.engine.catalog.workloads[use.workload].name for use in variant.uses]
        if [self.workload.itemText(i) for i in range(self.workload.count())] != names:
            self.workload.clear()
            self.workload.addItems(names)
        self.workload.setCurrentIndex(row)
        figures = figures_of(variant, row, ranged=ranged, names=PLOTS)
        self.say(figures["stage-balance"].sentence or figures["stage-balance"].missing)
        stages, words_asked = figures["stage-balance"], asked_words(variant, row)
        limits = tuple(limit._replace(working=words_asked) for limit in stages.limits)
        self.stages.show_figure(stages._replace(limits=limits))
        self.time.show_figure(figures["gpu-time"], idle_costs(variant, row, figures["gpu-time"]))
        memory, (day, addresses) = memory_figure(variant), day_figure(variant)
        self.memory.show_figure(memory)
        self.day.show_figure(day, addresses)
        self.costs.show_lines(costs_view(variant, row))
        self._time_words.setText(figures["gpu-time"].sentence)
        self._memory_words.setText(memory.sentence)
        self._memory_where.setText(memory.subtitle)
        self._day_words.setText(day.sentence)
        cores = cores_what_if.curves(variant, row)
        self.cores.show_figure(cores)
        self._cores_words.setText(cores.sentence)
        self.idle.show_reading(idle_reading(variant, row))
        self.needs.show_needs(needs_view(variant))
        self.order()

    def order(self) -> None:
        """Lines of costs may have come later."""
        whole = (self.stages, self.idle, self.time, self.costs, self.memory, self.day, self.cores, self.needs)
        walk_in_order(self.workload, *whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low the stages have the room, for the needs stand in the brief too; where narrow, one column."""
        wide = event.size().width() >= look().px(SIDE_BY_SIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._beside.direction() != way:
            self._beside.setDirection(way)
        self._strip.setVisible(event.size().height() >= look().px(LOW))
        super().resizeEvent(event)

    def _build(self) -> None:
        inside = QFrame()
        inside.setProperty("kind", "base")
        inside.setMaximumWidth(max(WIDEST, look().px(WIDEST)))
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 8, 20, 12)
        column.setSpacing(6)
        column.addWidget(self.stages)
        column.addWidget(hairline())
        self._beside = self._plots()
        column.addLayout(self._beside)
        column.addWidget(hairline())
        column.addLayout(_heading("Day plan", "shares at the asked pace; day and night drawn as halves"))
        column.addWidget(self._day_words)
        column.addWidget(Sideways(self.day))
        column.addWidget(hairline())
        column.addLayout(_heading("Cores what-if", "this workload, all else as it is"))
        column.addWidget(self._cores_words)
        column.addWidget(self.cores)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(hairline())
        self._strip = self._foot()
        whole.addWidget(self._strip)
        self.set_body(body)

    def _plots(self) -> QBoxLayout:
        """GPU time and what imbalance costs, and beside them GPU memory, each with its sentence."""
        time, memory = _heading("GPU time"), _heading("GPU memory", "all that runs at the same time")
        time.addWidget(words("idle time costs", "label"))
        time.addWidget(self.idle)
        memory.addWidget(self._memory_where)
        costs = _heading("What imbalance costs", "this workload, a year")
        plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        plots.setSpacing(32)
        for part in ((time, self._time_words, self.time, costs, self.costs), (memory, self._memory_words, self.memory)):
            column = QVBoxLayout()
            column.setSpacing(2)
            for each in part:
                column.addWidget(each) if isinstance(each, QWidget) else column.addLayout(each)
            column.addStretch(1)
            plots.addLayout(column, 1)
        return plots

    def _foot(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("kind", "panel")
        foot = QVBoxLayout(strip)
        foot.setContentsMargins(20, 8, 20, 8)
        foot.addLayout(_heading("Needs of all workloads", "of the most demanding one, against the build"))
        foot.addWidget(self.needs)
        return strip


def _heading(title: str, aside: str = "") -> QHBoxLayout:
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addStrut(look().px(24))  # as high as a number, so that headings beside each other stand on one line
    head.addWidget(words(title, "h2"))
    if aside:
        head.addWidget(words(aside, "aside", wrap=True), 1)
    else:
        head.addStretch()
    return head
