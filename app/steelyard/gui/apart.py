"""How words keep apart: pushed along one line until none meets its neighbour, and broken over two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def spread(starts: Sequence[float], lengths: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return starts, in the same order, that keep `gap` between lengths and move each as little as they can.

    All lie within `low` to `high` where there is room for all; where there is not, they begin at `low`.
    """
    offsets, reached = [], 0.0
    for length in lengths:
        offsets.append(reached)
        reached += length + gap
    blocks: list[tuple[float, int]] = []
    for start, offset in zip(starts, offsets, strict=True):
        total, count = start - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    highest = max(low, high - (reached - gap))
    levels = [min(max(total / count, low), highest) for total, count in blocks for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def two_lines(text: str, width_of: Callable[[str], float], room: float) -> tuple[str, ...]:
    """Return the text on one line where it has room, else broken at the space that leaves the narrowest two."""
    cuts = [place for place, letter in enumerate(text) if letter == " "]
    if not cuts or width_of(text) <= room:
        return (text,)
    cut = min(cuts, key=lambda place: max(width_of(text[:place]), width_of(text[place + 1 :])))
    return text[:cut], text[cut + 1 :]
