"""The main window: menu, header, rail, views, verdict and status line. Nothing that it needs imports numpy.

The window is painted empty first; the desk fills it afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from steelyard.gui.controls import hairline
from steelyard.gui.empty import EmptyState
from steelyard.gui.header import Header
from steelyard.gui.look import look
from steelyard.gui.menus import Menus
from steelyard.gui.panes.pane import Pane
from steelyard.gui.popover import Popover
from steelyard.gui.rail import Rail, View
from steelyard.gui.status_line import StatusLine
from steelyard.gui.verdict import DOCK, DRAWER, WIDE_DOCK, Drawer, Verdict

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QResizeEvent

VIEWS = (
    View("brief", "brief", "Brief"),
    View("parts", "parts", "Parts"),
    View("balance", "balance", "Balance"),
    View("site", "site", "Site"),
)
SENTENCES = {
    "brief": "What must this machine do, and by when?",
    "parts": "What it is made of, and what every other choice would change.",
    "balance": "What each stage carries, against what is asked of it.",
    "site": "What it does to the circuit, the room and the ear.",
}
EMPTY_WORDS = {
    "brief": ("Nothing on the beam yet", "Add at least one workload. Everything else follows from it.", "Add a workload"),
    "parts": ("Nothing on the beam yet", "Choose the parts of the build. The picker says what each would change.", "New project"),
    "balance": ("Nothing on the beam yet", "A workload on one side and a build on the other are what is weighed here.", "Go to the brief"),
    "site": ("Nothing on the beam yet", "A build with a CPU and a supply is needed before watts can be counted.", "Go to the parts"),
}
DRAWER_BELOW, WIDE_FROM = 1200, 1920
LEAST = (1024, 640)


class Window(QMainWindow):
    """The desk's one window."""

    painted = Signal()
    closing = Signal(object)
    worn_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Steelyard")
        self.setAccessibleName("Steelyard")
        self.setMinimumSize(*LEAST)
        self.resize(1440, 900)
        self.menus = Menus(self)
        self.header = Header()
        self.rail = Rail(VIEWS)
        self.verdict = Verdict()
        self.drawer = Drawer()
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.stack = QStackedWidget()
        self.panes = {view.name: _empty_pane(view) for view in VIEWS}
        for pane in self.panes.values():
            self.stack.addWidget(pane)
        self.popover = Popover(self)
        self._drawer_open = False
        self._lay_out()
        self.rail.chosen.connect(self.show_view)
        self.drawer.opened.connect(self._toggle_drawer)
        self.show_view("parts")
        self.rail.setFocus()

    @property
    def view(self) -> str:
        """The view that is shown."""
        return self.rail.current

    def show_view(self, name: str) -> None:
        """Show a view and mark it on the rail."""
        self.rail.choose(name)
        self.stack.setCurrentWidget(self.panes[name])
        self.popover.hide()

    def set_pane(self, name: str, pane: Pane) -> None:
        """Put a filled view in the place of the empty one."""
        old = self.panes[name]
        shown = self.stack.currentWidget() is old
        self.stack.insertWidget(self.stack.indexOf(old), pane)
        self.stack.removeWidget(old)
        old.deleteLater()
        self.panes[name] = pane
        if shown:
            self.stack.setCurrentWidget(pane)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Below 1200 the verdict is a drawer at the foot; from 1920 on it is wider."""
        super().resizeEvent(event)
        self.popover.hide()
        self.arrange()

    def arrange(self) -> None:
        """Place the verdict for the width and the zoom of the moment."""
        one, width = look(), self.width()
        narrow = width < one.px(DRAWER_BELOW)
        self.verdict.setVisible(not narrow or self._drawer_open)
        self.verdict.setFixedWidth(one.px(WIDE_DOCK if width >= one.px(WIDE_FROM) else DOCK))
        self._verdict_line.setVisible(not narrow or self._drawer_open)
        self.drawer.setVisible(narrow)
        self.drawer.setFixedHeight(one.px(DRAWER))
        self._drawer_line.setVisible(narrow)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """A switch of theme or zoom reaches what keeps sizes or colours of its own."""
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "drawer"):
            self.worn_changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The desk may keep the window open, for work that is not saved."""
        self.closing.emit(event)

    def _toggle_drawer(self) -> None:
        self._drawer_open = not self._drawer_open
        self.arrange()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        rail = QFrame()
        rail.setProperty("kind", "panel")
        beside = QVBoxLayout(rail)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.rail)
        beside.addStretch()
        self._verdict_line = hairline(upright=True)
        self._drawer_line = hairline()
        middle.addWidget(rail)
        middle.addWidget(hairline(upright=True))
        middle.addWidget(self.stack, 1)
        middle.addWidget(self._verdict_line)
        middle.addWidget(self.verdict)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(hairline())
        column.addLayout(middle, 1)
        column.addWidget(self._drawer_line)
        column.addWidget(self.drawer)
        self.setCentralWidget(central)


def _empty_pane(view: View) -> Pane:
    title, text, main = EMPTY_WORDS[view.name]
    return Pane(view.word, SENTENCES[view.name], EmptyState(title, text, main, "Open sample"))
