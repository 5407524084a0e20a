"""Opening the library's file: check it, keep a copy before anything is changed, bring it to this version."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DatabaseError, OperationalError

from steelyard.errors import BadInputError, CannotSaveError, DamagedFileError
from steelyard.library.engine import engine_of

if TYPE_CHECKING:
    from pathlib import Path

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

NEWEST: Final = "0003"
"""The revision that this program writes: the last file of `migrations/versions`."""

KEPT: Final = 5
"""Copies from before migrations that are kept."""


def opened(path: Path) -> Engine:
    """Return the engine of a library that is sound and of this version; see `open_library` for what is raised."""
    _make_folder(path)
    engine = engine_of(path)
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            _check(path, connection)
            revision = _revision(connection)
        if revision != NEWEST:
            migrate(path, engine, NEWEST)
    except OperationalError as trouble:
        raise CannotSaveError(
            f'The library "{path}" does not open: {_reason(trouble)}.',
            "Close other programs that use it, and see that its folder can be written to.",
        ) from trouble
    except DatabaseError as trouble:
        raise _damaged(path, _reason(trouble)) from trouble
    return engine


def migrate(path: Path, engine: Engine, target: str) -> None:
    """Bring the library to revision `target` in one transaction; a copy of what was there stays beside it."""
    from alembic import command  # noqa: PLC0415  # a second of imports that only a new version pays for

    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        before = _revision(connection)  # another program may have been faster
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


def _check(path: Path, connection: Connection) -> None:
    """Let SQLite look over every page: a damaged library is refused before a number is taken from it."""
    found = connection.exec_driver_sql("PRAGMA quick_check").scalar()
    if found != "ok":
        raise _damaged(path, str(found))


def _revision(connection: Connection) -> str:
    known = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if "alembic_version" not in known:
        if known:
            raise BadInputError("This SQLite file holds something else than a library.", "Name another file.")
        return ""
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""


def _keep_copy(path: Path, revision: str) -> None:
    """Copy the file as it is: its transaction holds the only lock that could change it."""
    copy = path.with_name(f"{path.stem}-before-{revision}{path.suffix}")
    beside = copy.with_name(f"{copy.name}.unfinished")
    content = path.read_bytes()
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(copy)
    copies = sorted(path.parent.glob(f"{path.stem}-before-*{path.suffix}"), key=lambda each: each.stat().st_mtime_ns)
    for old in copies[:-KEPT]:
        old.unlink()


def _damaged(path: Path, why: str) -> DamagedFileError:
    copies = sorted(path.parent.glob(f"{path.stem}-before-*{path.suffix}"))
    remedy = (
        f'The newest copy is "{copies[-1].name}" beside it.' if copies else "Move it away to start with an empty one."
    )
    return DamagedFileError(f'The library "{path}" is damaged: {why}.', remedy)


def _reason(trouble: DatabaseError) -> str:
    return str(trouble.orig or trouble).rstrip(".")
