"""The explanation of a number, beside what it explains: value, formula, causes as links, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from steelyard.gui.causes import Causes
from steelyard.gui.controls import button, words
from steelyard.gui.drawing import outline
from steelyard.gui.figure import Figure
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from steelyard.gui.lines import Cause, Explained

WIDTH, HIGHEST = 380, 560
EDGES, MARGIN = 30, 4
UNHELD = "No published measurement is held against this yet."
OVERLAP = 48
"""How far the explanation may reach over the end of a wide widget, when it then stands on the dock."""


class Popover(QFrame):
    """Stays until Esc, a press on its cross, or another question; Back returns to the number before."""

    followed = Signal(str)
    accuracy_wanted = Signal(object)
    copied = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAccessibleName("Explanation")
        self._trail: list[Explained] = []
        self._before: QWidget | None = None
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        self.setGraphicsEffect(shadow)
        self._shadow = shadow
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 12, 14)
        head = QHBoxLayout()
        self._back = self._tool("back", "Back to the number before (Alt+Left)", self.back)
        self._name = words("", "sentence", wrap=True)
        copy = self._tool("copy", "Copy as text (Ctrl+C)", self.copy)
        close = self._tool("close", "Close (Esc)", self.close_it)
        head.addWidget(self._back)
        head.addWidget(self._name, 1)
        head.addWidget(copy)
        head.addWidget(close)
        outer.addLayout(head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(self._scroll)
        self.hide()

    def explain(self, explained: Explained, beside: QWidget | None) -> None:
        """Open on a number, beside the widget that shows it."""
        self._trail = [explained]
        self._before = beside
        self._fill()
        self._place(beside)
        self.show()
        self.raise_()
        inside = self._scroll.widget()
        if inside is not None:
            inside.setFocus()

    def follow(self, explained: Explained) -> None:
        """Go on to a cause; Back returns."""
        self._trail.append(explained)
        self._fill()

    @property
    def current(self) -> Explained | None:
        """What is explained now, or was last."""
        return self._trail[-1] if self._trail else None

    def back(self) -> None:
        """The number before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._fill()

    def copy(self) -> None:
        """Put the explanation on the clipboard as text."""
        QGuiApplication.clipboard().setText(as_text(self._trail[-1]))
        self.copied.emit()

    def close_it(self) -> None:
        """Close and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Alt+Left and Backspace go back, Ctrl+C copies."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Left}:
            self.back()
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy()
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

    def _fill(self) -> None:
        explained = self._trail[-1]
        self._back.setVisible(len(self._trail) > 1)
        self._name.setText(explained.label)
        self.setAccessibleDescription(as_text(explained))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, MARGIN, 0)
        column.setSpacing(8)
        mark = "overridden" if explained.pinned else explained.reading.mark
        column.addWidget(Figure(explained.reading._replace(name="", mark=mark), step="popover value"))
        if explained.formula:
            column.addWidget(
                _formula(f"{explained.formula}\n= {explained.numbers}" if explained.numbers else explained.formula)
            )
        if explained.note:
            column.addWidget(words(explained.note, "label", wrap=True))
        if explained.causes:
            causes = Causes(explained.causes, self._inner - MARGIN)
            causes.followed.connect(self.followed)
            column.addWidget(causes)
        for title, text in (("Weakest", explained.weakest), ("Source", "; ".join(explained.sources))):
            if text:
                column.addWidget(words(f"{title}: {text}", "label", wrap=True))
        if explained.rests_on is not None:
            link = button("How accurate is this?", "link", tip="Predicted against measured, by family of measurements")
            link.clicked.connect(lambda: self.accuracy_wanted.emit(explained))
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        elif explained.unheld:
            column.addWidget(words(UNHELD, "label", wrap=True))
        column.addStretch()
        inside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        inside.setFixedWidth(self._inner)
        height = min(look().px(HIGHEST), inside.sizeHint().height() + look().px(64))
        self.resize(look().px(WIDTH), min(height, self._window.height() - 24))
        if self.isVisible():
            self._keep_inside()

    @property
    def _inner(self) -> int:
        """The width of what is said: the bar beside it, which grows with the text, lies over nothing."""
        return look().px(WIDTH) - EDGES - self._scroll.verticalScrollBar().sizeHint().width()

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

    def _tool(self, symbol: str, tip: str, then: object) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(icon(symbol))
        tool.setToolTip(tip)
        tool.setAccessibleName(tip.split(" (", maxsplit=1)[0])
        tool.setProperty("kind", "bare")
        tool.clicked.connect(then)
        return tool


def _formula(text: str) -> QLabel:
    label = words(text, "formula", wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _spread(cause: Cause) -> str:
    return f"{cause.value}, {cause.range}" if cause.range else cause.value


def as_text(explained: Explained) -> str:
    """The explanation in plain lines, for the clipboard and for screen readers."""
    reading = explained.reading
    lines = [f"{explained.label}: {reading.value if reading.known else 'unknown'} {reading.unit}".rstrip()]
    if reading.range:
        lines.append(f"range {reading.range}")
    lines += [f"= {text}" for text in (explained.formula, explained.numbers) if text]
    lines += [f"{'  ' * (cause.depth + 1)}{cause.label}: {_spread(cause)} ({cause.tier})" for cause in explained.causes]
    lines += [text for text in (explained.note, explained.weakest) if text]
    lines += [f"Source: {source}" for source in explained.sources]
    if explained.unheld:
        lines.append(UNHELD)
    return "\n".join(lines)
