"""The program's own fonts, known to ReportLab and embedded as subsets; no font of the system is needed."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from reportlab import rl_config
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from steelyard.places import resources

# Colour attributes in markup are looked up by name only, never evaluated; our own text is escaped before that.
rl_config.toColorCanUse = None

PLAIN = "IBMPlexSans-Regular"
MEDIUM = "IBMPlexSans-Medium"
STRONG = "IBMPlexSans-SemiBold"
ITALIC = "IBMPlexSans-Italic"
NARROW = "IBMPlexSansCondensed-Regular"
NARROW_MEDIUM = "IBMPlexSansCondensed-Medium"
NARROW_STRONG = "IBMPlexSansCondensed-SemiBold"
MONO = "IBMPlexMono-Regular"
FACES = (PLAIN, MEDIUM, STRONG, ITALIC, NARROW, NARROW_MEDIUM, NARROW_STRONG, MONO)
ELLIPSIS = "…"
SPACES = "\t\n\r\v\f\u2002\u2003\u2009\u202f"


@lru_cache(maxsize=1)
def register() -> None:
    """Make all faces known, once in a process, and leave no use for fonts that are not embedded."""
    STATE_DEFAULTS["fontName"] = PLAIN
    for face in FACES:
        pdfmetrics.registerFont(TTFont(face, str(resources() / "fonts" / f"{face}.ttf")))


@lru_cache(maxsize=len(FACES))
def _covered(face: str) -> frozenset[int]:
    register()
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph)


def printable(text: str, face: str = PLAIN) -> str:
    """Return the text with every character that the face cannot draw written as its code point.

    Nothing is dropped or shown as a box; marks that reorder text (which could disguise it) are written as code too.
    """
    if text.isascii() and text.isprintable():
        return text
    covered = _covered(face)
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if letter in SPACES else letter if _draws(letter, covered) else f"[U+{ord(letter):04X}]"
        for letter in composed
    )


def _draws(letter: str, covered: frozenset[int]) -> bool:
    return ord(letter) in covered and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def width(text: str, face: str, size: float) -> float:
    """Return the width of a text in points."""
    register()
    return float(pdfmetrics.stringWidth(text, face, size))


def fitted(text: str, face: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `room` points."""
    text = printable(text[: int(room) + 1], face)
    if width(text, face, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS
