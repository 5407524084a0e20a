"""The picker shows what a part costs at the quantity that the build would take of it, also one that it has not yet."""

from __future__ import annotations

from steelyard.catalog import load_catalog
from steelyard.catalog.layers import BARE
from steelyard.catalog.prices import Book, Line
from steelyard.gui.present.parts import candidates_view
from steelyard.project.evaluate import Engine
from steelyard.project.samples import open_project


def layers(contents):
    lines = {part: (Line(1, "100.00"), Line(2, "90.00")) for part in contents.parts}
    return BARE._replace(book=Book("B", "USD", "a seller", "2026-11-01", "quote", fills_gaps=False, lines=lines))


def test_that_the_picker_prices_every_part_of_a_book_with_breaks():
    project = open_project("workstation-a-1").project
    variant = Engine.of(load_catalog(layers=layers)).evaluate_variant(project, project.variants[0].name)
    assert variant.selection.count("gpu") == 2
    shown = candidates_view(variant, "gpu")
    assert len(shown) > 10
    assert {each.price for each in shown} == {"90"}
    assert {each.price for each in candidates_view(variant, "case")} == {"100"}
