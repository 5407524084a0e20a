"""The bill as CSV, for whoever orders: the prices of the PDF, exact, and no cell that a spreadsheet would run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.catalog.prices import BOOK_SOURCE, INDICATIVE
from steelyard.money import amount_text
from steelyard.project.atomic import write_atomically
from steelyard.project.csv_cells import csv_bytes
from steelyard.sheets.bibliography import Bibliography
from steelyard.sheets.bind_bill import bill_of
from steelyard.wording import prices_missing

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from steelyard.catalog.load import Catalog
    from steelyard.catalog.part import Price
    from steelyard.project.evaluate import ProjectEvaluation, VariantEvaluation
    from steelyard.sheets.content import Bill

HEADINGS: Final = (
    "Role",
    "Part",
    "Manufacturer",
    "MPN",
    "Name",
    "Quantity",
    "Unit price",
    "Line total",
    "Currency",
    "Price of",
    "Kind",
    "Price book",
    "Source",
    "Where",
    "Note",
)

MISSING: Final = "price missing"


def write(evaluation: ProjectEvaluation, out: Path, variant: str | None = None) -> None:
    """Write the bill of a variant (the first one unless named) to `out`. Raises BadInputError and CannotSaveError."""
    chosen = evaluation.variants[0] if variant is None else evaluation.variant(variant)
    write_atomically(out, bill_csv(chosen))


def bill_csv(evaluated: VariantEvaluation) -> bytes:
    """Return a line for every filled role and one for the total: an amount, or how many prices it lacks.

    The note of the total carries the notices that licences ask for, as for an imported part.
    """
    bibliography = Bibliography(evaluated)
    bill = bill_of(evaluated, bibliography)
    return csv_bytes([HEADINGS, *_lines(evaluated, bill), _total(bill, bibliography.notices())])


def _lines(evaluated: VariantEvaluation, bill: Bill) -> list[tuple[str, ...]]:
    catalog, selection = evaluated.engine.catalog, evaluated.selection
    rows: list[tuple[str, ...]] = []
    for (_, filling), line in zip(selection.items(), bill.lines, strict=True):
        price = None if line.unit_price is None else catalog.price(filling.part, selection.quantity(filling.part))
        origin = ("", "", "", f"{MISSING}: {line.note}") if price is None else _origin(catalog, price)
        rows.append(
            (
                line.slot,
                filling.part,
                line.manufacturer,
                line.mpn,
                line.part,
                str(line.quantity),
                _amount(line.unit_price, bill.currency),
                _amount(line.extended, bill.currency),
                bill.currency,
                line.price_date,
                line.mark,
                *origin,
            )
        )
    return rows


def _origin(catalog: Catalog, price: Price) -> tuple[str, str, str, str]:
    """Return the book of a price, where the book or the price is from, the place in it, and what is noted."""
    if price.source == BOOK_SOURCE:
        book = catalog.prices.book
        return book.name, book.source, price.where, price.note
    source = catalog.sources.get(price.source)
    return INDICATIVE, price.source if source is None else source.title, price.where, price.note


def _total(bill: Bill, notices: tuple[str, ...]) -> tuple[str, ...]:
    """The last row; its note carries what licences want said wherever something of theirs is shown."""
    count = len(bill.unpriced)
    words = f"incomplete: {prices_missing(count, len(bill.lines))}" if count else _amount(bill.total, bill.currency)
    quantity = str(sum(line.quantity for line in bill.lines))
    row = dict.fromkeys(HEADINGS, "")
    row |= {"Role": "Total", "Quantity": quantity, "Line total": words, "Currency": bill.currency}
    row["Note"] = ". ".join(("without tax and shipping", *notices))
    return tuple(row.values())


def _amount(minor: Decimal | None, currency: str) -> str:
    """Return an amount with a point and no marks between thousands; empty where it is not known."""
    return "" if minor is None else amount_text(int(minor), currency)
