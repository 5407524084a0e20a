"""Saved builds come back to the byte, keep their revisions, and leave only when their name is said once more."""

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

import pytest

from steelyard.errors import BadInputError, CannotSaveError, DamagedFileError, MissingFileError, SteelyardError
from steelyard.library import audit
from steelyard.library.builds import document_of, export_builds, remove_build, save_build, saved_builds
from steelyard.library.library import Library, open_library
from steelyard.project.content import Project
from steelyard.project.file import project_from_text, project_text
from steelyard.project.samples import FIRST_SAMPLE, open_project

KILLS = int(os.environ.get("STEELYARD_KILLS", "8"))
"""How often a program is killed at a random moment: a few times in the gate; two hundred on request."""


@pytest.fixture(scope="module")
def project() -> Project:
    return open_project(FIRST_SAMPLE).project


@pytest.fixture(scope="module")
def warmer(project: Project) -> str:
    return project_text(project._replace(site=project.site._replace(room_temperature=27.5)))


def actions(library: Library) -> list[tuple[str, str]]:
    with library.reading() as connection:
        assert audit.broken_at(connection) is None
        return [(entry.action, entry.subject) for entry in audit.entries(connection)]


def test_that_a_build_comes_back_to_the_byte(library: Library, project: Project) -> None:
    text = project_text(project).replace("\n", "\r\n")  # as an editor may have left it
    saved, new = save_build(library, "Lesesaal Süd, 2. Stock", text)
    assert (saved.name, saved.revision, saved.saved_by, new) == ("Lesesaal Süd, 2. Stock", 1, "tester", True)
    assert saved.saved_at == "2026-11-21T12:00:00+00:00"
    found = document_of(open_library(library.path), "Lesesaal Süd, 2. Stock")
    assert found == text
    assert project_from_text(found.encode(), "it").project == project
    assert saved.size == len(text.encode())


def test_that_each_change_is_a_revision_and_no_change_is_none(library: Library, project: Project, warmer: str) -> None:
    first = project_text(project)
    assert save_build(library, "A", first)[0].revision == 1
    assert save_build(library, "A", first) == (saved_builds(library)[0], False)
    assert save_build(library, "A", warmer)[0].revision == 2
    assert save_build(library, "A", first)[0].revision == 3
    assert save_build(library, "B", first)[0].revision == 1
    assert [(each.name, each.revision) for each in saved_builds(library)] == [("A", 3), ("B", 1)]
    everything = [(each.name, each.revision) for each in saved_builds(library, all_revisions=True)]
    assert everything == [("A", 1), ("A", 2), ("A", 3), ("B", 1)]
    assert document_of(library, "A", 2) == warmer
    assert actions(library) == [("build saved", name) for name in ("A", "A", "A", "B")]


@pytest.mark.parametrize("name", ["", " a", "a\n", "x" * 201, "a\x07b"])
def test_that_a_name_that_cannot_be_one_is_refused(library: Library, project: Project, name: str) -> None:
    with pytest.raises(BadInputError, match="cannot be the name"):
        save_build(library, name, project_text(project))
    assert saved_builds(library) == ()


def test_that_what_is_no_project_is_not_saved(library: Library) -> None:
    with pytest.raises(SteelyardError):
        save_build(library, "A", '{"format": "something"}')
    assert actions(library) == []


def test_that_a_build_that_is_not_there_is_named(library: Library, project: Project) -> None:
    save_build(library, "Reading room", project_text(project))
    with pytest.raises(MissingFileError, match='Did you mean "Reading room"'):
        document_of(library, "Reading rom")
    with pytest.raises(MissingFileError, match="no revision 7"):
        save_and_open(library, 7)
    with pytest.raises(MissingFileError):
        remove_build(library, "other", "other")


def save_and_open(library: Library, revision: int) -> None:
    document_of(library, "Reading room", revision)


def test_that_a_text_that_was_changed_by_hand_is_refused(library: Library, project: Project) -> None:
    save_build(library, "A", project_text(project))
    with closing(sqlite3.connect(library.path)) as editor, editor:
        editor.execute("UPDATE build SET document = replace(document, '\"count\": 2', '\"count\": 3')")
    with pytest.raises(DamagedFileError, match="not the text that was saved"):
        document_of(library, "A")


def test_that_removing_needs_the_name_and_is_logged(library: Library, project: Project, warmer: str) -> None:
    save_build(library, "A", project_text(project))
    save_build(library, "A", warmer)
    with pytest.raises(BadInputError, match="not confirmed"):
        remove_build(library, "A", "yes")
    assert remove_build(library, "A", "A") == 2
    assert saved_builds(library) == ()
    assert actions(library)[-1] == ("build removed", "A")
    with library.reading() as connection:
        assert '"2": "' in list(audit.entries(connection))[-1].detail


def test_that_exported_builds_are_project_files(
    library: Library, project: Project, warmer: str, tmp_path: Path
) -> None:
    first = project_text(project)
    for name in ("../../etc/passwd", "a/b", "a b", "A b", "..."):
        save_build(library, name, first)
    save_build(library, "a b", warmer)
    files = export_builds(library, tmp_path / "out" / "builds")
    assert all(file.parent == tmp_path / "out" / "builds" for file in files)
    assert sorted(file.name.lower() for file in files) == sorted({file.name.lower() for file in files})
    assert len(files) == 5
    contents = [file.read_bytes().decode() for file in files]
    assert sorted(contents) == sorted([first] * 4 + [warmer])
    assert export_builds(library, tmp_path / "out" / "builds") == files  # the same content may lie there
    assert len(export_builds(library, tmp_path / "all", all_revisions=True)) == 6


def test_that_an_export_writes_over_nothing(library: Library, project: Project, tmp_path: Path) -> None:
    save_build(library, "A", project_text(project))
    save_build(library, "B", project_text(project))
    (tmp_path / "B-r1.json").write_text("mine")
    with pytest.raises(CannotSaveError, match="holds something else"):
        export_builds(library, tmp_path)
    assert (tmp_path / "B-r1.json").read_text() == "mine"
    assert not (tmp_path / "A-r1.json").exists()


SAVES = """
import sys
from pathlib import Path
from steelyard.library.builds import save_build
from steelyard.library.library import open_library
library = open_library(Path(sys.argv[1]), who="child")
texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[2:]]
print("ready", flush=True)
while True:
    for text in texts:
        saved, _ = save_build(library, "A", text)
        print(saved.revision, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_that_a_kill_at_any_moment_loses_no_save_that_was_confirmed(
    library: Library, project: Project, warmer: str, tmp_path: Path
) -> None:
    texts = [project_text(project), warmer]
    files = [tmp_path / "cold.json", tmp_path / "warm.json"]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    dice = random.Random(5)  # noqa: S311 - chance for a test
    confirmed = 0
    for turn in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", SAVES, str(library.path), *map(str, files)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            first = child.stdout.readline() if turn % 2 else ""  # on a busy machine nothing may be confirmed yet
            time.sleep(dice.uniform(0, 0.03))
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
            said = [line for line in (first + child.stdout.read()).splitlines(keepends=True) if line.endswith("\n")]
        confirmed = max([confirmed, *map(int, said)])
        again = open_library(library.path)
        kept = saved_builds(again, all_revisions=True)
        assert [each.revision for each in kept] == list(range(1, len(kept) + 1))
        assert len(kept) >= confirmed
        assert all(document_of(again, "A", each.revision) in texts for each in kept)
        assert actions(again) == [("build saved", "A")] * len(kept)
    assert confirmed > 0
