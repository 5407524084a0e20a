"""Tables that leave the program, in long format: one number a line, units beside it or in the heads of columns.

pandas is imported here and when a table is made, nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.project.atomic import write_atomically
from steelyard.project.csv_cells import protected

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from pandas import DataFrame

__all__ = ["long_table", "write_table"]


def long_table(rows: Sequence[Mapping[str, object]], columns: Sequence[str]) -> DataFrame:
    """Return rows as a table with these columns, in this order; what a row lacks stays empty."""
    from pandas import DataFrame

    return DataFrame.from_records(list(rows), columns=list(columns))


def write_table(table: DataFrame, path: Path) -> None:
    """Write a table as CSV with the mark by which spreadsheets know UTF-8; no text of it is run as a formula.

    Numbers are written so that they read back as they were. Raises CannotSaveError.
    """
    safe = table.map(lambda cell: protected(cell) if isinstance(cell, str) else cell)
    text = safe.to_csv(index=False, lineterminator="\r\n")
    write_atomically(path, text.encode("utf-8-sig"))
