"""A pen over reportlab.graphics: y grows downwards as on the desk, colours are tokens, hatches are clipped lines.

All is vector, and a test can walk the shapes of a drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportlab.graphics.shapes import Drawing, Line, Path, Polygon, Rect, String

from steelyard.sheets.fonts import PLAIN, fitted, printable, register, width
from steelyard.sheets.theme import colour, symbol

if TYPE_CHECKING:
    from steelyard.figures.style import Look

HAIRLINE = 0.6
HATCH_STEP = 3.6
HATCH_LINE = 0.7
SYMBOL_GRID = 16
SYMBOL_STROKE = 1.5
LEFT, RIGHT, MIDDLE = "start", "end", "middle"


class Box(NamedTuple):
    """A rectangle, y down."""

    left: float
    top: float
    right: float
    bottom: float


def meet(one: Box, other: Box) -> bool:
    """Return whether two rectangles have more than an edge in common."""
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


class Pen:
    """Draws on one Drawing of the given size in points."""

    def __init__(self, wide: float, high: float) -> None:
        """Start an empty drawing."""
        register()
        self.drawing = Drawing(wide, high)
        self.wide = wide
        self.high = high

    def line(self, start: tuple[float, float], end: tuple[float, float], token: str, weight: float = HAIRLINE,
             dash: tuple[float, ...] = ()) -> None:  # fmt: skip
        """Draw a straight line."""
        shape = Line(start[0], self.high - start[1], end[0], self.high - end[1])
        shape.strokeColor, shape.strokeWidth, shape.strokeDashArray = colour(token), weight, list(dash) or None
        self.drawing.add(shape)

    def lines(self, points: list[tuple[float, float]], token: str, weight: float, dash: tuple[float, ...] = ()) -> None:
        """Draw a line through points."""
        shape = Path(strokeColor=colour(token), strokeWidth=weight, strokeDashArray=list(dash) or None, fillColor=None)
        for index, (x, y) in enumerate(points):
            (shape.lineTo if index else shape.moveTo)(x, self.high - y)
        self.drawing.add(shape)

    def box(self, box: Box, fill: str = "", outline: str = "", weight: float = HAIRLINE) -> None:
        """Draw a rectangle."""
        shape = Rect(box.left, self.high - box.bottom, box.right - box.left, box.bottom - box.top)
        shape.fillColor = colour(fill) if fill else None
        shape.strokeColor = colour(outline) if outline else None
        shape.strokeWidth = weight
        self.drawing.add(shape)

    def bar(self, box: Box, look: Look) -> None:
        """Draw a bar as its role looks: fill, hatch, outline."""
        if box.right <= box.left or box.bottom <= box.top:
            return
        self.box(box, look.fill)
        if look.hatch:
            self.hatch(box, look.hatch, look.hatch_colour)
        if look.outline:
            self.box(box, "", look.outline)

    def hatch(self, box: Box, kind: str, token: str) -> None:
        """Fill a rectangle with hatching lines, cut off at its edges."""
        wide, high = box.right - box.left, box.bottom - box.top
        offset = HATCH_STEP / 2
        while offset < wide + (0 if kind == "|" else high):
            if kind == "|":
                ends = ((offset, 0.0), (offset, high))
            else:
                ends = ((max(offset - high, 0), min(offset, high)), (min(offset, wide), max(offset - wide, 0)))
            if kind == "\\":
                ends = ((ends[0][0], high - ends[0][1]), (ends[1][0], high - ends[1][1]))
            (x1, y1), (x2, y2) = ends
            self.line((box.left + x1, box.top + y1), (box.left + x2, box.top + y2), token, HATCH_LINE)
            offset += HATCH_STEP

    def polygon(self, points: list[tuple[float, float]], fill: str, outline: str = "", weight: float = 1.0) -> None:
        """Draw a closed shape."""
        shape = Polygon([number for x, y in points for number in (x, self.high - y)])
        shape.fillColor = colour(fill)
        shape.strokeColor = colour(outline) if outline else None
        shape.strokeWidth = weight
        self.drawing.add(shape)

    def text(
        self,
        at: tuple[float, float],
        words: str,
        ink: str = "ink",
        face: str = PLAIN,
        size: float = 8.1,
        anchor: str = LEFT,
        room: float = 0.0,
        *,
        plate: bool = False,
    ) -> Box:
        """Write words on the baseline `at`, cut to `room`, on a plate of the ground if asked; return their box."""
        words = fitted(words, face, size, room) if room else printable(words, face)
        wide = width(words, face, size)
        left = at[0] - {LEFT: 0.0, MIDDLE: wide / 2, RIGHT: wide}[anchor]
        box = Box(left, at[1] - 0.76 * size, left + wide, at[1] + 0.24 * size)
        if not words:
            return box
        if plate:
            self.box(Box(box.left - 1.5, box.top - 0.5, box.right + 1.5, box.bottom + 0.5), "base")
        shape = String(left, self.high - at[1], words)
        shape.fontName, shape.fontSize, shape.fillColor = face, size, colour(ink)
        self.drawing.add(shape)
        return box

    def symbol(self, name: str, left: float, top: float, size: float, token: str) -> None:
        """Draw a state's symbol."""
        drawn = symbol(name)
        scale = size / SYMBOL_GRID
        for strokes, ground in ((drawn.fill, False), (drawn.knock, True), (drawn.line, False)):
            if not strokes:
                continue
            shape = Path()
            filled = strokes is drawn.fill
            ink = colour("base") if ground else colour(token)
            shape.fillColor, shape.strokeColor = (ink, None) if filled else (None, ink)
            shape.strokeWidth, shape.strokeLineCap, shape.strokeLineJoin = SYMBOL_STROKE * scale, 1, 1
            for stroke in strokes:
                xs = [left + x * scale for x in stroke.numbers[0::2]]
                ys = [self.high - top - y * scale for y in stroke.numbers[1::2]]
                numbers = [number for pair in zip(xs, ys, strict=True) for number in pair]
                {"M": shape.moveTo, "L": shape.lineTo, "C": shape.curveTo, "Z": shape.closePath}[stroke.command](
                    *numbers
                )
            self.drawing.add(shape)
