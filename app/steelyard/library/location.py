"""Where the library lies, and what tells without opening it whether it changed; every start asks it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from steelyard.places import user_data

if TYPE_CHECKING:
    from pathlib import Path

_CHANGES: Final = slice(24, 28)
"""Where SQLite's file format keeps its change counter, raised by every transaction that wrote."""

_MOST_HELD: Final = 16
"""Libraries that are held open at once; a program works with one or two."""

_held: dict[str, int] = {}
"""Path -> descriptor of each library that was looked at, the longest ago first; see `_counter`."""


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
        state = library.stat()
        counter = _counter(library, state)
    except FileNotFoundError:
        return None
    journal = library.with_name(f"{library.name}-journal")
    left = journal.stat().st_size if journal.exists() else 0
    return [str(library), state.st_size, state.st_mtime_ns, counter.hex(), left]


def _counter(library: Path, state: os.stat_result) -> bytes:
    """Return the change counter.

    The file is opened once and stays open: where a process closes a file, POSIX takes all its locks on it from the
    process, those of a transaction that goes on in another thread among them.
    """
    if os.name == "nt":
        with library.open("rb") as file:
            return file.read(_CHANGES.stop)[_CHANGES]
    name = str(library)
    if name in _held and not os.path.samestat(os.fstat(_held[name]), state):
        os.close(_held.pop(name))  # another file lies there now; nobody locks the old one any more
    if name not in _held:
        if len(_held) >= _MOST_HELD:
            os.close(_held.pop(next(iter(_held))))
        _held[name] = os.open(library, os.O_RDONLY)
    return os.pread(_held[name], _CHANGES.stop - _CHANGES.start, _CHANGES.start)
