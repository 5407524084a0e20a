"""XLSX: what the archive claims is checked before anything is read, and every cell keeps what kind it is of."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.library.prices.delimited import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineWorkbook

MOST_MEMBERS: Final = 50
LARGEST_INFLATED: Final = 100_000_000
"""Bytes of all members together, counted while they are inflated: what the archive says of itself may be false."""

MOST_TIMES: Final = 100
"""How many times larger than the file its content may be, from a size on at which that is no accident."""

_SMALL: Final = 1_000_000
_PIECE: Final = 1 << 18
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s>/]")
_PLACE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LETTERS: Final = 26


class SeveralSheetsError(BadInputError):
    """More than one visible sheet has something in it: `sheets` are their names, and one must be chosen."""

    def __init__(self, message: str, remedy: str, sheets: list[str]) -> None:
        """Keep the names, so that they can be offered."""
        super().__init__(message, remedy)
        self.sheets = tuple(sheets)


Place = tuple[int, int]
"""Row and column of a cell, both from 1."""


def is_workbook(content: bytes) -> bool:
    """Say whether these are the bytes of a workbook, old or new, whatever the file is called."""
    return content.startswith((_ZIP, _COMPOUND))


def read_workbook(name: str, content: bytes, sheet: str) -> dict[str, Any]:
    """Return the rows of one sheet. Raises DamagedFileError and BadInputError."""
    if content.startswith(_COMPOUND):
        raise BadInputError(
            f'"{name}" is a workbook of the old format, or one with a password.', "Save it as XLSX or CSV without one."
        )
    members = _inflated(name, content)
    if "xl/workbook.xml" not in members:
        raise BadInputError(f'"{name}" is an archive, but no XLSX workbook.', "Save the list as XLSX or CSV.")
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [
            each.name
            for each in book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
        chosen = _chosen(name, book, seen, sheet)
        rows = _rows(name, book, chosen)
    except (CalamineError, ValueError, OverflowError) as trouble:
        raise DamagedFileError(
            f'"{name}" is no sound XLSX workbook: {str(trouble)[:120].rstrip(".")}.', "Save it anew as XLSX or CSV."
        ) from None
    rows = _with_odd_cells(rows, _odd_cells(name, members, chosen))
    if not rows:
        raise BadInputError(f'The sheet "{chosen}" of "{name}" is empty.', "Name another sheet.")
    return {"rows": rows, "said": f'XLSX, sheet "{chosen}"', "sheet": chosen, "sheets": seen}


def _inflated(name: str, content: bytes) -> dict[str, bytes]:
    """Return the parts that describe sheets, after every member was inflated within the limits."""
    kept: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise BadInputError(
                    f'"{name}" has {len(members):,} parts; a workbook with a price list has at most {MOST_MEMBERS}.',
                    "Copy the list into a new workbook without pictures, and save that.",
                )
            for member in members:
                pieces = []
                with archive.open(member) as file:
                    while piece := file.read(_PIECE):
                        total += len(piece)
                        if total > LARGEST_INFLATED or (total > _SMALL and total > MOST_TIMES * len(content)):
                            raise BadInputError(
                                f'"{name}" holds far more than its {len(content) / 1e6:.1f} MB: it was not unpacked.',
                                "Copy the rows that are needed into a new workbook, and save that.",
                            )
                        pieces.append(piece)
                if member.filename.startswith("xl/w") or member.filename == "xl/_rels/workbook.xml.rels":
                    kept[member.filename] = b"".join(pieces)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
    ) as trouble:
        raise DamagedFileError(
            f'"{name}" is damaged: {str(trouble)[:120].rstrip(".")}.', "Copy it again from where it came from."
        ) from None
    return kept


def _chosen(name: str, book: CalamineWorkbook, seen: list[str], sheet: str) -> str:
    if sheet:
        if sheet not in seen:
            raise BadInputError(f'"{name}" has no sheet "{sheet[:40]}".', f"Its sheets: {_quoted(seen)}.")
        return sheet
    filled = seen if len(seen) == 1 else [each for each in seen if book.get_sheet_by_name(each).total_height]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise BadInputError(f'"{name}" has no visible sheet with something in it.', "Name another file.")
    said = f'"{name}" has {len(filled)} sheets: {_quoted(filled)}.'
    raise SeveralSheetsError(said, "Name the one that holds the prices.", filled)


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{each[:40]}"' for each in names[:8]) + (" ..." if len(names) > 8 else "")  # noqa: PLR2004


def _rows(name: str, book: CalamineWorkbook, sheet: str) -> list[tuple[int, list[Any]]]:
    found = book.get_sheet_by_name(sheet)
    if found.start is None:
        return []
    height, width = found.total_height, found.total_width
    if height > MOST_ROWS or width > MOST_COLUMNS or height * width > MOST_CELLS:
        raise too_large(name)
    lines = found.to_python(skip_empty_area=False)
    return [(number, [_packed(value) for value in line]) for number, line in enumerate(lines, 1)]


def _packed(value: object) -> str | list[str]:
    """Return a text as it is, anything else with its kind. A number is its exact shortest decimal text."""
    match value:
        case str():
            return value.strip()[:LONGEST_CELL]
        case bool():
            return ["flag", "TRUE" if value else "FALSE"]
        case int() | float():
            return ["number", format(Decimal(repr(value)).normalize(), "f")]
        case dt.datetime() if value.time() == dt.time():
            return ["date", value.date().isoformat()]
        case dt.date() | dt.time():
            return ["date", value.isoformat()]
    return ["text", str(value)]


def _with_odd_cells(rows: list[tuple[int, list[Any]]], odd: dict[Place, list[str]]) -> list[tuple[int, list[Any]]]:
    """Put in what the reader has as empty or, at the edges of the sheet, not at all."""
    by_number = dict(rows)
    for (number, column), cell in odd.items():
        if column <= MOST_COLUMNS and number <= MOST_ROWS:
            cells = by_number.setdefault(number, [])
            cells.extend([""] * (column - len(cells)))
            cells[column - 1] = cell
    return sorted(by_number.items())


# --- formulas whose result is not in the file, and cells in error: the reader has them as empty


def _odd_cells(name: str, members: dict[str, bytes], sheet: str) -> dict[Place, list[str]]:
    """Return the cells that look empty and are not."""
    part = _part_of(members, sheet)
    text = members.get(part, b"")
    if b't="e"' not in text and not _FORMULA.search(text):
        return {}
    found: dict[Place, list[str]] = {}
    place, kind, formula, value, within = "", "", False, "", ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal place, kind, formula, value, within
        within = tag.rpartition("|")[2]
        if within == "c":
            place, kind, formula, value = attributes.get("r", ""), attributes.get("t", ""), False, ""
        formula = formula or within == "f"

    def words(data: str) -> None:
        nonlocal value
        if within in {"v", "t"}:
            value += data

    def end(tag: str) -> None:
        nonlocal within
        within = ""
        if tag.rpartition("|")[2] == "c" and (kind == "e" or (formula and not value and kind != "str")):
            where = _place(place)
            if where is not None:
                found[where] = ["error", value[:40]] if kind == "e" else ["unsaved", ""]

    _parse(name, text, start, end, words)
    return found


def _part_of(members: dict[str, bytes], sheet: str) -> str:
    """Return the member that holds a sheet."""
    relations = {
        each.get("Id", ""): each.get("Target", "")
        for each in _elements(members, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    for each in _elements(members, "xl/workbook.xml", "sheet"):
        if each.get("name", "").strip() == sheet.strip():
            target = relations.get(each.get(f"{_RELATION}|id", ""), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _elements(members: dict[str, bytes], part: str, tag: str) -> Iterator[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition("|")[2] == tag:
            found.append(attributes)

    _parse(part, members.get(part, b"<none/>"), start, None, None)
    yield from found


def _parse(name: str, text: bytes, start: Any, end: Any, words: Any) -> None:  # noqa: ANN401  # expat's handlers
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(text, True)  # noqa: FBT003  # expat's own
    except expat.ExpatError as trouble:
        raise DamagedFileError(f'"{name}" is no sound XLSX workbook: {trouble}.', "Save it anew.") from None


def _no_doctype(*_: object) -> None:
    raise DamagedFileError("A workbook with a document type of its own is not read.", "Save it anew as XLSX or CSV.")


def _place(reference: str) -> Place | None:
    found = _PLACE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]), column
