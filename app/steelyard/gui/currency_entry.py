"""The currency that a project counts in, and what has to be given anew once it is another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from steelyard.gui.controls import Choice, words
from steelyard.project.known_price import currency_remedy

if TYPE_CHECKING:
    from steelyard.project.content import Project

CURRENCIES = (
    *("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "CNY", "INR", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF"),
    *("KRW", "TWD", "SGD", "HKD", "NZD", "BRL", "MXN", "ZAR", "ILS", "TRY"),
)
"""What a project can count in, beside the currency that it has and that of the price book in use."""


class CurrencyEntry(QWidget):
    """A choice of currencies; under it what was emptied, and what helps where the price book counts in another one."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.choice = Choice("Currency of the project", step="body")
        self.said = words("", "label", wrap=True)
        self._left: Project | None = None
        self._currency = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for each in (words("Currency", "label"), self.choice, self.said):
            column.addWidget(each)
        self.choice.activated.connect(lambda _at: self.wanted.emit(self.choice.currentText()))

    def leave(self, project: Project, currency: str) -> None:
        """The project is about to count in another currency: what it loses is said as long as it is not given anew."""
        self._left, self._currency = project, currency

    def show_project(self, project: Project, book: str) -> None:
        """Show the currency of a project, beside that of the price book in use."""
        codes = list(dict.fromkeys([project.currency, book, *CURRENCIES]))
        if codes != [self.choice.itemText(at) for at in range(self.choice.count())]:
            self.choice.clear()
            self.choice.addItems(codes)
        self.choice.setCurrentIndex(0)
        said = " ".join(each for each in (self._asks(project), currency_remedy(project.currency, book)) if each)
        self.said.setText(said)
        self.said.setVisible(bool(said))

    def _asks(self, project: Project) -> str:
        left = self._left
        if left is None or project.currency != self._currency:
            return ""
        gone = []
        if left.lab.budget is not None and project.lab.budget is None:
            gone.append("the budget")
        if left.lab.researcher_rate is not None and project.lab.researcher_rate is None:
            gone.append("the researcher's hour")
        if left.site.energy_price is not None and project.site.energy_price is None:
            gone.append("the energy price (Site)")
        if not gone:
            return ""
        it = "them" if len(gone) > 1 else "it"
        return f"Emptied, for it was in {left.currency}: {_joined(gone)}. Give {it} anew in {project.currency}."


def _joined(words: list[str]) -> str:
    """Words with commas, and "and" before the last."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
