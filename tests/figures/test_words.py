"""Numbers are worded one way, and scales end on round numbers."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.figures.scales import along, decade_scale, plain_scale
from steelyard.wording import measured, money, number, pace, share, span, times


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "0"),
        (11.42, "11.4"),
        (9.9, "9.9"),
        (95.0, "95"),
        (1177.3, "1,177"),
        (0.01234, "0.0123"),
        (-5.0, "−5"),
        (-0.0001, "−0.0001"),
        (math.nan, "?"),
        (math.inf, "no limit"),
        (2_500_000.0, "2,500,000"),
    ],
)
def test_that_numbers_read_as_people_write_them(value, words) -> None:
    assert number(value) == words


def test_that_a_rounded_zero_has_no_minus() -> None:
    assert number(-0.2, 0) == "0"


def test_that_a_unit_never_stands_beside_an_unknown() -> None:
    assert measured(math.nan, "W") == "?"
    assert measured(math.inf, "W") == "no limit"
    assert measured(5.0, "W") == "5\u00a0W"
    assert share(0.123) == "12\u00a0%"
    assert times(1.632) == "1.6×"
    assert span(math.nan, 3.0) == ""


def test_that_money_is_exact_to_the_last_minor_unit() -> None:
    assert money(Decimal(2_387_000_01), "USD") == "2,387,000.01\u00a0USD"
    assert money(Decimal(-5), "", 2) == "−0.05"
    assert money(Decimal(1500), "JPY", 0) == "1,500\u00a0JPY"
    assert money(Decimal(9007199254740993), "", 2) == "90,071,992,547,409.93"
    assert money(None) == "?"


@pytest.mark.parametrize(("asked", "letter"), [(40.0, "s"), (1.0, "s"), (6.25 / 3600, "h"), (1e-5, "d"), (0.0, "h")])
def test_that_a_rate_is_told_in_the_pace_that_gives_at_least_one(asked, letter) -> None:
    assert pace(asked).letter == letter


@given(st.lists(st.integers(-(10**9), 10**9).map(lambda whole: whole / 1000), min_size=1, max_size=8))
def test_that_a_plain_scale_holds_its_values_between_two_to_eight_marks(values) -> None:
    scale = plain_scale("x", "y", values)

    assert 2 <= len(scale.ticks) <= 8
    assert scale.low <= min(0.0, *values)
    assert scale.high >= max(values) - 1e-6 * abs(max(values))
    assert all(0.0 <= along(scale, value) <= 1.0 for value in values)


@given(st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=8))
def test_that_a_decade_scale_holds_its_values_and_keeps_their_order(values) -> None:
    scale = decade_scale("x", "y", values)
    places = [along(scale, value) for value in sorted(values)]

    assert scale.low < min(values)
    assert scale.high > max(values)
    assert places == sorted(places)
