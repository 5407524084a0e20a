"""What lies over the files is read like them, says whose it is, and hides nothing of what they say."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from steelyard.catalog.layers import BARE, Override
from steelyard.catalog.load import load_catalog
from steelyard.catalog.page import Page
from steelyard.catalog.part_file import read_part
from steelyard.catalog.prices import BOOK_SOURCE, INDICATIVE, Book, Line
from steelyard.catalog.schema import cell_of

DRIVE = "drive/maker/model-2tb"
OWN = "drive/own/model-4tb"


def over(folder, **layers):
    return load_catalog(folder.root, cache=None, layers=lambda _: BARE._replace(**layers))


def override(field, value, words=""):
    return Override(
        DRIVE, field, value, words, "page", "maker", "p. 9", "the sheet was corrected", "tester", "2026-11-21"
    )


def own_part(folder):
    catalog = folder.load()
    text = folder.drive.read_text().replace(DRIVE, OWN).replace("2000", "4000").replace("160.50", "300.00")
    part = read_part(Page("parts/drive/own-model-4tb.toml", text.encode(), []), catalog.schema, catalog.sources)
    assert part is not None
    return part


def book(lines, currency="USD", **changes):
    given = Book("Quote 7", currency, "Seller, quote 7", "2026-11-02", "quote", fills_gaps=False, lines=lines)
    return given._replace(**changes)


def test_that_an_override_is_what_the_arrays_hold_and_the_file_is_still_quoted(folder):
    catalog = over(folder, overrides=(override("capacity", 2048.0),))
    table = catalog.tables["drive"]
    assert table.columns["capacity"][table.row(DRIVE)] == 2048
    datum = catalog.datum(DRIVE, "capacity")
    assert (datum.value, datum.unit, datum.where, datum.tier) == (2048, "GB", "p. 9", "maker")
    said = "Overridden by tester on 2026-11-21: the sheet was corrected. The catalogue says 2000 GB."
    assert datum.note == said
    assert catalog.stated(DRIVE, "capacity").value == 2000
    assert catalog.datum(DRIVE, "read_rate") == folder.load().datum(DRIVE, "read_rate")


def test_that_an_override_of_what_was_unknown_says_so(folder):
    datum = over(folder, overrides=(override("idle_power", 3.5),)).datum(DRIVE, "idle_power")
    assert datum.value == 3.5
    assert datum.why_unknown == ""
    assert datum.note.endswith("The catalogue does not know it: not published.")


def test_that_one_catalogue_does_not_change_another(folder):
    contents = {}

    def keep(found):
        contents["found"] = found
        return BARE._replace(overrides=(override("capacity", 2048.0),))

    load_catalog(folder.root, cache=None, layers=keep)
    assert 2000 in contents["found"].rows["drive"].values[list(folder.load().schema["drive"].fields).index("capacity")]


def test_that_an_own_part_stands_in_the_tables_after_the_others(folder):
    catalog = over(folder, parts=(own_part(folder),), layer_of={OWN: "own"})
    table = catalog.tables["drive"]
    assert table.ids == ("none", DRIVE, OWN)
    assert table.columns["capacity"].tolist() == [0, 2000, 4000]
    assert (catalog.part(OWN).layer, catalog.part(DRIVE).layer) == ("own", "curated")
    assert catalog.datum(OWN, "capacity").where == "p. 1"
    assert catalog.price(OWN).amount == Decimal("300.00")


def test_that_layers_change_the_hash_of_the_catalogue(folder):
    bare = folder.load().hash
    assert over(folder, digest="a").hash != bare
    assert over(folder, digest="a").hash != over(folder, digest="b").hash
    assert over(folder).hash == bare


# --- prices


def test_that_without_a_book_the_indicative_prices_stand(folder):
    catalog = folder.load()
    assert catalog.prices.shipped
    assert catalog.prices.book.name == INDICATIVE
    assert (catalog.prices.book.currency, catalog.prices.book.date) == ("USD", "2026-04-12")
    assert catalog.price(DRIVE).amount == Decimal("160.50")


def test_that_the_users_book_takes_the_place_of_all_prices(folder):
    catalog = over(folder, parts=(own_part(folder),), layer_of={OWN: "own"}, book=book({DRIVE: (Line(1, "155.00"),)}))
    price = catalog.price(DRIVE)
    assert (price.amount, price.kind, price.date) == (Decimal("155.00"), "quote", "2026-11-02")
    assert catalog.sources[price.source].title == 'Price book "Quote 7"'
    assert price.source == BOOK_SOURCE
    assert catalog.price(OWN) is None
    assert catalog.prices.why_none(OWN) == 'it is not in the price book "Quote 7"'
    column = catalog.tables["drive"].columns["price"]
    assert column[1] == 15500
    assert np.isnan(column[2])


def test_that_a_gap_is_filled_only_where_it_was_asked_for_and_says_so(folder):
    filled = over(folder, book=book({}, fills_gaps=True))
    assert filled.price(DRIVE).amount == Decimal("160.50")
    assert filled.price(DRIVE).note.startswith('not in the price book "Quote 7"')
    in_euros = over(folder, book=book({}, "EUR", fills_gaps=True))
    assert in_euros.price(DRIVE) is None
    assert in_euros.prices.why_none(DRIVE).startswith("priced in USD only, and the price book ")


@pytest.mark.parametrize("fills", [True, False])
@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_that_what_is_listed_as_free_costs_nothing_in_every_book(folder, currency, fills):
    text = folder.drive.read_text()
    folder.drive.write_text(text.replace("160.50", "0.00").replace('kind = "order"', 'kind = "list"'))
    catalog = over(folder, book=book({}, currency, fills_gaps=fills))
    price = catalog.price(DRIVE)
    assert (price.amount, price.currency, price.kind, price.note) == (0, currency, "list", "free")
    assert catalog.prices.why_none(DRIVE) == ""
    assert catalog.tables["drive"].columns["price"][1] == 0
    sold = over(folder, book=book({DRIVE: (Line(2, "150"),)}, currency, fills_gaps=fills))
    assert sold.price(DRIVE) is None


@pytest.mark.parametrize(
    ("quantity", "amount"), [(1, None), (2, "150.00"), (9, "150.00"), (10, "140.01"), (10_000, "140.01")]
)
def test_that_the_break_that_the_quantity_reaches_counts(folder, quantity, amount):
    catalog = over(folder, book=book({DRIVE: (Line(2, "150.00"), Line(10, "140.01"))}))
    price = catalog.price(DRIVE, quantity)
    assert (None if price is None else str(price.amount)) == amount
    if price is None:
        assert catalog.prices.why_none(DRIVE, quantity) == 'the price book "Quote 7" sells it from 2 on'


@pytest.mark.parametrize(("currency", "amount", "minor"), [("JPY", "21500", 21500), ("KWD", "49.125", 49125)])
def test_that_minor_units_are_those_of_the_books_currency(folder, currency, amount, minor):
    catalog = over(folder, book=book({DRIVE: (Line(1, amount),)}, currency))
    assert catalog.tables["drive"].columns["price"][1] == minor


# --- cells


@pytest.mark.parametrize(
    ("field", "value", "cell"),
    [
        ("capacity", 2048, (2048.0, "")),
        ("interface", "sata", None),
        ("power_loss_protection", True, (1.0, "yes")),
        ("power_loss_protection", False, (0.0, "no")),
    ],
)
def test_that_a_value_becomes_what_the_loader_would_make_of_it(folder, field, value, cell):
    entry = folder.load().schema["drive"].fields[field]
    if cell is None:
        cell = (float(entry.categories.index(value)), value)
    assert cell_of(entry, value) == cell


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("capacity", -1, "plausible from"),
        ("capacity", True, "cannot be"),
        ("capacity", "2048", "cannot be"),
        ("capacity", float("nan"), "plausible from"),
        ("interface", "infiniband", "Choose from"),
        ("power_loss_protection", 1, "cannot be"),
    ],
)
def test_that_a_value_that_does_not_fit_is_refused_in_a_sentence(folder, field, value, words):
    with pytest.raises(ValueError, match=words):
        cell_of(folder.load().schema["drive"].fields[field], value)
