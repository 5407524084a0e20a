"""The rail: the views there are, each with its icon, its word and what its findings say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal

from steelyard.gui.drawing import outline, write
from steelyard.gui.look import colours, look
from steelyard.gui.painted import Painted
from steelyard.gui.symbols import paint_symbol

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

ITEM = 36
WIDTH = 148
WORDS_ONLY = 1.8
"""From this zoom on the rail shows words only."""


class View(NamedTuple):
    """An entry of the rail: the view's name, icon, word, and its findings' worst state with their count."""

    name: str
    icon: str
    word: str
    state: str = "ok"
    findings: int = 0


class Rail(Painted):
    """A column of views; arrows walk, a click or Ctrl with the number goes there."""

    chosen = Signal(str)

    def __init__(self, views: tuple[View, ...]) -> None:
        super().__init__("Views", width=WIDTH, height=ITEM * len(views) + 16)
        self._views = views
        self._current = 0
        self._over = -1
        self.setMouseTracking(True)
        self._describe()

    @property
    def current(self) -> str:
        """The view that is shown."""
        return self._views[self._current].name

    def choose(self, name: str) -> None:
        """Mark a view as the one that is shown."""
        self._current = next(i for i, view in enumerate(self._views) if view.name == name)
        self._describe()
        self.update()

    def show_badges(self, badges: dict[str, tuple[str, int]]) -> None:
        """Say for each view how many findings it has, and how grave the worst is."""
        self._views = tuple(
            view._replace(state=badges.get(view.name, ("ok", 0))[0], findings=badges.get(view.name, ("ok", 0))[1])
            for view in self._views
        )
        self._describe()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Each entry; the current one on base with a bar at its left."""
        palette, one = colours(), look()
        for index, view in enumerate(self._views):
            place = self._place(index)
            current = index == self._current
            if current:
                painter.fillRect(place, palette.base)
                painter.fillRect(QRectF(0, place.top(), one.px(3), place.height()), palette.steel)
            elif index == self._over:
                painter.fillRect(place, palette.line)
            middle = place.center().y()
            x = float(one.px(14))
            if one.zoom < WORDS_ONLY:
                paint_symbol(
                    painter,
                    view.icon,
                    QRectF(x, middle - one.px(8), one.px(16), one.px(16)),
                    palette.ink if current else palette.ink2,
                )
                x += one.px(25)
            baseline = middle + one.metrics("body").capHeight() / 2
            write(
                painter, x, baseline, view.word, "h2" if current else "body", palette.ink if current else palette.ink2
            )
            if view.findings:
                colour = palette.state(view.state)
                left = write(
                    painter,
                    self.width() - one.px(11),
                    baseline,
                    str(view.findings),
                    "small medium",
                    colour,
                    align="right",
                )
                paint_symbol(
                    painter,
                    view.state,
                    QRectF(left - one.px(17), middle - one.px(7), one.px(13), one.px(13)),
                    colour,
                    palette.panel,
                )

    def paint_ring(self, painter: QPainter) -> None:
        """The ring is on the current entry."""
        outline(painter, self._place(self._current).adjusted(0, 0, -1, 0), colours().steel, 2.0, radius=4.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the view under the pointer."""
        self._go(self._at(event.position().y()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which entry would be taken."""
        self._over = self._at(event.position().y())
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down walk through the views."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(self._current + step)

    def _place(self, index: int) -> QRectF:
        one = look()
        return QRectF(0, one.px(8) + index * one.px(ITEM), self.width(), one.px(ITEM))

    def _at(self, y: float) -> int:
        return next((i for i in range(len(self._views)) if self._place(i).top() <= y < self._place(i).bottom()), -1)

    def _go(self, index: int) -> None:
        if 0 <= index < len(self._views):
            self._current = index
            self._describe()
            self.update()
            self.chosen.emit(self._views[index].name)

    def _describe(self) -> None:
        view = self._views[self._current]
        self.setAccessibleDescription(f"{view.word}, {view.findings} findings. Up and Down change the view.")
