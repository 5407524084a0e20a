"""The beam: what is asked against what the build sustains, weighed on a logarithmic scale."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from steelyard.gui.drawing import across, decade_ticks, down, fulcrum, paint_reading, poise, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.readings import Weighed

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

THIRD = 1 / 3


def paint_beam(painter: QPainter, place: QRectF, weighed: Weighed, *, words: bool = True) -> None:
    """Draw the beam into a rectangle 44 high (28 without words). What is unknown hangs nowhere and says so."""
    palette, one = colours(), look()
    left, right = place.left(), place.right()
    level = place.top() + (one.px(26) if words else one.px(8))
    if words:
        _paint_words(painter, left, right, place.top() + one.px(12), weighed)
    asked, sustained = _weighable(weighed.asked), _weighable(weighed.sustained)
    values = [value for value in (asked, sustained) if value]
    if not values:
        across(painter, left, right, level, palette.line2, 1)
        return
    low, high = min(values) * (1 - THIRD), max(values) * (1 + THIRD)

    def at(value: float) -> float:
        share = math.log(value / low) / math.log(high / low)
        return left + min(1.0, max(0.0, share)) * (right - left)

    least, most = _weighable(weighed.low), _weighable(weighed.high)
    if least and most:
        painter.fillRect(
            QRectF(at(least), level - one.px(2.5), max(1.0, at(most) - at(least)), one.px(5)),
            palette.steelmid,
        )
    across(painter, left, right + 1, level, palette.ink2, 1.5)
    for end in (left, right):
        down(painter, end, level - one.px(5), level + 1, palette.ink2)
    for value, digit in decade_ticks(low, high):
        down(painter, at(value), level - one.px(5 if digit in {1, 2, 5} else 3), level, palette.line2)
    if asked:
        fulcrum(painter, at(asked), level + 1, palette.brassfill, scale=one.zoom)
    if sustained:
        x = at(sustained)
        down(painter, x, level, level + one.px(6), palette.steel, 1.5)
        poise(painter, x, level + one.px(4), palette.steel, palette.steel, scale=one.zoom)
    hung = [at(value) for value in (asked, sustained) if value]
    _paint_ends(painter, QPointF(left, level), QPointF(right, level), (low, high), hung)


def _paint_ends(painter: QPainter, left: QPointF, right: QPointF, ends: tuple[float, float], hung: list[float]) -> None:
    """Name both ends of the scale, but none that would lie under what hangs there."""
    one = look()
    for value, end, align in ((ends[0], left, "left"), (ends[1], right, "right")):
        room = one.metrics("micro").horizontalAdvance(_plain(value)) + one.px(7)  # half a poise stands off
        if not any(abs(x - end.x()) < room for x in hung):
            write(painter, end.x(), end.y() + one.px(16), _plain(value), "micro", colours().ink3, align=align)


def _weighable(value: float | None) -> float | None:
    """The value if a logarithmic scale has a place for it: nothing that is not finite and above zero can be weighed."""
    return value if value is not None and math.isfinite(value) and value > 0 else None


def _paint_words(painter: QPainter, left: float, right: float, baseline: float, weighed: Weighed) -> None:
    palette, asked, sustained = colours(), weighed.asked_reading, weighed.sustained_reading
    if weighed.asked is not None and _weighable(weighed.asked) is None:
        asked = asked._replace(known=False)
    if weighed.sustained is not None and _weighable(weighed.sustained) is None:
        sustained = sustained._replace(known=False)
    end = write(painter, left, baseline, "Asked ", "small", palette.ink2)
    write(
        painter,
        end,
        baseline,
        asked.value if asked.known else "?",
        "small medium",
        palette.brass if asked.known else palette.unknown,
    )
    one, value = look(), sustained.value if sustained.known else "?"
    taken = one.metrics("small").horizontalAdvance(f"  Sustained  {sustained.unit}")
    if end + one.metrics("small medium").horizontalAdvance(f"{asked.value}{value}") + taken > right:
        sustained = sustained._replace(unit="")  # beside each other the words have no room for it
    start = paint_reading(painter, right, baseline, sustained, "small medium", unit_step="small", align="right")
    write(painter, start, baseline, "Sustained ", "small", palette.ink2, align="right")


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


class Beam(Painted):
    """The beam by itself, for the drawer."""

    def __init__(self) -> None:
        super().__init__("Asked and sustained", width=190, height=44, focus=False)
        self._weighed = Weighed()

    def show_weighed(self, weighed: Weighed) -> None:
        """Weigh something else."""
        self._weighed = weighed
        self.setAccessibleDescription(f"{weighed.asked_reading.spoken()}; {weighed.sustained_reading.spoken()}")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """The beam with a margin for its ends."""
        paint_beam(painter, QRectF(self.rect()).adjusted(8, 0, -8, 0), self._weighed)


def paint_dim_beam(painter: QPainter, centre: QPointF, width: float) -> None:
    """The empty state's beam: no load, two dashed poises, the fulcrum waiting in the middle."""
    palette, one = colours(), look()
    left, right, level = centre.x() - width / 2, centre.x() + width / 2, centre.y()
    across(painter, left, right, level, palette.line2, 1)
    for index in range(9):
        long = index in {0, 4, 8}
        down(painter, left + index * width / 8, level - one.px(4 if long else 2), level, palette.line2)
    fulcrum(painter, centre.x(), level + 1, palette.brassfill, scale=one.zoom)
    for x in (left + width * 0.1, right - width * 0.1):
        down(painter, x, level, level + one.px(5), palette.line2)
        poise(painter, x, level + one.px(5), palette.base, palette.line2, scale=one.zoom)
