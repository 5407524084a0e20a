"""What every view has: its name, one sentence with the answer, tools at the right, and a body or an empty state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from steelyard.gui.controls import hairline, words
from steelyard.gui.look import look

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.empty import EmptyState

NARROW = 560
MOST_TOOLS = 0.65
"""Share of the width that tools may take beside the sentence."""


class Pane(QFrame):
    """A view. Until it has a body it shows why it is empty and what to do about it."""

    def __init__(self, title: str, sentence: str, empty: EmptyState) -> None:
        super().__init__()
        self.setProperty("kind", "base")
        self.setAccessibleName(title)
        self._sentence = words(sentence, "sentence", wrap=True)
        self._sentence.setAccessibleName("Answer")
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setContentsMargins(20, 12, 20, 10)
        self._head = head
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(words(title, "title"))
        column.addWidget(self._sentence)
        head.addLayout(column, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        head.addLayout(self.tools)
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self.empty = empty
        self.finder: QLineEdit | None = None
        """Where Ctrl+F goes."""

        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(hairline())
        whole.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the tools stand under the sentence."""
        self._arrange_head()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """So they do when more of them are shown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange_head()
        return super().event(event)

    def _arrange_head(self) -> None:
        items = [self.tools.itemAt(place) for place in range(self.tools.count())]
        tools = [item.widget() for item in items if item is not None]
        shown = any(tool is not None and not tool.isHidden() for tool in tools)
        width, wide = self.width(), self.tools.sizeHint().width()
        narrow = shown and (width < look().px(NARROW) or wide > width * MOST_TOOLS)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._head.direction() != direction:
            self._head.setDirection(direction)
            self._head.setStretch(0, 0 if narrow else 1)
            self._head.setAlignment(self.tools, Qt.AlignmentFlag.AlignLeft if narrow else Qt.AlignmentFlag(0))

    @property
    def sentence(self) -> str:
        """The answer that stands under the title."""
        return self._sentence.text()

    def say(self, sentence: str) -> None:
        """Put another answer under the title."""
        self._sentence.setText(sentence)

    def settle(self) -> None:
        """Do now what was put off until after the paint; most views put nothing off."""

    def complete(self) -> None:
        """Do now also what takes seconds and comes by itself later; most views have nothing of the kind."""

    def order(self) -> None:
        """Let Tab walk the view as it is read; most views were put together in that order."""

    def set_body(self, body: QWidget) -> None:
        """Show the view's body from now on."""
        self._stack.addWidget(body)
        self._stack.setCurrentWidget(body)

    def show_empty(self) -> None:
        """Back to the empty state; the body stays for later."""
        self._stack.setCurrentWidget(self.empty)

    def show_body(self) -> None:
        """The body again."""
        self._stack.setCurrentIndex(self._stack.count() - 1)
