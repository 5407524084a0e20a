"""The list of parts: whatever was searched for, read from the library as far as it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal

from steelyard.gui.catalogue.sheet import LAYER_WORDS, STATUS_WORDS, price_words
from steelyard.gui.drawing import elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.symbols import paint_symbol
from steelyard.gui.tables import LINE, Column, Index, LineDelegate, Lines, LinesModel

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QPainter, QResizeEvent

    from steelyard.catalog import Catalog
    from steelyard.gui.catalogue.stock import Pages
    from steelyard.library.search import Entry

ROW = 43
STATE, PART, KIND, LAYER, PRICE = range(5)
NARROW = {KIND: 560, LAYER: 450}
"""Below these widths of the list a column leaves."""


class ResultDelegate(LineDelegate):
    """Two lines for the part: its name over maker and order number; what is not in use is grey."""

    def __init__(self) -> None:
        super().__init__(ROW)
        self.catalog: Catalog | None = None
        self.pinned: frozenset[str] = frozenset()
        """Parts with a value that the user put in the catalogue's place."""

    def paint_cell(self, painter: QPainter, place: QRectF, index: Index, *, selected: bool) -> None:
        """One cell of a part's row."""
        palette, one = colours(), look()
        entry: Entry = index.data(LINE)
        ink = palette.ink if entry.in_use else palette.ink3
        top, low = place.top() + one.px(18), place.top() + one.px(34)
        if index.column() == STATE:
            box = QRectF(place.right() - one.px(17), place.center().y() - one.px(6.5), one.px(13), one.px(13))
            ground = palette.steelsoft if selected else palette.base
            if entry.part_id in self.pinned:
                paint_symbol(painter, "pin", box, palette.steel, ground)
            elif entry.in_use:
                paint_symbol(painter, "ok", box, palette.ok, ground)
        elif index.column() == PART:
            left, width = place.left() + one.px(6), place.width() - one.px(10)
            write(painter, left, top, elided(entry.name, "medium", width), "medium", ink)
            write(painter, left, low, elided(maker_words(entry), "small", width), "small", palette.ink2)
        elif index.column() == KIND:
            write(painter, place.left() + one.px(4), top, self._kind(entry), "body", ink)
            said = STATUS_WORDS.get(entry.status, entry.status) if entry.status else ""
            write(painter, place.left() + one.px(4), low, said, "small", palette.ink3)
        elif index.column() == LAYER:
            room = place.width() - one.px(8)
            write(painter, place.left() + one.px(4), top, elided(layer_words(entry), "body", room), "body", ink)
            use = "" if entry.layer != "opendb" else "in use" if entry.in_use else "not in use"
            write(painter, place.left() + one.px(4), low, use, "small", palette.ink3)
        else:
            self._paint_price(painter, place, entry, ink)

    def _kind(self, entry: Entry) -> str:
        kind = self.catalog.schema.get(entry.kind) if self.catalog is not None else None
        return entry.kind if kind is None else kind.label

    def _paint_price(self, painter: QPainter, place: QRectF, entry: Entry, ink: object) -> None:
        palette, one = colours(), look()
        right = place.right() - one.px(12)
        if self.catalog is None or entry.part_id not in self.catalog.parts:
            write(painter, right, place.top() + one.px(18), "–", "body", palette.ink3, align="right")
            return
        price = self.catalog.price(entry.part_id)
        said = price_words(price)
        if price is None or not said:
            write(painter, right, place.top() + one.px(18), "?", "body", palette.unknown, align="right")
            return
        write(painter, right, place.top() + one.px(18), said["amount"], "body", ink, align="right")  # type: ignore[arg-type]
        words = f"{said['currency']}, {price.kind}"
        write(painter, right, place.top() + one.px(34), words, "small", palette.ink3, align="right")


class Results(Lines):
    """The list. Moving over it shows the data sheet; Enter goes there."""

    shown = Signal(str)
    entered_part = Signal(str)

    def __init__(self) -> None:
        self._lines = LinesModel(
            (
                Column("", lambda entry: "in use" if entry.in_use else "not in use", right=False, width=28),
                Column("Part", lambda entry: f"{entry.name}\n{maker_words(entry)}", right=False),
                Column("Kind", lambda entry: entry.kind, right=False, width=104),
                Column("Layer", layer_words, right=False, width=108),
                Column("Price", lambda _entry: "", width=98),
            )
        )
        super().__init__("Parts found", self._lines, ROW, PART)
        self.delegate = ResultDelegate()
        self.setItemDelegate(self.delegate)
        self.selectionModel().currentRowChanged.connect(self._moved)
        self.activated.connect(lambda index: self.entered_part.emit(self._lines.lines[index.row()].part_id))

    @property
    def part(self) -> str:
        """The part whose row is current; empty where there is none."""
        row = self.currentIndex().row()
        return self._lines.lines[row].part_id if 0 <= row < len(self._lines.lines) else ""

    def show_pages(self, pages: Pages, catalog: Catalog, keep: str = "") -> None:
        """Show what was found, with the part `keep` current if it is among the first, else the first."""
        self.delegate.catalog = catalog
        self.delegate.pinned = frozenset(part for part, _ in catalog.overrides)
        self.selectionModel().blockSignals(True)
        self.clearSelection()
        self._lines.beginResetModel()
        self._lines.lines = pages  # type: ignore[assignment]  # a sequence that reads itself
        self._lines.endResetModel()
        self.selectionModel().blockSignals(False)
        row = next((place for place, entry in enumerate(pages.first) if entry.part_id == keep), 0)
        if len(pages):
            self.setCurrentIndex(self._lines.index(row, PART))
        if not row:
            self.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """When it gets narrow the kind leaves first, then the layer."""
        for column, least in NARROW.items():
            self.setColumnHidden(column, event.size().width() < look().px(least))
        super().resizeEvent(event)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.shown.emit(self._lines.lines[now.row()].part_id)


def maker_words(entry: Entry) -> str:
    """Who makes it and its order number."""
    return ", ".join(each for each in (entry.manufacturer, entry.mpn) if each)


def layer_words(entry: Entry) -> str:
    """The layer in words, short."""
    return "OpenDB" if entry.layer == "opendb" else LAYER_WORDS.get(entry.layer, entry.layer)
