"""Opening the library's file: check it, keep a copy before anything is changed, bring it to this version."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from glob import escape
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DatabaseError, OperationalError

from steelyard.errors import BadInputError, CannotSaveError, DamagedFileError
from steelyard.library.engine import PATIENCE, engine_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

NEWEST: Final = "0003"
"""The revision that this program writes: the last file of `migrations/versions`."""

KEPT: Final = 5
"""Copies from before migrations that are kept."""


_SMALLEST_PAGE: Final = 512
"""Bytes; SQLite knows no smaller page, so no smaller file."""


def opened(path: Path) -> Engine:
    """Return the engine of a library that is sound and of this version; see `open_library` for what is raised."""
    _make_folder(path)
    _refuse_a_stump(path)
    engine = engine_of(path)
    try:
        with in_words(path):
            with engine.connect() as connection, connection.begin():  # who only reads waits for no long change
                _check(path, connection)
                revision = _revision(path, connection)
            if revision != NEWEST:
                migrate(path, engine, NEWEST)
    except UnicodeDecodeError as trouble:  # of SQLite's own message, where it cites a name that is no text any more
        raise _damaged(path, "a name in it is no text") from trouble
    return engine


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Say in a sentence what keeps SQLite from its work: a full disk, another program, a damaged page.

    What only our own mistake can cause, such as a row that a table refuses, stays what it is.
    """
    try:
        yield
    except OperationalError as trouble:
        if "decode" in _reason(trouble):  # a text that is no text: somebody else wrote it
            raise _damaged(path, _reason(trouble)) from trouble
        if "locked" in _reason(trouble):
            raise CannotSaveError(
                f'Another program is changing the library "{path}".',
                f"It kept it for more than {PATIENCE:.0f} seconds; try again when it is done.",
            ) from trouble
        raise CannotSaveError(
            f'The library "{path}" cannot be used: {_reason(trouble)}.',
            "Close other programs that use it, and see that its folder can be written to and its disk has room.",
        ) from trouble
    except DatabaseError as trouble:
        if type(trouble) is DatabaseError:
            raise _damaged(path, _reason(trouble)) from trouble
        raise


def migrate(path: Path, engine: Engine, target: str) -> None:
    """Bring the library to revision `target` in one transaction; a copy of what was there stays beside it."""
    from alembic import command  # noqa: PLC0415  # a second of imports that only a new version pays for

    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        before = _revision(path, connection)  # another program may have been faster
        if before == target:
            return
        configuration = _configuration(path, before)
        if before:
            _keep_copy(path, before)
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, target)


def _configuration(path: Path, revision: str) -> Config:
    from pathlib import Path as FilePath  # noqa: PLC0415

    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    configuration = Config()
    configuration.set_main_option("script_location", str(FilePath(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(configuration).walk_revisions()}
    if revision and revision not in known:
        raise BadInputError(
            f'The library "{path}" was written by a newer Steelyard (its revision is "{revision}").',
            "Open it with that version. Nothing was changed.",
        )
    return configuration


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise CannotSaveError(
            f'The library has no place: the folder "{path.parent}" cannot be made ({trouble.strerror}).',
            "Set STEELYARD_HOME to a folder that you may write to.",
        ) from trouble


def _refuse_a_stump(path: Path) -> None:
    """Refuse what is shorter than any page: SQLite would take it for an empty file and write over it."""
    size = path.stat().st_size if path.is_file() else 0
    if 0 < size < _SMALLEST_PAGE and not path.with_name(f"{path.name}-journal").exists():
        raise _damaged(path, f"only {size} bytes of it are left")


def _check(path: Path, connection: Connection) -> None:
    """Let SQLite look over every page: a damaged library is refused before a number is taken from it."""
    found = connection.exec_driver_sql("PRAGMA quick_check").scalar()
    if found != "ok":
        raise _damaged(path, _flat(str(found)))


def _revision(path: Path, connection: Connection) -> str:
    """Return the revision of the tables; an empty text where there are none yet."""
    known = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    if not known:
        if _copies(path):  # a library was here: this is what is left of it, and no new beginning
            raise _damaged(path, "there are no tables in it")
        return ""
    if "alembic_version" not in known:
        raise BadInputError(
            f'"{path}" is a SQLite file that holds something else than a library.', "Name another file."
        )
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if not revision:
        raise _damaged(path, "it does not say of which revision it is")
    return str(revision)


def _keep_copy(path: Path, revision: str) -> None:
    """Keep a copy of what was there before; the caller's transaction lets nobody change it meanwhile.

    SQLite copies it: if we opened and closed the file ourselves, POSIX would take every lock on it from this process.
    """
    copy = path.with_name(f"{path.stem}-before-{revision}{path.suffix}")
    beside = copy.with_name(f"{copy.name}.unfinished")
    beside.unlink(missing_ok=True)
    try:
        copied(path, beside)
        beside.replace(copy)
    except (OSError, sqlite3.Error) as trouble:
        beside.unlink(missing_ok=True)
        raise CannotSaveError(
            f'The library "{path}" was left as it is: the copy "{copy.name}" cannot be made ({trouble}).',
            "Free some space in its folder, then open it again.",
        ) from trouble
    for old in _copies(path)[:-KEPT]:
        old.unlink()


def copied(path: Path, target: Path) -> None:
    """Write what the library at `path` holds now to the new file `target`, and flush it to the disk.

    OSError or sqlite3.Error when that fails; then `target` may hold a part of it.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as source:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        with target.open("rb+") as file:
            os.fsync(file.fileno())


def _copies(path: Path) -> list[Path]:
    """Return the copies from before migrations, the oldest first."""
    found = path.parent.glob(f"{escape(path.stem)}-before-*{escape(path.suffix)}")
    return sorted(found, key=lambda each: each.stat().st_mtime_ns)


def _damaged(path: Path, why: str) -> DamagedFileError:
    copies = _copies(path)
    newest = f'The newest copy from before a migration is "{copies[-1].name}" beside it. ' if copies else ""
    remedy = 'Put a copy that "steelyard library backup" made in its place, or move it away to start with an empty one.'
    return DamagedFileError(f'The library "{path}" is damaged: {why}.', f"{newest}{remedy}")


def _reason(trouble: DatabaseError) -> str:
    return _flat(str(trouble.orig or trouble))


def _flat(text: str) -> str:
    """Put what SQLite says into one line, without its own headings and full stop."""
    return " ".join(text.replace("*** in database main ***", "").split()).rstrip(".")
