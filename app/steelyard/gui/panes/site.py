"""Site: what the build does to circuit, room and ear, in parts of which one is seen."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from steelyard.gui.controls import button, hairline
from steelyard.gui.empty import EmptyState
from steelyard.gui.look import look
from steelyard.gui.panes.pane import Pane
from steelyard.gui.panes.site_noise import SiteNoise
from steelyard.gui.panes.site_overview import SiteOverview
from steelyard.gui.panes.site_power import SitePower
from steelyard.gui.panes.site_room import SiteRoom
from steelyard.gui.panes.site_thermal import SiteThermal
from steelyard.gui.present.site_limits import gauge_of
from steelyard.gui.present.site_words import sentence_of, worst_finding
from steelyard.gui.segments import Segments
from steelyard.gui.site_settings import SiteSettings
from steelyard.gui.sustained_runs import SustainedRuns
from steelyard.gui.tab_order import walk_in_order
from steelyard.wording import measured, number

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent

    from steelyard.gui.desk import Desk
    from steelyard.gui.limit_sheet import LimitSheet
    from steelyard.gui.panes.site_tab import SiteTab
    from steelyard.project.evaluate import VariantEvaluation

LEAST_TOGETHER = 440
"""Height of the view from which its fields, unfolded, and its pictures are seen together."""

CAP_STEP = 5.0
"""Watts: drivers take any, people set round ones."""


class SitePane(Pane):
    """A line of settings that unfolds, and under it the part that the segments show."""

    asked = Signal(str)
    fixes_wanted = Signal()
    part_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Site", "", EmptyState("Nothing on the beam yet", "Open a project first."))
        self._desk = desk
        self._shown: tuple[VariantEvaluation, int, bool] | None = None
        self._seen: dict[int, tuple[VariantEvaluation, int, bool]] = {}
        self._sheet: LimitSheet | None = None
        self.settings = SiteSettings(desk)
        self.overview = SiteOverview()
        self.power, self.thermal = SitePower(), SiteThermal()
        self.noise, self.room = SiteNoise(), SiteRoom(desk)
        self.tabs: tuple[SiteTab, ...] = (self.overview, self.power, self.thermal, self.noise, self.room)
        self.segments = Segments("Parts of the site", tuple(tab.accessibleName() for tab in self.tabs), within=True)
        self.segments.chosen.connect(self._show_tab)
        self.fix = button("Fix...", tip="What would mend what is found here")
        self.fix.clicked.connect(self.fixes_wanted)
        self.missing = button("Choose what is missing...", "link")
        self.missing.clicked.connect(lambda: self.part_wanted.emit(next(iter(self._desk.selection.missing()), "")))
        for tool in (self.missing, self.fix, self.segments):
            self.tools.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)
        self._stacked = QStackedWidget()
        self.settings.unfolded.connect(lambda _on: self._share())
        for tab in self.tabs:
            tab.asked.connect(self.asked)
            tab.limit_wanted.connect(self.edit_limit)
            self._stacked.addWidget(tab)
        self.overview.swap_wanted.connect(self.swap_order)
        self.power.cap_wanted.connect(self.cap_cards)
        self.noise.door_wanted.connect(self.close_door)
        self.runs = SustainedRuns(self, self.overview.run, self.thermal.run)
        self.runs.moved.connect(self.overview.show_time)
        self.runs.moved.connect(self.thermal.show_time)
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.settings)
        whole.addWidget(hairline())
        whole.addWidget(self._stacked, 1)
        self.set_body(body)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where fields and pictures have no room together the unfolded fields stand alone."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        alone = self.settings.edit.isChecked() and self.height() < look().px(LEAST_TOGETHER)
        self._stacked.setVisible(not alone)
        self.settings.set_alone(alone=alone)

    @property
    def sheet(self) -> LimitSheet:
        """Where a limit is changed."""
        if self._sheet is None:
            from steelyard.gui.limit_sheet import LimitSheet

            self._sheet = LimitSheet(self.window(), self._desk)
            self.destroyed.connect(self._sheet.deleteLater)
        return self._sheet

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:
        """Show the site under one workload; of the parts only the one that is seen."""
        self._shown = (variant, row, ranged)
        self.say(sentence_of(variant, row))
        self.missing.setVisible(bool(variant.selection.missing()))
        self.fix.setVisible(worst_finding(variant) is not None)
        self.settings.show_site(variant)
        self._show_tab(self.segments.current)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another view is shown: a limit that is being changed belongs to this one."""
        if self._sheet is not None:
            self._sheet.hide()
        super().hideEvent(event)

    def settle(self) -> None:
        """Show what comes late."""
        self.runs.settle()
        self.tabs[self.segments.current].settle()

    def complete(self) -> None:
        """Show the bands of the run."""
        self.runs.complete()

    def order(self) -> None:
        """The segments, the settings, then the part that is seen."""
        walk_in_order(self.missing, self.fix, self.segments, self.settings, *self.tabs[self.segments.current].walked())

    def edit_limit(self, label: str) -> None:
        """Change a limit, beside what shows it."""
        self.sheet.edit(gauge_of(label), self.focusWidget())

    def swap_order(self) -> None:
        """Put the display card at the other end of the compute cards."""
        shown = self._desk.variant
        below = shown.selection.count("gpu") if shown.display_place is None else shown.display_place
        place = 0 if below else None
        words = "below" if place == 0 else "above"
        self._desk.attempt(
            lambda: (
                self._desk.project.with_variant(shown._replace(display_place=place)),
                f"Swap order: display card {words} the others",
            )
        )

    def cap_cards(self, watts: float) -> None:
        """Set the cards' power limit, on whole steps within what they allow; the board's power is none."""
        found, shown = self._desk.evaluation, self._desk.variant
        if found is None:
            return
        board, before = found.value("gpu_board_power"), found.value("gpu_power_allowed")
        cap = min(board, round(watts / CAP_STEP) * CAP_STEP) if math.isfinite(watts) else board
        limit = None if cap >= board else max(cap, found.value("gpu_power_floor"))
        self._desk.attempt(
            lambda: (
                self._desk.project.with_variant(shown._replace(power_limit=limit)),
                f"power cap {number(before)}→{measured(board if limit is None else limit, 'W')}",
            )
        )

    def close_door(self, closed: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Put a usual door between build and listener, or take it away."""
        found, project = self._desk.evaluation, self._desk.project
        loss = found.value("usual_door_loss") if found is not None and closed else None
        site = project.site._replace(door_loss=loss)
        self._desk.edit(project._replace(site=site), "door closed" if closed else "door open")

    def _show_tab(self, place: int) -> None:
        self._stacked.setCurrentIndex(place)
        self._run(place)
        if self._shown is not None and self._seen.get(place) != self._shown:
            self._seen[place] = self._shown
            variant, row, ranged = self._shown
            self.tabs[place].show_evaluation(variant, row, ranged=ranged)
        self.order()

    def _run(self, place: int) -> None:
        """Have the run computed where it is seen, once the build has come to rest."""
        if self._shown is None:
            return
        variant, row, ranged = self._shown
        self.runs.outdate(variant, row)
        if ranged and self.tabs[place] in {self.overview, self.thermal}:
            self.runs.want(variant, row)
