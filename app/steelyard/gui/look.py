"""What the desk wears: the palette, the type scale, the fonts and the style sheet, all of them scaled by one zoom.

There is one look at a time and every widget asks for it while it paints, so a switch of theme or zoom needs no
rebuilding: the new palette makes Qt repaint everything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from steelyard.gui.palette import Palette, qt_palette, read_palette
from steelyard.places import resources

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Type(NamedTuple):
    """One step of the type scale: pixel size and line height at 100 %, weight, family."""

    size: float
    line: float
    weight: int = 400
    family: str = "IBM Plex Sans"


CONDENSED = "IBM Plex Sans Condensed"
MONO = "IBM Plex Mono"

TYPES = {
    "micro": Type(11, 14),
    "micro medium": Type(11, 14, 500),
    "small": Type(12, 16),
    "small medium": Type(12, 16, 500),
    "body": Type(13, 18),
    "medium": Type(13, 18, 500),
    "head": Type(11.5, 15, 500),
    "title": Type(17, 24, 600),
    "h2": Type(13, 18, 600),
    "lead": Type(13.5, 18, 600),
    "dock figure": Type(16, 20, 500),
    "card figure": Type(21, 26, 500),
    "popover value": Type(26, 32, 600),
    "condensed": Type(12, 15, 400, CONDENSED),
    "condensed medium": Type(12, 15, 500, CONDENSED),
    "condensed title": Type(13.5, 18, 600, CONDENSED),
    "axis": Type(11.5, 15, 400, CONDENSED),
    "mono": Type(12, 18, 400, MONO),
    "mono small": Type(11, 14, 400, MONO),
}


class Look:
    """One palette at one zoom, with its fonts."""

    def __init__(self, palette: Palette, zoom: float = 1.0) -> None:
        self.palette = palette
        self.zoom = zoom
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}

    def px(self, size: float) -> int:
        """A length of the design in pixels at this zoom."""
        return round(size * self.zoom)

    def font(self, step: str) -> QFont:
        """The font of a step of the type scale."""
        if step not in self._fonts:
            kind = TYPES[step]
            font = QFont(kind.family)
            font.setPixelSize(round(kind.size * self.zoom))
            font.setWeight(QFont.Weight(kind.weight))
            self._fonts[step] = font
        return self._fonts[step]

    def metrics(self, step: str) -> QFontMetricsF:
        """How wide and how high text of that step is."""
        if step not in self._metrics:
            self._metrics[step] = QFontMetricsF(self.font(step))
        return self._metrics[step]


_worn: list[Look] = []


def look() -> Look:
    """The look that the desk wears now."""
    return _worn[0]


def colours() -> Palette:
    """The palette that the desk wears now."""
    return _worn[0].palette


def wear(application: QApplication, theme: str = "light", zoom: float = 1.0) -> Look:
    """Put a theme on, live: Qt's palette, the style sheet and the font follow."""
    chosen = Look(read_palette(resources() / "themes" / f"{theme}.toml"), zoom)
    _worn[:] = [chosen]
    application.setFont(chosen.font("body"))
    application.setPalette(qt_palette(chosen.palette))
    application.setStyleSheet(style_sheet(chosen))
    return chosen


def style_sheet(chosen: Look) -> str:
    """The style sheet with its tokens filled in: `@token` is a colour, `12dp` a length that follows the zoom."""
    text = (resources() / "themes" / "desk.qss").read_text(encoding="utf-8")
    names = chosen.palette._asdict()
    text = re.sub(r"(\d+(?:\.\d+)?)dp", lambda found: f"{chosen.px(float(found.group(1)))}px", text)
    return re.sub(r"@(\w+)", lambda found: names[found.group(1)].name(), text)


FIRST_FONTS = ("Sans-Regular", "Sans-Medium", "Sans-SemiBold")


def register_fonts(*, first: bool) -> None:
    """Make the program's own fonts known: those of the first window, or all the others."""
    for path in sorted((resources() / "fonts").rglob("*.ttf")):
        if path.stem.endswith(FIRST_FONTS) is first:
            QFontDatabase.addApplicationFont(str(path))
