"""Words around numbers read as English."""

from __future__ import annotations

import pytest

from steelyard.wording import counted


@pytest.mark.parametrize(
    ("count", "word", "words"),
    [(1, "entry", "1 entry"), (2, "entry", "2 entries"), (0, "day", "0 days"), (1_200, "part", "1,200 parts")],
)
def test_that_what_is_counted_reads_as_english(count: int, word: str, words: str) -> None:
    assert counted(count, word) == words
