"""One reading of a type, used three ways: check what a JSON file holds, write it back, and describe it (`schema`).

A shape is a type: `str`, `int`, `float`, `bool`, `X | None`, `X | Y` of a number and a text, `Literal[...]`,
`tuple[X, ...]`, `Mapping[str, X]`, a NamedTuple, or `Annotated[X, Bounds(...)]` and `Annotated[str, Text(...)]`. A
NamedTuple's field without a default is required; a field that it does not have is refused by name. A class with a
`plain_shape` is written as that shape.
"""

# ruff: noqa: ANN401 - a shape is any type, and what has that shape is any value

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from steelyard.errors import BadInputError, did_you_mean

__all__ = ["Bounds", "LeftOut", "Most", "Text", "fields_of", "plain", "taken_apart", "typed"]

_WHOLE_UP_TO = 1e15  # beyond it a float is written with an exponent, as people expect


class Bounds(NamedTuple):
    """Least and greatest value that can be meant, both allowed."""

    low: float
    high: float


class Text(NamedTuple):
    """How long a text may be, whether it may have lines, and the pattern that all of it must match.

    says: the pattern in words, for the message.
    """

    longest: int
    lines: bool = False
    pattern: str = ""
    says: str = ""


class Most(NamedTuple):
    """How many entries a list or a mapping may have."""

    count: int  # type: ignore[assignment]  # hides a tuple's count()


class LeftOut(NamedTuple):
    """A field that is not written at all where it is None, or what it is by default."""


class Parts(NamedTuple):
    """A shape taken apart: its bare type, the limits noted on it, and whether it may be null."""

    bare: Any
    limits: tuple[Any, ...]
    optional: bool


@cache
def fields_of(kind: Any) -> dict[str, Any]:
    """Return the fields of a NamedTuple with their shapes, in order."""
    return get_type_hints(kind, include_extras=True)


@cache
def taken_apart(kind: Any) -> Parts:
    """Split `Annotated[float, Bounds(0, 1)] | None` into float, its bounds, and True."""
    if get_origin(kind) is Annotated:
        inner = taken_apart(get_args(kind)[0])
        return Parts(inner.bare, inner.limits + get_args(kind)[1:], inner.optional)
    if get_origin(kind) in {Union, UnionType}:
        others = tuple(each for each in get_args(kind) if each is not NoneType)
        optional = len(others) < len(get_args(kind))
        if len(others) > 1:
            return Parts(Union[others], (), optional)  # noqa: UP007 - made of a tuple
        inner = taken_apart(others[0])
        return Parts(inner.bare, inner.limits, optional=True)
    return Parts(kind, (), optional=False)


def typed(kind: Any, raw: object, where: str = "") -> Any:
    """Return `raw` (as json reads it) as a value of the shape `kind`.

    Raises BadInputError that names the place (`variants[1].selection.gpu.count`) and what is allowed there.
    """
    bare, limits, optional = taken_apart(kind)
    if raw is None and optional:
        return None
    return _reader(bare)(bare, raw, where, limits)


def plain(value: object, *, finite: bool = True) -> Any:
    """Return `value` as json writes it: objects, lists, texts, numbers.

    What is not a finite number becomes null; with `finite` False it stays as it is, for `typed` to refuse.
    """
    if hasattr(value, "plain_shape"):
        return {name: plain(each, finite=finite) for name, each in value.plain().items()}  # type: ignore[attr-defined]
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        left_out = _left_out(type(value))
        pairs = zip(value._fields, value, strict=True)
        written = {name: each for name, each in pairs if name not in left_out or each not in left_out[name]}
        return {name: plain(each, finite=finite) for name, each in written.items()}
    if isinstance(value, tuple):
        return [plain(each, finite=finite) for each in value]
    if isinstance(value, dict | MappingProxyType):
        return {name: plain(value[name], finite=finite) for name in sorted(value)}
    if isinstance(value, float):
        return _number(value) if finite or math.isfinite(value) else value
    return value


@cache
def _left_out(kind: Any) -> dict[str, tuple[object, ...]]:
    """Name the fields of a NamedTuple that may be left out, with the values that are not written."""
    limits = {name: taken_apart(each).limits for name, each in fields_of(kind).items()}
    return {name: (None, kind._field_defaults.get(name)) for name, each in limits.items() if LeftOut() in each}


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < _WHOLE_UP_TO else value


def _reader(bare: Any) -> Callable[[Any, object, str, tuple[Any, ...]], Any]:
    if hasattr(bare, "plain_shape"):
        return _from_plain
    return _record if hasattr(bare, "_fields") else _READERS[get_origin(bare) or bare]


def _record(kind: Any, raw: object, where: str, _limits: tuple[Any, ...]) -> Any:
    """Read the fields of a NamedTuple; refuse what it does not have and what is missing."""
    given: dict[str, object] = _expected(dict, raw, where, "an object in braces")
    shapes = fields_of(kind)
    for name in given:
        if name not in shapes:
            hint = did_you_mean(name, list(shapes)) or f" Known fields: {', '.join(shapes)}."
            raise BadInputError(f'{_place(where)} there is no field "{_short(name)}".{hint}')
    for name in shapes:
        if name not in given and name not in kind._field_defaults:
            raise BadInputError(f'{_place(where)} the field "{name}" is missing.')
    return kind(**{name: typed(shapes[name], value, _inside(where, name)) for name, value in given.items()})


def _from_plain(kind: Any, raw: object, where: str, _limits: tuple[Any, ...]) -> Any:
    """Read a class that checks itself, and say where its complaint belongs."""
    value = typed(kind.plain_shape(), raw, where)
    try:
        return kind.from_plain(value)
    except BadInputError as trouble:
        raise BadInputError(f"{_place(where)}: {trouble.message}", trouble.remedy) from None


def _list(bare: Any, raw: object, where: str, limits: tuple[Any, ...]) -> tuple[Any, ...]:
    items = _expected(list, raw, where, "a list")
    _check_count(items, limits, where)
    return tuple(typed(get_args(bare)[0], item, f"{where}[{at}]") for at, item in enumerate(items))


def _mapping(bare: Any, raw: object, where: str, limits: tuple[Any, ...]) -> Mapping[str, Any]:
    given: dict[str, object] = _expected(dict, raw, where, "an object in braces")
    _check_count(given, limits, where)
    name, each = get_args(bare)
    return MappingProxyType(
        {typed(name, key, where): typed(each, given[key], _inside(where, key)) for key in sorted(given)}
    )


def _check_count(entries: Collection[object], limits: tuple[Any, ...], where: str) -> None:
    for limit in limits:
        if isinstance(limit, Most) and len(entries) > limit.count:
            raise BadInputError(f"{_place(where)} stand {len(entries):,} entries; at most {limit.count} are allowed.")


def _choice(bare: Any, raw: object, where: str, _limits: tuple[Any, ...]) -> object:
    allowed = get_args(bare)
    if any(raw == each and type(raw) is type(each) for each in allowed):
        return raw
    words = [_shown(each) if len(allowed) == 1 else str(each) for each in allowed]
    must = f"one of {', '.join(words)}" if len(allowed) > 1 else f"{words[0]}"
    if raw in [str(each) for each in allowed if not isinstance(each, str)]:
        raise BadInputError(f"{_place(where)} stands {_shown(raw)}; it must be {must}, without quotes.")
    hint = did_you_mean(raw, [each for each in allowed if isinstance(each, str)]) if isinstance(raw, str) else ""
    raise BadInputError(f"{_place(where)} stands {_shown(raw)}; it must be {must}.{hint}")


def _text(_bare: Any, raw: object, where: str, limits: tuple[Any, ...]) -> str:
    text: str = _expected(str, raw, where, "a text in quotes")
    for limit in limits:
        if isinstance(limit, Text):
            _check_text(text, limit, where)
    return text


def _check_text(text: str, limit: Text, where: str) -> None:
    if len(text) > limit.longest:
        raise BadInputError(
            f"{_place(where)} stands a text of {len(text)} characters; at most {limit.longest} are allowed."
        )
    if any(not (each.isprintable() or (limit.lines and each in "\n\t")) for each in text):
        raise BadInputError(f"{_place(where)} stands a character that cannot be printed.")
    if limit.pattern and not re.fullmatch(limit.pattern, text, re.ASCII):
        raise BadInputError(f"{_place(where)} stands {_shown(text)}; it must be {limit.says}.")


def _real(_bare: Any, raw: object, where: str, limits: tuple[Any, ...]) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadInputError(f"{_place(where)} stands {_shown(raw)}; it must be a number.")
    try:
        number = float(raw)
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise BadInputError(f"{_place(where)} stands no number (nan); it must be a number.")
    if math.isinf(number):
        raise BadInputError(f"{_place(where)} stands a number that is too large to be meant.")
    _check_bounds(number, limits, where, "a number")
    return number


def _either(bare: Any, raw: object, where: str, _limits: tuple[Any, ...]) -> float | str:
    """Read a number or a text, by the limits of the one that it is."""
    kinds = {taken_apart(each).bare: each for each in get_args(bare)}
    if isinstance(raw, str):
        word: str = typed(kinds[str], raw, where)
        return word
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise BadInputError(f"{_place(where)} stands {_shown(raw)}; it must be a number or a text in quotes.")
    number: float = typed(kinds[float], raw, where)
    return number


def _whole(_bare: Any, raw: object, where: str, limits: tuple[Any, ...]) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise BadInputError(f"{_place(where)} stands {_shown(raw)}; it must be a whole number.")
    _check_bounds(raw, limits, where, "a whole number")
    return raw


def _flag(_bare: Any, raw: object, where: str, _limits: tuple[Any, ...]) -> bool:
    flag: bool = _expected(bool, raw, where, "true or false")
    return flag


def _check_bounds(number: float, limits: tuple[Any, ...], where: str, what: str) -> None:
    for limit in limits:
        if isinstance(limit, Bounds) and not limit.low <= number <= limit.high:
            raise BadInputError(
                f"{_place(where)} stands {number:.10g}; it must be {what} from {limit.low:,.10g} to {limit.high:,.10g}."
            )


def _expected(kind: Any, raw: object, where: str, words: str) -> Any:
    if not isinstance(raw, kind):
        raise BadInputError(f"{_place(where)} stands {_shown(raw)}; it must be {words}.")
    return raw


def _place(where: str) -> str:
    return f'At "{where}"' if where else "At the top"


def _inside(where: str, name: str) -> str:
    return f"{where}.{_short(name)}" if where else _short(name)


def _shown(raw: object) -> str:
    """Name what was found, short and on one line."""
    if raw is None:
        return "null"
    if isinstance(raw, bool):
        return str(raw).lower()
    if isinstance(raw, dict):
        return "an object"
    if isinstance(raw, list):
        return "a list"
    return f'"{_short(raw)}"' if isinstance(raw, str) else str(raw)[:40]


def _short(text: str, longest: int = 60) -> str:
    clean = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
    return clean if len(clean) <= longest else f"{clean[: longest - 1]}…"


_READERS: dict[Any, Callable[[Any, object, str, tuple[Any, ...]], Any]] = {
    str: _text,
    float: _real,
    int: _whole,
    bool: _flag,
    Literal: _choice,
    tuple: _list,
    Mapping: _mapping,
    Union: _either,
}
