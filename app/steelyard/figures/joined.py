"""Several builds or workloads in one bar plot: the first bar of each figure beneath the others, on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.figures.plot import Figure, Place, Table
from steelyard.figures.scales import plain_scale
from steelyard.wording import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = "0"


def joined(figures: Sequence[Figure], names: Sequence[str]) -> Figure:
    """Return one figure with a place for each of `figures` (all of one plot), and their tables as one.

    What has nothing to draw keeps its place, empty, and question marks in the table.
    """
    drawn = [figure for figure in figures if figure.across is not None]
    if not drawn:
        return Figure(figures[0].name, figures[0].title, missing=figures[0].missing) if figures else Figure("", "")
    bars = [bar._replace(place=place) for place, figure in enumerate(figures) for bar in figure.bars if bar.place == 0]
    scales = [figure.across for figure in drawn if figure.across is not None]
    ends = [end for scale in scales for end in (scale.low, scale.high)]
    parts = _merged([[row[0] for row in figure.table.rows] for figure in drawn])
    rows = []
    for name, figure in zip(names, figures, strict=True):
        said = {row[0]: row[1] for row in figure.table.rows}
        rows.append((name, *(said.get(part, NOTHING if said else UNKNOWN) for part in parts)))
    first = drawn[0]
    return first._replace(
        sentence=" ".join(figure.sentence for figure in drawn),
        across=plain_scale(scales[0].label, scales[0].unit, ends),
        places=tuple(Place(name) for name in names),
        bars=tuple(bars),
        limits=first.limits[:1],
        gaps=(),
        table=Table((f"{first.title}, {first.table.head[1]}", *parts), tuple(rows)),
    )


def _merged(lists: Sequence[Sequence[str]]) -> list[str]:
    """All words of some lists, each list in its own order: a word that is new goes before the next known one."""
    found: list[str] = []
    for words in lists:
        place = len(found)
        for word in reversed(words):
            if word in found:
                place = found.index(word)
            else:
                found.insert(place, word)
    return found
