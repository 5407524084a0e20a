"""A sheet that shows an imported part prints the notice that OpenDB's licence asks for; no other sheet does."""

from __future__ import annotations

import csv
import io

import pypdfium2
import pytest

from steelyard.catalog.load import load_catalog
from steelyard.catalog.prices import Book, Line
from steelyard.catalog.sources import IMPORTED_SOURCE
from steelyard.library.opendb.attribution import ATTRIBUTION
from steelyard.library.opendb.run import import_opendb
from steelyard.library.opendb.use import take
from steelyard.library.reading import layers_of
from steelyard.library.standing import standing_catalog
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.sheets.bibliography import Bibliography
from steelyard.sheets.bill_csv import bill_csv
from steelyard.sheets.bind_bill import bill_of
from steelyard.sheets.build_sheet import build_sheet


def text_of(content: bytes) -> str:
    """The text of all pages in one line."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


@pytest.fixture
def standing(library, catalog, source, build):
    """The catalogue with an imported fan in use, and the fan's id."""
    import_opendb(library, source({build.file_of("CaseFan"): build.sound["CaseFan"]}), catalog)
    (fan,) = take(library, "fan/acme/breeze-120mm-00000001")
    return standing_catalog(library.path), fan


def test_that_the_notice_is_printed_where_an_imported_part_is_shown(standing) -> None:
    catalog, fan = standing
    shown = evaluated(catalog, case_fan=(fan, 3))
    printed = text_of(build_sheet(shown))

    assert ATTRIBUTION.partition(", https://")[0] in printed  # a line may end inside the address
    assert catalog.sources[IMPORTED_SOURCE].title in printed


@pytest.mark.parametrize("priced", [True, False])
def test_that_the_bill_for_a_spreadsheet_carries_the_notice(standing, library, priced) -> None:
    _, fan = standing
    lines = {fan: (Line(1, "19.90"),)} if priced else {}
    book = Book("Shop", "USD", "a quote", "2026-11-20", "quote", fills_gaps=True, lines=lines)
    catalog = load_catalog(layers=lambda contents: layers_of(library.path, contents)._replace(book=book))
    shown = evaluated(catalog, case_fan=(fan, 3))
    *lines, total = csv.DictReader(io.StringIO(bill_csv(shown).decode("utf-8-sig"), newline=""))

    assert [line["Unit price"] for line in lines if line["Part"] == fan] == ["19.90" if priced else ""]
    assert total["Role"] == "Total"
    assert ATTRIBUTION in total["Note"]
    *_, without = csv.DictReader(io.StringIO(bill_csv(evaluated(catalog)).decode("utf-8-sig"), newline=""))
    assert "OpenDB" not in without["Note"]


def test_that_the_notice_is_printed_nowhere_else(standing) -> None:
    catalog, _ = standing
    bibliography = Bibliography(without := evaluated(catalog))
    bill_of(without, bibliography)

    assert catalog.sources[IMPORTED_SOURCE].title not in {entry.title for entry in bibliography.entries()}


def evaluated(catalog, **roles):
    """The first sample's first variant with some roles filled differently."""
    project = open_project(FIRST_SAMPLE).project
    variant = project.variants[0]
    changed = variant._replace(selection=variant.selection.with_(**roles))
    return Engine.of(catalog).evaluate(project._replace(variants=(changed,))).variants[0]
