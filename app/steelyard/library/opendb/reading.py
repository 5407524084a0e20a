"""The records of a folder or an archive in OpenDB's layout, one after the other and within bounds.

Nothing is ever unpacked to the disk: an archive is read from its beginning to its end, each record into memory.
"""

from __future__ import annotations

import gzip
import lzma
import re
import tarfile
import zipfile
import zlib
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, cast

from steelyard.errors import BadInputError, DamagedFileError, MissingFileError
from steelyard.library.opendb.document import LARGEST_RECORD
from steelyard.library.opendb.registry import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

MOST_MEMBERS: Final = 200_000
MOST_BYTES: Final = 1 << 30
"""Bounds of an archive: files in it, and bytes of all of them unpacked. OpenDB has 29,700 and 60 million."""

_LARGEST_LICENCE: Final = 100_000
_MEMORY_OF_XZ: Final = 192 << 20
_CHUNK: Final = 1 << 16
_BLOCK: Final = 512
_NO_TEXT: Final = "its name is not UTF-8"
_NAMED: Final = 1000
_UNREADABLE: Final = (
    tarfile.TarError,
    lzma.LZMAError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    UnicodeDecodeError,  # a zip whose names are not in the letters that it states
)
_LAYOUT: Final = re.compile(r"(?:.*/)?(open-db/([^/]+)/[^/]+\.json)")
_NO_LETTER: Final = re.compile("[\udc80-\udcff]")
"""How Python reads a byte of a name that is not UTF-8."""

_LICENCE: Final = re.compile(r"(?:[^/]+/)?LICENSE(\.txt|\.md)?")


class Member(NamedTuple):
    """A record: `file` as open-db/<Family>/<name>.json, its bytes, or the reason why they were not read."""

    file: str
    raw: bytes
    why_not: str = ""


class Passed(NamedTuple):
    """A file that was passed over: its name as it can be written, and why."""

    file: str
    why: str


class Source:
    """A folder or archive of OpenDB.

    After `members` was read to its end: `licence` the text that came with it, `skipped` reason -> how many files were
    passed over, `passed` the first thousand of them, `others` folder -> files of families that are of no use here.
    """

    def __init__(self, path: Path) -> None:
        """MissingFileError when nothing is there."""
        if not path.exists():
            raise MissingFileError(f'There is no "{path}".', "Name the folder or the archive of OpenDB.")
        self.path = path
        self.licence = ""
        self.skipped: Counter[str] = Counter()
        self.passed: list[Passed] = []
        self.others: Counter[str] = Counter()
        self._files: set[str] = set()

    def members(self) -> Iterator[Member]:
        """Read every record.

        BadInputError when it holds none or more than the bounds; DamagedFileError when an archive is cut off.
        """
        if self.path.is_dir():
            found = self._of_folder()
        elif zipfile.is_zipfile(self.path):
            found = self._of_zip()
        else:
            found = self._of_tar()
        try:
            yield from found
        except _UNREADABLE as trouble:
            raise DamagedFileError(
                f'"{self.path}" cannot be read to its end: {str(trouble).rstrip(".") or type(trouble).__name__}.',
                "Fetch it anew. What was read is kept aside; the library is as it was.",
            ) from trouble
        if not self._files:
            raise BadInputError(
                f'"{self.path}" holds no record of OpenDB.',
                "Name the folder that has open-db in it, or an archive of it (tar, tar.gz, tar.xz or zip).",
            )

    # --- folder

    def _of_folder(self) -> Iterator[Member]:
        root = self._root()
        licence = next((each for name in ("LICENSE.txt", "LICENSE") if (each := root.parent / name).is_file()), None)
        if licence is not None and licence.stat().st_size <= _LARGEST_LICENCE:
            self.licence = licence.read_bytes().decode("utf-8", "replace")
        for folder in sorted(each for each in root.iterdir() if each.is_dir()):
            for path in sorted(folder.iterdir()):
                given = f"open-db/{folder.name}/{path.name}"
                place = written(given)
                if folder.is_symlink() or path.is_symlink() or not path.is_file():
                    self._skip("a link or no plain file", place)
                elif self._wanted(place):
                    if place != given:
                        yield Member(place, b"", _NO_TEXT)
                        continue
                    large = path.stat().st_size > LARGEST_RECORD
                    yield _too_large(place, path.stat().st_size) if large else Member(place, path.read_bytes())

    def _root(self) -> Path:
        if self.path.name == "open-db":
            return self.path
        below = (each / "open-db" for each in (self.path, *sorted(self.path.iterdir())) if each.is_dir())
        found = next((each for each in below if each.is_dir()), None)
        return found or self.path  # which then holds no record

    # --- archives

    def _of_tar(self) -> Iterator[Member]:
        with self.path.open("rb") as file:
            stream = _Bounded(_unpacked(file))
            with tarfile.open(fileobj=cast("BinaryIO", stream), mode="r|") as archive:
                while (info := archive.next()) is not None:
                    archive.members = []  # type: ignore[attr-defined]  # it would keep every one
                    if self._takes(info.name, plain=info.isreg(), folder=info.isdir()):
                        content = archive.extractfile(info) if info.size <= _LARGEST_LICENCE else None
                        self.licence = self._licence_or(info.name, content)
                        place = written(info.name)
                        if self._wanted(place):
                            yield self._member(place, info.size, archive.extractfile(info), named=place == info.name)
            stream.expect_the_end()

    def _of_zip(self) -> Iterator[Member]:
        with zipfile.ZipFile(self.path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MOST_BYTES:
                raise _too_much()
            for entry in entries:
                plain = (entry.external_attr >> 28) in {0, 0o10} and not entry.flag_bits & 1
                if self._takes(entry.filename, plain=plain, folder=entry.is_dir()):
                    if _LICENCE.fullmatch(entry.filename) and entry.file_size <= _LARGEST_LICENCE:
                        with archive.open(entry) as content:
                            self.licence = self._licence_or(entry.filename, cast("BinaryIO", content))
                    if self._wanted(entry.filename):
                        with archive.open(entry) as content:
                            yield self._member(entry.filename, entry.file_size, cast("BinaryIO", content))

    def _takes(self, name: str, *, plain: bool, folder: bool) -> bool:
        """Say whether a member may be looked at: a plain file whose name stays inside."""
        if folder:
            return False
        if not plain:
            self._skip("a link or no plain file", name)
        elif name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or "\\" in name or ":" in name:
            self._skip("a name that leads outside", name)
        else:
            return True
        return False

    def _wanted(self, name: str) -> bool:
        """Say whether a name is that of a record of a family that we have; count all others."""
        layout = _LAYOUT.fullmatch(name)
        if layout is None:
            return False
        if layout[2] not in FAMILIES:
            self.others[layout[2][:40]] += 1
            return False
        if layout[1] in self._files:
            self._skip("a record that is there twice", name)
            return False
        if len(self._files) >= MOST_MEMBERS:
            raise _too_much()
        self._files.add(layout[1])
        return True

    def _member(self, name: str, size: int, content: IO[bytes] | None, *, named: bool = True) -> Member:
        layout = cast("re.Match[str]", _LAYOUT.fullmatch(name))
        if not named:
            return Member(layout[1], b"", _NO_TEXT)
        if size > LARGEST_RECORD or content is None:
            return _too_large(layout[1], size)
        return Member(layout[1], content.read(LARGEST_RECORD + 1))

    def _licence_or(self, name: str, content: IO[bytes] | None) -> str:
        if _LICENCE.fullmatch(name) is None or content is None:
            return self.licence
        return content.read(_LARGEST_LICENCE).decode("utf-8", "replace")

    def _skip(self, why: str, name: str) -> None:
        self.skipped[why] += 1
        if len(self.passed) < _NAMED:
            self.passed.append(Passed(written(name[:200]), why))
        if self.skipped.total() > MOST_MEMBERS:
            raise _too_much()


def written(name: str) -> str:
    """Return a name as text that every file and database takes: bytes that are not UTF-8 are escaped."""
    shown = _NO_LETTER.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02x}", name)
    return shown.encode("utf-8", "backslashreplace").decode()


class _Bounded:
    """A stream that refuses to give more than MOST_BYTES, and knows whether it ended as an archive ends."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._given = 0
        self._tail = b""

    def read(self, size: int) -> bytes:
        piece = self._inner.read(size)
        self._given += len(piece)
        if self._given > MOST_BYTES:
            raise _too_much()
        self._tail = (self._tail + piece)[-_BLOCK:]
        return piece

    def expect_the_end(self) -> None:
        """Read what is left. An archive ends in a block of zeros; one that does not was cut off."""
        while self.read(_CHUNK):
            pass
        if len(self._tail) < _BLOCK or any(self._tail):
            raise tarfile.ReadError("it is cut off")


class _Xz:
    """Unpacks xz within a bound of memory, which the library's own reader does not have."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._unpack = lzma.LZMADecompressor(memlimit=_MEMORY_OF_XZ)

    def read(self, size: int) -> bytes:
        while not self._unpack.eof:
            piece = self._inner.read(_CHUNK) if self._unpack.needs_input else b""
            if self._unpack.needs_input and not piece:
                raise EOFError("it is cut off")
            found = self._unpack.decompress(piece, size)
            if found:
                return found
        return b""


def _unpacked(file: BinaryIO) -> BinaryIO:
    magic = file.read(6)
    file.seek(0)
    if magic == b"\xfd7zXZ\0":
        return cast("BinaryIO", _Xz(file))
    if magic[:2] == b"\x1f\x8b":
        return cast("BinaryIO", gzip.GzipFile(fileobj=file))
    return file


def _too_large(file: str, size: int) -> Member:
    layout = _LAYOUT.fullmatch(file)
    return Member(layout[1] if layout else file, b"", f"it has {size} bytes, more than {LARGEST_RECORD}")


def _too_much() -> BadInputError:
    return BadInputError(
        f"It holds more than {MOST_MEMBERS:,} files or {MOST_BYTES >> 20} MB, which OpenDB does not.",
        "Name an archive of OpenDB itself. The library is as it was.",
    )
