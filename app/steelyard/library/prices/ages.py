"""How old prices are, and the indicative ones beside the books: the same shape, for lists of both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from steelyard.catalog.prices import INDICATIVE
from steelyard.library.prices.books import KeptBook, KeptLine
from steelyard.wording import counted

if TYPE_CHECKING:
    from steelyard.catalog.load import Catalog

_MONTHS: Final = 12
_DAY: Final = len("2026-11-21")


def age_of(dated: str, today: str) -> str:
    """Return how old a day, a month, a year, or the first of two ("2025-03 to 2026-11") is, in words."""
    first = dated.partition(" to ")[0]
    if not first:
        return "unknown"
    then, now = (date.fromisoformat(f"{each}-01-01"[:_DAY] if len(each) < _DAY else each) for each in (first, today))
    if len(first) == _DAY and (now - then).days < 2 * 31:
        days = max((now - then).days, 0)
        return "today" if not days else counted(days, "day")
    months = (now.year - then.year) * _MONTHS + now.month - then.month - (len(first) == _DAY and now.day < then.day)
    return counted(max(months, 0), "month")


def indicative_of(catalog: Catalog, *, active: bool) -> KeptBook:
    """Return the indicative prices of a catalogue without layers as a book; dated from the oldest to the newest."""
    lines = indicative_lines(catalog)
    found = [price for part in catalog.parts if (price := catalog.price(part)) is not None]
    days = sorted({price.date[:7] for price in found})
    dated = "" if not days else days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    estimates = sum(price.is_estimate for price in found)
    source = f"comes with the program; {estimates} of {counted(len(found), 'price')} are estimates"
    return KeptBook(
        INDICATIVE, catalog.prices.book.currency, source, dated, "estimate", True, len(lines), len(lines),  # noqa: FBT003
        "", "", "", active,
    )  # fmt: skip


def indicative_lines(catalog: Catalog) -> tuple[KeptLine, ...]:
    """Return the indicative prices in the currency of their book; each notes its day and what it is."""
    found = []
    for part in sorted(catalog.parts):
        price = catalog.price(part)
        if price is not None and price.currency == catalog.prices.book.currency:
            span = "" if price.low is None else f", {price.low} to {price.high}"
            found.append(KeptLine(part, 1, str(price.amount), 0, f"{price.kind} of {price.date}{span}"))
    return tuple(found)
