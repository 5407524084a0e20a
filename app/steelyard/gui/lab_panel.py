"""The lab: what it may spend, how fast its work grows, how long the machine must last, and its duty of care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from steelyard.errors import SteelyardError
from steelyard.gui.controls import Tick, words
from steelyard.gui.currency_entry import CurrencyEntry
from steelyard.gui.fields import Labelled
from steelyard.gui.present.brief import plain
from steelyard.gui.present.refused import lab_bounds, lab_refusal

if TYPE_CHECKING:
    from steelyard.gui.desk import Desk
    from steelyard.project.content import Project


class LabPanel(QFrame):
    """Every change goes to the desk as one step; what it refuses is said under the field."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._desk = desk
        currency = desk.project.currency
        self.fields = {
            "budget": Labelled("Budget", currency),
            "growth": Labelled("Growth", "% a year", optional=False),
            "life_years": Labelled("Life", "years", optional=False),
            "researcher_rate": Labelled("Researcher's hour", currency),
        }
        self.currency = CurrencyEntry()
        self.currency.wanted.connect(self.set_currency)
        self.regulated = Tick("Patient data (PHI)", step="h2", switch=True)
        self._build()

    def show_project(self, project: Project) -> None:
        """Show the lab of a project."""
        lab = project.lab
        self.currency.show_project(project, self._desk.engine.catalog.prices.book.currency)
        for name, amount in (("budget", lab.budget), ("researcher_rate", lab.researcher_rate)):
            self.fields[name].field.show_unit(project.currency)
            self.fields[name].field.show_text("" if amount is None else plain(float(amount)))
        self.fields["growth"].field.show_text(plain(round(lab.growth * 100, 6)))
        self.fields["life_years"].field.show_text(plain(lab.life_years))
        self.regulated.blockSignals(True)
        self.regulated.setChecked(lab.regulated)
        self.regulated.blockSignals(False)

    def set_currency(self, currency: str) -> None:
        """Count in another currency. Amounts of the one before would silently be other money: they are emptied."""
        from steelyard.project.content import in_currency

        project = self._desk.project
        if currency != project.currency:
            self.currency.leave(project, currency)
            self._desk.attempt(lambda: (in_currency(project, currency), f"Currency: {currency}"))

    def _set(self, name: str, value: float | None) -> None:
        field = self.fields[name].field
        given: Any = value
        if name in {"budget", "researcher_rate"}:
            given = None if value is None else f"{value:.2f}"
        elif name == "growth" and value is not None:
            given = value / 100
        try:
            from steelyard.project.content import checked

            project = checked(self._desk.project._replace(lab=self._desk.project.lab._replace(**{name: given})))
        except SteelyardError as trouble:
            field.refuse(lab_refusal(name, self.fields[name].label.accessibleName(), trouble))
            return
        before, text = self._desk.project, f"{self.fields[name].label.accessibleName()}: {field.text()}"
        if not self._desk.edit(project, text, key=f"lab.{name}") and project != before:
            field.refuse("This cannot be weighed. The value before stays in force.")

    def _set_regulated(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        project = self._desk.project
        self._desk.edit(
            project._replace(lab=project.lab._replace(regulated=on)), "Patient data: " + ("yes" if on else "no")
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(words("The lab", "h2"))
        grid = QGridLayout()
        top = Qt.AlignmentFlag.AlignTop  # a sentence under one field must not move the next one
        for index, (name, labelled) in enumerate(self.fields.items()):
            labelled.field.entered.connect(lambda value, name=name: self._set(name, value))
            if bounds := lab_bounds(name):
                labelled.setToolTip(f"{labelled.label.accessibleName()} {bounds}")
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
