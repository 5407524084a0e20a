"""The payload of a bundle: a ZIP of the catalogue's files, the same bytes for the same files, read with distrust.

Members are read one by one, by name; nothing is ever extracted by an archive's own word.
"""

from __future__ import annotations

import re
import stat
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.library.bundle.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MOST_MEMBERS: Final = 20_000
LARGEST_INFLATED: Final = 200_000_000
"""Bytes of all members together, counted while they are inflated."""

_LARGEST_DIRECTORY: Final = MOST_MEMBERS * 250  # bytes: a name takes less
_PIECE: Final = 1 << 16
_MIDNIGHT: Final = (1980, 1, 1, 0, 0, 0)
_END: Final = struct.Struct(
    "<4s4H2LH"
)  # the end record: mark, disks, entries, size and place of the directory, comment
_NAME: Final = re.compile(r"(?:[a-z0-9][a-z0-9_-]{0,63}/){0,2}[A-Za-z0-9][A-Za-z0-9_.-]{0,120}\.(?:toml|md)", re.ASCII)
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.ASCII | re.IGNORECASE)
_TROUBLE: Final = (
    BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError, KeyError,
    OverflowError,
)  # fmt: skip


def is_name(name: str) -> bool:
    """Say whether a file of a catalogue may have this name, on any system."""
    return _NAME.fullmatch(name) is not None and not any(_DEVICES.fullmatch(part) for part in name.split("/"))


def files_of(folder: Path) -> dict[str, bytes]:
    """Read a catalogue's folder. Raises BadInputError for anything in it that is no file of a catalogue."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not (path.is_dir() or (path.is_file() and is_name(name))):
            raise BadInputError(f'"{name}" in "{folder}" is no file of a catalogue.', "Take it out of the folder.")
        if path.is_file():
            files[name] = path.read_bytes()
        if len(files) > MOST_MEMBERS or sum(map(len, files.values())) > LARGEST_INFLATED:
            raise BadInputError(f'"{folder}" holds more than a bundle can: {MOST_MEMBERS:,} files, 200 MB.')
    return files


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of these files: sorted names, one time, no trace of the computer that made it."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = ZipInfo(name, _MIDNIGHT)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, files[name], compresslevel=9)
    return out.getvalue()


def unpacked(payload: bytes) -> dict[str, bytes]:
    """Return the members by name. Raises DamagedFileError, naming the first thing that is not as it must be."""
    _check_end(payload)
    files: dict[str, bytes] = {}
    left = LARGEST_INFLATED
    try:
        with ZipFile(BytesIO(payload)) as archive:
            members = archive.infolist()
            _check_names(members)
            for member in members:
                files[member.filename] = _inflated(archive, member, left)
                left -= len(files[member.filename])
    except _TROUBLE as trouble:
        raise DamagedFileError(f"The archive cannot be read: {str(trouble) or type(trouble).__name__}.") from None
    return files


def _check_end(payload: bytes) -> None:
    """See that the archive ends as ours do, before its directory is given any memory."""
    if len(payload) < _END.size:
        raise DamagedFileError("There is no archive after the signature.")
    mark, disk, first, here, entries, size, start, comment = _END.unpack(payload[-_END.size :])
    if mark != b"PK\5\6" or disk or first or comment or here != entries or start + size + _END.size != len(payload):
        raise DamagedFileError("The archive after the signature does not end as it must.")
    if entries > MOST_MEMBERS or size > _LARGEST_DIRECTORY:
        raise DamagedFileError(f"The archive lists more than {MOST_MEMBERS:,} files.")


def _check_names(members: list[ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise DamagedFileError(f"The archive lists more than {MOST_MEMBERS:,} files.")
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        said = name[:80].encode("unicode_escape").decode()
        if name != member.filename or not (name == MANIFEST or is_name(name)):
            raise DamagedFileError(f'"{said}" is no name of a catalogue\'s file.')
        if name.lower() in seen:
            raise DamagedFileError(f'The archive holds "{said}" twice.')
        seen.add(name.lower())
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            raise DamagedFileError(f'"{said}" is no plain file.')
        if member.flag_bits & 0x1 or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise DamagedFileError(f'"{said}" is packed in a way that is not known here.')


def _inflated(archive: ZipFile, member: ZipInfo, left: int) -> bytes:
    pieces: list[bytes] = []
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise DamagedFileError(f"The archive holds more than {LARGEST_INFLATED // 1_000_000} MB.")
            pieces.append(piece)
    return b"".join(pieces)
