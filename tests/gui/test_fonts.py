"""The program needs no font of the system: it brings its own, and draws every sign that it writes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from steelyard.places import resources

if TYPE_CHECKING:
    from pathlib import Path

SIGNS = "0123456789.,+-–×·±≥≤≈≠°µ→←↑↓²³₂√∞½€£¥$%ΔΩαβγλμπσßéćñüžÅ“”…"
NOT_IN_MONO = "ΔΩαβγλμσ"

DRAW = """
import sys
from pathlib import Path
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication, QImage, QPainter, QRawFont

application = QGuiApplication([])
assert set(QFontDatabase.families()) <= {"Monospace", "Sans Serif", "Serif"}, "only fontconfig's own aliases"
for path in sorted(Path(sys.argv[1]).glob("*.ttf")):
    assert QFontDatabase.addApplicationFont(str(path)) >= 0, path
signs_of = {"IBM Plex Sans": sys.argv[2], "IBM Plex Sans Condensed": sys.argv[2], "IBM Plex Mono": sys.argv[3]}
for family, signs in signs_of.items():
    for weight in (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold):
        font = QFont(family, 12, weight)
        assert (QFontInfo(font).family(), QFontInfo(font).weight()) == (family, weight), (family, weight)
        raw = QRawFont.fromFont(font)
        missing = [sign for sign in signs if not raw.supportsCharacter(ord(sign))]
        assert not missing, (family, weight, missing)

def drawn(text):
    image = QImage(60, 40, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.setFont(QFont("IBM Plex Sans", 20))
    painter.drawText(5, 30, text)
    painter.end()
    return bytes(image.constBits())

pictures = {text: drawn(text) for text in ("600 W", "42 °C", "\\uf8fe", " ")}
assert pictures["600 W"] != pictures["42 °C"] != pictures["\\uf8fe"] != pictures[" "], "letters look like empty boxes"
print("drawn")
"""


def test_that_text_is_drawn_on_a_machine_without_fonts(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><dir>{tmp_path / 'fonts'}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>"
    )
    mono_signs = "".join(sign for sign in SIGNS if sign not in NOT_IN_MONO)
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(resources() / "fonts"), SIGNS, mono_signs],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "drawn\n", done.stderr


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("family", ["IBMPlexSans", "IBMPlexSansCondensed", "IBMPlexMono"])
def test_that_digits_are_equally_wide_in_every_weight(family: str) -> None:
    from PySide6.QtGui import QRawFont

    widths = set()
    for weight in ("Regular", "Medium", "SemiBold"):
        font = QRawFont(str(resources() / "fonts" / f"{family}-{weight}.ttf"), 1000.0)
        advances = font.advancesForGlyphIndexes(font.glyphIndexesForString("0123456789"))
        widths |= {round(advance.x()) for advance in advances}
    assert len(widths) == 1
