"""A sheet says which of its values were set by hand, which parts are the user's own, and whose prices it counts."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from steelyard.catalog import load_catalog
from steelyard.catalog.layers import BARE, Override
from steelyard.catalog.page import Page
from steelyard.catalog.part_file import read_part
from steelyard.catalog.prices import Book, Line
from steelyard.places import components_db
from steelyard.project.content import Given
from steelyard.project.evaluate import Engine
from steelyard.project.samples import open_project
from steelyard.sheets.build_sheet import build_sheet, content_of

CPU, OWN = "cpu/amd/ryzen-threadripper-9980x", "case/own/of-ours"
PROJECT = open_project("workstation-a-1").project
BUILD = PROJECT.variants[0].selection
HOSTILE = '<b>=HYPERLINK("x")</b> & the sheet'


def own_case(contents):
    folder = components_db() / "parts" / "case"
    _, maker, model = BUILD.part("case").split("/")
    text = (folder / f"{maker}-{model}.toml").read_text().replace(BUILD.part("case"), OWN)
    part = read_part(Page("parts/case/own-of-ours.toml", text.encode(), []), contents.schema, contents.sources)
    assert part is not None
    return part


def layers(contents):
    card = BUILD.part("gpu")
    override = Override(
        card, "board_power", 290.0, "", "recollection", "recalled", "log of May", HOSTILE, "me", "2026-11-20"
    )
    lines = {filling.part: (Line(1, "100.10"), Line(2, "90.05")) for _, filling in BUILD.items()}
    book = Book("Frame contract", "USD", "a seller", "2026-11-01", "quote", fills_gaps=False, lines=lines)
    return BARE._replace(parts=(own_case(contents),), layer_of={OWN: "own"}, overrides=(override,), book=book)


@pytest.fixture(scope="module")
def pages():
    engine = Engine.of(load_catalog(layers=layers))
    variant = PROJECT.variants[0]._replace(selection=BUILD.with_(case=OWN))
    project = PROJECT._replace(variants=(variant,))
    content = build_sheet(engine.evaluate_variant(project, variant.name))
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def test_that_a_value_set_by_hand_is_on_record_with_its_grounds(pages):
    assert "Board power 290 W 300 W" in pages
    assert "1 value set by hand, see Overrides" in pages
    assert HOSTILE in pages
    assert "log of May. me, 2026-11-20" in pages
    assert "None: every number is the model's" not in pages


def test_that_an_own_part_is_marked_and_a_part_without_price_makes_the_total_incomplete(pages):
    assert "own part, entered by hand" in pages
    assert "Total, incomplete" in pages
    assert 'it is not in the price book "Frame contract"' in pages


def test_that_a_cap_and_numbers_given_for_a_build_are_on_record_with_their_grounds():
    given = {"psu_efficiency": Given(0.92, "maker's curve at the point"), "ups_efficiency": Given(0.9, HOSTILE[:300])}
    variant = PROJECT.variants[0]._replace(power_limit=250.0, given=given)
    engine = Engine.of(load_catalog())
    found = engine.evaluate_variant(PROJECT._replace(variants=(variant,)), variant.name)
    lines = content_of(found).overrides
    assert [line.part for line in lines] == ["this build"] * 3
    assert [(line.value, line.instead) for line in lines] == [
        ("250 W", "300 W"),
        ("92 %", "computed"),
        ("90 %", "assumed or published"),
    ]
    assert lines[1].grounds == "given: maker's curve at the point"
    document = pypdfium2.PdfDocument(io.BytesIO(build_sheet(found)))
    printed = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    assert "given: maker's curve at the point" in printed
    assert "None: every number is the model's" not in printed


def test_that_the_price_book_is_named_and_its_breaks_count(pages):
    assert "Frame contract 2026-11-01" in pages
    cards = BUILD.count("gpu")
    assert cards == 2
    assert "90.05 180.10" in pages


SIGNER = "signed with key 0123456789ABCDEF, added by someone with a long name on 2026-11-21"


@pytest.mark.parametrize("signature", ["not signed", "the program's own because the signed one was altered", SIGNER])
def test_that_the_foot_says_who_signed_the_catalogue_and_nothing_lies_over_it(signature):
    engine = Engine.of(load_catalog(layers=lambda _: BARE._replace(signature=signature)))
    content = build_sheet(engine.evaluate_variant(PROJECT, PROJECT.variants[0].name))
    (page, *_) = pypdfium2.PdfDocument(io.BytesIO(content))
    text = page.get_textpage()
    assert f", {signature}" in " ".join(text.get_text_bounded().split())
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    foot = [box for box in boxes if box[3] < 14 * 72 / 25.4]
    assert len(foot) > 1
    assert not [
        (one, other)
        for at, one in enumerate(foot)
        for other in foot[at + 1 :]
        if min(one[2], other[2]) - max(one[0], other[0]) > 0.5 and min(one[3], other[3]) - max(one[1], other[1]) > 0.5
    ]
