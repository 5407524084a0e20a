"""The browser of workloads: search by words, tags to narrow it, and the list by families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from steelyard.gui.controls import button
from steelyard.gui.drawing import outline, write
from steelyard.gui.fields import Field
from steelyard.gui.flow import Flow
from steelyard.gui.look import colours, look
from steelyard.gui.present.browser import found, tag_words, tags_view
from steelyard.gui.symbols import paint_symbol
from steelyard.gui.workload_list import WorkloadList

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from steelyard.gui.present.browser import Offered


LEFT, RIGHT = 14, 6
LOW = 230
"""Below this height of the browser the tags leave their room to the list."""


class SearchField(Field):
    """A line with a magnifying glass and the key that leads here. Down and Enter go on into the list."""

    list_wanted = Signal()
    first_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find a workload")
        self.setAccessibleName("Find a workload")
        self.setAccessibleDescription("Words such as CT, notes or variants. The key / leads here, Down into the list.")
        self.setTextMargins(look().px(20), 0, look().px(22), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, the glass at its left, the key at its right while it is empty."""
        super().paintEvent(event)
        one, palette, painter = look(), colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        paint_symbol(painter, "search", QRectF(one.px(8), middle - one.px(7), one.px(14), one.px(14)), palette.ink3)
        if not self.text():
            box = QRectF(self.width() - one.px(24), middle - one.px(9), one.px(16), one.px(18))
            outline(painter, box, palette.line1, 1.0, radius=one.px(3))
            baseline = middle + one.metrics("mono small").capHeight() / 2
            write(painter, box.center().x(), baseline, "/", "mono small", palette.ink2, align="centre")
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes into the list, Enter takes what is found, Esc empties."""
        if event.key() == Qt.Key.Key_Down:
            self.list_wanted.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.first_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class WorkloadBrowser(QFrame):
    """Search, tags, list. `wanted` carries the id of the workload that is to be added."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.search = SearchField()
        self.list = WorkloadList()
        self.tags: dict[str, QPushButton] = {}
        self._offered: tuple[Offered, ...] = ()
        self._tag_row = QWidget()
        self._flow = Flow(self._tag_row)
        self._scroll = QScrollArea()
        self._build()

    def show_offered(self, offered: tuple[Offered, ...]) -> None:
        """List other workloads, or the same ones with others added."""
        if offered == self._offered:
            return
        tags = tags_view(offered)
        if tags != tuple(self.tags):
            self._show_tags(tags)
        self._offered = offered
        self._narrow()

    def event(self, event: QEvent) -> bool:
        """Where the width changes the tags may need another line; where it is low the list has their room."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize, QEvent.Type.Show}:
            self._fit_tags()
        return super().event(event)

    def _fit_tags(self) -> None:
        room = self.width() - LEFT - RIGHT
        self._tag_row.setFixedHeight(self._flow.heightForWidth(max(look().px(60), room)))
        self._tag_row.setVisible(self.height() >= look().px(LOW))

    def _narrow(self) -> None:
        """What is typed and chosen decides what is listed; a tag that would leave nothing cannot be chosen."""
        chosen = frozenset(tag for tag, press in self.tags.items() if press.isChecked())
        typed = self.search.text()
        self.list.show_shelves(found(self._offered, typed, chosen))
        left = self.list.offered
        for tag, press in self.tags.items():
            press.setEnabled(press.isChecked() or any(tag in each.tags for each in left))

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for press in self.tags.values():
            press.deleteLater()
        self.tags = {}
        for tag in tags:
            press = button(tag_words(tag), "tag")
            press.setCheckable(True)
            press.setAccessibleName(f"Only workloads about {tag_words(tag)}")
            press.toggled.connect(lambda _on: self._narrow())
            self.tags[tag] = press
            self._flow.addWidget(press)
            press.show()  # what is hidden has no size, and Qt would show it only after the first paint
        self._fit_tags()

    def _take_first(self) -> None:
        """Enter in the search adds what is found where it is one; where it is more, the list is walked."""
        if len(self.list.offered) == 1:
            self.wanted.emit(self.list.offered[0].id)
        else:
            self.list.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 12, RIGHT, 8)
        column.setSpacing(8)
        for each in (self.search, self._tag_row):
            column.addWidget(each)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.list)
        column.addWidget(self._scroll, 1)
        self.search.textChanged.connect(lambda _text: self._narrow())
        self.search.list_wanted.connect(self.list.setFocus)
        self.search.first_wanted.connect(self._take_first)
        self.list.wanted.connect(self.wanted)
        self.list.left_at_top.connect(self.search.setFocus)
        self.list.walked.connect(lambda place: self._scroll.ensureVisible(0, place.center().y(), 0, place.height()))
