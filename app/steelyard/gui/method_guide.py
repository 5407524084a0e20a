"""How a room gets rid of heat: the methods from the least to the most, and which one this build's heat calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from steelyard.gui.drawing import across, elided, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

ROW, WIDE, NAME, HOW = 28, 330, 164, 300


class MethodLine(NamedTuple):
    """A method: its name, how it works, for how many watts it is usually enough; whether it is the one called for."""

    label: str
    how: str
    watts: str
    called_for: bool


class MethodGuide(Painted):
    """A line a method, the one that is called for on the ground of what is chosen."""

    def __init__(self) -> None:
        super().__init__("Methods of cooling a room", width=WIDE, height=ROW)
        self.lines: tuple[MethodLine, ...] = ()

    def show_methods(self, lines: tuple[MethodLine, ...]) -> None:
        """Show the methods."""
        self.lines = lines
        self.set_least(WIDE, ROW * max(1, len(lines)))
        said = (f"{each.label}, {each.watts}{', called for here' if each.called_for else ''}" for each in lines)
        self.setAccessibleDescription("; ".join(said))
        self.setToolTip("")
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Name, how, watts; the line of the one called for marked by ground, bar and word."""
        palette, one = colours(), look()
        wide = self.width() >= one.px(NAME + HOW)
        for at, line in enumerate(self.lines):
            top, baseline = one.px(ROW * at), one.px(ROW * at + 18)
            if line.called_for:
                painter.fillRect(QRectF(0, top, self.width(), one.px(ROW)), palette.steelsoft)
                painter.fillRect(QRectF(0, top, one.px(3), one.px(ROW)), palette.steel)
            across(painter, 0, self.width(), top, palette.line)
            step = "small medium" if line.called_for else "small"
            watts = f"{line.watts}, this build" if line.called_for else line.watts
            end = write(painter, self.width() - one.px(8), baseline, watts, step, palette.ink, align="right")
            name = elided(line.label, step, end - one.px(18))
            write(painter, one.px(10), baseline, name, step, palette.ink)
            room = end - one.px(NAME + 22)
            if wide and room > one.px(60):
                write(painter, one.px(NAME + 10), baseline, elided(line.how, "small", room), "small", palette.ink3)
