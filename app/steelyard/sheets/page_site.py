"""Page 5: whether room and circuit carry it: the waterfall, the temperatures, and what a facilities office asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import Flowable, KeepTogether, Spacer

from steelyard.sheets import text
from steelyard.sheets.document import Place
from steelyard.sheets.draw_bars import THIN, bars_drawing
from steelyard.sheets.draw_curves import curves_drawing
from steelyard.sheets.draw_run import run_drawing
from steelyard.sheets.draw_waterfall import waterfall_drawing
from steelyard.sheets.fonts import MEDIUM, PLAIN, STRONG
from steelyard.sheets.marks import MARKS, stamp, symbol_drawing
from steelyard.sheets.page_heads import fitting, page_head, section
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.tables import Cell, grid, side_by_side
from steelyard.sheets.text import GAP, Run, paragraph

if TYPE_CHECKING:
    from steelyard.figures.plot import Figure
    from steelyard.sheets.content import Block, BuildSheet
    from steelyard.sheets.document import Layout

KINDS = {"sum": STRONG, "asked": PLAIN}


class Density(NamedTuple):
    """How tightly the page is set: points between temperatures, and above and below lines of the tables.

    waterfall, room, run: heights of the plots; a run has none where there is no room for it beside all else.
    """

    row: float
    pad: float
    waterfall: float
    room: float
    run: float


DENSITIES = (
    Density(14, 1.4, 136, 116, 122),
    Density(13, 1.2, 134, 112, 120),
    Density(12, 0.8, 126, 106, 114),
    Density(11, 0.5, 116, 96, 106),
    Density(10, 0.2, 106, 88, 96),
    Density(10, 0.2, 130, 112, 0),
)


def site(sheet: BuildSheet, layout: Layout, pages: dict[str, int], room: float) -> list[Flowable]:
    """Return the site page, as roomy as it fits `room` points."""
    return fitting(lambda density: _page(sheet, layout, pages, density), DENSITIES, room)


def _page(sheet: BuildSheet, layout: Layout, pages: dict[str, int], density: Density) -> list[Flowable]:
    mark, words = sheet.site_verdict
    story = page_head("site", "Site fitness", sheet.site, pages, stamp(MARKS[mark], words, columns(4)))
    story += _drawn(sheet.waterfall, waterfall_drawing(sheet.waterfall, COLUMN, density.waterfall))
    left, right = columns(8), columns(4)
    story += _run(sheet, density)
    heat = _inside(sheet.temperatures)
    if not sheet.temperatures.missing:
        heat.append(bars_drawing(sheet.temperatures, left, THIN._replace(row=density.row)))
    room = [*_inside(sheet.room), *([] if sheet.room.missing else [curves_drawing(sheet.room, right, density.room)])]
    story += [Spacer(1, 6), side_by_side([heat, room], [left, right]), Spacer(1, 6)]
    third = columns(4)
    story.append(side_by_side([_block(each, third, density.pad) for each in sheet.blocks], [third] * len(sheet.blocks)))
    rows: list[list[Cell]] = []
    for each in (finding for finding in sheet.findings if finding.chapter == "site"):
        known = MARKS[each.mark]
        line = paragraph(
            (Run(f"{known.word}{GAP}", MEDIUM, known.colour), Run(f"{each.title}. {each.detail}")), text.CELL
        )
        rows.append([[Place(each.place, pages), symbol_drawing(known.symbol, known.colour)], line])
    if rows:
        story += [Spacer(1, 8), grid((), rows, [14.0, COLUMN - 14])]
    note = f"{sheet.site_note} Sources on {layout.page('sources') or 'the last page'}."
    return [*story, Spacer(1, 6), paragraph(note, text.CAPTION)]


def _run(sheet: BuildSheet, density: Density) -> list[Flowable]:
    """The build over hours and days, the whole width of the page."""
    if sheet.run is None or sheet.run[0].missing or not density.run:
        return []
    heat, speed = sheet.run
    return [Spacer(1, 4), *_inside(heat), run_drawing(heat, speed, COLUMN, density.run)]


def _drawn(figure: Figure, drawing: Flowable) -> list[Flowable]:
    head = section(figure.title, figure.missing or figure.subtitle)
    return head if figure.missing else [*head, KeepTogether([drawing])]


def _inside(figure: Figure) -> list[Flowable]:
    runs = (Run(f"{figure.title}{GAP}", STRONG), Run(figure.missing or figure.subtitle, PLAIN, "ink2", 8.8))
    return [paragraph(runs, text.HEADING), Spacer(1, 2)]


def _block(block: Block, wide: float, pad: float) -> list[Flowable]:
    rows, sums = [], []
    for index, pair in enumerate(block.pairs):
        token = "brass" if pair.kind == "asked" else ""
        rows.append(
            [
                paragraph((Run(pair.label, "", token),), text.CELL),
                paragraph((Run(pair.value, "", token),), text.CELL_RIGHT),
            ]
        )
        if pair.kind == "sum":
            sums.append(index)
            rows[-1] = [paragraph(pair.label, text.CELL_STRONG), paragraph(pair.value, text.CELL_RIGHT_STRONG)]
    note = [Spacer(1, 3), paragraph(block.note, text.CAPTION)] if block.note else []
    return [
        paragraph(block.title, text.HEADING),
        Spacer(1, 4),
        grid((), rows, [wide * 0.52, wide * 0.48], sums=sums, pad=pad),
        *note,
    ]
