"""Page 4: each workload's balance, GPU time and GPU memory, drawn and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, KeepTogether, Spacer

from steelyard.figures.joined import joined
from steelyard.sheets import text
from steelyard.sheets.draw_balance import balance_drawing
from steelyard.sheets.draw_bars import STACK, bars_drawing
from steelyard.sheets.fonts import STRONG, width
from steelyard.sheets.page_heads import page_head, section
from steelyard.sheets.paper import COLUMN
from steelyard.sheets.tables import LEAST, grid, shares
from steelyard.sheets.text import paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.figures.plot import Figure
    from steelyard.sheets.content import BuildSheet, WorkloadBalance


PADDING = 8.5
TOGETHER = 8
ROW = 24.0
MOST_COSTS = 8
SWAP_HEAD = ("For", "Instead", "Price", "Sustained", "Of now", "Watts", "But")


def balance(sheet: BuildSheet, pages: dict[str, int]) -> list[Flowable]:
    """Return the balance pages: a beam a workload, then GPU time and memory of all workloads beside each other."""
    if not sheet.balances:
        return page_head("balance", "Balance", "No workload is chosen, so there is nothing to weigh.", pages)
    story = page_head("balance", "Balance", sheet.balance, pages)
    tightest = sheet.balances[sheet.bottleneck]
    rest = [each for each in sheet.balances if each is not tightest]
    story += [*_beam(tightest), *_swaps(sheet)]
    for each in rest:
        story += _beam(each)
    names = [each.name for each in sheet.balances]
    caption = _costs(sheet)
    for some in _groups(names):
        story += _bars(joined([each.time for each in sheet.balances[some]], names[some]), caption)
        caption = ""
    for some in _groups(names):
        story += _bars(joined([each.memory for each in sheet.balances[some]], names[some]), "")
    return story


def _costs(sheet: BuildSheet) -> str:
    """What imbalance costs a year: idle cards by their price and life, delay, and the time of those who wait."""
    table = sheet.imbalance
    if not table.rows:
        return ""
    lines = (f"{row[0]} {' / '.join(row[1:])}" for row in table.rows[:MOST_COSTS])
    return f"What imbalance costs a year, {' / '.join(table.head[1:])}: {'; '.join(lines)}."


def _swaps(sheet: BuildSheet) -> list[Flowable]:
    """What one exchanged part would do to the tightest workload."""
    name = sheet.balances[sheet.bottleneck].name
    head = section("What one exchange would do", f"the rest as it is; {name}, sustained")
    if not sheet.swaps:
        return [KeepTogether([*head, paragraph(sheet.no_swaps, text.BODY)])]
    rows = [
        [each.role, each.part, each.price, each.rate, each.multiple, each.watts, each.breaks] for each in sheet.swaps
    ]
    table = grid(SWAP_HEAD, rows, shares(7, 34, 13, 15, 10, 11, 25), rights=(2, 3, 4, 5), quiet=(6,), pad=2.2)
    return [KeepTogether([*head, table])]


def _groups(names: list[str]) -> list[slice]:
    """As many workloads at a time as one plot and its table hold on a page."""
    return [slice(start, start + TOGETHER) for start in range(0, len(names), TOGETHER)]


def _beam(each: WorkloadBalance) -> list[Flowable]:
    head = section(each.name, each.asked)
    if each.stages.missing:
        return [KeepTogether([*head, paragraph(each.stages.missing, text.BODY)])]
    said = paragraph(each.stages.sentence, text.BODY)
    return [KeepTogether([*head, said, balance_drawing(each.stages, COLUMN, ROW)])]


def _bars(figure: Figure, caption: str) -> list[Flowable]:
    """Bars, and the same numbers as a table."""
    head = section(figure.title, figure.missing or figure.subtitle)
    if figure.missing:
        return head
    count = len(figure.table.head) - 1
    widths = _whole_words(figure.table.head, shares(3.4, *[1.3] * count))
    table = grid(figure.table.head, figure.table.rows, widths, rights=range(1, count + 1), pad=2.2)
    said = [Spacer(1, 3), paragraph(caption, text.CAPTION)] if caption else []
    return [KeepTogether([*head, bars_drawing(figure, COLUMN, STACK), Spacer(1, 4), table, *said])]


def _whole_words(head: Sequence[str], widths: list[float]) -> list[float]:
    """The widths with room for the longest word of each head; the column of names pays, and what is broad gives."""
    least = [max(width(word, STRONG, text.HEAD.size) for word in each.split()) + PADDING for each in head[1:]]
    rest = sum(widths) - sum(least)
    if rest < LEAST:
        return widths
    names = min(widths[0], rest)
    return [names, *(each + (rest - names) / len(least) for each in least)]
