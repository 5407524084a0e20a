"""Remarks for the curator: contradictions, double numbers, old prices, and how well each kind is known."""

from __future__ import annotations

from steelyard.catalog.lint import (
    contradictions,
    newest_day,
    old_prices,
    remarks,
    shared_numbers,
    tier_counts,
)

ID = "drive/maker/model-2tb"


def said(found):
    return [(each.id, each.about, each.what) for each in found]


def test_that_a_contradiction_is_found(folder):
    folder.change(
        'unit = "GB/s", source = "memory" }',
        'unit = "GB/s", source = "memory" }\nsustained_write_rate = { value = 9, unit = "GB/s", source = "page" }',
    )
    (remark,) = contradictions(folder.load())
    assert remark == ("contradiction", "error", ID, "sustained_write_rate 9 > write_rate 6.5")


def test_that_one_part_number_on_two_parts_is_found_whatever_its_spelling(folder):
    text = folder.drive.read_text().replace("model-2tb", "model-4tb").replace('"M2T"', '"m-2t"')
    folder.write("parts/drive/maker-model-4tb.toml", text)
    (remark,) = shared_numbers(folder.load())
    assert remark.about == "drive/maker/model-4tb"
    assert ID in remark.what


def test_that_the_age_of_a_price_is_counted_to_a_given_day(folder):
    catalog = folder.load()
    assert old_prices(catalog, "2026-05-12", 30) == ()
    assert said(old_prices(catalog, "2026-05-13", 30)) == [("price-old", ID, "price of 2026-04-12, 31 days old")]
    folder.change('"2026-04-12"', '"2025"')
    assert old_prices(folder.load(), "2026-01-27", 30) == ()
    found = [each.id for each in remarks(folder.load(), "2027-06-01") if each.about == ID]
    assert found == ["drive-without-board", "price-old", "price-moved"]


def test_that_a_part_without_a_price_is_named(folder):
    text = folder.drive.read_text()
    folder.drive.write_text(text[: text.index("[price]")])
    assert said(old_prices(folder.load(), "2026-05-12", 30)) == [("price-missing", ID, "no price")]


def test_that_values_are_counted_by_tier(folder):
    catalog = folder.load()
    not_stated = len(catalog.schema["drive"].fields) - 6
    assert tier_counts(catalog)["drive"] == {"maker": 5, "recalled": 1, "unknown": not_stated}


def test_that_a_catalogue_without_a_price_has_no_day(folder):
    text = folder.drive.read_text()
    folder.drive.write_text(text[: text.index("[price]")])
    catalog = folder.load()
    assert newest_day(catalog) == ""
    assert "price-missing" in [each.id for each in remarks(catalog)]
