"""Text over several lines with spans of different hands, for painted widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextOption

from steelyard.gui.look import look

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter


class Span(NamedTuple):
    """A run of text in one hand and colour."""

    text: str
    step: str
    colour: QColor


def lay_out(spans: list[Span], width: float, leading: float) -> tuple[QTextLayout, float]:
    """Break the spans into lines of a width; returns the layout and its height."""
    layout = QTextLayout("".join(span.text for span in spans), look().font(spans[0].step))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    layout.setTextOption(option)
    formats, start = [], 0
    for span in spans:
        style = QTextCharFormat()
        style.setFont(look().font(span.step))
        style.setForeground(span.colour)
        run = QTextLayout.FormatRange()
        run.start, run.length, run.format = start, len(span.text), style
        formats.append(run)
        start += len(span.text)
    layout.setFormats(formats)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(10.0, width))
        line.setPosition(QPointF(0, height))
        height += leading
    layout.endLayout()
    return layout, height


def paint_spans(painter: QPainter, x: float, top: float, spans: list[Span], width: float, leading: float) -> float:
    """Draw the spans and return where they end below."""
    layout, height = lay_out(spans, width, leading)
    layout.draw(painter, QPointF(x, top))
    return top + height
