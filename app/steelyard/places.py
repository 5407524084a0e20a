"""Where things are: the program's own data, and the user's.

A checkout reads `components_db` and `resources` from its root. An installed wheel carries both inside the package,
under `_data`.
"""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["components_db", "is_checkout", "resources", "user_cache", "user_data"]

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "_data"


def components_db() -> Path:
    """Return the folder of schema, parts, workloads, assumptions and sources."""
    return _own("components_db")


def resources() -> Path:
    """Return the folder of fonts, icons, themes, sample projects and documentation."""
    return _own("resources")


def is_checkout() -> bool:
    """Say whether the program runs from a checkout, where `make setup` installs what is missing."""
    return not _SHIPPED.is_dir() and (_PACKAGE.parent.parent / "Makefile").is_file()


def user_data() -> Path:
    """Return the folder of what the user made or chose: settings, own parts, saved builds. It may not exist yet.

    `$STEELYARD_HOME/data` where that is set, else `$XDG_DATA_HOME/steelyard`, else `~/.local/share/steelyard`.
    """
    return _users("data", "XDG_DATA_HOME", Path(".local", "share"))


def user_cache() -> Path:
    """Return the folder of what can be made again, such as the catalogue's arrays. It may not exist yet.

    `$STEELYARD_HOME/cache` where that is set, else `$XDG_CACHE_HOME/steelyard`, else `~/.cache/steelyard`.
    """
    return _users("cache", "XDG_CACHE_HOME", Path(".cache"))


def _own(folder: str) -> Path:
    return _SHIPPED / folder if _SHIPPED.is_dir() else _PACKAGE.parent.parent / folder


def _users(folder: str, variable: str, below_home: Path) -> Path:
    steelyard_home = os.environ.get("STEELYARD_HOME")
    if steelyard_home:
        return Path(steelyard_home) / folder
    stated = os.environ.get(variable, "")
    # the XDG base directory specification: a relative path is invalid and is ignored
    start = Path(stated) if Path(stated).is_absolute() else Path.home() / below_home
    return start / "steelyard"
