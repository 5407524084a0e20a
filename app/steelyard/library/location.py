"""Where the library lies, and what tells without opening it whether it changed; every start asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.places import user_data

if TYPE_CHECKING:
    from pathlib import Path

_CHANGES: Final = slice(24, 28)
"""Where SQLite's file format keeps its change counter, raised by every transaction that wrote."""


def library_file() -> Path:
    """Return the user's library. It may not exist yet."""
    return user_data() / "library.sqlite"


def catalogues_folder(library: Path) -> Path:
    """Return the folder of the catalogues that were applied, beside the library's file."""
    return library.parent / "catalogues"


def stamp_of(library: Path) -> list[object] | None:
    """Return what changes with every change of the library; None where there is none.

    A journal that a crash left behind counts as a change: only SQLite can say what holds.
    """
    try:
        with library.open("rb") as file:
            head = file.read(100)
        state = library.stat()
    except FileNotFoundError:
        return None
    journal = library.with_name(f"{library.name}-journal")
    left = journal.stat().st_size if journal.exists() else 0
    return [str(library), state.st_size, state.st_mtime_ns, head[_CHANGES].hex(), left]
