"""A printed sheet says what it was given, all of it, in the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

WHY = "Why the key numbers are what they are"
MARKER = re.compile(r"End of document – (\d+) pages")
HERE = Path(__file__).parent


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.28, 841.89)), ("letter", (612.0, 792.0))])
def test_that_both_papers_hold_every_chapter_and_end_with_the_marker(sheet, printed, pdf, paper, size) -> None:
    seen = pdf.read(printed(sheet, paper))

    assert seen.size == pytest.approx(size, abs=0.01)
    assert seen.outline == (
        "Decision",
        "Parts",
        "Requirements",
        "Balance",
        "Site fitness",
        "Record",
        "Findings",
        WHY,
        "Sources",
    )
    found = MARKER.search(seen.whole)
    assert found is not None
    assert int(found[1]) == len(seen.text)
    for number, text in enumerate(seen.text, 1):
        assert f"page {number}/{len(seen.text)}" in text
        assert "Estimate, not a measurement" in text


def test_that_an_unknown_paper_is_refused_with_the_ones_there_are() -> None:
    from steelyard.errors import BadInputError
    from steelyard.sheets.paper import paper_named

    with pytest.raises(BadInputError, match="a4 or letter"):
        paper_named("a5")


def test_that_the_same_sheet_gives_the_same_bytes_in_another_process_zone_and_hash_seed(sheet, printed) -> None:
    once, twice = printed(sheet), printed(sheet)
    script = (
        "import hashlib, runpy, sys; m = runpy.run_path(sys.argv[1]); "
        "from steelyard.sheets.compose import compose; from steelyard.sheets.paper import paper_named; "
        "print(hashlib.sha256(compose(m['made_sheet'](m['hand_made']()), paper_named('a4'))).hexdigest())"
    )
    elsewhere = {
        **os.environ,
        "PYTHONHASHSEED": "4711",
        "TZ": "Pacific/Auckland",
        "SOURCE_DATE_EPOCH": "1",
        "PYTHONPATH": str(HERE.parents[1] / "app"),
    }
    answer = subprocess.run(
        [sys.executable, "-c", script, str(HERE / "example.py")],
        env=elsewhere,
        capture_output=True,
        text=True,
        check=True,
    )

    assert once == twice
    assert answer.stdout.strip() == hashlib.sha256(once).hexdigest()


def test_that_all_is_vectors_every_font_embedded_and_every_letter_copied(sheet, printed, pdf) -> None:
    odd = "Größe ≥ 5 Ω µ ½ → Å ñ Ł €, 5 °C × 2"
    seen = pdf.read(printed(sheet._replace(role=odd)))

    assert seen.embedded
    assert all(seen.embedded.values()), seen.embedded
    assert odd in seen.whole
    assert "\ufffd" not in seen.whole
    assert seen.images == 0
    assert "First line. Second line." in seen.whole
    assert seen.language == "en"
    assert seen.title == "Build sheet: Workstation A-1, variant A “Balanced”"


def test_that_the_printed_total_is_the_exact_sum_of_the_printed_lines(sheet, printed, pdf) -> None:
    text = pdf.read(printed(sheet)).text[1]
    amounts = [Decimal(word.replace(",", "")) for word in re.findall(r"\b[\d,]+\.\d\d\b", text)]
    extended = sum(line.extended for line in sheet.bill.lines) / 100

    assert sheet.bill.total == Decimal(2323000)
    assert amounts[-1] == extended == Decimal("23230.00")


def test_that_a_cent_is_not_lost_in_ten_thousand_lines_of_one_price(example) -> None:
    line = example.line("Drive", "a drive", 10_000, 1_999)
    bill = example.Bill((line,), "USD", 2, "2026-10-15")

    assert bill.total == Decimal(19990000)


def test_that_a_part_without_a_price_makes_the_total_incomplete(sheet, printed, pdf, example) -> None:
    bill = sheet.bill._replace(lines=(*sheet.bill.lines, example.line("UPS", "a supply of unknown price", 1, None)))
    seen = pdf.read(printed(sheet._replace(bill=bill)))

    assert "Total, incomplete" in seen.text[0]
    assert "no price" in seen.text[0]
    assert "Without a price in USD, so the total is incomplete: a supply of unknown price." in seen.whole


def test_that_anything_but_ready_is_marked_draft_on_every_page(sheet, printed, pdf) -> None:
    ready, blocked = pdf.read(printed(sheet)), pdf.read(printed(sheet._replace(status="BLOCKED")))

    assert not any("DRAFT" in text for text in ready.text)
    assert all("DRAFT" in text for text in blocked.text)


def test_that_the_attached_project_is_the_one_that_was_given(sheet, printed, pdf) -> None:
    seen = pdf.read(printed(sheet))

    assert list(seen.attached) == ["project.json"]
    assert seen.attached["project.json"] == sheet.attachment
    assert json.loads(seen.attached["project.json"])["name"] == "Workstation A-1 – Bär"


def test_that_forty_parts_spill_over_with_the_head_repeated(sheet, printed, pdf, example) -> None:
    lines = tuple(example.line(f"Place {index}", f"Part {index}", 1, 100 + index) for index in range(40))
    seen = pdf.read(printed(sheet._replace(bill=sheet.bill._replace(lines=lines))))
    with_head = [text for text in seen.text if "Maker's number" in text]

    assert len(with_head) >= 2
    assert all(f"Part {index}\n" in seen.text[1] + seen.text[2] + seen.text[3] for index in range(40))


def test_that_references_name_the_page_where_the_chapter_is(sheet, printed, pdf) -> None:
    seen = pdf.read(printed(sheet))
    site = next(number for number, text in enumerate(seen.text, 1) if "\nSite fitness\n" in text)

    assert f"page {site}\n" in seen.text[0]
    assert f"Sources on page {len(seen.text)}." in seen.text[site - 1]


def test_that_a_build_without_parts_workloads_or_numbers_still_prints(sheet, printed, pdf, example) -> None:
    nan = float("nan")
    empty = example.made_sheet(example.hand_made(**dict.fromkeys(example.NUMBERS, (nan,))))
    bare = empty._replace(
        status="INCOMPLETE",
        balances=(),
        findings=(),
        bill=sheet.bill._replace(lines=(), budget=None),
        requirements=(),
        assumed=(),
        keys=(),
        sources=(),
    )
    seen = pdf.read(printed(bare))

    assert "No role is filled yet." in seen.whole
    assert "there is nothing to weigh" in seen.whole
    assert "nan" not in seen.whole


def test_that_a_pipeline_of_forty_stages_still_fits_a_page(printed, pdf, example) -> None:
    readings = example.hand_made(stage_capacity=tuple((10 + place) / 3600 for place in range(40)))
    long = readings._replace(stages=tuple(example.Stage(f"Stage {place}", "CPU") for place in range(40)))
    seen = pdf.read(printed(example.made_sheet(long)))

    assert all(
        f"Stage {place}\n" in seen.whole.replace(" ", "\n") or f"Stage {place}" in seen.whole for place in range(40)
    )
