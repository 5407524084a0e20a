"""Words around numbers read as English."""

from __future__ import annotations

import pytest

from steelyard.errors import did_you_mean
from steelyard.wording import counted, short, short_span


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
