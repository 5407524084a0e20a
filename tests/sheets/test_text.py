"""Text of users is shown as text: it opens nothing, breaks nothing, and takes no time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

import steelyard.sheets

HOSTILE = [
    '<img src="/etc/passwd"/>',
    "AT&T <b>bold",
    "</para><para>",
    "<font color=\"[[[getattr(pow, Word('__globals__'))]]]\">x</font>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&lt;&amp;&#65;",
    "{project} %s $HOME",
    "<br/><onDraw name='x'/><a href='file:///x'>y</a>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_that_markup_in_a_name_is_printed_letter_for_letter(sheet, printed, pdf, text) -> None:
    bill = sheet.bill._replace(lines=(sheet.bill.lines[0]._replace(part=text, mpn=text), *sheet.bill.lines[1:]))
    seen = pdf.read(printed(sheet._replace(project=text, role=text, variant=text, bill=bill)))

    plain = "".join(text.split())
    assert "".join(seen.whole.split()).count(plain) >= 4


def test_that_markup_opens_no_file(sheet, printed, monkeypatch, tmp_path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not a picture")
    opened = []
    whole = open

    def watched(name, *arguments, **named):
        opened.append(str(name))
        return whole(name, *arguments, **named)

    monkeypatch.setattr("builtins.open", watched)
    printed(sheet._replace(project=f'<img src="{secret}"/>'))

    assert str(secret) not in opened


def test_that_an_endless_word_is_cut_and_takes_little_time(sheet, printed, pdf) -> None:
    started = time.process_time()
    seen = pdf.read(printed(sheet._replace(project="x" * 200_000, role="y" * 200_000, site="z" * 200_000)))

    assert time.process_time() - started < 8
    assert "…" in seen.whole
    assert "x" * 250 not in "".join(seen.whole.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202ereversed", "a[U+202E]reversed"),
        ("日本", "[U+65E5][U+672C]"),
        ("bell\x07", "bell[U+0007]"),
        ("tab\there", "tab here"),
        ("A\u030a", "Å"),
        ("\U0001f600", "[U+1F600]"),
    ],
)
def test_that_what_the_font_cannot_draw_is_named_not_dropped(text, shown) -> None:
    from steelyard.sheets.fonts import printable

    assert printable(text) == shown


def test_that_lines_of_a_note_stay_lines() -> None:
    from steelyard.sheets.text import paragraph_text

    assert paragraph_text("first\r\nsecond <i>") == "first<br/>second &lt;i&gt;"


def test_that_a_cut_text_is_as_wide_as_its_room_at_most() -> None:
    from steelyard.sheets.fonts import PLAIN, fitted, width

    for room in (10.0, 50.0, 200.0):
        assert width(fitted("A rather long name of a project & more" * 9, PLAIN, 8, room), PLAIN, 8) <= room


def test_that_paragraphs_are_made_in_one_place_only() -> None:
    folder = Path(steelyard.sheets.__file__).parent
    makers = [path.name for path in folder.rglob("*.py") if re.search(r"\bX?Paragraph\(|ParaParser", path.read_text())]

    assert makers == ["text.py"]
    assert (folder / "text.py").read_text().count("Paragraph(") == 1


def test_that_colours_in_markup_are_never_evaluated() -> None:
    from reportlab import rl_config

    import steelyard.sheets.fonts  # noqa: F401

    assert rl_config.toColorCanUse is None
