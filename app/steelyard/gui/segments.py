"""Segments: which of several parts is seen where there is room for one."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from steelyard.gui.controls import button
from steelyard.gui.flow import Flow


class Segments(QWidget):
    """Buttons of which one is chosen; they break into lines where they have to."""

    chosen = Signal(int)

    def __init__(self, name: str, labels: tuple[str, ...], *, within: bool = False) -> None:
        """within: they stand among other tools, which keep the margins, and not in a line of their own."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._within = within
        self._flow = Flow(self, gap=0)
        if not within:
            self._flow.setContentsMargins(20, 8, 20, 8)
        for place, label in enumerate(labels):
            press = button(label, "segment")
            press.setCheckable(True)
            press.setChecked(place == 0)
            self._group.addButton(press, place)
            self._flow.addWidget(press)
        self._group.idClicked.connect(self.chosen)

    @property
    def current(self) -> int:
        """The place of the part that is seen."""
        return self._group.checkedId()

    def choose(self, place: int) -> None:
        """Show another part."""
        if place != self.current:
            self._group.button(place).setChecked(True)
            self.chosen.emit(place)

    def sizeHint(self) -> QSize:
        """Among tools, one line as long as all of them."""
        hint = super().sizeHint()
        if not self._within:
            return hint
        sizes = [press.sizeHint() for press in self._group.buttons()]
        return QSize(sum(size.width() for size in sizes), max(size.height() for size in sizes))
