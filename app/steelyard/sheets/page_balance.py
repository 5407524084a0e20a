"""Page 4: each workload's balance, GPU time and GPU memory, drawn and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, KeepTogether, Spacer

from steelyard.sheets import text
from steelyard.sheets.draw_balance import balance_drawing
from steelyard.sheets.draw_bars import STACK, bars_drawing
from steelyard.sheets.page_heads import page_head, section
from steelyard.sheets.paper import COLUMN, columns
from steelyard.sheets.tables import side_by_side, twin
from steelyard.sheets.text import paragraph

if TYPE_CHECKING:
    from steelyard.sheets.content import BuildSheet, WorkloadBalance

HALF = columns(6)


def balance(sheet: BuildSheet, pages: dict[str, int]) -> list[Flowable]:
    """Return the balance page or pages, one block a workload."""
    if not sheet.balances:
        story = page_head("balance", "Balance", "No workload is chosen, so there is nothing to weigh.", pages)
        return story
    story = page_head("balance", "Balance", sheet.balances[sheet.bottleneck].stages.sentence, pages)
    for each in sheet.balances:
        story += [*section(each.name, each.asked, room=250), *_workload(each, alone=len(sheet.balances) == 1)]
    return story


def _widths(count: int) -> list[float]:
    """The first column takes what the numbers leave."""
    number = HALF * 0.2
    return [HALF - number * (count - 1), *[number] * (count - 1)]


def _workload(each: WorkloadBalance, *, alone: bool) -> list[Flowable]:
    if each.stages.missing:
        return [paragraph(each.stages.missing, text.BODY)]
    said = [] if alone else [paragraph(each.stages.sentence, text.BODY)]
    first: list[Flowable] = [*said, balance_drawing(each.stages, COLUMN)]
    halves = []
    for figure in (each.time, each.memory):
        block: list[Flowable] = [paragraph(figure.title, text.HEADING), Spacer(1, 2)]
        if figure.missing:
            block.append(paragraph(figure.missing, text.BODY))
        else:
            block += [paragraph(figure.sentence, text.CAPTION), bars_drawing(figure, HALF, STACK), Spacer(1, 4)]
            block.append(twin(figure.table, _widths(len(figure.table.head))))
        halves.append(block)
    return [KeepTogether(first), Spacer(1, 6), side_by_side(halves, [HALF, HALF]), Spacer(1, 6)]
