"""Page 1, for the person who decides: what it is, whether it is ready, why, what limits it, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from steelyard.sheets import text
from steelyard.sheets.document import Chapter, Layout
from steelyard.sheets.draw_balance import balance_drawing
from steelyard.sheets.fonts import MEDIUM, PLAIN, STRONG
from steelyard.sheets.marks import MARKS, status_badge, symbol_drawing
from steelyard.sheets.page_heads import fitting
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.tables import grid, side_by_side, with_room
from steelyard.sheets.text import GAP, Run, paragraph
from steelyard.sheets.theme import colour
from steelyard.wording import money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.sheets.content import Bill, BuildSheet, Finding, Measure

CARD_SIZE, FIGURE_SIZE = 20.0, 13.0
HEAD_RULE = 1.2
MOST_UNPRICED = 2
LONG_TITLE = 60
LONG_ROLE = 120


class Density(NamedTuple):
    """How tightly page 1 is set: points between stages, findings and lines of the bill."""

    row: float
    findings: int
    lines: int


DENSITIES = (Density(28, 5, 6), Density(25, 4, 5), Density(22, 3, 4), Density(21, 2, 3), Density(21, 1, 2))


def decision(sheet: BuildSheet, layout: Layout, pages: dict[str, int], room: float) -> list[Flowable]:
    """Return page 1, as roomy as it fits `room` points."""
    return fitting(lambda density: _page(sheet, layout, pages, density), DENSITIES, room)


def _page(sheet: BuildSheet, layout: Layout, pages: dict[str, int], density: Density) -> list[Flowable]:
    story: list[Flowable] = [Chapter("decision", "Decision", pages), *_head(sheet), card(sheet.card, sheet.figures)]
    story += [Spacer(1, 12), _reasons(sheet), Spacer(1, 12)]
    if sheet.balances:
        chosen = sheet.balances[sheet.bottleneck]
        figure = chosen.stages
        said = figure.missing or f"{chosen.name}, {chosen.asked}; whiskers show the range"
        runs = (Run(f"{figure.title}{GAP}", STRONG), Run(said, PLAIN, "ink2", 8.8))
        story += [paragraph(runs, text.HEADING), Spacer(1, 1)]
        story += [] if figure.missing else [balance_drawing(figure, COLUMN, density.row)]
    left, right = columns(8) - 14, columns(4) + 14 - 0.001
    findings = _findings(sheet.findings, layout, left, density.findings)
    return [*story, Spacer(1, 8), side_by_side([findings, _price(sheet.bill, right, density.lines)], [left, right])]


def _head(sheet: BuildSheet) -> list[Flowable]:
    counts = ", ".join(f"{count} {word}" for word, count in sheet.counts)
    right = [status_badge(sheet.status, columns(4)), Spacer(1, 4), paragraph(counts, text.CAPTION_RIGHT)]
    return title_head(sheet.project, sheet.role, right)


def title_head(title: str, role: str, right: list[Flowable]) -> list[Flowable]:
    """Return the one big title of a document with what it is for, and at the right what its state is."""
    left = [
        paragraph(title, text.TITLE if len(title) <= LONG_TITLE else text.HEADING, text.LONGEST_NAME),
        paragraph(role, text.SUBTITLE if len(role) <= LONG_ROLE else text.CELL_QUIET, text.LONGEST_NAME),
    ]
    return [side_by_side([left, right], [columns(8), columns(4)]), Spacer(1, 12)]


def card(first: Iterable[Measure], second: Iterable[Measure]) -> Table:
    """Return two rows of four figures between two rules."""
    rows = [[_figure(each, CARD_SIZE) for each in first], [_figure(each, FIGURE_SIZE) for each in second]]
    style = [
        ("FONTNAME", (0, 0), (-1, -1), PLAIN),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), 10),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), HEAD_RULE, colour("ink")),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, colour("line1")),
        ("LINEBELOW", (0, 1), (-1, 1), HEAD_RULE, colour("ink")),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.6, colour("line1")),
    ]
    return Table(rows, colWidths=[COLUMN / 4] * 4, style=TableStyle(style), hAlign="LEFT")


def _figure(each: Measure, size: float) -> list[Flowable]:
    style = text.Style(MEDIUM, size, size * 1.3)
    unit = f" {each.unit}" if each.unit else ""
    value = (Run(each.value), Run(unit, PLAIN, "ink2", 9.0))
    note = [paragraph(each.note, text.CAPTION._replace(size=7.6, line=9.6))] if each.note else []
    return [
        paragraph(each.label, text.CAPTION._replace(colour="ink2")),
        paragraph(value, style, text.LONGEST_NAME),
        *note,
    ]


def _reasons(sheet: BuildSheet) -> Table:
    why = [
        paragraph("Why this build", text.HEADING),
        Spacer(1, 3),
        paragraph(" ".join(sheet.why), text.LEAD, text.LONGEST_SENTENCE),
    ]
    limits = [
        paragraph("What limits it", text.HEADING),
        Spacer(1, 3),
        paragraph(" ".join(sheet.limits), text.BODY, text.LONGEST_SENTENCE),
    ]
    left = columns(7)
    return side_by_side([why, limits], [left, columns(5)])


def _findings(findings: tuple[Finding, ...], layout: Layout, wide: float, most: int) -> list[Flowable]:
    """The worst findings, with the page that says more, and how many more there are."""
    heading = paragraph("Findings", text.HEADING)
    if not findings:
        return [heading, Spacer(1, 4), paragraph("Every rule that could be checked holds.", text.BODY)]
    rows = []
    for each in findings[:most]:
        mark = MARKS[each.mark]
        words = [
            paragraph(each.title, text.CELL, text.LONGEST_NAME),
            paragraph(each.detail, text.CELL_QUIET, text.LONGEST_NAME),
        ]
        name = paragraph((Run(mark.word, MEDIUM, mark.colour),), text.CELL)
        rows.append([symbol_drawing(mark.symbol, mark.colour), name, words, layout.page(each.place)])
    more = len(findings) - most
    rest = [paragraph(f"{more} more on {layout.page('findings')}.", text.CAPTION)] if more > 0 else []
    widths = [14.0, 48.0, wide - 100, 38.0]
    return [heading, Spacer(1, 4), grid((), rows, widths, rights=(3,), quiet=(3,)), Spacer(1, 3), *rest]


def _price(bill: Bill, wide: float, most: int) -> list[Flowable]:
    """The dearest lines, the rest as one, and the total with the date of its prices."""
    priced = sorted(
        (line for line in bill.lines if line.extended is not None), key=lambda line: (-(line.extended or 0), line.slot)
    )
    shown, rest = priced[:most], priced[most:]
    rows = [[_times(line.slot, line.quantity), money(line.extended, "", bill.digits)] for line in shown]
    if rest:
        together = bill.total - sum((line.extended or 0) for line in shown)
        rows.append([f"{len(rest)} others", money(together, "", bill.digits)])
    if len(bill.unpriced) > MOST_UNPRICED:
        rows.append([f"{len(bill.unpriced)} more", "no price"])
    else:
        rows += [[line.slot, "no price"] for line in bill.unpriced]
    rows.append(["Total" if not bill.unpriced else "Total, incomplete", money(bill.known, "", bill.digits)])
    notes = f"{bill.estimated}. " if bill.estimated else ""
    notes += f"Without tax and shipping. Valid for prices of {bill.priced_on}." if bill.known is not None else ""
    if bill.budget is not None and bill.unpriced:
        notes += f" Budget {money(bill.budget, '', bill.digits)}; what is left cannot be told without every price."
    elif bill.budget is not None:
        left = bill.budget - bill.total
        words = f"{money(left, '', bill.digits)} left" if left >= 0 else f"{money(-left, '', bill.digits)} over"
        notes += f" Budget {money(bill.budget, '', bill.digits)}; {words}."
    table = grid((), rows, with_room([wide - 72, 72], rows, (1,), 0), rights=(1,), sums=(len(rows) - 1,))
    heading = paragraph(f"Price, {bill.currency}", text.HEADING)
    return [heading, Spacer(1, 4), table, Spacer(1, 4), paragraph(notes.strip(), text.CAPTION)]


def _times(slot: str, quantity: int) -> str:
    return slot if quantity == 1 else f"{quantity} × {slot}"
