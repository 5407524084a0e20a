"""What is odd about a price that is taken: a mark in the wrong place makes it a thousand times too small or too large.

A remark refuses nothing, for a price may be what it is; it is shown wherever the price is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from steelyard.money import amount_text, minor_digits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.catalog.part import PriceText
    from steelyard.library.prices.preview import TakenLine

FACTOR: Final = 5
"""How many times above or below the indicative price a price gets a remark."""

_STEP: Final = Decimal("0.5")
"""By which share a price may change from one quantity to the next without a remark."""

_OF_ONE_SIZE: Final = {"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"}
"""Currencies of which one unit is worth less than three of any other: without a rate they can be compared roughly."""


def compared_with(currency: str, indicative: Mapping[str, PriceText]) -> str:
    """Say in words what the prices of a list in `currency` are compared with."""
    others = sorted({text.currency for text in indicative.values()})
    fit = [other for other in others if _are_comparable(currency, other)]
    if not fit:
        return f"the prices are compared with no other, for no indicative price is in {currency} or a like currency"
    words = f"a price more than {FACTOR} times above or below the part's indicative price gets a remark"
    if fit == [currency]:
        return words
    rates = " and ".join(other for other in fit if other != currency)
    return f"{words}; no rate is applied, for those between {currency} and {rates} are nowhere near {FACTOR}"


def with_remarks(
    lines: Sequence[TakenLine], currency: str, indicative: Mapping[str, PriceText]
) -> tuple[TakenLine, ...]:
    """Return the prices, in minor units of `currency`, each with what is odd about it."""
    before: dict[tuple[str, int], TakenLine] = {}
    last: TakenLine | None = None
    for line in sorted(lines, key=lambda line: (line.part, line.least)):
        if last is not None and last.part == line.part:
            before[line.part, line.least] = last
        last = line
    return tuple(
        line._replace(
            remark="; ".join(
                filter(
                    None,
                    (
                        _beside(line, currency, indicative.get(line.part)),
                        _after(line, currency, before.get((line.part, line.least))),
                    ),
                )
            )
        )
        for line in lines
    )


def _beside(line: TakenLine, currency: str, usual: PriceText | None) -> str:
    """Say how far a price is from the indicative one of its part; empty where it is near, or cannot be compared."""
    if usual is None or not _are_comparable(currency, usual.currency):
        return ""
    price, other = Decimal(line.amount).scaleb(-minor_digits(currency)), Decimal(usual.amount)
    words = f"the indicative price of {other:,} {usual.currency}"
    if price * FACTOR < other:
        return f"1/{other / price:,.0f} of {words}" if price else f"free, beside {words}"
    if price > other * FACTOR:
        return f"{price / other:,.0f} times {words}" if other else f"not free, beside {words}"
    return ""


def _after(line: TakenLine, currency: str, fewer: TakenLine | None) -> str:
    """Say how far a price jumps from the one for fewer pieces; empty where it does not."""
    if fewer is None or abs(line.amount - fewer.amount) <= fewer.amount * _STEP:
        return ""
    verb = "falls" if line.amount < fewer.amount else "rises"
    first, second = (amount_text(each.amount, currency) for each in (fewer, line))
    return f"{verb} from {first} (from {fewer.least} on) to {second} (from {line.least} on)"


def _are_comparable(one: str, other: str) -> bool:
    return one == other or {one, other} <= _OF_ONE_SIZE
