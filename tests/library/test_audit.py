"""The log is appended to and never changed; whoever changes it by hand is found at the entry."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from itertools import pairwise

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from steelyard.library import audit
from steelyard.library.library import Library
from steelyard.library.tables import audit as table

Editor = sqlite3.Connection


@pytest.fixture
def logged(library: Library) -> Library:
    for number in range(1, 7):
        library.log("noted", f"thing {number}", {"number": number, "word": "Wärme"})
    return library


def broken_at(library: Library) -> int | None:
    with library.reading() as connection:
        return audit.broken_at(connection)


def test_that_a_log_nobody_touched_holds(logged: Library) -> None:
    assert broken_at(logged) is None
    with logged.reading() as connection:
        found = list(audit.entries(connection))
    assert [entry.seq for entry in found] == [1, 2, 3, 4, 5, 6]
    assert found[0] == (
        1, "2026-11-21T12:00:00+00:00", "tester", "noted", "thing 1", '{"number": 1, "word": "Wärme"}', "0" * 64,
        found[0].hash,
    )  # fmt: skip
    assert all(later.previous == earlier.hash for earlier, later in pairwise(found))


def test_that_the_hash_can_be_computed_by_anybody(logged: Library) -> None:
    with logged.reading() as connection:
        first = next(audit.entries(connection))
    text = json.dumps(list(first[:-1]), ensure_ascii=False, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == first.hash


def test_that_an_empty_log_holds(library: Library) -> None:
    assert broken_at(library) is None


def test_that_the_program_itself_cannot_change_or_remove_an_entry(logged: Library) -> None:
    for deed in (update(table).values(who="nobody"), delete(table)):
        with pytest.raises(IntegrityError, match="only ever appended to"), logged.working() as connection:
            connection.execute(deed)
    assert broken_at(logged) is None


def rechained(editor: Editor, first: int) -> None:
    """Compute the hashes anew from entry `first` on, as a forger would who knows how."""
    rows = editor.execute("SELECT * FROM audit ORDER BY seq").fetchall()
    previous = "0" * 64
    for row in rows:
        body = (*row[:6], previous)
        digest = row[7]
        if row[0] >= first:
            digest = sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
            editor.execute("UPDATE audit SET previous = ?, hash = ? WHERE seq = ?", (previous, digest, row[0]))
        previous = digest


def changed(editor: Editor) -> None:
    editor.execute("UPDATE audit SET who = 'nobody' WHERE seq = 3")


def changed_and_hashed_anew(editor: Editor) -> None:
    editor.execute("UPDATE audit SET who = 'nobody' WHERE seq = 3")
    body = editor.execute("SELECT seq, at, who, action, subject, detail, previous FROM audit WHERE seq = 3").fetchone()
    digest = sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    editor.execute("UPDATE audit SET hash = ? WHERE seq = 3", (digest,))


def all_chained_anew(editor: Editor) -> None:
    editor.execute("UPDATE audit SET who = 'nobody' WHERE seq = 3")
    rechained(editor, 3)


def removed(editor: Editor) -> None:
    editor.execute("DELETE FROM audit WHERE seq = 3")


def removed_and_numbered_anew(editor: Editor) -> None:
    editor.execute("DELETE FROM audit WHERE seq = 3")
    editor.execute("UPDATE audit SET seq = seq - 1 WHERE seq > 3")


def removed_first(editor: Editor) -> None:
    editor.execute("DELETE FROM audit WHERE seq = 1")


def inserted(editor: Editor) -> None:
    editor.execute("UPDATE audit SET seq = -seq WHERE seq >= 4")
    editor.execute("UPDATE audit SET seq = 1 - seq WHERE seq < 0")
    editor.execute("INSERT INTO audit SELECT 4, at, who, action, 'forged', detail, previous, hash FROM audit LIMIT 1")


def added_at_the_end(editor: Editor) -> None:
    last = editor.execute("SELECT * FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    editor.execute("INSERT INTO audit VALUES (7, ?, ?, ?, ?, ?, ?, '')", (*last[1:6], last[7]))
    rechained(editor, 7)


def cut(editor: Editor) -> None:
    editor.execute("DELETE FROM audit WHERE seq > 4")


def emptied(editor: Editor) -> None:
    editor.execute("DELETE FROM audit")


def swapped(editor: Editor) -> None:
    editor.execute("UPDATE audit SET seq = 0 WHERE seq = 2")
    editor.execute("UPDATE audit SET seq = 2 WHERE seq = 5")
    editor.execute("UPDATE audit SET seq = 5 WHERE seq = 0")


@pytest.mark.parametrize(
    ("deed", "entry"),
    [
        (changed, 3),
        (changed_and_hashed_anew, 4),  # the next entry holds the hash of what stood there before
        (all_chained_anew, 6),  # every link fits; the end is not the stated one
        (removed, 3),
        (removed_and_numbered_anew, 3),
        (removed_first, 1),
        (inserted, 4),
        (added_at_the_end, 7),
        (cut, 5),
        (emptied, 1),
        (swapped, 2),
    ],
)
def test_that_tampering_is_found_at_its_entry(logged: Library, deed: Callable[[Editor], None], entry: int) -> None:
    with closing(sqlite3.connect(logged.path)) as editor, editor:
        editor.execute("DROP TRIGGER audit_no_update")
        editor.execute("DROP TRIGGER audit_no_delete")
        deed(editor)
    assert broken_at(logged) == entry


def test_that_what_is_logged_after_a_break_does_not_hide_it(logged: Library) -> None:
    with closing(sqlite3.connect(logged.path)) as editor, editor:
        editor.execute("DROP TRIGGER audit_no_update")
        changed(editor)
    logged.log("noted", "later", {})
    assert broken_at(logged) == 3
