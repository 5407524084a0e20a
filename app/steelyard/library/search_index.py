"""Keeping the search index: the parts of all layers in `part_index`, their words in SQLite's full-text index.

Ids are handed out by layer, what is trusted most first, so that the order of ids is a sensible order of results.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import column, delete, func, insert, literal, select, table, update

from steelyard.library.facts import fact_of, state_fact
from steelyard.library.search_words import found_by, number_of
from steelyard.library.tables import part_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection

    from steelyard.catalog import Catalog

LAYERS: Final = ("own", "curated", "opendb")
"""The layers, what the user made first."""

INDEXED: Final = "indexed_catalogue"
"""The fact that says of which catalogue the index is."""

WORDS: Final = table(
    "part_words",
    column("part_words"),
    column("rowid"),
    *(column(name) for name in ("manufacturer", "name", "mpn", "number", "facts")),
)
"""SQLite's full-text index over `part_index`; other databases have none."""

_SAID: Final = ("manufacturer", "name", "mpn", "number", "facts")
ROOM: Final = 10_000_000
"""Ids that a layer has to itself."""

_BATCH: Final = 500


def ids_of(layer: str) -> tuple[int, int]:
    """Return the first and the last id that entries of a layer may have; of no layer, none."""
    start = LAYERS.index(layer) * ROOM if layer in LAYERS else -2 * ROOM
    return start, start + ROOM - 1


def index_curated(connection: Connection, catalog: Catalog) -> bool:
    """Bring the index in step with the catalogue's own and curated parts; says whether there was anything to do."""
    entries, mark = _entries(catalog)
    if fact_of(connection, INDEXED) == mark:
        return False
    _take_out(connection, part_index.c.layer != "opendb")
    _put_in(connection, entries)
    state_fact(connection, INDEXED, mark)
    return True


def is_indexed(connection: Connection, catalog: Catalog) -> bool:
    """Say whether the index is in step with the catalogue's own and curated parts."""
    return fact_of(connection, INDEXED) == _entries(catalog)[1]


def index_imported(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Bring the index in step with some rows of `imported_part`: those taken are found, all others are not.

    A row maps the columns' names to their values; `record` is JSON text or what it holds.
    """
    batch: list[Mapping[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            _index_batch(connection, batch)
            batch = []
    if batch:
        _index_batch(connection, batch)


def forget_imported(connection: Connection, part_ids: Sequence[str]) -> None:
    """Take imported parts out of the index."""
    for start in range(0, len(part_ids), _BATCH):
        _take_out(connection, part_index.c.part_id.in_(part_ids[start : start + _BATCH]))


def mark_in_use(connection: Connection, part_id: str, *, in_use: bool) -> None:
    """Note in the index whether a part can stand in a build; its words stay as they are."""
    connection.execute(update(part_index).where(part_index.c.part_id == part_id).values(in_use=int(in_use)))


def _index_batch(connection: Connection, rows: list[Mapping[str, Any]]) -> None:
    forget_imported(connection, [row["part_id"] for row in rows])
    taken = [_imported(row) for row in rows if row["state"] == "taken"]
    _put_in(connection, sorted(taken, key=lambda entry: (entry["kind"], entry["manufacturer"], entry["name"])))


def _entries(catalog: Catalog) -> tuple[list[dict[str, Any]], str]:
    """Return the entries of the own and curated parts in the order of their ids, and a fingerprint of them."""
    entries = [entry for identity in catalog.parts if (entry := _curated(catalog, identity)) is not None]
    entries.sort(key=lambda entry: (LAYERS.index(entry["layer"]), entry["kind"], entry["manufacturer"], entry["name"]))
    return entries, sha256(json.dumps(entries, ensure_ascii=False).encode()).hexdigest()


def _imported(row: Mapping[str, Any]) -> dict[str, Any]:
    record = json.loads(row["record"]) if isinstance(row["record"], str) else row["record"]
    said = {name: row[name] for name in ("part_id", "kind", "manufacturer", "name", "mpn", "in_use")}
    facts = found_by(row["kind"], row["manufacturer"], row["name"], row["mpn"], record)
    return {**said, "layer": "opendb", "number": number_of(row["mpn"]), "facts": facts, "status": ""}


def _curated(catalog: Catalog, identity: str) -> dict[str, Any] | None:
    info = catalog.parts[identity]
    layer = info.layer
    if layer == "opendb":
        return None  # it is in the index already, as the import put it there
    facts = found_by(info.kind, info.manufacturer, info.name, info.mpn, _record(catalog, identity))
    return {
        "part_id": identity,
        "layer": layer,
        "kind": info.kind,
        "manufacturer": info.manufacturer,
        "name": info.name,
        "mpn": info.mpn,
        "number": number_of(info.mpn),
        "facts": facts,
        "status": info.status,
        "in_use": 1,
    }


def _record(catalog: Catalog, identity: str) -> dict[str, object]:
    """What the arrays say of a part, as an imported record says it."""
    from steelyard.catalog import words_of  # noqa: PLC0415  # numpy, which a search needs not

    kind = catalog.schema[catalog.parts[identity].kind]
    columns, row = catalog.tables[kind.name].columns, catalog.tables[kind.name].row(identity)
    record: dict[str, object] = {}
    for field in kind.fields.values():
        if field.form in {"category", "categories"}:
            record[field.name] = list(words_of(field, float(columns[field.name][row])))
        elif field.form == "number" and columns[field.name][row] == columns[field.name][row]:  # NaN
            record[field.name] = float(columns[field.name][row])
    return record


def _put_in(connection: Connection, entries: list[dict[str, Any]]) -> None:
    if not entries:
        return
    for layer in LAYERS:
        own = [entry for entry in entries if entry["layer"] == layer]
        first = _next_id(connection, layer)
        for place, entry in enumerate(own):
            entry["id"] = first + place
        if own:
            connection.execute(insert(part_index), own)
            if connection.dialect.name == "sqlite":
                connection.execute(
                    insert(WORDS),
                    [{"rowid": entry["id"], **{name: entry[name] for name in _SAID}} for entry in own],
                )


def _next_id(connection: Connection, layer: str) -> int:
    first, last = ids_of(layer)
    within = part_index.c.id.between(first, last)
    return (connection.execute(select(func.max(part_index.c.id)).where(within)).scalar() or first - 1) + 1


def _take_out(connection: Connection, which: ColumnElement[bool]) -> None:
    """Take entries out; the full-text index must be told what it held, for it keeps no text itself."""
    if connection.dialect.name == "sqlite":
        names = ["part_words", "rowid", *_SAID]
        held = select(literal("delete"), part_index.c.id, *(part_index.c[name] for name in _SAID)).where(which)
        connection.execute(insert(WORDS).from_select(names, held))
    connection.execute(delete(part_index).where(which))
