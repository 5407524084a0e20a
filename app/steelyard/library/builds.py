"""Saved builds: projects by name, a revision for each save that changed something; the text comes back to the byte."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import delete, insert, select

from steelyard.errors import BadInputError, CannotSaveError, DamagedFileError, MissingFileError, did_you_mean
from steelyard.library.tables import build
from steelyard.project.atomic import write_atomically
from steelyard.project.file import project_from_text

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Row

    from steelyard.library.library import Library

__all__ = ["LONGEST_NAME", "SavedBuild", "document_of", "export_builds", "remove_build", "save_build", "saved_builds"]

LONGEST_NAME: Final = 200
"""Letters of a build's name."""

_LONGEST_FILE: Final = 80
"""Letters of a name in the name of a file; the revision and the ending come after them."""


class SavedBuild(NamedTuple):
    """A revision of a saved build; `saved_at` in UTC, `size` in bytes, `digest` the SHA-256 of its text."""

    name: str
    revision: int
    saved_at: str
    saved_by: str
    size: int
    digest: str


def save_build(library: Library, name: str, document: str) -> tuple[SavedBuild, bool]:
    """Keep a project's text under a name; return its revision, and whether it is a new one.

    The text that the newest revision holds already is not kept twice. BadInputError when the name cannot be one, or
    when the text is no project that this program reads.
    """
    _check_name(name)
    content = document.encode()
    project_from_text(content, name)
    digest = sha256(content).hexdigest()
    with library.reading() as connection:
        newest = _newest(connection, name)
    if newest is not None and newest.digest == digest:
        return newest, False
    detail: dict[str, object] = {"digest": digest}
    with library.changing("build saved", name, detail) as connection:
        newest = _newest(connection, name)
        detail["revision"] = revision = 1 if newest is None else newest.revision + 1
        saved = SavedBuild(name, revision, library.now(), library.who, len(content), digest)
        connection.execute(
            insert(build).values(
                name=name,
                revision=revision,
                saved_at=saved.saved_at,
                saved_by=saved.saved_by,
                document=document,
                digest=digest,
            )
        )
    return saved, True


def saved_builds(library: Library, *, all_revisions: bool = False) -> tuple[SavedBuild, ...]:
    """Return the newest revision of every build by name, or all revisions, the oldest first."""
    with library.reading() as connection:
        found = [_saved(row) for row in connection.execute(select(build).order_by(build.c.name, build.c.revision))]
    return tuple(found if all_revisions else {each.name: each for each in found}.values())


def document_of(library: Library, name: str, revision: int | None = None) -> str:
    """Return the text of a build as it was saved, of its newest revision where none is named.

    MissingFileError when there is none; DamagedFileError when it is not the text that was saved.
    """
    with library.reading() as connection:
        wanted = select(build).where(build.c.name == name).order_by(build.c.revision.desc())
        if revision is not None:
            wanted = wanted.where(build.c.revision == revision)
        row = connection.execute(wanted.limit(1)).first()
        names = connection.execute(select(build.c.name).distinct()).scalars().all() if row is None else []
    if row is None:
        raise _missing(name, revision, [str(each) for each in names])
    return _verified(row)


def remove_build(library: Library, name: str, confirmation: str) -> int:
    """Remove a build with all its revisions and return how many there were; the log keeps their digests.

    `confirmation` must be the name once more: BadInputError otherwise.
    """
    if confirmation != name:
        raise BadInputError(
            f'The build "{name}" was not removed: its name was not confirmed.', "Type the name once more to confirm."
        )
    detail: dict[str, object] = {}
    with library.changing("build removed", name, detail) as connection:
        rows = connection.execute(select(build.c.revision, build.c.digest).where(build.c.name == name)).all()
        if not rows:
            names = connection.execute(select(build.c.name).distinct()).scalars().all()
            raise _missing(name, None, [str(each) for each in names])
        detail["revisions"] = {str(row.revision): row.digest for row in rows}
        connection.execute(delete(build).where(build.c.name == name))
    return len(rows)


def export_builds(library: Library, folder: Path, *, all_revisions: bool = False) -> tuple[Path, ...]:
    """Write the builds as project files into a folder, which is made where need be; return the files.

    CannotSaveError, and nothing written, when one of them is there already with another content.
    """
    with library.reading() as connection:
        rows = connection.execute(select(build).order_by(build.c.name, build.c.revision)).all()
    if not all_revisions:
        rows = list({row.name: row for row in rows}.values())
    contents: dict[Path, bytes] = {}
    for row in rows:
        contents[_free_file(folder, row, contents)] = _verified(row).encode()
    for file, content in contents.items():
        if file.exists() and file.read_bytes() != content:
            raise CannotSaveError(f'"{file}" is there already and holds something else.', "Choose an empty folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise CannotSaveError(
            f'The folder "{folder}" cannot be made: {trouble.strerror}.', "Choose another one."
        ) from trouble
    for file, content in contents.items():
        write_atomically(file, content)
    return tuple(contents)


def _newest(connection: Connection, name: str) -> SavedBuild | None:
    row = connection.execute(
        select(build).where(build.c.name == name).order_by(build.c.revision.desc()).limit(1)
    ).first()
    return None if row is None else _saved(row)


def _saved(row: Row[tuple[object, ...]]) -> SavedBuild:
    return SavedBuild(row.name, row.revision, row.saved_at, row.saved_by, len(row.document.encode()), row.digest)


def _verified(row: Row[tuple[object, ...]]) -> str:
    document = str(row.document)
    if sha256(document.encode()).hexdigest() != row.digest:
        raise DamagedFileError(
            f'Revision {row.revision} of the build "{row.name}" is not the text that was saved.',
            "Open an earlier revision, or a backup of the library.",
        )
    return document


def _missing(name: str, revision: int | None, names: list[str]) -> MissingFileError:
    if revision is not None and name in names:
        return MissingFileError(
            f'The build "{name}" has no revision {revision}.', 'See "steelyard library list --all".'
        )
    hint = did_you_mean(name, names).strip() or 'See "steelyard library list".'
    return MissingFileError(f'There is no build "{name[:60]}" in the library.', hint)


def _check_name(name: str) -> None:
    if not 0 < len(name) <= LONGEST_NAME or name != name.strip() or not name.isprintable():
        raise BadInputError(
            f'"{name[:60]}" cannot be the name of a build.'.replace("\n", " "),
            f"Choose one to {LONGEST_NAME} letters that can be printed, without spaces around them.",
        )


def _free_file(folder: Path, row: Row[tuple[object, ...]], taken: dict[Path, bytes]) -> Path:
    """Return a file for a build: its name in the letters that every file system takes, one that is not taken yet."""
    stem = re.sub(r"[^\w.-]+", "-", row.name).strip("-.")[:_LONGEST_FILE] or "build"
    names = {file.name.lower() for file in taken}
    number = 1
    while (name := f"{stem}{'' if number == 1 else f'-{number}'}-r{row.revision}.json").lower() in names:
        number += 1
    return folder / name
