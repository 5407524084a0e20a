"""Bars, whiskers and threads of a `figures.plot.Figure`, painted with the looks that paper uses too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from steelyard.figures.style import LOOKS
from steelyard.gui.drawing import hatch, outline, whisker, write
from steelyard.gui.look import colours, look

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter

    from steelyard.figures.plot import Bar, Role

BAND = 0.14
"""How much of a curve's colour its range has."""
SOLID, DASHED = 2.0, 1.8


def token(name: str) -> QColor:
    """The colour that a look names; text on steel has its own token in the dark theme."""
    colour: QColor = getattr(colours(), name)
    return colour


def text_on(role: Role) -> QColor:
    """The colour of words on a bar of this role."""
    name = LOOKS[role].text
    return colours().onsteel if name == "base" else token(name)


def paint_bar(painter: QPainter, place: QRectF, role: Role) -> None:
    """Fill, hatch and outline of one bar."""
    worn = LOOKS[role]
    painter.fillRect(place, token(worn.fill))
    if worn.hatch:
        hatch(painter, place, token(worn.hatch_colour), gap=look().px(6), width=1.2, upright=worn.hatch == "|")
    if worn.outline:
        outline(painter, place, token(worn.outline), 1.0)


def paint_whisker(painter: QPainter, bar: Bar, low: float, high: float, y: float) -> None:
    """The range of a bar, where there is one."""
    if math.isfinite(bar.low) and math.isfinite(bar.high):
        whisker(painter, low, high, y, colours().ink, look().px(7))


def plated(
    painter: QPainter, x: float, baseline: float, text: str, step: str, colour: QColor, align: str = "left"
) -> None:
    """Text on a plate of the base colour, so that it reads over hatches and lines."""
    metrics = look().metrics(step)
    width = metrics.horizontalAdvance(text)
    start = x - width if align == "right" else x - width / 2 if align == "centre" else x
    plate = QRectF(start - 3, baseline - metrics.ascent() + 1, width + 6, metrics.height() - 2)
    painter.fillRect(plate, colours().base)
    write(painter, start, baseline, text, step, colour)


def paint_missing(painter: QPainter, place: QRectF, words: str) -> None:
    """Why there is nothing to draw."""
    painter.setFont(look().font("body"))
    painter.setPen(colours().unknown)
    painter.drawText(
        place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), f"?  {words}"
    )
