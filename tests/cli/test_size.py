"""Requirements sheets from the command line: written where they are asked for, and taken up again only when whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

LABS = """lab,workload,nnunet-3d-training.cases
Scans,nnunet-3d-training,500
"<i>../../etc & co</i>",nnunet-3d-training,300
"""
ALL = ("--format", "json,csv,pdf", "--typical")


@pytest.fixture
def labs(tmp_path: Path) -> Path:
    table = tmp_path / "labs.csv"
    table.write_text(LABS, encoding="utf-8")
    return table


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_that_each_lab_gets_a_sheet_beside_its_json_and_a_second_run_the_same_bytes(
    run: Run, labs: Path, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        said = run("size", str(labs), "--out", str(tmp_path / name), *ALL)
        assert said.code == 0, said.err
    found = files(tmp_path / "one")
    assert found == files(tmp_path / "two")
    sheets = {name.removesuffix(".pdf") for name in found if name.endswith(".pdf")}
    assert len(sheets) == 2
    assert sheets == {name.removesuffix(".json") for name in found if name.endswith(".json")}
    for name in sheets:
        with pikepdf.open(tmp_path / "one" / f"{name}.pdf") as pdf:
            assert len(pdf.pages) == 2


def test_that_no_sheet_is_written_unless_it_is_asked_for(run: Run, labs: Path, tmp_path: Path) -> None:
    assert run("size", str(labs), "--out", str(tmp_path / "out"), "--typical").code == 0
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert run("size", str(labs), "--out", str(tmp_path / "sheets"), "--format", "pdf", "--typical").code == 0
    assert {each.suffix for each in (tmp_path / "sheets").iterdir()} == {".pdf", ".csv"}
    assert not (tmp_path / "sheets" / "requirements.csv").exists()


def test_that_a_lab_is_taken_up_only_where_every_format_asked_for_is_there_and_whole(
    run: Run, labs: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    assert run("size", str(labs), "--out", str(folder), "--typical").code == 0
    assert run("size", str(labs), "--out", str(folder), *ALL, "--resume").code == 0
    whole = files(folder)
    first, second = sorted(folder.glob("*.pdf"))
    before = second.stat().st_mtime_ns
    first.write_bytes(whole[first.name][:20_000])
    assert run("size", str(labs), "--out", str(folder), *ALL, "--resume").code == 0
    assert files(folder) == whole
    assert second.stat().st_mtime_ns == before
    assert run("size", str(labs), "--out", str(folder), *ALL, "--resume", "--paper", "letter").code == 0
    with pikepdf.open(second) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox[2:]] == [612, 792]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--format", "docx"], "Known: json, csv, pdf."),
        (["--format", "pdf", "--paper", "a5"], "a5"),
        (["--format", "pdf", "--date", "2026-02-30"], "not a day of the calendar"),
    ],
)
def test_that_what_cannot_be_printed_is_refused_before_anything_is_sized(
    run: Run, labs: Path, tmp_path: Path, more: list[str], says: str
) -> None:
    said = run("size", str(labs), "--out", str(tmp_path / "out"), *more)
    assert said.code == 2
    assert says in said.err
    assert not (tmp_path / "out").exists()


def test_that_a_date_stands_on_the_sheet_of_a_project_file(run: Run, tmp_path: Path) -> None:
    said = run("size", "workstation-a-1", "--out", str(tmp_path), "--format", "pdf", "--date", "2027-01-02")
    assert said.code == 0, said.err
    (sheet,) = tmp_path.glob("*.pdf")
    with pikepdf.open(sheet) as pdf, pdf.open_metadata() as about:
        assert str(about["xmp:CreateDate"]).startswith("2027-01-02")
