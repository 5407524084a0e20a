"""A plain JSON file of what can be made again: a checksum, then the document. Whatever is wrong with it, it is no file.

A full disk or a folder without rights is no trouble either: the next start reads the sources again.
"""

from __future__ import annotations

import json
from binascii import crc32
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def kept(file: Path) -> Any:  # noqa: ANN401  # JSON
    """Return the document that was kept; None where there is none, or where a byte of it is wrong."""
    try:
        checksum, _, body = file.read_bytes().partition(b"\n")
        return json.loads(body) if checksum == _checksum(body) else None
    except (OSError, ValueError, RecursionError):
        return None


def keep(file: Path, document: object) -> None:
    """Write a document beside its place and move it there: a reader never sees half of it."""
    from os import getpid, replace  # noqa: PLC0415

    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    beside = file.with_name(f"{file.name}.{getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_checksum(body) + b"\n" + body)
        replace(beside, file)  # noqa: PTH105  # the same call, without another lookup
    except OSError:
        with suppress(OSError):
            beside.unlink()


def _checksum(body: bytes) -> bytes:
    return b"%08x" % crc32(body)
