"""Amounts of money as people write them, and as whole minor units: no binary fraction in between."""

from __future__ import annotations

import re

from steelyard.errors import BadInputError

__all__ = ["MILLIONTHS", "amount_text", "minor_digits", "minor_units", "rate_in_minor_units"]

MILLIONTHS = 6  # digits that a rate, such as the price of a kilowatt hour, may have
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THOUSANDTHS = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = dict.fromkeys(_WHOLE.split(), 0) | dict.fromkeys(_THOUSANDTHS.split(), 3) | {"CLF": 4, "UYW": 4}


def minor_digits(currency: str) -> int:
    """Return the digits after the point in ISO 4217: 2 for USD, 0 for JPY, 3 for KWD."""
    return _DIGITS.get(currency, 2)


def minor_units(amount: str, currency: str) -> int:
    """Return "12000.50" USD as 1200050 cents. Raises BadInputError where the currency has no such fraction."""
    return _scaled(amount, minor_digits(currency), f"{currency} has {minor_digits(currency)} digits after the point")


def amount_text(minor: int, currency: str) -> str:
    """Return 1200050 cents as "12000.50"."""
    digits = minor_digits(currency)
    whole, fraction = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{fraction:0{digits}}" if digits else f"{sign}{whole}"


def rate_in_minor_units(rate: str, currency: str) -> float:
    """Return a rate such as "0.1768" USD/kWh in minor units (17.68), rounded once."""
    millionths = _scaled(rate, MILLIONTHS, "a rate has at most six digits after the point")
    scale: int = 10 ** (MILLIONTHS - minor_digits(currency))
    return millionths / scale


def _scaled(amount: str, digits: int, reason: str) -> int:
    found = re.fullmatch(r"(\d{1,15})(?:\.(\d+))?", amount, re.ASCII)
    if not found:
        raise BadInputError(
            f'"{amount[:40]}" is not an amount of money.', "Write digits and a point, for example 12000.50."
        )
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > digits:
        raise BadInputError(f'"{amount[:40]}" is finer than its currency: {reason}.')
    return int(found[1] + fraction.ljust(digits, "0"))
