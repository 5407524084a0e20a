"""The empty state: a dim beam, a bold line, two sentences, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from steelyard.gui.beam import paint_dim_beam
from steelyard.gui.controls import button, words
from steelyard.gui.look import look
from steelyard.gui.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


class DimBeam(Painted):
    """The beam with nothing on it."""

    def __init__(self) -> None:
        super().__init__("Empty beam", width=220, height=44, focus=False)

    def paint(self, painter: QPainter) -> None:
        """In the middle of its place."""
        paint_dim_beam(painter, QPointF(self.width() / 2, self.height() * 0.4), self.width() * 0.8)


class EmptyState(QWidget):
    """What a view shows before it has anything: why, and the one main action beside a second one."""

    main = Signal()
    second = Signal()

    def __init__(self, title: str, sentences: str, main: str = "", second: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch()
        column.addWidget(DimBeam(), alignment=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words(title, "h2"), alignment=Qt.AlignmentFlag.AlignCenter)
        text = words(sentences, "sentence", wrap=True)
        text.setFixedWidth(look().px(300))
        text.setMinimumHeight(text.heightForWidth(look().px(300)))
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text, alignment=Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.addStretch()
        for label, kind, signal in ((main, "primary", self.main), (second, "", self.second)):
            if label:
                press = button(label, kind)
                press.clicked.connect(signal)
                row.addWidget(press)
        row.addStretch()
        column.addSpacing(6)
        column.addLayout(row)
        column.addStretch()
