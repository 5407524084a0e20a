"""The one file of a bundle: minisign's four lines, then the payload. What is used is what was verified: the same bytes.

`head -n 4` and `tail -n +5` take it apart, and minisign checks it by hand.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError
from steelyard.library.bundle.keys import NO_KEY
from steelyard.library.bundle.manifest import MANIFEST, check_files, read_comment, read_manifest
from steelyard.library.bundle.minisign import is_signed, read_signature
from steelyard.library.bundle.payload import unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from steelyard.library.bundle.keys import TrustedKey
    from steelyard.library.bundle.manifest import Manifest

SUFFIX: Final = ".steelyard-catalogue"
LARGEST_BUNDLE: Final = 50_000_000
"""Bytes of the whole file."""

REMARK: Final = "a signed catalogue of Steelyard: resources/docs/bundles.md"
"""The untrusted comment. Nothing vouches for it, so it may say nothing else: not one bit of a bundle is free."""

UNCHANGED: Final = "Nothing was changed."
_LONGEST_HEAD: Final = 4096


class Bundle(NamedTuple):
    """A bundle whose signature, manifest and files agree. `digest` is the SHA-256 of the whole file."""

    name: str
    digest: str
    signer: TrustedKey
    comment: str
    manifest: Manifest
    files: dict[str, bytes]


def joined(signature: bytes, payload: bytes) -> bytes:
    """Return the bytes of a bundle. Raises BadInputError when it would be too large."""
    if len(signature) + len(payload) > LARGEST_BUNDLE:
        raise BadInputError(f"The bundle would be larger than {LARGEST_BUNDLE // 1_000_000} MB.")
    return signature + payload


def read_bundle(file: Path) -> bytes:
    """Read a bundle's bytes, once. Raises MissingFileError, or DamagedFileError when it is larger than any bundle."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST_BUNDLE + 1)
    except FileNotFoundError:
        raise MissingFileError(f'There is no file "{file}".', f"Name a *{SUFFIX} file.") from None
    except OSError as trouble:
        raise BadInputError(f'"{file}" cannot be read: {trouble.strerror}. {UNCHANGED}') from None
    if len(raw) > LARGEST_BUNDLE:
        raise DamagedFileError(f'"{file.name}" is larger than {LARGEST_BUNDLE // 1_000_000} MB. {UNCHANGED}')
    return raw


def verified(name: str, raw: bytes, keys: Mapping[str, TrustedKey]) -> Bundle:
    """Return the bundle that `raw` holds if a trusted key signed it and all that it says of itself is so.

    BadInputError when there is no key to check with, or the key is unknown; DamagedFileError in all other cases. Not a
    byte of the payload is looked into before its signature holds.
    """
    if not keys:
        raise BadInputError(
            f"This is an {NO_KEY}. {UNCHANGED}",
            f"Add the key of those who publish your catalogue: {_HOW_TO_ADD}.",
        )
    try:
        head, payload = _parted(raw)
        signature = read_signature(head)
        if signature.remark != REMARK:
            raise DamagedFileError("Its first line is not that of a catalogue.")  # noqa: TRY301  # one sentence names the file
        signer = keys.get(signature.key_id)
        if signer is None:
            raise BadInputError(f"It is signed with the key {signature.key_id}, which is not trusted here.")  # noqa: TRY301
        if not is_signed(payload, signature, signer.key):
            raise DamagedFileError("Its signature does not match.")  # noqa: TRY301
        comment = read_comment(signature.comment)
        files = unpacked(payload)
        manifest = read_manifest(files.pop(MANIFEST, b""), comment)
        check_files(manifest, files)
    except (BadInputError, DamagedFileError) as trouble:
        message = f'"{name}" is refused: {trouble.message[:1].lower()}{trouble.message[1:].rstrip(".")}. {UNCHANGED}'
        known = isinstance(trouble, DamagedFileError)
        remedy = "Copy the file anew from where it is published." if known else _NOT_TRUSTED
        raise type(trouble)(message, remedy) from None
    return Bundle(name, sha256(raw).hexdigest(), signer, signature.comment, manifest, files)


_HOW_TO_ADD: Final = '"Trusted keys..." on the page Updates of the catalogue, or steelyard catalog keys add KEY.pub'
_NOT_TRUSTED: Final = f"If you know the key to be the publisher's, add it: {_HOW_TO_ADD}."


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """Part the four lines from the payload."""
    end = -1
    for _ in range(4):
        end = raw.find(b"\n", end + 1, _LONGEST_HEAD)
        if end < 0:
            raise DamagedFileError("There is no signature in minisign's four lines.")
    return raw[: end + 1], raw[end + 1 :]
