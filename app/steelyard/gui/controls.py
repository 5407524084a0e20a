"""Controls that the style sheet cannot draw: a choice with a chevron, a tick, a switch, and plain labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLabel, QPushButton, QSizePolicy

from steelyard.gui.drawing import elided, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


class Choice(QComboBox):
    """A combo box drawn as a field with a chevron; `step` sets its type."""

    def __init__(self, name: str, *, step: str = "medium", width: int = 0) -> None:
        super().__init__()
        self._step, self._width = step, width
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """28 high; as wide as its longest entry or as told."""
        one = look()
        texts = [one.metrics(self._step).horizontalAdvance(self.itemText(i)) for i in range(self.count())]
        return QSize(one.px(self._width) or round(max(texts, default=60)) + one.px(42), one.px(28))

    def minimumSizeHint(self) -> QSize:
        """May be squeezed; its text is then elided."""
        return QSize(look().px(52), look().px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, text, chevron."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, one = colours(), look()
        place = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.base)
        painter.drawRoundedRect(place, one.px(4), one.px(4))
        confirm = self.property("state") == "confirm"
        frame = palette.steel if self.hasFocus() else palette.brassfill if confirm else palette.line1
        outline(painter, place, frame, 2.0 if self.hasFocus() or confirm else 1.0, radius=one.px(4))
        baseline = (self.height() + one.metrics(self._step).capHeight()) / 2
        text = elided(self.currentText() or self.placeholderText(), self._step, self.width() - one.px(36))
        write(painter, one.px(9), baseline, text, self._step, palette.ink if self.currentText() else palette.ink3)
        size = one.px(14)
        paint_symbol(
            painter,
            "down",
            QRectF(self.width() - size - one.px(8), (self.height() - size) / 2, size, size),
            palette.ink2,
        )
        painter.end()

    def showPopup(self) -> None:
        """The list is as wide as its longest entry, whatever room the field has."""
        room = max(
            (look().metrics(self._step).horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0
        )
        self.view().setMinimumWidth(max(self.width(), round(room) + look().px(28)))
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the view must not change what is under the pointer."""
        event.ignore()


class Tick(QCheckBox):
    """A check box: filled steel with a check when on."""

    def __init__(self, text: str, *, step: str = "body", switch: bool = False) -> None:
        super().__init__(text)
        self._step, self._switch = step, switch
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """At least 24 high."""
        one = look()
        return QSize(
            round(one.metrics(self._step).horizontalAdvance(self.text())) + one.px(46 if self._switch else 28),
            one.px(26),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A box before the words, or a switch after them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, one = colours(), look()
        middle = self.height() / 2
        baseline = middle + one.metrics(self._step).capHeight() / 2
        if self._switch:
            write(painter, one.px(2), baseline, self.text(), self._step, palette.ink)
            self._paint_switch(painter, QRectF(self.width() - one.px(30), middle - one.px(8), one.px(28), one.px(16)))
        else:
            box = QRectF(one.px(2), middle - one.px(8), one.px(16), one.px(16))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.steel if self.isChecked() else palette.base)
            painter.drawRoundedRect(box, one.px(3), one.px(3))
            if self.isChecked():
                paint_symbol(painter, "ok", box.adjusted(2, 2, -2, -2), palette.onsteel)
            else:
                outline(painter, box, palette.line2, 1.0, radius=one.px(3))
            write(painter, one.px(26), baseline, self.text(), self._step, palette.ink)
        if self.hasFocus():
            outline(painter, QRectF(self.rect()), palette.steel, 2.0, radius=one.px(4))
        painter.end()

    def _paint_switch(self, painter: QPainter, place: QRectF) -> None:
        palette = colours()
        radius = place.height() / 2
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.steel if on else palette.base)
        painter.drawRoundedRect(place, radius, radius)
        if not on:
            outline(painter, place, palette.line2, 1.0, radius=radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.onsteel if on else palette.line2)
        x = place.right() - radius if on else place.left() + radius
        painter.drawEllipse(QPointF(x, place.center().y()), radius - 3, radius - 3)


def words(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label of one of the style sheet's kinds: title, sentence, h2, label, aside."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # parts, projects and files have names that others chose
    if kind:
        label.setProperty("kind", kind)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def button(text: str, kind: str = "", *, tip: str = "") -> QPushButton:
    """A push button: primary, plain, link, tag or segment."""
    result = QPushButton(text)
    result.setProperty("kind", kind)
    result.setAccessibleName(text)
    result.setToolTip(tip)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    return result


def hairline(*, upright: bool = False) -> QFrame:
    """A line between two areas."""
    frame = QFrame()
    frame.setProperty("kind", "line")
    frame.setFixedWidth(1) if upright else frame.setFixedHeight(1)
    return frame
