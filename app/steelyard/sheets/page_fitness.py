"""The site fitness sheet on paper: the verdict first, then power, heat and what it stands on, on a single page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Spacer

from steelyard.sheets import text
from steelyard.sheets.bind_fitness import told_once
from steelyard.sheets.document import Chapter, Layout
from steelyard.sheets.draw_curves import curves_drawing
from steelyard.sheets.draw_run import run_drawing
from steelyard.sheets.draw_waterfall import waterfall_drawing
from steelyard.sheets.fonts import MEDIUM, NARROW, NARROW_MEDIUM, PLAIN, STRONG, width
from steelyard.sheets.marks import MARKS, stamp, symbol_drawing
from steelyard.sheets.page_heads import HEAD_RULE, height, roomiest
from steelyard.sheets.page_record import end
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.tables import Cell, grid, side_by_side
from steelyard.sheets.text import GAP, Run, Style, paragraph, shortened
from steelyard.sheets.theme import colour
from steelyard.wording import counted

if TYPE_CHECKING:
    from steelyard.figures.plot import Figure
    from steelyard.sheets.content import Block, Finding
    from steelyard.sheets.fitness_content import FitnessSheet, Taken

CAUTION = "Not an electrical design; have it checked by a qualified person."
LONGEST_SITE, LONGEST_CELL = 300, 100
"""Letters of the site in a sentence and of a cell of a table."""


class Density(NamedTuple):
    """How tightly the page is set: heights of plots, points above and below lines and between parts, type size.

    letters: of each thing that users wrote, listed: of how many; names: of project and variant. findings,
    taken: how many findings and assumptions are told. remedies: whether what to do stands with each finding.
    """

    waterfall: float
    plots: float
    pad: float
    size: float
    gap: float
    letters: float
    listed: float
    names: float
    findings: float
    taken: float
    remedies: float


ROOMY = Density(150, 140, 2.0, 8.6, 8, 160, 8, 200, 24, 12, 1)
TIGHT = Density(70, 66, 0.0, 6.5, 1, 30, 3, 50, 6, 6, 0)
STEPS = 32
DRAWN = ("waterfall", "plots")
"""What gives way last: a plot that is too low says nothing."""
DENSITIES = tuple(
    Density(
        *(
            low + (high - low) * (step / STEPS) ** (2 if name in DRAWN else 1)
            for name, low, high in zip(Density._fields, ROOMY, TIGHT, strict=True)
        )
    )
    for step in range(STEPS + 1)
)
REMEDIES = 0.1
"""Towards the tightest density, from where on there is no room for remedies."""
PADDED, MOST_AMOUNT = 9.0, 0.55
"""Points beside the amounts of a table, and the share of its width that they take at most."""
STATES = (0.32, 0.17, 0.27, 0.24)
"""Of a column: components, and what they draw at rest, sustained and at full load."""
FOOT = text.Style(PLAIN, 7.2, 9.0, "ink3")
SECTION = text.Style(STRONG, 9.6, 12)
LINE = 1.15
"""Of a table's type size: from one line to the next."""


def density_of(sheet: FitnessSheet, room: float) -> Density:
    """Return how tightly the page must be set to fit `room` points."""
    nowhere = Layout({}, 1)
    return roomiest(lambda density: fitness(sheet, nowhere, {}, density), DENSITIES, room)


def fitness(sheet: FitnessSheet, layout: Layout, pages: dict[str, int], density: Density) -> list[Flowable]:
    """Return the page."""
    gap = Spacer(1, density.gap)
    story = [*_head(sheet, pages, density), *_findings(sheet, density), gap]
    story += [*_heading(sheet.waterfall, sheet.under), *_drawn(sheet.waterfall, COLUMN, density.waterfall), gap]
    third = columns(4)
    table = _power(sheet, third, density)
    high = max(density.plots, height(table) - SECTION.line)
    wide = columns(8)
    plot = [*_heading(sheet.heat), *_run(sheet.heat, sheet.speed, wide, high)]
    if sheet.heat.missing:
        plot += [*_heading(sheet.room), *_drawn(sheet.room, wide, high - 3 * SECTION.line)]
    story += [side_by_side([table, plot], [third, wide]), gap]
    blocks = [_block(each, third, density) for each in sheet.blocks]
    story += [side_by_side(blocks, [third] * len(blocks)), gap, *_grounds(sheet, density)]
    story.append(paragraph((Run(CAUTION, STRONG),), text.CELL))
    return [*story, *end((sheet.catalogue, sheet.prices, sheet.rules), sheet.hash, layout, gap=2, style=FOOT)]


def _head(sheet: FitnessSheet, pages: dict[str, int], density: Density) -> list[Flowable]:
    """The title, whose machine it is, and the verdict."""
    mark, words = sheet.verdict
    names = int(density.names)
    whose = (Run(shortened(sheet.project, names), STRONG), Run(f", variant {shortened(sheet.variant, names)}", STRONG))
    lead = paragraph(sheet.site, text.BODY._replace(colour="ink2"), LONGEST_SITE)
    title: list[Flowable] = [paragraph("Site fitness", text.PAGE_TITLE)]
    verdict: list[Flowable] = [Spacer(1, 6), stamp(MARKS[mark], words, columns(6))]
    return [
        Chapter("fitness", "Site fitness", pages),
        side_by_side([title, verdict], [columns(6), columns(6)]),
        paragraph(whose, text.BODY),
        lead,
        HRFlowable(width="100%", thickness=HEAD_RULE, color=colour("ink"), spaceBefore=4, spaceAfter=4),
    ]


def _findings(sheet: FitnessSheet, density: Density) -> list[Flowable]:
    """The circuit's budget in a sentence, and what decides."""
    style = _cell(density)
    story: list[Flowable] = [paragraph((Run(sheet.answer, STRONG),), text.BODY), Spacer(1, 2)]
    found = told_once(sheet.findings)
    told = found[: int(density.findings)]
    rows: list[list[Cell]] = [_finding(each, style, density) for each in told]
    if rows:
        story.append(grid((), rows, [14.0, COLUMN - 14], pad=density.pad))
    left = {"of the site": len(found) - len(told), "of the build itself": sheet.others}
    more = " and ".join(f"{counted(count, 'more finding')} {whose}" for whose, count in left.items() if count)
    return [*story, paragraph(f"{more}: see its build sheet.", text.CAPTION)] if more else story


def _finding(each: Finding, style: Style, density: Density) -> list[Cell]:
    known = MARKS[each.mark]
    runs = [
        Run(f"{known.word} {each.rule}".strip() + GAP, MEDIUM, known.colour),
        Run(f"{each.title}: {each.detail}." if each.detail else f"{each.title}."),
    ]
    if density.remedies > REMEDIES and each.remedy:
        runs.append(Run(f" {each.remedy}.", "", "ink2"))
    return [symbol_drawing(known.symbol, known.colour), paragraph(tuple(runs), style, text.LONGEST_SENTENCE)]


def _heading(figure: Figure, words: str = "") -> list[Flowable]:
    said = figure.missing or ", ".join(each for each in (figure.subtitle, words) if each)
    runs = (Run(f"{figure.title}{GAP}", STRONG), Run(said, PLAIN, "ink2", 8.1))
    return [paragraph(runs, SECTION)]


def _drawn(figure: Figure, wide: float, high: float) -> list[Flowable]:
    if figure.missing:
        return []
    return [waterfall_drawing(figure, wide, high) if figure.places else curves_drawing(figure, wide, high)]


def _run(heat: Figure, speed: Figure, wide: float, high: float) -> list[Flowable]:
    return [] if heat.missing else [run_drawing(heat, speed, wide, high)]


def _cell(density: Density) -> Style:
    return Style(NARROW, density.size, density.size * LINE)


def _power(sheet: FitnessSheet, wide: float, density: Density) -> list[Flowable]:
    """Watts of every component, in a table that says the waterfall's numbers too."""
    style = _cell(density)
    right, head = style._replace(right=True), style._replace(colour="ink2")
    rows: list[list[Cell]] = [
        [paragraph(word, head._replace(right=place > 0)) for place, word in enumerate(sheet.power.head)]
    ]
    for index, (label, *amounts) in enumerate(sheet.power.rows):
        face = NARROW_MEDIUM if index in sheet.power.sums else NARROW
        rows.append(
            [
                paragraph((Run(label, face),), style),
                *(paragraph((Run(each, face),), right) for each in amounts),
            ]
        )
    return [
        paragraph((Run("Power by component", STRONG),), SECTION),
        Spacer(1, 2),
        grid(
            (),
            rows,
            [wide * part for part in STATES],
            sums=[each + 1 for each in sheet.power.sums],
            pad=density.pad / 2,
        ),
    ]


def _block(block: Block, wide: float, density: Density) -> list[Flowable]:
    style = _cell(density)
    right = style._replace(right=True)
    rows: list[list[Cell]] = []
    sums = []
    for index, pair in enumerate(block.pairs):
        face, token = (NARROW_MEDIUM, "") if pair.kind == "sum" else (NARROW, "brass" if pair.kind == "asked" else "")
        label, value = Run(pair.label, face, token), Run(pair.value, face, token)
        rows.append([paragraph((label,), style, LONGEST_CELL), paragraph((value,), right, LONGEST_CELL)])
        if pair.kind == "sum":
            sums.append(index)
    amounts = max((width(pair.value[:LONGEST_CELL], NARROW_MEDIUM, density.size) for pair in block.pairs), default=0.0)
    amounts = min(amounts + PADDED, wide * MOST_AMOUNT)
    return [
        paragraph((Run(block.title, STRONG),), SECTION),
        Spacer(1, 2),
        grid((), rows, [wide - amounts, amounts], sums=sums, pad=density.pad / 2),
    ]


def _grounds(sheet: FitnessSheet, density: Density) -> list[Flowable]:
    """Numbers that the user gave, assumptions with their ranges, the sources of both."""
    style = Style(NARROW, density.size - 0.4, (density.size - 0.4) * LINE)
    letters, listed = int(density.letters), int(density.listed)
    given = [f"{each.label} {each.value}, {shortened(each.source, letters)}" for each in sheet.taken if each.given]
    told = [each for each in sheet.taken if not each.given]
    taken, left = told[: int(density.taken)], len(told[int(density.taken) :]) + sheet.more
    story: list[Flowable] = []
    if taken:
        half, middle = columns(6), (len(taken) + 1) // 2
        sides = [_takens(some, half, style) for some in (taken[:middle], taken[middle:]) if some]
        more = f". {counted(left, 'assumption')} more move the answer less." if left else "."
        words = f"what moves the answer most, with its likely range{more}"
        heading = (Run(f"Taken, not measured{GAP}", STRONG), Run(words, PLAIN, "ink2", 8.1))
        story = [paragraph(heading, SECTION), side_by_side(sides, [half] * len(sides)), Spacer(1, 2)]
    story += _listed("Given", given, style, listed)
    story += _listed("Noted of the site", [shortened(each, 2 * letters) for each in sheet.notes], style, listed)
    sources = [run for each in sheet.sources for run in (Run(f"{each.number}{GAP}", MEDIUM), Run(f"{each.title}. "))]
    if sources:
        story.append(paragraph((Run(f"Sources{GAP}", MEDIUM), *sources), style._replace(colour="ink2")))
    return [KeepTogether(story), Spacer(1, density.gap / 2)]


def _listed(heading: str, said: list[str], style: Style, most: int) -> list[Flowable]:
    """What users wrote, in one paragraph; what has no room stands in the project inside."""
    if not said:
        return []
    left = len(said) - most
    more = [f"and {left} more, in the project inside"] if left > 0 else []
    return [paragraph((Run(f"{heading}{GAP}", MEDIUM), Run(f"{'; '.join([*said[:most], *more])}.")), style)]


def _takens(some: list[Taken], wide: float, style: Style) -> list[Flowable]:
    right = style._replace(right=True)
    rows: list[list[Cell]] = []
    for each in some:
        source = f"[{each.source}]" if each.source else ""
        cells = (each.value, each.spread, source)
        rows.append([paragraph(each.label, style, LONGEST_CELL), *(paragraph(cell, right) for cell in cells)])
    return [grid((), rows, [wide * 0.58, wide * 0.15, wide * 0.2, wide * 0.07], pad=0.1, ruled=False)]
