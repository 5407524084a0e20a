"""The program's own symbols: read once from `resources/themes/symbols.toml`, painted in any colour at any size."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPen, QPixmap

from steelyard.gui.look import colours
from steelyard.gui.palette import read_sections
from steelyard.places import resources

GRID = 16
STROKE = 1.5


class Symbol(NamedTuple):
    """Three layers on a 16 x 16 grid: a filled shape, strokes, and strokes in the ground's colour over the fill."""

    fill: QPainterPath | None = None
    line: QPainterPath | None = None
    knock: QPainterPath | None = None


def path_of(data: str) -> QPainterPath:
    """A painter path from SVG path data with absolute M, L, C and Z. Raises ValueError for any other command."""
    path = QPainterPath()
    for command, rest in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        numbers = [float(number) for number in rest.replace(",", " ").split()]
        if command == "M":
            path.moveTo(*numbers)
        elif command == "L":
            path.lineTo(*numbers)
        elif command == "C":
            for start in range(0, len(numbers), 6):
                path.cubicTo(*numbers[start : start + 6])
        elif command == "Z":
            path.closeSubpath()
        else:
            message = f"A symbol's path uses the command {command}; only M, L, C and Z are read."
            raise ValueError(message)
    return path


@cache
def symbols() -> dict[str, Symbol]:
    """All symbols by name."""
    drawings = read_sections(resources() / "themes" / "symbols.toml")
    return {
        name: Symbol(**{layer: path_of(data) for layer, data in drawn.items()})
        for name, drawn in drawings.items()
        if name
    }


def paint_symbol(painter: QPainter, name: str, place: QRectF, colour: QColor, ground: QColor | None = None) -> None:
    """Draw a symbol into a square; `ground` is what shows through its knocked-out strokes (the base, if not said)."""
    symbol = symbols()[name]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(place.topLeft())
    painter.scale(place.width() / GRID, place.height() / GRID)
    if symbol.fill is not None:
        painter.fillPath(symbol.fill, colour)
    for layer, tint in ((symbol.line, colour), (symbol.knock, ground or colours().base)):
        if layer is not None:
            painter.setPen(
                QPen(tint, STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(layer)
    painter.restore()


class _Engine(QIconEngine):
    """Paints a symbol in the ink of the moment, so that icons follow a switch of theme by themselves."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def paint(self, painter: QPainter, rect: object, _mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Fill the rectangle that Qt offers."""
        side = min(rect.width(), rect.height())  # type: ignore[attr-defined]
        place = QRectF(rect.x(), rect.y(), side, side)  # type: ignore[attr-defined]
        paint_symbol(painter, self._name, place, getattr(colours(), self._token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The same on a transparent ground, for what cannot paint itself."""
        picture = QPixmap(size)
        picture.fill(QColor(0, 0, 0, 0))
        painter = QPainter(picture)
        self.paint(painter, QRectF(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        """A copy for Qt's sharing of icons."""
        return _Engine(self._name, self._token)

    def key(self) -> str:
        """Names the engine in streams, which the desk never writes."""
        return QByteArray(b"steelyard").toStdString()


def icon(name: str, tint: str = "ink2") -> QIcon:
    """A symbol as an icon for buttons and menus."""
    return QIcon(_Engine(name, tint))
