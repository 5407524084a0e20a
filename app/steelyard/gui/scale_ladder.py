"""The ladder of scale: where the project stands between a laptop and a cloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.gui.drawing import across, down, poise, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.present.sizing import Rungs

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QResizeEvent

WORDS, HEIGHT, NARROW, LOW = 210, 58, 470, 30


class ScaleLadder(Painted):
    """A hairline with a tick for each rung; the poise hangs where the project stands."""

    def __init__(self) -> None:
        super().__init__("Scale", width=260, height=HEIGHT, focus=False)
        self._rungs = Rungs((), -1, "")

    def show_rungs(self, rungs: Rungs) -> None:
        """Show where the project stands now."""
        self._rungs = rungs
        here = rungs.words[rungs.current] if rungs.current >= 0 else "not known"
        self.setAccessibleDescription(f"Scale: {here}. {rungs.sentence}.")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the words stand above the ladder."""
        self.set_least(260, HEIGHT + LOW if event.size().width() < look().px(NARROW) else HEIGHT)
        super().resizeEvent(event)

    def paint(self, painter: QPainter) -> None:
        """Words at the left (above, where it is narrow), rungs at the right."""
        palette, one, rungs = colours(), look(), self._rungs
        narrow = self.width() < one.px(NARROW)
        write(painter, 0, one.px(22), "Scale", "h2", palette.ink)
        if narrow:
            end = one.metrics("h2").horizontalAdvance("Scale") + one.px(10)
            write(painter, end, one.px(22), rungs.sentence, "small", palette.ink2)
        else:
            write(painter, 0, one.px(40), rungs.sentence, "small", palette.ink2)
        said = one.metrics("small").horizontalAdvance(rungs.sentence) + one.px(24)
        left = 0.0 if narrow else max(float(one.px(WORDS)), said)
        level = one.px(16 + (LOW if narrow else 0))
        right = self.width() - 1.0
        if right - left < one.px(60) or not rungs.words:
            return
        across(painter, left, right, level, palette.ink2, 1.5)
        step = (right - left) / len(rungs.words)
        for place, words in enumerate(rungs.words):
            x = left + step * (place + 0.5)
            here = place == rungs.current
            down(painter, x, level - one.px(6), level, palette.ink2)
            if here:
                down(painter, x, level, level + one.px(4), palette.steel, 1.5)
                poise(painter, x, level + one.px(3), palette.steel, palette.steel, scale=one.zoom)
            colour, hand = (palette.ink, "micro medium") if here else (palette.ink2, "micro")
            top = level + one.px(28 if here else 18)
            for line, text in enumerate(_lines(words, hand, step - one.px(4))):
                write(painter, x, top + one.px(12) * line, text, hand, colour, align="centre")


def _lines(words: str, hand: str, room: float) -> list[str]:
    """The words on one line, or each on its own where there is little room."""
    if look().metrics(hand).horizontalAdvance(words) <= room:
        return [words]
    return words.replace("-", "- ").split(" ")
