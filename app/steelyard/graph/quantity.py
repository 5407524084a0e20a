"""Declare quantities and rules: read a function's name, arguments and units; attach, never register globally."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeVar

from steelyard.units import Axis, Unit, axes_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable

Severity = Literal["block", "warn", "note"]
BLOCK: Final = "block"
WARN: Final = "warn"
NOTE: Final = "note"

_Formula = TypeVar("_Formula", bound="Callable[..., object]")


class DeclarationError(Exception):
    """A formula is declared in a way that the model cannot read; the message says where and how to mend it."""


class Need(NamedTuple):
    """An argument of a formula: what it reads, in which unit, over which small axes."""

    name: str
    unit: Unit
    axes: tuple[Axis, ...]


class Input(NamedTuple):
    """A number that is given to the model: a part's field, an assumption, a setting of the site or the workload."""

    name: str
    label: str
    unit: Unit
    axes: tuple[Axis, ...] = ()
    description: str = ""


class Settled(NamedTuple):
    """How a coupled quantity is guessed first (a name, or a number) and when it counts as settled (in its unit)."""

    start: str | float
    within: float


class Quantity(NamedTuple):
    """A named number with a unit, and the one text of its formula."""

    name: str
    label: str
    unit: Unit
    axes: tuple[Axis, ...]
    needs: tuple[Need, ...]
    source: str
    formula: Callable[..., object]
    settled: Settled | None = None

    @property
    def reason(self) -> str:
        """The physics or the reason, in one sentence."""
        return (self.formula.__doc__ or "").strip()


class Rule(NamedTuple):
    """A margin with a verdict: room to spare >= 0 holds, < 0 is broken, NaN cannot tell.

    title: what is so when it holds; otherwise: what is so when it is broken.
    beyond: when it is broken something is too much and not too little, so that a reader is told "over by".
    """

    id: str
    title: str
    severity: Severity
    margin: Quantity
    remedy: str
    otherwise: str
    beyond: bool = False


def quantity(label: str, *, source: str) -> Callable[[_Formula], _Formula]:
    """Declare a quantity. `source` is the id of an entry in the bibliography."""

    def attach(formula: _Formula) -> _Formula:
        formula.steelyard = _read(formula, label, source)  # type: ignore[attr-defined]
        return formula

    return attach


def settled(label: str, *, start: str | float, within: float, source: str) -> Callable[[_Formula], _Formula]:
    """Declare a quantity of a coupled group: guessed from `start`, repeated until it moves by less than `within`."""

    def attach(formula: _Formula) -> _Formula:
        formula.steelyard = _read(formula, label, source, Settled(start, within))  # type: ignore[attr-defined]
        return formula

    return attach


def rule(
    id: str,  # noqa: A002 - "id" is the word
    title: str,
    severity: Severity,
    *,
    source: str,
    remedy: str,
    otherwise: str = "",
    beyond: bool = False,
) -> Callable[[_Formula], _Formula]:
    """Declare a rule; the function returns its margin. `{name}` in the remedy becomes that value with its unit."""

    def attach(formula: _Formula) -> _Formula:
        margin = _read(formula, title, source)
        broken = otherwise or f"Not so: {title}"
        formula.steelyard = Rule(id, title, severity, margin, remedy, broken, beyond)  # type: ignore[attr-defined]
        return formula

    return attach


def _read(formula: Callable[..., object], label: str, source: str, settling: Settled | None = None) -> Quantity:
    code = formula.__code__
    if code.co_kwonlyargcount or code.co_flags & 0x0C or formula.__defaults__:
        message = f"{_where(formula)}: a formula takes plain arguments only; make defaults and options assumptions"
        raise DeclarationError(message)
    names = code.co_varnames[: code.co_argcount]
    unit, axes = _measure(formula, "return")
    needs = tuple(Need(name, *_measure(formula, name)) for name in names)
    return Quantity(formula.__name__, label, unit, axes, needs, source, formula, settling)


_measured: dict[tuple[str, str], tuple[Unit, tuple[Axis, ...]]] = {}


def _measure(formula: Callable[..., object], name: str) -> tuple[Unit, tuple[Axis, ...]]:
    annotation = formula.__annotations__.get(name)
    if annotation is None:
        message = f"{_where(formula)}: {name!r} has no unit; annotate it with a type of steelyard.units, such as Watt"
        raise DeclarationError(message)
    if not isinstance(annotation, str):
        return unit_of(annotation), axes_of(annotation)
    key = (formula.__module__, annotation)
    if key not in _measured:
        alias = _resolve(annotation, formula)
        _measured[key] = unit_of(alias), axes_of(alias)
    return _measured[key]


def _resolve(annotation: str, formula: Callable[..., object]) -> object:
    """Turn the text "PerCard[Watt]" into the type, without evaluating text (get_type_hints is 10 times slower)."""
    outer, bracket, inner = annotation.partition("[")
    names = formula.__globals__
    if outer not in names:
        message = f"{_where(formula)}: the unit {outer!r} is not imported; import it from steelyard.units at run time"
        raise DeclarationError(message)
    alias = names[outer]
    return alias[_resolve(inner.removesuffix("]"), formula)] if bracket else alias


def _where(formula: Callable[..., object]) -> str:
    file = getattr(sys.modules.get(formula.__module__), "__file__", formula.__module__)
    return f"{file}, line {formula.__code__.co_firstlineno}, {formula.__name__}"
