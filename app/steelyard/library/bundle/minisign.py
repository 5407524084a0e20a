"""Public keys, secret keys and signatures in minisign's format, so that its own tool can check what we sign.

A signature is four lines: an untrusted comment, the signature of the message, a trusted comment, and a signature over
the first signature and that comment. A key is known by its number, written as minisign writes it.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, DamagedFileError

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN: Final = b"Ed"
"""The message itself is signed (the older form); in keys it names Ed25519."""

_HASHED: Final = b"ED"
"""BLAKE2b-512 of the message is signed."""

_NO_PASSWORD: Final = b"\0\0"
_SCRYPT: Final = b"Sc"
_BLAKE: Final = b"B2"

MOST_MEMORY: Final = 1 << 30
"""Bytes that the password of a secret key may cost: what minisign itself asks for, and no more."""

_ROOM: Final = 32 << 20  # bytes that scrypt needs beside its table
_LARGEST_KEY_FILE: Final = 4096
_KEY_LENGTH: Final = 42
_SECRET_LENGTH: Final = 158
_SIGNATURE_LENGTH: Final = 74
_UNTRUSTED: Final = "untrusted comment: "
_TRUSTED: Final = "trusted comment: "
_PRINTABLE: Final = re.compile(r"[^\x00-\x1f\x7f]{0,1000}")


class PublicKey(NamedTuple):
    """What signatures are checked with: the key's number in hexadecimal, and its 32 bytes."""

    id: str
    raw: bytes


class SecretKey(NamedTuple):
    """What signs: the key's number in hexadecimal, and the 32 bytes that all follows from."""

    id: str
    seed: bytes


class Signature(NamedTuple):
    """A signature as read: `signed` and `whole` are 64 bytes each; `whole` covers `signed` and the trusted comment."""

    key_id: str
    hashed: bool
    signed: bytes
    comment: str
    whole: bytes
    remark: str  # the untrusted comment: nothing vouches for it


def read_public_key(text: bytes) -> PublicKey:
    """Read a public key file. Raises BadInputError when it is none."""
    raw = _two_lines(text, "public key", _KEY_LENGTH)
    if raw[:2] != _PLAIN:
        raise BadInputError("This public key is not one of Ed25519.", "Name a file that minisign -G made.")
    return PublicKey(_number(raw[2:10]), raw[10:])


def public_key_text(key: PublicKey) -> bytes:
    """Return the file of a public key, as minisign writes it."""
    packed = b64encode(_PLAIN + _packed(key.id) + key.raw).decode()
    return f"{_UNTRUSTED}minisign public key {key.id}\n{packed}\n".encode()


def read_signature(text: bytes) -> Signature:
    """Read the four lines of a signature. Raises DamagedFileError when they are not exactly that."""
    try:
        lines = text.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        lines = []
    if len(lines) != 5 or lines[4] or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):  # noqa: PLR2004
        raise DamagedFileError("There is no signature in minisign's four lines.")
    remark, comment = lines[0].removeprefix(_UNTRUSTED), lines[2].removeprefix(_TRUSTED)
    if not _PRINTABLE.fullmatch(remark) or not _PRINTABLE.fullmatch(comment):
        raise DamagedFileError("A comment of the signature is too long, or holds signs that cannot be shown.")
    first, whole = _unpacked(lines[1]), _unpacked(lines[3])
    if first is None or whole is None or len(first) != _SIGNATURE_LENGTH or len(whole) != 64:  # noqa: PLR2004
        raise DamagedFileError("The signature is damaged.")
    if first[:2] not in {_PLAIN, _HASHED}:
        raise DamagedFileError("The signature is of a kind that is not known here.")
    return Signature(_number(first[2:10]), first[:2] == _HASHED, first[10:], comment, whole, remark)


def is_signed(message: bytes, signature: Signature, key: PublicKey) -> bool:
    """Say whether `key` signed both the message and the trusted comment."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  # only who checks a signature waits for it
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    if key.id != signature.key_id:
        return False
    checker = Ed25519PublicKey.from_public_bytes(key.raw)
    try:
        checker.verify(signature.signed, _hash(message) if signature.hashed else message)
        checker.verify(signature.whole, signature.signed + signature.comment.encode())
    except InvalidSignature:
        return False
    return True


def sign(message: bytes, key: SecretKey, comment: str, remark: str) -> bytes:
    """Return the four lines that sign a message and a trusted comment."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    if not _PRINTABLE.fullmatch(comment) or not _PRINTABLE.fullmatch(remark):
        raise BadInputError("A comment of a signature is one line of at most 1000 letters.")
    signer = Ed25519PrivateKey.from_private_bytes(key.seed)
    signed = signer.sign(_hash(message))
    whole = signer.sign(signed + comment.encode())
    first = b64encode(_HASHED + _packed(key.id) + signed).decode()
    return f"{_UNTRUSTED}{remark}\n{first}\n{_TRUSTED}{comment}\n{b64encode(whole).decode()}\n".encode()


def public_of(key: SecretKey) -> PublicKey:
    """Return the public key that belongs to a secret one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return PublicKey(key.id, Ed25519PrivateKey.from_private_bytes(key.seed).public_key().public_bytes_raw())


def read_secret_key(text: bytes, password: Callable[[], str]) -> SecretKey:
    """Read a secret key file; `password` is asked only where the key has one.

    BadInputError when the file is none, when the password is wrong, or when it would take more than `MOST_MEMORY`.
    """
    raw = _two_lines(text, "secret key", _SECRET_LENGTH)
    kind, derivation, check = raw[:2], raw[2:4], raw[4:6]
    if kind != _PLAIN or check != _BLAKE or derivation not in {_NO_PASSWORD, _SCRYPT}:
        raise BadInputError("This secret key is of a kind that is not known here.", "Name a file that minisign made.")
    body = raw[54:]
    if derivation == _SCRYPT:
        stream = _stretched(password(), raw[6:38], raw[38:46], raw[46:54], len(body))
        body = bytes(one ^ other for one, other in zip(body, stream, strict=True))
    number, seed, public, checksum = body[:8], body[8:40], body[40:72], body[72:]
    # minisign 0.11 writes zeros for the checksum of a key without a password
    unchecked = derivation == _NO_PASSWORD and checksum == bytes(32)
    key = SecretKey(_number(number), seed)
    sound = unchecked or checksum == hashlib.blake2b(kind + body[:72], digest_size=32).digest()
    if not sound or public_of(key).raw != public:
        if derivation == _SCRYPT:
            raise BadInputError("The password does not open the secret key, or the key is damaged.")
        raise BadInputError("The secret key is damaged: its checksum does not agree.")
    return key


def _stretched(password: str, salt: bytes, operations: bytes, memory: bytes, length: int) -> bytes:
    """Return scrypt's stream for the limits that the file states, as libsodium reads them."""
    ops, most = max(int.from_bytes(operations, "little"), 32768), int.from_bytes(memory, "little")
    if most > MOST_MEMORY:
        raise BadInputError(
            f"The secret key asks for {most / 2**30:,.1f} GiB of memory to open; at most 1 GiB is given.",
            "Make it anew with minisign -C, which asks for less.",
        )
    block = 8
    by_work = ops < most // 32
    ceiling = ops // (block * 4) if by_work else most // (block * 128)
    exponent = 1
    while exponent < 63 and 1 << exponent <= ceiling // 2:  # noqa: PLR2004  # as libsodium: N is a power of two of 64 bits
        exponent += 1
    parallel = 1 if by_work else max(1, min(ops // 4 // (1 << exponent), 0x3FFFFFFF) // block)
    if parallel > 64:  # noqa: PLR2004  # hours
        raise BadInputError("The secret key asks for more work to open than any key needs.")
    return hashlib.scrypt(
        password.encode(), salt=salt, n=1 << exponent, r=block, p=parallel, maxmem=MOST_MEMORY + _ROOM, dklen=length
    )


def _two_lines(text: bytes, what: str, length: int) -> bytes:
    lines = text[:_LARGEST_KEY_FILE].decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n").split("\n")
    raw = _unpacked(lines[1]) if len(lines) == 2 and lines[0].startswith(_UNTRUSTED) else None  # noqa: PLR2004
    if len(text) > _LARGEST_KEY_FILE or raw is None or len(raw) != length:
        raise BadInputError(f"This is no {what} in minisign's format.", "It has two lines, a comment and the key.")
    return raw


def _unpacked(text: str) -> bytes | None:
    """Return what base64 text holds; None where it is not the one way to write it."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if b64encode(raw).decode() == text else None


def _number(raw: bytes) -> str:
    return f"{int.from_bytes(raw, 'little'):016X}"


def _packed(number: str) -> bytes:
    return int(number, 16).to_bytes(8, "little")


def _hash(message: bytes) -> bytes:
    return hashlib.blake2b(message).digest()
