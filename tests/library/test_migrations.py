"""A library of every released version becomes one of this version, with every row, whatever happens on the way."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from steelyard.errors import CannotSaveError
from steelyard.library import audit, opening
from steelyard.library.library import open_library
from steelyard.library.tables import METADATA

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
KILLS = int(os.environ.get("STEELYARD_KILLS", "8"))
"""How often a program is killed at a random moment: a few times in the gate; two hundred on request."""

OWN = {"alembic_version", "sqlite_sequence"}

Rows = dict[str, list[tuple[Any, ...]]]


def restored(dump: Path, target: Path) -> Path:
    """Make a library as the released version left it."""
    with closing(sqlite3.connect(target)) as raw:
        raw.executescript(dump.read_text(encoding="utf-8"))
    return target


def rows(path: Path) -> Rows:
    """Return all rows of all tables that are ours."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: raw.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()  # noqa: S608 - our own names
            for name in names
            if name not in OWN and not name.startswith("part_words")
        }


def revision(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        return str(raw.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def kept(before: Rows, after: Rows) -> bool:
    return all(after[name] == before[name] for name in before)


def test_that_there_is_a_library_of_every_earlier_version() -> None:
    known = sorted(
        script.revision
        for script in ScriptDirectory(str(Path(opening.__file__).parent / "migrations")).walk_revisions()
    )
    assert known[-1] == opening.NEWEST
    assert [dump.stem for dump in RELEASED] == known[:-1]


@pytest.mark.parametrize("dump", RELEASED, ids=lambda dump: dump.stem)
def test_that_a_released_library_keeps_every_row_and_a_copy(dump: Path, tmp_path: Path) -> None:
    path = restored(dump, tmp_path / "library.sqlite")
    before = rows(path)
    assert all(before.values()), "every table of a released library has rows"
    library = open_library(path, who="tester")
    assert revision(path) == opening.NEWEST
    assert kept(before, rows(path))
    copy = tmp_path / f"library-before-{dump.stem}.sqlite"
    assert revision(copy) == dump.stem
    assert rows(copy) == before
    library.log("noted", "after", {})
    with library.reading() as connection:
        assert audit.broken_at(connection) is None


@pytest.mark.parametrize("dump", [None, *RELEASED], ids=lambda dump: "new" if dump is None else dump.stem)
def test_that_the_migrations_end_in_the_tables_that_the_program_uses(dump: Path | None, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    if dump is not None:
        restored(dump, path)
    with open_library(path).reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda thing, name, kind, _reflected, _other: (
                    not str(thing.table.name if kind in {"column", "index"} else name).startswith("part_words")
                ),
            },
        )
        assert compare_metadata(context, METADATA) == []
    with closing(sqlite3.connect(path)) as raw:  # alembic takes a default of '' for another than ''
        for name, table in METADATA.tables.items():
            found = {row[1]: row[4] for row in raw.execute(f'PRAGMA table_info("{name}")')}
            wanted = {each.name: each.server_default for each in table.columns}
            assert {column: default and default.strip("'") for column, default in found.items()} == {
                column: None if default is None else default.arg for column, default in wanted.items()
            }, name


def test_that_every_table_is_strict_and_checked(tmp_path: Path) -> None:
    path = open_library(tmp_path / "library.sqlite").path
    with closing(sqlite3.connect(path)) as raw:
        made = {
            name: sql
            for name, sql in raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if name not in OWN and not name.startswith("part_words")
        }
    assert set(made) == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        assert made[name].rstrip().endswith("STRICT"), name
        places = (table, *table.columns)
        checks = [each for at in places for each in at.constraints if type(each).__name__ == "CheckConstraint"]
        assert made[name].count("CHECK (") == len(checks), name


def test_that_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = restored(RELEASED[0], tmp_path / "library.sqlite")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("CREATE TABLE part_index (anything TEXT, more TEXT)")  # in the way of the last step
    before = rows(path)
    with pytest.raises(CannotSaveError, match="part_index already exists"):
        open_library(path)
    assert rows(path) == before
    assert revision(path) == RELEASED[0].stem

    def full(*_paths: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opening, "copied", full)
    with pytest.raises(CannotSaveError, match=r"left as it is: the copy .*No space left"):
        open_library(path)
    assert rows(path) == before


def test_that_only_the_newest_copies_are_kept(tmp_path: Path) -> None:
    path = restored(RELEASED[0], tmp_path / "library.sqlite")
    for number in range(8):
        old = tmp_path / f"library-before-old{number}.sqlite"
        old.write_bytes(b"old")
        os.utime(old, (1000 + number, 1000 + number))
    (tmp_path / "notes-before-lunch.sqlite").touch()
    open_library(path)
    left = sorted(each.name for each in tmp_path.glob("library-before-*"))
    assert left == ["library-before-0001.sqlite", *(f"library-before-old{number}.sqlite" for number in range(4, 8))]
    assert (tmp_path / "notes-before-lunch.sqlite").exists()


NURSERY = """
import os, sys
from pathlib import Path
import alembic.command, alembic.config, alembic.script, sqlalchemy.dialects.sqlite
from steelyard.library.library import open_library
open_library(Path(sys.argv[1]) / "warm.sqlite")
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if not child:
        open_library(Path(line.strip()), who="child")
        os._exit(0)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print("ended" if status == 0 else "killed", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_that_a_kill_in_the_middle_of_a_migration_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    dump = RELEASED[0]
    model = restored(dump, tmp_path / "model.sqlite")
    with closing(sqlite3.connect(model)) as raw, raw:  # so many rows that the copy takes its time
        raw.executemany(
            "INSERT INTO build (name, revision, saved_at, saved_by, document, digest) VALUES (?, 1, '', '', ?, '')",
            ((f"build {number}", "text " * 200) for number in range(1000)),
        )
    content, before = model.read_bytes(), rows(model)
    dice = random.Random(7)  # noqa: S311 - chance for a test
    longest, killed = 0.0, 0
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        assert nursery.stdout.readline() == "ready\n"
        for number in range(KILLS + 1):
            folder = tmp_path / str(number)
            folder.mkdir()
            path = folder / "library.sqlite"
            path.write_bytes(content)
            nursery.stdin.write(f"{path}\n")
            nursery.stdin.flush()
            child, began = int(nursery.stdout.readline()), time.monotonic()
            if number:  # the first one lives, and tells how long a migration takes
                time.sleep(dice.uniform(0, longest))
                with suppress(ProcessLookupError):  # it was done before
                    os.kill(child, signal.SIGKILL)
            killed += nursery.stdout.readline() == "killed\n"
            longest = longest or time.monotonic() - began
            found = rows(path)  # as SQLite recovers it
            assert revision(path) in {dump.stem, opening.NEWEST}
            assert kept(before, found)
            if revision(path) == opening.NEWEST:
                assert rows(folder / f"library-before-{dump.stem}.sqlite") == before
            open_library(path)
            assert revision(path) == opening.NEWEST
            assert kept(before, rows(path))
            assert sorted(each.name for each in folder.iterdir()) == ["library-before-0001.sqlite", "library.sqlite"]
        nursery.stdin.close()
    assert killed > KILLS / 4
