"""The writer leaves the old file or the new one, whatever fails and whenever it dies."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from steelyard.errors import CannotSaveError
from steelyard.project.atomic import sweep, write_atomically

OLD, NEW = b"old " * 500, b"new " * 900
CALLS = ("open", "write", "fchmod", "fsync", "lseek", "read", "close", "replace", "unlink")


class FailAt:
    """Makes the n-th call of the operating system fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, code: int) -> None:
        self.left, self.code = number, code
        for name in CALLS:
            monkeypatch.setattr(os, name, self.watched(getattr(os, name)))

    def watched(self, call: Any) -> Any:
        def instead(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                if call.__name__ == "close":
                    call(*arguments)  # a close that fails has closed all the same
                raise OSError(self.code, os.strerror(self.code))
            return call(*arguments, **options)

        return instead


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("exists", [True, False])
def test_that_whatever_call_fails_the_file_is_old_or_new(tmp_path: Path, code: int, exists: bool) -> None:  # noqa: FBT001
    file = tmp_path / "plan.json"
    for number in range(1, 60):
        file.unlink(missing_ok=True)
        if exists:
            file.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            failing = FailAt(patch, number, code)
            failed = False
            try:
                write_atomically(file, NEW)
            except CannotSaveError as trouble:
                failed = True
                assert trouble.remedy  # noqa: PT017 - it may also succeed
        if failing.left > 0:
            assert not failed
            break
        found = file.read_bytes() if file.exists() else None
        assert found in ({OLD, NEW} if exists else {None, NEW})
        if not failed:
            assert found == NEW
        assert [each.name for each in tmp_path.iterdir()] == (["plan.json"] if found else [])
    else:
        pytest.fail("the writer never came to its end")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_that_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    import resource

    file = tmp_path / "plan.json"
    file.write_bytes(OLD)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for room in range(0, len(NEW), 97):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            with pytest.raises(CannotSaveError, match="unchanged"):
                write_atomically(file, NEW)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert file.read_bytes() == OLD
        assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]


def test_that_a_disk_that_takes_little_at_a_time_gets_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:7]))
    write_atomically(tmp_path / "plan.json", NEW)
    assert (tmp_path / "plan.json").read_bytes() == NEW


def test_that_a_disk_that_gives_back_something_else_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = os.read
    (tmp_path / "plan.json").write_bytes(OLD)
    monkeypatch.setattr(os, "read", lambda handle, most: read(handle, most).replace(b"new", b"nEw"))
    with pytest.raises(CannotSaveError, match="gave back something else"):
        write_atomically(tmp_path / "plan.json", NEW)
    assert (tmp_path / "plan.json").read_bytes() == OLD


def test_that_a_stop_in_the_middle_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "plan.json", NEW)
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such permissions")
def test_that_permissions_and_links_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "plan.json", tmp_path / "link.json"
    file.write_bytes(OLD)
    file.chmod(0o640)
    link.symlink_to(file)
    write_atomically(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o640


def test_that_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(OLD)
    file.chmod(0o400)
    if os.access(file, os.W_OK):
        pytest.skip("this user may write everything")
    with pytest.raises(CannotSaveError, match="may not write"):
        write_atomically(file, NEW)


@pytest.mark.parametrize(("name", "says"), [("none/plan.json", "folder does not exist"), ("x" * 300, "too long")])
def test_that_a_place_that_cannot_be_is_named(tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(CannotSaveError, match=says):
        write_atomically(tmp_path / name, NEW)


def test_that_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(CannotSaveError, match="a folder of that name"):
        write_atomically(tmp_path, NEW)


def test_that_only_old_leftovers_of_this_file_are_swept(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    old, young, other = (tmp_path / f".{name}.unfinished" for name in ("plan.json.1", "plan.json.2", "other.json.1"))
    for each in (old, young, other):
        each.write_bytes(b"half")
    hour_ago = time.time() - 3600
    os.utime(old, (hour_ago, hour_ago))
    os.utime(other, (hour_ago, hour_ago))
    assert sweep(file) == 1
    assert not old.exists()
    assert young.exists()
    assert other.exists()


SAVE_FOR_EVER = """
import sys
from pathlib import Path
from steelyard.project.atomic import write_atomically
contents = [bytes([65 + n]) * 400_000 for n in range(4)]
print("ready", flush=True)
while True:
    for content in contents:
        write_atomically(Path(sys.argv[1]), content)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_that_a_kill_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_bytes(b"Z" * 400_000)
    dice = random.Random(3)  # noqa: S311 - chance for a test
    for _ in range(25):
        child = subprocess.Popen(
            [sys.executable, "-c", SAVE_FOR_EVER, str(file)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0, 0.02))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        found = file.read_bytes()
        assert len(found) == 400_000
        assert len(set(found)) == 1
    sweep(file, older_than=-1.0)
    assert [each.name for each in tmp_path.iterdir()] == ["plan.json"]
