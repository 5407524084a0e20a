"""Single values that a user puts in the place of the catalogue's: with evidence, undone by one command, never lost."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import insert, select, update

from steelyard.catalog.schema import cell_of
from steelyard.errors import BadInputError, DamagedFileError, MissingFileError, did_you_mean
from steelyard.library.tables import override

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from steelyard.catalog import Catalog, Field
    from steelyard.library.library import Library

__all__ = [
    "Kept",
    "Wish",
    "checked",
    "overrides",
    "put",
    "replaced_by",
    "said_value",
    "set_override",
    "take_back",
    "undo_override",
    "value_of",
]

_LONGEST: Final = 2000
"""Letters of a place or a reason: a paragraph, not a page."""

_NUMBER: Final = re.compile(r"([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)\s*([^\d\s.,+-]\S*)?")
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}
_EXACT: Final = 2**53
"""Up to here a float holds every whole number; a larger one is not the digits that were typed."""

_REPLACED: Final = ", by another value"
"""Stands after the name of who ended an override where another one took its place."""


class Kept(NamedTuple):
    """A value that was put in the place of another; in force as long as `undone_at` is None.

    `value` is as a part's file states it: a number in the field's unit, a word, a list of words, true or false.
    `where` says where in the source, `why` why the catalogue's is not right; times are UTC.
    """

    id: int
    part: str
    field: str
    value: Any
    source: str
    where: str
    why: str
    set_at: str
    set_by: str
    undone_at: str | None
    undone_by: str | None


class Wish(NamedTuple):
    """A value to be put in the place of the catalogue's, with the evidence."""

    part: str
    field: str
    value: Any
    source: str
    where: str
    why: str


def set_override(library: Library, catalog: Catalog, wish: Wish) -> Kept:
    """Put a value in the place of the catalogue's. BadInputError, a sentence, when it or its evidence does not do."""
    clean = checked(catalog, wish)
    detail: dict[str, object] = {}
    with library.changing("override set", f"{clean.part} {clean.field}", detail) as connection:
        kept, before = put(library, connection, clean)
        detail |= {**clean._asdict(), "before": None if before is None else before.value}
    return kept


def undo_override(library: Library, part: str, field: str) -> Kept:
    """Let the catalogue's value stand again; return what stood in its place, which stays in the history.

    MissingFileError when nothing does.
    """
    detail: dict[str, object] = {}
    with library.changing("override undone", f"{part} {field}", detail) as connection:
        kept = _in_force(connection, part, field)
        if kept is None:
            known = connection.execute(select(override.c.part_id, override.c.field).where(_stands())).all()
            hint = did_you_mean(f"{part} {field}", [f"{row.part_id} {row.field}" for row in known]).strip()
            raise MissingFileError(
                f'Nothing stands in the place of "{field[:60]}" of "{part[:80]}".',
                hint or 'See "steelyard catalog override list".',
            )
        take_back(library, connection, kept)
        detail |= {"value": kept.value, "set_by": kept.set_by, "set_at": kept.set_at}
    return kept


def overrides(library: Library, *, history: bool = False, part: str = "") -> tuple[Kept, ...]:
    """Return what is in force, or all that ever was, in the order of setting; of one part where it is named."""
    wanted = select(override).order_by(override.c.id)
    if part:
        wanted = wanted.where(override.c.part_id == part)
    if not history:
        wanted = wanted.where(_stands())
    with library.reading() as connection:
        return tuple(_kept(row) for row in connection.execute(wanted))


def checked(catalog: Catalog, wish: Wish) -> Wish:
    """Return the wish as it is kept; BadInputError when its part, field, value or evidence does not do."""
    info = catalog.part(wish.part)
    catalog.stated(wish.part, wish.field)
    field = catalog.schema[info.kind].fields[wish.field]
    if field.form == "slots":
        raise BadInputError(
            f"{field.label} are no single value.", f'Adapt the part: "steelyard catalog own template {info.kind}".'
        )
    try:
        cell_of(field, wish.value)
    except ValueError as trouble:
        raise BadInputError(str(trouble)) from None
    if wish.source not in catalog.sources:
        hint = did_you_mean(wish.source, tuple(catalog.sources)).strip()
        raise BadInputError(
            f'There is no source "{wish.source[:60]}" in the bibliography.',
            hint or "Of your own there are own-measurement, own-reading and own-statement.",
        )
    return wish._replace(where=_evidence("where", wish.where), why=_evidence("why", wish.why))


def value_of(field: Field, text: str) -> Any:  # noqa: ANN401  # as many forms as fields have
    """Return a value that was typed: a number with or without the field's unit, words with commas, yes or no.

    BadInputError when it cannot be read as what the field takes.
    """
    text = text.strip()
    match field.form:
        case "number":
            return _number(field, text)
        case "flag" if text.lower() in _YES:
            return _YES[text.lower()]
        case "flag":
            raise BadInputError(f'{field.label} is yes or no, not "{text[:40]}".')
        case "categories":
            return [word.strip() for word in text.split(",") if word.strip()]
        case _:
            return text


def said_value(value: object, unit: str = "") -> str:
    """Return a kept value as `value_of` reads it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int() | float():
            number = repr(int(value)) if float(value).is_integer() else repr(value)
            return f"{number} {unit}".removesuffix("×").rstrip()
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def put(library: Library, connection: Connection, wish: Wish) -> tuple[Kept, Kept | None]:
    """Keep a checked wish within a change that goes on; return it, and what stood in its place until now."""
    before = _in_force(connection, wish.part, wish.field)
    if before is not None:
        _end(connection, before, library.now(), f"{library.who}{_REPLACED}")
    row = {
        "part_id": wish.part,
        "field": wish.field,
        "value": json.dumps(wish.value, ensure_ascii=False, allow_nan=False),
        "source": wish.source,
        "evidence": wish.where,
        "why": wish.why,
        "set_at": library.now(),
        "set_by": library.who,
    }
    connection.execute(insert(override).values(row))
    kept = _in_force(connection, wish.part, wish.field)
    assert kept is not None  # noqa: S101  # it was put there a line ago
    return kept, before


def take_back(library: Library, connection: Connection, kept: Kept) -> None:
    """End an override within a change that goes on."""
    _end(connection, kept, library.now(), library.who)


def replaced_by(connection: Connection, kept: Kept) -> Kept | None:
    """Return the override in whose place this one was put; None where it was put in that of the catalogue's value."""
    earlier = select(override).where(
        override.c.part_id == kept.part, override.c.field == kept.field, override.c.id < kept.id
    )
    row = connection.execute(earlier.order_by(override.c.id.desc()).limit(1)).first()
    return _kept(row) if row is not None and (row.undone_by or "").endswith(_REPLACED) else None


def _in_force(connection: Connection, part: str, field: str) -> Kept | None:
    wanted = select(override).where(override.c.part_id == part, override.c.field == field, _stands())
    row = connection.execute(wanted.order_by(override.c.id.desc()).limit(1)).first()
    return None if row is None else _kept(row)


def _end(connection: Connection, kept: Kept, at: str, who: str) -> None:
    ended = {"undone_at": at, "undone_by": who}
    connection.execute(update(override).where(override.c.id == kept.id, _stands()).values(ended))


def _stands() -> Any:  # noqa: ANN401  # SQLAlchemy's own
    return override.c.undone_at.is_(None)


def _kept(row: Iterable[Any]) -> Kept:
    kept = Kept(*row)
    try:
        return kept._replace(value=json.loads(kept.value))
    except ValueError:
        raise DamagedFileError(
            f'The override of "{kept.field}" of "{kept.part}" is damaged: its value is no JSON.',
            "Go back to a copy of the library.",
        ) from None


def _evidence(name: str, text: str) -> str:
    """Return a place or a reason on one line; both are asked for, or nobody can ever check the value."""
    clean = " ".join(text.split())
    if not clean or not clean.isprintable():
        raise BadInputError(f'"{name}" is empty.', "Say where the value stands, or how it was measured, and why.")
    if len(clean) > _LONGEST:
        raise BadInputError(f'"{name}" has {len(clean):,} letters; at most {_LONGEST:,} are kept.', "Say it shorter.")
    return clean


def _number(field: Field, text: str) -> float | int:
    found = _NUMBER.fullmatch(text)
    unit = "" if field.unit == "×" else field.unit
    if found is None:
        raise BadInputError(f'{field.label} is a number, not "{text[:40]}".', f"Write it as 1.5{f' {unit}'.rstrip()}.")
    if (found[2] or unit) != unit:
        wanted = f'"{unit}"' if unit else "no unit"
        raise BadInputError(f'{field.label} is kept in {wanted}, not "{found[2][:20]}".', "Convert the value.")
    number = float(found[1])
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number
