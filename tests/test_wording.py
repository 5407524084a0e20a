"""Words around numbers read as English."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.errors import did_you_mean
from steelyard.wording import COMMA, counted, decimal_marks, measured, money, short, short_span, span


@pytest.mark.parametrize(
    ("count", "word", "words"),
    [(1, "entry", "1 entry"), (2, "entry", "2 entries"), (0, "day", "0 days"), (1_200, "part", "1,200 parts")],
)
def test_that_what_is_counted_reads_as_english(count: int, word: str, words: str) -> None:
    assert counted(count, word) == words


def test_that_large_numbers_are_short_where_there_is_little_room():
    assert [short(value) for value in (999_999, 1e6, 1.69e8, 46_191_911_650, 2.7e12)] == [
        "999,999",
        "1\u00a0M",
        "169\u00a0M",
        "46.2\u00a0bn",
        "2.7\u00a0tn",
    ]
    assert short(float("nan")) == "?"
    assert short(float("inf")) == "no limit"
    assert short_span(6_478_367, 3.2e9) == "6.48\u00a0M\u00a0–\u00a03.2\u00a0bn"


def test_that_the_same_words_in_another_order_are_meant() -> None:
    known = ("gpu/nvidia/tesla-v100-pcie-32gb", "gpu/nvidia/a100-80gb-pcie")
    assert did_you_mean("gpu/nvidia/a100-pcie-80gb", known) == ' Did you mean "gpu/nvidia/a100-80gb-pcie"?'


def test_that_a_decimal_comma_parts_thousands_by_a_blank_and_ends_with_its_block():
    with decimal_marks(COMMA):
        assert measured(1847.83, "W", 1) == "1\u00a0847,8\u00a0W"
        assert measured(-0.5, "K") == "\u22120,5\u00a0K"
        assert money(Decimal(123_456_789), "EUR") == "1\u00a0234\u00a0567,89\u00a0EUR"
        assert span(9.9, 12.6) == "9,9\u00a0–\u00a012,6"
        assert counted(1_200, "part") == "1\u00a0200 parts"
    assert measured(1847.83, "W", 1) == "1,847.8\u00a0W"


def test_that_the_marks_come_back_after_trouble():
    with pytest.raises(ValueError, match="trouble"), decimal_marks(COMMA):
        raise ValueError("trouble")
    assert measured(1.5, "m") == "1.5\u00a0m"
