"""Write a file so that a crash, a kill or a full disk leaves either the old file or the new one, never a mix.

The new text goes to a file beside the old one, is flushed to the disk and read back;
only then it takes the old one's place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from typing import TYPE_CHECKING, Final

from steelyard.errors import CannotSaveError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LEFT_BEHIND_AFTER", "flush_folder", "sweep", "write_atomically"]

LEFT_BEHIND_AFTER: Final = 600.0  # s: no save takes this long, so an older unfinished file belongs to nobody
_UNFINISHED: Final = ".unfinished"
_NEW_FILE: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)

_REASONS: Final = {
    errno.ENOSPC: ("the disk is full", "Free some space or choose another folder, then save again."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space or choose another folder, then save again."),
    errno.EFBIG: ("the file may not grow that large here", "Choose another folder, then save again."),
    errno.EACCES: ("you may not write there", "Choose another folder, or ask its owner, then save again."),
    errno.EPERM: ("you may not write there", "Choose another folder, or ask its owner, then save again."),
    errno.EROFS: ("the disk is read-only", "Choose another folder, then save again."),
    errno.ENOENT: ("its folder does not exist", "Make the folder or choose another one, then save again."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder, then save again."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name, then save again."),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter name, then save again."),
}


def write_atomically(path: Path, content: bytes) -> None:
    """Put `content` at `path`. Raises CannotSaveError; then the old file, if there was one, is as it was.

    Only where the disk fails after the exchange is the new file already in place; the message says so.
    """
    target = path.resolve()  # a link stays a link: what it points to is replaced
    try:
        sweep(target)
        _refuse_what_cannot_be_replaced(target)
        unfinished = _written_beside(target, content)
        try:
            os.replace(unfinished, target)  # noqa: PTH105  # a test makes each of these calls fail in turn
        except BaseException:
            _discard(unfinished)
            raise
    except OSError as trouble:
        why, remedy = _REASONS.get(
            trouble.errno or 0, (trouble.strerror or "the disk did not answer", "Save it in another folder.")
        )
        raise CannotSaveError(f'"{path}" was not saved: {why}.{_still_there(target)}', remedy) from trouble
    try:
        flush_folder(target.parent)
    except OSError as trouble:
        raise CannotSaveError(
            f'"{path}" is written, but the disk did not confirm it: {trouble.strerror}.',
            "Save it once more in another folder.",
        ) from trouble


def sweep(path: Path, older_than: float = LEFT_BEHIND_AFTER) -> int:
    """Remove what interrupted saves of `path` left beside it, if older than this many seconds; return how many."""
    removed = 0
    with contextlib.suppress(OSError):
        for each in path.parent.iterdir():
            if each.name.startswith(_prefix(path)) and each.name.endswith(_UNFINISHED):
                with contextlib.suppress(OSError):
                    if time.time() - each.stat().st_mtime > older_than:
                        each.unlink()
                        removed += 1
    return removed


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable. Where a folder cannot be flushed, the system does it in its own time."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as trouble:
        if trouble.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def _still_there(target: Path) -> str:
    """Put the user's mind at rest where there was a file before."""
    try:
        return " The file that was there is unchanged." if target.is_file() else ""
    except OSError:
        return ""


def _prefix(path: Path) -> str:
    return f".{path.name[:100]}."


def _refuse_what_cannot_be_replaced(target: Path) -> None:
    """Refuse a folder, and a file whose owner protected it: the exchange would undo that protection."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _written_beside(target: Path, content: bytes) -> str:
    """Write `content` to a new file in the target's folder, on the disk and read back; return its name."""
    unfinished = str(target.parent / f"{_prefix(target)}{os.urandom(6).hex()}{_UNFINISHED}")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    handle = os.open(
        unfinished, _NEW_FILE, 0o666 if mode is None else mode & 0o777
    )  # never more readable than the old file
    try:
        try:
            _write_all(handle, content)
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(handle, mode)
            os.fsync(handle)
            os.lseek(handle, 0, os.SEEK_SET)
            if _read_all(handle, len(content) + 1) != content:
                raise OSError(errno.EIO, "the disk gave back something else than was written")
        finally:
            os.close(handle)
    except BaseException:
        _discard(unfinished)
        raise
    return unfinished


def _write_all(handle: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]


def _read_all(handle: int, most: int) -> bytes:
    pieces = []
    while most > 0 and (piece := os.read(handle, most)):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def _discard(unfinished: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(unfinished)  # noqa: PTH108
