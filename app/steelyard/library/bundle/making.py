"""Making a bundle: a catalogue's folder, checked, described, packed and signed. It needs no library."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError, MissingFileError
from steelyard.library.bundle.container import REMARK, SUFFIX, joined, verified
from steelyard.library.bundle.keys import TrustedKey
from steelyard.library.bundle.laying import hash_once_loaded, why_unusable
from steelyard.library.bundle.manifest import MANIFEST, comment_of, manifest_of, manifest_text, read_day
from steelyard.library.bundle.minisign import public_of, read_secret_key, sign
from steelyard.library.bundle.payload import files_of, packed
from steelyard.project.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from steelyard.library.bundle.manifest import Manifest
    from steelyard.library.bundle.minisign import SecretKey

HIGHEST: Final = 999_999_999_999
"""The greatest version: twelve digits hold a day and a running number."""


class Made(NamedTuple):
    """A bundle that was written: its file, its size in bytes, the key's number, and what it says of itself."""

    file: Path
    size: int
    key_id: str
    manifest: Manifest


def make(folder: Path, key: SecretKey, out: Path, version: int, expires: str, now: datetime) -> Made:
    """Write the bundle of the catalogue in `folder` to `out`.

    BadInputError when the folder or the days are not in order; CannotSaveError when the disk does not take it.
    """
    if out.suffix != SUFFIX:
        raise BadInputError(f'"{out.name}" is no name for a bundle.', f"End it with {SUFFIX}.")
    if not 1 <= version <= HIGHEST:
        raise BadInputError(f"The version {version} is not from 1 to {HIGHEST}.", "Use the day, such as 20261101.")
    if read_day(expires) < now.astimezone(UTC).date().isoformat():
        raise BadInputError(f"A bundle that expires on {expires} has expired already.", "Name a later day.")
    if not folder.is_dir():
        raise MissingFileError(f'There is no folder "{folder}".', "Name the folder of a catalogue.")
    files = files_of(folder)
    catalog = load_catalog(folder, cache=None)
    why = why_unusable(catalog)
    if why:
        raise BadInputError(f'The catalogue in "{folder}" is not signed: {why}.', "See steelyard catalog lint FOLDER.")
    if catalog.hash != hash_once_loaded(files):
        raise BadInputError(f'The files in "{folder}" changed while they were read.', "Try again when nobody writes.")
    raw = sealed(files, key, version, expires, now)
    public = public_of(key)
    bundle = verified(out.name, raw, {public.id: TrustedKey(public, "", "")})  # as whoever applies it will
    write_atomically(out, raw)
    return Made(out, len(raw), public.id, bundle.manifest)


def sealed(files: Mapping[str, bytes], key: SecretKey, version: int, expires: str, now: datetime) -> bytes:
    """Return the bytes of a bundle; the same files, key, version and times give the same bytes."""
    manifest = manifest_of(files, version, now.astimezone(UTC).isoformat(timespec="seconds"), expires)
    payload = packed({**files, MANIFEST: manifest_text(manifest)})
    return joined(sign(payload, key, comment_of(manifest), REMARK), payload)


def open_key(file: Path, password: Callable[[], str]) -> SecretKey:
    """Read minisign's secret key file; `password` is asked only where it has one."""
    try:
        with file.open("rb") as stream:
            return read_secret_key(stream.read(1 << 13), password)
    except FileNotFoundError:
        raise MissingFileError(f'There is no file "{file}".', "Name a secret key that minisign -G made.") from None
    except OSError as trouble:
        raise BadInputError(f'"{file}" cannot be read: {trouble.strerror}.') from None
