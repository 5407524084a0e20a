"""What commands print: JSON that is never damaged by the terminal's letters, and plain tables."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from steelyard.project.shape import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["print_json", "print_json_line", "print_table", "print_text"]


def print_json(value: object) -> None:
    """Print a value of the contract, indented."""
    print(json.dumps(plain(value), indent=2, ensure_ascii=not _knows_unicode(), allow_nan=False))


def print_json_line(value: object) -> None:
    """Print a value of the contract in one line."""
    print(json.dumps(plain(value), ensure_ascii=not _knows_unicode(), allow_nan=False))


def print_text(text: str = "") -> None:
    """Print a line, with a mark where the terminal lacks a letter."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print columns, each as wide as its widest cell."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(heads))]
    for line in lines:
        print_text("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _knows_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") in {"utf8", "utf16", "utf32"}
