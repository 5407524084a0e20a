"""The requirements sheet of a lab without a build: its answer, its pages, the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reportlab.lib.pagesizes import A4, LETTER

from steelyard.catalog import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.accuracy import accuracy
from steelyard.project.content import WorkloadUse
from steelyard.project.evaluate import Engine
from steelyard.project.labs import labs_of
from steelyard.project.levels import level_amount
from steelyard.project.provenance import provenance_hash
from steelyard.project.requirements import LAYERS, requirements_of
from steelyard.project.sized import weighed
from steelyard.project.sizing import Sizer
from steelyard.sheets.requirements_sheet import content_of, is_sheet_of, requirements_sheet
from steelyard.wording import share

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.project.content import Project

HOSTILE = '<b>&amp; "x" </para><img src="/etc/passwd"/> \u202eevil ' + "W" * 100
LABS = "lab,workload,growth,life,nnunet-3d-training.cases\nNeuroradiology,nnunet-3d-training,20%,4,500\n"


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture(scope="module")
def scans(catalog, tmp_path_factory) -> Project:
    table: Path = tmp_path_factory.mktemp("labs") / "labs.csv"
    table.write_text(LABS, encoding="utf-8")
    (_, project), *_ = labs_of(table, catalog, "2026-03-04", typical=True).projects
    return project


@pytest.fixture(scope="module")
def size(catalog, scans):
    sizer = Sizer.of(Engine.of(catalog), scans)
    return lambda project: weighed(sizer, project)


@pytest.fixture(scope="module")
def lab(size, scans):
    return size(scans)


@pytest.fixture
def asked(catalog, scans):
    """The same lab with one workload at the usual values, some of them said otherwise; None leaves one empty."""

    def asking(name: str, **said: float | str | None) -> Project:
        use = WorkloadUse(name, name)
        for key, each in catalog.workloads[name].inputs.items():
            if key in said:
                use = use if said[key] is None else use.with_input(key, said[key])
            elif each.required:
                use = use.with_input(key, each.usual, assumed=True)
        return scans._replace(workloads=(use,))

    return asking


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("paper", "size_of"), [("a4", A4), ("letter", LETTER)])
def test_that_a_lab_has_two_pages_that_end_on_a_marker(lab, pdf, paper, size_of):
    seen = pdf.read(requirements_sheet(lab, paper=paper))
    assert len(seen.text) == 2
    assert seen.size == pytest.approx(size_of, abs=0.001)
    assert "End of document – 2 pages" in words(seen.text[1])
    assert seen.embedded
    assert all(seen.embedded.values())
    assert seen.title == "Requirements: Neuroradiology"


def test_that_page_one_has_the_answer_and_every_level_with_its_range_and_driver(lab, pdf):
    page = words(pdf.read(requirements_sheet(lab)).text[0])
    least = lab.found.least
    assert f"{least.cards} × {least.name} carry this work" in page
    assert f"{least.price / 100:,.2f} USD" in page
    assert "2026-03-04" in page
    assert all(layer in page for layer in LAYERS)
    for each in requirements_of(lab.evaluated):
        amounts = [level_amount(each, level) for level in (each.least, each.advised, each.ample)]
        line = words(" ".join([each.label, *map(str, amounts), amounts[0].spread, each.driver]))
        assert line in page


def test_that_page_two_has_advice_accuracy_assumptions_sources_and_the_hash(lab, catalog, pdf):
    content = content_of(lab)
    page = words(pdf.read(requirements_sheet(lab)).text[1])
    for advice in lab.found.advice:
        assert words(advice.reason) in page
    assert content.assumed
    for each in content.assumed:
        assert words(f"{each.label} {each.value}") in page
    spread = accuracy().family("nnunet-v1").left_out
    assert words(f"{spread.count:g} {share(spread.median, 1)} {share(spread.tenth_worst, 1)}") in page
    assert content.sources
    assert all(f"{each.number} {words(each.title)}" in page for each in content.sources)
    assert provenance_hash(lab.project, catalog) in page


def test_that_the_rung_of_the_ladder_is_the_one_that_was_found(lab):
    assert [each.name for each in content_of(lab).rungs if each.here] == [str(lab.found.place)]


def test_that_the_same_lab_gives_the_same_bytes_and_another_day_others(size, scans, lab):
    first = requirements_sheet(lab)
    assert requirements_sheet(size(scans)) == first
    assert requirements_sheet(lab, date="2026-03-05") != first
    with pytest.raises(BadInputError, match="not a day of the calendar"):
        requirements_sheet(lab, date="2026-02-30")


def test_that_a_sheet_is_known_by_its_lab_day_and_paper_and_only_whole(lab, scans, catalog):
    content = requirements_sheet(lab)
    assert is_sheet_of(content, scans, catalog)
    assert not is_sheet_of(content[: len(content) // 2], scans, catalog)
    assert not is_sheet_of(content, scans._replace(name="Other"), catalog)
    assert not is_sheet_of(content, scans, catalog, paper="letter")
    assert not is_sheet_of(content, scans, catalog, date="2026-03-05")


def test_that_a_hostile_name_is_printed_as_it_is_and_does_nothing(size, scans, pdf):
    seen = pdf.read(requirements_sheet(size(scans._replace(name=HOSTILE))))
    shown = "".join(HOSTILE.replace("\u202e", "[U+202E]").split())
    assert shown in "".join(seen.text[0].split())
    assert seen.images == 0
    assert len(seen.text) == 2


def test_that_work_of_a_processor_asks_for_no_card(size, asked, pdf):
    lab = size(asked("radiomics-boosting"))
    page = words(pdf.read(requirements_sheet(lab)).text[0])
    assert "A processor alone carries this work" in page
    assert "GPU memory, whole model" not in page


def test_that_what_no_box_carries_says_how_many_why_and_what_joins_them(size, asked, pdf):
    lab = size(asked("llm-fine-tuning", method="full", parameters=175))
    boxes = lab.found.boxes
    assert boxes is not None
    seen = pdf.read(requirements_sheet(lab))
    assert len(seen.text) == 2
    assert words(f"This needs {boxes.needed} boxes of {boxes.box}, because {boxes.reason}.") in words(seen.text[0])
    assert all(words(each) in seen.whole for each in boxes.adds)


def test_that_a_lab_with_an_empty_input_is_a_draft_that_names_it(size, asked, pdf):
    seen = pdf.read(requirements_sheet(size(asked("llm-fine-tuning", parameters=None))))
    assert "DRAFT" in seen.text[0]
    assert "Inputs are missing of: Fine-tuning a language model" in words(seen.text[0])
    assert "empty: set it in the brief" in words(seen.text[1])


def test_that_a_lab_without_work_is_a_draft_that_says_so(size, scans, pdf):
    seen = pdf.read(requirements_sheet(size(scans._replace(workloads=()))))
    assert "DRAFT" in seen.text[0]
    assert "No workload is asked of anything yet" in words(seen.text[0])
