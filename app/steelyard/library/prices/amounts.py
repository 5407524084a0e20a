"""What one costs, read from a cell: right or refused. Money is whole minor units; nothing is rounded.

"1,234" is a thousand or a little more than one, depending on who wrote it. It is read only where the number format
is stated, or proved by another cell of its column.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.library.prices import table
from steelyard.library.prices.currencies import codes_of, is_currency, most_used
from steelyard.money import minor_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.library.prices.table import Cell

POINT: Final = "."
COMMA: Final = ","

LARGEST: Final = 10**13
"""Minor units. A price of a hundred thousand million is a mistake, and sums of such stay exact."""

FREE: Final = "free"
"""The word for what costs nothing, such as some operating systems; a zero may only stand for a price not known."""

EXAMPLES: Final = "en, de, fr, de_CH or en_IN"


class Refused(NamedTuple):
    """Why a cell is not taken, and what to do about it."""

    reason: str
    suggestion: str = ""


class Style(NamedTuple):
    """How a column writes numbers.

    mark: the decimal mark, empty where nothing tells it; locale: as stated, empty where found; why: in words.
    fraction: a cell in which not three digits stand after the mark, with its row in words; empty without one.
    """

    mark: str
    locale: str
    why: str
    fraction: str = ""


class _Written(NamedTuple):
    """The digits of an amount with their marks. dashed: the mark of an ending such as ",-", empty without one."""

    digits: str
    dashed: str


def stated_style(numbers: str) -> Style:
    """Return the style of a number format such as "de" or "en_IN". Raises BadInputError for what is none."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415
    from babel.localedata import locale_identifiers  # noqa: PLC0415
    from babel.numbers import get_decimal_symbol  # noqa: PLC0415

    name = numbers.strip().replace("-", "_")
    try:
        locale = Locale.parse(name)
    except (UnknownLocaleError, ValueError, TypeError):
        hint = did_you_mean(name, locale_identifiers())
        raise BadInputError(f'"{numbers[:40]}" is no number format.{hint}', f"State one such as {EXAMPLES}.") from None
    mark = get_decimal_symbol(locale)
    if mark not in {POINT, COMMA}:
        raise BadInputError(
            f'Numbers as in "{numbers[:40]}" have the decimal mark "{mark}", which is not read.',
            f"State one such as {EXAMPLES}.",
        )
    return Style(mark, str(locale), f"as stated, {locale}")


def found_style(column: Iterable[tuple[int, Cell]], currency: str) -> Style:
    """Return the style that the cells of a column prove, given with their rows."""
    proofs: dict[str, tuple[int, str]] = {}
    fractions: dict[str, str] = {}
    for row, cell in column:
        written = _written(cell.text, currency) if cell.kind == table.TEXT else None
        if isinstance(written, _Written):
            readings = _readings(written)
            if len(readings) == 1:
                mark = next(iter(readings))
                proofs.setdefault(mark, (row, cell.text))
                if len(written.digits.partition(mark)[2]) != _THOUSAND:
                    fractions.setdefault(mark, f'"{cell.text[:30]}" in row {row}')
    if len(proofs) == 1:
        mark, (row, text) = next(iter(proofs.items()))
        why = f'the {_name(mark)} is the decimal mark, as "{text[:30]}" in row {row} proves'
        return Style(mark, "", why, fractions.get(mark, ""))
    if proofs:
        said = " and ".join(f'"{text[:30]}" in row {row}' for row, text in proofs.values())
        return Style("", "", f"the rows do not agree on a decimal mark: {said}")
    return Style("", "", "no row tells which decimal mark is meant")


def amount_of(cell: Cell, currency: str, style: Style) -> int | Refused:
    """Return the amount of a cell in minor units of `currency`, or why it is none."""
    match cell.kind:
        case table.NUMBER:
            value = Decimal(cell.text)
            if value < 0:
                return Refused("the amount is negative", "A price is more than zero; leave credits out.")
            return _in_minor_units(value, currency, "Round it in the sheet: =ROUND(...).")
        case table.UNSAVED:
            return Refused(
                "the result of the formula is not in the file",
                "Open the file in the program that made it and save it, or put values in the place of the formulas.",
            )
        case table.ERROR:
            return Refused(f"the cell holds the error {cell.text}", "Mend the formula.")
        case table.DATE | table.FLAG:
            return Refused("the cell holds no amount", "Write the amount as a number.")
    return _of_text(cell.text, currency, style)


def _of_text(text: str, currency: str, style: Style) -> int | Refused:
    if text.strip().casefold() in _FREE:
        return 0
    written = _written(text, currency)
    if isinstance(written, Refused):
        return written
    readings = _readings(written)
    if not readings:
        return Refused("it is not written as an amount is", f"Write it as {_example(currency, style)}.")
    if style.locale:
        value = _as_stated(written, style)
        if value is None or value != readings.get(style.mark):
            return Refused(
                f"it is no number as written in {style.locale}",
                f"State the number format that the file has, such as {EXAMPLES}, or correct the cell.",
            )
    elif len(set(readings.values())) == 1:
        value = next(iter(readings.values()))
    else:
        doubt = _doubt(written, readings, currency, style)
        if doubt is not None:
            return doubt
        value = readings[style.mark]
    return _in_minor_units(value, currency, "Round it, or state another number format if this is a thousand mark.")


def _doubt(written: _Written, readings: dict[str, Decimal], currency: str, style: Style) -> Refused | None:
    """Say why an amount with two meanings is not read although its column may prove a mark; None where it is."""
    if style.mark not in readings:
        why, more = style.why, ""
    elif style.fraction and style.mark in written.digits and minor_digits(currency) != _THOUSAND:
        why = f"three digits stand after the {_name(style.mark)} here, and not in {style.fraction}"
        more = " Or correct the cell."
    else:
        return None
    ways = " or ".join(f"{value} ({_HOMES[mark]})" for mark, value in readings.items())
    codes = " or ".join(f'"{_HOMES[mark].rpartition(" ")[2]}"' for mark in readings)
    return Refused(f"it can mean {ways}; {why}", f"State the number format of the file: {codes}.{more}")


_THOUSAND: Final = 3
"""Digits of a group of thousands. So many after a mark that elsewhere parts cents may be either."""

_HOMES: Final = {POINT: "as written in en", COMMA: "as written in de"}


_FREE: Final = {FREE, "free of charge", "no charge", "kostenlos", "kostenfrei", "gratis", "gratuit", "gratuito"}


def _in_minor_units(value: Decimal, currency: str, remedy: str) -> int | Refused:
    digits = minor_digits(currency)
    minor = value.scaleb(digits)
    if minor == 0:
        return Refused(
            "zero is no price", f'Write "{FREE}" if it costs nothing, and nothing where the price is not known.'
        )
    if minor > LARGEST:
        return Refused("the amount is too large to be a price", "Correct it, or state another number format.")
    if minor != minor.to_integral_value():
        has = f"{digits} digits after the decimal mark" if digits else "no digits after the decimal mark"
        return Refused(f"{value} is finer than {currency}, which has {has}", remedy)
    return int(minor)


def _example(currency: str, style: Style) -> str:
    digits = minor_digits(currency)
    mark = style.mark or POINT
    return f"1299{mark}{'50'.ljust(digits, '0')[:digits]}" if digits else "1299"


def _name(mark: str) -> str:
    return "comma" if mark == COMMA else "point"


# --- what stands around the digits

_LONGEST: Final = 60
_SPACES: Final = re.compile(r"\s")  # every kind of blank, the unbreakable and the thin ones among them
_APOSTROPHES: Final = re.compile("['\u2019\u02bc\u00b4`]")
_MINUS: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_DASH_END: Final = re.compile(rf"([.,])[{_MINUS}]{{1,2}}$")
_AMOUNT: Final = re.compile(r"([^0-9]*?) ?([0-9](?:[0-9., \u2019]*[0-9])?) ?([^0-9]*)", re.ASCII)


def _written(text: str, currency: str) -> _Written | Refused:
    """Part an amount from its currency; refuse what is below zero, a share, or in another currency."""
    if text.lstrip().startswith("="):
        return Refused(
            "the cell holds a formula as text, and its result is not in the file",
            "Put the price itself in the cell: a number, without a link or formula.",
        )
    if len(text) > _LONGEST:
        return Refused("it is no amount", "Write digits, with one decimal mark and the currency at most.")
    plain = _APOSTROPHES.sub("\u2019", _SPACES.sub(" ", text.strip()))
    if not plain:
        return Refused("there is no amount", "Fill it in, or leave the row out.")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return Refused("it is no amount", "Write digits, with one decimal mark and the currency at most.")
    before, digits, after = (part.strip() for part in found.groups())
    dashed = ""
    ending = _DASH_END.match(after[:3].split(" ")[0]) if after else None
    if ending is not None:
        dashed, after = ending[1], after[ending.end() :].strip()
    trouble = _around(before, after, currency)
    return trouble or _Written(digits, dashed)


def _around(before: str, after: str, currency: str) -> Refused | None:
    """Say what is wrong with the words beside an amount; None where they are the book's currency or none."""
    around = f"{before} {after}"
    if "%" in around:
        return Refused("it is a share in per cent and no amount", "Fill in the price itself.")
    if any(letter in around for letter in _MINUS) or (before.startswith("(") and after.endswith(")")):
        return Refused("the amount is negative", "A price is more than zero; leave credits out.")
    for name in filter(None, (before, after)):
        codes = codes_of(name)
        if not codes:
            return Refused(f'"{name[:30]}" beside it is no currency', "Write the amount alone, or with its currency.")
        if currency not in codes:
            meant = " or ".join(most_used(codes)[:3])
            return Refused(f"it is in {meant} and the book in {currency}", "A price book has one currency.")
    return None


# --- what the digits can mean

_GROUPED: Final = {
    POINT: re.compile(
        r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:([, \u2019])[0-9]{3})(?:\1[0-9]{3})*|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})"
        r"(?:\.[0-9]+)?"
    ),
    COMMA: re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:([. \u2019])[0-9]{3})(?:\1[0-9]{3})*)(?:,[0-9]+)?"),
}
"""A decimal mark stands once and last; thousands are parted in one way, in groups of three or as in India."""


def _readings(written: _Written) -> dict[str, Decimal]:
    """Return what the digits mean by each decimal mark under which they mean anything."""
    found = {}
    for mark, form in _GROUPED.items():
        contradicted = bool(written.dashed) and (written.dashed != mark or mark in written.digits)
        if form.fullmatch(written.digits) and not contradicted:
            whole, _, fraction = written.digits.partition(mark)
            bare = re.sub(r"[^0-9]", "", whole)
            found[mark] = Decimal(f"{bare}.{fraction}" if fraction else bare)
    return found


def _as_stated(written: _Written, style: Style) -> Decimal | None:
    """Return the number as Babel's strict reading has it; blanks and apostrophes count as the locale's own groups."""
    from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal  # noqa: PLC0415

    group = get_group_symbol(style.locale)
    digits = written.digits
    if group not in digits:
        digits = re.sub("[ \u2019]", group, digits)
    if group == "\u2019" or _SPACES.fullmatch(group):
        digits = re.sub("[ \u2019]", group, digits)
    try:
        return parse_decimal(digits, style.locale, strict=True)
    except NumberFormatError:
        return None


__all__ = ["COMMA", "FREE", "POINT", "Refused", "Style", "amount_of", "found_style", "is_currency", "stated_style"]
