"""What became of every row of a price list, as a table to send back to whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.money import amount_text
from steelyard.project.csv_cells import csv_bytes

if TYPE_CHECKING:
    from steelyard.library.prices.preview import Preview

HEADINGS: Final = ("Row", "Outcome", "Part", "From", "Price", "Currency", "Column", "Text", "Reason", "What helps")


def report(found: Preview) -> bytes:
    """Return a line for every price that is taken and every row that is refused, in the order of the rows, as CSV."""
    taken = [
        (
            line.row,
            "taken",
            line.part,
            str(line.least),
            amount_text(line.amount, found.currency),
            found.currency,
            "",
            line.text,
            line.remark,
            "Look at the price." if line.remark else "",
        )
        for line in found.lines
    ]
    refused = [
        (each.row, "refused", "", "", "", "", each.column, each.text, each.reason, each.suggestion)
        for each in found.refused
    ]
    rows = sorted([*taken, *refused], key=lambda row: row[0])
    return csv_bytes([HEADINGS, *((str(row[0]), *row[1:]) for row in rows)])
