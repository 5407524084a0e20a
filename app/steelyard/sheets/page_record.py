"""The last pages: all findings, what is unknown or was not checked, why the key numbers are so, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import Flowable, KeepTogether, Spacer

from steelyard.sheets import text
from steelyard.sheets.document import Chapter, Layout, Place
from steelyard.sheets.fonts import MEDIUM, MONO, NARROW, PLAIN, STRONG
from steelyard.sheets.marks import MARKS, symbol_drawing, tier_drawing
from steelyard.sheets.newspaper import Newspaper
from steelyard.sheets.page_heads import page_head, section
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.tables import Cell, grid, shares
from steelyard.sheets.text import GAP, Run, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.sheets.content import BuildSheet, Key, Source

DEEPEST = 6
DEEPER = "\u00a0\u00a0\u00a0"
FORMULA = text.Style(PLAIN, 7.6, 9.1, "ink2")
REASON = text.Style(PLAIN, 7.6, 9.1, "ink3")
TREE = text.Style(NARROW, 7.7, 8.9)
ENTRY = text.Style(NARROW, 7.4, 8.4)


class Detail(NamedTuple):
    """How a bibliography is printed: entries in one paragraph, what stands after each title, and in which style."""

    together: int
    after: tuple[str, ...]
    style: text.Style = ENTRY


WHOLE = Detail(1, ("publisher", "date", "tier", "address"))


def record(sheet: BuildSheet, layout: Layout, pages: dict[str, int]) -> list[Flowable]:
    """Return the pages of record, down to the end marker."""
    story = page_head("record", "Record", "What was found, what is not known, and what every number stands on.", pages)
    story += [*_findings(sheet, pages), *_unknowns(sheet)]
    if sheet.notes:
        story += [*section("Notes", "as the project has them"), *(paragraph(each, text.BODY) for each in sheet.notes)]
    story += section("Overrides", "values that were set by hand")
    if sheet.overrides:
        rows = [[paragraph(cell, text.CELL) for cell in each] for each in sheet.overrides]
        story.append(grid(("Part", "What", "Value", "In the catalogue", "Grounds"), rows, shares(22, 15, 12, 15, 36)))
    else:
        story.append(paragraph("None: every number is the model's, the catalogue's or the project's.", text.BODY))
    head = section("Why the key numbers are what they are", "formula, numbers, and what they rest on")
    story += [*head[:1], Chapter("keys", "Why the key numbers are what they are", pages), *head[1:]]
    if sheet.keys:
        story.append(Newspaper([_key(key) for key in sheet.keys]))
    grounds = (sheet.catalogue, sheet.prices, sheet.rules)
    return [*story, *sources(sheet.sources, pages), *end(grounds, sheet.hash, layout)]


def _findings(sheet: BuildSheet, pages: dict[str, int]) -> list[Flowable]:
    story: list[Flowable] = [
        Chapter("findings", "Findings", pages),
        *section("Findings", "every rule that does not hold or cannot be told"),
    ]
    if not sheet.findings:
        return [*story, paragraph("None: every rule that was checked holds.", text.BODY)]
    rows: list[list[Cell]] = []
    for each in sheet.findings:
        mark = MARKS[each.mark]
        word = paragraph((Run(mark.word, MEDIUM, mark.colour),), text.CELL)
        words = [
            paragraph(each.title, text.CELL, text.LONGEST_SENTENCE),
            paragraph(each.detail, text.CELL_QUIET, text.LONGEST_SENTENCE),
        ]
        sign: Cell = [Place(each.place, pages), symbol_drawing(mark.symbol, mark.colour)]
        rows.append([sign, word, each.rule, words, each.remedy])
    return [
        *story,
        grid(
            ("", "", "Rule", "Finding", "Remedy"), rows, [14.0, 45.0, 52.0, *shares(55, 45, whole=COLUMN - 111)], pad=2
        ),
    ]


def _unknowns(sheet: BuildSheet) -> list[Flowable]:
    story: list[Flowable] = []
    if sheet.unknowns:
        story += section("Unknown", "left as unknown, never taken for zero")
        rows = [[each.label, each.value] for each in sheet.unknowns]
        story.append(grid(("What", "Why"), rows, shares(45, 55), quiet=(1,), pad=1.6))
    story += section("Not checked")
    return [*story, Newspaper([[paragraph(f"–{GAP}{each}", text.CELL)] for each in sheet.not_checked])]


def _key(key: Key) -> list[Flowable]:
    """One number: value, formula, the numbers in it, and the tree below."""
    head = (
        Run(f"{key.label}{GAP}", MEDIUM),
        Run(key.value, STRONG),
        Run(f"{GAP}{key.spread}" if key.spread else "", PLAIN, "ink3", 8.4),
        Run(f"{GAP}[{key.sources}]" if key.sources else "", PLAIN, "ink3", 8.4),
    )
    top: list[Flowable] = [Spacer(1, 5), paragraph(head, text.BODY)]
    if key.reason:
        top.append(paragraph(key.reason, REASON))
    top += [paragraph(f"= {line}", FORMULA) for line in (key.formula, key.numbers) if line]
    rows: list[list[Cell]] = []
    for cause in key.causes:
        label = paragraph((Run(DEEPER * min(cause.depth, DEEPEST)), Run(cause.label)), TREE)
        tier = f"{cause.tier} [{cause.sources}]" if cause.sources else cause.tier
        value, quiet = TREE._replace(right=True), TREE._replace(colour="ink2")
        sign = symbol_drawing("pin", "steel", 7.5) if cause.pinned else tier_drawing(cause.tier)
        rows.append([sign, label, paragraph(cause.value, value), paragraph(tier, quiet)])
    if rows:
        widths = [13.0, *shares(54, 21, 25, whole=columns(6) - 13)]
        top += [Spacer(1, 2), grid((), rows, widths, pad=0.2, ruled=False)]
    if key.more:
        words = f"and {key.more} more: {key.command}"
        top.append(paragraph(words, REASON))
    return top


def sources(used: Sequence[Source], pages: dict[str, int], detail: Detail = WHOLE) -> list[Flowable]:
    """Return the bibliography, in as much detail as there is room for."""
    if not used:
        return []
    head = section("Sources", "exactly those that the numbers of this sheet used")
    groups = [used[start : start + detail.together] for start in range(0, len(used), detail.together)]
    entries = Newspaper([[_entries(some, detail)] for some in groups])
    return [*head[:1], Chapter("sources", "Sources", pages), *head[1:], entries]


def _entries(some: Sequence[Source], detail: Detail) -> Flowable:
    runs = []
    for each in some:
        said = {"publisher": each.publisher, "date": each.date, "tier": each.tier}
        words = ", ".join(part for name, part in said.items() if part and name in detail.after)
        words = f"{words}. " if words else ""
        address = f"{each.address} " if "address" in detail.after else ""
        runs += [Run(f"{each.number}{GAP}", MEDIUM), Run(f"{each.title}. "), Run(f"{words}{address}", "", "ink3")]
        runs.append(Run(f"{each.notice} " if len(some) > 1 else each.notice, "", "ink3"))
    return paragraph(tuple(runs), detail.style)


def end(
    grounds: tuple[str, str, str], digest: str, layout: Layout, *, gap: float = 6.0, style: text.Style = text.CAPTION
) -> list[Flowable]:
    """Return where the numbers come from, as one hash, and the marker that shows that nothing is missing.

    grounds: catalogue, prices and rules, as they stand in the foot. gap: points over both; style: of the first.
    """
    catalogue, prices, rules = (each.lower() for each in grounds)
    provenance = (
        f"Made from the project attached to this file (project.json), {catalogue}, {prices} and {rules}. "
        "The same project, catalogue and rules give it again, byte for byte. Content hash"
    )
    count = layout.total or 1
    marker = f"End of document – {count} page" + ("s" if count != 1 else "")
    return [
        KeepTogether(
            [
                Spacer(1, gap),
                paragraph((Run(provenance + " "), Run(digest, MONO, "", 7.4), Run(".")), style),
                Spacer(1, gap),
                paragraph(marker, text.Style(MEDIUM, 8.4, 11, "ink2")),
            ]
        )
    ]
