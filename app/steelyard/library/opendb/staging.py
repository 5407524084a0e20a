"""What an import has read and not yet finished: kept in the library, so that a stopped run goes on where it was."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import delete, insert, select, update

from steelyard.library.opendb.attribution import SOURCE
from steelyard.library.opendb.registry import EDITION
from steelyard.library.tables import import_run, import_staged, imported_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from steelyard.library.library import Library
    from steelyard.library.opendb.record import Record

BATCH: Final = 500
"""Records that are kept in one step: about what a second reads."""


class Staging:
    """The unfinished run of a library: which files it knows already, and a place for those that it reads."""

    def __init__(self, library: Library, origin: str, *, anew: bool) -> None:
        """Go on with the run that was stopped, or begin one; `anew`: no file counts as known."""
        self._library = library
        self._origin = origin
        self._batch: list[dict[str, Any]] = []
        self._run: int | None = None
        with library.reading() as connection:
            run = _unfinished(connection)
            known = {} if anew else _digests(connection, imported_part)
            if run is not None and run[1] == EDITION:
                self._run = run[0]
                known |= _digests(connection, import_staged)
        self.resumed = self._run is not None
        self._known = known
        if run is not None and not self.resumed:
            self._drop_outdated()

    def knows(self, file: str, digest: str) -> bool:
        """Say whether a file was read before, with the very same content."""
        return self._known.get(file) == bytes.fromhex(digest)

    def add(self, record: Record) -> None:
        """Keep a record; every BATCH of them goes to the disk at once."""
        row = record.row
        content = json.dumps({"row": row, "hits": record.hits}, ensure_ascii=False, separators=(",", ":"))
        self._batch.append({"file": row["file"], "digest": row["digest"], "content": content})
        if len(self._batch) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Put what is waiting on the disk."""
        if not self._batch:
            return
        with self._library.working() as connection:
            if self._run is None:
                self._run = _begin(connection, self._origin, self._library.now())
            files = [row["file"] for row in self._batch]
            connection.execute(delete(import_staged).where(import_staged.c.file.in_(files)))
            connection.execute(insert(import_staged), [{**row, "run_id": self._run} for row in self._batch])
        self._batch = []

    def _drop_outdated(self) -> None:
        """Rules changed since the run was stopped: what it read is read anew."""
        with self._library.working() as connection:
            connection.execute(delete(import_staged))
            going_on = import_run.c.finished_at.is_(None) & (import_run.c.dataset == SOURCE)
            connection.execute(update(import_run).where(going_on).values(counts=_edition()))


def staged_pages(connection: Connection) -> Iterator[list[tuple[str, dict[str, Any], list[list[str]]]]]:
    """Give file, row and hits of what is staged, in the order of the files, a page at a time."""
    last = ""
    while True:
        query = select(import_staged.c.file, import_staged.c.content).where(import_staged.c.file > last)
        rows = connection.execute(query.order_by(import_staged.c.file).limit(BATCH)).all()
        if not rows:
            return
        last = rows[-1].file
        loaded = ((row.file, json.loads(row.content)) for row in rows)
        yield [(file, content["row"], content["hits"]) for file, content in loaded]


def current_run(connection: Connection, origin: str, now: str) -> int:
    """Return the id of the run that is going on; one is begun where there is none."""
    run = _unfinished(connection)
    return _begin(connection, origin, now) if run is None else run[0]


def _unfinished(connection: Connection) -> tuple[int, str] | None:
    query = select(import_run.c.id, import_run.c.counts).where(
        import_run.c.finished_at.is_(None), import_run.c.dataset == SOURCE
    )
    row = connection.execute(query.order_by(import_run.c.id.desc()).limit(1)).first()
    return None if row is None else (row.id, str(json.loads(row.counts).get("edition", "")))


def _begin(connection: Connection, origin: str, now: str) -> int:
    made = connection.execute(
        insert(import_run).values(dataset=SOURCE, origin=origin, started_at=now, counts=_edition())
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]  # one row has one


def _edition() -> str:
    return json.dumps({"edition": EDITION})


def _digests(connection: Connection, table: Any) -> dict[str, bytes]:  # noqa: ANN401  # either of two tables
    rows = connection.execute(select(table.c.file, table.c.digest))
    return {row.file: bytes.fromhex(row.digest) for row in rows}
