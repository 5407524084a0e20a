"""Formulas run on symbols instead of arrays: the second interpreter, which reads a formula without its source text.

A `Symbol` records what a formula does to it. It refuses what a formula may not do (branch, loop, reduce, change in
place), so that running on symbols is also the proof that a formula is one expression over whole batches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from steelyard.units import unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class ImpureFormulaError(Exception):
    """A formula did something that the house rules of formulas forbid."""


_BINARY = {np.add: ("+", 1), np.subtract: ("−", 1), np.multiply: ("×", 2), np.divide: ("/", 2), np.power: ("^", 4)}
_WORDS = {
    np.minimum: "least({0}, {1})",
    np.maximum: "greatest({0}, {1})",
    np.clip: "{0} kept within {1} … {2}",
    np.sqrt: "√({0})",
    np.exp: "exp({0})",
    np.log: "ln({0})",
    np.log10: "log₁₀({0})",
    np.floor: "whole part of {0}",
    np.ceil: "{0} rounded up",
    np.absolute: "|{0}|",
}
_ATOM = 9


class Symbol:
    """A value that is not known yet: a name, or an operation on symbols and numbers."""

    __slots__ = ("arguments", "function", "name", "words")
    __hash__ = object.__hash__

    def __init__(self, name: str = "", function: Any = None, words: str = "", arguments: tuple[Any, ...] = ()) -> None:
        """Make a named symbol, or (with `function`) the result of an operation on `arguments`."""
        self.name = name
        self.function = function
        self.words = words
        self.arguments = arguments

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Symbol:
        """Record a NumPy function; refuse reductions, outer products and `out=`."""
        if method != "__call__" or options:
            message = f"{ufunc.__name__}.{method} reduces or changes in place; use the helpers of graph/tables"
            raise ImpureFormulaError(message)
        if ufunc not in _BINARY and ufunc not in _WORDS and ufunc is not np.negative:
            message = f"{ufunc.__name__} is not among the functions a formula may use; see graph/tables"
            raise ImpureFormulaError(message)
        return Symbol(function=ufunc, words=_WORDS.get(ufunc, ""), arguments=inputs)

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Symbol:
        """Record `np.clip`; refuse every other array function (np.where, np.sum ... swallow the unknown)."""
        if function is np.clip and not options:
            return Symbol(function=np.clip, words=_WORDS[np.clip], arguments=tuple(arguments))
        message = f"{function.__name__} is not among the functions a formula may use; see graph/tables"
        raise ImpureFormulaError(message)

    def __add__(self, other: Any) -> Symbol:
        return Symbol(function=np.add, arguments=(self, other))

    def __radd__(self, other: Any) -> Symbol:
        return Symbol(function=np.add, arguments=(other, self))

    def __sub__(self, other: Any) -> Symbol:
        return Symbol(function=np.subtract, arguments=(self, other))

    def __rsub__(self, other: Any) -> Symbol:
        return Symbol(function=np.subtract, arguments=(other, self))

    def __mul__(self, other: Any) -> Symbol:
        return Symbol(function=np.multiply, arguments=(self, other))

    def __rmul__(self, other: Any) -> Symbol:
        return Symbol(function=np.multiply, arguments=(other, self))

    def __truediv__(self, other: Any) -> Symbol:
        return Symbol(function=np.divide, arguments=(self, other))

    def __rtruediv__(self, other: Any) -> Symbol:
        return Symbol(function=np.divide, arguments=(other, self))

    def __pow__(self, other: Any) -> Symbol:
        return Symbol(function=np.power, arguments=(self, other))

    def __rpow__(self, other: Any) -> Symbol:
        return Symbol(function=np.power, arguments=(other, self))

    def __neg__(self) -> Symbol:
        return Symbol(function=np.negative, arguments=(self,))

    def _refuse(self, *_: Any) -> NoReturn:
        message = "a formula may not branch, loop, compare, index or change in place; use the helpers of graph/tables"
        raise ImpureFormulaError(message)

    __bool__ = __iter__ = __len__ = __getitem__ = __setitem__ = __float__ = __int__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = _refuse
    __iadd__ = __isub__ = __imul__ = __itruediv__ = _refuse


def call(function: Callable[..., Any], words: str, arguments: tuple[Any, ...]) -> Symbol:
    """Return the symbol of a call of a helper of graph/tables; `words` reads it aloud with {0}, {1} ..."""
    return Symbol(function=function, words=words, arguments=arguments)


def read(expression: Any, names: Mapping[str, str]) -> str:
    """Return an expression as people read it; `names` gives the words (or numbers) for each named symbol."""
    return _read(expression, names)[0]


def replay(expression: Any, values: Mapping[str, Any]) -> Any:
    """Return the expression computed on arrays: the same operations in the same order, so the same bits."""
    if not isinstance(expression, Symbol):
        return expression
    if expression.function is None:
        return values[expression.name]
    return expression.function(*(replay(argument, values) for argument in expression.arguments))


def literals(expression: Any) -> set[float]:
    """Return the numbers that stand in an expression; those right of a power are exponents and left out."""
    if not isinstance(expression, Symbol):
        return set() if hasattr(expression, "__metadata__") else {float(expression)}
    arguments = expression.arguments[:1] if expression.function is np.power else expression.arguments
    return set().union(*(literals(argument) for argument in arguments))


def _read(expression: Any, names: Mapping[str, str]) -> tuple[str, int]:
    if not isinstance(expression, Symbol):
        if hasattr(expression, "__metadata__"):
            return unit_of(expression).symbol, _ATOM
        return f"{expression:g}", _ATOM
    if expression.function is None:
        return names[expression.name], _ATOM
    if expression.function is np.negative:
        return f"−{_inside(expression.arguments[0], names, 2)}", 1
    if expression.function in _BINARY:
        sign, rank = _BINARY[expression.function]
        left, right = expression.arguments
        tighter = rank + 1 if sign in {"−", "/", "^"} else rank
        return f"{_inside(left, names, rank)} {sign} {_inside(right, names, tighter)}", rank
    rank = 0 if expression.words[-1] in ")|" else _ATOM - 1
    return expression.words.format(*(_inside(argument, names, rank) for argument in expression.arguments)), 0


def _inside(expression: Any, names: Mapping[str, str], rank: int) -> str:
    text, own = _read(expression, names)
    return text if own >= rank else f"({text})"
