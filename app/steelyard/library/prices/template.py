"""A price list to fill in: every part of the indicative prices, with the column of prices left empty.

The indicative prices stand beside it to compare with. They are never read back as the user's: an estimate does not
become a quote by being saved and read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.project.csv_cells import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from steelyard.catalog.part import PartInfo
    from steelyard.library.prices.books import KeptLine


def as_template(lines: Iterable[KeptLine], currency: str, parts: Mapping[str, PartInfo]) -> bytes:
    """Return a list to fill in as CSV; `lines` are the indicative prices in `currency`, noting what they are."""
    headings = (
        "Steelyard part", "Manufacturer", "MPN", "Name", "From", "Price", "Note",
        f"Indicative price in {currency}, not read back", "What the indicative price is",
    )  # fmt: skip
    rows = []
    for line in lines:
        info = parts[line.part]
        named = (info.manufacturer, info.mpn, info.name)
        rows.append((line.part, *named, str(line.least), "", "", line.amount, line.note))
    return csv_bytes([headings, *rows])
