"""A table over a tuple of view data: one model, one view, and what every row's delegate paints alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QTableView

from steelyard.gui.drawing import across, outline
from steelyard.gui.escaped import tip
from steelyard.gui.look import colours, look

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
"""The role under which a row hands out its whole view data."""


class Column(NamedTuple):
    """A column: its title (with the unit on a second line), its text for a row, and which side it stands on."""

    title: str
    text: Callable[[Any], str]
    right: bool = True
    width: int = 0


class LinesModel(QAbstractTableModel):
    """Rows of view data under columns."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        super().__init__()
        self.columns = columns
        self.lines: tuple[Any, ...] = ()

    def show_lines(self, lines: tuple[Any, ...]) -> None:
        """Show other rows; with as many rows as before the selection stays."""
        if len(lines) == len(self.lines):
            self.lines = lines
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines) - 1, len(self.columns) - 1))
        else:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        """How many columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's variant
        """The cell's text, its side, the line itself."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return column.text(line)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.text(line))
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            )
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The columns' titles."""
        if way == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignBottom
        return None


class Lines(QTableView):
    """The table: no grid but hairlines, whole rows, one selection, keyboard first."""

    def __init__(self, name: str, model: LinesModel, row_height: int, stretch: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self._row_height, self._stretch = row_height, stretch
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fit()

    def fit(self) -> None:
        """Sizes of rows and columns at the zoom of the moment."""
        one = look()
        self.verticalHeader().setMinimumSectionSize(one.px(20))
        self.verticalHeader().setDefaultSectionSize(one.px(self._row_height))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(one.px(20))
        model = self.model()
        for index, column in enumerate(model.columns):  # type: ignore[attr-defined]
            if index == self._stretch:
                header.setSectionResizeMode(index, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(index, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(index, one.px(column.width))

    def begin(self) -> None:
        """Show the rows from the first one, none of them chosen."""
        self.setCurrentIndex(QModelIndex())
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row: a row is one thing here, and its cells are none."""
        last = self.model().rowCount() - 1
        row = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}.get(Qt.Key(event.key()))
        if row is not None and last >= 0:
            self.setCurrentIndex(self.model().index(row, self._stretch))
        else:
            super().keyPressEvent(event)


class LineDelegate(QStyledItemDelegate):
    """Ground, selection bar, hairline and focus ring of a row; what is in a cell is for the heir to draw."""

    def __init__(self, row_height: int) -> None:
        super().__init__()
        self._row_height = row_height

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The row's height at this zoom."""
        return QSize(look().px(40), look().px(self._row_height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row's ground, then the cell."""
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        palette = colours()
        place = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setClipRect(place)
        painter.fillRect(place, palette.steelsoft if selected else palette.base)
        across(painter, place.left(), place.right() + 1, place.bottom() - 1, palette.line)
        if selected and index.column() == 0:
            painter.fillRect(QRectF(place.left(), place.top(), look().px(3), place.height()), palette.steel)
        self.paint_cell(painter, place, index, selected=selected)
        view = option.widget
        if selected and isinstance(view, QAbstractItemView) and view.hasFocus():
            wide = place.adjusted(
                0 if index.column() == 0 else -9, 0, 0 if index.column() == index.model().columnCount() - 1 else 9, -1
            )
            outline(painter, wide, palette.steel, 2.0, radius=2.0)
        painter.restore()

    def paint_cell(self, painter: QPainter, place: QRectF, index: Index, *, selected: bool) -> None:
        """Draw one cell."""
        raise NotImplementedError
