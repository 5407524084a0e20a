"""Ids and places in files, in words."""

from __future__ import annotations

import pytest

from steelyard.gui.present.measured_on import device_words, where_words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2 x geforce-rtx-3080-10gb", "2 x GeForce RTX 3080 10 GB"),
        ("8 x tesla-v100-sxm2-16gb", "8 x Tesla V100 SXM2 16 GB"),
        ("NVIDIA RTX PRO 6000 Blackwell Max-Q", "NVIDIA RTX PRO 6000 Blackwell Max-Q"),
        ("AMD EPYC 7702 64-Core Processor", "AMD EPYC 7702 64-Core Processor"),
    ],
)
def test_that_ids_of_cards_are_read_as_names_and_names_stay(said, words):
    assert device_words(said) == words


def test_that_a_line_of_a_table_is_called_one():
    assert where_words("lambda_dl_training.csv:452") == "Line 452 of the table lambda_dl_training"
    assert where_words("line 8853, PyTorch 291") == "In line 8853, PyTorch 291"
