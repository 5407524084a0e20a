"""What a number is made up of: the terms of its formula as parts that add up to it, each taken apart in turn.

The formula is read as a sum: of terms, over positions, of products with one factor that is itself a sum. What is no
sum (a greatest, a power) stays whole. Parts add up to the value exactly (`math.fsum`).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from steelyard.graph.explain import filled_places, trace
from steelyard.graph.symbols import Symbol, read, replay
from steelyard.graph.tables import total_over, when
from steelyard.units import UNITS, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.graph.evaluation import Evaluation
    from steelyard.graph.quantity import Input, Quantity

__all__ = ["Breakdown", "adding_up", "breakdown"]

_DEEPEST: Final = 12
_NONE: Final = UNITS[""]
_CLOSE: Final = 1e-6  # what a settled loop may leave open; beyond it the parts are not this number's
_TOTAL: Final = total_over.__wrapped__  # as symbols record it
_WHEN: Final = when.__wrapped__


class Breakdown(NamedTuple):
    """A value and the parts that add up to it; no parts where it is no sum. `name` is empty for a term without one."""

    name: str
    label: str
    unit: Unit
    value: float
    parts: tuple[Breakdown, ...] = ()

    def lines(self) -> tuple[Breakdown, ...]:
        """Return the parts that are not taken apart further; they add up to the value as well."""
        return tuple(line for part in self.parts for line in part.lines()) if self.parts else (self,)


class _Term(NamedTuple):
    """A factor times a named value; without a name the factor is the term, and `words` says what it is."""

    factor: float
    name: str = ""
    position: int | None = None
    words: str = ""


def breakdown(evaluation: Evaluation, name: str, row: int, position: int | None = None) -> Breakdown:
    """Return what a quantity or an input is made up of. Raises KeyError for a name that the evaluation lacks."""
    return _Taker(evaluation, row).taken(name, position, 1.0, _DEEPEST)


def adding_up(values: Sequence[float], total: float) -> list[float]:
    """Return the values with a rounding error taken up, so that their exact sum is the total.

    The greatest takes it; where its last digit is too coarse for that, the next smaller one does.
    """
    found = list(values)
    for place in sorted(range(len(found)), key=lambda each: abs(found[each]), reverse=True):
        left = Fraction(total) - sum(map(Fraction, found))
        if not left or not found[place]:
            break
        found[place] = float(Fraction(found[place]) + left)
    return found


class _Taker:
    """Takes numbers of one row apart."""

    def __init__(self, evaluation: Evaluation, row: int) -> None:
        self.evaluation = evaluation
        self.row = row

    def taken(self, name: str, position: int | None, factor: float, depth: int) -> Breakdown:
        """A named value times a factor, with its parts."""
        model = self.evaluation.model
        entry = model.quantities.get(name) or model.inputs[name]
        value = factor * self.evaluation.at(name, self.row, position)
        terms = self._terms_of(name, position) if depth and math.isfinite(value) else []
        parts = self._parts(terms, factor, depth)
        return Breakdown(name, _label(entry, position), entry.unit, value, self._closed(parts, value, entry.unit))

    def _parts(self, terms: Sequence[_Term], factor: float, depth: int) -> tuple[Breakdown, ...]:
        parts = []
        for term in terms:
            if term.name:
                parts.append(self.taken(term.name, term.position, factor * term.factor, depth - 1))
            else:
                parts.append(Breakdown("", term.words, _NONE, factor * term.factor))
        speaking = tuple(part for part in parts if part.value)
        if len(speaking) == 1:  # the same number under another name: what it is made up of is what counts
            return speaking[0].parts
        return speaking

    def _closed(self, parts: tuple[Breakdown, ...], value: float, unit: Unit) -> tuple[Breakdown, ...]:
        """The parts in the unit of the whole, with the rounding error taken up; none where they are no sum of it."""
        if len(parts) < 2 or not all(math.isfinite(part.value) for part in parts):  # noqa: PLR2004
            return ()
        if abs(math.fsum(part.value for part in parts) - value) > _CLOSE * abs(value):
            return ()
        values = adding_up([part.value for part in parts], value)
        if math.fsum(values) != value:
            return ()
        return tuple(
            part._replace(value=exact, unit=unit, parts=self._closed(part.parts, exact, unit))
            for part, exact in zip(parts, values, strict=True)
        )

    def _terms_of(self, name: str, position: int | None) -> list[_Term]:
        quantity = self.evaluation.model.quantities.get(name)
        if quantity is None or name in self.evaluation.given:
            return []
        terms = self._terms(trace(quantity), quantity, position)
        return terms if len(terms) > 1 or (terms and terms[0].name and terms[0].name != name) else []

    def _terms(self, expression: Any, quantity: Quantity, position: int | None) -> list[_Term]:  # noqa: PLR0911 - a case each
        """The expression as a sum of terms."""
        if not isinstance(expression, Symbol):
            return [_Term(float(expression), words=f"{expression:g}")]
        if expression.function is None:
            axes = next((need.axes for need in quantity.needs if need.name == expression.name), ())
            return [_Term(1.0, expression.name, position if axes else None)]
        first, *rest = expression.arguments
        if expression.function is np.add:
            return [*self._terms(first, quantity, position), *self._terms(rest[0], quantity, position)]
        if expression.function is np.subtract:
            return [
                *self._terms(first, quantity, position),
                *_scaled(self._terms(rest[0], quantity, position), -1.0),
            ]
        if expression.function is np.negative:
            return _scaled(self._terms(first, quantity, position), -1.0)
        if expression.function is np.multiply:
            return self._product(first, rest[0], quantity, position)
        if expression.function is np.divide:
            return _scaled(self._terms(first, quantity, position), 1 / self._value(rest[0], quantity, position))
        if expression.function is _WHEN:
            chosen = rest[0] if self._value(first, quantity, position) >= 0 else rest[1]
            return self._terms(chosen, quantity, position)
        if expression.function is _TOTAL and isinstance(first, Symbol) and not first.function:
            need = next(each for each in quantity.needs if each.name == first.name)
            places = filled_places(self.evaluation, need, self.row)
            return [term for place in places for term in self._terms(rest[0], quantity, place)]
        return [_Term(self._value(expression, quantity, position), words=self._words(expression, quantity))]

    def _product(self, left: Any, right: Any, quantity: Quantity, position: int | None) -> list[_Term]:
        """The factor that is a sum is taken apart, times the value of the other."""
        ways = []
        for one, other in ((left, right), (right, left)):
            terms = self._terms(one, quantity, position)
            if len(terms) > 1 and min(map(self._worth, terms)) < 0:  # what is left of one is no sum of it
                terms = [_Term(self._value(one, quantity, position), words=self._words(one, quantity))]
            deep = sum(len(self._terms_of(term.name, term.position)) > 1 for term in terms if term.name)
            named = [term.name for term in terms if term.name]
            alike = sum(self._unit_of(name).symbol == quantity.unit.symbol for name in named)
            ways.append(
                ((len(terms) > 1, deep, alike, len(named)), _scaled(terms, self._value(other, quantity, position)))
            )
        return max(ways, key=lambda way: way[0])[1]

    def _worth(self, term: _Term) -> float:
        return term.factor * (self.evaluation.at(term.name, self.row, term.position) if term.name else 1.0)

    def _words(self, expression: Any, quantity: Quantity) -> str:
        return read(expression, {need.name: need.name for need in quantity.needs})

    def _unit_of(self, name: str) -> Unit:
        model = self.evaluation.model
        return (model.quantities.get(name) or model.inputs[name]).unit

    def _value(self, expression: Any, quantity: Quantity, position: int | None) -> float:
        if not isinstance(expression, Symbol):
            return float(expression)
        values = {need.name: self.evaluation.value(need.name)[..., self.row : self.row + 1] for need in quantity.needs}
        with np.errstate(all="ignore"):
            array = np.asarray(replay(expression, values))
        array = array[..., 0] if array.ndim else array
        return float(array if array.ndim == 0 else array[min(position or 0, len(array) - 1)])


def _scaled(terms: Sequence[_Term], factor: float) -> list[_Term]:
    return [term._replace(factor=term.factor * factor) for term in terms]


def _label(entry: Input | Quantity, position: int | None) -> str:
    if not entry.axes or position is None:
        return entry.label
    return f"{entry.label}, {entry.axes[0].name.removesuffix('s')} {position + 1}"
