"""Themes, symbols and styles: what they promise can be measured."""

from __future__ import annotations

import tomllib

import pytest
from PySide6.QtGui import QFont, QFontInfo

from steelyard.gui.look import TYPES, look, style_sheet, wear
from steelyard.gui.palette import Palette, read_palette, read_sections
from steelyard.gui.symbols import path_of, symbols
from steelyard.places import resources

THEMES = ("light", "dark")
GROUNDS = ("base", "panel", "chrome")
TEXT = ("ink", "ink2", "ink3", "steel", "brass", "ok", "note", "warn", "block", "unknown")
READABLE, VISIBLE = 4.5, 3.0


def luminance(colour):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(params=THEMES)
def palette(request):
    return read_palette(resources() / "themes" / f"{request.param}.toml")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("token", TEXT)
def test_that_text_is_readable_on_every_ground(palette, token, ground):
    assert contrast(getattr(palette, token), getattr(palette, ground)) >= READABLE


@pytest.mark.parametrize("token", ["line2", "steelfill", "brassfill", "s1", "s2", "s3", "s4", "s5", "s6"])
def test_that_lines_and_fills_with_a_meaning_are_seen(palette, token):
    assert contrast(getattr(palette, token), palette.base) >= VISIBLE


@pytest.mark.parametrize("token", ["ink", "ink2", "ink3", "unknown", "block", "warn"])
def test_that_text_is_readable_on_a_selected_row(palette, token):
    assert contrast(getattr(palette, token), palette.steelsoft) >= READABLE


def test_that_text_on_steel_is_readable(palette):
    for ground in (palette.steel, palette.steelfill):
        assert contrast(palette.onsteel, ground) >= READABLE


def test_that_both_themes_name_the_same_colours():
    tokens = [set(read_sections(resources() / "themes" / f"{theme}.toml")["tokens"]) for theme in THEMES]
    assert tokens[0] == tokens[1]
    assert len(tokens[0]) + 1 == len(Palette._fields)


@pytest.mark.parametrize("name", ["light", "dark", "symbols"])
def test_that_the_quick_reader_reads_what_tomllib_reads(name):
    path = resources() / "themes" / f"{name}.toml"
    whole = tomllib.loads(path.read_text(encoding="utf-8"))
    found = read_sections(path)
    assert found.pop("") == {key: value for key, value in whole.items() if isinstance(value, str)}
    assert found == {key: value for key, value in whole.items() if isinstance(value, dict)}


def test_that_every_symbol_stays_on_its_grid():
    for name, symbol in symbols().items():
        layers = [layer for layer in symbol if layer is not None]
        assert layers, name
        for layer in layers:
            box = layer.boundingRect()
            assert box.left() >= 0, name
            assert box.top() >= 0, name
            assert box.right() <= 16, name
            assert box.bottom() <= 16, name


def test_that_a_path_command_that_paper_cannot_read_is_refused():
    with pytest.raises(ValueError, match="command A"):
        path_of("M0 0 A1 1 0 0 0 2 2")


@pytest.mark.usefixtures("dressed")
def test_that_every_step_of_the_type_scale_is_our_own_font():
    for name, step in TYPES.items():
        font = look().font(name)
        assert font.pixelSize() >= 11, name
        assert QFontInfo(font).family() == step.family, name
        assert QFontInfo(font).weight() == step.weight, name


@pytest.mark.usefixtures("dressed")
def test_that_digits_have_one_width_in_every_step():
    for name in TYPES:
        metrics = look().metrics(name)
        assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1, name


def test_that_zoom_scales_type_and_lengths(dressed):
    plain = look().px(31)
    wear(dressed, "light", 2.0)
    assert look().px(31) == 2 * plain
    assert look().font("body").pixelSize() == 26
    assert "min-height: 40px" in style_sheet(look())


@pytest.mark.usefixtures("dressed")
def test_that_the_style_sheet_has_no_name_left():
    assert "@" not in style_sheet(look())
    assert QFont(look().font("body")).pixelSize() == 13
