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
from steelyard.gui.rail import Rail, View
from steelyard.gui.status_line import StatusLine
from steelyard.gui.tab_order import walk_in_order
from steelyard.gui.verdict import DOCK, WIDE_DOCK, Verdict

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from steelyard.gui.drawer import Drawer
    from steelyard.gui.notice import Notice
    from steelyard.gui.popover import Popover

VIEWS = (
    View("brief", "brief", "Brief"),
    View("requirements", "requirements", "Requirements"),
    View("parts", "parts", "Parts"),
    View("balance", "balance", "Balance"),
    View("site", "site", "Site"),
)
SENTENCES = {
    "brief": "What must this machine do, and by when?",
    "requirements": "What the work needs, at the least, recommended and comfortable.",
    "parts": "What it is made of, and what every other choice would change.",
    "balance": "What each stage carries, against what is asked of it.",
    "site": "What it does to the circuit, the room and the ear.",
}
EMPTY_WORDS = {
    "brief": (
        "Nothing on the beam yet",
        "Add at least one workload. Everything else follows from it.",
        "Add a workload",
    ),
    "requirements": (
        "Nothing is asked yet",
        "Requirements follow from workloads: add one in the brief.",
        "Go to the brief",
    ),
    "parts": (
        "Nothing on the beam yet",
        "Choose the parts of the build. The picker says what each would change.",
        "New project",
    ),
    "balance": (
        "Nothing on the beam yet",
        "A workload on one side and a build on the other are what is weighed here.",
        "Go to the brief",
    ),
    "site": (
        "Nothing on the beam yet",
        "A build with a CPU and a supply is needed before watts can be counted.",
        "Go to the parts",
    ),
}
DRAWER_BELOW, WIDE_FROM = 1200, 1920
LEAST = (1024, 640)
DRAWER_HEIGHT, DRAWER_LINE, BARS = 128, 60, 98
"""Heights of the drawer, of its first line alone, and of menu, header and status line."""
LEAST_VIEW = 320
"""What a view keeps before the drawer closes to one line."""


class Window(QMainWindow):
    """The desk's one window."""

    painted = Signal()
    view_shown = Signal(str)
    pane_made = Signal(str)
    drawer_added = Signal()
    closing = Signal(object)
    worn_changed = Signal()
    followed = Signal(str)
    accuracy_wanted = Signal(object)

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
        self.drawer: Drawer | None = None
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.stack = QStackedWidget()
        self.panes: dict[str, Pane] = {}
        self._popover: Popover | None = None
        self._notice: Notice | None = None
        self._finished = False
        self._drawer_open = False
        self._dock_shown = True
        self._lay_out()
        self.rail.chosen.connect(self.show_view)
        self.show_view("parts")
        self.rail.setFocus()

    @property
    def view(self) -> str:
        """The view that is shown."""
        return self.rail.current

    def show_view(self, name: str) -> None:
        """Show a view and mark it on the rail."""
        self.rail.choose(name)
        self.stack.setCurrentWidget(self.pane(name))
        self.hide_popover()
        self.view_shown.emit(name)
        walk_in_order(self.header, self.rail, self.stack, self.verdict)
        self.panes[name].order()

    def pane(self, name: str) -> Pane:
        """A view, made when it is first wanted."""
        if name not in self.panes:
            self.panes[name] = _empty_pane(next(view for view in VIEWS if view.name == name))
            self.stack.addWidget(self.panes[name])
            self.pane_made.emit(name)
        return self.panes[name]

    @property
    def notice(self) -> Notice:
        """Where trouble is told."""
        if self._notice is None:
            from steelyard.gui.notice import Notice

            self._notice = Notice()
            self._whole.insertWidget(self._whole.indexOf(self._drawer_line), self._notice)
        return self._notice

    @property
    def popover(self) -> Popover:
        """The one explanation that is open, or was."""
        if self._popover is None:
            from steelyard.gui.popover import Popover

            self._popover = Popover(self)
            self._popover.followed.connect(self.followed)
            self._popover.accuracy_wanted.connect(self.accuracy_wanted)
        return self._popover

    def hide_popover(self) -> None:
        """Close the explanation, if one is open."""
        if self._popover is not None:
            self._popover.hide()

    def hide_notice(self) -> None:
        """Put away what was told, if anything was."""
        if self._notice is not None:
            self._notice.dismiss()

    def finish(self) -> None:
        """What the first paint does not need: the commands in the menus."""
        if not self._finished:
            self._finished = True
            self.menus.fill(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is there, for what waits until then."""
        super().paintEvent(event)
        self.painted.emit()

    def set_pane(self, name: str, pane: Pane) -> None:
        """Put a filled view in the place of the empty one."""
        old = self.pane(name)
        shown = self.stack.currentWidget() is old
        self.stack.insertWidget(self.stack.indexOf(old), pane)
        self.stack.removeWidget(old)
        old.deleteLater()
        self.panes[name] = pane
        if shown:
            self.stack.setCurrentWidget(pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below 1200 the verdict is a drawer at the foot; from 1920 on it is wider."""
        super().resizeEvent(event)
        self.hide_popover()
        self.arrange()

    def set_dock(self, *, shown: bool) -> None:
        """Show the verdict, or leave its place to the view (the brief has the lab there)."""
        if shown != self._dock_shown:
            self._dock_shown = shown
            self.arrange()

    def arrange(self) -> None:
        """Place the verdict for the width and the zoom of the moment."""
        one, width = look(), self.width()
        self.menus.fit(width)
        narrow = width < one.px(DRAWER_BELOW)
        seen = self._dock_shown and (not narrow or self._drawer_open)
        self.verdict.setVisible(seen)
        self.verdict.setFixedWidth(one.px(WIDE_DOCK if width >= one.px(WIDE_FROM) else DOCK))
        self._verdict_line.setVisible(seen)
        self._drawer_line.setVisible(narrow and self._dock_shown)
        if narrow and self.drawer is None:
            self._add_drawer()
        if self.drawer is not None:
            self.drawer.setVisible(narrow and self._dock_shown)
            low = self.height() < one.px(BARS + DRAWER_HEIGHT + LEAST_VIEW)
            self.drawer.strip.setVisible(not low)
            self.drawer.setFixedHeight(one.px(DRAWER_LINE if low else DRAWER_HEIGHT))

    def changeEvent(self, event: QEvent) -> None:
        """A switch of theme or zoom reaches what keeps sizes or colours of its own."""
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and self._finished:
            self.worn_changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The desk may keep the window open, for work that is not saved."""
        self.closing.emit(event)

    def _toggle_drawer(self) -> None:
        self._drawer_open = not self._drawer_open
        self.arrange()

    def _add_drawer(self) -> None:
        from steelyard.gui.drawer import Drawer

        self.drawer = Drawer()
        self.drawer.opened.connect(self._toggle_drawer)
        self._whole.addWidget(self.drawer)
        self.drawer_added.emit()

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
        self._whole = column
        self.setCentralWidget(central)


def _empty_pane(view: View) -> Pane:
    title, text, main = EMPTY_WORDS[view.name]
    return Pane(view.word, SENTENCES[view.name], EmptyState(title, text, main, "Open sample"))
