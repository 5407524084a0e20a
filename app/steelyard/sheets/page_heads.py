"""The head of an inner page: its title, the answer in one sentence, and where the reader's outline points."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reportlab.platypus import ActionFlowable, CondPageBreak, Flowable, HRFlowable, KeepTogether, PageBreak, Spacer

from steelyard.sheets import text
from steelyard.sheets.document import Chapter
from steelyard.sheets.fonts import PLAIN, STRONG
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.tables import side_by_side
from steelyard.sheets.text import GAP, Run, paragraph
from steelyard.sheets.theme import colour

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


Density = TypeVar("Density")


def fitting(made: Callable[[Density], list[Flowable]], densities: Sequence[Density], room: float) -> list[Flowable]:
    """Return the first story that is at most `room` points high, tried from the roomiest on; else the densest."""
    for density in densities[:-1]:
        if height(made(density)) <= room:
            return made(density)
    return made(densities[-1])


def roomiest(made: Callable[[Density], list[Flowable]], densities: Sequence[Density], room: float) -> Density:
    """Return the first density whose story is at most `room` points high, else the last; only a few are tried.

    Each must be tighter than the one before it.
    """
    low, high = 0, len(densities) - 1
    while low < high:
        middle = (low + high) // 2
        if height(made(densities[middle])) <= room:
            high = middle
        else:
            low = middle + 1
    return densities[low]


def height(story: Sequence[Flowable]) -> float:
    """Return how high a story is on a page of its own, in points."""
    total = 0.0
    for each in story:
        if isinstance(each, KeepTogether):
            total += height(each._content)  # noqa: SLF001  # it cannot be wrapped without a canvas
        elif not isinstance(each, ActionFlowable | CondPageBreak | PageBreak):
            total += each.getSpaceBefore() + each.wrap(COLUMN, 1e6)[1] + each.getSpaceAfter()
    return total
