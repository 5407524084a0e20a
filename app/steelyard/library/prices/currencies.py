"""What stands beside an amount: a code of ISO 4217, or a sign that one or more currencies have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_DOLLARS: Final = frozenset(("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS"))

_SIGNS: Final = {
    "$": _DOLLARS,
    "us$": {"USD"},
    "c$": {"CAD"},
    "ca$": {"CAD"},
    "a$": {"AUD"},
    "au$": {"AUD"},
    "nz$": {"NZD"},
    "s$": {"SGD"},
    "hk$": {"HKD"},
    "nt$": {"TWD"},
    "mx$": {"MXN"},
    "r$": {"BRL"},
    "€": {"EUR"},
    "euro": {"EUR"},
    "£": {"GBP", "EGP"},
    "¥": {"JPY", "CNY"},
    "￥": {"JPY", "CNY"},
    "円": {"JPY"},
    "元": {"CNY"},
    "rmb": {"CNY"},
    "₩": {"KRW"},
    "원": {"KRW"},
    "₹": {"INR"},
    "rs": {"INR", "PKR", "LKR"},
    "rs.": {"INR", "PKR", "LKR"},
    "fr": {"CHF"},
    "fr.": {"CHF"},
    "sfr": {"CHF"},
    "sfr.": {"CHF"},
    "kr": {"SEK", "NOK", "DKK", "ISK"},
    "kr.": {"SEK", "NOK", "DKK", "ISK"},
    "zł": {"PLN"},
    "kč": {"CZK"},
    "ft": {"HUF"},
    "lei": {"RON", "MDL"},
    "лв": {"BGN"},
    "лв.": {"BGN"},
    "₺": {"TRY"},
    "tl": {"TRY"},
    "₽": {"RUB"},
    "₴": {"UAH"},
    "₪": {"ILS"},
    "฿": {"THB"},
    "₫": {"VND"},
    "rm": {"MYR"},
    "rp": {"IDR"},
    "₱": {"PHP"},
    "kd": {"KWD"},
}
"""Signs in small letters, and the currencies that use them."""

_MOST_USED: Final = ("USD", "EUR", "GBP", "JPY", "CNY", "CHF", "CAD", "AUD", "SEK", "INR")

_NO_MONEY: Final = {"XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XBA", "XBB", "XBC", "XBD", "XDR", "XSU", "XUA"}


def is_currency(code: str) -> bool:
    """Say whether this is the code of a currency."""
    from babel.core import get_global  # noqa: PLC0415

    return code in get_global("all_currencies") and code not in _NO_MONEY


def codes_of(name: str) -> frozenset[str]:
    """Return the currencies that a sign or code beside an amount can mean; none for what is no currency."""
    found = _SIGNS.get(name.casefold().replace(" ", ""))
    if found is not None:
        return frozenset(found)
    code = name.upper()
    return frozenset((code,)) if is_currency(code) else frozenset()


def most_used(codes: Iterable[str]) -> tuple[str, ...]:
    """Return currencies with those first that a sign most probably means."""
    place = {code: number for number, code in enumerate(_MOST_USED)}
    return tuple(sorted(codes, key=lambda code: (place.get(code, len(place)), code)))
