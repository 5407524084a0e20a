"""What a catalogue bundle says of itself: its version and days, and the hash of every file in it.

The trusted comment of the signature names the version, the last day and the manifest's hash; the manifest repeats the
first two and hashes all files: no file, and no manifest, of another bundle can be put into this one.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.errors import BadInputError, DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST: Final = "manifest.json"
"""The manifest's name within the payload."""

_FORMAT: Final = 1
_COMMENT: Final = re.compile(
    r"steelyard-catalogue version=([1-9][0-9]{0,11}) expires=([0-9]{4}-[0-9]{2}-[0-9]{2}) manifest=([0-9a-f]{64})",
    re.ASCII,
)


class FileEntry(NamedTuple):
    """One file of the bundle: its SHA-256 and its size in bytes."""

    sha256: str
    size: int


class Manifest(NamedTuple):
    """What the bundle is: `created` in UTC, `expires` the last day it may be applied, `schema` the hash of its schema.

    `files` by name, the manifest itself left out; `counts` how many of each kind of part, and of the rest, there are.
    """

    version: int
    created: str
    expires: str
    schema: str
    counts: dict[str, int]
    files: dict[str, FileEntry]


class Comment(NamedTuple):
    """What the trusted comment says."""

    version: int
    expires: str
    manifest: str


def manifest_of(files: Mapping[str, bytes], version: int, created: str, expires: str) -> Manifest:
    """Describe the files of a catalogue."""
    entries = {name: FileEntry(sha256(raw).hexdigest(), len(raw)) for name, raw in sorted(files.items())}
    return Manifest(version, created, expires, schema_of(files), counts_of(files), entries)


def schema_of(files: Mapping[str, bytes]) -> str:
    """Return what tells one schema from another: the start of the hash over its files."""
    digest = sha256()
    for name in sorted(name for name in files if name.startswith("schema/")):
        digest.update(f"{name}\n".encode() + files[name])
    return digest.hexdigest()[:12]


def counts_of(files: Mapping[str, bytes]) -> dict[str, int]:
    """Return how many files there are of each kind of part (`parts/gpu`), and in each other folder."""
    return dict(sorted(Counter(name.rpartition("/")[0] for name in files if "/" in name).items()))


def manifest_text(manifest: Manifest) -> bytes:
    """Write a manifest; the same one is always the same bytes."""
    files = {name: entry._asdict() for name, entry in manifest.files.items()}
    document = {"format": _FORMAT, **manifest._asdict(), "files": files}
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def comment_of(manifest: Manifest) -> str:
    """Return the trusted comment for a manifest."""
    digest = sha256(manifest_text(manifest)).hexdigest()
    return f"steelyard-catalogue version={manifest.version} expires={manifest.expires} manifest={digest}"


def read_comment(text: str) -> Comment:
    """Read the trusted comment. Raises DamagedFileError when it is not that of a catalogue."""
    found = _COMMENT.fullmatch(text)
    if found is None or not _is_day(found[2]):
        raise DamagedFileError("What was signed is no catalogue: the signed comment does not name one.")
    return Comment(int(found[1]), found[2], found[3])


def read_manifest(raw: bytes, comment: Comment) -> Manifest:
    """Read the manifest that the signed comment names. DamagedFileError: it is another, or not in order."""
    if sha256(raw).hexdigest() != comment.manifest:
        raise DamagedFileError("The manifest is not the one that the signed comment names.")
    try:
        document = json.loads(raw, object_pairs_hook=_without_doubles)
        manifest = _shaped(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedFileError("The manifest is not one that this version of Steelyard can read.") from None
    if (manifest.version, manifest.expires) != (comment.version, comment.expires):
        raise DamagedFileError("The manifest and the signed comment name different versions or days.")
    return manifest


def check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Raise DamagedFileError unless the files are exactly those of the manifest."""
    for name in sorted(manifest.files.keys() ^ files.keys()):
        where = "is in the manifest and missing" if name in manifest.files else "is in no line of the manifest"
        raise DamagedFileError(f'The file "{name}" {where}.')
    for name, entry in manifest.files.items():
        if len(files[name]) != entry.size or sha256(files[name]).hexdigest() != entry.sha256:
            raise DamagedFileError(f'The file "{name}" is not the one that the manifest names.')
    if (schema_of(files), counts_of(files)) != (manifest.schema, manifest.counts):
        raise DamagedFileError("The manifest counts other files than there are.")


def read_day(text: str) -> str:
    """Return a day as YYYY-MM-DD. Raises BadInputError when it is none."""
    if not _is_day(text):
        raise BadInputError(f'"{text[:40]}" is no day.', "Write it as 2027-05-01.")
    return text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _shaped(document: dict[str, Any]) -> Manifest:
    if set(document) != {"format", *Manifest._fields} or document["format"] != _FORMAT:
        raise ValueError
    files = {name: FileEntry(**entry) for name, entry in document["files"].items()}
    manifest = Manifest(**{**{name: document[name] for name in Manifest._fields}, "files": files})
    whole = [manifest.version, *(entry.size for entry in files.values()), *manifest.counts.values()]
    words = [manifest.created, manifest.expires, manifest.schema, *(entry.sha256 for entry in files.values())]
    if not all(type(each) is int and each >= 0 for each in whole) or not all(type(each) is str for each in words):
        raise ValueError
    if datetime.fromisoformat(manifest.created).utcoffset() is None:
        raise ValueError
    return manifest


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found
