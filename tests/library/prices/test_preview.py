"""What a price list would bring in: every row is accounted for, and none is taken for what it is not."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.catalog.part import PriceText
from steelyard.errors import BadInputError
from steelyard.library.prices.amounts import found_style
from steelyard.library.prices.headings import least_of
from steelyard.library.prices.preview import Counts, Preview, preview, preview_of
from steelyard.library.prices.table import Cell, Row, Table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.library.prices.conftest import Written

    from steelyard.catalog.part import PartInfo

Look = Callable[..., Preview]


def prices(found: Preview) -> dict[tuple[str, int], int]:
    return {(line.part, line.least): line.amount for line in found.lines}


def test_that_a_german_list_is_read_by_its_headings_and_its_one_telling_row(looked: Look) -> None:
    found = looked(
        "Preisliste Händler GmbH;;;\n"
        "Stand 01.11.2026;;;\n"
        "Hersteller-Nr.;Bezeichnung;Nettopreis (EUR);Lager\n"
        "900-2G193-0000-000;Grafikkarte L4;2.600;3\n"
        "MZ-VAP4T0BW;SSD 4 TB;389,90;12\n"
        "\n"
        "9002g133-0080 000;L40S;8.449,00 €;0\n"
    )
    assert prices(found) == {
        ("gpu/nvidia/l4", 1): 260000,
        ("drive/samsung/9100-pro-4tb", 1): 38990,
        ("gpu/nvidia/l40s", 1): 844900,
    }
    assert found.counts == Counts(rows=7, above=3, blank=1, taken=3, repeated=0, refused=0)
    assert found.mapped == (("mpn", "Hersteller-Nr."), ("name", "Bezeichnung"), ("price", "Nettopreis (EUR)"))
    assert found.unmapped == ("Lager",)
    assert '"389,90" in row 5 proves' in found.numbers
    assert "semicolons" in found.said


@pytest.mark.parametrize(
    "headings",
    [
        "MPN,Description,Unit Price",
        "Part Number,Product name,Price",
        "Référence fabricant,Désignation,Prix unitaire HT",
        "Codice produttore,Descrizione,Prezzo",
        "Fabrikantnummer,Omschrijving,Prijs",
        "Numer producenta,Nazwa,Cena",
        "Hersteller-Artikelnummer,Bezeichnung,Einzelpreis",
        "SKU,Name,Net price",
        "Manufacturer P/N,Title,Your price [EUR]",
    ],
)
def test_that_headings_of_several_languages_are_understood(looked: Look, headings: str) -> None:
    stated = {"mpn": "Manufacturer P/N"} if "P/N" in headings else {}
    assert prices(looked(f"{headings}\nMZ-VAP4T0BW,an SSD,389.90\n", mapping=stated)) == {
        ("drive/samsung/9100-pro-4tb", 1): 38990
    }


def test_that_a_row_that_is_not_taken_is_listed_with_its_cell_the_reason_and_what_helps(looked: Look) -> None:
    found = looked(
        "mpn;manufacturer;price;currency\n"
        "MZ-VAP4T0BW;Samsung;1,234;EUR\n"
        "MZ-VAP4T0BX;Samsung;389;EUR\n"
        ";;389;EUR\n"
        "SHARED-1;;100;EUR\n"
        "SHARED-1;Micron Technology;100;EUR\n"
        "SHARED-1;Seagate;100;EUR\n"
        "gpu/nvidia/l4;;auf Anfrage;EUR\n"
        "gpu/nvidia/l40s;;8000;USD\n"
    )
    assert prices(found) == {("drive/crucial/t710-4tb", 1): 10000}
    said = {row.row: (row.column, row.text, row.reason, row.suggestion) for row in found.refused}
    assert said[2][:2] == ("price", "1,234")
    assert "1234 (as written in en) or 1.234 (as written in de)" in said[2][2]
    assert said[3][:3] == ("mpn", "MZ-VAP4T0BX", 'no part has the number "MZ-VAP4T0BX"')
    assert "drive/samsung/9100-pro-4tb" in said[3][3]
    assert said[4][2] == "the row names no part"
    assert said[5][2] == '2 parts have the number "SHARED-1"'
    assert "drive/crucial/t710-4tb, fan/noctua/nf-a14" in said[5][3]
    assert 'the number "SHARED-1" is one of Crucial and Noctua, not of Seagate' in said[7][2]
    assert said[8][:2] == ("price", "auf Anfrage")
    assert said[9][:3] == ("currency", "USD", "the row is in USD and the book in EUR")
    assert found.counts == Counts(rows=9, above=1, blank=0, taken=1, repeated=0, refused=7)


def test_that_a_stated_number_format_settles_what_is_ambiguous(looked: Look) -> None:
    text = "mpn;price\nMZ-VAP4T0BW;1,234\n"
    assert looked(text).counts.refused == 1
    assert prices(looked(text, numbers="en")) == {("drive/samsung/9100-pro-4tb", 1): 123400}
    assert "finer than EUR" in looked(text, numbers="de").refused[0].reason


def test_that_price_breaks_stand_in_rows_or_in_columns(looked: Look) -> None:
    expected = {("gpu/nvidia/l4", 1): 260000, ("gpu/nvidia/l4", 10): 240050, ("gpu/nvidia/l4", 100): 220000}
    rows = "MPN;ab Menge;Preis\n900-2G193-0000-000;1;2600\n900-2G193-0000-000;10;2400,5\n900-2G193-0000-000;100+;2200\n"
    assert prices(looked(rows)) == expected
    columns = "MPN;Preis;Preis ab 10;Preis ab 100\n900-2G193-0000-000;2600;2400,5;2200\n"
    assert prices(looked(columns)) == expected
    bare = "MPN,1-9,10+,100 pcs\n900-2G193-0000-000,2600,2400.5,2200\n"
    assert prices(looked(bare)) == expected
    stated = {"price@1": "a", "price@10": "b", "price@100": "4"}
    assert prices(looked("MPN,a,b,c\n900-2G193-0000-000,2600,2400.5,2200\n", mapping=stated)) == expected


def test_that_a_break_that_is_left_empty_is_no_price_and_no_mistake(looked: Look) -> None:
    found = looked("MPN,Price,Price 10+\n900-2G193-0000-000,2600,\nMZ-VAP4T0BW,,\n")
    assert prices(found) == {("gpu/nvidia/l4", 1): 260000}
    assert found.refused[0].reason == "there is no amount"


def test_that_rows_that_disagree_are_refused_and_name_each_other(looked: Look) -> None:
    found = looked("mpn,price\nMZ-VAP4T0BW,389\nSHARED-2,5\nMZVAP4T0BW,399\n900-2G193-0000-000,2600\n")
    assert prices(found) == {("gpu/nvidia/l4", 1): 260000}
    said = {row.row: row.reason for row in found.refused}
    assert said[2] == 'drive/samsung/9100-pro-4tb from 1 on has also "399" in row 4'
    assert said[4] == 'drive/samsung/9100-pro-4tb from 1 on has also "389" in row 2'


def test_that_rows_that_agree_are_taken_once_and_counted(looked: Look) -> None:
    found = looked("mpn,price\nMZ-VAP4T0BW,389\nMZ-VAP4T0BW,389.00\n")
    assert len(found.lines) == 1
    assert found.counts == Counts(rows=3, above=1, blank=0, taken=1, repeated=1, refused=0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("mpn,list price,net price\nMZ-VAP4T0BW,1,2\n", '2 columns can be the price: "list price", "net price"'),
        ("mpn,stock\nMZ-VAP4T0BW,1\n", "No column is known to hold the prices"),
        ("colour,price\nred,1\n", "No column is known to hold the manufacturers' part numbers"),
        ("mpn,price (USD)\nMZ-VAP4T0BW,1\n", 'The column "price (USD)" is in USD, and the book is in EUR'),
        ("mpn,qty,price 10+\nMZ-VAP4T0BW,1,2\n", "stands both in the headings"),
        ("mpn,price 10+,from 10\nMZ-VAP4T0BW,1,2\n", "prices of the same quantity"),
    ],
)
def test_that_a_table_that_can_be_read_in_two_ways_is_refused(looked: Look, text: str, says: str) -> None:
    with pytest.raises(BadInputError) as refused:
        looked(text)
    assert says in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    "heading",
    [
        "Gesamtpreis",
        "Line total price",
        "Bruttopreis",
        "Preis inkl. MwSt.",
        "Prix TTC",
        "Old price",
        "Preiseinheit",
        "Preis pro 100",
        "Price per 100 pcs",
        "Preis/1000",
        "Preis (ct)",
        "Price in TEUR",
        "Price (VAT)",
        "UVP",
    ],
)
def test_that_a_column_that_is_not_the_net_price_of_one_is_never_guessed_to_be(looked: Look, heading: str) -> None:
    with pytest.raises(BadInputError, match="No column is known to hold the prices"):
        looked(f"mpn;{heading}\nMZ-VAP4T0BW;1\n")
    found = looked(f"mpn;{heading};Preis\nMZ-VAP4T0BW;1;2,50\n")
    assert prices(found) == {("drive/samsung/9100-pro-4tb", 1): 250}


@pytest.mark.parametrize("heading", ["Preis ohne MwSt.", "Price (ex VAT)", "Preis netto zzgl. USt", "Price per 1 pc"])
def test_that_a_price_without_tax_is_one(looked: Look, heading: str) -> None:
    assert prices(looked(f"mpn;{heading}\nMZ-VAP4T0BW;2,50\n")) == {("drive/samsung/9100-pro-4tb", 1): 250}


def test_that_a_heading_that_goes_on_for_ever_is_looked_at_in_no_time() -> None:
    start = time.monotonic()
    assert least_of("1" * 40 + "+" + "1" * 38 + "x") is None
    assert least_of(" " * 5000 + "x") is None
    assert time.monotonic() - start < 1


def test_that_a_short_number_needs_its_maker(looked: Look) -> None:
    found = looked("mpn;manufacturer;price\nBK036;;90\nBK036;be quiet!;90\n")
    assert prices(found) == {("cooler/be-quiet/dark-rock", 1): 9000}
    assert "too short to tell without a maker" in found.refused[0].reason


def test_that_a_price_for_a_hundred_pieces_is_refused(looked: Look) -> None:
    found = looked("mpn;Preis;Preiseinheit\nMZ-VAP4T0BW;389,90;100\ngpu/nvidia/l4;2600;1\n")
    assert prices(found) == {("gpu/nvidia/l4", 1): 260000}
    assert found.refused[0].reason == "the price is for 100 and not for one"


def test_that_columns_can_be_stated_by_heading_or_number_also_without_headings(looked: Look) -> None:
    expected = {("drive/samsung/9100-pro-4tb", 1): 38990}
    text = "Nummer;UVP;Preis;Ihr Preis\nMZ-VAP4T0BW;499;1;389,90\n"
    assert prices(looked(text, mapping={"mpn": "nummer", "price": "ihr preis"})) == expected
    assert prices(looked(text, mapping={"mpn": "1", "price": "4"})) == expected
    bare = looked("MZ-VAP4T0BW;389,90\n", mapping={"mpn": "1", "price": "2"})
    assert prices(bare) == expected
    assert bare.counts.above == 0


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"colour": "1"}, 'A column cannot be "colour"'),
        ({"price@0": "1"}, 'A column cannot be "price@0"'),
        ({"price": "Preis"}, 'No row has the headings "Preis"'),
        ({"price": "9"}, 'No row has the headings "9"'),
        ({"price": "twice"}, '2 columns have the heading "twice"'),
    ],
)
def test_that_a_stated_column_that_cannot_be_is_refused(looked: Look, mapping: dict[str, str], says: str) -> None:
    with pytest.raises(BadInputError) as refused:
        looked("mpn,price,twice,twice\nMZ-VAP4T0BW,389,1,2\n", mapping=mapping)
    assert says in refused.value.message


def test_that_a_guessed_column_can_be_left_out(looked: Look) -> None:
    text = "mpn,qty,price\n900-2G193-0000-000,4,2600\n"
    assert prices(looked(text)) == {("gpu/nvidia/l4", 4): 260000}
    assert prices(looked(text, mapping={"quantity": ""})) == {("gpu/nvidia/l4", 1): 260000}


@pytest.mark.parametrize(
    ("text", "least"),
    [("10", 10), ("10+", 10), ("ab 10", 10), ("10-49", 10), ("≥ 10", 10), ("10 Stk.", 10), ("1 000", 1000), ("", 1)],
)
def test_that_quantities_are_read_as_lists_write_them(looked: Look, text: str, least: int) -> None:
    assert prices(looked(f"mpn;ab;preis\ngpu/nvidia/l4;{text};2600\n")) == {("gpu/nvidia/l4", least): 260000}


@pytest.mark.parametrize("text", ["0", "-5", "1.000", "1,000", "2.5", "many"])
def test_that_what_is_no_quantity_is_refused(looked: Look, text: str) -> None:
    found = looked(f'mpn;ab;preis\ngpu/nvidia/l4;"{text}";2600\n')
    assert not found.lines
    assert found.refused[0].column == "ab"


@pytest.mark.parametrize("text", ["10-5", "ab 10 \N{EN DASH} 9"])
def test_that_a_range_that_ends_before_it_begins_is_refused(looked: Look, text: str) -> None:
    found = looked(f"mpn;ab;preis\ngpu/nvidia/l4;{text};2600\n")
    assert not found.lines
    assert found.refused[0].reason == "the range ends before it begins"
    with pytest.raises(BadInputError, match="No column is known to hold the prices"):
        looked("mpn;Preis 10-5\ngpu/nvidia/l4;2600\n")


def usual(amount: str, currency: str = "USD") -> PriceText:
    return PriceText(amount, currency, "2026-04", "list", "", "", "page", "", "")


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("2600", ""),
        ("500", ""),  # a fifth, and not less
        ("12500", ""),  # five times, and not more
        ("499.99", "1/5 of the indicative price of 2,500.00 USD"),
        ("2.60", "1/962 of the indicative price of 2,500.00 USD"),
        ("2500000", "1,000 times the indicative price of 2,500.00 USD"),
        ("free", "free, beside the indicative price of 2,500.00 USD"),
    ],
)
def test_that_a_price_far_from_the_indicative_one_is_taken_with_a_remark(looked: Look, text: str, remark: str) -> None:
    found = looked(f"mpn,price\ngpu/nvidia/l4,{text}\nMZ-VAP4T0BW,1\n", indicative={"gpu/nvidia/l4": usual("2500.00")})
    assert {line.part: line.remark for line in found.lines} == {
        "gpu/nvidia/l4": remark,
        "drive/samsung/9100-pro-4tb": "",
    }
    assert found.counts.refused == 0
    assert "no rate is applied" in found.compared


@pytest.mark.parametrize(("currency", "compared"), [("JPY", False), ("CHF", True), ("USD", True)])
def test_that_prices_are_compared_only_where_no_rate_can_be_to_blame(
    looked: Look, currency: str, *, compared: bool
) -> None:
    found = looked("mpn,price\ngpu/nvidia/l4,250\n", currency, indicative={"gpu/nvidia/l4": usual("2500.00")})
    assert bool(found.lines[0].remark) == compared
    assert ("compared with no other" in found.compared) == (not compared)


def test_that_a_price_break_that_jumps_by_more_than_half_gets_a_remark(looked: Look) -> None:
    found = looked("mpn,from,price\nL4,5,1.20\nL4,1,1234.00\nL4,10,1.80\nL4,20,2.71\n".replace("L4", "gpu/nvidia/l4"))
    assert {line.least: line.remark for line in found.lines} == {
        1: "",
        5: "falls from 1234.00 (from 1 on) to 1.20 (from 5 on)",
        10: "",
        20: "rises from 1.80 (from 10 on) to 2.71 (from 20 on)",
    }
    assert [line.least for line in found.remarked] == [5, 20]


def test_that_a_day_of_a_row_is_kept_beside_its_price(looked: Look) -> None:
    found = looked("mpn,price,date,note\ngpu/nvidia/l4,2600,2026-03-01,end of life\n")
    assert found.lines[0].note == "of 2026-03-01; end of life"


def test_that_cells_of_a_workbook_keep_their_kind(workbook: Written, parts: dict[str, PartInfo]) -> None:
    path = workbook(
        [
            ["MPN", "Price", "From"],
            ["gpu/nvidia/l4", 2600.5, 1],
            ["gpu/nvidia/l40s", "1,234", 1],
            ["gpu/nvidia/l40s", 1.234, 5],
            ["MZ-VAP4T0BW", "=100+1", 1],
            ["cpu/amd/9985wx", 0.1 + 0.2 + 1e-12, 1],
            ["cpu/amd/9985wx", True, 1],
        ]
    )
    found = preview(path, parts, "EUR")
    assert prices(found) == {("gpu/nvidia/l4", 1): 260050}
    said = {row.row: row.reason for row in found.refused}
    assert "it can mean" in said[3]
    assert "1.234 is finer than EUR" in said[4]
    assert said[5] == "the result of the formula is not in the file"
    assert "0.300000000001 is finer than EUR" in said[6]
    assert said[7] == "the cell holds no amount"
    assert sum(found.counts[1:]) == found.counts.rows == 7


def test_that_a_workbook_with_several_sheets_needs_one_named(workbook: Written, parts: dict[str, PartInfo]) -> None:
    path = workbook(
        [["mpn", "price"], ["gpu/nvidia/l4", 1]], {"2025": [["mpn", "price"], ["gpu/nvidia/l4", 2]], "empty": []}
    )
    with pytest.raises(BadInputError, match='has 2 sheets: "Prices", "2025"'):
        preview(path, parts, "EUR")
    assert prices(preview(path, parts, "EUR", sheet="2025")) == {("gpu/nvidia/l4", 1): 200}
    with pytest.raises(BadInputError, match='has no sheet "2024"'):
        preview(path, parts, "EUR", sheet="2024")


def test_that_a_currency_that_is_none_is_refused(csv_file: Written, parts: dict[str, PartInfo]) -> None:
    for code in ("eur", "XXX", "", "ABC"):
        with pytest.raises(BadInputError, match="is no currency"):
            preview(csv_file("mpn,price\ngpu/nvidia/l4,1\n"), parts, code)


CELLS = st.one_of(
    st.sampled_from(
        ["", "gpu/nvidia/l4", "MZ-VAP4T0BW", "SHARED-1", "389,90", "1.234", "1,234", "0", "-1", "EUR", "USD"]
    ),
    st.text(max_size=8),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_that_whatever_the_rows_say_each_is_accounted_for_and_each_price_is_in_the_file(
    rows: list[list[str]], parts: dict[str, PartInfo], tmp_path: Path
) -> None:
    path = tmp_path / "any.csv"
    path.touch()
    lines = [["mpn", "price", "currency", "from", "note"], *rows]
    table = Table(tuple(Row(place, tuple(map(Cell, line))) for place, line in enumerate(lines, 1)), "", "", ())
    found = preview_of(path, table, parts, "EUR", None, {})
    assert sum(found.counts[1:]) == found.counts.rows == len(lines)
    assert len(found.refused) == found.counts.refused
    column = [(row.number, row.at(1)) for row in table.rows[1:]]
    assert found.numbers == found_style(column, "EUR").why
    for line in found.lines:
        written = table.rows[line.row - 1].at(1).text
        assert line.text == written
        assert line.amount > 0
