"""Host memory on one scale: the levels that are asked, what the build has, and a mark that others name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from steelyard.gui.apart import spread
from steelyard.gui.drawing import down, fulcrum, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.wording import number

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from steelyard.gui.present.requirements import MemoryScale

BEYOND, GAP = 1.12, 12


class MemoryBar(Painted):
    """Brass marks are asked, steel is the build's; the dashed mark is a guide and no rule."""

    def __init__(self) -> None:
        super().__init__("Host memory", width=300, height=74, focus=False)
        self._scale: MemoryScale | None = None

    def show_scale(self, scale: MemoryScale | None) -> None:
        """Show other levels."""
        self._scale = scale
        if scale is not None:
            levels = ", ".join(f"{word} {number(value)} GB" for word, value in scale.levels)
            has = "not known" if scale.has is None else f"{number(scale.has)} GB"
            self.setAccessibleDescription(f"{levels}; this build {has}; {scale.guide_words}. {scale.sentence}")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Levels above the track, the build and the guide below it."""
        scale, palette, one = self._scale, colours(), look()
        if scale is None:
            return
        left, right, middle = one.px(1), self.width() - one.px(1), one.px(38)
        most = max(scale.guide, scale.has or 0.0, *(value for _, value in scale.levels)) * BEYOND

        def at(value: float) -> float:
            return left + (right - left) * value / most

        track = QRectF(left, middle - one.px(4), right - left, one.px(8))
        painter.fillRect(track, palette.line)
        if scale.has is not None:
            painter.fillRect(QRectF(track.left(), track.top(), at(scale.has) - left, track.height()), palette.steelfill)
        for _, value in scale.levels:
            down(painter, at(value), middle - one.px(10), middle + one.px(4), palette.brass, 2)
        fulcrum(painter, at(scale.levels[0][1]), middle + one.px(5), palette.brassfill, scale=0.7 * one.zoom)
        painter.setPen(QPen(palette.ink2, 1.5, Qt.PenStyle.DashLine))
        x = at(scale.guide)
        painter.drawLine(round(x), middle - one.px(10), round(x), middle + one.px(16))
        above = [(at(value), f"{word} {number(value)}") for word, value in scale.levels]
        self._words(painter, above, one.px(18), "small medium", "brass")
        below = [(x, scale.guide_words)]
        if scale.has is not None:
            below.append((at(scale.has), f"this build {number(scale.has)} GB"))
        self._words(painter, sorted(below), one.px(66), "small", "ink2")

    def _words(self, painter: QPainter, marks: list[tuple[float, str]], baseline: float, step: str, tint: str) -> None:
        """Each at its mark, pushed apart until none meets the next."""
        widths = [look().metrics(step).horizontalAdvance(text) for _, text in marks]
        wanted = [x - width / 2 for (x, _), width in zip(marks, widths, strict=True)]
        starts = spread(wanted, widths, look().px(GAP), 0.0, float(self.width()))
        for start, (_, text) in zip(starts, marks, strict=True):
            write(painter, start, baseline, text, step, getattr(colours(), tint))
