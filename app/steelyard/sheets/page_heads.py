"""The head of an inner page: its title, the answer in one sentence, and where the reader's outline points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Flowable, HRFlowable, PageBreak, Spacer

from steelyard.sheets import text
from steelyard.sheets.document import Chapter
from steelyard.sheets.fonts import PLAIN, STRONG
from steelyard.sheets.paper import columns
from steelyard.sheets.tables import side_by_side
from steelyard.sheets.text import GAP, Run, paragraph
from steelyard.sheets.theme import colour

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

HEAD_RULE = 1.2
SECTION_ROOM = 90


def page_head(
    key: str, title: str, sentence: str, pages: dict[str, int], verdict: Drawing | None = None
) -> list[Flowable]:
    """Start a page of its own; the verdict, if there is one, stands at the right."""
    lead = paragraph(sentence, text.LEAD._replace(colour="ink2"), text.LONGEST_SENTENCE)
    beside = [lead] if verdict is None else [side_by_side([[lead], [verdict]], [columns(8), columns(4)])]
    return [
        PageBreak(),
        Chapter(key, title, pages),
        paragraph(title, text.PAGE_TITLE),
        *beside,
        HRFlowable(width="100%", thickness=HEAD_RULE, color=colour("ink"), spaceBefore=6, spaceAfter=10),
    ]


def section(title: str, subtitle: str = "", room: float = SECTION_ROOM) -> list[Flowable]:
    """Return a heading within a page, on the next page where less than `room` points are left."""
    runs = (Run(f"{title}{GAP}", STRONG), Run(subtitle, PLAIN, "ink2", 8.8)) if subtitle else (Run(title, STRONG),)
    return [CondPageBreak(room), Spacer(1, 9), paragraph(runs, text.HEADING), Spacer(1, 4)]
