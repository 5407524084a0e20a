"""Bringing prices in: everything is seen before anything is done."""

from __future__ import annotations

import pytest
import xlsxwriter
from PySide6.QtWidgets import QApplication

from steelyard.catalog import load_catalog
from steelyard.gui.catalogue.price_import import PriceImport
from steelyard.library.prices.books import books

LIST = """Maker;MPN;Price USD
NVIDIA;{mpn};1.234,00
Acme;NO-SUCH-9;99,00
NVIDIA;{mpn_two};on request
"""


@pytest.fixture
def dialog(manager, tmp_path, finished):
    catalog = manager.stock.catalog
    cards = [info.mpn for info in catalog.parts.values() if info.manufacturer == "NVIDIA" and info.mpn]
    file = tmp_path / "quote.csv"
    file.write_text(LIST.format(mpn=cards[0], mpn_two=cards[1]), encoding="utf-8")
    manager.show_page("prices")
    manager._pages["prices"].open_import(file)
    finished(manager)
    yield manager.findChildren(PriceImport)[0]
    for left in manager.findChildren(PriceImport):
        left.reject()
    QApplication.processEvents()


def test_that_nothing_is_taken_before_it_is_applied(manager, dialog):
    assert len(dialog.taken.lines) == 1
    assert [line.state for line in dialog.refused.lines] == ["warn", "warn"]
    assert "NO-SUCH-9" in dialog.refused.lines[0].cells[1]
    assert not dialog.apply.isEnabled()
    assert not books(manager.stock.library)


def test_that_refused_rows_stay_out_on_purpose_only(manager, dialog, conductor):
    part = dialog.taken.lines[0].key.part
    dialog.book.right.setChecked(True)
    assert dialog.apply.isEnabled()
    dialog.apply.click()
    assert "source" in dialog._wrong.text()  # where the prices are from was not said
    assert not books(manager.stock.library)
    dialog.book.source.setText("quote 118 of Acme")
    dialog.book.dated.setText("2026-10-30")
    dialog.book.gaps.setChecked(True)
    dialog.apply.click()
    QApplication.processEvents()
    assert [(book.name, book.active) for book in books(manager.stock.library)] == [("quote", True)]
    price = conductor.desk.engine.catalog.price(part)
    assert str(price.amount) == "1234.00"
    assert "quote" in manager._pages["prices"].answer


def test_that_a_price_that_is_odd_stands_first_among_the_taken_with_its_remark(manager, dialog, finished, tmp_path):
    catalog = manager.stock.catalog
    cards = [part for part in catalog.parts if part.startswith("gpu/") and catalog.price(part).amount > 100][:2]
    usual = catalog.price(cards[0]).amount
    file = tmp_path / "odd.csv"
    file.write_text(f"steelyard part,price\n{cards[0]},{usual}\n{cards[1]},1.50\n", encoding="utf-8")
    dialog._path, dialog._study = file, None
    dialog.look_again()
    finished(manager)
    odd, plain = dialog.taken.lines
    assert (odd.state, odd.key.part) == ("warn", cards[1])
    assert "of the indicative price of" in odd.cells[1]
    assert (plain.state, plain.key.part) == ("ok", cards[0])
    assert "2 taken (1 price with a remark)" in dialog._counts.text()


def test_that_another_column_is_looked_at_anew(manager, dialog, finished):
    dialog.columns["mpn"].setCurrentIndex(0)
    dialog._state("mpn", 0)
    dialog.look_again()
    finished(manager)
    assert not dialog.apply.isEnabled()
    assert "part numbers" in dialog._counts.text()


def test_that_of_several_sheets_one_is_chosen_and_read(manager, tmp_path, finished):
    mpn = next(info.mpn for info in manager.stock.catalog.parts.values() if info.mpn)
    book = xlsxwriter.Workbook(tmp_path / "two.xlsx")
    for name, rows in {
        "Terms": [["Payment", "30 days"], ["Delivery", "free"]],
        "Prices": [["MPN", "Price USD"], [mpn, 99.5]],
    }.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    book.close()
    manager.show_page("prices")
    manager._pages["prices"].open_import(tmp_path / "two.xlsx")
    finished(manager)
    (dialog,) = manager.findChildren(PriceImport)
    assert dialog.sheets.isVisible()
    assert [dialog.sheets.itemText(place) for place in range(dialog.sheets.count())] == ["Terms", "Prices"]
    assert dialog.sheets.currentIndex() == -1
    assert not dialog.apply.isEnabled()
    dialog.sheets.setCurrentIndex(1)
    dialog.look_again()
    finished(manager)
    assert [line.key.text for line in dialog.taken.lines] == ["99.5"]
    assert dialog.sheets.currentText() == "Prices"
    assert dialog.apply.isEnabled()
    dialog.reject()
    QApplication.processEvents()


def test_that_the_indicative_book_shows_its_span_and_the_age_of_its_oldest_price(manager):
    manager.show_page("prices")
    catalog = load_catalog()
    prices = [price for part in catalog.parts if (price := catalog.price(part)) is not None]
    oldest, newest = (least(price.date[:7] for price in prices) for least in (min, max))
    name, dated, _, parts, _ = manager._pages["prices"].books.lines[0].cells
    assert dated.startswith(f"{oldest} to {newest}\nup to ")
    today, year, month = manager.stock.today, int(oldest[:4]), int(oldest[5:] or 1)
    months = (int(today[:4]) - year) * 12 + int(today[5:7]) - month
    assert dated.endswith(f"up to {months} months old")
    assert parts == f"{len(prices):,}"
    assert f"{sum(price.is_estimate for price in prices)} of " in name
