"""Page 2: every part with its maker's number, count and price, the date of each price, and totals exact to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Spacer

from steelyard.sheets import text
from steelyard.sheets.fonts import width
from steelyard.sheets.marks import symbol_drawing
from steelyard.sheets.page_heads import page_head
from steelyard.sheets.tables import Cell, grid, shares, with_room
from steelyard.sheets.text import paragraph
from steelyard.wording import UNKNOWN, counted, money

if TYPE_CHECKING:
    from steelyard.sheets.content import Bill, BuildSheet, PartLine

ESTIMATE = (
    "Estimate: no dated price of this part was found; the price of its class stands in, with its likely range, until "
    "there is a quote. The likely range of the total takes the estimates as independent of each other: were all prices "
    "of a class to rise together, it would be wider. Numbers in brackets are those of the sources."
)
WIDTHS = shares(12, 29, 20, 5, 12, 13, 24)
NUMBER = 2  # the column of the order number
PAD_BESIDE = 9.0  # points between its text and its column's edges
SMALLEST = 5.5  # points; a number that still does not fit is broken
HEAD = ("For", "Part", "Maker's number", "Qty", "Unit", "Extended", "Price of")


def parts(sheet: BuildSheet, pages: dict[str, int]) -> list[Flowable]:
    """Return the parts page."""
    bill = sheet.bill
    story = page_head("parts", "Parts", _sentence(bill), pages)
    if not bill.lines:
        return [*story, paragraph("No role is filled yet.", text.BODY)]
    rows: list[list[Cell]] = [_line(line, bill) for line in bill.lines]
    rows.append(
        ["Subtotal", "", "", str(sum(line.quantity for line in bill.lines)), "", money(bill.known, "", bill.digits), ""]
    )
    rows.append(["Tax", "", "", "", "", "not included", ""])
    rows.append(["Shipping", "", "", "", "", "not included", ""])
    title = "Total" if not bill.unpriced else "Total, incomplete"
    rows.append([title, "", "", "", "", money(bill.known, "", bill.digits), bill.currency])
    table = grid(
        HEAD,
        rows,
        with_room(WIDTHS, rows, (4, 5), 1),
        rights=(3, 4, 5),
        sums=(len(bill.lines), len(rows) - 1),
        pad=2.4,
    )
    story += [table, Spacer(1, 8)]
    if bill.unpriced:
        names = ", ".join(line.part for line in bill.unpriced)
        story.append(paragraph(f"Without a price in {bill.currency}, so the total is incomplete: {names}.", text.BODY))
    if any(line.mark == "estimate" for line in bill.lines):
        story.append(
            paragraph(
                ESTIMATE,
                text.CAPTION,
            )
        )
    return story


def _sentence(bill: Bill) -> str:
    count = sum(line.quantity for line in bill.lines)
    total = money(bill.total, bill.currency, bill.digits)
    if bill.known is None:
        return f"{count} items; none of them has a price in {bill.currency}, so there is no total."
    if bill.unpriced:
        return f"{count} items; those with a price come to {total}, {len(bill.unpriced)} have none."
    tail = f" {bill.estimated}." if bill.estimated else ""
    return f"{count} items for {total}, without tax and shipping.{tail}"


def _line(line: PartLine, bill: Bill) -> list[Cell]:
    name: list[Flowable] = [paragraph(line.part, text.CELL, text.LONGEST_NAME)]
    pins = f"{counted(line.pinned, 'value')} set by hand, see Overrides" if line.pinned else ""
    detail = ", ".join(words for words in (line.manufacturer, line.note, pins) if words)
    if detail:
        name.append(paragraph(detail, text.CELL_QUIET, text.LONGEST_NAME))
    source = f" [{line.price_source}]" if line.price_source else ""
    dated: list[Flowable] = [paragraph(f"{line.price_date or UNKNOWN}{source}", text.CELL)]
    how = " ".join(words for words in (line.mark, line.spread) if words)
    if how:
        dated.append(paragraph(how, text.CELL_QUIET))
    unit, extended = (money(amount, "", bill.digits) for amount in (line.unit_price, line.extended))
    number = line.mpn or "not stated"
    slot: Cell = [paragraph(line.slot, text.CELL), symbol_drawing("pin", "steel")] if line.pinned else line.slot
    return [slot, name, paragraph(number, _on_one_line(number)), str(line.quantity), unit, extended, dated]


def _on_one_line(number: str) -> text.Style:
    """The type of an order number: smaller rather than broken, for half a number orders something else."""
    style = text.TIGHT
    room = WIDTHS[NUMBER] - PAD_BESIDE
    size = min(style.size, style.size * room / width(number, style.face, style.size))
    return style._replace(size=max(size, SMALLEST))
