"""The colours of one theme, and Qt's own palette made from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from pathlib import Path


class Palette(NamedTuple):
    """Every colour a widget may use; their meaning stands beside each in `resources/themes`."""

    name: str
    base: QColor
    panel: QColor
    chrome: QColor
    raised: QColor
    line: QColor
    line1: QColor
    line2: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    steel: QColor
    steelfill: QColor
    steelmid: QColor
    steelsoft: QColor
    brass: QColor
    brassfill: QColor
    brasssoft: QColor
    ok: QColor
    note: QColor
    warn: QColor
    block: QColor
    unknown: QColor
    onsteel: QColor
    s1: QColor
    s2: QColor
    s3: QColor
    s4: QColor
    s5: QColor
    s6: QColor

    @property
    def series(self) -> tuple[QColor, ...]:
        """The data series' colours, in their fixed order."""
        return (self.s1, self.s2, self.s3, self.s4, self.s5, self.s6)

    def state(self, state: str) -> QColor:
        """The colour of a state's symbol; a state without one reads as ink3."""
        colour: QColor = getattr(self, STATES.get(state, "ink3"))
        return colour


STATES = {state: state for state in ("ok", "note", "warn", "block", "unknown")} | {
    "ready": "ok",
    "block_open": "block",
    "warn_open": "warn",
}


def read_palette(path: Path) -> Palette:
    """The palette that a theme file holds. Raises KeyError or TypeError when a token is missing or unknown."""
    theme = read_sections(path)
    tokens = {("raised" if name == "raise" else name): QColor(value) for name, value in theme["tokens"].items()}
    return Palette(theme[""]["name"], **tokens)


def read_sections(path: Path) -> dict[str, dict[str, str]]:
    """The sections of a theme's TOML file, of which every value is one quoted text on one line.

    `tomllib` reads the same, and a test says so; it takes 5 ms to import, in which the window could be there.
    """
    sections: dict[str, dict[str, str]] = {"": {}}
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
            sections[section] = {}
        elif " = " in line and not line.startswith("#"):
            name, _, rest = line.partition(" = ")
            sections[section][name] = rest.split('"')[1]
    return sections


def qt_palette(palette: Palette) -> QPalette:
    """Qt's roles filled from ours, so that Fusion draws what we do not."""
    role = QPalette.ColorRole
    result = QPalette()
    for name, colour in {
        role.Window: palette.panel,
        role.Base: palette.base,
        role.AlternateBase: palette.base,
        role.Text: palette.ink,
        role.WindowText: palette.ink,
        role.ButtonText: palette.ink,
        role.BrightText: palette.block,
        role.PlaceholderText: palette.ink3,
        role.Button: palette.base,
        role.Highlight: palette.steelsoft,
        role.HighlightedText: palette.ink,
        role.Accent: palette.steel,
        role.Link: palette.steel,
        role.LinkVisited: palette.steel,
        role.Mid: palette.line1,
        role.Light: palette.line,
        role.Midlight: palette.line,
        role.Dark: palette.line2,
        role.Shadow: palette.line2,
        role.ToolTipBase: palette.raised,
        role.ToolTipText: palette.ink,
    }.items():
        result.setColor(name, colour)
    for name in (role.Text, role.WindowText, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, palette.ink3)
    return result
