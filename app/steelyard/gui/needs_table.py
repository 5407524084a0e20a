"""The table of requirements: least, recommended and comfortable of each resource, what the build has, whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, Signal

from steelyard.gui.drawing import across, elided, outline, paint_reading, write
from steelyard.gui.escaped import tip
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.present.fitting import fitted
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent

    from steelyard.gui.present.requirements import NeedGroup, NeedLine
    from steelyard.gui.readings import Reading

ROW, HIGH_ROW, GROUP, HEAD = 31, 70, 32, 26
NARROW = 700
"""Below this width a resource has three lines: its name with what the build has, its levels, its driver."""

WIDE = 950
HEADS = ("Least", "Recommended", "Comfortable", "This build")
HAS, DRIVER = 3, 4
WORD = 84
"""Room for the word that says up to which level the build does."""

LEVEL, BUILD, WORKLOAD, GAP = 94, 182, 190, 18
"""Widths of a level, of what the build has with its word, of the driver where there is room, and before the driver."""


class Placed(NamedTuple):
    """A line of the table and where it stands; a group's head has no need."""

    top: float
    height: float
    layer: str
    need: NeedLine | None


class NeedsTable(Painted):
    """Arrows walk the cells; Enter or a press asks for the reason of a number, or goes to the driving workload."""

    asked = Signal(str)
    driver_wanted = Signal(str)
    walked = Signal(QRect)

    def __init__(self) -> None:
        super().__init__("Requirements", width=320, height=HEAD)
        self._groups: tuple[NeedGroup, ...] = ()
        self._placed: list[Placed] = []
        self._row = self._column = 0
        self.setMouseTracking(True)

    @property
    def needs(self) -> tuple[NeedLine, ...]:
        """The resources from top to bottom."""
        return tuple(line for group in self._groups for line in group.lines)

    def show_groups(self, groups: tuple[NeedGroup, ...]) -> None:
        """Show other requirements; the current cell stays."""
        self._groups = groups
        self._row = min(self._row, max(0, len(self.needs) - 1))
        self._arrange()
        self._describe()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Heads, then each layer with its resources."""
        palette, one = colours(), look()
        if not self._narrow:
            write(painter, one.px(22), one.px(17), "Resource", "head", palette.ink2)
            write(painter, self._driver_left(), one.px(17), "Driven by", "head", palette.ink2)
        for column, words in enumerate(HEADS if not self._narrow else HEADS[:HAS]):
            end = self._cell(column, 0).right() - (one.px(WORD) if column == HAS else 0)
            write(painter, end, one.px(17), words, "head", palette.ink2, align="right")
        across(painter, 0, self.width(), one.px(HEAD) - 1, palette.line)
        for placed in self._placed:
            if placed.need is None:
                write(painter, 0, placed.top + one.px(21), placed.layer, "h2", palette.ink)
            else:
                self._paint_need(painter, placed, placed.need)
            across(painter, 0, self.width(), placed.top + placed.height - 1, palette.line)

    def paint_ring(self, painter: QPainter) -> None:
        """On the current cell."""
        if self.needs:
            outline(painter, self._current_cell(), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the cell under the press."""
        found = self._at(event.position())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._row, self._column = found
            self._describe()
            self.update()
            self._ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what opens; a resource's levels are explained in words."""
        found = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)
        if found is None:
            self.setToolTip("")
            return
        need = self.needs[found[0]]
        told = f"Go to {need.driver}" if found[1] == DRIVER else need.cells[found[1]].spoken()
        self.setToolTip(tip(f"{told}. {need.why}" if need.why else told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows, Home, End, Enter."""
        rows = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -len(self.needs),
            Qt.Key.Key_End: len(self.needs),
        }
        columns = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in rows and self.needs:
            self._go(self._row + rows[key], self._column)
        elif key in columns:
            self._go(self._row, self._column + columns[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F1}:
            self._ask()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another form."""
        self._arrange()
        super().resizeEvent(event)

    def _paint_need(self, painter: QPainter, placed: Placed, need: NeedLine) -> None:
        palette, one = colours(), look()
        first = one.px(ROW) / 2 + placed.top
        baseline = first + one.metrics("body").capHeight() / 2
        if need.state:
            mark = QRectF(0, first - one.px(6.5), one.px(13), one.px(13))
            paint_symbol(painter, need.state, mark, palette.state(need.state))
        has = self._cell(HAS, placed.top)
        room = (has.left() if self._narrow else self._cell(0, placed.top).left()) - one.px(28)
        write(painter, one.px(22), baseline, elided(need.label, "body", room), "body", palette.ink)
        line = baseline + (one.px(20) if self._narrow else 0)
        for column, reading in enumerate(need.cells[:HAS]):
            cell = self._cell(column, placed.top)
            end, shown = cell.right(), _fitted(reading, cell.width() - one.px(4))
            paint_reading(painter, end, line, shown, "medium", unit_step="small", align="right", underline="dotted")
        word_end = has.right()
        if need.word:
            write(painter, word_end, baseline, need.word, "small", palette.state(need.state), align="right")
        end = word_end - one.px(WORD)
        held = _fitted(need.has, end - has.left())
        paint_reading(painter, end, baseline, held, "medium", unit_step="small", align="right", underline="dotted")
        if self._narrow:
            text = elided(f"driven by {need.driver}", "small", self.width() - one.px(22))
            write(painter, one.px(22), baseline + one.px(38), text, "small", palette.steel)
        else:
            room = self.width() - self._driver_left()
            write(painter, self._driver_left(), baseline, elided(need.driver, "body", room), "body", palette.steel)

    def _arrange(self) -> None:
        one = look()
        self._narrow = self.width() < one.px(NARROW)
        height, top = one.px(HIGH_ROW if self._narrow else ROW), float(one.px(HEAD))
        placed = []
        for group in self._groups:
            placed.append(Placed(top, one.px(GROUP), group.layer, None))
            top += one.px(GROUP)
            for need in group.lines:
                placed.append(Placed(top, height, group.layer, need))
                top += height
        self._placed = placed
        self.set_least(320, round(top / one.zoom) + 1)

    def _cell(self, column: int, top: float) -> QRectF:
        """Where a number or the driver stands; `top` of its line."""
        one, width, height = look(), float(self.width()), float(look().px(ROW))
        if self._narrow:
            if column == HAS:
                return QRectF(width * 0.5, top, width * 0.5, height)
            if column == DRIVER:
                return QRectF(one.px(18), top + one.px(44), width - one.px(18), one.px(24))
            third = (width - one.px(22)) / HAS
            return QRectF(one.px(22) + third * column, top + one.px(23), third, one.px(24))
        level, build = one.px(LEVEL), one.px(BUILD)
        driver = min(float(one.px(WORKLOAD)), width * 0.2) if width < one.px(WIDE) else width * 0.2
        end = width - driver
        if column == DRIVER:
            return QRectF(end + one.px(GAP), top, driver - one.px(GAP), height)
        if column == HAS:
            return QRectF(end - build + one.px(6), top, build - one.px(6), height)
        left = end - build - level * (HAS - column)
        return QRectF(left + one.px(6), top, level - one.px(6), height)

    def _driver_left(self) -> float:
        return self._cell(DRIVER, 0).left()

    def _current_cell(self) -> QRectF:
        placed = next(each for each in self._placed if each.need is self.needs[self._row])
        return self._cell(self._column, placed.top).adjusted(-2, 1, 2, -1)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        needs = self.needs
        for placed in self._placed:
            if placed.need is not None and placed.top <= point.y() < placed.top + placed.height:
                row = needs.index(placed.need)
                for column in range(DRIVER + 1):
                    if self._cell(column, placed.top).contains(point):
                        return row, column
        return None

    def _go(self, row: int, column: int) -> None:
        self._row = min(max(0, row), len(self.needs) - 1)
        self._column = min(max(0, column), DRIVER)
        self._describe()
        self.walked.emit(self._current_cell().toRect())
        self.update()

    def _ask(self) -> None:
        if not self.needs:
            return
        need = self.needs[self._row]
        if self._column == DRIVER:
            self.driver_wanted.emit(need.driver_id)
            return
        reading = need.cells[self._column]
        if reading.name:
            self.spot = self._current_cell()
            self.asked.emit(reading.name)

    def _describe(self) -> None:
        if not self.needs:
            self.setAccessibleDescription("Nothing is asked yet.")
            return
        need = self.needs[self._row]
        heads = (*HEADS, "Driven by")
        told = need.driver if self._column == DRIVER else need.cells[self._column].spoken()
        state = f" The build: {need.reached}." if need.reached else ""
        where = f"{need.label}, {heads[self._column].lower()}: {told}."
        self.setAccessibleDescription(f"{where}{state} Arrows walk the cells, Enter gives the reason.")


def _fitted(reading: Reading, room: float) -> Reading:
    """The reading in the form that has room in its cell: one number never stands on another."""
    one = look()

    def fits(form: Reading) -> bool:
        unit = f" {form.unit}" if form.unit and form.known else ""
        value = one.metrics("medium").horizontalAdvance(form.value if form.known else "?")
        return value + one.metrics("small").horizontalAdvance(unit) <= room

    return fitted(reading, fits)
