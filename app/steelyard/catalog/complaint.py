"""Trouble of the data: what is wrong in which line of which file, and how to put it right."""

from __future__ import annotations

from typing import NamedTuple


class Complaint(NamedTuple):
    """One thing that is wrong in one file of the catalogue.

    `file` is relative to the catalogue's folder; `line` counts from 1 (0 where the whole file is meant).
    """

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """File and line first, in the form that editors make clickable."""
        return f"{self.file}:{self.line}: {self.what} {self.remedy}".rstrip()
