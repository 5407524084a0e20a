"""The plan of a day: a lane for each workload over 24 hours, what it takes at the right, and the sums below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from steelyard.figures.day_plan import OVER
from steelyard.figures.plot import Figure
from steelyard.figures.scales import along
from steelyard.gui.drawing import across, down, elided, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.plot_paint import paint_bar, paint_missing, plated
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from steelyard.figures.plot import Scale

HEAD, ROW, BAR, FOOT = 34, 31, 13, 20
NAMES, WIDE_NAMES, CELL, LEAST_LANE = 200, 300, 116, 140
NARROW, NARROW_CELL = 560, 84
"""Where there is no room for lanes the numbers stand alone."""

WIDE_FROM = 960
"""From this width on there is room for long names."""
FIRST_CELL = 2
"""The table's columns before the cells: the name, and when it runs."""


class DayPlan(Painted):
    """Arrows walk the cells; Enter or a press asks for the number in one."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("Day plan", width=560, height=HEAD + ROW + FOOT)
        self._figure = Figure("", "")
        self._addresses: tuple[tuple[str, ...], ...] = ()
        self._row = self._column = 0
        self.setMouseTracking(True)

    def show_figure(self, figure: Figure, addresses: Sequence[Sequence[str]]) -> None:
        """Show another plan. addresses: the number in each cell, by row and column; empty where none opens."""
        self._figure, self._addresses = figure, tuple(tuple(row) for row in addresses)
        rows = figure.table.rows
        self._row = min(self._row, max(0, len(rows) - 1))
        self.set_least(NARROW, HEAD + ROW * max(1, len(rows)) + FOOT)
        self._describe()
        self.setToolTip(figure.sentence or figure.missing)
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Heads, lanes with their bars, cells, sums under a line."""
        figure, palette, one = self._figure, colours(), look()
        if figure.across is None:
            paint_missing(painter, QRectF(self.rect()), figure.missing)
            return
        if not self._narrow:
            self._paint_hours(painter, figure.across)
        for column, head in enumerate(figure.table.head[FIRST_CELL:]):
            end = self._cell(0, column).right()
            short = head.removesuffix(", GB").removesuffix(", %") if self._narrow else head
            write(painter, end, one.px(14), short, "condensed", palette.ink2, align="right")
        for row, cells in enumerate(figure.table.rows):
            self._paint_row(painter, row, cells)
        for bar in () if self._narrow else figure.bars:
            middle = self._top(bar.place) + one.px(ROW / 2)
            left, right = self._x(figure.across, bar.start), self._x(figure.across, bar.end)
            paint_bar(painter, QRectF(left, middle - one.px(BAR / 2), right - left, one.px(BAR)), bar.role)
            if bar.text and one.metrics("micro").horizontalAdvance(bar.text) + one.px(16) <= right - left:
                plated(painter, left + one.px(8), middle + one.px(4), bar.text, "micro", palette.ink2)

    def paint_ring(self, painter: QPainter) -> None:
        """Round the current cell."""
        if self._figure.table.rows:
            outline(painter, self._cell(self._row, self._column), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a number asks."""
        found = self._at(event.position())
        if found is not None:
            self._row, self._column = found
            self._describe()
            self.update()
            self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens."""
        found = self._at(event.position())
        opens = found is not None and bool(self._address(*found))
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter, Space, F1."""
        key = Qt.Key(event.key())
        down_by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        right_by = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(key, 0)
        row, column = self._row + down_by, self._column + right_by
        inside = 0 <= row < len(self._figure.table.rows) and 0 <= column < self._cells
        if (down_by or right_by) and inside:
            self._row, self._column = row, column
            self._describe()
            self.update()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    @property
    def _cells(self) -> int:
        return max(1, len(self._figure.table.head) - FIRST_CELL)

    @property
    def _narrow(self) -> bool:
        return self.width() < look().px(NAMES + LEAST_LANE + CELL * self._cells)

    @property
    def _names(self) -> float:
        one = look()
        return one.px(WIDE_NAMES if self.width() >= one.px(WIDE_FROM) else NAMES)

    def _address(self, row: int, column: int) -> str:
        there = row < len(self._addresses) and column < len(self._addresses[row])
        return self._addresses[row][column] if there else ""

    def _ask(self) -> None:
        address = self._address(self._row, self._column)
        if address:
            self.spot = self._cell(self._row, self._column)
            self.asked.emit(address)

    def _describe(self) -> None:
        figure = self._figure
        lines = "; ".join(" ".join(row) for row in figure.table.rows)
        here = ""
        if self._row < len(figure.table.rows):
            cells = figure.table.rows[self._row]
            here = f"Now {cells[0]}, {figure.table.head[self._column + FIRST_CELL]} {cells[self._column + FIRST_CELL]}."
        said = f"{figure.sentence or figure.missing} {lines}. {here} Arrows walk the cells, Enter gives the reason."
        self.setAccessibleDescription(" ".join(said.split()))

    def _top(self, row: int) -> float:
        return look().px(HEAD + ROW * row)

    def _cell(self, row: int, column: int) -> QRectF:
        one = look()
        wide = one.px(NARROW_CELL if self._narrow else CELL)
        left = self.width() - wide * (self._cells - column)
        return QRectF(left, self._top(row) + 1, wide - one.px(2), one.px(ROW) - 2)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        rows = range(len(self._figure.table.rows))
        return next(
            ((row, column) for row in rows for column in range(self._cells) if self._cell(row, column).contains(point)),
            None,
        )

    def _x(self, scale: Scale, value: float) -> float:
        one = look()
        left, right = self._names, self.width() - one.px(CELL) * self._cells - one.px(8)
        return left + along(scale, value) * (right - left)

    def _paint_hours(self, painter: QPainter, scale: Scale) -> None:
        palette, one = colours(), look()
        foot = self._top(sum(not place.strong for place in self._figure.places))
        for tick in scale.ticks:
            x = self._x(scale, tick.value)
            last = tick is scale.ticks[-1]
            down(painter, x, one.px(HEAD - 4), foot, palette.line)
            text = f"{tick.text} {scale.unit}" if last else tick.text
            align = "right" if last else "left" if tick is scale.ticks[0] else "centre"
            write(painter, x, one.px(14), text, "axis", palette.ink3, align=align)
        across(painter, self._x(scale, scale.low), self._x(scale, scale.high) + 1, one.px(HEAD - 5), palette.ink2)

    def _paint_row(self, painter: QPainter, row: int, cells: tuple[str, ...]) -> None:
        palette, one = colours(), look()
        top, total = self._top(row), row in self._figure.table.sums
        first = total and row - 1 not in self._figure.table.sums
        across(painter, 0, self.width(), top, palette.ink2 if first else palette.line, 1.5 if first else 1.0)
        step = "small medium" if total else "medium"
        names = self._names
        room = names - one.px(74)
        baseline = top + one.px(20)
        write(painter, 0, baseline, elided(cells[0], step, room if not total else names), step, palette.ink)
        if total and self._narrow:
            pass
        elif total:
            write(painter, names, baseline, cells[1], "small", palette.ink3)
        else:
            write(painter, names - one.px(12), baseline, cells[1], "small", palette.ink2, align="right")
        for column, cell in enumerate(cells[FIRST_CELL:]):
            end = self._cell(row, column).right() - one.px(4)
            over = cell.endswith(OVER)
            text = cell.removesuffix(f", {OVER}") if self._narrow else cell
            ink = palette.warn if over else palette.unknown if text == "?" else palette.ink
            start = write(painter, end, baseline, text, step, ink, align="right")
            if over:
                box = QRectF(start - one.px(16), top + one.px(9), one.px(12), one.px(12))
                paint_symbol(painter, "warn", box, palette.warn, palette.base)
