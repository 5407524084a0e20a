"""Amounts are read right or refused; none is read wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.core import get_global
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from steelyard.errors import BadInputError
from steelyard.library.prices.amounts import COMMA, Refused, Style, amount_of, found_style, stated_style
from steelyard.library.prices.table import DATE, ERROR, FLAG, NUMBER, UNSAVED, Cell
from steelyard.money import minor_digits

NOTHING = Style("", "", "no row tells which decimal mark is meant")

STATED = [
    # text, number format, currency, minor units or None for refused
    ("1.234,56", "de", "EUR", 123456),
    ("1.234,50", "de", "EUR", 123450),
    ("1.234", "de", "EUR", 123400),
    ("1.234.567,89", "de", "EUR", 123456789),
    ("1234,5", "de", "EUR", 123450),
    ("1.5", "de", "EUR", None),
    ("12.34", "de", "EUR", None),
    ("1,234", "de", "EUR", None),  # finer than a cent
    ("1,234", "de", "KWD", 1234),
    ("1.234,56", "en", "EUR", None),
    ("1,234.56", "en", "USD", 123456),
    ("1,234", "en", "USD", 123400),
    ("1234.5", "en", "USD", 123450),
    ("12,34", "en", "USD", None),
    ("1,23,456.00", "en", "INR", None),
    ("1,23,456.00", "en_IN", "INR", 12345600),
    ("12,34,56,789.50", "en_IN", "INR", 12345678950),
    ("123,456.00", "en_IN", "INR", None),
    ("1 234,56", "fr", "EUR", 123456),
    ("1\N{NO-BREAK SPACE}234,56", "fr", "EUR", 123456),
    ("1\N{NARROW NO-BREAK SPACE}234,56", "fr", "EUR", 123456),
    ("1\N{THIN SPACE}234,56", "fr", "EUR", 123456),
    ("12\N{NO-BREAK SPACE}34,56", "fr", "EUR", None),
    ("1'234.50", "de_CH", "CHF", 123450),
    ("1\N{RIGHT SINGLE QUOTATION MARK}234.50", "de-CH", "CHF", 123450),
    ("1.234,50", "de_CH", "CHF", None),
    ("1\N{NO-BREAK SPACE}234,50", "sv", "SEK", 123450),
    ("1.234,50", "pt_BR", "BRL", 123450),
    ("1299.-", "de_CH", "CHF", 129900),
    ("1'299.\N{EN DASH}", "de_CH", "CHF", 129900),
    ("1.299,-", "de", "EUR", 129900),
]


@pytest.mark.parametrize(("text", "numbers", "currency", "minor"), STATED)
def test_that_an_amount_in_a_stated_number_format_is_right_or_refused(
    text: str, numbers: str, currency: str, minor: int | None
) -> None:
    found = amount_of(Cell(text), currency, stated_style(numbers))
    if minor is None:
        assert isinstance(found, Refused)
        assert found.reason
        assert found.suggestion
    else:
        assert found == minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1.234,56", "EUR", 123456),
        ("1,234.56", "USD", 123456),
        ("12,50", "EUR", 1250),
        ("12.5", "EUR", 1250),
        ("1234", "EUR", 123400),
        ("1,234,567", "USD", 123456700),
        ("1,23,456.00", "INR", 12345600),
        ("1,23,456", "INR", 12345600),
        ("1 234", "EUR", 123400),
        ("1'234", "CHF", 123400),
        ("0,50", "EUR", 50),
        ("€ 1.234,56", "EUR", 123456),
        ("1.234,56\N{NO-BREAK SPACE}€", "EUR", 123456),
        ("EUR 99.90", "EUR", 9990),
        ("99.90 eur", "EUR", 9990),
        ("$1,299.00 USD", "USD", 129900),
        ("US $ 1,299.00", "USD", 129900),
        ("CHF 120.\N{EN DASH}", "CHF", 12000),
        ("1.299,- €", "EUR", 129900),
        ("Fr. 1'299.50", "CHF", 129950),
        ("free", "EUR", 0),
        ("Kostenlos", "EUR", 0),
        ("12.500 kr", "SEK", None),  # 12 500 or 12.5
        ("¥129,800", "JPY", None),  # a yen has no parts, but who says that the file knows
        ("129800円", "JPY", 129800),
        ("12.3456", "KWD", None),
        ("45.125", "KWD", None),
        ("0,1234", "EUR", None),
        ("1,234", "USD", None),
        ("1.234", "USD", None),
    ],
)
def test_that_an_amount_alone_is_right_or_refused(text: str, currency: str, minor: int | None) -> None:
    found = amount_of(Cell(text), currency, NOTHING)
    assert found == minor if minor is not None else isinstance(found, Refused)


def test_that_an_ambiguous_amount_is_refused_with_both_readings_and_how_to_state_which() -> None:
    found = amount_of(Cell("1,234"), "USD", NOTHING)
    assert isinstance(found, Refused)
    assert "1234 (as written in en) or 1.234 (as written in de)" in found.reason
    assert found.suggestion == 'State the number format of the file: "en" or "de".'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no amount"),
        ("  ", "there is no amount"),
        ("-5.00", "negative"),
        ("\N{MINUS SIGN}5.00", "negative"),
        ("5.00-", "negative"),
        ("(5.00)", "negative"),
        ("0", "zero is no price"),
        ("0,00 €", "zero is no price"),
        ("12 %", "per cent"),
        ("19.999", "it can mean"),
        ("19.9999", "finer than EUR"),
        ("1e5", "it is no amount"),
        ("1_000", "it is no amount"),
        ("NaN", "it is no amount"),
        ("inf", "it is no amount"),
        ("auf Anfrage", "it is no amount"),
        ("ca. 500", "no currency"),
        ("from 500", "no currency"),
        ("500/pc", "no currency"),
        ("12€50", "it is no amount"),
        ("$12.50", "it is in"),
        ("12.50 USD", "it is in USD and the book in EUR"),
        ("1,2,3", "not written as an amount"),
        ("1.23.4", "not written as an amount"),
        ("$ 599.00", "it is in USD or "),
        ('=HYPERLINK("https://shop.example/an/article/with/a/long/name","599.00")', "holds a formula as text"),
        ("007", "not written as an amount"),
        ("1.234,567,8", "not written as an amount"),
        ("\N{ARABIC-INDIC DIGIT FOUR}\N{ARABIC-INDIC DIGIT TWO}", "it is no amount"),
        ("9" * 30, "too large"),
    ],
)
def test_that_what_is_no_price_is_refused_and_says_why(text: str, says: str) -> None:
    found = amount_of(Cell(text), "EUR", NOTHING)
    assert isinstance(found, Refused)
    assert says in found.reason


def test_that_one_cell_proves_the_decimal_mark_of_its_column() -> None:
    column = [(2, Cell("1.234")), (3, Cell("1.234,56")), (4, Cell("99"))]
    style = found_style(column, "EUR")
    assert style.mark == COMMA
    assert '"1.234,56" in row 3' in style.why
    assert amount_of(Cell("1.234"), "EUR", style) == 123400


@pytest.mark.parametrize(
    ("others", "text", "currency", "minor"),
    [
        (["799.90"], "4.600", "EUR", None),  # a thousand mark that was left in, or a third digit
        (["1,299.-"], "4.600", "EUR", None),
        (["799,90"], "4,600", "EUR", None),
        (["799,90"], "4.600", "EUR", 460000),
        (["12,345.600"], "4.600", "EUR", 460),
        (["799.90", "12,345.600"], "4.600", "EUR", None),
        (["12.50"], "4.600", "KWD", 4600),
    ],
)
def test_that_three_digits_after_the_mark_are_no_cents_where_the_column_has_two(
    others: list[str], text: str, currency: str, minor: int | None
) -> None:
    style = found_style([(row, Cell(other)) for row, other in enumerate(others, 2)], currency)
    found = amount_of(Cell(text), currency, style)
    if minor is not None:
        assert found == minor
        return
    assert isinstance(found, Refused)
    assert found.reason.startswith("it can mean ")
    assert f'"{others[0]}" in row 2' in found.reason


def test_that_a_column_that_contradicts_itself_proves_nothing() -> None:
    style = found_style([(2, Cell("12,50")), (3, Cell("12.50")), (4, Cell("1.234"))], "EUR")
    assert style.mark == ""
    assert "row 2" in style.why
    assert "row 3" in style.why
    assert isinstance(amount_of(Cell("1.234"), "EUR", style), Refused)
    assert amount_of(Cell("12,50"), "EUR", style) == 1250


def test_that_a_cell_in_another_currency_proves_nothing() -> None:
    assert found_style([(2, Cell("1.234,56 USD"))], "EUR").mark == ""


@pytest.mark.parametrize(
    ("cell", "currency", "minor"),
    [
        (Cell("1299.5", NUMBER), "EUR", 129950),
        (Cell("1.234", NUMBER), "KWD", 1234),
        (Cell("1.234", NUMBER), "EUR", None),
        (Cell("0.30000000000000004", NUMBER), "EUR", None),
        (Cell("1299.5", NUMBER), "JPY", None),
        (Cell("1299", NUMBER), "JPY", 1299),
        (Cell("-3", NUMBER), "EUR", None),
        (Cell("0", NUMBER), "EUR", None),
        (Cell("100000000000000000", NUMBER), "EUR", None),
        (Cell("2026-11-21", DATE), "EUR", None),
        (Cell("TRUE", FLAG), "EUR", None),
        (Cell("#DIV/0!", ERROR), "EUR", None),
        (Cell("", UNSAVED), "EUR", None),
    ],
)
def test_that_a_number_of_a_sheet_is_taken_exactly_or_refused(cell: Cell, currency: str, minor: int | None) -> None:
    found = amount_of(cell, currency, NOTHING)
    assert found == minor if minor is not None else isinstance(found, Refused)


@pytest.mark.parametrize("numbers", ["xx_YY", "", "german", "de_", "../de"])
def test_that_a_number_format_that_is_none_is_refused(numbers: str) -> None:
    with pytest.raises(BadInputError, match="is no number format"):
        stated_style(numbers)


LOCALES = ["en", "de", "fr", "de_CH", "en_IN", "it", "sv", "nb", "pl", "pt_BR", "ja", "es", "nl", "da", "tr", "en_ZA"]
CURRENCIES = ["USD", "EUR", "JPY", "KWD"]


@given(minor=st.integers(1, 10**12), locale=st.sampled_from(LOCALES), currency=st.sampled_from(CURRENCIES))
def test_that_what_a_locale_writes_is_read_back_and_never_as_something_else(
    minor: int, locale: str, currency: str
) -> None:
    value = Decimal(minor).scaleb(-minor_digits(currency))
    text = format_decimal(value, locale=locale, decimal_quantization=False)
    assert amount_of(Cell(text), currency, stated_style(locale)) == minor
    alone = amount_of(Cell(text), currency, NOTHING)
    assert alone == minor or isinstance(alone, Refused)


@given(text=st.text("0123456789.,' \N{NO-BREAK SPACE}-€$%eE()", max_size=12), locale=st.sampled_from(LOCALES))
def test_that_no_text_is_read_as_two_amounts(text: str, locale: str) -> None:
    stated, alone = (amount_of(Cell(text), "EUR", style) for style in (stated_style(locale), NOTHING))
    if isinstance(stated, int) and isinstance(alone, int):
        assert stated == alone


def test_that_no_currency_has_fewer_digits_here_than_people_write() -> None:
    """CLDR says what is written; ISO 4217, which is meant here, gives some currencies digits that nobody writes."""
    written = get_global("currency_fractions")
    for code in get_global("all_currencies"):
        assert minor_digits(code) >= written.get(code, written["DEFAULT"])[0], code
    assert [minor_digits(code) for code in ("USD", "JPY", "KWD", "IQD", "XOF", "CLF")] == [2, 0, 3, 3, 0, 4]
