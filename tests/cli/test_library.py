"""What a user keeps, from the command line: builds, the log, own parts, overrides and patches."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from steelyard.library.library import open_library
from steelyard.library.location import library_file
from steelyard.project.csv_cells import restored
from steelyard.project.samples import sample_file

if TYPE_CHECKING:
    from tests.cli.conftest import Run

CARD = "gpu/nvidia/l4"
EVIDENCE = ("--source", "own-measurement", "--where", "clamp meter", "--why", "the sheet rounds")

DRIVE = """\
id = "drive/maker/model-2tb"
name = "Model 2TB"
manufacturer = "Maker"

[specs]
class = { value = "consumer SSD", source = "own-reading" }
form_factor = { value = "M.2 2280", source = "own-reading" }
interface = { value = "nvme", source = "own-reading" }
capacity = { value = 2000, unit = "GB", source = "own-reading" }
read_rate = { value = 7.0, unit = "GB/s", source = "own-measurement" }
write_rate = { unknown = "not measured yet" }
"""


# --- builds


def test_that_a_saved_build_comes_back_to_the_byte(run: Run, tmp_path: Path) -> None:
    original = sample_file("workstation-a-1").read_bytes()
    (tmp_path / "mine.json").write_bytes(original)
    assert run("library", "save", str(tmp_path / "mine.json")).out == 'Saved revision 1 of "Workstation A-1".\n'
    assert "Nothing changed" in run("library", "save", str(tmp_path / "mine.json")).out
    out = str(tmp_path / "out.json")
    assert run("library", "open", "Workstation A-1", "--out", out).code == 0
    assert (tmp_path / "out.json").read_bytes() == original
    assert run("library", "open", "Workstation A-1").out.encode() == original


def test_that_a_sample_can_be_saved_under_another_name_and_all_be_listed(run: Run) -> None:
    assert run("library", "list").out.startswith("There is no build yet")
    run("library", "save", "workstation-a-1", "--name", "Reading room")
    (found,) = run("library", "list", "--json").json
    assert (found["name"], found["revision"], len(found["digest"])) == ("Reading room", 1, 64)
    assert "Reading room" in run("library", "list", "--all").out


def test_that_a_build_is_removed_only_with_its_name_said_twice(run: Run, tmp_path: Path) -> None:
    run("library", "save", "workstation-a-1", "--name", "A")
    assert run("library", "remove", "A").code == 2
    refused = run("library", "remove", "A", "--confirm", "B")
    assert (refused.code, "not confirmed" in refused.err) == (2, True)
    assert run("library", "export", str(tmp_path), "--json").json == [str(tmp_path / "A-r1.json")]
    assert run("library", "remove", "A", "--confirm", "A").code == 0
    missing = run("library", "open", "A")
    assert (missing.code, 'no build "A"' in missing.err) == (3, True)


def test_that_the_librarys_place_is_said_without_making_it(run: Run) -> None:
    assert run("library", "path").out == f"{library_file()}\n"
    assert run("library", "path", "--json").json == {"path": str(library_file()), "exists": False}
    assert not library_file().exists()


# --- check and backup


def test_that_check_finds_what_was_changed_by_hand(run: Run) -> None:
    run("library", "save", "workstation-a-1", "--name", "A")
    run("library", "save", "workstation-a-1", "--name", "B")
    assert run("library", "check").code == 0
    with closing(sqlite3.connect(library_file())) as editor, editor:
        editor.execute("UPDATE build SET document = replace(document, '\"count\": 2', '\"count\": 3') WHERE name = 'A'")
        editor.execute(
            "INSERT INTO own_part VALUES ('drive/a/b', 'drive', 'b', 'a', '', 'id = 1', '2026-11-21', 'nobody')"
        )
        editor.execute(
            "INSERT INTO override (part_id, field, value, source, evidence, why, set_at, set_by)"
            " VALUES (?, 'board_power', 'much', 'x', 'x', 'x', 'x', 'x')",
            (CARD,),
        )
        editor.execute("DROP TRIGGER audit_no_update")
        editor.execute("UPDATE audit SET who = 'nobody' WHERE seq = 1")
    said = run("library", "check", "--json")
    assert said.code == 2
    assert said.json["sound"] is False
    assert [each["where"] for each in said.json["troubles"]] == [
        "log", "tables", 'build "A", revision 1', f"override of {CARD} board_power", "own part drive/a/b, line 1",
    ]  # fmt: skip
    assert "Chain broken at line 1" in run("audit", "verify").out


def test_that_a_backup_is_a_whole_library_and_replaces_only_an_older_one(run: Run, tmp_path: Path) -> None:
    run("library", "save", "workstation-a-1", "--name", "A")
    copy = tmp_path / "copy.sqlite"
    for _ in range(2):
        said = run("library", "backup", str(copy), "--json")
        assert said.json == {"path": str(copy), "bytes": copy.stat().st_size}
        run("library", "save", "workstation-a-1", "--name", "B")
    with open_library(copy).reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM build ORDER BY id").scalars().all() == ["A", "B"]
    assert [each.name for each in tmp_path.iterdir()] == ["copy.sqlite"]
    (tmp_path / "notes.txt").write_text("mine")
    assert run("library", "backup", str(tmp_path / "notes.txt")).code == 2
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert run("library", "backup", str(tmp_path)).code == 2
    assert "copy of itself" in run("library", "backup", str(library_file())).err
    assert run("library", "backup", str(tmp_path / "none" / "x.sqlite")).code == 2


# --- the log


def test_that_the_log_is_verified_listed_and_found_broken_at_the_line(run: Run) -> None:
    assert run("audit", "verify").out == "OK: the chain of 0 lines is whole.\n"
    for name in "ABC":
        run("library", "save", "workstation-a-1", "--name", name)
    assert run("audit", "verify", "--json").json == {"whole": True, "entries": 3, "broken_at": None}
    found = run("audit", "list", "--last", "2", "--json").json
    assert [(each["seq"], each["subject"]) for each in found] == [(2, "B"), (3, "C")]
    with closing(sqlite3.connect(library_file())) as editor, editor:
        editor.execute("DROP TRIGGER audit_no_update")
        editor.execute("UPDATE audit SET subject = 'X' WHERE seq = 2")
    said = run("audit", "verify")
    assert (said.code, said.out) == (2, "Chain broken at line 2: from there on the log is not what was written.\n")


def test_that_the_exported_log_holds_no_formula_and_reads_back(run: Run, tmp_path: Path) -> None:
    names = ["=1+1", "@SUM(A1)", "+1", "-1", "'=1", "plain, with comma", 'quo"te']
    for name in names:
        run("library", "save", "workstation-a-1", f"--name={name}")
    assert run("audit", "export", str(tmp_path / "log.csv"), "--json").json["entries"] == len(names)
    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [restored(row["subject"]) for row in rows] == names
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())
    assert all(row["time_utc"].endswith("+00:00") and len(row["hash"]) == 64 for row in rows)
    assert rows[1]["previous_hash"] == rows[0]["hash"]


# --- own parts


def test_that_an_own_part_is_added_shown_and_removed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(DRIVE, encoding="utf-8")
    assert run("catalog", "own", "add", str(file)).out == "Added drive/maker/model-2tb.\n"
    assert run("catalog", "own", "add", str(file), "--json").json["done"] == "nothing"
    assert run("catalog", "own", "list", "--json").json[0]["document"] == DRIVE
    assert "Model 2TB" in run("catalog", "show", "drive/maker/model-2tb").out
    assert run("catalog", "own", "export", str(tmp_path / "all")).code == 0
    assert (tmp_path / "all" / "drive" / "maker-model-2tb.toml").read_text(encoding="utf-8") == DRIVE
    assert run("catalog", "own", "remove", "drive/maker/model-2tb").code == 0
    assert run("catalog", "own", "remove", "drive/maker/model-2tb").code == 3
    assert run("catalog", "own", "list", "--json").json == []


def test_that_one_part_that_cannot_be_written_does_not_keep_the_others_from_it(run: Run, tmp_path: Path) -> None:
    for model in ("model-1", "model-2", "model-3"):
        file = tmp_path / "mine.toml"
        file.write_text(DRIVE.replace("model-2tb", model), encoding="utf-8")
        assert run("catalog", "own", "add", str(file)).code == 0
    target = tmp_path / "all" / "drive"
    target.mkdir(parents=True)
    (target / "maker-model-1.toml").write_text("mine", encoding="utf-8")
    (target / "maker-model-2.toml").mkdir()
    done = run("catalog", "own", "export", str(tmp_path / "all"))
    assert done.code == 2
    named = [line.split(". ")[0] for line in done.err.splitlines()]
    assert named == ["Not written: drive/maker/model-1", "Not written: drive/maker/model-2"]
    assert (target / "maker-model-1.toml").read_text(encoding="utf-8") == "mine"
    assert (target / "maker-model-3.toml").is_file()
    assert done.out.endswith("1 file written.\n")


def test_that_every_complaint_about_an_own_part_is_printed_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(DRIVE.replace("2000", "20").replace('"nvme"', '"usb"'), encoding="utf-8")
    said = run("catalog", "own", "add", str(file))
    assert said.code == 2
    assert [line.partition(": ")[0] for line in said.out.splitlines()] == [f"{file}:8", f"{file}:9"]
    assert len(run("catalog", "own", "add", str(file), "--json").json["complaints"]) == 2
    file.write_bytes(b"\xff\xfe")
    assert "not UTF-8" in run("catalog", "own", "add", str(file)).err
    assert run("catalog", "own", "add", str(tmp_path / "none.toml")).code == 3


def test_that_a_template_can_be_added_as_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "card.toml"
    file.write_text(run("catalog", "own", "template", "gpu", "--like", CARD).out, encoding="utf-8")
    assert run("catalog", "own", "add", str(file)).out == f"Added {CARD}-own.\n"
    assert run("catalog", "own", "template", "gpuu").code == 2
    assert run("catalog", "own", "template", "psu").out.count("unknown") >= 2


# --- overrides and patches


def test_that_an_override_is_set_listed_shown_and_undone(run: Run) -> None:
    said = run("catalog", "override", "set", CARD, "board_power", "71 W", *EVIDENCE)
    assert (said.code, said.out) == (0, f"board_power of {CARD} is 71 W.\n")
    (found,) = run("catalog", "override", "list", "--json").json
    assert (found["value"], found["where"], found["why"]) == (71, "clamp meter", "the sheet rounds")
    assert run("catalog", "override", "undo", CARD, "board_power").code == 0
    assert run("catalog", "override", "undo", CARD, "board_power").code == 3
    assert run("catalog", "override", "list", "--json").json == []
    assert run("catalog", "override", "list", "--history", "--json").json[0]["undone_by"]
    assert "71" in run("catalog", "override", "list", "--history", "--part", CARD).out


@pytest.mark.parametrize("words", [(), ("--source", "own-measurement", "--where", "here"), (*EVIDENCE[:-1], " ")])
def test_that_an_override_without_evidence_is_refused(run: Run, words: tuple[str, ...]) -> None:
    assert run("catalog", "override", "set", CARD, "board_power", "71", *words).code == 2
    assert run("catalog", "override", "list", "--history", "--json").json == []


def test_that_a_patch_goes_round(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "lab.json")
    assert run("catalog", "patch", "export", file).code == 2
    run("catalog", "override", "set", CARD, "board_power", "71", *EVIDENCE)
    assert run("catalog", "patch", "export", file, "--json").json == {"path": file, "changes": 1}
    run("catalog", "override", "undo", CARD, "board_power")
    assert [each["state"] for each in run("catalog", "patch", "preview", file, "--json").json] == ["new"]
    assert "72 W" in run("catalog", "patch", "preview", file).out
    assert run("catalog", "patch", "apply", file).out.startswith("1 value changed")
    assert run("catalog", "override", "list", "--json").json[0]["value"] == 71
    assert run("catalog", "patch", "revert", file).out == "1 value taken back.\n"
    assert run("catalog", "override", "list", "--json").json == []
    document = json.loads(Path(file).read_text(encoding="utf-8"))
    document["schema_version"] = 2
    Path(file).write_text(json.dumps(document), encoding="utf-8")
    refused = run("catalog", "patch", "apply", file)
    assert (refused.code, "newer Steelyard" in refused.err) == (2, True)


def test_that_a_library_that_is_damaged_is_one_sentence(run: Run) -> None:
    run("library", "save", "workstation-a-1", "--name", "A")
    library_file().write_bytes(b"not a library, but long enough to be one" * 40)
    for words in (("library", "list"), ("audit", "verify"), ("catalog", "override", "list"), ("library", "check")):
        said = run(*words)
        assert (said.code, said.err.count("\n"), "is damaged" in said.err) == (2, 1, True)
