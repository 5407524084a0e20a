"""Coupled quantities settle to the closed form, say when they do not, and never mix rows, positions or the unknown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from steelyard.graph.model import Model
from steelyard.graph.quantity import quantity, settled
from steelyard.graph.tables import upstream_of
from steelyard.units import Array, Celsius, Kelvin, KelvinPerWatt, PerCard, PerKelvin, Present, Ratio, Watt

ModelFrom = Callable[..., Model]
REFERENCE = Path(__file__).parents[3] / "shared" / "data" / "reference" / "rc_reference_analytic.json"


@settled("Temperature", start="room", within=1e-10, source="test")
def temperature(room: Celsius, resistance: KelvinPerWatt, dynamic: Watt, leakage: Watt) -> Celsius:
    """Above the room by resistance times power."""
    return room + resistance * (dynamic + leakage)


@quantity("Leakage", source="test")
def leakage(leakage_at: Watt, slope: PerKelvin, temperature: Celsius, reference: Celsius) -> Watt:
    """Grows exponentially with temperature."""
    return leakage_at * np.exp(slope * (temperature - reference))


@pytest.fixture
def silicon(model_from: ModelFrom) -> Model:
    return model_from(
        temperature, leakage, room=Celsius, resistance=KelvinPerWatt, dynamic=Watt, leakage_at=Watt, slope=PerKelvin,
        reference=Celsius,
    )  # fmt: skip


LEAKY = {"room": 30.0, "resistance": 0.14, "dynamic": 380.0, "leakage_at": 40.0, "slope": 0.015, "reference": 60.0}
STABLE, RUNAWAY_RESISTANCE = 92.2893863008656, 0.24202473312555373  # T = A - W0(-kRL exp(k(A - T0)))/k


def rows(**changed: list[float]) -> dict[str, Array]:
    return {name: np.array(changed.get(name, [value])) for name, value in LEAKY.items()}


def test_that_leakage_settles_to_the_closed_form(silicon: Model) -> None:
    evaluation = silicon.evaluate(rows())
    assert evaluation.value("temperature") == pytest.approx([STABLE], abs=1e-8)
    assert evaluation.value("temperature_residual")[0] <= 1e-10


def test_that_the_closed_form_is_that_of_the_reference_data() -> None:
    if not REFERENCE.exists():
        pytest.skip("the reference data are not beside this checkout")
    case = json.loads(REFERENCE.read_text())["A3_leakage_exponential"]
    assert case["T_stable"] == STABLE
    assert case["runaway_R"] == RUNAWAY_RESISTANCE


def test_that_it_settles_just_below_runaway_and_not_above(silicon: Model) -> None:
    resistance = [0.95 * RUNAWAY_RESISTANCE, 1.02 * RUNAWAY_RESISTANCE]
    value = silicon.evaluate(rows(resistance=resistance)).value("temperature")
    assert np.isfinite(value[0])
    assert np.isnan(value[1]), "thermal runaway has no temperature"


def test_that_a_row_that_runs_away_says_so(silicon: Model) -> None:
    told = silicon.evaluate(rows(resistance=[0.5])).explain("leakage")
    guess = next(cause for cause in told.because if cause.name == "temperature")
    assert guess.note.startswith("did not settle")
    assert np.isnan(guess.value)


def test_that_the_reason_of_an_unknown_goes_through_the_loop_to_the_data(silicon: Model) -> None:
    told = silicon.evaluate(rows(dynamic=[np.nan])).explain("leakage")
    guess = next(cause for cause in told.because if cause.name == "temperature")
    assert [cause.name for cause in guess.because if np.isnan(cause.value)] == ["dynamic", "leakage"]


def test_that_a_row_that_runs_away_leaves_the_others_alone(silicon: Model) -> None:
    together = silicon.evaluate(rows(resistance=[0.14, 0.5, 0.1])).value("temperature")
    for place, resistance in ((0, 0.14), (2, 0.1)):
        alone = silicon.evaluate(rows(resistance=[resistance])).value("temperature")
        assert together[place : place + 1].tobytes() == alone.tobytes()


def test_that_an_unknown_input_gives_unknown_and_not_the_first_guess(silicon: Model) -> None:
    for name in LEAKY:
        evaluation = silicon.evaluate(rows(**{name: [np.nan]}))
        assert np.isnan(evaluation.value("temperature")[0]), name
        assert np.isnan(evaluation.value("leakage")[0]), name


def test_that_what_is_unknown_in_a_loop_is_unknown_to_all_of_it(model_from: ModelFrom) -> None:
    """Two coupled guesses: one unknown must not be read as its start by the other."""

    @settled("Left", start="room", within=1e-9, source="test")
    def left(right: Celsius, room: Celsius, rise: Kelvin) -> Celsius:
        """Follows the right."""
        return room + rise + (right - room) / 2

    @settled("Right", start="room", within=1e-9, source="test")
    def right(left: Celsius, room: Celsius) -> Celsius:
        """Follows the left."""
        return room + (left - room) / 2

    model = model_from(left, right, room=Celsius, rise=Kelvin)
    evaluation = model.evaluate({"room": np.array([20.0, 20.0]), "rise": np.array([3.0, np.nan])})
    assert evaluation.value("left")[0] == pytest.approx(24.0)
    assert np.isnan([evaluation.value("left")[1], evaluation.value("right")[1]]).all()


def test_that_equal_rows_settle_once_to_the_same_bits(silicon: Model) -> None:
    few = np.linspace(0.05, 0.2, 7)
    many = silicon.evaluate(rows(resistance=list(np.tile(few, 40)))).value("temperature")
    once = silicon.evaluate(rows(resistance=list(few))).value("temperature")
    assert many.tobytes() == np.tile(once, 40).tobytes()


def test_that_linear_leakage_settles_to_its_closed_form(model_from: ModelFrom) -> None:
    @settled("Warmth", start="room", within=1e-10, source="test")
    def warmth(room: Celsius, resistance: KelvinPerWatt, power: Watt) -> Celsius:
        """Above the room."""
        return room + resistance * power

    @quantity("Power", source="test")
    def power(start_power: Watt, slope: PerKelvin, warmth: Celsius, reference: Celsius) -> Watt:
        """Grows with temperature."""
        return start_power * (1 + slope * (warmth - reference))

    model = model_from(
        warmth, power, room=Celsius, resistance=KelvinPerWatt, start_power=Watt, slope=PerKelvin, reference=Celsius
    )
    given = {"room": 30.0, "resistance": 0.13, "start_power": 450.0, "slope": 1.35 / 450, "reference": 60.0}
    value = model.evaluate({name: np.array([number]) for name, number in given.items()}).value("warmth")
    assert value == pytest.approx([94.56640388114008], abs=1e-8)


# --- several cards in one stream of air


@settled("Card power", start="asked", within=1e-9, source="test")
def card_power(asked: Watt, card_temperature: PerCard[Celsius], slope: PerKelvin, room: Celsius) -> PerCard[Watt]:
    """Grows with temperature."""
    return asked * (1 + slope * (card_temperature - room))


@quantity("Card temperature", source="test")
def card_temperature(
    cards: PerCard[Present], card_power: PerCard[Watt], room: Celsius, preheat: KelvinPerWatt, resistance: KelvinPerWatt
) -> PerCard[Celsius]:
    """Each card meets the heat of those before it."""
    return room + preheat * upstream_of(cards, card_power) + resistance * card_power


@pytest.fixture
def stack(model_from: ModelFrom) -> Model:
    return model_from(
        card_power, card_temperature, cards=PerCard[Present], asked=Watt, slope=PerKelvin, room=Celsius,
        preheat=KelvinPerWatt, resistance=KelvinPerWatt, share=Ratio,
    )  # fmt: skip


def stack_of(*filled: float) -> dict[str, Array]:
    given = {"asked": 300.0, "slope": 0.003, "room": 22.0, "preheat": 0.02, "resistance": 0.12}
    return {"cards": np.array(filled)[:, None], **{name: np.array([number]) for name, number in given.items()}}


def test_that_the_second_card_is_warmer(stack: Model) -> None:
    first, second = stack.evaluate(stack_of(1, 1)).value("card_temperature")[:, 0]
    assert second > first + 5


def test_that_empty_positions_do_not_move_a_bit(stack: Model) -> None:
    two = stack.evaluate(stack_of(1, 1)).value("card_temperature")
    four = stack.evaluate(stack_of(1, 1, 0, 0)).value("card_temperature")
    assert two.tobytes() == four[:2].tobytes()


def test_that_no_card_at_all_settles(stack: Model) -> None:
    assert np.isfinite(stack.evaluate(stack_of(0, 0)).value("card_power_residual")).all()
