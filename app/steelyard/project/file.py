"""Project files: JSON with a schema version, read strictly, written atomically, always in the same words.

The file carries the SHA-256 of its content. A file that was edited by hand still opens, with a notice; a damaged one
is refused with the place of the damage, or flagged by that sum. Nothing is repaired or guessed in silence.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple, NoReturn

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError
from steelyard.project.atomic import sweep, write_atomically
from steelyard.project.content import Project, agreed
from steelyard.project.shape import Text, plain, typed

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Opened",
    "ProjectFile",
    "content_hash",
    "content_of",
    "load_project",
    "project_from_text",
    "project_text",
    "save_project",
    "strict_json",
]

SCHEMA_VERSION: Final = 1
MOST_BYTES: Final = 8_000_000
DEEPEST: Final = 24  # objects within objects; a project needs 7
LONGEST_NUMBER: Final = 40  # characters

_RESTORE: Final = "Restore it from a backup, or correct it in a text editor."


class ProjectFile(NamedTuple):
    """The file around a project."""

    format: Literal["steelyard-project"]
    schema_version: Literal[1]
    project: Project
    content_sha256: Annotated[str, Text(64, pattern="[0-9a-f]{64}", says="64 hexadecimal digits")] | None = None


class Opened(NamedTuple):
    """A project as read, and what the user should know about its file (sentences; mostly none)."""

    project: Project
    notices: tuple[str, ...] = ()


def load_project(path: Path) -> Opened:
    """Read a project file.

    Raises MissingFileError, DamagedFileError (not what was written) or BadInputError (well formed, but not meant).
    """
    sweep(path.resolve())
    return project_from_text(content_of(path), str(path))


def save_project(project: Project, path: Path) -> None:
    """Write the project, after proof that what is written reads back as the same project. Raises CannotSaveError."""
    text = project_text(project)
    if project_from_text(text.encode(), str(path)) != Opened(project):
        raise BadInputError(f'"{path}" was not saved: the project would not read back as it is.')
    write_atomically(path, text.encode())


def project_text(project: Project) -> str:
    """Return the text of the project's file: the same project gives the same text."""
    file = ProjectFile("steelyard-project", SCHEMA_VERSION, project, content_hash(project))
    return json.dumps(plain(file), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def content_hash(project: Project) -> str:
    """Return the SHA-256 of what the project says, in hexadecimal, whatever its file looks like."""
    canonical = json.dumps(plain(project), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def project_from_text(content: bytes, name: str) -> Opened:
    """Read a project from the bytes of its file; `name` is what messages call it."""
    raw = strict_json(content, name)
    if not isinstance(raw, dict) or raw.get("format") != "steelyard-project":
        raise DamagedFileError(f'"{name}" is not a Steelyard project.', "Choose a file that Steelyard has saved.")
    version = raw.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise BadInputError(
            f'"{name}" was saved by a newer Steelyard (schema {str(version)[:12]}; this one reads {SCHEMA_VERSION}).',
            "Open it with the newer version.",
        )
    try:
        file: ProjectFile = typed(ProjectFile, raw)
        project = agreed(file.project)
    except BadInputError as trouble:
        from steelyard.project.line_of import line_of  # noqa: PLC0415 - only for a mistake

        line = line_of(content.decode("utf-8-sig"), trouble.message)
        where = f", line {line:,}," if line else ""
        raise BadInputError(
            f'"{name}"{where} cannot be read: {trouble.message}', trouble.remedy or "Correct it in a text editor."
        ) from None
    return Opened(project, _notices(file, name))


def _notices(file: ProjectFile, name: str) -> tuple[str, ...]:
    if file.content_sha256 is None:
        return (f'"{name}" carries no checksum, so damage to it cannot be noticed; saving it adds one.',)
    if file.content_sha256 != content_hash(file.project):
        return (f'"{name}" was edited by hand or damaged since it was saved: look through it, then save to accept it.',)
    return ()


def content_of(path: Path) -> bytes:
    """Return the bytes of a file that a user named, at most one more than a project may have.

    MissingFileError or BadInputError where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                raise BadInputError(
                    f'"{path}" is larger than {MOST_BYTES // 1_000_000} MB, too large to be meant.',
                    "Choose another file.",
                )
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise MissingFileError(f'There is no file "{path}".', "Check the spelling and the folder.") from None
    except OSError as trouble:
        why = {
            errno.EISDIR: "it is a folder",
            errno.EACCES: "you may not read it",
            errno.EIO: "the disk did not give it back",
        }
        reason = why.get(trouble.errno or 0, trouble.strerror or "the disk did not answer")
        raise BadInputError(f'"{path}" cannot be read: {reason}.', "Choose a file that you may read.") from None
    except ValueError:
        raise MissingFileError("A file name cannot hold a null character.", "Check the spelling.") from None


def strict_json(content: bytes, name: str) -> object:
    """Read JSON strictly: UTF-8, no key twice, no NaN, no number or nesting beyond reason.

    DamagedFileError with the place of the damage, or BadInputError when it is too large; `name` is what messages say.
    """
    if not content.strip():
        raise DamagedFileError(f'"{name}" is empty.', "Restore it from a backup.")
    if len(content) > MOST_BYTES:
        raise BadInputError(
            f'"{name}" is larger than {MOST_BYTES // 1_000_000} MB, too large to be meant.', "Choose another file."
        )
    try:
        text = content.decode("utf-8-sig")
        raw = json.loads(
            text, object_pairs_hook=_each_key_once, parse_constant=_refuse, parse_float=_finite, parse_int=_whole
        )
    except UnicodeDecodeError as trouble:
        raise DamagedFileError(
            f'"{name}" is damaged: byte {trouble.start + 1:,} is not UTF-8 text.', _RESTORE
        ) from None
    except json.JSONDecodeError as trouble:
        raise DamagedFileError(f'"{name}" is damaged: {_damage(text, trouble)}.', _RESTORE) from None
    except BadInputError as trouble:
        raise DamagedFileError(f'"{name}" is damaged: {trouble.message}', _RESTORE) from None
    except RecursionError:
        raise DamagedFileError(f'"{name}" is damaged: it is nested too deeply.', _RESTORE) from None
    if _depth(raw) > DEEPEST:
        raise DamagedFileError(f'"{name}" is damaged: it is nested more than {DEEPEST} deep.', _RESTORE)
    return raw


def _damage(text: str, trouble: json.JSONDecodeError) -> str:
    """Say where the text stops being JSON, or that its end is missing."""
    if not text.rstrip().endswith("}"):
        return f"it ends too early, in line {text.rstrip().count(chr(10)) + 1:,}, after {len(text.encode()):,} bytes"
    before = len(text[: trouble.pos].encode())
    where = f"line {trouble.lineno:,}, column {trouble.colno:,} (byte {before + 1:,})"
    return f"it does not follow the rules of JSON in {where}"


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadInputError(f'the field "{key[:60]}" stands twice in one object.')
        found[key] = value
    return found


def _refuse(word: str) -> NoReturn:
    raise BadInputError(f"{word} is not a number that a project can hold.")


def _finite(digits: str) -> float:
    if len(digits) > LONGEST_NUMBER or float(digits) in {float("inf"), float("-inf")}:
        raise BadInputError(f"{digits[:20]} is not a number that a project can hold.")
    return float(digits)


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise BadInputError(f"a number of {len(digits):,} digits is too long to be meant.")
    return int(digits)


def _depth(raw: object) -> int:
    """Count the levels without recursion, and stop where they are too many."""
    level, depth = [raw], 0
    while level and depth <= DEEPEST:
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        depth += 1
    return depth
