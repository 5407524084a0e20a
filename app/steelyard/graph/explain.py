"""Why a number is what it is: the very formula that computed it, run on symbols, with the numbers filled in."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from steelyard.graph.symbols import Symbol, read
from steelyard.graph.tables import greatest_over, index_of_least, least_over, nth_of, placed, total_over, upstream_of

if TYPE_CHECKING:
    from steelyard.graph.evaluation import Evaluation
    from steelyard.graph.quantity import Input, Need, Quantity
    from steelyard.units import Unit


EXPLAINED_ABOVE = "explained above"
_EVERY = " everywhere"
_READ_WHOLE = {
    helper.__wrapped__: 2
    for helper in (greatest_over, index_of_least, least_over, nth_of, placed, total_over, upstream_of)
}
"""How many of its first arguments a helper reads at all positions, not at the one that is explained."""


class Origin(NamedTuple):
    """Where a given number comes from; `because` holds the reasons when it was itself derived from data."""

    source: str = ""
    tier: str = ""
    where: str = ""
    note: str = ""
    formula: str = ""
    numbers: str = ""
    because: tuple[Explanation, ...] = ()
    text: str = ""


class Explanation(NamedTuple):
    """A value with its formula, numbers, source and causes. `value` is bit-equal to the value shown.

    text: the words of a value that is a category, or all values where all positions are read.
    tier: how far its own datum can be trusted; "derived" for a formula.
    position: the place on its small axis; None for what has none.
    """

    name: str
    label: str
    unit: Unit
    value: float
    formula: str = ""
    numbers: str = ""
    reason: str = ""
    source: str = ""
    tier: str = ""
    where: str = ""
    note: str = ""
    text: str = ""
    because: tuple[Explanation, ...] = ()
    position: int | None = None


Origins = Callable[[str, int, "int | None"], Origin]
"""Where an input comes from: (name, row, position on its small axis) -> Origin."""


def explain(evaluation: Evaluation, name: str, row: int, position: int | None) -> Explanation:
    """Return the tree of reasons for one number; a cause that was explained further up is not unfolded again."""
    return _explain(evaluation, name, row, position, set())


def trace(quantity: Quantity) -> Any:
    """Return a quantity's formula as an expression of symbols (raises ImpureFormulaError when it is not one)."""
    return quantity.formula(*(Symbol(need.name) for need in quantity.needs))


def _explain(evaluation: Evaluation, name: str, row: int, position: int | None, told: set[str]) -> Explanation:
    quantity = evaluation.model.quantities.get(name)
    value = evaluation.at(name, row, position)
    if quantity is None or name in evaluation.given:
        return _given(evaluation, name, row, position, value)
    if name in told:
        label = _label(quantity, position)
        place = position if quantity.axes else None
        return Explanation(
            name,
            label,
            quantity.unit,
            value,
            source=quantity.source,
            tier="derived",
            note=EXPLAINED_ABOVE,
            position=place,
        )
    told.add(name)
    expression = trace(quantity)
    guessed = evaluation.loops.get(name, frozenset())
    counted = _marked(expression)
    numbers, causes = {}, []
    for need in quantity.needs:
        everywhere = _everywhere(evaluation, need, row, guessed)
        here = _number(_read_value(evaluation, need.name, row, position, guessed), need.unit)
        numbers[need.name] = everywhere if need.axes and not quantity.axes else here
        numbers[need.name + _EVERY] = everywhere
        whole = quantity.axes and need.axes and need.name + _EVERY in _names(counted) and not math.isnan(value)
        place = None if whole else _telling_place(evaluation, quantity, need, row, position)
        if need.name in guessed and not math.isnan(_read_value(evaluation, need.name, row, place, guessed)):
            cause = _guess(evaluation, need.name, row, place)
        else:
            cause = _explain(evaluation, need.name, row, place, told)
        causes.append(cause._replace(text=everywhere, position=None) if whole else cause)
    return Explanation(
        name,
        _label(quantity, position),
        quantity.unit,
        value,
        position=position if quantity.axes else None,
        formula=read(expression, {need.name: need.name for need in quantity.needs}),
        numbers=read(counted, numbers),
        reason=quantity.reason,
        source=quantity.source,
        tier="derived",
        because=tuple(causes),
    )


def _telling_place(
    evaluation: Evaluation, quantity: Quantity, need: Need, row: int, position: int | None
) -> int | None:
    """The position of a cause that tells most: the unknown one, the one that was picked, or the greatest of a sum."""
    if not need.axes or need.name not in evaluation.values:
        return position
    result = evaluation.at(quantity.name, row, position)
    places = {place: evaluation.at(need.name, row, place) for place in filled_places(evaluation, need, row)}
    unknown = [place for place, value in places.items() if math.isnan(value)]
    if math.isnan(result):
        here = math.isnan(evaluation.at(need.name, row, position))
        return position if here or not unknown else unknown[0]
    if quantity.axes or not places or unknown:
        return position
    picked = [place for place, value in places.items() if value == result]
    return picked[0] if picked else max(places, key=lambda place: abs(places[place]))


def filled_places(evaluation: Evaluation, need: Need | Quantity | Input, row: int) -> list[int]:
    """The filled positions of what runs over a small axis; all of them where nothing says which are filled."""
    presence = need.axes[0].presence
    places = range(len(evaluation.value(need.name)))
    return [
        place for place in places if presence not in evaluation.values or not evaluation.at(presence, row, place) <= 0
    ]


def _given(evaluation: Evaluation, name: str, row: int, position: int | None, value: float) -> Explanation:
    known = evaluation.model.inputs.get(name) or evaluation.model.quantities[name]
    origin = evaluation.origins(name, row, position) if evaluation.origins else Origin()
    return Explanation(
        name,
        _label(known, position),
        known.unit,
        value,
        position=position if known.axes else None,
        formula=origin.formula,
        numbers=origin.numbers,
        source=origin.source,
        tier=origin.tier,
        where=origin.where,
        note=origin.note,
        text="" if known.axes else origin.text,
        because=origin.because,
    )


def _guess(evaluation: Evaluation, name: str, row: int, position: int | None) -> Explanation:
    """The coupled quantity as it was last read inside its loop; the tree stops here."""
    quantity = evaluation.model.quantities[name]
    value = _read_value(evaluation, name, row, position, frozenset({name}))
    moved = f"it moved by {evaluation.at(f'{name}_residual', row):.1e} in the last pass"
    note = f"last guess of the settled loop; {moved}; ask for {name} to see why"
    if math.isnan(evaluation.at(name, row, position)):
        value, note = math.nan, f"did not settle; {moved}"
    label, place = _label(quantity, position), position if quantity.axes else None
    return Explanation(
        name, label, quantity.unit, value, source=quantity.source, tier="derived", note=note, position=place
    )


def _label(entry: Input | Quantity, position: int | None) -> str:
    """The label, with the place where one of several is meant: "Card temperature, card 2"."""
    if not entry.axes or position is None:
        return entry.label
    return f"{entry.label}, {entry.axes[0].name.removesuffix('s')} {position + 1}"


def _read_value(evaluation: Evaluation, name: str, row: int, position: int | None, guessed: frozenset[str]) -> float:
    if name not in guessed:
        return evaluation.at(name, row, position)
    array = evaluation.guesses[name]
    array = np.broadcast_to(array, (*array.shape[:-1], evaluation.rows))[..., row]
    return float(array if array.ndim == 0 else array[min(position or 0, len(array) - 1)])


def _marked(expression: Any, *, whole: bool = False) -> Any:
    """The expression with other names for what is read at all positions."""
    if not isinstance(expression, Symbol):
        return expression
    if expression.function is None:
        return Symbol(expression.name + _EVERY) if whole else expression
    deep = _READ_WHOLE.get(expression.function, 0)
    inner = (_marked(part, whole=whole or place < deep) for place, part in enumerate(expression.arguments))
    return Symbol(function=expression.function, words=expression.words, arguments=tuple(inner))


def _names(expression: Any) -> set[str]:
    if not isinstance(expression, Symbol):
        return set()
    return {expression.name}.union(*(_names(part) for part in expression.arguments))


def _everywhere(evaluation: Evaluation, need: Need, row: int, guessed: frozenset[str]) -> str:
    """The numbers of all filled positions; the one number of what has no small axis."""
    if not need.axes:
        return _number(_read_value(evaluation, need.name, row, None, guessed), need.unit)
    filled = filled_places(evaluation, need, row)
    return f"({', '.join(_number(_read_value(evaluation, need.name, row, p, guessed), need.unit) for p in filled)})"


def _number(value: float, unit: Unit) -> str:
    if math.isnan(value):
        return "?"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:,.4g}" if abs(value) < 10_000 else f"{value:,.0f}"  # noqa: PLR2004 - above it digits are grouped
    symbol = "" if unit.pint == "dimensionless" else unit.symbol  # counts and codes: "4 × 64 GB", not "4 × × 64 GB"
    return f"{text} {symbol}".strip().replace("-", "−")
