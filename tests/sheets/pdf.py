"""Read a PDF back: the text that a reader sees in the order in which it is drawn, fonts, outline, attachment."""

from __future__ import annotations

import io
import re
from typing import NamedTuple

import pikepdf

HEX = re.compile(r"<([0-9A-Fa-f]+)>")


class Printed(NamedTuple):
    """What a PDF holds. text: one string a page. embedded: font name -> whether its program is in the file."""

    text: tuple[str, ...]
    embedded: dict[str, bool]
    images: int
    outline: tuple[str, ...]
    attached: dict[str, bytes]
    size: tuple[float, float]
    title: str
    language: str

    @property
    def whole(self) -> str:
        """The text of all pages in one line, blanks folded."""
        return " ".join(" ".join(self.text).split())


def read(content: bytes) -> Printed:
    """Read all that the tests ask about."""
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts: dict[str, bool] = {}
        pages = []
        images = 0
        for page in document.pages:
            maps = {}
            images += sum(each.get("/Subtype") == "/Image" for each in page.Resources.get("/XObject", {}).values())
            for name, font in page.Resources.get("/Font", {}).items():
                described = font.get("/FontDescriptor")
                fonts[str(font.BaseFont)] = described is not None and "/FontFile2" in described
                maps[name] = _unicode(font.ToUnicode.read_bytes().decode("latin-1")) if "/ToUnicode" in font else {}
            pages.append(_text(page, maps))
        with document.open_outline() as outline:
            titles = tuple(item.title for item in outline.root)
        box = [float(number) for number in document.pages[0].MediaBox]
        attached = {name: document.attachments[name].get_file().read_bytes() for name in document.attachments}
        with document.open_metadata() as metadata:
            title = str(metadata["dc:title"])
        return Printed(tuple(pages), fonts, images, titles, attached, (box[2], box[3]), title, str(document.Root.Lang))


def _unicode(table: str) -> dict[int, str]:
    """The map from a font's codes to characters."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for line in block.strip().splitlines():
            code, letter = HEX.findall(line)
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for low, _, listed in re.findall(r"<(\w+)>\s*<(\w+)>\s*(\[.*?\]|<\w+>)", block, re.DOTALL):
            letters = [bytes.fromhex(each).decode("utf-16-be") for each in HEX.findall(listed)]
            found |= {int(low, 16) + index: letter for index, letter in enumerate(letters)}
    return found


def _text(page: pikepdf.Page, maps: dict[str, dict[int, str]]) -> str:
    """Every shown string, a new line where a new text object begins."""
    words: list[str] = []
    current: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = maps[str(operands[0])]
            case "Tj":
                words.append("".join(current.get(code, "\ufffd") for code in bytes(operands[0])))
            case "T*" | "ET":
                words.append("\n")
    return "".join(words)
