"""The laws catch what they are there to catch: each offender below breaks just the law that it should."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from steelyard.graph.quantity import Quantity, quantity
from steelyard.graph.symbols import ImpureFormulaError
from steelyard.graph.tables import total_over, when
from steelyard.units import Array, Celsius, Gigabyte, Hour, Kelvin, PerCard, Present, Ratio, Second, Terabyte, Watt

Sample = Callable[..., dict[str, Array]]


def law(file: str, name: str) -> Any:
    """Return one law as a function."""
    spec = importlib.util.spec_from_file_location(file, Path(__file__).with_name(f"{file}.py"))
    assert spec is not None
    assert spec.loader is not None
    module: ModuleType = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


def declared(formula: Any) -> Quantity:
    return formula.steelyard  # type: ignore[no-any-return]


@quantity("Total", source="test")
def mixes_rows(power: Watt) -> Watt:
    """Adds up the batch."""
    return np.cumsum(power)


@quantity("Loss", source="test")
def has_a_number(power: Watt) -> Watt:
    """Five per cent."""
    return power * 0.05


@quantity("Larger", source="test")
def swallows_the_unknown(power: Watt, other_power: Watt) -> Watt:
    """Takes what it knows."""
    return np.where(np.isnan(power), other_power, power)


@quantity("Power of all cards", source="test")
def forgets_the_empty(card_power: PerCard[Watt]) -> Watt:
    """Counts every position."""
    return total_over(card_power * 0 + 1, card_power)


@quantity("Each card", source="test")
def forgets_its_axis(card_power: PerCard[Watt], cards: PerCard[Present]) -> PerCard[Watt]:
    """Says that it is over cards and is not."""
    return total_over(cards, card_power)


@quantity("Time", source="test")
def forgets_to_convert(duration: Hour) -> Second:
    """An hour for a second."""
    return duration


@quantity("Sum", source="test")
def adds_what_does_not_add(power: Watt, duration: Hour) -> Watt:
    """Apples and pears."""
    return power + duration


@quantity("Warmth", source="test")
def doubles_a_temperature(room: Celsius) -> Celsius:
    """Twice as warm has no meaning."""
    return 2 * room


@quantity("Warmer", source="test")
def takes_a_point_for_a_difference(room: Celsius, ceiling: Celsius) -> Celsius:
    """The difference of two points is no point."""
    return ceiling - room


@quantity("Choice", source="test")
def chooses_between_units(share: Ratio, power: Watt, rise: Kelvin) -> Watt:
    """One branch is right."""
    return when(share, power, rise)


@quantity("Capacity", source="test")
def mistakes_the_prefix(capacity: Gigabyte, count: Ratio) -> Terabyte:
    """A thousandth is missing."""
    return capacity * count


@pytest.mark.parametrize("offender", [mixes_rows, swallows_the_unknown], ids=lambda offender: offender.__name__)
def test_that_impure_formulas_are_caught(offender: object) -> None:
    with pytest.raises(ImpureFormulaError):
        law("test_formulas", "test_that_it_is_one_expression_that_can_be_read")(declared(offender))


def test_that_a_number_in_a_formula_is_caught() -> None:
    with pytest.raises(AssertionError, match="an assumption with a source"):
        law("test_formulas", "test_that_its_only_numbers_are_nought_one_and_two")(declared(has_a_number))


@pytest.mark.parametrize(
    ("name", "offender"),
    [
        ("test_that_a_batch_is_as_many_batches_of_one", mixes_rows),
        ("test_that_unknown_is_never_guessed", swallows_the_unknown),
        ("test_that_empty_positions_change_nothing", forgets_the_empty),
        ("test_that_declared_axes_are_the_axes_made", forgets_its_axis),
    ],
)
def test_that_each_law_of_formulas_catches_its_offender(name: str, offender: object, sample: Sample) -> None:
    with pytest.raises(AssertionError):
        law("test_formulas", name)(declared(offender), sample)


@pytest.mark.parametrize(
    "offender",
    [
        forgets_to_convert,
        adds_what_does_not_add,
        doubles_a_temperature,
        takes_a_point_for_a_difference,
        chooses_between_units,
        mistakes_the_prefix,
    ],
    ids=lambda offender: offender.__name__,
)
def test_that_wrong_dimension_and_wrong_scale_are_caught(offender: object, sample: Sample) -> None:
    import pint

    registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
    registry.load_definitions(law("test_units", "DEFINITIONS").splitlines())
    check = law("test_units", "test_that_dimension_and_scale_are_as_annotated")
    with pytest.raises((AssertionError, pint.DimensionalityError, pint.OffsetUnitCalculusError)):
        check(declared(offender), sample, registry)
