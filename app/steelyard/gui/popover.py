"""The explanation of a number, beside what it explains: value, formula, causes as links, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from steelyard.gui.causes import Causes
from steelyard.gui.controls import button, words
from steelyard.gui.figure import Figure
from steelyard.gui.look import look
from steelyard.gui.raised import Raised

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from steelyard.gui.lines import Cause, Explained

WIDTH, HIGHEST = 380, 560
EDGES, MARGIN = 30, 4
UNHELD = "No published measurement is held against this yet."


class Popover(Raised):
    """Stays until Esc, a press on its cross, or another question; Back returns to the number before."""

    followed = Signal(str)
    accuracy_wanted = Signal(object)
    copied = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Explanation")
        self._trail: list[Explained] = []
        self._back = self.tool("back", "Back to the number before (Alt+Left)", self.back)
        self.head.insertWidget(0, self._back)
        self.head.insertWidget(2, self.tool("copy", "Copy as text (Ctrl+C)", self.copy))

    def explain(self, explained: Explained, beside: QWidget | None) -> None:
        """Open on a number, beside the widget that shows it."""
        self._trail = [explained]
        self._fill()
        self.open_beside(beside)
        inside = self.area.widget()
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, Alt+Left and Backspace go back, Ctrl+C copies."""
        if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Left}:
            self.back()
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        explained = self._trail[-1]
        self._back.setVisible(len(self._trail) > 1)
        self.name.setText(explained.label)
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
        self.hold(inside, look().px(WIDTH), self._inner, look().px(HIGHEST))

    @property
    def _inner(self) -> int:
        """The width of what is said: the bar beside it, which grows with the text, lies over nothing."""
        return look().px(WIDTH) - EDGES - self.area.verticalScrollBar().sizeHint().width()


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
