"""What taking a part would change, before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from steelyard.gui.drawing import elided, outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


class Preview(Painted):
    """What taking a part from the picker would change: a ghost of the card's numbers, in a dashed frame."""

    def __init__(self) -> None:
        super().__init__("Preview", width=280, height=104, focus=False)
        self._title = ""
        self._lines: tuple[tuple[str, str, str, str], ...] = ()
        self.setVisible(False)

    def show_change(self, title: str, lines: tuple[tuple[str, str, str, str], ...]) -> None:
        """Show what would be (name, now, then, unit; a name alone is a remark); no lines take it away."""
        self._title, self._lines = title, lines
        self.setAccessibleDescription(
            "; ".join(f"{name} from {now} to {then} {unit}" if then else name for name, now, then, unit in lines)
        )
        self.set_least(280, 34 + 19 * len(lines))
        self.setVisible(bool(lines))
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Title, then a line a change."""
        palette, one = colours(), look()
        outline(
            painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), palette.steel, 1.5, radius=6.0, dashed=True
        )
        end = write(painter, one.px(14), one.px(20), "Preview", "small medium", palette.steel)
        write(
            painter,
            end + one.px(8),
            one.px(20),
            elided(self._title, "small", self.width() - end - one.px(20)),
            "small",
            palette.ink2,
        )
        room = self.width() - one.px(28)
        for index, (name, now, then, unit) in enumerate(self._lines):
            y = one.px(40 + 19 * index)
            if not then:
                write(painter, one.px(14), y - one.px(2), elided(name, "axis", room), "axis", palette.ink3)
                continue
            write(painter, one.px(14), y, name, "small", palette.ink2)
            middle = self.width() * 0.56
            write(painter, middle - one.px(14), y, now, "small", palette.ink3, align="right")
            write(painter, middle, y, "→", "small", palette.ink3, align="centre")
            write(painter, middle + one.px(14), y, then, "small medium", palette.ink)
            write(painter, self.width() - one.px(14), y, unit, "small", palette.ink3, align="right")
