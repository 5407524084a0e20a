"""Page 2: every part with its maker's number, count and price, the date of each price, and totals exact to the cent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, Spacer

from steelyard.sheets import text
from steelyard.sheets.page_heads import page_head
from steelyard.sheets.tables import Cell, grid, shares
from steelyard.sheets.text import paragraph
from steelyard.wording import UNKNOWN, money

if TYPE_CHECKING:
    from steelyard.sheets.content import Bill, BuildSheet, PartLine

HEAD = ("For", "Part", "Maker's number", "Qty", "Unit", "Extended", "Price of")


def parts(sheet: BuildSheet, pages: dict[str, int]) -> list[Flowable]:
    """Return the parts page."""
    bill = sheet.bill
    story = page_head("parts", "Parts", _sentence(bill), pages)
    if not bill.lines:
        return [*story, paragraph("No role is filled yet.", text.BODY)]
    rows: list[list[Cell]] = [_line(line, bill) for line in bill.lines]
    rows.append(
        ["Subtotal", "", "", str(sum(line.quantity for line in bill.lines)), "", money(bill.total, "", bill.digits), ""]
    )
    rows.append(["Tax", "", "", "", "", "not included", ""])
    rows.append(["Shipping", "", "", "", "", "not included", ""])
    title = "Total" if not bill.unpriced else "Total, incomplete"
    rows.append([title, "", "", "", "", money(bill.total, "", bill.digits), bill.currency])
    table = grid(
        HEAD,
        rows,
        shares(13, 34, 20, 6, 13, 14, 17),
        rights=(3, 4, 5),
        sums=(len(bill.lines), len(rows) - 1),
        quiet=(2,),
    )
    story += [table, Spacer(1, 8)]
    if bill.unpriced:
        names = ", ".join(line.part for line in bill.unpriced)
        story.append(paragraph(f"Without a price, so the total is incomplete: {names}.", text.BODY))
    if any(line.mark == "estimate" for line in bill.lines):
        story.append(
            paragraph(
                "Estimate: no dated price of this part; the price of its class, to be replaced by a quote.",
                text.CAPTION,
            )
        )
    return story


def _sentence(bill: Bill) -> str:
    count = sum(line.quantity for line in bill.lines)
    total = money(bill.total, bill.currency, bill.digits)
    if bill.unpriced:
        return f"{count} items; those with a price come to {total}, {len(bill.unpriced)} have none."
    estimates = sum(line.mark == "estimate" for line in bill.lines)
    tail = f"; {estimates} of {len(bill.lines)} prices are estimates" if estimates else ""
    return f"{count} items for {total}, without tax and shipping{tail}."


def _line(line: PartLine, bill: Bill) -> list[Cell]:
    name: list[Flowable] = [paragraph(line.part, text.CELL, text.LONGEST_NAME)]
    detail = ", ".join(words for words in (line.manufacturer, line.note) if words)
    if detail:
        name.append(paragraph(detail, text.CELL_QUIET, text.LONGEST_NAME))
    priced = ", ".join(words for words in (line.price_date, line.mark) if words)
    dated: list[Flowable] = [paragraph(priced or UNKNOWN, text.CELL)]
    if line.price_source:
        dated.append(paragraph(line.price_source, text.CELL_QUIET, text.LONGEST_NAME))
    unit, extended = (money(amount, "", bill.digits) for amount in (line.unit_price, line.extended))
    return [line.slot, name, line.mpn or "not stated", str(line.quantity), unit, extended, dated]
