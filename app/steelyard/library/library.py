"""The library: what a user keeps in one file; every change is one transaction, its entry in the log included."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from steelyard.library import audit
from steelyard.library.content import content_is_as_noted, note_content
from steelyard.library.opening import in_words, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine


ALTERED = "found altered by another hand"
"""The action of an entry: the tables did not hold what the last change left."""


class Library:
    """An open library.

    `path` is its file; `clock` tells the time in UTC and `who` the user, for the log and beside all that is kept.
    """

    def __init__(self, path: Path, engine: Engine, clock: Callable[[], datetime], who: str) -> None:
        """Use `open_library`, which checks the file and brings it up to date first."""
        self.path = path
        self.who = who
        self._engine = engine
        self._clock = clock

    def now(self) -> str:
        """Return the time in UTC, to the second, as ISO 8601 text."""
        return self._clock().astimezone(UTC).isoformat(timespec="seconds")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection on which all that is read is of one moment."""
        with in_words(self.path), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def changing(self, action: str, subject: str, detail: Mapping[str, Any] | None = None) -> Iterator[Connection]:
        """Give a connection on which all or nothing happens, with the log's entry: an exception undoes it all.

        `detail` may be filled while the change goes on; it is written at its end. What was altered before by another
        hand than the program's gets an entry first.
        """
        said = {} if detail is None else detail
        with self.working() as connection:
            self._note_altered(connection)
            yield connection
            note_content(connection)
            audit.append(connection, self.now(), self.who, action, subject, said)

    @contextmanager
    def working(self) -> Iterator[Connection]:
        """Give a connection for a step of work that is not yet a deed worth an entry, such as a batch of an import."""
        with in_words(self.path), self._writer() as connection, connection.begin():
            yield connection

    def _writer(self) -> Connection:
        return self._engine.connect().execution_options(writes=True)

    def log(self, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Note something that changed nothing, such as a refusal."""
        with self.working() as connection:
            self._note_altered(connection)
            audit.append(connection, self.now(), self.who, action, subject, detail)

    def _note_altered(self, connection: Connection) -> None:
        if not content_is_as_noted(connection):
            audit.append(connection, self.now(), self.who, ALTERED, "library", {})
            note_content(connection)


def open_library(path: Path | None = None, clock: Callable[[], datetime] | None = None, who: str = "") -> Library:
    """Open the library at `path` (the user's when None), made or brought up to date where need be.

    DamagedFileError when the file is no library or fails SQLite's check; BadInputError when a newer program wrote it;
    CannotSaveError when its folder takes no file. In each case nothing was changed.
    """
    from steelyard.library.location import library_file  # noqa: PLC0415

    place = library_file() if path is None else path
    return Library(place, opened(place), clock or _utc_now, who or _user())


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _user() -> str:
    from getpass import getuser  # noqa: PLC0415

    try:
        return getuser()
    except (KeyError, OSError):  # no such user in the password file, as in some containers
        return "unknown"
