"""The badge that says when a workload runs; a press chooses another time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QMenu

from steelyard.gui.drawing import outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

RUNS: Final = {
    "day": ("D", "s2", "runs by day", "Beside all that runs by day, and what always runs"),
    "night": ("N", "s6", "runs by night", "Beside all that runs by night, and what always runs"),
    "always": ("A", "s3", "always runs", "Beside everything else"),
    "turns": ("T", "s5", "runs by turns", "Alone but for what always runs: it waits until the others are done"),
}
"""By the word of the project file: letter, colour, what it says, and beside what the workload then runs."""


class RunsBadge(Painted):
    """A framed letter with its words."""

    chosen = Signal(str)

    def __init__(self, of: str) -> None:
        super().__init__(f"When {of} runs", height=26)
        self._runs = "turns"
        self._short = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_runs("turns")

    @property
    def runs(self) -> str:
        """When it runs now: day, night, always or turns."""
        return self._runs

    def show_runs(self, runs: str) -> None:
        """Show another time."""
        self._runs = runs
        _, _, words, beside = RUNS[runs]
        self.setAccessibleDescription(f"{words}. {beside}. Press Enter to choose another time.")
        self.setToolTip(f"{beside}. Click to change it.")
        self.updateGeometry()
        self.update()

    def set_short(self, *, short: bool) -> None:
        """Where there is little room the letter stands alone."""
        if short != self._short:
            self._short = short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Letter and words."""
        one = look()
        words = 0.0 if self._short else one.metrics("small").horizontalAdvance(RUNS[self._runs][2]) + one.px(9)
        return QSize(round(words) + one.px(26), one.px(26))

    def paint(self, painter: QPainter) -> None:
        """The letter in its frame, then the words."""
        one, (letter, token, words, _) = look(), RUNS[self._runs]
        colour = getattr(colours(), token)
        box = QRectF(one.px(3), (self.height() - one.px(18)) / 2, one.px(18), one.px(18))
        outline(painter, box, colour, 1.5, radius=one.px(3))
        baseline = (self.height() + one.metrics("small medium").capHeight()) / 2
        write(painter, box.center().x(), baseline, letter, "small medium", colours().ink, align="centre")
        if not self._short:
            write(painter, box.right() + one.px(7), baseline, words, "small", colours().ink2)

    def menu(self) -> QMenu:
        """The four times, the present one checked."""
        menu = QMenu(self)
        menu.setAccessibleName(self.accessibleName())
        menu.setToolTipsVisible(True)
        for runs, (_, _, words, beside) in RUNS.items():
            action = menu.addAction(words[:1].upper() + words[1:])
            action.setToolTip(beside)
            action.setCheckable(True)
            action.setChecked(runs == self._runs)
            action.triggered.connect(lambda _on=False, runs=runs: self.chosen.emit(runs))
        return menu

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens the times."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do, too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down}:
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
