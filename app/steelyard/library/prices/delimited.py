"""CSV as programs and countries write it: the encoding and the separator are found, said, and never guessed twice."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any, Final

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.project.csv_cells import restored

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 256
MOST_CELLS: Final = 2_000_000
LONGEST_CELL: Final = 32_767
"""Letters; what a cell of a spreadsheet may hold. A quotation mark that is never closed runs into it."""

_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "vertical bars", ",": "commas"}
"""The most telling first: a comma also stands within numbers and sentences."""

_LOOKED_AT: Final = 200


def read_delimited(name: str, content: bytes) -> dict[str, Any]:
    """Return the rows of a CSV file and how it was read. Raises DamagedFileError and BadInputError."""
    text, encoding = _decoded(name, content)
    separator, skipped = _separator(text)
    rows = _rows(name, text, separator, skipped)
    if not any(any(cells) for _, cells in rows):
        raise BadInputError(f'"{name}" holds no row.', "Name a CSV or XLSX file with a row of headings.")
    said = f"{encoding}, parted by {_SEPARATORS[separator]}" if separator else f"{encoding}, one column"
    return {"rows": rows, "said": said, "sheet": "", "sheets": []}


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: by its first bytes, else by what alone it can be."""
    for mark, encoding, label in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), label
            except UnicodeDecodeError as trouble:
                raise DamagedFileError(
                    f'"{name}" says that it is {label} and is not: byte {trouble.start:,} is wrong.',
                    "Save it anew as CSV in UTF-8.",
                ) from None
    start = content[:4000]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[0::2])):
        if len(content) % 2 == 0 and zeros.count(0) * 2 > len(zeros):
            try:
                return content.decode(encoding), "UTF-16"
            except UnicodeDecodeError:
                break
    for encoding, label in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return content.decode(encoding), label
        except UnicodeDecodeError:
            continue
    raise DamagedFileError(f'"{name}" is no text in UTF-8, UTF-16 or Windows-1252.', "Save it anew as CSV in UTF-8.")


def _separator(text: str) -> tuple[str, int]:
    """Return what parts the cells, and how many lines at the start only say that."""
    first = text[:200].splitlines()[0] if text else ""
    if len(first) == len("sep=;") and first.startswith("sep=") and first[-1] in _SEPARATORS:
        return first[-1], 1
    best, rating = "", 0.0
    for separator in _SEPARATORS:
        widths = _widths(text, separator)
        common, count = Counter(widths).most_common(1)[0] if widths else (1, 0)
        agreeing = count / len(widths) if common > 1 else 0.0
        if agreeing > rating:
            best, rating = separator, agreeing
    return best, 0


def _widths(text: str, separator: str) -> list[int]:
    """Return the number of cells of the first records that have any, as this separator would part them."""
    found: list[int] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(record):
                found.append(len(record))
            if len(found) == _LOOKED_AT:
                break
    except csv.Error:
        return found
    return found


def _rows(name: str, text: str, separator: str, skipped: int) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator or "\x1f", strict=True)
    rows: list[tuple[int, list[str]]] = []
    cells = line = 0
    try:
        for record in reader:
            rows.append((line + 1, record))
            line = reader.line_num
            cells += len(record)
            if len(rows) > MOST_ROWS or cells > MOST_CELLS or len(record) > MOST_COLUMNS:
                raise too_large(name)
    except csv.Error as trouble:
        raise DamagedFileError(
            f'"{name}" is no CSV file from line {line + 1} on: {_reason(trouble)}.',
            "Look there for a quotation mark that is not closed, or save it anew.",
        ) from None
    return [(number, [restored(cell).strip() for cell in record]) for number, record in rows[skipped:]]


def too_large(name: str) -> BadInputError:
    """Return the refusal of a table that no price list is."""
    return BadInputError(
        f'"{name}" is larger than a price list: at most {MOST_ROWS:,} rows, {MOST_COLUMNS} columns'
        f" and {MOST_CELLS:,} cells are read.",
        "Keep the rows and columns that are needed, and save it anew.",
    )


def _reason(trouble: csv.Error) -> str:
    words = str(trouble)
    if "field larger" in words:
        return f"a cell has more than {LONGEST_CELL:,} letters"
    if "unexpected end" in words:
        return "a quotation mark is not closed"
    if "expected after" in words:
        return "something follows a closing quotation mark"
    return words
