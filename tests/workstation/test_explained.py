"""Explanations of what is read at several places: all of the places that were read, not one of them or their number."""

from __future__ import annotations

from typing import Final

import numpy as np
import pytest

from steelyard.graph.evaluation import Evaluation
from steelyard.graph.explain import Explanation, Origin
from steelyard.graph.model import Model

SLOTS: Final = {"board_slots": [1, 1, 1], "board_slot_position": [1, 3, 5], "card_slots": [1, 0, 1]}


@pytest.fixture
def seated(model: Model) -> Evaluation:
    """Two cards of two places each, in the first and the last of three slots."""
    values = {name: np.array(slots, dtype=np.float64)[:, None] for name, slots in SLOTS.items()}
    values["card_index"] = np.array([[0.0], [1.0]])
    values.update(gpu_count=np.array([2.0]), gpu_thickness=np.array([2.0]))
    return model.evaluate(
        values, want=["card_gap", "board_slots"], origins=lambda *_: Origin("a table", text="3 slots")
    )


def _cause(tree: Explanation, name: str) -> Explanation:
    return next(cause for cause in tree.because if cause.name == name)


def test_that_the_gap_below_a_card_lists_the_slots_that_were_searched(seated: Evaluation) -> None:
    told = seated.explain("card_gap", 0, 1)
    assert told.value == 2
    assert "(1, 3, 5) at place (2 − 1) of (1, 0, 1)" in told.numbers
    slots = _cause(told, "board_slot_position")
    assert (slots.label, slots.text, slots.position) == ("Board: slot number", "(1, 3, 5)", None)
    assert _cause(told, "card_slots").text == "(1, 0, 1)"


def test_that_what_is_read_at_one_place_shows_its_own_value(seated: Evaluation) -> None:
    index = _cause(seated.explain("card_gap", 0, 1), "card_index")
    assert (index.value, index.text, index.position) == (1, "", 1)


def test_that_the_lowest_card_has_no_end_of_room_below_it(seated: Evaluation) -> None:
    assert seated.at("card_gap", 0, 0) == np.inf
