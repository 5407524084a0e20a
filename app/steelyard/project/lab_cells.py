"""The cells of a table of labs, each with its place, and what is wrong with one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.wording import span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.workload import WorkloadInput

__all__ = [
    "Cell",
    "CellError",
    "RowError",
    "allowed_of",
    "number_of",
    "plain_number",
    "share_of",
    "text_of",
    "yes_no_of",
]

_LONGEST: Final = 60
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?")
_YES_NO: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}


class RowError(NamedTuple):
    """What is wrong with a cell: the file, its line and column (from 1), the column's name, what stands there."""

    file: str
    line: int
    column: int
    field: str
    value: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """As compilers say it, so that editors jump to it."""
        return f"{self.file}:{self.line}:{self.column}: {self.message} {self.remedy}".rstrip()


class Cell(NamedTuple):
    """A cell as it stands: line and column from 1, the name of its column, the text without blanks around it."""

    line: int
    column: int
    field: str
    text: str


class CellError(Exception):
    """Trouble with one cell; it becomes a `RowError`."""

    def __init__(self, cell: Cell, message: str, remedy: str = "") -> None:
        """Keep the cell, what is wrong with it, and how to mend it."""
        super().__init__(message)
        self.cell, self.message, self.remedy = cell, message, remedy


def text_of(cells: Mapping[str, Cell], field: str) -> str | None:
    """Return the text under a column; None where there is none."""
    return (cells[field].text or None) if field in cells else None


def number_of(cells: Mapping[str, Cell], field: str, otherwise: float) -> float:
    """Return the number of years under a column. Raises CellError."""
    cell = cells.get(field)
    return otherwise if cell is None or not cell.text else float(plain_number(cell, "A number of years."))


def share_of(cells: Mapping[str, Cell], field: str) -> float:
    """Return the share under a column, 0.2 or 20 %; zero where there is none. Raises CellError."""
    cell = cells.get(field)
    if cell is None or not cell.text:
        return 0.0
    per_cent = cell.text.endswith("%")
    text = cell.text.removesuffix("%").strip()
    number = float(plain_number(cell._replace(text=text), "A share such as 0.2, or 20 %."))
    return number / 100 if per_cent else number


def yes_no_of(cells: Mapping[str, Cell], field: str) -> bool:
    """Return the yes or no under a column; no where there is none. Raises CellError."""
    cell = cells.get(field)
    if cell is None:
        return False
    if cell.text.lower() not in _YES_NO:
        raise CellError(cell, f'"{cell.text[:40]}" is neither yes nor no.', "Write yes or no.")
    return _YES_NO[cell.text.lower()]


def plain_number(cell: Cell, allowed: str) -> str:
    """Return the text if it is a number that can be read in one way only. Raises CellError."""
    if len(cell.text) <= _LONGEST and _NUMBER.fullmatch(cell.text):
        return cell.text
    if len(cell.text) <= _LONGEST and re.fullmatch(r"[+-]?[\d.,' ]*\d[\d.,' ]*", cell.text):
        message = f'"{cell.text[:40]}" can be read as different numbers.'
        raise CellError(cell, message, "Write digits with a point before decimals only: 1234.5.")
    raise CellError(cell, f'"{cell.text[:40]}" is not a number.', allowed)


def allowed_of(definition: WorkloadInput) -> str:
    """Return what an input may be, in words."""
    if definition.choices:
        return f"Allowed: {', '.join(definition.choices)}."
    if definition.low is None or definition.high is None:
        return "A number."
    unit = definition.unit.replace("×", "")
    return f"Usual: {span(definition.low, definition.high)} {unit}".rstrip() + "."
