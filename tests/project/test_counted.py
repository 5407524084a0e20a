"""Margins that are counts say what they count, and what is not known is said in a sentence."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.project.counted import counted_room, is_counted, not_known
from steelyard.project.model import model_of

YES_OR_NO = {
    "screen_margin",
    "scratch_drive_margin",
    "case_fan_margin",
    "long_run_ups_margin",
    "gpu_present_margin",
    "operating_system_margin",
}


def test_that_every_count_says_what_it_counts_unless_it_answers_yes_or_no():
    counts = {rule.margin.name for rule in model_of(load_catalog()).rules.values() if rule.margin.unit.symbol == "×"}
    assert {name for name in counts if not is_counted(name)} == YES_OR_NO


@pytest.mark.parametrize(
    ("name", "margin", "words"),
    [
        ("leads_16pin_margin", -1, "short by 1 lead"),
        ("link_width_margin", -8, "short by 8 lanes"),
        ("link_generation_margin", -1, "short by 1 generation"),
        ("m2_socket_margin", 2, "2 sockets to spare"),
        ("screen_margin", -1, ""),
    ],
)
def test_that_a_count_names_what_is_short(name, margin, words):
    assert counted_room(name, margin) == words


@pytest.mark.parametrize(
    ("label", "clause"),
    [
        ("Case: card height", "the case's card height is not known"),
        ("GPU: Length", "the GPU's length is not known"),
        ("Fresh air", '"Fresh air" is not known'),
    ],
)
def test_that_what_is_not_known_is_a_clause(label, clause):
    assert not_known(label) == clause
