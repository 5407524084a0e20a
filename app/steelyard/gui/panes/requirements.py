"""Requirements: what the work needs at three levels, which cards carry it, and how they should share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.gui.controls import button, hairline, words
from steelyard.gui.empty import EmptyState
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.memory_bar import MemoryBar
from steelyard.gui.needs_table import NeedsTable
from steelyard.gui.panes.pane import Pane
from steelyard.gui.present.bounds import bounds_of
from steelyard.gui.present.requirements import groups_view, growth_reading, growth_words, memory_scale, sentence_of
from steelyard.gui.present.sizing import answer_sentence, answers_view, rungs_view, shared_view
from steelyard.gui.readings import Reading
from steelyard.gui.scale_ladder import ScaleLadder

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.desk import Desk
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.sizing import Sizing

NARROW, WIDEST = 820, 1600


class RequirementsPane(Pane):
    """The table above; below it the sizing answer, and how cards should share the work."""

    asked = Signal(str)
    driver_wanted = Signal(str)
    lab_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        empty = EmptyState(
            "Nothing is asked yet",
            "Requirements follow from workloads: add one in the brief.",
            "Go to the brief",
            "Open sample",
        )
        super().__init__("Requirements", "", empty)
        self._desk = desk
        self.table = NeedsTable()
        self.table.asked.connect(self.asked)
        self.table.driver_wanted.connect(self.driver_wanted)
        self.memory = MemoryBar()
        self.ladder = ScaleLadder()
        self.answer = words("", "h2", wrap=True)
        self.answer.setAccessibleName("Sizing")
        self._growth, self._rig = words("", "label", wrap=True), words("", "aside", wrap=True)
        self.grown = Figure(Reading(label="Growth over the life"), step="medium")
        self.grown.asked.connect(self.asked)
        self._memory_words = words("", "aside", wrap=True)
        self._levels, self._shares = QVBoxLayout(), QVBoxLayout()
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sizing: Sizing | None = None
        self._build()

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:  # noqa: ARG002 - as every view
        """Show the requirements; which cards carry them follows when the keys have rested."""
        if not variant.uses:
            self.say("Nothing is asked yet.")
            self.show_empty()
            return
        self.show_body()
        groups = groups_view(variant, ranged=ranged)
        self.say(sentence_of(groups))
        self.table.show_groups(groups)
        self._growth.setText(growth_words(variant))
        self.grown.show_reading(growth_reading(variant))
        scale = memory_scale(variant)
        self._memory_box.setVisible(scale is not None)
        self.memory.show_scale(scale)
        self._memory_words.setText(scale.sentence if scale is not None else "")
        sizing = self._desk.sized.of(variant) if ranged else self._desk.sized.known(variant.engine, variant.project)
        if sizing is not None:
            self._show_sizing(variant, sizing)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the answers stand under each other."""
        narrow = event.size().width() < look().px(NARROW)
        self._below.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        super().resizeEvent(event)

    def _show_sizing(self, variant: VariantEvaluation, sizing: Sizing) -> None:
        self.ladder.show_rungs(rungs_view(sizing))
        if sizing is self._sizing:
            return
        self._sizing = sizing
        self.answer.setText(answer_sentence(sizing))
        self._rig.setText(f"Weighed in {sizing.rig}." if not sizing.unknown else "")
        _empty(self._levels)
        for answer in answers_view(sizing):
            self._levels.addWidget(words(answer.level, "label"))
            self._levels.addWidget(words(answer.text, "", wrap=True))
            if answer.detail:
                self._levels.addWidget(words(answer.detail, "aside", wrap=True))
            self._levels.addSpacing(4)
        if sizing.boxes is not None and sizing.boxes.adds:
            self._levels.addWidget(words("What a cluster adds", "label"))
            for adds in sizing.boxes.adds:
                self._levels.addWidget(words(f"{adds}.", "aside", wrap=True))
        _empty(self._shares)
        for advice, each in zip(sizing.advice, shared_view(sizing), strict=True):
            bounds = (f"{stage}: {bound}" for stage, bound in bounds_of(variant, advice.use))
            figures = ", ".join(part for part in (each.memory, each.traffic, *bounds) if part)
            self._shares.addWidget(words(each.name, "label"))
            self._shares.addWidget(words(each.method, "", wrap=True))
            self._shares.addWidget(words(each.reason, "aside", wrap=True))
            if figures:
                self._shares.addWidget(words(f"{figures}.", "aside", wrap=True))
            self._shares.addSpacing(4)

    def _build(self) -> None:
        inside = QFrame()
        inside.setProperty("kind", "base")
        inside.setMaximumWidth(max(WIDEST, look().px(WIDEST)))
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 6, 20, 16)
        column.setSpacing(6)
        column.addWidget(self.answer)
        column.addWidget(self.table)
        growth = QHBoxLayout()
        change = button("Change...", "link", tip="Growth and life are set in the brief")
        change.setAccessibleName("Change growth and life")
        change.clicked.connect(self.lab_wanted)
        growth.addWidget(words("Growth over the life", "label"))
        growth.addWidget(self.grown)
        growth.addWidget(self._growth, 1)
        growth.addWidget(change)
        column.addLayout(growth)
        column.addSpacing(8)
        self._memory_box = QWidget()
        memory = QVBoxLayout(self._memory_box)
        memory.setContentsMargins(0, 0, 0, 0)
        memory.setSpacing(0)
        for each in (words("Host memory, GB", "h2"), self.memory, self._memory_words):
            memory.addWidget(each)
        column.addWidget(self._memory_box)
        column.addSpacing(8)
        column.addWidget(hairline())
        column.addWidget(self.ladder)
        self._below.setSpacing(32)
        for title, held in (("Which cards carry it", self._levels), ("How they should share the work", self._shares)):
            part = QVBoxLayout()
            part.setSpacing(4)
            part.addWidget(words(title, "h2"))
            held.setSpacing(2)
            part.addLayout(held)
            part.addStretch(1)
            self._below.addLayout(part, 1)
        column.addLayout(self._below)
        column.addWidget(self._rig)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self._scroll = scroll
        self.table.walked.connect(self._follow)
        self.set_body(scroll)

    def _follow(self, place: QRect) -> None:
        """Keep the current cell in sight."""
        top = self.table.y() + place.center().y()
        self._scroll.ensureVisible(0, top, 0, place.height())


def _empty(layout: QVBoxLayout) -> None:
    """Take out what was said before."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
