"""What the desk remembers between two starts: theme, zoom, and the project that was open."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

from steelyard.places import user_data

LEAST_ZOOM, MOST_ZOOM = 0.8, 3.0


class Settings(NamedTuple):
    """The user's choices; a file that cannot be read counts as no choice."""

    theme: str = "light"
    zoom: float = 1.0
    last: str = ""


def read_settings() -> Settings:
    """The choices of the last time."""
    with suppress(OSError, ValueError, TypeError):
        found = json.loads((user_data() / "desk.json").read_text(encoding="utf-8"))
        theme = found.get("theme") if found.get("theme") in {"light", "dark"} else "light"
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, float(found.get("zoom", 1.0))))
        return Settings(theme, zoom, str(found.get("last", "")))
    return Settings()


def write_settings(settings: Settings) -> None:
    """Keep the choices; where they cannot be kept the desk works all the same."""
    with suppress(OSError):
        user_data().mkdir(parents=True, exist_ok=True)
        (user_data() / "desk.json").write_text(json.dumps(settings._asdict(), indent=1), encoding="utf-8")
