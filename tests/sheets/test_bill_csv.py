"""The bill as CSV says what the paper says, says what it lacks, and is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from steelyard.catalog import load_catalog
from steelyard.catalog.layers import BARE
from steelyard.catalog.prices import Book, Line
from steelyard.errors import BadInputError
from steelyard.project.evaluate import Engine, ProjectEvaluation
from steelyard.project.samples import open_project
from steelyard.sheets.bill_csv import HEADINGS, bill_csv, write

Row = dict[str, str]


def evaluation(book: Book | None = None, currency: str = "USD") -> ProjectEvaluation:
    catalog = load_catalog(layers=lambda _: BARE._replace(book=book))
    project = open_project("workstation-a-1").project
    lab = project.lab._replace(budget=None)
    site = project.site._replace(energy_price=None)
    return Engine.of(catalog).evaluate(project._replace(currency=currency, lab=lab, site=site, workloads=()))


def rows(content: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def book(currency: str = "USD", *, fills_gaps: bool = False, **lines: tuple[Line, ...]) -> Book:
    given = {"gpu/nvidia/rtx-6000-ada": lines["gpu"]} if lines else {}
    return Book("Shop", currency, "quote 4711", "2026-11-20", "quote", fills_gaps, given)


def test_that_every_price_says_which_book_it_is_from_its_day_and_its_kind() -> None:
    gpu = (Line(1, "6500.00", "while in stock"), Line(2, "6400.50"))
    found = {row["Role"]: row for row in rows(bill_csv(evaluation(book(fills_gaps=True, gpu=gpu)).variants[0]))}
    card = found["GPU"]
    assert (card["Quantity"], card["Unit price"], card["Line total"]) == ("2", "6400.50", "12801.00")
    assert (card["Price book"], card["Source"], card["Price of"], card["Kind"]) == (
        "Shop", "quote 4711", "2026-11-20", "quoted",
    )  # fmt: skip
    assert "from 2 on" in card["Where"]
    assert found["CPU"]["Price book"] == "Indicative prices"
    assert 'not in the price book "Shop"' in found["CPU"]["Note"]


def test_that_a_bill_that_lacks_prices_says_how_many_and_gives_no_total() -> None:
    *lines, last = rows(bill_csv(evaluation(book(gpu=(Line(1, "6400.00"),))).variants[0]))
    assert last["Line total"] == f"incomplete: {len(lines) - 2} of {len(lines)} prices missing"
    priced = {row["Role"]: (row["Line total"], row["Note"]) for row in lines if row["Line total"]}
    assert priced == {"GPU": ("12800.00", ""), "Operating system": ("0.00", "free")}
    assert all(row["Note"].startswith("price missing: ") for row in lines if row["Role"] not in priced)


def test_that_prices_in_another_currency_than_the_projects_are_missing() -> None:
    *lines, last = rows(bill_csv(evaluation(book("EUR", gpu=(Line(1, "6400.00"),))).variants[0]))
    assert last["Line total"] == f"incomplete: {len(lines)} of {len(lines)} prices missing"
    assert next(row["Note"] for row in lines if row["Role"] == "GPU") == "price missing: priced in EUR only"


def test_that_names_from_elsewhere_are_no_formulas(monkeypatch: pytest.MonkeyPatch) -> None:
    found = evaluation().variants[0]
    parts = found.engine.catalog.parts
    card = "gpu/nvidia/rtx-6000-ada"
    hostile = parts[card]._replace(name='=HYPERLINK("http://192.0.2.1")', manufacturer="@maker", mpn="-1+2")
    monkeypatch.setitem(parts, card, hostile)
    row = next(row for row in rows(bill_csv(found)) if row["Part"] == card)
    assert (row["Name"], row["Manufacturer"], row["MPN"]) == ('\'=HYPERLINK("http://192.0.2.1")', "'@maker", "'-1+2")


def test_that_the_bill_of_a_variant_is_written_the_same_each_time(tmp_path) -> None:
    found = evaluation()
    for name in ("first.csv", "second.csv"):
        write(found, tmp_path / name, found.variants[1].variant.name)
    first, second = ((tmp_path / name).read_bytes() for name in ("first.csv", "second.csv"))
    assert first == second == bill_csv(found.variants[1])
    assert tuple(rows(first)[0]) == HEADINGS
    with pytest.raises(BadInputError):
        write(found, tmp_path / "third.csv", "no such variant")
    assert not (tmp_path / "third.csv").exists()
