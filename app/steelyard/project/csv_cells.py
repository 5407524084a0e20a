"""CSV that leaves the program: no cell is a formula to the spreadsheet that opens it, and each reads back as it was.

A cell that a spreadsheet would run as a formula (OWASP names the letters: = + - @, tab, carriage return) gets an
apostrophe in front, as people type it there; reading takes that one apostrophe away.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["csv_bytes", "protected", "restored"]

_LIVE: Final = re.compile(r"'*[\s\0]*[=+\-@\t\r\n\0\uFF0B\uFF0D\uFF1D\uFF20]")  # the wide twins run in some editions
_QUOTED: Final = re.compile(f"'{_LIVE.pattern}")


def protected(text: str) -> str:
    """Return the text as a cell that is never run."""
    return f"'{text}" if _LIVE.match(text) else text


def restored(cell: str) -> str:
    """Return the text behind a protected cell."""
    return cell[1:] if cell.startswith("'") and _QUOTED.match(cell) else cell


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows of texts as CSV, in UTF-8 with the mark by which spreadsheets know it, and lines as in RFC 4180."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([protected(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
