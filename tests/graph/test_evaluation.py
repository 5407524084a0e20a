"""Verdicts, the worst position, explanations down to the data, and ranges."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from steelyard.graph.draws import DRAWS, drawn, latin_hypercube, percentiles
from steelyard.graph.evaluation import verdict_of
from steelyard.graph.explain import Explanation, Origin
from steelyard.graph.model import Model
from steelyard.graph.quantity import BLOCK, quantity, rule, settled
from steelyard.graph.tables import total_over
from steelyard.units import Array, Celsius, Kelvin, KelvinPerWatt, PerCard, PerSlot, Present, Ratio, Watt

ModelFrom = Callable[..., Model]


@rule("TST-002", "Cool", BLOCK, source="test", remedy="more air", otherwise="Too hot")
def card_margin(limit: Celsius, card_temperature: PerCard[Celsius]) -> PerCard[Kelvin]:
    """The worst filled position decides."""
    return limit - card_temperature


@pytest.fixture
def hot(model_from: ModelFrom) -> Model:
    @quantity("Cards", source="test")
    def cards(card_count: Ratio, card_index: PerCard[Ratio]) -> PerCard[Present]:
        """One where there is a card."""
        return np.clip(card_count - card_index, 0, 1)

    return model_from(
        cards,
        card_margin,
        limit=Celsius,
        card_temperature=PerCard[Celsius],
        card_count=Ratio,
        card_index=PerCard[Ratio],
    )


def margin(hot: Model, temperatures: list[float], count: float, want: list[str] | None = None) -> float:
    values = {
        "limit": np.array([90.0]),
        "card_temperature": np.array(temperatures)[:, None],
        "card_count": np.array([count]),
        "card_index": np.arange(float(len(temperatures)))[:, None],
    }
    return float(hot.evaluate(values, want).margin("TST-002")[0])


def test_that_a_verdict_is_never_a_guess() -> None:
    assert [verdict_of(each) for each in (1.0, 0.0, math.inf, -1e-9, math.nan)] == [
        "holds", "holds", "holds", "broken", "unknown",
    ]  # fmt: skip


def test_that_the_worst_filled_position_decides(hot: Model) -> None:
    assert margin(hot, [80.0, 95.0, 70.0], 3) == -5.0
    assert margin(hot, [80.0, 95.0, 70.0], 1) == 10.0


def test_that_an_empty_position_says_nothing(hot: Model) -> None:
    assert margin(hot, [80.0, math.nan], 1) == 10.0
    assert margin(hot, [math.nan, math.nan], 0) == math.inf


def test_that_an_unknown_position_is_no_pass_and_a_broken_one_stays_broken(hot: Model) -> None:
    assert math.isnan(margin(hot, [80.0, math.nan], 2))
    assert margin(hot, [95.0, math.nan], 2) == -5.0


def test_that_a_margin_asked_for_alone_knows_which_positions_are_filled(hot: Model) -> None:
    assert margin(hot, [80.0, 95.0], 1, want=["card_margin"]) == 10.0


def test_that_the_worst_row_is_broken_before_unknown_before_tight(hot: Model) -> None:
    temperatures = np.array([[70.0, 80.0, np.nan, 95.0, 99.0]])
    values = {"limit": np.array([90.0]), "card_temperature": temperatures, "cards": np.ones((1, 1))}
    assert hot.evaluate(values).worst("TST-002")[1:] == ("broken", -9.0, 4)
    values["card_temperature"] = temperatures[:, :3]
    assert hot.evaluate(values).worst("TST-002").verdict == "unknown"
    values["card_temperature"] = temperatures[:, :2]
    assert hot.evaluate(values).worst("TST-002")[1:] == ("holds", 10.0, 1)


# --- explanations


@settled("Temperature", start="room", within=1e-9, source="book")
def temperature(room: Celsius, resistance: KelvinPerWatt, power: Watt) -> Celsius:
    """Above the room by resistance times power."""
    return room + resistance * power


@quantity("Power", source="book")
def power(base: Watt, share: Ratio, temperature: Celsius, room: Celsius, rise: Kelvin) -> Watt:
    """Grows with the rise."""
    return base * (1 + share * (temperature - room) / rise)


@quantity("Heat", source="book")
def heat(power: Watt) -> Watt:
    """All of it."""
    return power


@pytest.fixture
def warm(model_from: ModelFrom) -> Model:
    return model_from(
        temperature, power, heat, room=Celsius, resistance=KelvinPerWatt, base=Watt, share=Ratio, rise=Kelvin
    )


WARM = {"room": 20.0, "resistance": 0.2, "base": 200.0, "share": 0.1, "rise": 10.0}


def test_that_an_explanation_is_bit_equal_to_the_value_and_ends_in_data(warm: Model) -> None:
    evaluation = warm.evaluate(
        {name: np.array([value]) for name, value in WARM.items()},
        origins=lambda name, _row, _position: Origin(f"source of {name}", "maker", "p. 2"),
    )
    tree = evaluation.explain("heat")
    for entry in _entries(tree):
        if entry.name != "temperature":
            assert entry.value == evaluation.at(entry.name, 0)
    leaves = [entry for entry in _entries(tree) if not entry.because and entry.name in WARM]
    assert {entry.name for entry in leaves} == set(WARM) - {"resistance"}, "the tree stops at the guess"
    assert all(entry.source == f"source of {entry.name}" and entry.tier == "maker" for entry in leaves)
    assert tree.formula == "power"
    assert tree.because[0].formula == "base × (1 + share × (temperature − room) / rise)"


def test_that_inside_a_loop_the_guess_stands_with_its_residual(warm: Model) -> None:
    evaluation = warm.evaluate({name: np.array([value]) for name, value in WARM.items()})
    told = evaluation.explain("power")
    guess = next(entry for entry in told.because if entry.name == "temperature")
    assert "last guess" in guess.note
    assert not guess.because
    again = power(*(np.array([number]) for number in (200.0, 0.1, guess.value, 20.0, 10.0)))
    assert again[0] == told.value


def _entries(tree: Explanation) -> Iterator[Explanation]:
    yield tree
    for cause in tree.because:
        yield from _entries(cause)


# --- ranges


def test_that_each_number_has_every_stratum_once_in_its_own_order() -> None:
    one, other = latin_hypercube("leakage"), latin_hypercube("starvation")
    assert one.shape == (DRAWS,)
    assert (np.sort(one) == np.sort(other)).all()
    assert not (one == other).all()
    assert one.tobytes() == latin_hypercube("leakage").tobytes()
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.25


def test_that_the_percentiles_of_a_single_number_are_its_low_and_high() -> None:
    for value, low, high in ((10.0, 8.0, 13.0), (0.5, 0.4, 0.9), (-3.0, -5.0, 1.0)):
        found = drawn(*(np.array(number) for number in (value, low, high)), latin_hypercube("a number"))
        lowest, highest = percentiles(found)
        assert lowest == pytest.approx(low, rel=0.02)
        assert highest == pytest.approx(high, rel=0.02)
        assert np.median(found) == pytest.approx(value, rel=0.02)


def test_that_no_draw_of_a_positive_number_turns_negative() -> None:
    assert (drawn(np.array(1.0), np.array(0.01), np.array(30.0), latin_hypercube("a number")) > 0).all()


def test_that_what_is_unknown_in_many_draws_has_no_range() -> None:
    draws: Array = np.ones((2, DRAWS))
    draws[1, ::8] = np.nan
    low, high = percentiles(draws)
    assert low[0] == high[0] == 1.0
    assert np.isnan([low[1], high[1]]).all()


def test_that_an_explanation_over_slots_names_the_filled_ones_alone(model_from: ModelFrom) -> None:
    @quantity("All lanes", source="book")
    def all_lanes(board_slots: PerSlot[Present], board_slot_lanes: PerSlot[Ratio]) -> Ratio:
        """Each slot has its own."""
        return total_over(board_slots, board_slot_lanes)

    model = model_from(all_lanes, board_slots=PerSlot[Present], board_slot_lanes=PerSlot[Ratio])
    slots = {"board_slots": [[1.0], [1.0], [0.0]], "board_slot_lanes": [[16.0], [8.0], [0.0]]}
    tree = model.evaluate({name: np.array(values) for name, values in slots.items()}).explain("all_lanes")
    assert tree.numbers == "total of (16, 8) over (1, 1)"


def test_that_a_draw_that_is_unknown_widens_a_range_and_does_not_delete_it() -> None:
    values = np.arange(DRAWS, dtype=np.float64)
    values[[3, 100, 250]] = np.nan
    known = np.sort(values[~np.isnan(values)])
    low, high = percentiles(values)
    assert low == known[round(0.1 * (DRAWS - 1)) - 3], "as if all three were below"
    assert high == known[round(0.9 * (DRAWS - 1))], "as if all three were above"
    values[: round(0.2 * DRAWS)] = np.nan
    assert np.isnan(percentiles(values)).all(), "an end could be any of the unknown ones"
    assert np.isnan(percentiles(np.full(DRAWS, np.nan))).all()
