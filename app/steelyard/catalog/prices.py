"""What a part costs: the indicative prices of the part files, or a price book of the user's in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog.part import Price
from steelyard.money import minor_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.part import PriceText

INDICATIVE: Final = "Indicative prices"
"""The name of the book that the part files make up."""

BOOK_SOURCE: Final = "price-book"
"""The id under which a price book of the user's stands in the bibliography."""

FREE: Final = "free"
"""What is noted beside a price of zero that stands in a book of the user's, whatever its currency."""

_CURRENCY: Final = "USD"
_UNKNOWN: Final = float("nan")


class Line(NamedTuple):
    """A price from a quantity of `least` on: decimal text in the book's currency."""

    least: int
    amount: str
    note: str = ""


class Book(NamedTuple):
    """A price book: dated, in one currency, from one source; `lines` are the price breaks by part, least first.

    `fills_gaps`: a part without a line takes its indicative price, if that is in the same currency. What is listed as
    free costs nothing in every book.
    """

    name: str
    currency: str
    source: str
    date: str
    kind: str
    fills_gaps: bool
    lines: Mapping[str, tuple[Line, ...]]


class Prices:
    """The prices in force. `book` is what they are taken from; `shipped` says whether that is the indicative one."""

    __slots__ = ("_indicative", "book", "shipped")

    def __init__(self, indicative: Mapping[str, PriceText], book: Book | None) -> None:
        """Keep the indicative prices, and the book that replaces them if there is one."""
        self._indicative = indicative
        self.shipped = book is None
        newest = max((price.date for price in indicative.values()), default="")
        self.book = book or Book(INDICATIVE, _CURRENCY, "", newest, "estimate", fills_gaps=True, lines={})

    @property
    def indicative(self) -> Mapping[str, PriceText]:
        """The indicative prices by part, whichever book is in force."""
        return self._indicative

    def price(self, part: str, quantity: int = 1) -> Price | None:
        """Return the price of one when `quantity` are bought; None where there is none: `why_none` says why."""
        from decimal import Decimal  # noqa: PLC0415  # the first paint shows no exact price

        line = self._line(part, quantity)
        if line is not None:
            book = self.book
            where = f'price book "{book.name}"' + (f", from {line.least} on" if line.least > 1 else "")
            return Price(
                Decimal(line.amount), book.currency, book.date, book.kind, None, None, BOOK_SOURCE, where, line.note
            )
        text = self._filling(part)
        if text is None:
            return None
        low, high = (Decimal(amount) if amount else None for amount in (text.low, text.high))
        if not self.shipped and _is_free(text):
            return Price(
                Decimal(text.amount), text.currency, text.date, text.kind, low, high, text.source, text.where, FREE
            )
        note = text.note if self.shipped else f'not in the price book "{self.book.name}". {text.note}'.strip()
        return Price(
            Decimal(text.amount), text.currency, text.date, text.kind, low, high, text.source, text.where, note
        )

    def why_none(self, part: str, quantity: int = 1) -> str:
        """Return why a part has no price at this quantity, as it stands after "no price:"; empty where it has one."""
        lines = self.book.lines.get(part)
        if self._line(part, quantity) is not None or self._filling(part) is not None:
            return ""
        if lines:
            return f'the price book "{self.book.name}" sells it from {lines[0].least} on'
        if not self.shipped and not self.book.fills_gaps:
            return f'it is not in the price book "{self.book.name}"'
        text = self._indicative.get(part)
        if text is None:
            return "the catalogue has none"
        book = self.book
        return f'priced in {text.currency} only, and the price book "{book.name}" is in {book.currency}: add it there'

    def minor(self, part: str, quantity: int = 1) -> float:
        """Return the price of one in whole minor units of the book's currency; NaN where there is none."""
        line = self._line(part, quantity)
        if line is not None:
            return float(minor_units(line.amount, self.book.currency))
        text = self._filling(part)
        if text is None or text.currency != self.book.currency:
            return _UNKNOWN
        return float(minor_units(text.amount, text.currency))

    def has_breaks(self, part: str) -> bool:
        """Whether the price of a part depends on how many are bought."""
        lines = self.book.lines.get(part, ())
        return len(lines) > 1 or any(line.least > 1 for line in lines)

    def _line(self, part: str, quantity: int) -> Line | None:
        lines = self.book.lines.get(part, ())
        return next((line for line in reversed(lines) if line.least <= quantity), None)

    def _filling(self, part: str) -> PriceText | None:
        """The indicative price, where it may stand: never in another currency than that of the user's book.

        What is listed as free needs neither leave nor a rate: zero is zero in every currency.
        """
        text = self._indicative.get(part)
        if text is None or self.shipped:
            return text
        if part not in self.book.lines and _is_free(text):
            return text._replace(amount="0", currency=self.book.currency)
        wanted = self.book.fills_gaps and part not in self.book.lines
        return text if wanted and text.currency == self.book.currency else None


def _is_free(text: PriceText) -> bool:
    """Whether the maker lists a part for nothing; an estimate of zero is not known well enough for that."""
    return text.kind == "list" and not text.amount.strip("0.")
