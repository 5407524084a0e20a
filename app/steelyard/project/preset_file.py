"""A file of the program's own that holds entries to start from: one table an entry, all of one shape."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, TypeVar

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.places import components_db
from steelyard.project.shape import typed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["preset_file"]

_Shape = TypeVar("_Shape")


def preset_file(name: str, kind: type[_Shape], folder: Path | None = None) -> dict[str, _Shape]:
    """Return the entries of a file beside the catalogue, by their names.

    Raises DamagedFileError that says which file and what is wrong in it.
    """
    path = (folder or components_db()) / name
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return {entry: typed(kind, raw[entry], entry) for entry in raw}
    except (OSError, ValueError, BadInputError) as trouble:
        raise DamagedFileError(f'"{path}" cannot be read: {trouble}', "Install the program again.") from None
