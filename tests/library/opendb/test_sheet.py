"""A sheet that shows an imported part prints the notice that OpenDB's licence asks for; no other sheet does."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from steelyard.library.opendb.attribution import ATTRIBUTION
from steelyard.library.opendb.run import import_opendb
from steelyard.library.opendb.use import take
from steelyard.library.standing import standing_catalog
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project
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
    return standing_catalog(library.path, cache=None), fan


def test_that_the_notice_is_printed_where_an_imported_part_is_shown_and_nowhere_else(standing) -> None:
    catalog, fan = standing
    project = open_project(FIRST_SAMPLE).project
    engine = Engine.of(catalog)
    (variant, *_) = project.variants
    without = engine.evaluate(project).variants[0]
    with_it = variant._replace(selection=variant.selection.with_(case_fan=(fan, 3)))
    shown = engine.evaluate(project._replace(variants=(with_it,))).variants[0]

    plain_text, printed = (text_of(build_sheet(each)) for each in (without, shown))
    notice = ATTRIBUTION.partition(", https://")[0]  # where a line ends inside an address, a space may stand

    assert notice in printed
    assert "BuildCores OpenDB, as imported" in printed
    assert "BuildCores OpenDB, as imported" not in plain_text
