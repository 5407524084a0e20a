"""What stands in a plot: bars with hatches, limits in brass, words on plates, strokes; all on whole pixels."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pyqtgraph as graph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from steelyard.gui.drawing import across, rule
from steelyard.gui.look import colours, look
from steelyard.gui.plot_paint import paint_bar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor

    from steelyard.figures.plot import Role


class Block(NamedTuple):
    """A bar on the plane: from (left, foot) to (right, top), in the plot's numbers."""

    left: float
    foot: float
    right: float
    top: float
    role: Role


class Side(NamedTuple):
    """Where words may stand by their point: which part of them lies on it (0 to 1), and how many pixels off.

    level, along: another height or place across than the point's, in the plot's numbers, NaN for none.
    """

    across: float
    down: float
    right: float = 0.0
    lower: float = 0.0
    level: float = math.nan
    along: float = math.nan


class Bars(graph.BarGraphItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Bars that look as their roles say, joined where the end of one is the start of the next."""

    def __init__(self, blocks: Sequence[Block], *, joined: bool = False) -> None:
        self._blocks, self._joined = tuple(blocks), joined
        super().__init__(
            x0=[block.left for block in blocks],
            x1=[block.right for block in blocks],
            y0=[block.foot for block in blocks],
            y1=[block.top for block in blocks],
        )

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw in pixels, so that edges are crisp and hatches keep their pitch at any scale."""
        pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = []
        for block in self._blocks:
            corners = QRectF(QPointF(block.left, block.foot), QPointF(block.right, block.top)).normalized()
            place = pixels.mapRect(corners)
            left, top = round(place.left()), round(place.top())
            places.append(QRectF(left, top, max(1, round(place.right()) - left), max(1, round(place.bottom()) - top)))
            paint_bar(painter, places[-1], block.role)
        if self._joined:
            for at, (block, after) in enumerate(pairwise(self._blocks)):
                if after.left - block.right < block.right - block.left:  # nothing unknown lies between
                    level = round(pixels.map(QPointF(block.right, block.top)).y())
                    across(painter, places[at].right(), places[at + 1].left(), level, colours().line2)
        painter.restore()


class LimitLine(graph.InfiniteLine):  # type: ignore[misc]  # pyqtgraph has no types
    """What is allowed: two pixels of brass, over a part of the plot where it belongs to a part."""

    def __init__(self, value: float, *, upright: bool = False, span: tuple[float, float] = (0.0, 1.0)) -> None:
        super().__init__(value, angle=90 if upright else 0, pen=graph.mkPen(colours().brass, width=2), span=span)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw on whole pixels."""
        left, right = self._endPoints
        pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        start, end = (pixels.map(QPointF(at, 0.0)).toPoint().toPointF() for at in (left, right))
        rule(painter, start, end, self.pen.color(), 2)
        painter.restore()


class Label(graph.TextItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Words by a point of the plot, on a plate of the base colour; `Canvas` puts them where they meet no others."""

    def __init__(
        self, at: tuple[float, float], text: str, step: str, colour: QColor, sides: tuple[Side, ...], held: str = ""
    ) -> None:
        """`held` "x" or "y": along that axis the point stays within what is seen."""
        super().__init__(text, color=colour, anchor=(0, 0), fill=graph.mkBrush(colours().base))
        self.at, self.words, self.sides, self.held, self.said = at, text, sides, held, True
        self.near = False
        """Whether it would rather stand on a stroke than away from its point."""

        self.textItem.document().setDocumentMargin(2)
        self.setFont(look().font(step))

    def setVisible(self, said: bool) -> None:  # noqa: FBT001 # Qt's
        """Say it or not; what is said may still be out of sight."""
        self.said = said
        super().setVisible(said)

    def show_at(self, seen: bool) -> None:  # noqa: FBT001
        """Show it where its point is in sight and it is said at all."""
        super().setVisible(seen and self.said)

    def say(self, text: str, x: float) -> None:
        """Say something else, elsewhere."""
        self.words, self.at = text, (x, self.at[1])
        self.setText(text)

    def take_plate(self) -> None:
        """Stand on no plate."""
        self.fill = graph.mkBrush(None)

    def letters(self) -> QRectF:
        """The box of its letters, without the plate's margin and the room between lines; in its own pixels."""
        plate: QRectF = self.textItem.mapRectToParent(self.textItem.boundingRect())
        return plate.adjusted(2, 4, -2, -4)

    def plate(self) -> QRectF:
        """The plate on which it stands, in pixels of the widget."""
        place: QRectF = self.mapRectToScene(self.textItem.mapRectToParent(self.textItem.boundingRect()))
        return place

    def middle(self) -> float:
        """How far down its middle lies, in pixels."""
        return float(self.pos().y() + self.textItem.boundingRect().height() / 2)

    def say_also(self, words: str, step: str, colour: QColor, *, before: bool) -> None:
        """Say more in another step of the type scale: before the first words, or on a line below them."""
        font, own = look().font(step), self.textItem.font()
        more = (
            f'<span style="font-size:{font.pixelSize()}px;font-weight:{font.weight().value};color:{colour.name()}">'
            f"{words}{'&nbsp;' if before else ''}</span>"
        )
        first = f'<span style="font-weight:{own.weight().value};color:{self.color.name()}">{self.words}</span>'
        self.setHtml(more + first if before else f"{first}<br>{more}")
        self.words = f"{words} {self.words}" if before else f"{self.words} {words}"

    def choices(
        self, point: QPointF, height_of: Callable[[float], float], place_of: Callable[[float], float]
    ) -> list[QRectF]:
        """Where the words may stand when their point lies there, the best place first; in pixels."""
        size = self.textItem.boundingRect().size()
        return [
            QRectF(
                round(
                    (point.x() if math.isnan(side.along) else place_of(side.along))
                    - side.across * size.width()
                    + look().px(side.right)
                ),
                round(
                    (point.y() if math.isnan(side.level) else height_of(side.level))
                    - side.down * size.height()
                    + look().px(side.lower)
                ),
                size.width(),
                size.height(),
            )
            for side in self.sides
        ]


class Strokes(graph.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Strokes in pixels over a plot and its margins: a bracket, a mark, a whisker."""

    def __init__(self, parent: graph.PlotItem, draw: Callable[[QPainter], None]) -> None:
        super().__init__(parent)
        self._draw = draw
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        """The whole of the plot."""
        whole: QRectF = self.parentItem().boundingRect()
        return whole

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw what was given."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter)
