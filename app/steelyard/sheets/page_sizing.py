"""The requirements sheet on paper: the answer and what is needed on page 1, on page 2 what it stands on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import Flowable, PageBreak, Spacer

from steelyard.sheets import text
from steelyard.sheets.document import Chapter, Layout
from steelyard.sheets.fonts import NARROW, PLAIN, STRONG
from steelyard.sheets.marks import MARKS, stamp
from steelyard.sheets.newspaper import Newspaper
from steelyard.sheets.page_decision import card, title_head
from steelyard.sheets.page_heads import fitting, section
from steelyard.sheets.page_needs import DENSITIES, assumed_section, levels_table
from steelyard.sheets.page_record import WHOLE, Detail, end, sources
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.pen import Box, Pen
from steelyard.sheets.requirements_content import SIZED
from steelyard.sheets.tables import grid, shares
from steelyard.sheets.text import GAP, paragraph

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

    from steelyard.sheets.page_needs import Density
    from steelyard.sheets.requirements_content import RequirementsSheet, Rung

CARDS = ("Level", "Least-priced cards", "Price", "Memory of a card", "Pace")
SHARING = ("Workload", "How", "Cards", "On each card", "Why")


class Ground(NamedTuple):
    """How tightly page 2 is set: points about an assumed value, and how much is said of a source."""

    assumed: float
    sources: Detail


GROUNDS = (
    Ground(1.4, WHOLE),
    Ground(0.7, WHOLE),
    Ground(0.7, Detail(3, ("publisher", "date", "tier"))),
    Ground(0.0, Detail(3, ("date", "tier"))),
    Ground(0.0, Detail(6, (), text.Style(NARROW, 7.0, 7.8))),
    Ground(0.7, Detail(3, ("publisher", "date", "tier"))),
)
"""The last stands where none fits one page. What is not said of a source stands with the reason of each number."""

LADDER_HIGH, RUNG_HIGH = 34.0, 5.0
MARK = 8.0
LEFT_OUT = 6
"""Columns of the table of accuracy that are about predictions of what was left out; the rest are in sample."""
LEADING = 9.5


def requirements_pages(sheet: RequirementsSheet, layout: Layout, pages: dict[str, int], room: float) -> list[Flowable]:
    """Return the sheet, as roomy as its first page fits `room` points."""
    first = fitting(lambda density: _answer(sheet, pages, density), DENSITIES, room)
    second = fitting(lambda ground: _grounds(sheet, layout, pages, ground), GROUNDS, room)
    return [*first, *second]


def _grounds(sheet: RequirementsSheet, layout: Layout, pages: dict[str, int], ground: Ground) -> list[Flowable]:
    grounds = (sheet.catalogue, sheet.prices, sheet.rules)
    story: list[Flowable] = [PageBreak(), Chapter("grounds", "What this stands on", pages)]
    story += [*_adds(sheet), *_sharing(sheet), *_trust(sheet), *assumed_section(sheet.assumed, ground.assumed)]
    return [*story, *sources(sheet.sources, pages, ground.sources), *end(grounds, sheet.hash, layout)]


def _answer(sheet: RequirementsSheet, pages: dict[str, int], density: Density) -> list[Flowable]:
    mark = MARKS["holds" if sheet.state == SIZED else "unknown"]
    state: list[Flowable] = [Spacer(1, 10), stamp(mark, sheet.state, columns(4))]
    story: list[Flowable] = [Chapter("answer", "Requirements", pages), *title_head(sheet.lab, sheet.role, state)]
    story += [card(sheet.first, sheet.second), Spacer(1, 4 + 2 * density.needs)]
    story += [paragraph(sheet.answer, text.LEAD, text.LONGEST_SENTENCE), Spacer(1, 4 + 2 * density.needs)]
    story += [_ladder(sheet.rungs), *_carrying(sheet, density)]
    if sheet.levels:
        story += section("What the work needs", "whatever the build is; the greatest of its workloads drives each")
        story += [levels_table(sheet.levels, density.needs, built=False), Spacer(1, 4)]
        story.append(paragraph(sheet.growth, text.CELL_QUIET, text.LONGEST_SENTENCE))
    return story


def _carrying(sheet: RequirementsSheet, density: Density) -> list[Flowable]:
    """The cards at each level, or the boxes and what joins them."""
    if sheet.cards:
        rows = [list(each) for each in sheet.cards]
        table = grid(CARDS, rows, shares(14, 43, 16, 17, 10), rights=(2, 3, 4), pad=density.needs)
        note = paragraph(sheet.compared, text.CELL_QUIET, text.LONGEST_SENTENCE)
        return [*section("What carries it"), table, Spacer(1, 3), note]
    if not sheet.machines:
        return []
    sums = [place for place, each in enumerate(sheet.machines) if each.kind == "sum"]
    rows = [[each.label, each.value] for each in sheet.machines]
    table = grid(("Asked for by", "Boxes"), rows, shares(70, 30), rights=(1,), sums=sums, pad=density.needs)
    return [*section("How many boxes"), table]


def _adds(sheet: RequirementsSheet) -> list[Flowable]:
    """What several boxes need that one does not."""
    if not sheet.adds:
        return []
    adds = Newspaper([[paragraph(f"–{GAP}{each}", text.CELL)] for each in sheet.adds])
    return [*section("What several boxes need beside"), adds]


def _sharing(sheet: RequirementsSheet) -> list[Flowable]:
    """How cards share each workload."""
    if not sheet.sharing:
        return []
    rows = [list(each) for each in sheet.sharing]
    table = grid(SHARING, rows, shares(19, 16, 8, 11, 46), rights=(2, 3), quiet=(4,), pad=1.6)
    return [*section("How cards share the work", "cards that hold one copy of the model, times copies"), table]


def _trust(sheet: RequirementsSheet) -> list[Flowable]:
    """Ranges, and how near predictions of this kind came to measurements."""
    story = [*section("How far to trust it"), paragraph(sheet.trust, text.CELL)]
    if sheet.families.rows:
        head = sheet.families.head[:LEFT_OUT]
        rows = [row[:LEFT_OUT] for row in sheet.families.rows]
        widths = shares(25, *(75 / (len(head) - 1) for _ in head[1:]))
        table = grid(head, rows, widths, rights=tuple(range(1, len(head))), pad=1.6)
        story += [Spacer(1, 4), table]
    return story


def _ladder(rungs: tuple[Rung, ...]) -> Drawing:
    """The steps from a laptop to the cloud; the lab's is filled, marked and set in semibold."""
    pen = Pen(COLUMN, LADDER_HIGH)
    wide, gap = COLUMN / len(rungs), 6.0
    for place, each in enumerate(rungs):
        left, right = place * wide, (place + 1) * wide - gap
        step = Box(left, 0, right, RUNG_HIGH)
        pen.box(step, "steel" if each.here else "", "steel" if each.here else "line2")
        name = left
        if each.here:
            pen.polygon([(left, 10), (left + 7, 13.5), (left, 17)], "steel")
            name += MARK + 2
        face, ink = (STRONG, "ink") if each.here else (PLAIN, "ink2")
        pen.text((name, 16.5), each.name, ink, face, 8.4, room=right - name)
        pen.text((left, 16.5 + LEADING), each.meaning, "ink3", PLAIN, 7.4, room=right - left)
    return pen.drawing
