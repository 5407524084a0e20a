"""A number that opens: value, unit and range, and a dotted line under it that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal

from steelyard.gui.drawing import paint_reading, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter

    from steelyard.gui.readings import Reading


class Figure(Painted):
    """`[dot or pin] value unit  range`; a press, Enter, Space or F1 asks for its explanation."""

    asked = Signal(str)

    def __init__(self, reading: Reading, *, step: str = "medium", unit_step: str = "body", align: str = "left") -> None:
        super().__init__(reading.label or "Number", height=24)
        self._step, self._unit_step, self._align = step, unit_step, align
        self._over = False
        self._reading = reading
        self.show_reading(reading)

    @property
    def reading(self) -> Reading:
        """What it shows now."""
        return self._reading

    def show_reading(self, reading: Reading) -> None:
        """Show another reading."""
        self._reading = reading
        self.setAccessibleName(reading.label or "Number")
        self.setAccessibleDescription(reading.spoken() + (". Press Enter for the reason." if reading.name else ""))
        self.setToolTip("" if reading.known else "Not known; click for the reason")
        self.setCursor(Qt.CursorShape.PointingHandCursor if reading.name else Qt.CursorShape.ArrowCursor)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        one = look()
        reading = self._reading
        text = reading.value if reading.known else "?"
        width = one.metrics(self._step).horizontalAdvance(text) + one.px(4)
        if reading.unit and reading.known:
            width += one.metrics(self._unit_step).horizontalAdvance(f" {reading.unit}")
        if reading.range:
            width += one.metrics("small").horizontalAdvance(reading.range) + one.px(10)
        if reading.mark:
            width += one.px(13)
        return QSize(round(width + 1), max(one.px(24), round(one.metrics(self._step).height()) + one.px(6)))

    def paint(self, painter: QPainter) -> None:
        """Mark, value, unit, range, underline."""
        palette, one, reading = colours(), look(), self._reading
        baseline = (self.height() + one.metrics(self._step).capHeight()) / 2
        underline = "solid" if self._over else "dotted"
        if self._align == "right":
            paint_reading(
                painter,
                self.width() - one.px(2),
                baseline,
                reading,
                self._step,
                unit_step=self._unit_step,
                align="right",
                underline=underline,
            )
            return
        x = float(one.px(2))
        if reading.mark == "assumed":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.s1)
            painter.drawEllipse(QPointF(x + one.px(4), self.height() / 2), one.px(4), one.px(4))
            x += one.px(13)
        elif reading.mark:
            paint_symbol(
                painter, "pin", QRectF(x, self.height() / 2 - one.px(6), one.px(12), one.px(12)), palette.steel
            )
            x += one.px(13)
        end = paint_reading(painter, x, baseline, reading, self._step, unit_step=self._unit_step, underline=underline)
        if reading.range:
            write(painter, end + one.px(10), baseline, reading.range, "small", palette.ink3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press asks."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space and F1 ask."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The underline turns solid under the pointer."""
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And dotted again."""
        self._over = False
        self.update()
        super().leaveEvent(event)

    def _ask(self) -> None:
        if self._reading.name:
            self.asked.emit(self._reading.name)
