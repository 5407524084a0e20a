"""Browsing the catalogue: filters at the left, what was found in the middle, the data sheet at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from steelyard.errors import SteelyardError
from steelyard.gui.catalogue.data_sheet import DataSheet
from steelyard.gui.catalogue.filters import FilterList, Option
from steelyard.gui.catalogue.results import Results
from steelyard.gui.catalogue.sheet import LAYER_WORDS, STATUS_WORDS
from steelyard.gui.catalogue.stock import Wanted
from steelyard.gui.controls import Choice, hairline, words
from steelyard.gui.empty import EmptyState
from steelyard.gui.fields import Field
from steelyard.gui.look import look

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from steelyard.gui.catalogue.stock import Pages, Stock

NARROW = 1060
"""Below this width the data sheet stands under the list."""

COUNT_AFTER = 60
"""Milliseconds without a keystroke after which the filters are counted anew."""

ORDERS = {"best": "Best match first", "name": "By name", "manufacturer": "By maker", "kind": "By kind"}
EMPTY_LAYERS = {
    "own": (
        "No part of your own yet",
        "Open a part that is like it, and press New part like this. Whatever you change keeps its source.",
    ),
    "opendb": (
        "Nothing was imported yet",
        "`steelyard catalog import opendb PATH` reads a copy of BuildCores OpenDB, a folder or an archive, offline.",
    ),
}
"""What an empty layer says: how parts come into it."""

FILTERED, UNFOUND = 1, 2
"""Places of the empty states in the list's stack; those of the layers follow."""

EVERY_MAKER = "Every maker"


class PartsPage(QWidget):
    """Search as you type over all layers."""

    troubled = Signal(object)
    said = Signal(str)

    def __init__(self, stock: Stock) -> None:
        super().__init__()
        self._stock = stock
        self._pages: Pages | None = None
        self._makers: tuple[str | None, ...] = (None,)
        self.search = Field()
        self.search.setPlaceholderText("Find a part: name, maker, order number, socket, size")
        self.search.setAccessibleName("Find a part")
        self.order = Choice("Order", step="body")
        self.order.addItems(list(ORDERS.values()))
        self.kinds, self.layers, self.states = FilterList("Kind"), FilterList("Layer"), FilterList("Sold")
        self.makers = Choice("Maker", step="body", width=164)
        self.results = Results()
        self.sheet = DataSheet()
        self._found = words("", "aside")
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.setInterval(COUNT_AFTER)
        self._count.timeout.connect(self._show_counts)
        self._lay_out()
        self._connect()

    @property
    def wanted(self) -> Wanted:
        """What is searched for now."""
        order = list(ORDERS)[max(0, self.order.currentIndex())]
        maker = self._makers[max(0, self.makers.currentIndex())]
        return Wanted(self.search.text(), self.kinds.value, self.layers.value, maker, self.states.value, order)

    def refresh(self) -> None:
        """Search anew: at first, and after the catalogue changed."""
        self._search()
        self.settle()

    def settle(self) -> None:
        """Count the filters now; for pictures and tests."""
        self._count.stop()
        self._show_counts()

    def seek(self, part_id: str) -> None:
        """Search for a part by its name, without filters, and show its data sheet."""
        self._forget_filters()
        info = self._stock.catalog.parts.get(part_id)
        self._show(part_id)
        if info is not None:
            self.search.setText(f"{info.manufacturer} {info.name}")
            self._show(part_id)
        self.sheet.values.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the data sheet stands under the list."""
        way = Qt.Orientation.Vertical if event.size().width() < look().px(NARROW) else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            upright = way == Qt.Orientation.Vertical
            self._split.setSizes([260, 380] if upright else [560, 420])
            self.sheet.lie(wide=upright)
        super().resizeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search Down and Enter go to the list, Esc empties it."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.results.setFocus()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        """Every keystroke: a page of the index costs less than the paint that follows."""
        try:
            self._pages = self._stock.search(self.wanted)
        except SteelyardError as trouble:
            self.troubled.emit(trouble)
            return
        total = len(self._pages)
        self._found.setText(f"{total:,} found" if total else "Nothing found")
        self._list.setCurrentIndex(0 if total else self._why_empty())
        before = self.sheet.sheet.part_id if self.sheet.sheet is not None else ""
        self.results.show_pages(self._pages, self._stock.catalog, before)
        if not total:
            self.sheet.show_nothing()
        self._count.start()

    def _why_empty(self) -> int:
        """Which empty state is right: nothing has these words, or the layer that was chosen is empty."""
        layer = self.layers.value
        none_at_all = layer in EMPTY_LAYERS and not len(self._stock.search(Wanted(layer=layer)))
        if none_at_all:
            return UNFOUND + 1 + list(EMPTY_LAYERS).index(str(layer))
        wanted = self.wanted
        return FILTERED if (wanted.kind, wanted.layer, wanted.maker, wanted.status) != (None,) * 4 else UNFOUND

    def _show(self, part_id: str) -> None:
        try:
            self.sheet.show_sheet(self._stock.sheet(part_id))
        except SteelyardError as trouble:
            self.sheet.show_nothing()
            self.troubled.emit(trouble)

    def _show_counts(self) -> None:
        try:
            counts = self._stock.counts(self.wanted)
        except SteelyardError as trouble:
            self.troubled.emit(trouble)
            return
        schema = self._stock.catalog.schema
        kinds = {**dict.fromkeys(schema, 0), **counts["kind"]}
        names = {name: schema[name].label if name in schema else name for name in kinds}
        self.kinds.show_options(
            tuple(Option(name, names[name], kinds[name]) for name in sorted(kinds, key=names.__getitem__))
        )
        self.layers.show_options(tuple(Option(n, w, counts["layer"].get(n, 0)) for n, w in LAYER_WORDS.items()))
        self.states.show_options(tuple(Option(n, w, counts["status"].get(n, 0)) for n, w in STATUS_WORDS.items()))
        self._show_makers(counts["manufacturer"])
        self.said.emit("")

    def _show_makers(self, counts: dict[str, int]) -> None:
        chosen = self._makers[max(0, self.makers.currentIndex())]
        names = sorted({*counts, *([chosen] if chosen is not None else [])}, key=str.casefold)
        self._makers = (None, *names)
        self.makers.blockSignals(True)
        self.makers.clear()
        self.makers.addItems([EVERY_MAKER, *(f"{name} ({counts.get(name, 0):,})" for name in names)])
        self.makers.setCurrentIndex(self._makers.index(chosen))
        self.makers.blockSignals(False)

    def _forget_filters(self) -> None:
        for each in (self.kinds, self.layers, self.states):
            each.choose(None)
        self.makers.setCurrentIndex(0)
        self.search.clear()
        self._search()
        self.search.setFocus()

    def _lay_out(self) -> None:
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self._middle())
        self._split.addWidget(self.sheet)
        self._split.setSizes([560, 420])
        self._split.setStretchFactor(0, 1)
        self._split.setChildrenCollapsible(False)
        self.sheet.setMinimumWidth(340)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._filters())
        row.addWidget(hairline(upright=True))
        row.addWidget(self._split, 1)

    def _filters(self) -> QWidget:
        inside = QFrame()
        inside.setProperty("kind", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        for each in (self.kinds, self.layers, self.states):
            column.addWidget(each)
        maker = QVBoxLayout()
        maker.setContentsMargins(14, 4, 12, 4)
        maker.setSpacing(4)
        maker.addWidget(words("Maker", "label"))
        maker.addWidget(self.makers)
        column.addLayout(maker)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(look().px(200))
        scroll.setWidget(inside)
        return scroll

    def _middle(self) -> QWidget:
        middle = QFrame()
        middle.setProperty("kind", "base")
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.setSpacing(8)
        head.addWidget(self.search, 1)
        head.addWidget(self.order)
        column.addLayout(head)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 14, 4)
        below.addWidget(self._found)
        below.addStretch()
        column.addLayout(below)
        self._list = QStackedWidget()
        self._list.addWidget(self.results)
        for text, press in (
            ("No part has all of these words under these filters.", "Forget the filters"),
            ("No part has all of these words.", "Empty the search"),
        ):
            empty = EmptyState("Nothing found", text, press)
            empty.main.connect(self._forget_filters)
            self._list.addWidget(empty)
        for title, text in EMPTY_LAYERS.values():
            layer = EmptyState(title, text, "Show every layer")
            layer.main.connect(self._forget_filters)
            self._list.addWidget(layer)
        column.addWidget(self._list, 1)
        return middle

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(lambda _text: self._search())
        self.order.activated.connect(lambda _at: self._search())
        self.makers.activated.connect(lambda _at: self._search())
        for each in (self.kinds, self.layers, self.states):
            each.chosen.connect(lambda _value: self._search())
        self.results.shown.connect(self._show)
        self.results.entered_part.connect(lambda _part: self.sheet.values.setFocus())
