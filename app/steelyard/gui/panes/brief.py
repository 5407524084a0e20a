"""Brief: what the machine must do, and by when; for whom, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from steelyard.catalog.workload_search import fits
from steelyard.errors import SteelyardError
from steelyard.gui.controls import Tick, button, hairline, words
from steelyard.gui.currency_entry import CurrencyEntry
from steelyard.gui.empty import EmptyState
from steelyard.gui.fields import Field, Labelled
from steelyard.gui.look import look
from steelyard.gui.needs_strip import NeedsStrip
from steelyard.gui.panes.pane import Pane
from steelyard.gui.present.brief import cards_view, needs_view, offered_view, plain, sentence_of
from steelyard.gui.workload_card import WorkloadBox

if TYPE_CHECKING:
    from steelyard.gui.desk import Desk
    from steelyard.gui.present.brief import Offered, WorkloadCard
    from steelyard.project.content import Project, WorkloadUse
    from steelyard.project.evaluate import VariantEvaluation

BROWSER = 236


class BriefPane(Pane):
    """The catalogue's workloads at the left, the project's in the middle, the lab at the right, minimums below."""

    asked = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("Brief", "", EmptyState("Nothing on the beam yet", "Open a project first."))
        self._desk = desk
        self.boxes: dict[str, WorkloadBox] = {}
        self.search = self.finder = Field()
        self._offered: tuple[Offered, ...] = ()
        self._browser = QVBoxLayout()
        self._cards = QVBoxLayout()
        self.needs = NeedsStrip(tracks=False)
        self.needs.asked.connect(self.asked)
        currency = desk.project.currency
        self.lab = {
            "budget": Labelled("Budget", currency),
            "growth": Labelled("Growth", "% a year", optional=False),
            "life_years": Labelled("Life", "years", optional=False),
        }
        self.currency = CurrencyEntry()
        self.currency.wanted.connect(self._set_currency)
        self.regulated = Tick("Patient data (PHI)", step="h2", switch=True)
        self._build()

    def show_evaluation(self, variant: VariantEvaluation, row: int, *, ranged: bool) -> None:  # noqa: ARG002 - as every view
        """Show the brief."""
        self.say(sentence_of(variant))
        offered = offered_view(variant)
        if offered != self._offered:
            self._offered = offered
            self._fill_browser()
        self._show_cards(cards_view(variant))
        self._show_lab(variant.project)
        self.needs.show_needs(needs_view(variant))

    def add(self, workload: str) -> None:
        """Add a workload of the catalogue, its required inputs empty."""
        from steelyard.project.content import WorkloadUse

        taken = {use.id for use in self._desk.project.workloads}
        identifier = next(name for name in [workload, *(f"{workload}-{n}" for n in range(2, 99))] if name not in taken)
        name = self._desk.engine.catalog.workloads[workload].name
        self._change(WorkloadUse(identifier, workload), f"Add {name}")

    def _change(self, use: WorkloadUse, text: str, key: str = "") -> None:
        self._desk.attempt(lambda: (self._desk.project.with_workload(use), text), key=key)

    def _use(self, identifier: str) -> WorkloadUse:
        return next(use for use in self._desk.project.workloads if use.id == identifier)

    def _set_enabled(self, identifier: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._change(self._use(identifier)._replace(enabled=on), "Weigh a workload" if on else "Leave a workload out")

    def _set_input(self, identifier: str, name: str, value: float | str | None) -> None:
        from steelyard.project.demands import checked_input

        use = self._use(identifier)
        definition = self._desk.engine.catalog.workloads[use.workload].inputs[name]
        try:
            if value is not None:
                checked_input(definition, value, use.id)
        except SteelyardError as trouble:  # in the field and not as a notice: "0" is also how 0.5 begins
            self.boxes[identifier].fields[name].field.refuse(f"{trouble} The value before stays in force.")
            return
        said = "empty" if value is None else value if isinstance(value, str) else plain(value)
        text = f"{definition.label}: {said}"
        self._change(use.with_input(name, value), text, f"input.{identifier}.{name}")

    def _use_typical(self, identifier: str) -> None:
        use = self._use(identifier)
        for name, wanted in self._desk.engine.catalog.workloads[use.workload].inputs.items():
            given = use.inputs.get(name)
            if wanted.required and wanted.typical is not None and (given is None or given.value is None):
                use = use.with_input(name, wanted.typical, assumed=True)
        self._change(use, "Use typical values")

    def _remove(self, identifier: str) -> None:
        self._desk.attempt(lambda: (self._desk.project.without_workload(identifier), "Remove a workload"))

    def _set_lab(self, name: str, value: float | None) -> None:
        field = self.lab[name].field
        given: Any = value
        if name == "budget":
            given = None if value is None else f"{value:.2f}"
        elif name == "growth" and value is not None:
            given = value / 100
        try:
            from steelyard.project.content import checked

            project = checked(self._desk.project._replace(lab=self._desk.project.lab._replace(**{name: given})))
        except SteelyardError as trouble:
            field.refuse(f"{trouble.message} The value before stays in force.")
            return
        before, text = self._desk.project, f"{self.lab[name].label.accessibleName()}: {field.text()}"
        if not self._desk.edit(project, text, key=f"lab.{name}") and project != before:
            field.refuse("This cannot be weighed. The value before stays in force.")

    def _set_currency(self, currency: str) -> None:
        """Count in another currency. Amounts of the one before would silently be other money: they are emptied."""
        from steelyard.project.content import in_currency

        project = self._desk.project
        if currency != project.currency:
            self.currency.leave(project, currency)
            self._desk.attempt(lambda: (in_currency(project, currency), f"Currency: {currency}"))

    def _set_regulated(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        project = self._desk.project
        self._desk.edit(
            project._replace(lab=project.lab._replace(regulated=on)), "Patient data: " + ("yes" if on else "no")
        )

    def _show_lab(self, project: Project) -> None:
        lab = project.lab
        self.currency.show_project(project, self._desk.engine.catalog.prices.book.currency)
        self.lab["budget"].field.show_unit(project.currency)
        self.lab["budget"].field.show_text("" if lab.budget is None else plain(float(lab.budget)))
        self.lab["growth"].field.show_text(plain(round(lab.growth * 100, 6)))
        self.lab["life_years"].field.show_text(plain(lab.life_years))
        self.regulated.blockSignals(True)
        self.regulated.setChecked(lab.regulated)
        self.regulated.blockSignals(False)

    def _show_cards(self, cards: tuple[WorkloadCard, ...]) -> None:
        wanted = [card.id for card in cards]
        for identifier in [name for name in self.boxes if name not in wanted]:
            box = self.boxes.pop(identifier)
            box.hide()
            box.deleteLater()
        for place, card in enumerate(cards):
            if card.id not in self.boxes:
                self.boxes[card.id] = self._box(card)
                self._cards.insertWidget(place, self.boxes[card.id])
            self.boxes[card.id].show_card(card)
        self._none.setVisible(not cards)

    def _box(self, card: WorkloadCard) -> WorkloadBox:
        box = WorkloadBox(card)
        box.enabled.connect(self._set_enabled)
        box.input_set.connect(self._set_input)
        box.typical_wanted.connect(self._use_typical)
        box.removed.connect(self._remove)
        box.asked.connect(self.asked)
        return box

    def _fill_browser(self) -> None:
        while (item := self._browser.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        typed, family = self.search.text(), ""
        for each in self._offered:
            if not fits(each.words, typed):
                continue
            if each.family != family:
                family = each.family
                self._browser.addWidget(words(family.capitalize() if family != "llm" else "LLM", "label"))
            press = button(f"{each.name}{'' if not each.added else '   added'}", "row", tip=each.description)
            press.setAccessibleName(f"Add {each.name}")
            press.clicked.connect(lambda _on=False, workload=each.id: self.add(workload))
            self._browser.addWidget(press)
        self._browser.addStretch()

    def _build(self) -> None:
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(hairline(upright=True))
        row.addWidget(self._middle(), 1)
        row.addWidget(hairline(upright=True))
        row.addWidget(self._right())
        whole.addLayout(row, 1)
        whole.addWidget(hairline())
        strip = QFrame()
        strip.setProperty("kind", "panel")
        column = QVBoxLayout(strip)
        column.setContentsMargins(20, 8, 20, 6)
        head = QHBoxLayout()
        head.addWidget(words("At the least", "h2"))
        head.addWidget(words("follows every keystroke; click a number for the reason", "aside"))
        head.addStretch()
        column.addLayout(head)
        column.addWidget(self.needs)
        whole.addWidget(strip)
        self.set_body(body)

    def _left(self) -> QWidget:
        left = QFrame()
        left.setProperty("kind", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(14, 12, 14, 12)
        self.search.setPlaceholderText("Find a workload")
        self.search.setAccessibleName("Find a workload")
        self.search.textChanged.connect(self._fill_browser)
        column.addWidget(self.search)
        column.addLayout(self._browser, 1)
        return _scrolled(left, BROWSER)

    def _middle(self) -> QWidget:
        inside = QFrame()
        inside.setProperty("kind", "base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 14)
        self._cards.setSpacing(12)
        self._none = EmptyState(
            "Nothing on the beam yet",
            "Add at least one workload from the list at the left. Everything else follows from it.",
        )
        self._cards.addWidget(self._none)
        self._cards.addStretch(1)
        column.addLayout(self._cards, 1)
        return _scrolled(inside)

    def _right(self) -> QWidget:
        right = QFrame()
        right.setProperty("kind", "panel")
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(words("The lab", "h2"))
        grid = QGridLayout()
        top = Qt.AlignmentFlag.AlignTop  # a sentence under one field must not move the next one
        for index, (name, labelled) in enumerate(self.lab.items()):
            labelled.field.entered.connect(lambda value, name=name: self._set_lab(name, value))
            grid.addWidget(labelled, (index + 1) // 2, (index + 1) % 2 if index else 0, 1, 1 if index else 2, top)
        column.addLayout(grid)
        column.addSpacing(4)
        column.addWidget(self.currency)
        column.addSpacing(8)
        self.regulated.toggled.connect(self._set_regulated)
        column.addWidget(self.regulated)
        column.addWidget(
            words("With patient data, error-correcting memory is required all the way.", "label", wrap=True)
        )
        column.addStretch()
        return _scrolled(right, BROWSER)


def _scrolled(inside: QFrame, width: int = 0) -> QScrollArea:
    """A column that scrolls where the pane is lower than it: nothing is cut. Of this width, or of what is left."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inside)
    if width:
        scroll.setFixedWidth(look().px(width))
    return scroll
