"""A sum that lacks a price says how many it lacks and what the others come to, on every surface in the same words."""

from __future__ import annotations

from steelyard.catalog.layers import BARE
from steelyard.catalog.load import load_catalog
from steelyard.catalog.prices import Book, Line
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.known_price import known_price
from steelyard.project.samples import open_project


def priced(*, without: int) -> VariantEvaluation:
    """Return a build of which every part costs 1000.50 apiece, but the first few, which have no price."""
    project = open_project("workstation-a-1").project
    parts = sorted({filling.part for _, filling in project.variants[0].selection.items()})
    lines = {part: (Line(1 if place >= without else 10_000, "1000.50"),) for place, part in enumerate(parts)}
    book = Book("Shop", project.currency, "a test", "2026-11-20", "quote", fills_gaps=False, lines=lines)
    return Engine.of(load_catalog(cache=None, layers=lambda _: BARE._replace(book=book))).evaluate(project).variants[0]


def test_that_a_price_that_is_missing_is_counted_beside_the_sum_of_the_others() -> None:
    found = priced(without=1)
    first = min(filling.part for _, filling in found.selection.items())
    lacking = sum(filling.part == first for _, filling in found.selection.items())
    pieces = sum(filling.count for _, filling in found.selection.items() if filling.part != first)
    roles = len(list(found.selection.items()))
    sum_of_others = f"{pieces * 100_050 // 100:,}.{pieces * 100_050 % 100:02}"
    assert known_price(found).incomplete == (
        f"incomplete: {lacking} of {roles} prices missing, the others come to {sum_of_others}\N{NO-BREAK SPACE}USD"
    )


def test_that_without_any_price_no_sum_is_said_and_with_all_nothing_is_missing() -> None:
    none = known_price(priced(without=100))
    assert none.incomplete == f"incomplete: {none.roles} of {none.roles} prices missing"
    assert known_price(priced(without=0)).incomplete == ""
