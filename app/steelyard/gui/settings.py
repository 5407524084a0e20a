"""What the desk remembers between two starts: theme, zoom, and the project that was open."""

from __future__ import annotations

from contextlib import suppress
from typing import NamedTuple

from steelyard.gui.palette import read_sections
from steelyard.places import user_data

LEAST_ZOOM, MOST_ZOOM = 0.8, 3.0
FILE = "desk.toml"


class Settings(NamedTuple):
    """The user's choices; a file that cannot be read counts as no choice."""

    theme: str = "light"
    zoom: float = 1.0
    last: str = ""


def read_settings() -> Settings:
    """The choices of the last time."""
    with suppress(OSError, ValueError, IndexError):
        found = read_sections(user_data() / FILE)[""]
        theme = found["theme"] if found.get("theme") in {"light", "dark"} else "light"
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, float(found.get("zoom", "1"))))
        return Settings(theme, zoom, found.get("last", ""))
    return Settings()


def write_settings(settings: Settings) -> None:
    """Keep the choices; where they cannot be kept the desk works all the same."""
    lines = [f'{name} = "{value}"\n' for name, value in settings._asdict().items() if '"' not in str(value)]
    with suppress(OSError):
        user_data().mkdir(parents=True, exist_ok=True)
        (user_data() / FILE).write_text("".join(lines), encoding="utf-8")
