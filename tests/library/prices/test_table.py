"""Files as they come are read as they are; files that attack end in one sentence, soon, and without much memory."""

from __future__ import annotations

import contextlib
import io
import os
import resource
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError, SteelyardError
from steelyard.library.prices.delimited import read_delimited
from steelyard.library.prices.table import Cell, Table, read_table
from steelyard.library.prices.workbook import read_workbook
from steelyard.project.csv_cells import csv_bytes, protected, restored

if TYPE_CHECKING:
    from tests.library.prices.conftest import Written

SOON = 20.0  # seconds, on a machine that does other work as well


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
     ("cp1252", "Windows-1252")],
)  # fmt: skip
@pytest.mark.parametrize(("separator", "name"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_that_encoding_and_separator_are_found_and_said(
    csv_file: Written, encoding: str, said: str, separator: str, name: str
) -> None:
    rows = [["Größe", "Preis"], ["a", '"1.234,50 €"'], ["b", '"0,5"']]
    table = read_table(csv_file("\r\n".join(separator.join(row) for row in rows), encoding))
    assert texts(table) == [["Größe", "Preis"], ["a", "1.234,50 €"], ["b", "0,5"]]
    assert table.said.startswith(said)
    assert table.said.endswith(name)


def test_that_numbers_with_commas_do_not_part_a_list_of_semicolons(csv_file: Written) -> None:
    table = read_table(csv_file("mpn;price\nA;1,50\nB;2,50\nC;3,50\nD;4,50\n"))
    assert texts(table)[1] == ["A", "1,50"]


def test_that_what_looks_like_nothing_or_a_number_stays_a_text(csv_file: Written) -> None:
    assert texts(read_table(csv_file("mpn,price\nNA,007\nnull,1e5\nNone,TRUE\n")))[1:] == [
        ["NA", "007"], ["null", "1e5"], ["None", "TRUE"],
    ]  # fmt: skip


def test_that_rows_keep_the_number_of_their_line_over_cells_of_several_lines(csv_file: Written) -> None:
    table = read_table(csv_file('sep=;\na;b\n"two\nlines";1\n\nc;2\n'))
    assert [(row.number, len(row.cells)) for row in table.rows] == [(2, 2), (3, 2), (5, 0), (6, 2)]


def test_that_rows_of_a_sheet_keep_their_numbers(workbook: Written) -> None:
    table = read_table(workbook([[], [], ["", "mpn", "price"], [], ["", "A", 5]]))
    assert [(row.number, row.cells) for row in table.rows if not row.is_blank] == [
        (3, (Cell(""), Cell("mpn"), Cell("price"))),
        (5, (Cell(""), Cell("A"), Cell("5", "number"))),
    ]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"", BadInputError, "is empty"),
        (b"\n\n \n", BadInputError, "holds no row"),
        (b'mpn,price\n"A,5\nB,6\n', DamagedFileError, "a quotation mark is not closed"),
        (b'mpn,price\n"A"x,5\n', DamagedFileError, "no CSV file from line 2 on"),
        (b"mpn,price\nA," + b"9" * 40_000, DamagedFileError, "more than 32,767 letters"),
        (b"\xef\xbb\xbfmpn,\xff\xfe", DamagedFileError, "says that it is UTF-8 and is not"),
        (b"mpn,\x81\x8d", DamagedFileError, "no text in UTF-8"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600, BadInputError, "old format"),
        (b"PK\x03\x04" + b"x" * 100, DamagedFileError, "is damaged"),
        (b"a," * 300, BadInputError, "larger than a price list"),
        (b"a\n" * 200_001, BadInputError, "larger than a price list"),
        (b"x" * 20_000_001, BadInputError, "20 MB"),
    ],
)
def test_that_what_is_no_price_list_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, kind: type[SteelyardError], says: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(kind) as refused:
        read_table(path)
    assert says in refused.value.message


def test_that_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_table(tmp_path / "none.csv")
    with pytest.raises(BadInputError, match="is no file"):
        read_table(tmp_path)


# --- workbooks that attack

HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"


def changed(workbook: Path, changes: dict[str, bytes]) -> Path:
    """Put other members into a sound workbook."""
    out = workbook.with_name("changed.xlsx")
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return out


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]>"
)
HOSTILE = {
    "a bomb": {SHEET: (HEAD + " " * 120_000_000 + FOOT).encode()},
    "a bomb among the pictures": {"xl/media/image1.png": bytes(120_000_000)},
    "many members": {f"xl/media/{number}.png": b"x" for number in range(60)},
    "a far cell": {
        SHEET: (
            f'{HEAD}<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>{FOOT}'
        ).encode()
    },
    "laughs": {
        SHEET: (LAUGHS + HEAD + '<row r="1"><c r="A1" t="inlineStr"><is><t>&b9;</t></is></c></row>' + FOOT).encode()
    },
    "an entity of a file": {
        SHEET: (
            '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
            + HEAD
            + '<row r="1"><c r="A1" t="inlineStr"><is><t>root&x;</t></is></c></row>'
            + FOOT
        ).encode()
    },
    "a formula and a document type": {
        SHEET: ('<!DOCTYPE a [<!ENTITY x "y">]>' + HEAD + '<row r="1"><c r="A1"><f>1</f></c></row>' + FOOT).encode()
    },
    "no sheet": {SHEET: b""},
    "a sheet that ends": {SHEET: (HEAD + '<row r="1"><c r="A1"><f>1').encode()},
    "no workbook": {"xl/workbook.xml": b"<workbook/>"},
    "an index of strings that is not there": {
        SHEET: f'{HEAD}<row r="1"><c r="A1" t="s"><v>99999</v></c></row>{FOOT}'.encode(),
        "xl/sharedStrings.xml": b"<sst/>",
    },
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_that_a_workbook_that_attacks_ends_in_one_sentence_soon(workbook: Written, attack: str) -> None:
    path = changed(workbook([["mpn", "price"], ["A", 5]]), HOSTILE[attack])
    start = time.monotonic()
    said = ""
    try:
        said = " ".join(cell for row in texts(read_table(path)) for cell in row)
    except SteelyardError as refused:
        said = str(refused)
    assert "\n" not in said
    assert "root:" not in said  # the file that an entity names was not opened
    assert len(said) < 1_000
    assert time.monotonic() - start < SOON
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_200_000  # KiB


def test_that_members_are_counted_while_they_are_unpacked(workbook: Written) -> None:
    path = changed(workbook([["mpn", "price"], ["A", 5]]), HOSTILE["a bomb"])
    with pytest.raises(BadInputError, match="holds far more than its"):
        read_table(path)


def test_that_every_truncation_of_a_workbook_is_refused(workbook: Written) -> None:
    content = workbook([["mpn", "price"], ["A", 5]]).read_bytes()
    for length in range(4, len(content) - 1, 97):
        with pytest.raises((DamagedFileError, BadInputError)):
            read_workbook("cut.xlsx", content[:length], "")


@settings(max_examples=int(os.environ.get("STEELYARD_FUZZ", "60")), deadline=None)
@given(data=st.data())
def test_that_flipped_bytes_of_a_workbook_never_raise_anything_else(data: st.DataObject) -> None:
    content = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DamagedFileError, BadInputError):
        read_workbook("flipped.xlsx", bytes(content), "")


def _small() -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("P").write_row(0, 0, ["mpn", "price", 12.5])
    return out.getvalue()


_SMALL = _small()


@settings(max_examples=int(os.environ.get("STEELYARD_FUZZ", "200")), deadline=None)
@given(content=st.one_of(st.binary(max_size=300), st.text("ab12,;\t|\"\n\r\0'=é", max_size=80).map(str.encode)))
def test_that_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        found = read_delimited("any.csv", content)
    except (DamagedFileError, BadInputError):
        return
    numbers = [number for number, _ in found["rows"]]
    assert numbers == sorted(set(numbers))


# --- what leaves


@given(text=st.text())
def test_that_every_text_is_protected_and_restored(text: str) -> None:
    assert restored(protected(text)) == text
    assert not protected(text).lstrip().startswith(("=", "+", "-", "@"))


@given(
    rows=st.lists(st.lists(st.text("a=+-@'\t\r\n\0,;\"ü ", min_size=1, max_size=6), min_size=2, max_size=2), max_size=5)
)
def test_that_rows_read_back_as_they_were_written(rows: list[list[str]]) -> None:
    rows = [["first", "second"], *rows]
    found = read_delimited("out.csv", csv_bytes(rows))
    assert [cells for _, cells in found["rows"]] == [[cell.strip() for cell in row] for row in rows]
