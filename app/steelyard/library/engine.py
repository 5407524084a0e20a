"""The connection to the library's file: durable, distrustful, and with transactions that begin where we say.

A rollback journal with full synchronisation survives a crash and needs nothing that some SQLite releases do wrong
(the write-ahead log lost data up to 3.51.2). One user writes little: a commit takes a millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event

if TYPE_CHECKING:
    from pathlib import Path
    from sqlite3 import Connection as SqliteConnection

    from sqlalchemy import Connection, Engine

PATIENCE: Final = 30.0
"""Seconds that a change waits for another program's; the end of an import of all of OpenDB takes about 15."""

_SETTINGS: Final = (
    "journal_mode=DELETE",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
)


def engine_of(path: Path) -> Engine:
    """Return the engine of the library at `path`; nothing is opened or made yet."""
    from sqlalchemy.engine import URL  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    engine = create_engine(
        URL.create("sqlite", database=str(path)), poolclass=NullPool, connect_args={"timeout": PATIENCE}
    )
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: SqliteConnection, _record: Any) -> None:  # noqa: ANN401  # SQLAlchemy's own
    connection.isolation_level = None  # the driver would commit before CREATE TABLE; `_begin` takes its place
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once: a reader that becomes a writer halfway cannot wait for its turn."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
