"""All running text of a sheet passes here: escaped, capped, printable. Nobody else makes a paragraph.

ReportLab's markup can open files and crash on a stray ampersand, so no text reaches it but through `paragraph_text`.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from steelyard.sheets.fonts import ELLIPSIS, MEDIUM, MONO, NARROW, PLAIN, STRONG, printable, register
from steelyard.sheets.theme import colour

GAP = "\u00a0 "  # two blanks that a paragraph does not fold into one
LONGEST_NAME = 200
LONGEST_SENTENCE = 600
LONGEST_NOTE = 4000


class Style(NamedTuple):
    """A text style: face, size and line in points, colour token, and whether it stands at the right."""

    face: str
    size: float
    line: float
    colour: str = "ink"
    right: bool = False


TITLE = Style(STRONG, 24, 29)
PAGE_TITLE = Style(STRONG, 17, 22)
HEADING = Style(STRONG, 11, 14)
LEAD = Style(PLAIN, 10, 15)
SUBTITLE = Style(PLAIN, 11, 16, "ink2")
BODY = Style(PLAIN, 9.3, 12.75)
CELL = Style(PLAIN, 8.4, 10.5)
CELL_STRONG = Style(STRONG, 8.4, 10.5)
CELL_RIGHT = Style(PLAIN, 8.4, 10.5, right=True)
CELL_RIGHT_STRONG = Style(STRONG, 8.4, 10.5, right=True)
CELL_QUIET = Style(PLAIN, 8.4, 10.5, "ink2")
HEAD = Style(MEDIUM, 7.8, 10, "ink2")
HEAD_RIGHT = Style(MEDIUM, 7.8, 10, "ink2", right=True)
CAPTION = Style(PLAIN, 8.1, 11, "ink3")
CAPTION_RIGHT = Style(PLAIN, 8.1, 11, "ink3", right=True)
SMALL = Style(PLAIN, 7.6, 10.4)
CODE = Style(MONO, 7.4, 10, "ink2")
TIGHT = Style(NARROW, 8.4, 10.5)


class Run(NamedTuple):
    """A stretch of text in a look of its own inside a paragraph."""

    text: str
    face: str = ""
    colour: str = ""
    size: float = 0.0


def paragraph_text(text: str, face: str = PLAIN, longest: int = LONGEST_NOTE) -> str:
    """Return any text as markup that shows exactly that text: the one door to ReportLab's paragraph parser.

    Over-long text is cut with an ellipsis, so that no input takes long; a word wider than its line is broken there.
    """
    text = shortened(text, longest)
    return "<br/>".join(escape(printable(line, face)) for line in text.replace("\r\n", "\n").split("\n"))


def shortened(text: str, longest: int) -> str:
    """Return the text, cut with an ellipsis where it has more letters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + ELLIPSIS


def paragraph(text: str | tuple[Run, ...], style: Style = BODY, longest: int = LONGEST_NOTE) -> Paragraph:
    """Return a paragraph of plain text, or of runs that each have their own look."""
    register()
    runs = (Run(text),) if isinstance(text, str) else text
    markup = "".join(_marked(run, style, longest) for run in runs)
    return Paragraph(markup, _reportlab(style))


def _marked(run: Run, style: Style, longest: int) -> str:
    markup = paragraph_text(run.text, run.face or style.face, longest)
    attributes = []
    if run.face:
        attributes.append(f'face="{run.face}"')
    if run.colour:
        attributes.append(f'color="#{colour(run.colour).hexval()[2:]}"')
    if run.size:
        attributes.append(f'size="{run.size:g}"')
    return f"<font {' '.join(attributes)}>{markup}</font>" if attributes else markup


def _reportlab(style: Style) -> ParagraphStyle:
    return ParagraphStyle(
        style.face,
        fontName=style.face,
        fontSize=style.size,
        leading=style.line,
        textColor=colour(style.colour),
        alignment=TA_RIGHT if style.right else TA_LEFT,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
