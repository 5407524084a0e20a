"""Page 3: what is asked beside what the build has, the driver of each line, and every value that was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.sheets import text
from steelyard.sheets.marks import MARKS, symbol_drawing
from steelyard.sheets.page_heads import fitting, page_head, section
from steelyard.sheets.tables import Cell, grid, shares
from steelyard.sheets.text import paragraph

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from steelyard.sheets.content import BuildSheet

HEAD = ("", "Requirement", "Asked", "This build", "To spare", "Driven by")


class Density(NamedTuple):
    """How tightly the page is set: points above and below the lines of its two tables."""

    needs: float
    assumed: float


DENSITIES = (Density(2.2, 1.4), Density(1.4, 0.7), Density(0.8, 0.2))


def needs(sheet: BuildSheet, pages: dict[str, int], room: float) -> list[Flowable]:
    """Return the requirements page, as roomy as it fits `room` points."""
    return fitting(lambda density: _page(sheet, pages, density), DENSITIES, room)


def _page(sheet: BuildSheet, pages: dict[str, int], density: Density) -> list[Flowable]:
    short = [each for each in sheet.requirements if each.mark not in ("holds", "note")]
    unknown = sum(each.mark == "unknown" for each in short)
    missed = len(short) - unknown
    if not sheet.requirements:
        sentence = "No workload asks anything of this build yet."
    elif not short:
        sentence = f"The build meets all {len(sheet.requirements)} requirements."
    else:
        words = [f"{missed} not met"] * bool(missed) + [f"{unknown} cannot be told"] * bool(unknown)
        sentence = f"Of {len(sheet.requirements)} requirements {', '.join(words)}."
    story = page_head("needs", "Requirements", sentence, pages)
    rows: list[list[Cell]] = []
    for layer in dict.fromkeys(each.layer for each in sheet.requirements):
        rows.append(["", paragraph(layer, text.CELL_STRONG), "", "", "", ""])
        for each in (line for line in sheet.requirements if line.layer == layer):
            mark = MARKS[each.mark]
            sign = symbol_drawing(mark.symbol, mark.colour)
            rows.append([sign, each.label, each.asked, each.has, each.margin, each.driver])
    if rows:
        story.append(grid(HEAD, rows, shares(3, 32, 15, 15, 15, 22), rights=(2, 3, 4), quiet=(5,), pad=density.needs))
    story += section("Assumed", "nobody stated these; the numbers stand on them")
    if sheet.assumed:
        lines = [[each.owner, each.label, each.value, each.source] for each in sheet.assumed]
        story.append(
            grid(
                ("Of", "What", "Value", "From"),
                lines,
                shares(24, 36, 16, 26),
                rights=(2,),
                quiet=(0, 3),
                pad=density.assumed,
            )
        )
    else:
        story.append(paragraph("Every input of every workload was stated.", text.BODY))
    return story
