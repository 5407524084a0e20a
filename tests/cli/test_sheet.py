"""The build sheet from the command line: the same input gives the same bytes, and carries the project in it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from steelyard.project.file import project_from_text

if TYPE_CHECKING:
    from tests.cli.conftest import Run

    from steelyard.project.content import Project


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_that_a_sheet_is_the_same_each_time_and_carries_the_whole_project(
    run: Run, sample: Project, tmp_path: Path, paper: str
) -> None:
    sheets = [tmp_path / "first.pdf", tmp_path / "second.pdf"]
    for out in sheets:
        words = ("--kind", "build-sheet", "--out", str(out), "--paper", paper, "--variant", "Brute force")
        assert run("sheet", "workstation-a-1", *words) == (0, "", "")
    assert sheets[0].read_bytes() == sheets[1].read_bytes()
    with pikepdf.open(io.BytesIO(sheets[0].read_bytes())) as pdf:
        attached = pdf.attachments["project.json"].get_file().read_bytes()
    assert project_from_text(attached, "attached").project == sample


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["--out", "sheet.txt"], 2, "must be a PDF"),
        (["--out", "none/sheet.pdf"], 2, "its folder does not exist"),
        (["--out", "sheet.pdf", "--paper", "a5"], 2, "a5"),
        (["--out", "sheet.pdf", "--kind", "quote"], 2, "quote"),
        (["--out", "sheet.txt", "--kind", "site"], 2, "must be a PDF"),
        (["--out", "sheet.pdf", "--kind", "site", "--decimal", "blank"], 2, "blank"),
        (["--out", "sheet.pdf", "--kind", "site", "--date", "2026-02-30"], 2, "not a day of the calendar"),
        (["--out", "sheet.pdf", "--kind", "bill"], 2, "must be a CSV file"),
        (["--out", "none/bill.csv", "--kind", "bill"], 2, "its folder does not exist"),
        (["--out", "sheet.pdf", "--date", "2026-02-30"], 2, "not a day of the calendar"),
        (["--out", "sheet.pdf", "--variant", "Brute forc"], 2, 'Did you mean "Brute force"?'),
    ],
)
def test_that_a_sheet_that_cannot_be_is_refused_and_nothing_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("sheet", "workstation-a-1", *words)
    assert said.code == code
    assert says in said.err
    assert not list(tmp_path.iterdir())


def test_that_the_site_has_a_sheet_of_one_page_on_the_paper_of_its_country(run: Run, tmp_path: Path) -> None:
    usual, asked = tmp_path / "usual.pdf", tmp_path / "asked.pdf"
    assert run("sheet", "workstation-a-1", "--kind", "site", "--out", str(usual)) == (0, "", "")
    assert run("sheet", "workstation-a-1", "--kind", "site", "--paper", "a4", "--out", str(asked)) == (0, "", "")
    for out, width in ((usual, 612.0), (asked, 595.28)):
        with pikepdf.open(io.BytesIO(out.read_bytes())) as pdf:
            assert len(pdf.pages) == 1
            assert float(pdf.pages[0].MediaBox[2]) == pytest.approx(width, abs=0.01)
