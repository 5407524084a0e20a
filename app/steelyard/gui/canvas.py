"""The ground of every plot of the desk: a pyqtgraph plot in the desk's look, whose words keep apart by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as graph
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from steelyard.gui.apart import spread
from steelyard.gui.look import colours, look
from steelyard.gui.plot_items import Label, LimitLine, Strokes
from steelyard.gui.plot_style import WordAxis, plot_style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from steelyard.gui.painted import Painted
    from steelyard.gui.plot_items import Bars, Side

OVER_ALL = 10


class Canvas(graph.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Lies in a widget that has the focus, the name and the keys; tells it of presses."""

    pressed = Signal(QPointF)
    reset = Signal()

    def __init__(self, host: Painted) -> None:
        super().__init__(
            parent=host, axisItems={"left": WordAxis("left"), "bottom": WordAxis("bottom")}, enableMenu=False
        )
        self._host = host
        menu = self.getPlotItem().ctrlMenu  # never shown; as a child it goes when the plot goes
        menu.setParent(self, menu.windowFlags())
        self._labels: list[Label] = []
        self._loose: list[graph.GraphicsObject] = []
        self._zooms = False
        self.obstacles: Callable[[], Iterable[QRectF]] = tuple
        """What words may not stand on besides each other: gives rectangles in pixels."""

        self.column: list[Label] = []
        """Labels that stand below each other behind the plot and are pushed apart."""

        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setViewportUpdateMode(self.ViewportUpdateMode.FullViewportUpdate)
        self.setMouseEnabled(x=False, y=False)
        self.scene().sigMouseClicked.connect(self._click)
        self.box.sigRangeChanged.connect(self.arrange)
        self.box.sigResized.connect(self.arrange)

    @property
    def box(self) -> graph.ViewBox:
        """The part of the plot in which its numbers lie."""
        return self.getPlotItem().getViewBox()

    @property
    def place(self) -> QRectF:
        """The same in pixels."""
        place: QRectF = self.box.mapRectToItem(self.getPlotItem(), self.box.boundingRect())
        return place

    def axis(self, side: str) -> WordAxis:
        """The "left" or the "bottom" axis."""
        axis: WordAxis = self.getPlotItem().getAxis(side)
        return axis

    def frame(self, *, left: int, right: int, top: int, foot: int) -> None:
        """Room round the plot at 100 %, for the words that stand there."""
        one, item = look(), self.getPlotItem()
        item.layout.setContentsMargins(0, one.px(top), one.px(right), 0)
        self.axis("left").setWidth(one.px(left))
        self.axis("bottom").setHeight(one.px(foot))

    def begin(self, across: tuple[float, float], up: tuple[float, float], *, zooms: bool = False) -> None:
        """Empty the plot and show these ranges; wheel and drag move within them if it zooms."""
        self.clear()
        for item in (*self._labels, *self._loose):
            self.scene().removeItem(item)
        self._labels, self._loose, self.column, self.obstacles = [], [], [], tuple
        plot_style(self, colours())
        self._zooms = zooms
        self.setMouseEnabled(x=zooms, y=zooms)
        self.box.setLimits(xMin=across[0], xMax=across[1], yMin=up[0], yMax=up[1])
        self.box.setRange(xRange=across, yRange=up, padding=0, disableAutoRange=True)

    def add_bars(self, bars: Bars) -> None:
        """Put bars on the plot."""
        self.addItem(bars)

    def add_limit(self, value: float, *, upright: bool = False, span: tuple[float, float] = (0.0, 1.0)) -> LimitLine:
        """Draw a limit; `span` is the part of the plot over which it goes."""
        line = LimitLine(value, upright=upright, span=span)
        self.addItem(line)
        return line

    def say(self, at: tuple[float, float], text: str, step: str, colour: QColor, *sides: Side, held: str = "") -> Label:
        """Write by a point; what is said first gets the better place. Seen after the next `arrange`."""
        label = Label(at, text, step, colour, sides, held)
        label.setParentItem(self.getPlotItem())
        label.setZValue(OVER_ALL)
        self._labels.append(label)
        return label

    def stroke(self, draw: Callable[[QPainter], None]) -> None:
        """Draw in pixels over plot and margins, below the words."""
        strokes = Strokes(self.getPlotItem(), draw)
        strokes.setZValue(OVER_ALL - 1)
        self._loose.append(strokes)

    def point(self, x: float, y: float) -> QPointF:
        """Where numbers of the plot lie, in pixels."""
        return QPointF(self.box.mapFromView(QPointF(x, y)) + self.box.pos())

    def arrange(self, *_: object) -> None:
        """Put every label where it meets no other and no obstacle; what is out of sight is not said."""
        whole, seen = QRectF(self.rect()), self.place.adjusted(-2, -2, 2, 2)
        whole.setLeft(seen.left())  # the left margin is the axis's
        taken = list(self.obstacles())
        strokes = len(taken)
        for label in self._labels:
            point = self._held(label, seen)
            label.show_at(seen.contains(point))
            if not label.isVisible():
                continue
            choices = [_inside(choice, whole) for choice in label.choices(point, self._height_of, self._place_of)]
            free = next((choice for choice in choices if not _meets(choice, taken)), None)
            if free is None and label.near:
                free = next((choice for choice in choices if not _meets(choice, taken[strokes:])), None)
            place = free or choices[0]
            while free is None and _meets(place, taken) and place.top() > whole.top():
                place = place.translated(0, -1)
            label.setPos(place.topLeft())
            taken.append(place)
        self._spread_column()

    def words(self) -> list[tuple[str, QRectF]]:
        """All that is written and the box of its letters, in pixels of the widget."""
        said = [(label.words, label.mapRectToScene(label.letters())) for label in self._labels if label.isVisible()]
        named = [
            (text, axis.mapRectToScene(place))
            for axis in (self.axis("left"), self.axis("bottom"))
            for text, place in axis.written
        ]
        return said + named

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words find their places anew."""
        super().resizeEvent(event)
        if hasattr(self, "_labels"):  # Qt resizes the view while it is being made
            self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plot, and the widget's focus ring over it."""
        super().paintEvent(event)
        if self._host.hasFocus():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._host.paint_ring(painter)
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The widget around gets the focus."""
        self._host.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole again."""
        self.reset.emit()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom only where one works: over a plot that has the focus. Elsewhere the view scrolls on."""
        if self._zooms and self._host.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _place_of(self, along: float) -> float:
        return min(max(self.point(along, 0.0).x(), self.place.left()), self.place.right())

    def _height_of(self, level: float) -> float:
        return self.point(0.0, level).y()

    def _held(self, label: Label, seen: QRectF) -> QPointF:
        point = self.point(*label.at)
        if label.held == "x":
            point.setX(min(max(point.x(), seen.left() + 2), seen.right() - 2))
        elif label.held == "y":
            point.setY(min(max(point.y(), seen.top() + 2), seen.bottom() - 2))
        return point

    def _spread_column(self) -> None:
        one = look()
        column = sorted(
            (label for label in self.column if label.isVisible()), key=lambda label: self.point(*label.at).y()
        )
        row = 14.5 * one.zoom
        starts = [self.point(*label.at).y() - row / 2 for label in column]
        placed = spread(starts, [row] * len(column), 0.0, 0.0, self.place.bottom())
        for label, top in zip(column, placed, strict=True):
            high = label.textItem.boundingRect().height()
            label.setPos(self.place.right() + one.px(12), top + (row - high) / 2)

    def _click(self, event: graph.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self.pressed.emit(QPointF(event.scenePos()))


def _meets(place: QRectF, taken: Iterable[QRectF]) -> bool:
    return any(place.intersects(other) for other in taken)


def _inside(place: QRectF, whole: QRectF) -> QRectF:
    """The place, moved to the side until it lies in the whole."""
    right = min(0.0, whole.right() - place.right())
    return place.translated(right or max(0.0, whole.left() - place.left()), 0)
