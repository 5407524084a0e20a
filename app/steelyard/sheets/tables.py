"""Tables on paper as on the desk: hairlines between rows, no frames, no zebra, heads repeated, sums under a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from reportlab.platypus import Flowable, Table, TableStyle

from steelyard.sheets import text
from steelyard.sheets.fonts import PLAIN, STRONG, width
from steelyard.sheets.paper import COLUMN, GUTTER
from steelyard.sheets.text import paragraph
from steelyard.sheets.theme import colour

if TYPE_CHECKING:
    from collections.abc import Sequence


HAIRLINE = 0.6
SUM_LINE = 1.2
PAD = 3.2
LEAST = 60.0
"""Points that a column of names keeps, however long the amounts beside it are."""

_PADDING = 8.5

Cell: TypeAlias = "str | Flowable | list[Flowable]"


def grid(
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    rights: Sequence[int] = (),
    sums: Sequence[int] = (),
    quiet: Sequence[int] = (),
    pad: float = PAD,
    ruled: bool = True,
) -> Table:
    """Return a table that repeats its head on each page.

    rights: columns set at the right. sums: rows (from 0) in semibold under a rule. quiet: columns in the second ink.
    pad: points above and below each line. ruled: whether hairlines part the rows.
    """
    body = [
        [
            _cell(cell, strong=row in sums, right=column in rights, quiet=column in quiet)
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(rows)
    ]
    if head:
        heads = [paragraph(word, text.HEAD_RIGHT if i in rights else text.HEAD) for i, word in enumerate(head)]
        body = [heads, *body]
    first = 1 if head else 0
    style: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), PLAIN),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-2, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    if ruled:
        style.append(("LINEABOVE", (0, 0), (-1, 0), HAIRLINE, colour("line2")))
        style.append(("LINEBELOW", (0, 0), (-1, -1), HAIRLINE, colour("line1")))
    style += [("LINEABOVE", (0, row + first), (-1, row + first), SUM_LINE, colour("ink2")) for row in sums]
    return Table(body, colWidths=list(widths), repeatRows=first, style=TableStyle(style), hAlign="LEFT", spaceAfter=0)


def _cell(cell: Cell, *, strong: bool, right: bool, quiet: bool) -> Flowable | list[Flowable]:
    if not isinstance(cell, str):
        return cell
    style = {
        (False, False): text.CELL,
        (True, False): text.CELL_STRONG,
        (False, True): text.CELL_RIGHT,
        (True, True): text.CELL_RIGHT_STRONG,
    }[strong, right]
    return paragraph(cell, style._replace(colour="ink2") if quiet and not strong else style, text.LONGEST_NAME * 2)


def side_by_side(cells: Sequence[list[Flowable]], widths: Sequence[float]) -> Table:
    """Return blocks beside each other with the grid's gutter between them; they stay on one page."""
    gaps = [GUTTER] * (len(cells) - 1)
    body: list[Cell] = [cells[0]]
    column_widths = [widths[0]]
    for cell, wide, gap in zip(cells[1:], widths[1:], gaps, strict=True):
        body += [[], cell]
        column_widths += [gap, wide]
    style = [
        ("FONTNAME", (0, 0), (-1, -1), PLAIN),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Table([body], colWidths=column_widths, style=TableStyle(style), hAlign="LEFT")


def with_room(
    widths: Sequence[float], rows: Sequence[Sequence[Cell]], columns: Sequence[int], giver: int
) -> list[float]:
    """Return the widths with room for what stands in these columns, for an amount must not break; `giver` pays."""
    found = list(widths)
    for column in columns:
        texts = [cell for row in rows if isinstance(cell := row[column], str)]
        needed = max((width(each, STRONG, text.CELL_STRONG.size) for each in texts), default=0.0) + _PADDING
        given = min(max(needed - found[column], 0.0), found[giver] - LEAST)
        found[column] += given
        found[giver] -= given
    return found


def shares(*parts: float, whole: float = COLUMN) -> list[float]:
    """Return widths in these proportions that fill the column."""
    total = sum(parts)
    return [whole * part / total for part in parts]
