"""A document: pages with head and foot, an outline, a marker at its end, the project inside, the same bytes each time.

It is laid out until page numbers and references settle (mostly twice), as "page 4" is printed before page 4 exists.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape

from reportlab.graphics import renderPDF
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from steelyard.errors import BadInputError
from steelyard.sheets.fonts import MONO, NARROW, PLAIN, STRONG, fitted, printable, register, width
from steelyard.sheets.paper import COLUMN, FOOT, Paper
from steelyard.sheets.pen import HAIRLINE, Pen
from steelyard.sheets.theme import colour

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MOST_PASSES = 5
DRAFT = "DRAFT"
DRAFT_SIZE = 150
DRAFT_INK = 0.08
DRAFT_SLOPE = 52
ATTACHED = "project.json"
CAUTION = "Estimate, not a measurement"
HEAD_LINE = 16 * mm
FOOT_LINE = 14 * mm
FOOT_GAP = 11.0
FOOT_LEADING = 9.5
MARK = 10.0
RUNNING = 7.6
LANGUAGE = "en"
TITLE_LENGTH = 120
PRODUCER = "Steelyard"


class Running(NamedTuple):
    """What stands on every page, and in the document's properties.

    sheet: the kind of document. subject: project and variant. foot: catalogue, prices, rules. hash: of the content.
    """

    sheet: str
    subject: str
    title: str
    date: str
    foot: tuple[str, ...]
    hash: str
    draft: bool


class Layout(NamedTuple):
    """What one pass found: the page of each chapter and of each finding, and how many pages there are."""

    pages: Mapping[str, int]
    total: int

    def page(self, chapter: str) -> str:
        """Return "page 4", or nothing where the chapter is not in this document."""
        return f"page {self.pages[chapter]}" if chapter in self.pages else ""


class Place(Flowable):  # type: ignore[misc]
    """A mark without size that references point at; the first of its name on paper counts."""

    def __init__(self, key: str, pages: dict[str, int]) -> None:
        """Mark a place; `pages` is told on which page it came to stand."""
        super().__init__()
        self.key, self.pages = key, pages

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """Take no room."""
        return (0, 0)

    def draw(self) -> None:
        """Note the page."""
        self.pages.setdefault(self.key, self.canv.getPageNumber())


def calendar_day(words: str) -> str:
    """Return a day of the calendar as it is written. Raises BadInputError."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        raise BadInputError(f'"{words[:20]}" is not a day of the calendar.', "Write it as 2026-11-21.") from None


Story = Callable[[Layout, dict[str, int]], list[Flowable]]


class Chapter(Flowable):  # type: ignore[misc]
    """A mark without size: the reader's outline points here, and references take the page from here."""

    def __init__(self, key: str, title: str, pages: dict[str, int]) -> None:
        """Mark a chapter; `pages` is told on which page it came to stand."""
        super().__init__()
        self.key, self.title, self.pages = key, title, pages

    def wrap(self, _wide: float, _high: float) -> tuple[float, float]:
        """Take no room."""
        return (0, 0)

    def draw(self) -> None:
        """Set the bookmark."""
        self.pages[self.key] = self.canv.getPageNumber()
        self.canv.bookmarkPage(self.key, fit="FitH", top=self.canv._pagesize[1])  # noqa: SLF001  # no public reader
        self.canv.addOutlineEntry(printable(self.title), self.key, 0)


def document(story: Story, running: Running, paper: Paper,
             attachment: bytes) -> bytes:  # fmt: skip
    """Return the PDF's bytes. `story` makes the flowables from the layout that the pass before found."""
    register()
    layout = Layout({}, 0)
    for _ in range(MOST_PASSES):
        content, found = _laid_out(story, running, paper, attachment, layout)
        if found == layout:
            break
        layout = found
    return content


def is_print_of(content: bytes, digest: str, day: str, paper: Paper) -> bool:
    """Return whether these are the bytes of a whole document with this content hash, of this day, on this paper."""
    size = " ".join(f"{side:.4f}".rstrip("0").rstrip(".") for side in (paper.wide, paper.high))
    marks = (f"<dc:identifier>{digest}</dc:identifier>", f"<xmp:CreateDate>{day}T", f"/MediaBox [ 0 0 {size} ]")
    return content.rstrip().endswith(b"%%EOF") and all(mark.encode() in content for mark in marks)


def _laid_out(story: Story, running: Running, paper: Paper,
              attachment: bytes, before: Layout) -> tuple[bytes, Layout]:  # fmt: skip
    buffer = io.BytesIO()
    pages: dict[str, int] = {}
    frame = Frame(
        paper.margin,
        FOOT,
        COLUMN,
        paper.room,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    template = PageTemplate("page", [frame], onPage=lambda canvas, _: _running(canvas, running, paper, before.total))
    made = BaseDocTemplate(
        buffer,
        pagesize=(paper.wide, paper.high),
        pageTemplates=[template],
        invariant=1,
        initialFontName=PLAIN,
        lang=LANGUAGE,
        title=running.title[:TITLE_LENGTH],
        author=PRODUCER,
        subject=running.sheet,
        creator=PRODUCER,
        producer=PRODUCER,
    )
    made.beforeDocument = lambda: _dressed(made.canv, running, attachment)
    made.build(story(before, pages))
    return buffer.getvalue(), Layout(dict(pages), made.page)


def _dressed(canvas: Canvas, running: Running, attachment: bytes) -> None:
    """Give the file its dates, its metadata and the project inside it."""
    document = canvas._doc  # noqa: SLF001  # ReportLab has no public way to dates, attachments and metadata
    day = datetime.fromisoformat(running.date).replace(tzinfo=UTC)
    stamp = document._timeStamp  # noqa: SLF001
    stamp.t, stamp.lt, stamp.YMDhms = day.timestamp(), day.timetuple(), day.timetuple()[:6]
    stamp.dhh = stamp.dmm = 0
    document.signature = hashlib.md5(f"{running.hash} {running.date}".encode(), usedforsecurity=False)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    catalog = document.Catalog
    packet = PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}),
        _xmp(running, day.isoformat()).encode(),
        [],
    )
    catalog.Metadata = document.Reference(packet)
    kind = {
        "Type": PDFName("EmbeddedFile"),
        "Subtype": PDFName("application#2Fjson"),
        "Params": PDFDictionary({"Size": len(attachment)}),
    }
    held = document.Reference(PDFStream(PDFDictionary(kind), attachment))
    file = document.Reference(
        PDFDictionary(
            {
                "Type": PDFName("Filespec"),
                "F": PDFString(ATTACHED),
                "UF": PDFString(ATTACHED),
                "Desc": PDFString("The project: open it in Steelyard to go on from here"),
                "AFRelationship": PDFName("Source"),
                "EF": PDFDictionary({"F": held, "UF": held}),
            }
        )
    )
    catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray([PDFString(ATTACHED), file])})})
    catalog.AF = PDFArray([file])
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]


def _xmp(running: Running, moment: str) -> str:
    """The properties as XMP, for readers and archives that look there."""
    title, subject = escape(printable(running.title[:TITLE_LENGTH])), escape(running.sheet)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:identifier>{running.hash}</dc:identifier>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _running(canvas: Canvas, running: Running, paper: Paper, count: int) -> None:
    """Draw head, foot and, behind the text, the draft mark."""
    left, right = paper.margin, paper.wide - paper.margin
    canvas.saveState()
    if running.draft:
        canvas.saveState()
        canvas.translate(paper.wide / 2, paper.high / 2)
        canvas.rotate(DRAFT_SLOPE)
        canvas.setFillColor(colour("ink"), alpha=DRAFT_INK)
        canvas.setFont(STRONG, DRAFT_SIZE)
        canvas.drawCentredString(0, -DRAFT_SIZE / 3, DRAFT)
        canvas.restoreState()
    top = paper.high - HEAD_LINE
    mark = Pen(MARK, MARK)
    mark.symbol("balance", 0, 0, MARK, "ink")
    renderPDF.draw(mark.drawing, canvas, left, top + 3.5)
    page = f"page {canvas.getPageNumber()}/{count or 1}"
    at = left + MARK + 5
    at = _words(canvas, running.sheet, STRONG, "ink2", (at, top + 5)) + 7
    room = right - at - 100
    _words(canvas, fitted(running.subject, PLAIN, RUNNING, room), PLAIN, "ink2", (at, top + 5))
    _words(canvas, page, PLAIN, "ink2", (right - width(page, PLAIN, RUNNING), top + 5))
    _words(canvas, running.date, PLAIN, "ink2", (right - 90, top + 5))
    _rule(canvas, left, right, top, "ink2")
    _rule(canvas, left, right, FOOT_LINE, "line2")
    caution = right - width(CAUTION, STRONG, RUNNING)
    _words(canvas, CAUTION, STRONG, "ink2", (caution, FOOT_LINE - 12))
    _foot(canvas, running, left, caution - FOOT_GAP)
    canvas.restoreState()


def _foot(canvas: Canvas, running: Running, left: float, right: float) -> None:
    """Write what the sheet rests on; what has no room, as beside the signer of a catalogue, goes to a second line."""
    at, y = left, FOOT_LINE - 12
    digest = " ".join(running.hash[i : i + 4] for i in range(0, 16, 4))
    for words, face in (*((words, NARROW) for words in running.foot), (digest, MONO)):
        if at > left and at + width(printable(words, face), face, RUNNING) > right:
            at, y = left, y - FOOT_LEADING
        at = _words(canvas, fitted(words, face, RUNNING, right - left), face, "ink2", (at, y)) + FOOT_GAP


def _words(canvas: Canvas, words: str, face: str, token: str, at: tuple[float, float]) -> float:
    """Write running text; return where it ends."""
    canvas.setFont(face, RUNNING)
    canvas.setFillColor(colour(token))
    words = printable(words, face)
    canvas.drawString(*at, words)
    return at[0] + width(words, face, RUNNING)


def _rule(canvas: Canvas, left: float, right: float, y: float, token: str) -> None:
    canvas.setStrokeColor(colour(token))
    canvas.setLineWidth(HAIRLINE)
    canvas.line(left, y, right, y)
