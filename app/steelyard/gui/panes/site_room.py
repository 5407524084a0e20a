"""The room: how warm it gets against the fresh air it is given, what that air would have to be, and how to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSlider

from steelyard.gui.controls import words
from steelyard.gui.curve_plot import CurvePlot
from steelyard.gui.fact_table import FactTable
from steelyard.gui.method_guide import MethodGuide
from steelyard.gui.panes.site_tab import SiteTab, headed, stacked
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site_facts import AIR, facts
from steelyard.gui.present.site_limits import ROOM
from steelyard.gui.present.site_room import methods_view, slider_reach
from steelyard.wording import measured

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from steelyard.gui.desk import Desk
    from steelyard.project.evaluate import VariantEvaluation

CURVE, HIGH = "room-air", 300
CALM = 40
"""Milliseconds: while the slider moves the build is evaluated no more often than this."""

FINE, COARSE = 10, 50


class SiteRoom(SiteTab):
    """Slider and curve at the left, numbers and methods at the right."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("Room")
        self._desk = desk
        self.room = CurvePlot("Room against fresh air", "room_air", height=HIGH)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Fresh air, m³/h")
        self.slider.setSingleStep(FINE)
        self.slider.setPageStep(COARSE)
        self.slider.setMinimumHeight(28)
        self.numbers = FactTable("Heat and air", ("", ""))
        self.methods = MethodGuide()
        self._given = words("", "h2")
        self._sentence = words("", "sentence", wrap=True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(CALM)
        self._wait.timeout.connect(self._ventilate)
        self.slider.valueChanged.connect(self._slid)
        self.room.limit_pressed.connect(self._want_limit)
        for widget in (self.room, self.numbers):
            widget.asked.connect(self.asked)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(words("Fresh air", "label"))
        line.addWidget(self.slider, 1)
        line.addWidget(self._given)
        guide = words("for heat in a small room; APC white paper 68", "aside")
        self.beside(
            (stacked(headed("Room against fresh air"), self._sentence, line, self.room), 8),
            (stacked(headed("Heat and air"), self.numbers, headed("How to cool it", guide), self.methods), 5),
        )
        self.column.addStretch(1)

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the room."""
        figure = figures_of(variant, row, ranged=ranged, names=(CURVE,))[CURVE]
        self.room.show_figure(figure)
        self._sentence.setText(figure.sentence)
        self.numbers.show_lines(facts(variant, row, AIR, ranged=ranged))
        self.methods.show_methods(methods_view(variant, row))
        self._show_air(variant.project.site.room_ventilation)

    def settle(self) -> None:
        """Take what the slider waits with."""
        if self._wait.isActive():
            self._wait.stop()
            self._ventilate()

    def walked(self) -> tuple[QWidget, ...]:
        """The slider, the curve, the numbers, the methods."""
        return (self.slider, self.room, self.numbers, self.methods)

    def _want_limit(self, words: str) -> None:
        """The room's own limit can be changed; what parts are made for is theirs."""
        if words.startswith("limit"):
            self.limit_wanted.emit(ROOM)

    def _show_air(self, air: float | None) -> None:
        """Put the slider where the site is, without taking that for a wish."""
        self._given.setText("?" if air is None else measured(air, "m³/h", 0))
        if self.slider.isSliderDown() or self._wait.isActive():
            return
        before = self.slider.blockSignals(True)
        self.slider.setRange(0, max(slider_reach(air), self.slider.maximum()))
        self.slider.setValue(round(air or 0))
        self.slider.blockSignals(before)

    def _slid(self, air: int) -> None:
        self._given.setText(measured(air, "m³/h", 0))
        if not self._wait.isActive():
            self._wait.start()

    def _ventilate(self) -> None:
        project, air = self._desk.project, float(self.slider.value())
        site = project.site._replace(room_ventilation=air)
        self._desk.edit(
            project._replace(site=site), f"Fresh air: {measured(air, 'm³/h', 0)}", key="site.room_ventilation"
        )
