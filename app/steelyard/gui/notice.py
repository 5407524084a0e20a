"""What went wrong or was done, in a line at the foot of the window: nothing stops, nothing is covered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout

from steelyard.gui.controls import button, words
from steelyard.gui.look import look
from steelyard.gui.symbols import icon


class Notice(QFrame):
    """A sentence, what to do about it, and a report to copy where it was our mistake. The last notice replaces it.

    One that stays is there again when what was said over it goes, until it is closed itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._report = self._state = ""
        self._staying: tuple[str, str] | None = None
        self._stays = False
        self.setProperty("kind", "notice")
        self.symbol = QLabel()
        self._message, self._remedy = words("", "h2", wrap=True), words("", "sentence", wrap=True)
        self._copy = button("Copy report", tip="Put the details on the clipboard, to send to us")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._report))
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setProperty("kind", "bare")
        close.setAccessibleName("Dismiss")
        close.setToolTip("Dismiss")
        close.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(self._message)
        column.addWidget(self._remedy)
        row.addWidget(self.symbol)
        row.addLayout(column, 1)
        row.addWidget(self._copy)
        row.addWidget(close)
        self.hide()

    @property
    def said(self) -> tuple[str, str]:
        """What it says now: what is wrong or was done, and what to do about it."""
        return self._message.text(), self._remedy.text()

    @property
    def text(self) -> str:
        """What it says now, as one."""
        return " ".join(self.said).strip()

    @property
    def report(self) -> str:
        """The details of our mistake, empty where there is none."""
        return self._report

    def stay(self, message: str, remedy: str = "") -> None:
        """Say what holds for as long as the window is open, whatever is done in it meanwhile."""
        self._staying = (message, remedy)
        self.tell(message, remedy)
        self._stays = True

    def dismiss(self) -> None:
        """What was told was about the state before: it goes, unless it stays."""
        if self._staying is None:
            self.hide()
        elif not self._stays:
            self.stay(*self._staying)

    def tell(self, message: str, remedy: str = "", *, state: str = "warn", report: str = "") -> None:
        """Say it, and let screen readers say it."""
        self._stays = False
        self._message.setText(message)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self._report = report
        self._copy.setVisible(bool(report))
        self._state = state
        self._draw_symbol()
        self.setAccessibleName(f"{message} {remedy}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def changeEvent(self, event: QEvent) -> None:
        """The symbol follows theme and zoom."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange} and self._state:
            self._draw_symbol()

    def _close(self) -> None:
        if self._stays:
            self._staying = None
        self.dismiss()

    def _draw_symbol(self) -> None:
        side = look().px(16)
        self.symbol.setPixmap(icon(self._state, self._state).pixmap(QSize(side, side)))
