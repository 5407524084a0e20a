"""Two columns like a newspaper's: blocks run down the left and then the right one, over as many pages as they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.platypus import Flowable

from steelyard.sheets.paper import GUTTER

if TYPE_CHECKING:
    from collections.abc import Sequence

ANY_HEIGHT = 1e6


class Newspaper(Flowable):  # type: ignore[misc]
    """Blocks in two columns of about equal length; a block is never torn apart."""

    def __init__(self, blocks: Sequence[list[Flowable]]) -> None:
        """Take the blocks in reading order."""
        super().__init__()
        self.blocks = list(blocks)

    def wrap(self, wide: float, _high: float) -> tuple[float, float]:
        """Take the whole width, and the height of the longer column, in points."""
        self.width = wide
        self.heights = [sum(_height(each, self._column) for each in block) for block in self.blocks]
        self.height = max(self._lengths(self._middle()))
        return wide, self.height

    def split(self, wide: float, high: float) -> list[Flowable]:
        """Return what fits `high` points and what does not; nothing where not even the first block does."""
        self.wrap(wide, high)
        count, left = 0, high
        for _ in range(2):
            left = high
            while count < len(self.blocks) and self.heights[count] <= left:
                left -= self.heights[count]
                count += 1
        if count in (0, len(self.blocks)):
            return [self] if count else []
        return [Newspaper(self.blocks[:count]), Newspaper(self.blocks[count:])]

    def draw(self) -> None:
        """Draw both columns from the top."""
        middle = self._middle()
        for blocks, x in ((self.blocks[:middle], 0.0), (self.blocks[middle:], self._column + float(GUTTER))):
            y = self.height
            for each in (flowable for block in blocks for flowable in block):
                y -= each.getSpaceBefore() + each.wrapOn(self.canv, self._column, ANY_HEIGHT)[1]
                each.drawOn(self.canv, x, y)
                y -= each.getSpaceAfter()

    @property
    def _column(self) -> float:
        return float((self.width - GUTTER) / 2)

    def _lengths(self, middle: int) -> tuple[float, float]:
        return sum(self.heights[:middle]), sum(self.heights[middle:])

    def _middle(self) -> int:
        """How many blocks stand in the left column, so that the longer one is as short as can be."""
        return min(range(len(self.blocks) + 1), key=lambda middle: (max(self._lengths(middle)), -middle))


def _height(each: Flowable, wide: float) -> float:
    return float(each.getSpaceBefore() + each.wrap(wide, ANY_HEIGHT)[1] + each.getSpaceAfter())
