"""Page 3: what the work needs at three levels, what else is asked, who drives it, and every value that was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import Spacer

from steelyard.sheets import text
from steelyard.sheets.fonts import NARROW, PLAIN, STRONG
from steelyard.sheets.marks import MARKS, symbol_drawing
from steelyard.sheets.newspaper import Newspaper
from steelyard.sheets.page_heads import fitting, page_head, section
from steelyard.sheets.paper import COLUMN, GUTTER
from steelyard.sheets.tables import Cell, grid, shares
from steelyard.sheets.text import GAP, Run, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.platypus import Flowable

    from steelyard.sheets.content import Assumed, BuildSheet, LevelLine

HEAD = ("", "Requirement", "Asked", "This build", "To spare", "Driven by")
LEVELS = ("", "Resource", "Least", "Recommended", "Comfortable", "This build", "Driven by")
UNBUILT = ("Resource", "Least", "Recommended", "Comfortable", "80 % of least", "Driven by")


BLOCK = 3
"""Assumed values that stay together in one column."""

HALF = (COLUMN - GUTTER) / 2


class Density(NamedTuple):
    """How tightly the page is set: points above and below the lines of its two tables, and the second one's type."""

    needs: float
    assumed: float
    style: text.Style = text.CELL


SMALL = text.Style(PLAIN, 7.4, 8.8)
DENSITIES = (
    Density(2.2, 1.4),
    Density(1.4, 0.7),
    Density(0.8, 0.2),
    Density(0.3, 0.0),
    Density(0.0, 0.0),
    Density(0.0, 0.0, SMALL),
    Density(0.0, 0.0, text.Style(NARROW, 6.8, 7.4)),
)


def needs(sheet: BuildSheet, pages: dict[str, int], room: float) -> list[Flowable]:
    """Return the requirements page, as roomy as it fits `room` points."""
    return fitting(lambda density: _page(sheet, pages, density), DENSITIES, room)


def _page(sheet: BuildSheet, pages: dict[str, int], density: Density) -> list[Flowable]:
    story = page_head("needs", "Requirements", _sentence(sheet), pages)
    if sheet.levels:
        story.append(levels_table(sheet.levels, density.needs))
        story += [Spacer(1, 4), paragraph(sheet.growth, text.CELL._replace(colour="ink2"), text.LONGEST_SENTENCE)]
        story.append(Spacer(1, 4 + 3 * density.needs))
    rows: list[list[Cell]] = []
    for layer in dict.fromkeys(each.layer for each in sheet.requirements):
        rows.append(["", paragraph(layer, text.CELL_STRONG), "", "", "", ""])
        rows += [
            [_sign(each.mark), each.label, each.asked, each.has, each.margin, each.driver]
            for each in sheet.requirements
            if each.layer == layer
        ]
    if rows:
        story.append(grid(HEAD, rows, shares(3, 32, 15, 15, 15, 22), rights=(2, 3, 4), quiet=(5,), pad=density.needs))
    return [*story, *assumed_section(sheet.assumed, density.assumed, density.style)]


def levels_table(lines: Sequence[LevelLine], pad: float, *, built: bool = True) -> Flowable:
    """Return the resources in layers; built: beside what the build has, else with the range of the least."""
    rows: list[list[Cell]] = []
    for layer in dict.fromkeys(each.layer for each in lines):
        rows.append(["", paragraph(layer, text.CELL_STRONG), "", "", "", "", ""])
        for each in (line for line in lines if line.layer == layer):
            levels = (each.least, each.advised, each.ample)
            beside: tuple[Cell, Cell] = (each.has, each.driver) if built else (each.spread, _tight(each.driver))
            rows.append([_sign(each.mark), each.label, *levels, *beside])
    if not built:
        widths = shares(24, 13, 13, 13, 13, 24)
        return grid(UNBUILT, [row[1:] for row in rows], widths, rights=(1, 2, 3, 4), quiet=(4, 5), pad=pad)
    return grid(LEVELS, rows, shares(3, 26, 13, 14, 14, 13, 21), rights=(2, 3, 4, 5), quiet=(6,), pad=pad)


def assumed_section(assumed: Sequence[Assumed], pad: float, style: text.Style = text.CELL) -> list[Flowable]:
    """Return every value that nobody stated, in two columns under a heading."""
    story = section("Assumed", "nobody stated these; the numbers stand on them")
    if assumed:
        return [*story, Newspaper(_assumed(assumed, pad, style))]
    return [*story, paragraph("Every input of every workload was stated.", text.BODY)]


def _sentence(sheet: BuildSheet) -> str:
    marks = [each.mark for each in sheet.levels if each.mark] + [each.mark for each in sheet.requirements]
    short = [mark for mark in marks if mark not in ("holds", "note")]
    unknown = short.count("unknown")
    missed = len(short) - unknown
    if not marks:
        return "No workload asks anything of this build yet."
    if not short:
        compared = [each for each in sheet.levels if each.mark]
        ample = sum(each.mark == "holds" for each in compared)
        met = f"All {len(marks)} requirements are met at the least."
        if not compared:
            return met
        rest = len(sheet.levels) - len(compared)
        aside = f"; the other {rest} are of the lab and not of the build" if rest else ""
        return f"{met} Of {len(compared)} resources the build has what is recommended of {ample}{aside}."
    words = [f"{missed} not met"] * bool(missed) + [f"{unknown} cannot be told"] * bool(unknown)
    return f"Of {len(marks)} requirements {', '.join(words)}."


def _assumed(assumed: Sequence[Assumed], pad: float, style: text.Style) -> list[list[Flowable]]:
    """Return the values under what they are of and where they are from, in blocks that may part between columns."""
    blocks: list[list[Flowable]] = []
    for owner, source in dict.fromkeys((each.owner, each.source) for each in assumed):
        own = [each for each in assumed if (each.owner, each.source) == (owner, source)]
        right = style._replace(right=True)
        lines = [[paragraph(each.label, style, text.LONGEST_NAME), paragraph(each.value, right)] for each in own]
        for start in range(0, len(lines), BLOCK):
            rows = grid((), lines[start : start + BLOCK], shares(60, 40, whole=HALF), rights=(1,), pad=pad)
            head = (Run(f"{owner}{GAP}", STRONG), Run(source, PLAIN, "ink2", style.size))
            heading = [Spacer(1, 1 + min(pad, 2)), paragraph(head, style._replace(face=STRONG))]
            blocks.append([*heading, rows] if not start else [rows])
    return blocks


def _tight(name: str) -> Flowable:
    """A name in the condensed face, so that it stays in its line."""
    return paragraph(name, text.TIGHT._replace(colour="ink2"), text.LONGEST_NAME)


def _sign(mark: str) -> Cell:
    return symbol_drawing(MARKS[mark].symbol, MARKS[mark].colour) if mark else ""
