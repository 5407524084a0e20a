"""The end of an import: what was staged, what is gone and all comparisons become the library's in one transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, insert, select, update

from steelyard.errors import BadInputError
from steelyard.library.facts import fact_of, state_fact
from steelyard.library.opendb.attribution import LICENCE_FACT, SOURCE
from steelyard.library.opendb.names import part_id
from steelyard.library.opendb.registry import EDITION
from steelyard.library.opendb.second_pass import judged_pages
from steelyard.library.opendb.staging import BATCH, current_run, staged_pages
from steelyard.library.search import forget_imported, index_imported
from steelyard.library.tables import import_hit, import_run, import_staged, imported_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import Connection

    from steelyard.library.library import Library
    from steelyard.library.opendb.curated import Curated
    from steelyard.library.opendb.second_pass import Judged

EDITION_FACT: Final = "opendb_edition"
CURATED_FACT: Final = "opendb_compared_with"

ALLOWED: Final = 20, 0.1
"""Records that may be gone from a source without anybody's word: so many, or this share of all, whichever is more."""

_LATER_RULES: Final = ("X1", "X3", "curated")
_NAMED: Final = 50
_CACHE: Final = 112 * 1024  # KiB


def rules_changed(connection: Connection) -> bool:
    """Say whether what is in the library was read under other rules than these."""
    return fact_of(connection, EDITION_FACT) != EDITION


def is_finished(connection: Connection, seen: Mapping[str, bytes], mark: str) -> bool:
    """Say whether nothing is left to do: all there, nothing staged or gone, the same rules and curated parts.

    `seen` is every file of the source with the SHA-256 of what was read of it.
    """
    if connection.execute(select(import_staged.c.file).limit(1)).first() is not None:
        return False
    if rules_changed(connection) or fact_of(connection, CURATED_FACT) != mark:
        return False
    held = {file: digest for page in _file_pages(connection) for file, digest, *_ in page}
    return held == seen


def finish(
    library: Library, origin: str, seen: Mapping[str, bytes], curated: Curated, licence: str, *, let_go: bool = False
) -> dict[str, Any]:
    """Make what was read the library's own, all or nothing, and return what changed.

    BadInputError where more than ALLOWED would go, unless `let_go`, or where what was read is not staged any more.

    Keys: `new`, `changed`, `gone` and `compared_anew` (how many), `gone_parts`, `kept_in_use` and `out_of_use` (ids, at
    most fifty each).
    """
    detail: dict[str, Any] = {}
    with library.changing("import finished", SOURCE, detail) as connection:
        _keep_readers_going(connection)
        if not let_go:
            _refuse_a_small_part(connection, seen)
        run = current_run(connection, origin, library.now())
        _drop_staged_of_other_files(connection, seen)
        detail |= _take_staged(connection, run, curated)
        _expect_all(connection, seen)
        detail |= _remove_gone(connection, seen)
        detail |= _settle(connection, curated)
        for name, value in ((EDITION_FACT, EDITION), (CURATED_FACT, curated.mark), (LICENCE_FACT, licence)):
            if value and fact_of(connection, name) != value:
                state_fact(connection, name, value)
        connection.execute(delete(import_staged))
        done = {"finished_at": library.now(), "origin": origin, "counts": json.dumps({**detail, "edition": EDITION})}
        connection.execute(update(import_run).where(import_run.c.id == run).values(done))
    return detail


def _refuse_a_small_part(connection: Connection, seen: Collection[str]) -> None:
    """A part of the database is easily taken for all of it; what is in use stays in any case."""
    known = gone = 0
    for page in _file_pages(connection):
        known += len(page)
        gone += sum(file not in seen and not in_use for file, _, _, in_use in page)
    least, share = ALLOWED
    if gone > max(least, share * known):
        raise BadInputError(
            f"The source has {len(seen):,} records and lacks {gone:,} of the {known:,} that were imported before; "
            "nothing was changed.",
            "Name the whole of OpenDB, or say --let-go if these records are to go.",
        )


def _expect_all(connection: Connection, seen: Mapping[str, bytes]) -> None:
    """Another import at the same time shares the staged records, and may have taken or dropped some of ours."""
    held = {file: digest for page in _file_pages(connection) for file, digest, *_ in page}
    if any(held.get(file) != digest for file, digest in seen.items()):
        raise BadInputError("Another import changed the library meanwhile; this one changed nothing.", "Run it again.")


def _keep_readers_going(connection: Connection) -> None:
    """Hold the changes in memory until they are complete: SQLite shuts readers out as soon as its cache runs over."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")


def _drop_staged_of_other_files(connection: Connection, seen: Collection[str]) -> None:
    """A stopped run may have read another source."""
    others = [file for page in staged_pages(connection) for file, *_ in page if file not in seen]
    for start in range(0, len(others), BATCH):
        connection.execute(delete(import_staged).where(import_staged.c.file.in_(others[start : start + BATCH])))


def _take_staged(connection: Connection, run: int, curated: Curated) -> dict[str, Any]:
    counts = {"new": 0, "changed": 0}
    anew = rules_changed(connection)
    for page in staged_pages(connection):
        files = [file for file, *_ in page]
        query = select(imported_part.c.file, imported_part.c.part_id, imported_part.c.in_use, imported_part.c.digest)
        before = {row.file: row for row in connection.execute(query.where(imported_part.c.file.in_(files)))}
        wanted = [row["part_id"] for _, row, _ in page]
        query = select(imported_part.c.part_id, imported_part.c.file).where(imported_part.c.part_id.in_(wanted))
        owners = {row.part_id: row.file for row in connection.execute(query)}
        rows, hits = [], []
        for file, row, found in page:
            old = before.get(file)
            if old is None or anew or old.digest != row["digest"]:
                counts["new" if old is None else "changed"] += 1
            made = {**row, "run_id": run, "in_use": 0 if old is None else old.in_use}
            hits += [
                dict(zip(("file", "rule", "action", "field", "was", "now"), (file, *hit), strict=True)) for hit in found
            ]
            if old is not None and old.in_use:
                made["part_id"] = old.part_id  # a build knows it by that
            elif owners.setdefault(made["part_id"], file) != file or made["part_id"] in curated.ids:
                longer = part_id(row["kind"], row["manufacturer"], row["name"], file, whole=True)
                hits.append(_id_hit(file, made["part_id"], longer))
                made["part_id"] = longer
            rows.append(made)
        if before:
            forget_imported(connection, [row.part_id for row in before.values()])
            connection.execute(delete(imported_part).where(imported_part.c.file.in_(list(before))))
            connection.execute(delete(import_hit).where(import_hit.c.file.in_(list(before))))
        connection.execute(insert(imported_part), rows)
        if hits:
            connection.execute(insert(import_hit), hits)
    return counts


def _id_hit(file: str, was: str, now: str) -> dict[str, str]:
    return {"file": file, "rule": "id", "action": "fixed", "field": "opendb_id", "was": was, "now": now}


def _remove_gone(connection: Connection, seen: Collection[str]) -> dict[str, Any]:
    """Remove the records whose files are gone; what is in use stays, and is named."""
    gone: list[tuple[str, str]] = []
    kept: list[str] = []
    for page in _file_pages(connection):
        for file, _, identity, in_use in page:
            if file not in seen:
                (kept.append(identity) if in_use else gone.append((file, identity)))
    for start in range(0, len(gone), BATCH):
        files = [file for file, _ in gone[start : start + BATCH]]
        forget_imported(connection, [identity for _, identity in gone[start : start + BATCH]])
        connection.execute(delete(imported_part).where(imported_part.c.file.in_(files)))
        connection.execute(delete(import_hit).where(import_hit.c.file.in_(files)))
    names = [identity for _, identity in gone[:_NAMED]]
    return {"gone": len(gone), "gone_parts": names, "kept_in_use": kept[:_NAMED]}


def _settle(connection: Connection, curated: Curated) -> dict[str, Any]:
    """Compare all records with each other and with the curated parts, and write what comes out differently."""
    out_of_use: list[str] = []
    compared = 0
    for page in judged_pages(connection, curated):
        refused = [judged for judged in page if judged.row["in_use"] and judged.row["state"] == "quarantined"]
        for judged in refused:
            judged.row["in_use"] = 0
            out_of_use.append(judged.row["part_id"])
        changed = [judged for judged in page if judged.changed or judged in refused]
        touched = [judged for judged in page if judged.changed or judged.fresh]
        _write(connection, changed)
        compared += sum(not judged.fresh for judged in changed)
        index_imported(connection, [judged.row for judged in touched])
    return {"compared_anew": compared, "out_of_use": out_of_use[:_NAMED]}


def _write(connection: Connection, changed: list[Judged]) -> None:
    if not changed:
        return
    rows = [
        {"key": judged.row["file"], **{f"new_{name}": judged.row[name] for name in ("record", "state", "in_use")}}
        for judged in changed
    ]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("record", "state", "in_use")}
    connection.execute(update(imported_part).where(imported_part.c.file == bindparam("key")).values(values), rows)
    files = [judged.row["file"] for judged in changed]
    later = import_hit.c.file.in_(files) & import_hit.c.rule.in_(_LATER_RULES)
    connection.execute(delete(import_hit).where(later))
    hits = [{"file": judged.row["file"], **hit._asdict()} for judged in changed for hit in judged.hits]
    if hits:
        connection.execute(insert(import_hit), hits)


def _file_pages(connection: Connection) -> Iterator[list[tuple[str, bytes, str, int]]]:
    """Give file, digest, id and whether it is in use of every record."""
    last = ""
    part = imported_part.c
    columns = (part.file, part.digest, part.part_id, part.in_use)
    while True:
        query = select(*columns).where(imported_part.c.file > last).order_by(imported_part.c.file).limit(BATCH)
        rows = [(row.file, bytes.fromhex(row.digest), row.part_id, row.in_use) for row in connection.execute(query)]
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def totals(connection: Connection) -> dict[str, Any]:
    """Return what the library holds of the import: records by state, by kind, hits by action."""
    states = connection.execute(select(imported_part.c.state, func.count()).group_by(imported_part.c.state))
    kinds = connection.execute(
        select(imported_part.c.kind, func.count())
        .where(imported_part.c.state == "taken")
        .group_by(imported_part.c.kind)
    )
    touched = connection.execute(
        select(import_hit.c.action, func.count(func.distinct(import_hit.c.file))).group_by(import_hit.c.action)
    )
    return {"states": dict(map(tuple, states)), "kinds": dict(map(tuple, kinds)), "files": dict(map(tuple, touched))}
