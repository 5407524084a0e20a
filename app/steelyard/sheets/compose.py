"""The build sheet's chapters in their order, from content to the bytes of a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.sheets.document import Layout, Running, document
from steelyard.sheets.page_balance import balance
from steelyard.sheets.page_decision import decision
from steelyard.sheets.page_needs import needs
from steelyard.sheets.page_parts import parts
from steelyard.sheets.page_record import record
from steelyard.sheets.page_site import site

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from steelyard.sheets.content import BuildSheet
    from steelyard.sheets.paper import Paper


def compose(sheet: BuildSheet, paper: Paper) -> bytes:
    """Return the PDF of a build sheet; the same content on the same paper gives the same bytes."""

    def story(layout: Layout, pages: dict[str, int]) -> list[Flowable]:
        return [
            *decision(sheet, layout, pages, paper.room),
            *parts(sheet, pages),
            *needs(sheet, pages, paper.room),
            *balance(sheet, pages),
            *site(sheet, layout, pages, paper.room),
            *record(sheet, layout, pages),
        ]

    running = Running(
        sheet="Build sheet",
        subject=f"{sheet.project}, variant {sheet.variant}",
        title=f"Build sheet: {sheet.project}, variant {sheet.variant}",
        date=sheet.date,
        foot=(sheet.catalogue, sheet.prices, sheet.rules),
        hash=sheet.hash,
        draft=sheet.status != "READY",
    )
    return document(story, running, paper, sheet.attachment)
