"""Laws of every formula: one expression over whole batches, that neither mixes rows nor minds empty positions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from steelyard.graph.explain import trace
from steelyard.graph.model import Model
from steelyard.graph.quantity import Need, Quantity
from steelyard.graph.symbols import Symbol, literals, read, replay
from steelyard.units import Array

Sample = Callable[..., dict[str, Array]]
ALLOWED_LITERALS = {0.0, 1.0, 2.0}
PRESENCE = {"cards", "stages", "board_slots"}
PROBES = (0.0, 1.0, 7.5, 1e9)


def run(formula: Quantity, values: dict[str, Array]) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(formula.formula(*(values[need.name] for need in formula.needs)))


def same_bits(one: Array, other: Array) -> bool:
    unknown = np.isnan(one) & np.isnan(other)
    return one.shape == other.shape and bool(np.all(unknown | (one.view(np.int64) == other.view(np.int64))))


def full(result: Array, values: dict[str, Array]) -> Array:
    rows = max(array.shape[-1] for array in values.values())
    return np.array(np.broadcast_to(result, (*result.shape[:-1], rows)))


def test_that_it_is_one_expression_that_can_be_read(formula: Quantity) -> None:
    expression = trace(formula)
    assert isinstance(expression, Symbol)
    assert read(expression, {need.name: need.name for need in formula.needs})


def test_that_its_only_numbers_are_nought_one_and_two(formula: Quantity) -> None:
    codes = {2.0**code for code in range(32)} if formula.unit.symbol == "kinds" else set()
    strange = literals(trace(formula)) - ALLOWED_LITERALS - codes
    assert not strange, f"make {strange} an assumption with a source, a low and a high"


def test_that_the_expression_gives_the_same_bits(formula: Quantity, sample: Sample) -> None:
    values = sample(formula)
    with np.errstate(all="ignore"):
        replayed = np.asarray(replay(trace(formula), values))
    assert same_bits(run(formula, values), replayed)


def test_that_every_argument_is_used(formula: Quantity) -> None:
    unused = {need.name for need in formula.needs} - _names(trace(formula))
    assert not unused


def _names(expression: object) -> set[str]:
    if not isinstance(expression, Symbol):
        return set()
    return {expression.name}.union(*(_names(argument) for argument in expression.arguments))


def test_that_declared_axes_are_the_axes_made(formula: Quantity, sample: Sample) -> None:
    values = sample(formula)
    sizes = {axis.name: size for need in formula.needs for axis, size in zip(need.axes, values[need.name].shape)}  # noqa: B905
    result = run(formula, values)
    assert result.ndim == len(formula.axes) + 1, f"made {result.ndim - 1} axes"
    assert result.shape[-1] in {1, 3}
    for axis, size in zip(formula.axes, result.shape, strict=False):
        assert size == sizes[axis.name]


def test_that_a_batch_is_as_many_batches_of_one(formula: Quantity, sample: Sample) -> None:
    values = sample(formula, 5)
    together = full(run(formula, values), values)
    for row in range(5):
        alone = run(formula, {name: array[..., row : row + 1] for name, array in values.items()})
        assert same_bits(together[..., row : row + 1].copy(), np.array(alone)), f"row {row}"


def test_that_empty_positions_change_nothing(formula: Quantity, sample: Sample) -> None:
    values = sample(formula)
    longer = {need.name: _with_an_empty_position(need, values[need.name]) for need in formula.needs}
    before, after = run(formula, values), run(formula, longer)
    kept = tuple(slice(0, size) for size in before.shape[:-1])
    assert same_bits(before, np.array(after[kept] if kept else after))


def _with_an_empty_position(need: Need, array: Array) -> Array:
    if not need.axes:
        return array
    filler = len(array) if need.name in {"card_index", "stage_index"} else 0.0 if need.name in PRESENCE else np.nan
    return np.concatenate([array, np.full((1, array.shape[-1]), filler)])


def test_that_unknown_is_never_guessed(formula: Quantity, sample: Sample) -> None:
    """Where a result does not turn unknown with an argument, that argument must not matter at all."""
    values = sample(formula)
    for need in formula.needs:
        unknown = run(formula, {**values, need.name: np.full_like(values[need.name], np.nan)})
        known = ~np.isnan(unknown)
        for probe in PROBES:
            other = run(formula, {**values, need.name: np.full_like(values[need.name], probe)})
            differs = known & ~(np.broadcast_to(other, unknown.shape) == unknown) & ~np.isnan(other)
            assert not differs.any(), f"{need.name} matters, but its being unknown does not show"


def test_that_its_inputs_and_sources_are_found(formula: Quantity, model: Model) -> None:
    for need in formula.needs:
        made = model.quantities.get(need.name) or model.inputs[need.name]
        assert (made.unit, made.axes) == (need.unit, need.axes)
