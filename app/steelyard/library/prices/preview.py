"""What a price list would bring in: every row is taken, repeated, refused with its reason, blank, or above the list."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError
from steelyard.library.prices import table as kinds
from steelyard.library.prices.amounts import Refused, amount_of, found_style, is_currency, stated_style
from steelyard.library.prices.currencies import codes_of, most_used
from steelyard.library.prices.headings import currencies_in
from steelyard.library.prices.mapping import mapping_of
from steelyard.library.prices.parts import PartFinder
from steelyard.library.prices.remarks import compared_with, with_remarks
from steelyard.library.prices.table import Cell, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping as Stated
    from pathlib import Path

    from steelyard.catalog.part import PartInfo, PriceText
    from steelyard.library.prices.amounts import Style
    from steelyard.library.prices.mapping import Mapping
    from steelyard.library.prices.table import Row, Table

LONGEST_NOTE: Final = 500


class TakenLine(NamedTuple):
    """A price that is taken: in minor units, from a quantity of `least` on, and as the file writes it in which row.

    remark: what is odd about it, in words; empty for most.
    """

    row: int
    part: str
    name: str
    least: int
    amount: int
    text: str
    note: str
    remark: str = ""


class RefusedRow(NamedTuple):
    """A row that is not taken: the heading and the text of the cell that is to blame, why, and what helps."""

    row: int
    column: str
    text: str
    reason: str
    suggestion: str


class Counts(NamedTuple):
    """What became of the rows. above: up to the headings, these included. All but `rows` sum to `rows`."""

    rows: int
    above: int
    blank: int
    taken: int
    repeated: int
    refused: int


class Preview(NamedTuple):
    """What a file would bring in, and how it was understood.

    said: encoding and separators, or the sheet; numbers: how amounts are read and why; mapped: field and heading of
    the columns that are read; unmapped: the headings of the others; compared: with what prices are compared, in words.
    """

    file: str
    digest: str
    said: str
    sheet: str
    sheets: tuple[str, ...]
    currency: str
    numbers: str
    mapped: tuple[tuple[str, str], ...]
    unmapped: tuple[str, ...]
    lines: tuple[TakenLine, ...]
    refused: tuple[RefusedRow, ...]
    counts: Counts
    compared: str = ""

    @property
    def remarked(self) -> tuple[TakenLine, ...]:
        """The prices that are taken and odd."""
        return tuple(line for line in self.lines if line.remark)


def preview(
    path: Path,
    parts: Stated[str, PartInfo],
    currency: str,
    *,
    numbers: str = "",
    mapping: Stated[str, str] | None = None,
    sheet: str = "",
    indicative: Stated[str, PriceText] | None = None,
) -> Preview:
    """Read a price list and say what it would bring in; nothing is changed.

    parts: of the catalogue, by id; numbers: the number format such as "de", empty to find it; mapping: field -> heading
    or number of a column; sheet: of a workbook; indicative: prices by part to compare with. Raises BadInputError,
    DamagedFileError and MissingFileError.
    """
    if not is_currency(currency):
        raise BadInputError(f'"{currency[:20]}" is no currency.', "State its code in capitals, such as EUR.")
    style = stated_style(numbers) if numbers else None
    return preview_of(path, read_table(path, sheet), parts, currency, style, mapping or {}, indicative)


def preview_of(
    path: Path,
    table: Table,
    parts: Stated[str, PartInfo],
    currency: str,
    style: Style | None,
    mapping: Stated[str, str],
    indicative: Stated[str, PriceText] | None = None,
) -> Preview:
    """Do the same with a table that was read; `style` None: as the prices themselves prove."""
    columns = mapping_of(table, mapping)
    if columns.problem:
        raise BadInputError(f'"{path.name}": {columns.problem}', columns.remedy)
    _check_headings(columns, currency)
    listed = [row for row in table.rows[columns.head + 1 :] if not row.is_blank]
    if style is None:
        prices = ((row.number, row.at(each.column)) for row in listed for each in columns.prices)
        style = found_style(prices, currency)
    reader = _RowReader(columns, PartFinder(parts), parts, currency, style)
    taken: dict[int, tuple[TakenLine, ...]] = {}
    refused: list[RefusedRow] = []
    for row in listed:
        found = reader.read(row)
        if isinstance(found, RefusedRow):
            refused.append(found)
        else:
            taken[row.number] = found
    refused += _disagreeing(taken, columns)
    for each in refused:
        taken.pop(each.row, None)
    kept, repeated = _without_repeats(taken)
    above = columns.head + 1
    blank = len(table.rows) - above - len(listed)
    counts = Counts(len(table.rows), above, blank, len(taken) - repeated, repeated, len(refused))
    return Preview(
        path.name,
        sha256(path.read_bytes()).hexdigest(),
        table.said,
        table.sheet,
        table.sheets,
        currency,
        style.why,
        columns.said,
        columns.unmapped,
        with_remarks(kept, currency, indicative or {}),
        tuple(sorted(refused)),
        counts,
        compared_with(currency, indicative or {}),
    )


def _check_headings(columns: Mapping, currency: str) -> None:
    """Refuse a column of prices whose heading names another currency than the book's."""
    for each in columns.prices:
        heading = columns.headings[each.column]
        named = currencies_in(heading)
        if named and currency not in named:
            raise BadInputError(
                f'The column "{heading}" is in {" or ".join(most_used(named)[:3])}, and the book is in {currency}.',
                "State the currency of the list, or another column as price.",
            )


class _RowReader:
    """Reads row after row of one table."""

    def __init__(
        self, columns: Mapping, finder: PartFinder, parts: Stated[str, PartInfo], currency: str, style: Style
    ) -> None:
        self._columns = columns
        self._finder = finder
        self._parts = parts
        self._currency = currency
        self._style = style

    def read(self, row: Row) -> tuple[TakenLine, ...] | RefusedRow:
        """Return the prices of a row, or why it has none that can be taken: one wrong cell refuses the row."""
        for field in ("part", "mpn"):
            cell = self._cell(row, field)
            if cell.kind in {kinds.UNSAVED, kinds.ERROR}:
                return self._refused(row, field, Refused("the cell has no result", "Save the file with its results."))
        words = (self._cell(row, field).text for field in ("part", "mpn", "manufacturer", "name"))
        part = self._finder.find(*words)
        if isinstance(part, Refused):
            return self._refused(row, "part" if self._cell(row, "part").text else "mpn", part)
        for field, check in (("currency", self._currency_trouble), ("per", _per_trouble)):
            trouble = check(self._cell(row, field))
            if trouble is not None:
                return self._refused(row, field, trouble)
        least = _least_in(self._cell(row, "quantity"))
        if isinstance(least, Refused):
            return self._refused(row, "quantity", least)
        return self._priced(row, part, least)

    def _priced(self, row: Row, part: str, least: int) -> tuple[TakenLine, ...] | RefusedRow:
        filled = [each for each in self._columns.prices if row.at(each.column) != Cell("")]
        found = []
        for each in filled or self._columns.prices[:1]:
            cell = row.at(each.column)
            amount = amount_of(cell, self._currency, self._style)
            if isinstance(amount, Refused):
                return RefusedRow(row.number, self._columns.headings[each.column], cell.text[:80], *amount)
            name = self._parts[part].name
            found.append(TakenLine(row.number, part, name, each.least or least, amount, cell.text, self._note(row)))
        return tuple(found)

    def _note(self, row: Row) -> str:
        """Return the row's note; where it has a day of its own, that comes first, for the book has another."""
        day, note = self._cell(row, "date").text, self._cell(row, "note").text
        return "; ".join(filter(None, (f"of {day}" if day else "", note)))[:LONGEST_NOTE]

    def _cell(self, row: Row, field: str) -> Cell:
        column = self._columns.fields.get(field)
        return Cell("") if column is None else row.at(column)

    def _refused(self, row: Row, field: str, why: Refused) -> RefusedRow:
        column = self._columns.fields.get(field, self._columns.fields.get("mpn"))
        heading = "" if column is None else self._columns.headings[column]
        return RefusedRow(row.number, heading, self._cell(row, field).text[:80], *why)

    def _currency_trouble(self, cell: Cell) -> Refused | None:
        if not cell.text or self._currency in codes_of(cell.text):
            return None
        return Refused(
            f"the row is in {cell.text[:20]} and the book in {self._currency}",
            "A price book has one currency: bring these rows in as a book of their own.",
        )


def _per_trouble(cell: Cell) -> Refused | None:
    found = re.match(r"[0-9]+", cell.text)
    if not cell.text or cell.text.casefold() in _ONE_PIECE or (found is not None and found[0] == "1"):
        return None
    return Refused(f"the price is for {cell.text[:20]} and not for one", "Fill in the price of one.")


_ONE_PIECE: Final = {"each", "ea", "ea.", "pc", "piece", "unit", "stk", "stk.", "stück", "st", "pce", "pièce", "pz"}
_LEAST: Final = re.compile(
    r"(?:ab|from|vanaf|dès|à partir de|≥|>=|min\.?)?\s*([0-9]{1,3}(?:[ \u2019'][0-9]{3})*|[0-9]{1,7})\s*"
    r"(?:\+|[-\u2013]\s*([0-9]*))?\s*(?:pcs\.?|pc\.?|stk\.?|stück|units?|pièces?|pz)?",
    re.IGNORECASE,
)


def _least_in(cell: Cell) -> int | Refused:
    """Return the quantity from which on a price holds, 1 where none is said."""
    if cell == Cell(""):
        return 1
    found = _LEAST.fullmatch(cell.text)
    least = 0 if found is None else int(re.sub(r"[^0-9]", "", found[1]))
    if least < 1:
        return Refused("it is no quantity from which a price can hold", "Write a whole number from 1, such as 10.")
    if found is not None and found[2] and int(found[2]) < least:
        return Refused("the range ends before it begins", "Write the least quantity first, such as 5-10.")
    return least


# --- rows that speak of the same price


def _disagreeing(taken: dict[int, tuple[TakenLine, ...]], columns: Mapping) -> list[RefusedRow]:
    """Return the rows that give one part two prices for the same quantity: which of them holds, nobody can say."""
    said: dict[tuple[str, int], list[TakenLine]] = {}
    for lines in taken.values():
        for line in lines:
            said.setdefault((line.part, line.least), []).append(line)
    found: dict[int, RefusedRow] = {}
    for (part, least), same in said.items():
        if len({line.amount for line in same}) > 1:
            for line in same:
                others = ", ".join(f'"{each.text}" in row {each.row}' for each in same if each.amount != line.amount)
                reason = f"{part} from {least} on has also {others}"
                heading = columns.headings[columns.prices[0].column]
                found[line.row] = RefusedRow(line.row, heading, line.text, reason, "Leave one of them out.")
    return list(found.values())


def _without_repeats(taken: dict[int, tuple[TakenLine, ...]]) -> tuple[tuple[TakenLine, ...], int]:
    """Return every price once, and how many rows say nothing that a row before does not say."""
    first: dict[tuple[str, int], TakenLine] = {}
    repeated = 0
    for lines in taken.values():
        before = len(first)
        for line in lines:
            first.setdefault((line.part, line.least), line)
        repeated += len(first) == before
    return tuple(first.values()), repeated
