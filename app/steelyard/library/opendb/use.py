"""Taking imported parts into use, and leaving them: only those that are taken can stand in builds.

See resources/docs/decisions/0013-imported-parts-are-taken-on-purpose.md.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, update

from steelyard.errors import BadInputError
from steelyard.library.opendb.record import OURS
from steelyard.library.search import mark_in_use
from steelyard.library.tables import imported_part

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

    from steelyard.library.library import Library

MOST: Final = 100
"""Parts that are taken at once unless more are asked for: each one lengthens the pickers and the start."""

_BATCH: Final = 500
_NAMED: Final = 20


def take(library: Library, *part_ids: str) -> tuple[str, ...]:
    """Let imported parts stand in builds; return those that could not before.

    BadInputError, and nothing is changed, where one is not there, was refused by a rule, or is another part.
    """
    with library.reading() as connection:
        found = [_usable(connection, part_id) for part_id in dict.fromkeys(part_ids)]
    return _mark(library, [row.part_id for row in found if not row.in_use], in_use=True)


def take_of_kind(library: Library, kind: str, maker: str = "", most: int = MOST) -> tuple[str, ...]:
    """Let all imported parts of a kind (and of a maker) stand in builds; return those that could not before.

    BadInputError, and nothing is changed, where there are none, or more than `most`.
    """
    wanted = _of_kind(kind, maker)
    usable = imported_part.c.state == "taken"
    with library.reading() as connection:
        number = connection.execute(select(func.count()).where(wanted, usable)).scalar() or 0
        said = f'of the kind "{kind}"' + (f' by "{maker}"' if maker else "")
        if not number:
            raise BadInputError(
                f"The library holds no imported part {said}.",
                'Import OpenDB first with "steelyard catalog import opendb PATH", or name another kind or maker.',
            )
        if number > most:
            raise BadInputError(
                f"There are {number:,} imported parts {said}, more than {most:,}. Nothing was changed.",
                f"Name a maker with --maker, or allow more with --max {number}.",
            )
        query = select(imported_part.c.part_id).where(wanted, usable, imported_part.c.in_use == 0)
        part_ids = connection.execute(query.order_by(imported_part.c.part_id)).scalars().all()
    return _mark(library, list(part_ids), in_use=True)


def leave(library: Library, *part_ids: str) -> tuple[str, ...]:
    """Let imported parts no longer stand in builds; return those that could before. BadInputError as in `take`."""
    with library.reading() as connection:
        found = [_imported(connection, part_id) for part_id in dict.fromkeys(part_ids)]
    return _mark(library, [row.part_id for row in found if row.in_use], in_use=False)


def leave_of_kind(library: Library, kind: str, maker: str = "") -> tuple[str, ...]:
    """Let no imported part of a kind (and of a maker) stand in builds any longer; return those that could."""
    query = select(imported_part.c.part_id).where(_of_kind(kind, maker), imported_part.c.in_use == 1)
    with library.reading() as connection:
        part_ids = connection.execute(query.order_by(imported_part.c.part_id)).scalars().all()
    return _mark(library, list(part_ids), in_use=False)


def why_not_standing(connection: Connection, part_id: str) -> tuple[str, str]:
    """Return why an imported part stands in no build and what to do, or two empty texts where it is none."""
    try:
        row = _usable(connection, part_id)
    except BadInputError as trouble:
        held = connection.execute(select(imported_part.c.part_id).where(imported_part.c.part_id == part_id)).first()
        return ("", "") if held is None else (trouble.message, trouble.remedy)
    if row.in_use:
        return "", ""
    remedy = f'"steelyard catalog take {part_id}" lets it stand in builds.'
    return f'"{part_id}" is imported, but not taken into use.', remedy


def _of_kind(kind: str, maker: str) -> ColumnElement[bool]:
    wanted = imported_part.c.kind == kind
    return wanted & (func.lower(imported_part.c.manufacturer) == maker.lower()) if maker else wanted


def _mark(library: Library, part_ids: list[str], *, in_use: bool) -> tuple[str, ...]:
    if not part_ids:
        return ()
    action = "imported parts taken" if in_use else "imported parts left"
    subject = part_ids[0] if len(part_ids) == 1 else f"{len(part_ids)} parts"
    with library.changing(action, subject, {"parts": part_ids[:_NAMED], "number": len(part_ids)}) as connection:
        for start in range(0, len(part_ids), _BATCH):
            these = imported_part.c.part_id.in_(part_ids[start : start + _BATCH])
            connection.execute(update(imported_part).where(these).values(in_use=int(in_use)))
        for part_id in part_ids:
            mark_in_use(connection, part_id, in_use=in_use)
    return tuple(part_ids)


def _usable(connection: Connection, part_id: str) -> Row[Any]:
    row = _imported(connection, part_id)
    if row.state == "duplicate" and not row.in_use:
        other = json.loads(row.record)[OURS].get("same_as", "")
        raise BadInputError(f'"{part_id}" is the same product as "{other}".', "Use that one.")
    if row.state == "quarantined":
        raise BadInputError(
            f'"{part_id}" was refused by a quarantine rule.',
            "The import's report says by which; make an own part where you know better.",
        )
    return row


def _imported(connection: Connection, part_id: str) -> Row[Any]:
    row = connection.execute(select(imported_part).where(imported_part.c.part_id == part_id)).first()
    if row is None:
        raise BadInputError(
            f'There is no imported part "{part_id[:120]}".',
            'Look it up with "steelyard catalog find WORDS"; "steelyard catalog import opendb PATH" brings OpenDB in.',
        )
    return row
