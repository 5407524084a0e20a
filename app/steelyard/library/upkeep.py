"""Looking after a library: is it sound to the last document, and a copy of it that is whole."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from steelyard.errors import BadInputError, CannotSaveError, SteelyardError
from steelyard.library import audit
from steelyard.library.content import content_is_as_noted
from steelyard.library.opening import copied
from steelyard.library.own_parts import read_own_part
from steelyard.library.standing import LIBRARY
from steelyard.library.tables import build, imported_part, override, own_part
from steelyard.project.file import project_from_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from steelyard.catalog import Catalog
    from steelyard.library.library import Library

__all__ = ["Trouble", "back_up", "troubles"]

_MAGIC = b"SQLite format 3\0"


class Trouble(NamedTuple):
    """Something in the library that is not as it should be: where, what, and how to put it right."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """All of it in one line."""
        return f"{self.where}: {self.what} {self.remedy}"


def troubles(library: Library, catalog: Catalog) -> tuple[Trouble, ...]:
    """Look at every page, every entry of the log and every document; return what is wrong, nothing when all is well."""
    with library.reading() as connection:
        looks = (_pages, _log, _content, _builds, _overrides, _imported)
        found = [each for look in looks for each in look(connection)]
        return (*found, *_own_parts(connection, catalog), *_base(catalog))


def back_up(library: Library, target: Path) -> int:
    """Write a consistent copy of the library, also while it is in use; return its bytes.

    It stands under its name only when it is whole and on the disk. BadInputError when something else than a library
    lies there, CannotSaveError when it cannot be written; what lay there is then as it was.
    """
    _refuse_what_is_no_copy(library, target)
    beside = target.with_name(f".{target.name}.{os.urandom(6).hex()}.unfinished")
    try:
        copied(library.path, beside)
        _prove(beside)
        size = beside.stat().st_size
        beside.replace(target)
    except (OSError, sqlite3.Error) as trouble:
        why = getattr(trouble, "strerror", None) or str(trouble)
        raise CannotSaveError(f'The copy "{target}" was not written: {why}.', "Choose another folder.") from trouble
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return size


def _refuse_what_is_no_copy(library: Library, target: Path) -> None:
    if target.is_dir():
        raise BadInputError(f'"{target}" is a folder.', "Name a file in it.")
    if not target.exists():
        return
    if target.samefile(library.path):
        raise BadInputError("A library cannot be the copy of itself.", "Name another file.")
    with target.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise BadInputError(f'"{target}" is there already and is no copy of a library.', "Name another file.")


def _prove(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as opened:
        found = opened.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(f"it is not sound: {found}")


def _pages(connection: Connection) -> Iterator[Trouble]:
    restore = "Go back to a copy of the library."
    for (found,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if found != "ok":
            yield Trouble("file", f"{' '.join(str(found).split())}.", restore)
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Trouble(f"table {row[0]}", f"Row {row[1]} belongs to a row of {row[2]} that is not there.", restore)


def _log(connection: Connection) -> Iterator[Trouble]:
    broken = audit.broken_at(connection)
    if broken is not None:
        yield Trouble("log", f"The chain is broken at line {broken}.", "Compare it with a copy of the library.")


def _content(connection: Connection) -> Iterator[Trouble]:
    if not content_is_as_noted(connection):
        what = "What the user keeps is not what the last change left: something else than Steelyard wrote to it."
        yield Trouble("tables", what, "Compare it with a copy of the library, or look the values over one by one.")


def _builds(connection: Connection) -> Iterator[Trouble]:
    for row in connection.execute(select(build).order_by(build.c.id)):
        where = f'build "{row.name}", revision {row.revision}'
        content = row.document.encode()
        if sha256(content).hexdigest() != row.digest:
            yield Trouble(where, "It is not the text that was saved.", "Use another revision, or a copy.")
            continue
        try:
            project_from_text(content, row.name)
        except SteelyardError as trouble:
            yield Trouble(where, trouble.message, trouble.remedy)


def _base(catalog: Catalog) -> Iterator[Trouble]:
    """Say what keeps the catalogue that was applied from standing."""
    for complaint in catalog.complaints:
        if complaint.file == LIBRARY:
            yield Trouble("applied catalogue", complaint.what, complaint.remedy)


def _own_parts(connection: Connection, catalog: Catalog) -> Iterator[Trouble]:
    for row in connection.execute(select(own_part).order_by(own_part.c.part_id)):
        part, complaints = read_own_part(catalog, row.document, f"own part {row.part_id}")
        for complaint in complaints:
            yield Trouble(f"{complaint.file}, line {complaint.line}", complaint.what, complaint.remedy)
        if part is not None and part.info.id != row.part_id:
            yield Trouble(f"own part {row.part_id}", f'Its text says "{part.info.id}".', "Remove it, and add it anew.")


def _overrides(connection: Connection) -> Iterator[Trouble]:
    for row in connection.execute(select(override).order_by(override.c.id)):
        try:
            json.loads(row.value)
        except ValueError:
            yield Trouble(
                f"override of {row.part_id} {row.field}", "Its value is no JSON.", "Undo it, and set it anew."
            )


def _imported(connection: Connection) -> Iterator[Trouble]:
    for row in connection.execute(select(imported_part.c.part_id, imported_part.c.record)):
        try:
            sound = isinstance(json.loads(row.record), dict)
        except (ValueError, RecursionError):
            sound = False
        if not sound:
            yield Trouble(f"imported part {row.part_id}", "Its record is no JSON object.", "Import it anew.")
