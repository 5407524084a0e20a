"""The library's file: made when it is not there, refused in one sentence when it is not what it should be."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from steelyard.errors import BadInputError, CannotSaveError, DamagedFileError, SteelyardError
from steelyard.library import audit
from steelyard.library.facts import fact_of, state_fact
from steelyard.library.library import Library, open_library
from steelyard.library.location import library_file, stamp_of
from steelyard.library.tables import build

KEPT = "kept " * 40


@pytest.fixture
def filled(library: Library) -> Library:
    """A library with a hundred entries, so that it has more than a few pages."""
    for number in range(100):
        library.log("noted", f"thing {number}", {"text": KEPT})
    return library


def one_sentence(path: Path) -> str:
    """Open what lies there; return what was said, or an empty text when it opened."""
    try:
        with open_library(path).reading() as connection:
            audit.broken_at(connection)
    except SteelyardError as trouble:
        said = trouble
    else:
        return ""
    assert said.message.endswith(".")
    assert said.remedy.endswith(".")
    assert "\n" not in str(said)
    return str(said)


def test_that_a_library_is_made_where_there_is_none(tmp_path: Path) -> None:
    library = open_library(tmp_path / "new" / "folder" / "library.sqlite", who="tester")
    with library.changing("begun", "nothing") as connection:
        state_fact(connection, "active_book", "7")
    again = open_library(library.path)
    with again.reading() as connection:
        assert fact_of(connection, "active_book") == "7"
        assert [entry.action for entry in audit.entries(connection)] == ["begun"]


def test_that_the_users_library_lies_in_their_own_folder() -> None:
    library = open_library()
    assert library.path == library_file()
    assert str(library.path).startswith(os.environ["STEELYARD_HOME"])
    assert library.who
    assert library.now().endswith("+00:00")


def test_that_the_file_is_written_as_durably_as_promised(library: Library) -> None:
    expected = {
        "journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1,
        "mmap_size": 0,
    }  # fmt: skip
    with library.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
    assert found == {**expected, "mmap_size": found["mmap_size"]}
    assert not found["mmap_size"]


def test_that_a_text_in_the_place_of_a_number_is_refused(library: Library) -> None:
    words = {"name": "a", "saved_at": "", "saved_by": "", "document": "", "digest": ""}
    with pytest.raises(IntegrityError, match="TEXT value in INTEGER"), library.changing("a", "b") as connection:
        connection.execute(build.insert().values(**words, revision="first"))
    with library.reading() as connection:
        assert list(audit.entries(connection)) == []


def test_that_a_change_that_fails_leaves_nothing(library: Library) -> None:
    def fails() -> None:
        with library.changing("half a deed", "x") as connection:
            state_fact(connection, "active_book", "7")
            raise BadInputError("No.")

    with pytest.raises(BadInputError):
        fails()
    with library.reading() as connection:
        assert not fact_of(connection, "active_book")
        assert list(audit.entries(connection)) == []


def test_that_a_newer_library_is_refused_and_left_as_it_is(library: Library) -> None:
    with closing(sqlite3.connect(library.path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '0099'")
    before = library.path.read_bytes()
    with pytest.raises(BadInputError, match=r'newer Steelyard .*"0099"'):
        open_library(library.path)
    assert library.path.read_bytes() == before
    assert [each.name for each in library.path.parent.iterdir()] == [library.path.name]


def test_that_another_programs_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "recipes.sqlite"
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("CREATE TABLE recipe (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(BadInputError, match=r"recipes\.sqlite.* something else"):
        open_library(file)
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"id = 1\n", b"\0" * 5000, os.urandom(9000), b"SQLite format 3\0"])
def test_that_a_file_that_is_no_library_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "library.sqlite"
    file.write_bytes(content)
    with pytest.raises(DamagedFileError, match="is damaged") as refused:
        open_library(file)
    assert "library backup" in refused.value.remedy
    assert file.read_bytes() == content


def test_that_a_library_cut_short_at_any_length_is_refused(filled: Library) -> None:
    whole = filled.path.read_bytes()
    pages = range(4096, len(whole), 4096)
    lengths = {1, 15, 16, 99, 100, 101, 511, 512, *pages, *(at - 1 for at in pages), *(at + 1 for at in pages)}
    assert len(lengths) > 30
    for length in sorted(lengths):
        filled.path.write_bytes(whole[:length])
        assert "is damaged" in one_sentence(filled.path), length
        assert filled.path.read_bytes() == whole[:length]


def test_that_an_empty_file_is_a_beginning_unless_copies_say_otherwise(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").touch()
    assert not one_sentence(tmp_path / "library.sqlite")
    (tmp_path / "library.sqlite").write_bytes(b"")
    (tmp_path / "library-before-0001.sqlite").touch()
    assert "library-before-0001.sqlite" in one_sentence(tmp_path / "library.sqlite")


def test_that_flipped_bits_never_end_in_a_traceback(filled: Library) -> None:
    whole = filled.path.read_bytes()
    dice = random.Random(11)  # noqa: S311 - chance for a test
    places = [*range(100), *(dice.randrange(100, len(whole)) for _ in range(250))]
    refused = 0
    for place in places:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << dice.randrange(8)
        filled.path.write_bytes(flipped)
        refused += bool(one_sentence(filled.path))
        for copy in filled.path.parent.glob("*-before-*"):
            copy.unlink()
    assert refused > 20


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="this user may write everything")
def test_that_a_folder_without_rights_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(CannotSaveError, match="cannot be used"):
        open_library(folder / "library.sqlite")


def test_that_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotSaveError, match="has no place"):
        open_library(tmp_path / "file" / "library.sqlite")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CannotSaveError, match="cannot be used"):
        open_library(tmp_path / "folder")


WRITES = """
import sys, time
from pathlib import Path
from steelyard.library.library import open_library
library = open_library(Path(sys.argv[1]), who="other")
with library.changing("slow", "other program"):
    print("begun", flush=True)
    time.sleep(0.5)
"""


def other_program(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITES, str(path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_that_a_second_program_waits_for_the_first(library: Library) -> None:
    with other_program(library.path) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"begun\n"
        began = time.monotonic()
        library.log("quick", "this program", {})
        waited = time.monotonic() - began
        assert child.wait() == 0
    with library.reading() as connection:
        assert [entry.action for entry in audit.entries(connection)] == ["slow", "quick"]
        assert audit.broken_at(connection) is None
    assert waited > 0.2


def test_that_a_disk_without_room_is_named_and_nothing_is_lost(filled: Library) -> None:
    import resource

    size = filled.path.stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, before[1]))
    try:
        with pytest.raises(CannotSaveError, match=r"cannot be used: .*(full|I/O)"):
            filled.log("noted", "much", {"text": KEPT * 2000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    with open_library(filled.path).reading() as connection:
        assert len(list(audit.entries(connection))) == 100
        assert audit.broken_at(connection) is None


def test_that_a_library_in_use_for_too_long_is_named(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("steelyard.library.engine.PATIENCE", 0.05)
    impatient = open_library(library.path)
    with library.working(), pytest.raises(CannotSaveError, match="Another program is changing the library") as trouble:
        impatient.log("noted", "x", {})
    assert "try again" in trouble.value.remedy


def test_that_who_only_reads_does_not_wait_for_a_change_that_goes_on(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.working() as connection:
        state_fact(connection, "active_book", "before")
    monkeypatch.setattr("steelyard.library.engine.PATIENCE", 0.05)
    with library.working() as connection:
        state_fact(connection, "active_book", "after")
        with open_library(library.path).reading() as reader:
            assert fact_of(reader, "active_book") == "before"
    with open_library(library.path).reading() as reader:
        assert fact_of(reader, "active_book") == "after"


def test_that_looking_at_the_stamp_leaves_a_change_its_lock(library: Library) -> None:
    with library.working() as connection:
        state_fact(connection, "active_book", "1")
        assert stamp_of(library.path)
        locked = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        done = subprocess.run(
            [sys.executable, "-c", locked, str(library.path)], capture_output=True, text=True, check=False
        )
        assert "database is locked" in done.stderr


def test_that_the_stamp_changes_with_every_change_and_with_nothing_else(library: Library) -> None:
    stamps = [stamp_of(library.path)]
    for number in range(20):
        library.log("noted", "x", {})
        with library.reading() as connection:
            assert len(list(audit.entries(connection))) == number + 1
        stamps.append(stamp_of(library.path))
        assert stamp_of(library.path) == stamps[-1]
    assert len({str(stamp) for stamp in stamps}) == 21
    assert stamp_of(library.path.with_name("none")) is None


def test_that_the_stamp_follows_a_library_that_took_the_others_place(library: Library, tmp_path: Path) -> None:
    before = stamp_of(library.path)
    other = open_library(tmp_path / "other.sqlite")
    for _ in range(5):
        other.log("noted", "x", {})
    wanted = stamp_of(other.path)
    other.path.replace(library.path)
    after = stamp_of(library.path)
    assert wanted is not None
    assert after is not None
    assert after != before
    assert after[3] == wanted[3]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="this system does not list what is open")
def test_that_only_a_few_libraries_are_held_open(tmp_path: Path) -> None:
    libraries = [open_library(tmp_path / f"{number}.sqlite") for number in range(40)]
    for library in libraries:
        assert stamp_of(library.path)
    held = [each for each in Path("/proc/self/fd").iterdir() if str(each.resolve()).startswith(str(tmp_path))]
    assert 1 <= len(held) <= 16


def test_that_programs_that_begin_at_once_make_one_library(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    found: list[str] = []

    def begin(number: int) -> None:
        try:
            open_library(path, who="tester").log("begun", str(number), {})
        except SteelyardError as trouble:
            found.append(str(trouble))

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == []
    with open_library(path).reading() as connection:
        assert sorted(entry.subject for entry in audit.entries(connection)) == ["0", "1", "2", "3"]
        assert audit.broken_at(connection) is None
