"""What the desk needs of the machine, named where it is missing and with what to type."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from steelyard.cli import desk
from steelyard.cli.install import how_to_install
from steelyard.errors import ExitCode, MissingLibraryError, NoDisplayError

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_that_a_display_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", "nowhere-at-all")
    with pytest.raises(NoDisplayError, match='"nowhere-at-all" does not answer'):
        desk._need_display()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_that_a_missing_display_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(desk, "find_spec", lambda _name: True)
    with pytest.raises(NoDisplayError, match="no display") as told:
        desk.open_desk(None)
    assert told.value.exit_code == ExitCode.BAD_INPUT


def test_that_a_missing_pyside_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):  # a display would be of no use without it
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(desk, "find_spec", lambda _name: None)
    monkeypatch.setattr("steelyard.cli.install.is_checkout", lambda: False)
    with pytest.raises(MissingLibraryError, match=r"needs PySide6.*steelyard\[gui\]"):
        desk.open_desk(None)


def test_that_a_checkout_is_set_up_by_its_own_command() -> None:
    assert how_to_install("reportlab") == "Set it up with: make setup"


def test_that_a_missing_library_of_qt_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    class Finder:
        def find_spec(self, name: str, *_: object) -> None:
            if name.startswith("PySide6"):
                message = "libEGL.so.1: cannot open shared object file: No such file or directory"
                raise ImportError(message)

    for name in [name for name in sys.modules if name.startswith("PySide6")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(desk, "find_spec", lambda _name: True)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    with pytest.raises(MissingLibraryError, match=r"needs libEGL.so.1.*apt-get install libegl1"):
        desk.open_desk(None)


def test_that_every_library_the_set_up_knows_has_its_package_here() -> None:
    lines = (ROOT / "packaging" / "system-packages.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    needed = {library: package for _, package, library in rows if ".so" in library}
    assert needed.items() <= desk.PACKAGES.items()
