"""The planner finds by name what a formula needs, and says clearly what does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest

from steelyard.graph.model import Model
from steelyard.graph.quantity import BLOCK, DeclarationError, quantity, rule, settled
from steelyard.units import Celsius, Kelvin, PerCard, Present, Ratio, Watt

ModelFrom = Callable[..., Model]


@quantity("Load", source="test")
def load(power: Watt, share: Ratio) -> Watt:
    """A share of it."""
    return power * share


@quantity("Twice the load", source="test")
def twice(load: Watt) -> Watt:
    """Both of them."""
    return 2 * load


@quantity("Never wanted", source="test")
def never_wanted(twice: Watt, missing: Watt) -> Watt:
    """Reads what nobody gives."""
    return twice + missing


@rule("TST-001", "There is power to spare", BLOCK, source="test", remedy="{power}", otherwise="Too little")
def load_margin(power: Watt, twice: Watt) -> Watt:
    """What is left."""
    return power - twice


def test_that_what_is_asked_for_is_computed_and_nothing_else(model_from: ModelFrom) -> None:
    model = model_from(load, twice, never_wanted, load_margin, power=Watt, share=Ratio, missing=Watt)
    evaluation = model.evaluate({"power": np.array([100.0, 50.0]), "share": np.array([0.25])}, want=["load_margin"])
    assert evaluation.margin("TST-001").tolist() == [50.0, 25.0]
    assert evaluation.rows == 2
    with pytest.raises(KeyError, match="never_wanted"):
        evaluation.value("never_wanted")


def test_that_a_value_given_for_a_quantity_replaces_its_formula(model_from: ModelFrom) -> None:
    model = model_from(load, twice, power=Watt, share=Ratio)
    evaluation = model.evaluate({"load": np.array([7.0])}, want=["twice"])
    assert evaluation.value("twice").tolist() == [14.0]


def test_that_a_misspelt_argument_is_named_with_the_nearest_name(model_from: ModelFrom) -> None:
    @quantity("Misspelt", source="test")
    def misspelt(powr: Watt) -> Watt:
        """Reads a name that is not there."""
        return powr

    with pytest.raises(DeclarationError, match=re.escape("misspelt reads 'powr'")) as trouble:
        model_from(misspelt, power=Watt)
    assert "did you mean 'power'?" in str(trouble.value)


def test_that_a_misspelt_wish_is_named_with_the_nearest_name(model_from: ModelFrom) -> None:
    model = model_from(load, power=Watt, share=Ratio)
    with pytest.raises(KeyError, match="did you mean 'load'"):
        model.evaluate({"power": np.ones(1), "share": np.ones(1)}, want=["loda"])


def test_that_a_missing_value_is_named(model_from: ModelFrom) -> None:
    model = model_from(load, power=Watt, share=Ratio)
    with pytest.raises(KeyError, match="needs 'share'"):
        model.evaluate({"power": np.ones(1)})


def test_that_producer_and_consumer_must_agree_on_the_unit(model_from: ModelFrom) -> None:
    @quantity("Warmth", source="test")
    def warmth(load: Kelvin) -> Kelvin:
        """Takes watts for kelvins."""
        return load

    with pytest.raises(DeclarationError, match="warmth reads load as K, but it is made as W"):
        model_from(load, warmth, power=Watt, share=Ratio)


def test_that_a_temperature_is_not_a_difference(model_from: ModelFrom) -> None:
    @quantity("Rise", source="test")
    def rise(room: Kelvin) -> Kelvin:
        """Takes a point of the scale for a difference."""
        return room

    with pytest.raises(DeclarationError, match=re.escape("as K, but it is made as °C")):
        model_from(rise, room=Celsius)


def test_that_producer_and_consumer_must_agree_on_the_axes(model_from: ModelFrom) -> None:
    @quantity("All cards as one", source="test")
    def lumped(card_power: Watt) -> Watt:
        """Forgets that there are several."""
        return card_power

    with pytest.raises(DeclarationError, match="as W, but it is made as W per card"):
        model_from(lumped, card_power=PerCard[Watt])


def test_that_a_name_stands_for_one_thing(model_from: ModelFrom) -> None:
    with pytest.raises(DeclarationError, match="'load' is declared twice"):
        model_from(load, power=Watt, share=Ratio, load=Watt)


def test_that_a_rule_has_an_id_of_its_own(model_from: ModelFrom) -> None:
    @rule("TST-001", "Another one", BLOCK, source="test", remedy="none", otherwise="Not this one")
    def another_margin(power: Watt) -> Watt:
        """The same id again."""
        return power

    with pytest.raises(DeclarationError, match="the rule TST-001 is declared twice"):
        model_from(load, twice, load_margin, another_margin, power=Watt, share=Ratio)


def test_that_a_circle_is_refused_unless_someone_guesses_first(model_from: ModelFrom) -> None:
    @quantity("Hen", source="test")
    def hen(egg: Watt) -> Watt:
        """Comes from an egg."""
        return egg / 2

    @quantity("Egg", source="test")
    def egg(hen: Watt) -> Watt:
        """Comes from a hen."""
        return hen / 2

    with pytest.raises(DeclarationError, match="in a circle: egg, hen; mark the one that is guessed first"):
        model_from(hen, egg)

    @settled("Egg", start="power", within=1e-9, source="test")
    def egg(hen: Watt, power: Watt) -> Watt:
        """Guessed first."""
        return hen / 2 + power

    model = model_from(hen, egg, power=Watt)
    assert model.evaluate({"power": np.array([3.0])}).value("egg") == pytest.approx([4.0])


def test_that_a_loop_must_start_from_something_known(model_from: ModelFrom) -> None:
    @settled("Alone", start="nowhere", within=1e-6, source="test")
    def alone(alone: Watt) -> Watt:
        """Starts from a name that is not there."""
        return alone / 2

    with pytest.raises(DeclarationError, match="is settled from 'nowhere'"):
        model_from(alone)


def test_that_an_argument_without_a_unit_is_refused() -> None:
    with pytest.raises(DeclarationError, match="'power' has no unit"):

        @quantity("Bare", source="test")
        def bare(power) -> Watt:  # type: ignore[no-untyped-def]
            """Says nothing of its unit."""
            return power


def test_that_a_formula_with_options_is_refused() -> None:
    with pytest.raises(DeclarationError, match="plain arguments only"):

        @quantity("Optional", source="test")
        def optional(power: Watt, share: Ratio = 0.5) -> Watt:  # type: ignore[assignment]
            """Has a default that nobody sees."""
            return power * share


def test_that_a_wrong_shape_is_named_with_the_right_one(model_from: ModelFrom) -> None:
    @quantity("Total", source="test")
    def card_share(card_power: PerCard[Watt], cards: PerCard[Present]) -> PerCard[Watt]:
        """Each its own."""
        return card_power * cards

    model = model_from(card_share, card_power=PerCard[Watt], cards=PerCard[Present])
    with pytest.raises(ValueError, match=re.escape("it must be (cards, rows)")):
        model.evaluate({"card_power": np.ones(3), "cards": np.ones((3, 1))})


def test_that_inputs_must_have_the_same_rows_or_one(model_from: ModelFrom) -> None:
    model = model_from(load, power=Watt, share=Ratio)
    with pytest.raises(ValueError, match="has 2 rows where others have 3"):
        model.evaluate({"power": np.ones(2), "share": np.ones(3)})


def test_that_a_large_batch_in_chunks_gives_the_same_bits(model_from: ModelFrom) -> None:
    model = model_from(load, twice, load_margin, power=Watt, share=Ratio)
    power = np.random.default_rng(1).uniform(1, 500, 40_000)
    share = power % 1
    together = model.evaluate({"power": power, "share": share}).value("load_margin")
    alone = model.evaluate({"power": power[-3:], "share": share[-3:]}).value("load_margin")
    assert together[-3:].tobytes() == alone.tobytes()
    assert len(together) == 40_000
