"""What a library lays over a catalogue, read from its tables: parts, overrides, the price book in use."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from steelyard.catalog.complaint import Complaint
from steelyard.catalog.layers import BARE, IMPORTED, OWN, Layers, Override
from steelyard.catalog.page import Page
from steelyard.catalog.part_file import read_part
from steelyard.catalog.prices import Book, Line
from steelyard.catalog.schema import cell_of
from steelyard.library.facts import fact_of
from steelyard.library.library import open_library
from steelyard.library.standing import Base
from steelyard.library.tables import imported_part, override, own_part, price_book, price_line
from steelyard.money import amount_text

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from steelyard.catalog.contents import Contents
    from steelyard.catalog.part import PartFile


def base_of(place: Path) -> Base:
    """Return the catalogue that the library at `place` has applied; an empty folder means the program's own."""
    from steelyard.library.bundle.snapshots import active_folder  # noqa: PLC0415

    with open_library(place).reading() as connection:
        found = active_folder(connection, place)
    if found is None:
        return Base("", "", BARE.signature)
    folder, snapshot = found
    return Base(str(folder), snapshot.catalogue_hash, snapshot.signature)


def layers_of(place: Path, contents: Contents) -> Layers:
    """Return all that the library at `place` lays over a catalogue; what does not fit it is a complaint."""
    with open_library(place).reading() as connection:
        complaints: list[Complaint] = []
        own = _own_parts(connection, contents, complaints)
        imported = _imported_parts(connection, contents, complaints, {part.info.id for part in own})
        parts = (*own, *imported)
        known = {**contents.parts, **{part.info.id: part.info for part in parts}}
        overrides = _overrides(connection, contents, {name: info.kind for name, info in known.items()}, complaints)
        book = _book(connection)
    layer_of = {part.info.id: OWN for part in own} | {part.info.id: IMPORTED for part in imported}
    found = Layers(parts, layer_of, overrides, book, tuple(complaints), BARE.signature, "")
    if not (parts or overrides or book):
        return found
    return found._replace(digest=sha256(json.dumps(found, sort_keys=True, ensure_ascii=False).encode()).hexdigest())


def part_of(text: str, part_id: str, contents: Contents, complaints: list[Complaint]) -> PartFile | None:
    """Read a part from TOML text as if it lay among the files of the catalogue; None when it has complaints."""
    kind, maker, model = part_id.split("/")
    try:
        page = Page(f"parts/{kind}/{maker}-{model}.toml", text.encode(), complaints)
    except (ValueError, RecursionError) as trouble:
        complaints.append(Complaint(part_id, 0, f"It is no TOML: {trouble}.", "Mend it where it says."))
        return None
    return read_part(page, contents.schema, contents.sources)


def _own_parts(connection: Connection, contents: Contents, complaints: list[Complaint]) -> list[PartFile]:
    found = []
    for row in connection.execute(select(own_part.c.part_id, own_part.c.document).order_by(own_part.c.part_id)):
        if row.part_id in contents.parts:
            complaints.append(
                Complaint(row.part_id, 0, "An own part has the id of a part of the catalogue.", "Give it another id.")
            )
        elif (part := part_of(row.document, row.part_id, contents, complaints)) is not None:
            found.append(part)
    return found


def _imported_parts(
    connection: Connection, contents: Contents, complaints: list[Complaint], own: set[str]
) -> list[PartFile]:
    used = select(imported_part).where(imported_part.c.in_use == 1).order_by(imported_part.c.part_id)
    rows = connection.execute(used).all()
    if not rows:
        return []
    from steelyard.library.opendb.part_text import part_text  # noqa: PLC0415

    found = []
    for row in rows:
        if row.part_id in contents.parts or row.part_id in own:
            continue  # the higher layer stands
        if (part := part_of(part_text(row, contents.schema), row.part_id, contents, complaints)) is not None:
            found.append(part)
    return found


def _overrides(
    connection: Connection, contents: Contents, kinds: dict[str, str], complaints: list[Complaint]
) -> tuple[Override, ...]:
    found: dict[tuple[str, str], Override] = {}
    in_force = select(override).where(override.c.undone_at.is_(None)).order_by(override.c.id)
    for row in connection.execute(in_force):
        where = f"override of {row.part_id}, {row.field}"
        kind = kinds.get(row.part_id)
        field = None if kind is None else contents.schema[kind].fields.get(row.field)
        source = contents.sources.get(row.source)
        if field is None or source is None:
            what = "the part" if kind is None else "the field" if field is None else f'the source "{row.source}"'
            complaints.append(Complaint(where, 0, f"The catalogue no longer has {what}.", "Undo the override."))
            continue
        try:
            value, words = cell_of(field, json.loads(row.value))
        except ValueError as trouble:
            complaints.append(Complaint(where, 0, str(trouble), "Undo the override, and set it anew."))
            continue
        found[row.part_id, row.field] = Override(
            row.part_id, row.field, value, words, row.source, source.tier, row.evidence, row.why, row.set_by, row.set_at
        )
    return tuple(found.values())


def _book(connection: Connection) -> Book | None:
    active = fact_of(connection, "active_book")
    if not active:
        return None
    row = connection.execute(select(price_book).where(price_book.c.id == int(active))).one()
    lines: dict[str, tuple[Line, ...]] = {}
    wanted = select(price_line).where(price_line.c.book_id == row.id)
    for line in connection.execute(wanted.order_by(price_line.c.part_id, price_line.c.least)):
        entry = Line(line.least, amount_text(line.amount, row.currency), line.note)
        lines[line.part_id] = (*lines.get(line.part_id, ()), entry)
    return Book(row.name, row.currency, row.source, row.dated, row.kind, bool(row.fills_gaps), lines)
