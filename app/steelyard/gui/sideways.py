"""A wide picture in a narrow view: it scrolls sideways in its own place, and the view does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from steelyard.gui.look import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

LEAST = 280


class Sideways(QScrollArea):
    """As high as what it holds; its bar is there only where the width does not do."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """The picture's own size, with the bar where it is needed."""
        wanted = self._inside.minimumSizeHint()
        bar = self.horizontalScrollBar().sizeHint().height() if wanted.width() > self.width() else 0
        return QSize(wanted.width(), wanted.height() + bar)

    def minimumSizeHint(self) -> QSize:
        """As high as above; nearly as narrow as one likes."""
        return QSize(look().px(LEAST), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Where the picture gets another size its place does too."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar may come or go."""
        self.updateGeometry()
        super().resizeEvent(event)
