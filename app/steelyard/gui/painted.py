"""What every painted widget shares: it is reached by keyboard, has a name, and shows where the focus is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from steelyard.gui.drawing import outline
from steelyard.gui.look import colours, look

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Painted(QWidget):
    """A widget that draws itself with the colours of the look that is worn, and nothing else."""

    def __init__(self, name: str, *, width: int = 40, height: int = 24, focus: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._least = (width, height)
        self._told = False
        self.spot: QRectF | None = None
        """Where in the widget the number stands that was asked about last; its explanation opens beside it."""

        if focus:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paint(self, painter: QPainter) -> None:
        """Draw the widget. The painter is antialiased; what must be crisp is placed on half pixels."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """The design's size at this zoom."""
        return QSize(look().px(self._least[0]), look().px(self._least[1]))

    def minimumSizeHint(self) -> QSize:
        """Never smaller than drawn."""
        return self.sizeHint()

    def set_least(self, width: int, height: int) -> None:
        """Another design size, in pixels at 100 %."""
        if (width, height) != self._least:
            self._least = (width, height)
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw, then the focus ring just inside the frame.

        A picture that cannot be drawn is told of once: telling repaints the window, and telling again would not end.
        """
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        try:
            self.paint(painter)
            if self.hasFocus():
                self.paint_ring(painter)
        except Exception:
            told, self._told = self._told, True
            if not told:
                raise
        else:
            self._told = False
        finally:
            painter.end()

    def paint_ring(self, painter: QPainter) -> None:
        """The focus ring: 2 px of steel."""
        outline(painter, QRectF(self.rect()), colours().steel, 2.0, radius=4.0)
