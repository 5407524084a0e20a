"""A price list as it would be understood: read once, then looked at anew with every choice. Nothing is changed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.rows import Line
from steelyard.gui.catalogue.sheet import sentence
from steelyard.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from steelyard.catalog.part import PartInfo, PriceText
    from steelyard.library.prices.preview import Preview, RefusedRow, TakenLine
    from steelyard.library.prices.table import Table

NUMBERS = {
    "": "As the prices themselves prove",
    "en": "1,234.50",
    "de": "1.234,50",
    "fr": "1 234,50",
    "de_CH": "1\u2019234.50",
    "en_IN": "1,23,456.50",
}
"""The number formats that can be stated, by their names."""

COLUMNS = {
    "mpn": "Order number",
    "price": "Price of one",
    "part": "Part's id here",
    "manufacturer": "Maker",
    "name": "Name",
    "quantity": "From a quantity of",
    "currency": "Currency",
    "note": "Note",
}
"""What columns can be, as the form names them."""

ABSENT = "not in the file"


class Asked(NamedTuple):
    """The choices under which a list is looked at; `mapping` is what was stated of columns, the rest is guessed."""

    currency: str
    numbers: str = ""
    mapping: Mapping[str, str] = {}
    sheet: str = ""


class Study(NamedTuple):
    """What came of it: the table, its headings, what they are read as, and the preview or why there is none."""

    table: Table
    headings: tuple[str, ...]
    mapped: Mapping[str, str]
    preview: Preview | None
    trouble: SteelyardError | None


def study(
    path: Path, parts: Mapping[str, PartInfo], asked: Asked, table: Table | None, indicative: Mapping[str, PriceText]
) -> Study:
    """Look at a list beside the indicative prices; SteelyardError only where it cannot be read at all.

    Long for a large list: not for the window.
    """
    from steelyard.library.prices.amounts import is_currency, stated_style
    from steelyard.library.prices.mapping import mapping_of
    from steelyard.library.prices.preview import preview_of
    from steelyard.library.prices.table import read_table

    if table is None or (asked.sheet and table.sheet != asked.sheet):
        table = read_table(path, asked.sheet)
    columns = mapping_of(table, asked.mapping)
    mapped = dict(columns.said)
    try:
        if not is_currency(asked.currency):
            from steelyard.errors import BadInputError

            raise BadInputError(f'"{asked.currency}" is no currency.', "Write its three letters, such as EUR.")
        style = stated_style(asked.numbers) if asked.numbers else None
        found = preview_of(path, table, parts, asked.currency, style, asked.mapping, indicative)
    except SteelyardError as trouble:
        return Study(table, columns.headings, mapped, None, trouble)
    return Study(table, columns.headings, mapped, found, None)


def taken_lines(preview: Preview) -> tuple[Line, ...]:
    """The prices that would be taken, those with a remark first."""
    ordered = sorted(preview.lines, key=lambda line: not line.remark)
    return tuple(_taken(line, preview.currency) for line in ordered)


def refused_lines(preview: Preview) -> tuple[Line, ...]:
    """The rows that would not be taken, each with its reason and what helps."""
    return tuple(_refused(row) for row in preview.refused)


def counts_words(preview: Preview) -> str:
    """How the list was read, and what became of its rows, in a sentence."""
    counts = preview.counts
    odd = len(preview.remarked)
    taken = f"{counts.taken:,} taken" + (f" ({counted(odd, 'price')} with a remark)" if odd else "")
    said = [taken, f"{counts.refused:,} refused"]
    said += [f"{counts.repeated:,} repeated"] if counts.repeated else []
    said += [f"{counts.blank:,} blank"] if counts.blank else []
    return f"{counted(counts.rows - counts.above, 'row')}: {', '.join(said)}. Numbers: {preview.numbers}."


def grouped(amount: str) -> str:
    """A decimal text with its thousands parted, exactly as it is otherwise."""
    whole, point, rest = amount.partition(".")
    return f"{int(whole):,}{point}{rest}"


def _taken(line: TakenLine, currency: str) -> Line:
    from steelyard.money import amount_text

    amount = f"{grouped(amount_text(line.amount, currency))} {currency}"
    about = sentence(line.remark) if line.remark else line.part
    cells = (f"{line.row:,}", f"{line.name}\n{about}", f"{line.least:,}", f"{amount}\nin the file: {line.text}")
    return Line(cells, "warn" if line.remark else "ok", line)


def _refused(row: RefusedRow) -> Line:
    cells = (f"{row.row:,}", f"{sentence(row.reason)}\n{row.suggestion}", f"{row.text or 'empty'}\n{row.column}")
    return Line(cells, "warn", row)
