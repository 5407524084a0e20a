"""What formulas may do beyond arithmetic: unknown stays unknown, absent does not apply, empty does not count."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.graph.tables import (
    among,
    convert,
    greatest_over,
    index_of_least,
    intensity_of,
    least_over,
    level_of,
    matches,
    nth_of,
    placed,
    spare,
    total_over,
    upstream_of,
    when,
)
from steelyard.units import Array, Flow, FlowPerHour, Hour, Second

NAN, INF = math.nan, math.inf


def rows(*numbers: float) -> Array:
    return np.array(numbers, dtype=np.float64)


def column(*numbers: float) -> Array:
    return rows(*numbers)[:, None]


def test_that_an_unknown_margin_chooses_nothing() -> None:
    chosen = when(rows(1, 0, -1, NAN), rows(10), rows(20))
    np.testing.assert_array_equal(chosen, rows(10, 10, 20, NAN))


def test_that_what_is_not_chosen_may_be_unknown() -> None:
    np.testing.assert_array_equal(when(rows(1, -1), rows(NAN, NAN), rows(2, 2)), rows(NAN, 2))


def test_that_codes_match_or_not_or_cannot_tell_or_do_not_apply() -> None:
    np.testing.assert_array_equal(matches(rows(3, 3, NAN, INF, NAN), rows(3, 4, 3, 3, INF)), rows(0, -1, NAN, INF, INF))


def test_that_a_code_is_among_a_set_or_not() -> None:
    allowed = 2.0**1 + 2.0**5
    np.testing.assert_array_equal(
        among(rows(1, 5, 0, 4, NAN, INF, 1, 1), rows(*[allowed] * 6, NAN, INF)), rows(0, 0, -1, -1, NAN, INF, NAN, INF)
    )


@given(st.sets(st.integers(0, 50)), st.integers(0, 50))
def test_that_sets_of_codes_behave_as_sets(codes: set[int], code: int) -> None:
    mask = float(sum(2**each for each in codes))
    assert (among(rows(code), rows(mask))[0] == 0) == (code in codes)


def test_that_room_is_spare_only_where_something_is_wanted() -> None:
    left = spare(rows(450, 267, NAN, NAN, INF, 5), rows(304, 304, 304, 0, 2, NAN))
    np.testing.assert_array_equal(left, rows(146, -37, NAN, INF, INF, NAN))


def test_that_units_convert_by_their_size() -> None:
    assert convert(rows(3600), FlowPerHour, Flow)[0] == 1.0
    assert convert(rows(2), Hour, Second)[0] == 7200.0


def test_that_two_equal_sources_are_three_decibels_louder() -> None:
    total = level_of(intensity_of(rows(40)) + intensity_of(rows(40)))[0]
    assert total == pytest.approx(40 + 10 * math.log10(2))


FILLED = column(1, 0, 1)


def test_that_folds_skip_what_is_empty_even_when_it_is_unknown() -> None:
    values = column(3, NAN, 5)
    assert total_over(FILLED, values)[0] == 8
    assert greatest_over(FILLED, values)[0] == 5
    assert least_over(FILLED, values)[0] == 3
    np.testing.assert_array_equal(upstream_of(FILLED, values)[:, 0], rows(0, 3, 3))


def test_that_folds_do_not_skip_what_is_unknown() -> None:
    values = column(3, 4, NAN)
    assert np.isnan(total_over(FILLED, values)[0])
    assert np.isnan(greatest_over(FILLED, values)[0])
    assert np.isnan(least_over(FILLED, values)[0])
    assert np.isnan(total_over(column(1, NAN), column(1, 1))[0])


def test_that_folds_over_nothing_are_neutral() -> None:
    nothing = column(0, 0)
    assert total_over(nothing, column(1, 2))[0] == 0
    assert greatest_over(nothing, column(1, 2))[0] == -INF
    assert least_over(nothing, column(1, 2))[0] == INF


def test_that_the_first_of_equal_least_is_found() -> None:
    assert index_of_least(column(0, 1, 1, 1), column(0, 2, 1, 1))[0] == 2
    assert np.isnan(index_of_least(column(0, 0), column(1, 2))[0])
    assert np.isnan(index_of_least(column(1, 1), column(1, NAN))[0])


@given(st.lists(st.tuples(st.booleans(), st.floats(-1e6, 1e6)), min_size=1, max_size=6))
def test_that_empty_positions_never_move_a_bit(cells: list[tuple[bool, float]]) -> None:
    presence, values = column(*(filled for filled, _ in cells)), column(*(value for _, value in cells))
    longer = np.vstack([presence, np.zeros((2, 1))]), np.vstack([values, np.full((2, 1), NAN)])
    for fold in (total_over, greatest_over, least_over):
        assert fold(presence, values).tobytes() == fold(*longer).tobytes()
    assert upstream_of(presence, values).tobytes() == upstream_of(*longer)[: len(cells)].tobytes()


# --- cards in slots

SEVEN = np.ones((7, 1)), column(1, 2, 3, 4, 5, 6, 7)


def places(thickness: float, last: float, count: float) -> list[int]:
    found = placed(*SEVEN, rows(thickness), rows(last), rows(count))[:, 0]
    return [number + 1 for number, held in enumerate(found) if held]


def test_that_cards_stand_apart_while_there_is_room() -> None:
    assert places(2, 8, 1) == [1]
    assert places(2, 8, 2) == [1, 5]
    assert places(2, 8, 3) == [1, 4, 7]
    assert places(2, 8, 4) == [1, 3, 5, 7]


def test_that_the_last_card_must_end_inside_the_case() -> None:
    assert places(2, 7, 4) == [1, 3, 5]
    assert places(3, 8, 4) == [1, 4]


def test_that_unknown_slots_or_thickness_place_nothing_knowingly() -> None:
    unsure = np.ones((7, 1))
    unsure[3] = NAN
    assert np.isnan(placed(unsure, SEVEN[1], rows(2), rows(8), rows(2))).all()
    assert np.isnan(placed(*SEVEN, rows(NAN), rows(8), rows(2))).all()


def test_that_the_nth_place_is_found_and_too_many_are_unknown() -> None:
    held = placed(*SEVEN, rows(2), rows(8), rows(2))
    np.testing.assert_array_equal(nth_of(held, SEVEN[1], column(0, 1, 2))[:, 0], rows(1, 5, NAN))
