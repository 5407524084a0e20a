"""Whose signatures count: keys pinned with the program, and keys that this site added, by whom and when.

A key that is no longer trusted can be taken away on the spot, a pinned one too.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError
from steelyard.library.bundle.minisign import PublicKey, is_signed, read_public_key, read_signature
from steelyard.library.facts import fact_of, state_fact
from steelyard.places import resources

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from steelyard.library.library import Library

NO_KEY: Final = "unsigned build: no key is pinned, so no bundle can be verified"
"""What is said wherever signatures matter and there is no key to check them with."""

_ADDED: Final = "bundle_keys"
_REMOVED: Final = "bundle_keys_removed"
_LARGEST: Final = 4096


class TrustedKey(NamedTuple):
    """A key whose signatures count. `who` and `at` are empty for one that is pinned with the program."""

    key: PublicKey
    who: str
    at: str

    @property
    def is_pinned(self) -> bool:
        """Whether the key came with the program."""
        return not self.who

    @property
    def words(self) -> str:
        """The key as it is named wherever the state of a signature is shown."""
        if self.is_pinned:
            return f"key {self.key.id}, pinned with the program"
        return f"key {self.key.id}, added by {self.who} on {self.at[:10]}"


class Added(NamedTuple):
    """A key that was added, and the trusted key that signed its file, if one did."""

    key: TrustedKey
    vouched_by: str


def pinned_folder() -> Path:
    """Return the folder of the keys that come with the program."""
    return resources() / "keys"


def trusted_keys(connection: Connection) -> dict[str, TrustedKey]:
    """Return the keys whose signatures count, by number. Raises BadInputError when a pinned file is no key."""
    removed = set(fact_of(connection, _REMOVED).split())
    keys: dict[str, TrustedKey] = {}
    for file in sorted(pinned_folder().glob("*.pub")):
        key = _read(file)
        if key.id not in removed:
            keys[key.id] = TrustedKey(key, "", "")
    for row in _added(connection):
        key = PublicKey(row["id"], b64decode(row["key"]))
        keys.setdefault(key.id, TrustedKey(key, row["who"], row["at"]))
    return keys


class Offered(NamedTuple):
    """A key that could be added, and the trusted key that signed its file, if one did."""

    key: PublicKey
    vouched_by: str


def offered_key(library: Library, file: Path) -> Offered:
    """Return the key in `file` before it is trusted, so that its number can be compared; nothing changes.

    BadInputError when `add_key` would refuse it.
    """
    raw = _bytes_of(file)
    key = _key_in(file, raw)
    with library.reading() as connection:
        return Offered(key, _vouched(file, raw, key, trusted_keys(connection)))


def add_key(library: Library, file: Path, shown: PublicKey | None = None) -> Added:
    """Trust the key in `file` from now on; a `.minisig` beside it must be of a key that is trusted already.

    shown: the key that was agreed to. BadInputError when the file is no key, no longer that one, is trusted already, or
    has a signature that does not hold.
    """
    raw = _bytes_of(file)
    key = _key_in(file, raw)
    if shown not in {None, key}:
        raise BadInputError(f'"{file}" has changed since its key was shown. Nothing was changed.', "Look at it again.")
    detail: dict[str, Any] = {"file": file.name}
    with library.changing("catalogue key added", key.id, detail) as connection:
        voucher = _vouched(file, raw, key, trusted_keys(connection))
        detail |= {"vouched by": voucher, "key": b64encode(key.raw).decode()}
        removed = set(fact_of(connection, _REMOVED).split()) - {key.id}
        state_fact(connection, _REMOVED, " ".join(sorted(removed)))
        entry = TrustedKey(key, library.who or "unknown", library.now())
        rows = [row for row in _added(connection) if row["id"] != key.id]
        rows.append({"id": key.id, "key": b64encode(key.raw).decode(), "who": entry.who, "at": entry.at})
        _keep(connection, rows)
    return Added(entry, voucher)


def remove_key(library: Library, number: str) -> TrustedKey:
    """Trust a key no longer, be it added or pinned. What it signed and was applied stays, and says so."""
    wanted = number.upper()
    with library.changing("catalogue key removed", wanted) as connection:
        known = trusted_keys(connection)
        if wanted not in known:
            listed = ", ".join(known) or "none is trusted"
            raise BadInputError(f'There is no trusted key "{number[:40]}". Keys: {listed}. Nothing was changed.')
        _keep(connection, [row for row in _added(connection) if row["id"] != wanted])
        if any(_read(file).id == wanted for file in pinned_folder().glob("*.pub")):
            removed = {*fact_of(connection, _REMOVED).split(), wanted}
            state_fact(connection, _REMOVED, " ".join(sorted(removed)))
    return known[wanted]


def _vouched(file: Path, raw: bytes, key: PublicKey, known: dict[str, TrustedKey]) -> str:
    """Return what `_voucher` does for a key that is not trusted yet. BadInputError for one that is."""
    if key.id in known:
        other = "" if known[key.id].key == key else " with other content: one of the two is not genuine"
        raise BadInputError(f"The key {key.id} is trusted already{other}. Nothing was changed.")
    return _voucher(file, raw, known)


def _voucher(file: Path, raw: bytes, known: dict[str, TrustedKey]) -> str:
    """Return the number of the trusted key that signed a key's file; empty where nothing is signed."""
    beside = file.with_name(f"{file.name}.minisig")
    if not beside.is_file():
        return ""
    try:
        signature = read_signature(_bytes_of(beside))
    except DamagedFileError:
        signature = None
    signer = known.get(signature.key_id) if signature else None
    if signer is None or signature is None or not is_signed(raw, signature, signer.key):
        raise BadInputError(
            f'The signature "{beside.name}" beside it is of no trusted key, or does not hold. Nothing was changed.',
            "Have the key signed by one that is trusted, or take the signature away and compare the key by telephone.",
        )
    return signer.key.id


def _read(file: Path) -> PublicKey:
    return _key_in(file, _bytes_of(file))


def _key_in(file: Path, raw: bytes) -> PublicKey:
    try:
        return read_public_key(raw)
    except BadInputError as trouble:
        raise BadInputError(f'"{file}": {trouble.message} Nothing was changed.', trouble.remedy) from None


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise MissingFileError(f'There is no file "{file}".', "Name the file of a public key.") from None
    except OSError as trouble:
        raise BadInputError(f'"{file}" cannot be read: {trouble.strerror}. Nothing was changed.') from None


def _added(connection: Connection) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(fact_of(connection, _ADDED) or "[]")
    return rows


def _keep(connection: Connection, rows: list[dict[str, str]]) -> None:
    state_fact(connection, _ADDED, json.dumps(rows, sort_keys=True) if rows else "")
