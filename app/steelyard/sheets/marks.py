"""States on paper: symbol and word first, then colour; black-and-white printing loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.sheets.fonts import MEDIUM, STRONG, width
from steelyard.sheets.pen import RIGHT, Box, Pen

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing


class Mark(NamedTuple):
    """How a state is drawn and called."""

    symbol: str
    word: str
    colour: str


MARKS = {
    "holds": Mark("ok", "Holds", "ok"),
    "note": Mark("note", "Note", "note"),
    "warn": Mark("warn", "Warn", "warn"),
    "block": Mark("block", "Block", "block"),
    "unknown": Mark("unknown", "Unknown", "unknown"),
}
STATUS = {
    "READY": Mark("ok", "READY", "ok"),
    "NEEDS ATTENTION": Mark("warn", "NEEDS ATTENTION", "warn"),
    "BLOCKED": Mark("block", "BLOCKED", "block"),
    "INCOMPLETE": Mark("unknown", "INCOMPLETE", "unknown"),
}
TIERS = ("measured", "maker", "database", "recalled", "derived", "estimate", "unknown", "you")
BADGE_HIGH, BADGE_SIZE = 28.0, 13.0
STAMP_HIGH, STAMP_SIZE = 14.0, 10.0


def symbol_drawing(name: str, token: str, size: float = 8.5, drop: float = 1.2) -> Drawing:
    """Return a symbol as a drawing that stands beside a line of text."""
    pen = Pen(size, size + drop)
    pen.symbol(name, 0, drop, size, token)
    return pen.drawing


def status_badge(status: str, wide: float) -> Drawing:
    """Return the framed state, at the right of `wide` points."""
    mark = STATUS[status]
    words = width(mark.word, STRONG, BADGE_SIZE)
    left = wide - words - 38
    pen = Pen(wide, BADGE_HIGH)
    pen.box(Box(left, 1, wide - 1, BADGE_HIGH - 1), "base", mark.colour, 1.5)
    pen.symbol(mark.symbol, left + 10, 8, 12, mark.colour)
    pen.text((left + 28, 18.6), mark.word, mark.colour, STRONG, BADGE_SIZE)
    return pen.drawing


def tier_drawing(tier: str) -> Drawing:
    """Return the glyph of a tier of trust."""
    return symbol_drawing(tier if tier in TIERS else "unknown", "ink2", 7.5)


def stamp(mark: Mark, words: str, wide: float) -> Drawing:
    """Return a verdict of a page: symbol and words, at the right of `wide` points."""
    pen = Pen(wide, STAMP_HIGH)
    box = pen.text((wide, 10.5), words, mark.colour, MEDIUM, STAMP_SIZE, RIGHT, room=wide - 20)
    pen.symbol(mark.symbol, box.left - 16, 1, 11, mark.colour)
    return pen.drawing
