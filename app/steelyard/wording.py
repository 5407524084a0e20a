"""Numbers as words, one way everywhere: thousands parted, true minus, thin ranges, unknown as a question mark."""

from __future__ import annotations

import math
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

UNKNOWN = "?"
NO_LIMIT = "no limit"
MINUS = "\N{MINUS SIGN}"
UNBREAKABLE = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"
SIGNIFICANT = 3


class Marks(NamedTuple):
    """What parts the whole digits from the rest, and thousands from each other."""

    decimal: str
    thousands: str


POINT, COMMA = "point", "comma"
MARKS = {POINT: Marks(".", ","), COMMA: Marks(",", UNBREAKABLE)}
"""Beside a decimal comma thousands are parted by a blank: a point there would be read as a decimal one."""
_marks: ContextVar[Marks] = ContextVar("marks", default=MARKS[POINT])


@contextmanager
def decimal_marks(name: str) -> Iterator[None]:
    """Say all numbers within with a decimal "point" or "comma"; files and the desk have the point."""
    before = _marks.set(MARKS[name])
    try:
        yield
    finally:
        _marks.reset(before)


class Pace(NamedTuple):
    """The stretch of time that makes a rate readable: its letter and its seconds."""

    letter: str
    seconds: float


PACES = (Pace("s", 1.0), Pace("h", 3600.0), Pace("d", 86_400.0))


def number(value: float, decimals: int | None = None) -> str:
    """Return the value in words: three significant digits without idle zeros, or the decimals asked for.

    Whole numbers from a thousand on keep all their digits. NaN is "?", infinity is "no limit".
    """
    if math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return NO_LIMIT
    if decimals is None:
        digits = 0 if value == 0 else max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(value))))
        text = f"{abs(value):,.{digits}f}"
        text = text.rstrip("0").rstrip(".") if digits else text
    else:
        text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    text = _marked(text)
    return MINUS + text if negative else text


def _marked(text: str) -> str:
    """The digits with the marks of this place, from those of the programming language."""
    marks = _marks.get()
    return text if marks is MARKS[POINT] else text.translate({ord(","): marks.thousands, ord("."): marks.decimal})


def short(value: float) -> str:
    """Return the value where there is little room: as `number`, but from a million on in words, "169 M"."""
    size, word = next(((size, word) for size, word in _LARGE if abs(value) >= size), (1.0, ""))
    return f"{number(value / size)}{UNBREAKABLE}{word}" if word and math.isfinite(value) else number(value)


_LARGE = ((1e12, "tn"), (1e9, "bn"), (1e6, "M"))


def short_span(low: float, high: float) -> str:
    """Return a thin range where there is little room."""
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{short(low)}{UNBREAKABLE}{DASH}{UNBREAKABLE}{short(high)}"


def measured(value: float, unit: str, decimals: int | None = None) -> str:
    """Return a number with its unit; a unit never stands beside an unknown or an infinity."""
    text = number(value, decimals)
    return text if text in (UNKNOWN, NO_LIMIT) or not unit else f"{text}{UNBREAKABLE}{unit}"


def span(low: float, high: float, decimals: int | None = None) -> str:
    """Return a thin range, "9.9 - 12.6" with an en dash; empty where either end is not known."""
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{number(low, decimals)}{UNBREAKABLE}{DASH}{UNBREAKABLE}{number(high, decimals)}"


def share(value: float, decimals: int = 0) -> str:
    """Return a ratio as per cent."""
    return measured(value * 100, "%", decimals)


def times(value: float) -> str:
    """Return a ratio as a multiple, "2.0x" with two significant digits."""
    if math.isnan(value) or math.isinf(value):
        return number(value)
    size = abs(value)
    decimals = 0 if size == 0 else max(0, 1 - math.floor(math.log10(size)))
    return f"{number(value, decimals)}×"


def lasting(hours: float) -> str:
    """Return a time in the unit that people would say it in: "45 min", "8.5 h", "7.5 days", "3.8 weeks"."""
    for most, size, word in _STRETCHES:
        if abs(hours) < most:
            return measured(hours / size, word)
    return measured(hours, "h")  # not known, or without end


_STRETCHES = ((1.0, 1 / 60, "min"), (48.0, 1.0, "h"), (14 * 24.0, 24.0, "days"), (math.inf, 168.0, "weeks"))
"""Below so many hours a time is said in units of so many hours, with this word."""


def money(minor: Decimal | None, currency: str = "", digits: int = 2) -> str:
    """Return an amount of minor units in major units, exact to the cent; None is unknown."""
    if minor is None:
        return UNKNOWN
    text = _marked(f"{abs(minor.scaleb(-digits)):,.{digits}f}")
    return f"{MINUS if minor < 0 else ''}{text}{UNBREAKABLE + currency if currency else ''}"


def plural(word: str, count: float = 2) -> str:
    """Return the English plural of a plain noun; a unit symbol or a mass noun is not for this."""
    if count == 1:
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2:-1] not in set("aeiou") else f"{word}s"


def counted(count: int, word: str) -> str:
    """Return how many of something countable there are, "1 complaint"."""
    return f"{_marked(f'{count:,}')} {plural(word, count)}"


def prices_missing(missing: int, roles: int) -> str:
    """Return how many of the prices of a build's roles are missing, "1 of 13 prices missing"."""
    return f"{_marked(f'{missing:,}')} of {counted(roles, 'price')} missing"


def pace(asked: float) -> Pace:
    """Return the stretch of time over which `asked` samples a second read as a number of at least one."""
    for candidate in PACES:
        if asked * candidate.seconds >= 1:
            return candidate
    return PACES[-1] if asked > 0 else PACES[1]
