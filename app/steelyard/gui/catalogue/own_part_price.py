"""The price in the form of an own part: amount, currency, day and kind, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from steelyard.gui.catalogue.entries import SOURCES, text_field, under
from steelyard.gui.controls import Choice, words
from steelyard.gui.look import look

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = {
    "quote": "Quoted to us",
    "list": "Maker's list price",
    "street": "Street price",
    "order": "From an order",
    "estimate": "Estimate",
}
STATED = "own-statement"
WHAT_FOR = "It counts where the price book in use has no line for the part and is in the same currency."
WIDTHS = {"value": 90, "currency": 56, "date": 100, "low": 80, "high": 80, "where": 120}


class PriceEntry(QWidget):
    """A price to be typed. Without an amount there is none, whatever else stands there."""

    edited = Signal()

    def __init__(self, price: Mapping[str, str], title: str, currency: str) -> None:
        """Show `price` as the file has it; `title` is its source's, where that is none of one's own."""
        super().__init__()
        self._taken = price if title else {}
        self._note = price.get("note", "")
        self.fields = {
            "value": text_field("Price of one", "1299.00"),
            "currency": text_field("Currency of the price", "USD"),
            "date": text_field("Day of the price", "2026-11-21"),
            "low": text_field("Price, low", "1200"),
            "high": text_field("Price, high", "1400"),
            "where": text_field("Where the price is from", "Who quoted it, which list, which order"),
        }
        for name, field in self.fields.items():
            field.setMinimumWidth(look().px(WIDTHS[name]))
            field.setText(price.get(name, currency if name == "currency" else ""))
            field.setCursorPosition(0)
        self.fields["currency"].setMaxLength(3)
        self.kind = Choice("Kind of price", step="body")
        self.kind.addItems(list(KINDS.values()))
        self.kind.setCurrentIndex(list(KINDS).index(price["kind"]) if price.get("kind") in KINDS else 0)
        self._options = [*([price["source"]] if title else []), *SOURCES]
        self.source = Choice("Source of the price", step="body")
        self.source.addItems([*([title] if title else []), *SOURCES.values()])
        source = price.get("source", STATED)
        self.source.setCurrentIndex(self._options.index(source) if source in self._options else 0)
        self.wrong = words("", "wrong", wrap=True)
        self._lay_out()
        self._connect()
        self._follow()

    @property
    def price(self) -> dict[str, str]:
        """What the file says of the price; empty where no amount was typed."""
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        texts["currency"] = texts["currency"].upper()
        kind = list(KINDS)[max(0, self.kind.currentIndex())]
        spread = ("low", "high")
        if not texts["value"] and not (kind == "estimate" and any(texts[name] for name in spread)):
            return {}
        source = self._options[max(0, self.source.currentIndex())]
        note = self._note if source not in SOURCES or not self._taken else ""
        said = {**texts, "kind": kind, "source": source, "note": note}
        return {name: text for name, text in said.items() if text and (kind == "estimate" or name not in spread)}

    def show_wrong(self, complaint: str) -> None:
        """Say what is wrong, or nothing."""
        self.wrong.setText(complaint)
        self.wrong.setVisible(bool(complaint))

    def _changed(self) -> None:
        """An amount of one's own rests no longer on the source that the other one was taken from."""
        if self._taken and self._options[max(0, self.source.currentIndex())] not in SOURCES:
            self.source.setCurrentIndex(self._options.index(STATED))
            for name in ("where", "date"):
                self.fields[name].clear()
            self.kind.setCurrentIndex(0)
        self._follow()

    def _follow(self) -> None:
        estimate = list(KINDS)[max(0, self.kind.currentIndex())] == "estimate"
        self._spread.setVisible(estimate)
        self.edited.emit()

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.textEdited.connect(lambda _text, name=name: self._changed() if name == "value" else self._follow())
        for choice in (self.kind, self.source):
            choice.activated.connect(lambda _at: self._follow())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 10)
        column.setSpacing(6)
        column.addWidget(words("Price", "h2"))
        column.addWidget(words(WHAT_FOR, "label", wrap=True))
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(10)
            column.addLayout(row)
        fields = self.fields
        first.addWidget(under("Price of one", fields["value"]), 3)
        first.addWidget(under("Currency", fields["currency"]), 1)
        first.addWidget(under("Day", fields["date"]), 3)
        first.addWidget(under("Kind", self.kind), 4)
        second.addWidget(under("Source", self.source), 4)
        second.addWidget(under("Where in it", fields["where"]), 4)
        self._spread = QWidget()
        spread = QHBoxLayout(self._spread)
        spread.setContentsMargins(0, 0, 0, 0)
        spread.setSpacing(10)
        for name, label in (("low", "At the least"), ("high", "At the most")):
            spread.addWidget(under(label, fields[name]))
        second.addWidget(self._spread, 3)
        column.addWidget(self.wrong)
        self.wrong.hide()
