"""The bill of a build: every filled role with its price as the price book has it, exact, never as a binary fraction."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from steelyard.catalog.layers import IMPORTED
from steelyard.catalog.prices import FREE
from steelyard.catalog.sources import IMPORTED_SOURCE
from steelyard.money import minor_digits
from steelyard.sheets.bind_layers import layer_note, pins_of
from steelyard.sheets.content import Bill, PartLine
from steelyard.wording import DASH, money, span
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from steelyard.catalog.part import Price
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.sheets.bibliography import Bibliography

LABELS = {role.name: role.label for role in ROLES}
WORDS = {
    "list": "list price",
    "order": "paid in an order",
    "street": "street price",
    "quote": "quoted",
    "estimate": "estimate",
}


def bill_of(evaluated: VariantEvaluation, bibliography: Bibliography) -> Bill:
    """Return the bill in the project's currency; a price in another currency counts as none."""
    project, catalog = evaluated.project, evaluated.engine.catalog
    digits = minor_digits(project.currency)
    lines = []
    for role, filling in evaluated.selection.items():
        quantity = evaluated.selection.quantity(filling.part)
        part, price = catalog.part(filling.part), catalog.price(filling.part, quantity)
        note = catalog.prices.why_none(filling.part, quantity)
        if price is not None and price.currency != project.currency:
            note, price = f"priced in {price.currency} only", None
        if price is not None:
            bibliography.cite(price.source)
            note = FREE if price.note == FREE else ""
        if part.layer == IMPORTED:  # its name and number are from there, whether or not a value of it is read
            bibliography.cite(IMPORTED_SOURCE)
        lines.append(
            PartLine(
                LABELS[role],
                part.name,
                part.manufacturer,
                part.mpn,
                filling.count,
                None if price is None else price.amount.scaleb(digits),
                "" if price is None else price.date,
                "" if price is None else price.source,
                "" if price is None else WORDS[price.kind],
                "; ".join(words for words in (layer_note(catalog, filling.part), note) if words),
                _spread(price, digits),
                pins_of(catalog, filling.part),
            )
        )
    budget = project.lab.budget
    dates = sorted({line.price_date for line in lines if line.price_date})
    priced_on = dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}" if dates else "unknown"
    allowed = None if budget is None else Decimal(budget).scaleb(digits)
    return Bill(tuple(lines), project.currency, digits, priced_on, allowed, _likely(evaluated))


def _likely(evaluated: VariantEvaluation) -> str:
    """The range of the total, in whole units of the currency."""
    low, high = evaluated.range("build_price", 0)
    if math.isnan(low) or low == high:
        return ""
    unit = evaluated.engine.model.quantities["build_price"].unit
    least, most = (evaluated.voice().say(end, unit).value for end in (low, high))
    return f"{span(least, most, 0)}\N{NO-BREAK SPACE}{evaluated.project.currency}"


def numbered(bill: Bill, bibliography: Bibliography) -> Bill:
    """Return the bill with the numbers of its sources instead of their ids, once all sources are known."""
    lines = tuple(line._replace(price_source=bibliography.numbers(line.price_source)) for line in bill.lines)
    return bill._replace(lines=lines)


def _spread(price: Price | None, digits: int) -> str:
    if price is None or price.low is None or price.high is None:
        return ""
    low, high = (money(end.scaleb(digits), "", digits).removesuffix(".00") for end in (price.low, price.high))
    return f"{low}\N{NO-BREAK SPACE}{DASH}\N{NO-BREAK SPACE}{high}"
