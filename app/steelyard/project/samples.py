"""The projects that come with the program, and opening one by name or by file."""

from __future__ import annotations

from pathlib import Path

from steelyard.errors import BadInputError, MissingFileError, did_you_mean
from steelyard.places import resources
from steelyard.project.file import Opened, load_project

__all__ = ["FIRST_SAMPLE", "open_project", "sample_file", "sample_names"]

FIRST_SAMPLE = "workstation-a-1"


def sample_names() -> tuple[str, ...]:
    """Return the names of the sample projects, in order of the alphabet."""
    return tuple(sorted(each.stem for each in (resources() / "samples").glob("*.json")))


def sample_file(name: str) -> Path:
    """Return the file of a sample project. Raises MissingFileError that names the nearest sample."""
    if name not in sample_names():
        hint = did_you_mean(name, sample_names()) or f" Samples: {', '.join(sample_names())}."
        raise MissingFileError(f'There is no file and no sample project "{name[:200]}".{hint}')
    return resources() / "samples" / f"{name}.json"


def open_project(what: str) -> Opened:
    """Open a project file, or a sample by its name; a file of that name goes first. Raises as `load_project` does."""
    if not what.strip():
        raise BadInputError("No project is named.", f'Give a project file, or a sample such as "{FIRST_SAMPLE}".')
    path = Path(what)
    looks_like_a_file = bool(path.suffix) or len(path.parts) > 1
    return load_project(path if looks_like_a_file or path.exists() else sample_file(what))
