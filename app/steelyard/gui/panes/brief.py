"""Brief: what the machine must do, and by when; for whom, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.errors import SteelyardError
from steelyard.gui.controls import hairline, words
from steelyard.gui.drop_place import DropPlace
from steelyard.gui.empty import EmptyState
from steelyard.gui.fields import FieldLabel, Labelled
from steelyard.gui.lab_panel import LabPanel
from steelyard.gui.look import look
from steelyard.gui.needs_strip import NeedsStrip
from steelyard.gui.panes.pane import Pane
from steelyard.gui.present.brief import assumed_words, cards_view, needs_view, plain, sentence_of
from steelyard.gui.present.browser import offered_view
from steelyard.gui.present.refused import input_refusal
from steelyard.gui.present.sizing import rungs_view
from steelyard.gui.runs_badge import RUNS
from steelyard.gui.scale_ladder import ScaleLadder
from steelyard.gui.segments import Segments
from steelyard.gui.tab_order import walk_in_order
from steelyard.gui.workload_browser import WorkloadBrowser
from steelyard.gui.workload_card import WorkloadBox

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.desk import Desk
    from steelyard.gui.present.brief import WorkloadCard
    from steelyard.project.content import WorkloadUse
    from steelyard.project.evaluate import VariantEvaluation

BROWSER, LAB = 224, 236
NARROW, LOW = 700, 430
"""Below this width or height of the view its parts stand one after another behind segments."""

SEGMENTS = ("Workloads", "Add", "Lab", "At the least")


class BriefPane(Pane):
    """The catalogue's workloads at the left, the project's in the middle, the lab at the right, minimums below."""

    asked = Signal(str)
    sample_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__("Brief", "", EmptyState("Nothing on the beam yet", "Open a project first."))
        self._desk = desk
        self.boxes: dict[str, WorkloadBox] = {}
        self.browser = WorkloadBrowser()
        self.browser.wanted.connect(self.add)
        self.search = self.finder = self.browser.search
        self.panel = LabPanel(desk)
        self.lab, self.currency, self.regulated = self.panel.fields, self.panel.currency, self.panel.regulated
        self.needs = NeedsStrip(tracks=False)
        self.needs.asked.connect(self.asked)
        self.ladder = ScaleLadder()
        self.drop = DropPlace()
        self.drop.dropped.connect(self.add)
        self.drop.search_wanted.connect(self.go_to_search)
        self.assumed = FieldLabel("")
        self._cards = QVBoxLayout()
        slash = QShortcut(QKeySequence("/"), self)  # a field that is typed in keeps the key
        slash.activated.connect(self.go_to_search)
        self._narrow, self._asking = False, True
        self._build()
        self._segments.chosen.connect(lambda _part: self._show_parts())

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:  # noqa: ARG002 - as every view
        """Show the brief. Where the project stands on the ladder follows when the keys have rested."""
        cards = cards_view(variant)
        self.say(sentence_of(cards))
        self.assumed.show_words(assumed_words(cards), assumed=True)
        self.assumed.setVisible(bool(assumed_words(cards)))
        self.browser.show_offered(offered_view(variant))
        self._show_cards(cards)
        self.panel.show_project(variant.project)
        self.needs.show_needs(needs_view(variant))
        self._asking = bool(variant.uses)
        self._show_parts()
        sized = self._desk.sized
        sizing = sized.of(variant) if ranged and variant.uses else sized.known(variant.engine, variant.project)
        if sizing is not None or not variant.uses:
            self.ladder.show_rungs(rungs_view(sizing if variant.uses else None))
        self.ladder.setVisible(bool(variant.uses))

    def add(self, workload: str) -> None:
        """Add a workload of the catalogue, its required inputs empty; the first of them has the focus."""
        from steelyard.project.content import WorkloadUse

        identifier = self._free(workload)
        name = self._desk.engine.catalog.workloads[workload].name
        self._change(WorkloadUse(identifier, workload), f"Add {name}")
        self.show_workload(identifier)

    def go_to_search(self) -> None:
        """Go to the search."""
        self._segments.choose(1)
        self.search.setFocus()

    def go_to_lab(self) -> None:
        """Go to the growth of the lab."""
        self._segments.choose(2)
        self.lab["growth"].field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room one part is seen at a time."""
        one, size = look(), event.size()
        self._narrow = size.width() < one.px(NARROW) or size.height() < one.px(LOW)
        self._show_parts()
        super().resizeEvent(event)

    def _show_parts(self) -> None:
        """All parts beside each other, or the chosen one alone."""
        chosen = self._segments.current if self._narrow else -1
        self._segments.setVisible(self._narrow)
        for place, part in enumerate(self._parts):
            part.setVisible(chosen in {-1, place} and (self._asking or part is not self._strip))
        for part in (*self._lines, self._least):
            part.setVisible(not self._narrow)
        wide = 16_777_215 if self._narrow else 0
        self.browser.setMaximumWidth(wide or look().px(BROWSER))
        self._parts[2].setMaximumWidth(wide or look().px(LAB))

    def show_workload(self, identifier: str) -> None:
        """Bring the card of a workload into sight, ready to be typed in."""
        if identifier in self.boxes:
            self._segments.choose(0)
            self.boxes[identifier].first_field.setFocus()
            QTimer.singleShot(0, lambda: self._show_whole(identifier))  # a new card has its place only then

    def _show_whole(self, identifier: str) -> None:
        """Scroll to a card: all of it where there is room, else its head."""
        if (box := self.boxes.get(identifier)) is None:
            return
        inside = self._scroll.widget()
        if inside is None:
            return
        top, room = box.mapTo(inside, box.rect().topLeft()).y(), self._scroll.viewport().height()
        middle = top + min(box.height(), room) // 2
        self._scroll.ensureVisible(0, middle, 0, min(box.height(), room) // 2)

    def _change(self, use: WorkloadUse, text: str, key: str = "") -> None:
        self._desk.attempt(lambda: (self._desk.project.with_workload(use), text), key=key)

    def _use(self, identifier: str) -> WorkloadUse:
        return next(use for use in self._desk.project.workloads if use.id == identifier)

    def _name(self, identifier: str) -> str:
        return self._desk.engine.catalog.workloads[self._use(identifier).workload].name

    def _set_enabled(self, identifier: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        text = f"Weigh {self._name(identifier)}" if on else f"Leave {self._name(identifier)} out"
        self._change(self._use(identifier)._replace(enabled=on), text)

    def _set_input(self, identifier: str, name: str, value: float | str | None) -> None:
        from steelyard.project.demands import checked_input

        use = self._use(identifier)
        definition = self._desk.engine.catalog.workloads[use.workload].inputs[name]
        try:
            if value is not None:
                checked_input(definition, value, use.id)
        except SteelyardError as trouble:  # in the field and not as a notice: "0" is also how 0.5 begins
            refused = self.boxes[identifier].fields[name]
            if isinstance(refused, Labelled):
                sample = self._desk.engine.catalog.workloads[use.workload].sample
                refused.field.refuse(input_refusal(definition.label, sample, trouble))
            return
        said = "empty" if value is None else definition.choices[value] if isinstance(value, str) else plain(value)
        text = f"{definition.label}: {said}"
        self._change(use.with_input(name, value), text, f"input.{identifier}.{name}")

    def _use_typical(self, identifier: str) -> None:
        use = self._use(identifier)
        for name, wanted in self._desk.engine.catalog.workloads[use.workload].inputs.items():
            given = use.inputs.get(name)
            if wanted.required and wanted.typical is not None and (given is None or given.value is None):
                use = use.with_input(name, wanted.typical, assumed=True)
        self._change(use, f"Typical values of {self._name(identifier)}")

    def _set_runs(self, identifier: str, runs: str) -> None:
        from steelyard.project.content import checked

        use = self._use(identifier)._replace(runs=runs)  # type: ignore[arg-type]  # checked next
        text = f"{self._name(identifier)} {RUNS[runs][2]}"
        self._desk.attempt(lambda: (checked(self._desk.project.with_workload(use)), text))

    def _duplicate(self, identifier: str) -> None:
        use = self._use(identifier)
        self._change(use._replace(id=self._free(use.workload)), f"Duplicate {self._name(identifier)}")

    def _move(self, identifier: str, step: int) -> None:
        uses = list(self._desk.project.workloads)
        place = next(place for place, use in enumerate(uses) if use.id == identifier)
        if 0 <= place + step < len(uses):
            uses.insert(place + step, uses.pop(place))
            text = f"Move {self._name(identifier)} {'down' if step > 0 else 'up'}"
            self._desk.edit(self._desk.project._replace(workloads=tuple(uses)), text)

    def _free(self, workload: str) -> str:
        """An id that no workload of the project has yet."""
        taken = {use.id for use in self._desk.project.workloads}
        return next(name for name in (workload, *(f"{workload}-{n}" for n in range(2, 99))) if name not in taken)

    def _remove(self, identifier: str) -> None:
        text = f"Remove {self._name(identifier)}"
        self._desk.attempt(lambda: (self._desk.project.without_workload(identifier), text))

    def _show_cards(self, cards: tuple[WorkloadCard, ...]) -> None:
        wanted = [card.id for card in cards]
        for identifier in [name for name in self.boxes if name not in wanted]:
            box = self.boxes.pop(identifier)
            box.hide()
            box.deleteLater()
        for place, card in enumerate(cards):
            if card.id not in self.boxes:
                self.boxes[card.id] = self._box(card)
            if self._cards.indexOf(self.boxes[card.id]) != place:
                self._cards.insertWidget(place, self.boxes[card.id])
            self.boxes[card.id].show_card(card)
        self._none.setVisible(not cards)
        self.order()

    def order(self) -> None:
        """Cards come and go; they stand between the browser and the lab."""
        places = sorted(self.boxes.values(), key=self._cards.indexOf)
        browser = (self.search, *self.browser.tags.values(), self.browser.list)
        walk_in_order(*browser, *places, self.drop, self.panel, self.needs)

    def _box(self, card: WorkloadCard) -> WorkloadBox:
        box = WorkloadBox(card)
        box.enabled.connect(self._set_enabled)
        box.input_set.connect(self._set_input)
        box.typical_wanted.connect(self._use_typical)
        box.runs_set.connect(self._set_runs)
        box.duplicated.connect(self._duplicate)
        box.moved.connect(self._move)
        box.removed.connect(self._remove)
        box.asked.connect(self.asked)
        return box

    def _build(self) -> None:
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._segments = Segments("Parts of the brief", SEGMENTS)
        whole.addWidget(self._segments)
        row = QHBoxLayout()
        row.setSpacing(0)
        self._lines = [hairline(upright=True), hairline(upright=True), hairline()]
        self.browser.setMinimumWidth(look().px(BROWSER))
        middle, lab = self._middle(), _scrolled(self.panel)
        lab.setMinimumWidth(look().px(LAB))
        for part in (self.browser, self._lines[0], middle, self._lines[1], lab):
            row.addWidget(part, 1 if part is middle else 0)
        whole.addLayout(row, 1)
        whole.addWidget(self._lines[2])
        strip = QFrame()
        strip.setProperty("kind", "panel")
        column = QVBoxLayout(strip)
        column.setContentsMargins(20, 8, 20, 6)
        self._least = QWidget()
        head = QHBoxLayout(self._least)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(words("At the least", "h2"))
        head.addWidget(words("follows every keystroke; click a number for the reason", "aside", wrap=True), 1)
        column.addWidget(self._least)
        column.addWidget(self.needs)
        whole.addWidget(strip)
        self._strip = strip
        self._parts = (middle, self.browser, lab, strip)
        self.set_body(body)

    def _middle(self) -> QWidget:
        inside = QFrame()
        inside.setProperty("kind", "base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 14)
        self._cards.setSpacing(12)
        self._none = EmptyState(
            "Nothing on the beam yet",
            "Add at least one workload. Most labs add 3. Everything else follows from them.",
            "Add a workload",
            "Open sample",
        )
        self._none.main.connect(self.go_to_search)
        self._none.second.connect(self.sample_wanted)
        column.addWidget(self.assumed, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._none, 1)
        column.addLayout(self._cards)
        column.addSpacing(12)
        column.addWidget(self.drop)
        column.addSpacing(10)
        column.addWidget(self.ladder)
        column.addStretch(1)
        self._scroll = _scrolled(inside)
        return self._scroll


def _scrolled(inside: QFrame) -> QScrollArea:
    """A column that scrolls where the pane is lower than it: nothing is cut."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    return scroll
