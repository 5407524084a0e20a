"""The commands: an import with its report, parts taken and left, and an interrupt that keeps what was read."""

from __future__ import annotations

import csv
import json
import os

import pytest

from steelyard.cli import main
from steelyard.errors import UnknownPartError
from steelyard.library.elsewhere import with_way_out
from steelyard.library.opendb import registry
from steelyard.project.file import save_project
from steelyard.project.samples import open_project


@pytest.fixture
def some(source, build):
    return source(
        {
            build.file_of("PSU", 1): build.sound["PSU"],
            build.file_of("PSU", 2): build.changed("PSU", {"metadata.name": "=cmd|' /C'!A0", "length": 86}),
            build.file_of("CaseFan", 3): build.sound["CaseFan"],
            build.file_of("CPUCooler", 4): build.changed("CPUCooler", {"height": None}),
            build.file_of("GPU", 5): "{",
        }
    )


def test_that_an_import_says_what_it_did(some, capsys) -> None:
    assert main(["catalog", "import", "opendb", str(some)]) == 0
    said = capsys.readouterr().out

    assert "5 records read in" in said
    assert "5 new, 0 changed, 0 gone, 0 as before." in said
    assert "2 taken, 1 duplicates, 2 quarantined." in said
    assert "An air cooler without a height cannot be fitted." in said


def test_that_the_figures_come_as_json_too(some, capsys) -> None:
    assert main(["catalog", "import", "opendb", str(some), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)

    assert (said["read"], said["taken"], said["duplicates"], said["quarantined"]) == (5, 2, 1, 2)
    assert {rule["rule"] for rule in said["rules"]} == {rule.id for rule in registry.RULES}
    assert [
        (rule["rule"], rule["files"]) for rule in said["rules"] if rule["action"] == "quarantined" and rule["files"]
    ] == [
        ("file", 1),
        ("K4", 1),
    ]
    assert said["peak_megabytes"] is None or said["peak_megabytes"] > 10


def test_that_the_report_lists_every_rule_and_every_file(some, tmp_path, build) -> None:
    assert main(["catalog", "import", "opendb", str(some), "--report", str(tmp_path / "r.json")]) == 0
    report = json.loads((tmp_path / "r.json").read_text())

    assert "ODC Attribution License" in report["attribution"]
    assert {rule["rule"] for rule in report["rules"]} == {rule.id for rule in registry.RULES}
    broken = report["files"][build.file_of("PSU", 2)]
    hit = {"rule": "P4", "action": "nulled", "field": "length", "was": "86", "now": ""}
    assert hit in broken["hits"]
    assert broken["state"] == "duplicate"
    assert broken["same_as"] == "psu/acme/rock-1000w-gold-00000001"


def test_that_the_report_as_a_table_runs_nothing_in_a_spreadsheet(some, tmp_path) -> None:
    assert main(["catalog", "import", "opendb", str(some), "--report", str(tmp_path / "r.csv")]) == 0
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()))

    assert {row["rule"] for row in rows} >= {"P4", "K4", "file", "X1"}
    assert {row["name"] for row in rows if row["rule"] == "P4"} == {"'=cmd|' /C'!A0"}
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.skipif(os.name == "nt", reason="names on Windows are no bytes, and links are for administrators")
def test_that_what_cannot_be_read_is_named_in_the_report_and_stops_nothing(some, tmp_path, capsys) -> None:
    gpus = some / "open-db" / "GPU"
    (gpus / os.fsdecode(b"\xff\xfe.json")).write_text("{}")
    (gpus / "=link.json").symlink_to("/etc/passwd")
    command = ["catalog", "import", "opendb", str(some), "--report"]

    assert main([*command, str(tmp_path / "r.csv")]) == 0
    assert "Passed over: 1 file, a link or no plain file" in capsys.readouterr().out
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert "ODC-By" in rows[0]["sentence"]
    assert [row["file"] for row in rows if row["action"] == "passed over"] == ["open-db/GPU/=link.json"]
    assert [row["was"] for row in rows if row["file"] == "open-db/GPU/\\xff\\xfe.json"] == ["its name is not UTF-8"]

    assert main([*command, str(tmp_path / "r.json")]) == 0
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["summary"]["passed_over"] == [{"file": "open-db/GPU/=link.json", "why": "a link or no plain file"}]
    assert report["files"]["open-db/GPU/\\xff\\xfe.json"]["state"] == "quarantined"


def test_that_a_report_of_another_kind_is_refused_before_anything_is_read(some, tmp_path, capsys) -> None:
    assert main(["catalog", "import", "opendb", str(some), "--report", str(tmp_path / "r.pdf")]) == 2
    assert "json or .csv" in capsys.readouterr().err
    assert main(["catalog", "import", "opendb", str(tmp_path / "nothing")]) == 3


def test_that_parts_are_taken_and_left_and_stand_in_the_catalogue_between(some, capsys) -> None:
    from steelyard.library.standing import standing_catalog

    main(["catalog", "import", "opendb", str(some)])
    fan = "fan/acme/breeze-120mm-00000003"
    assert fan not in standing_catalog().parts

    assert main(["catalog", "take", fan]) == 0
    assert standing_catalog().parts[fan].layer == "opendb"
    assert main(["catalog", "leave", "--kind", "fan", "--maker", "acme"]) == 0
    assert fan not in standing_catalog().parts
    assert main(["catalog", "take", "--kind", "psu", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.rpartition("{")[2].join(["{", ""])) == {
        "parts": ["psu/acme/rock-1000w-gold-00000001"]
    }


def test_that_imported_parts_are_found_by_their_words_beside_the_curated(some, capsys) -> None:
    main(["catalog", "import", "opendb", str(some)])
    capsys.readouterr()

    assert main(["catalog", "find", "acm", "breez"]) == 0
    said = capsys.readouterr().out
    assert "fan/acme/breeze-120mm-00000003" in said
    assert "not taken" in said
    main(["catalog", "take", "fan/acme/breeze-120mm-00000003"])
    capsys.readouterr()
    assert main(["catalog", "find", "breeze", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["parts"][0]["layer"], found["parts"][0]["in_use"]) == (1, "opendb", True)

    assert main(["catalog", "find", "rtx", "6000", "--kind", "gpu", "--layer", "curated", "--max", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["parts"]) == 1 < found["total"]
    assert main(["catalog", "find", "no-such-thing"]) == 0
    assert "No part has all of these words" in capsys.readouterr().out
    assert main(["catalog", "find", "rtx", "--kind", "gpus"]) == 2
    assert 'Did you mean "gpu"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["take"], "Which parts?"),
        (["take", "fan/a/b", "--kind", "fan"], "Which parts?"),
        (["take", "fan/a/b", "--maker", "x"], "--maker goes with --kind"),
        (["take", "fan/a/b"], "There is no imported part"),
        (["leave", "fan/a/b"], "There is no imported part"),
        (["take", "--kind", "fan"], "no imported part"),
    ],
)
def test_that_what_cannot_be_meant_is_said_with_the_way_out(words, said, capsys) -> None:
    assert main(["catalog", *words]) == 2
    assert said in capsys.readouterr().err


def test_that_an_interrupt_ends_with_130_and_keeps_what_was_read(some, capsys, monkeypatch) -> None:
    from steelyard.library.opendb import reading

    whole = reading.Source.members

    def interrupted(self):
        for place, member in enumerate(whole(self)):
            if place == 3:
                raise KeyboardInterrupt
            yield member

    monkeypatch.setattr(reading.Source, "members", interrupted)
    assert main(["catalog", "import", "opendb", str(some)]) == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    monkeypatch.setattr(reading.Source, "members", whole)
    main(["catalog", "import", "opendb", str(some)])
    said = capsys.readouterr().out
    assert "went on with a run that was stopped" in said
    assert "5 new, 0 changed, 0 gone, 0 as before." in said


@pytest.fixture
def planned(tmp_path):
    """A project that has the part of an id in the role of the case fans."""

    def made(fan: str) -> str:
        project = open_project("workstation-a-1").project
        variant = project.variants[0]
        selection = variant.selection.with_(case_fan=(fan, 3))
        save_project(project._replace(variants=(variant._replace(selection=selection),)), tmp_path / "plan.steelyard")
        return str(tmp_path / "plan.steelyard")

    return made


@pytest.mark.parametrize("command", ["evaluate", "check"])
def test_that_a_project_with_a_part_that_is_not_taken_says_how_it_is_taken(some, planned, capsys, command) -> None:
    main(["catalog", "import", "opendb", str(some)])
    fan = "fan/acme/breeze-120mm-00000003"
    capsys.readouterr()

    assert main([command, planned(fan)]) == 2
    said = capsys.readouterr().err
    assert f'"{fan}" is imported, but not taken into use. "steelyard catalog take {fan}" lets it stand' in said

    assert main([command, planned("fan/acme/no-such")]) == 2
    assert "catalog take" not in capsys.readouterr().err
    main(["catalog", "take", fan])
    assert main([command, planned(fan)]) in {0, 1}


def test_that_a_part_that_is_another_one_is_said_to_be_it(some) -> None:
    main(["catalog", "import", "opendb", str(some)])
    trouble = UnknownPartError("psu/acme/cmd-c-a0-00000002", "There is none.", "Did you mean another?")

    found = with_way_out(trouble)

    assert "is the same product as" in found.message
    assert "Use that one" in found.remedy
