"""A sheet that lies over the window beside what it is about: its frame, its head with a cross, and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout

from steelyard.gui.controls import words
from steelyard.gui.drawing import outline
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

HEAD = 64
OVERLAP = 48
"""How far the sheet may reach over the end of a wide widget, when it then stands on the dock."""


class Raised(QFrame):
    """Stays until Esc or a press on its cross; then the focus goes back to where it was."""

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName(name)
        self._before: QWidget | None = None
        self._width = self._highest = 0
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        self.setGraphicsEffect(shadow)
        self._shadow = shadow
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 12, 14)
        self.head = QHBoxLayout()
        self.name = words("", "sentence", wrap=True)
        self.head.addWidget(self.name, 1)
        self.head.addWidget(self.tool("close", "Close (Esc)", self.close_it))
        outer.addLayout(self.head)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self.area)
        self.hide()

    def open_beside(self, beside: QWidget | None) -> None:
        """Show it beside a widget, which gets the focus back when it closes."""
        self._before = beside
        self._place(beside)
        self.show()
        self.raise_()

    def close_it(self) -> None:
        """Close and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def hold(self, inside: QWidget, width: int, inner: int, highest: int) -> None:
        """Hold other content: as high as that is, up to `highest`; what is higher scrolls."""
        self.area.setWidget(inside)
        inside.setAutoFillBackground(False)
        inside.setFixedWidth(inner)
        self._width, self._highest = width, highest
        self.fit()

    def fit(self) -> None:
        """Be as high as the content is by now."""
        inside = self.area.widget()
        if inside is None:
            return
        if (layout := inside.layout()) is not None:
            layout.activate()
        height = min(self._highest, inside.sizeHint().height() + look().px(HEAD))
        self.resize(self._width, min(height, self._window.height() - 24))
        if self.isVisible():
            self._keep_inside()

    def tool(self, symbol: str, tip: str, then: object) -> QToolButton:
        """Make a button for the head; its key stands in brackets behind its words."""
        tool = QToolButton()
        tool.setIcon(icon(symbol))
        tool.setToolTip(tip)
        tool.setAccessibleName(tip.split(" (", maxsplit=1)[0])
        tool.setProperty("kind", "bare")
        tool.clicked.connect(then)
        return tool

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised sheet with a fine frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours().raised)
        painter.drawRoundedRect(place, 6, 6)
        outline(painter, place, colours().line1, 1.0, radius=6.0)
        painter.end()

    def _place(self, beside: QWidget | None) -> None:
        window = self._window
        if beside is None:
            self.move(window.width() - self.width() - 16, 80)
            return
        spot = (getattr(beside, "spot", None) or QRectF(beside.rect())).toRect()
        right = beside.mapTo(window, QPoint(spot.right() + 8, spot.top() - 12))
        left = beside.mapTo(window, QPoint(spot.left() - self.width() - 8, spot.top() - 12))
        last = window.width() - self.width() - 8
        if right.x() <= last + OVERLAP:
            self.move(min(right.x(), last), right.y())
        elif left.x() >= 0:
            self.move(left)
        else:
            self.move(beside.mapTo(window, QPoint(spot.left(), spot.bottom() + 6)))
        self._keep_inside()

    def _keep_inside(self) -> None:
        window = self._window
        self.move(
            max(8, min(self.x(), window.width() - self.width() - 8)),
            max(8, min(self.y(), window.height() - self.height() - 8)),
        )
