"""Set-up on a bare machine: what is missing is named at once, and an interrupted set-up is begun anew."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

PACKAGING = Path(__file__).parent.parent / "packaging"


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """Return packaging/set_up.py at work on an empty folder, with every command noted instead of run."""
    monkeypatch.syspath_prepend(str(PACKAGING))
    import set_up as module

    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    for name, path in {"PYTHON": "bin/python", "UNFINISHED": "unfinished", "MADE_FOR": "made-for"}.items():
        monkeypatch.setattr(module, name, tmp_path / ".venv" / path)
    (tmp_path / "packaging" / "lock").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "packaging" / "lock" / "run.txt").write_text("numpy==2")
    (tmp_path / "packaging" / "lock" / "test.txt").write_text("numpy==2\npytest==9")
    (tmp_path / "packaging" / "system-packages.txt").write_text(
        "# needed package proof\nalways python3 os\nalways libqt-needs libno.so.1\nwindow libwindow libnowindow.so.1\n"
    )
    monkeypatch.setattr(module, "quietly", Machine(tmp_path / ".venv"))
    for display in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(display, raising=False)
    return module


class Machine:
    """Notes the commands; makes an environment when asked; stops at the command that contains `stop_at`, or fails."""

    def __init__(self, environment: Path) -> None:
        self.environment = environment
        self.commands: list[str] = []
        self.stop_at = "never"
        self.fail: type[Exception] | None = None

    def __call__(self, command: list[str]) -> None:
        self.commands.append(" ".join(command))
        if self.stop_at in self.commands[-1]:
            raise KeyboardInterrupt
        if self.fail:
            raise self.fail
        if "venv" in command:
            (self.environment / "bin").mkdir(parents=True)
            (self.environment / "bin" / "python").touch()

    def did(self, what: str) -> int:
        return sum(what in command for command in self.commands)


def as_user(monkeypatch: pytest.MonkeyPatch, user: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)


def test_that_root_gets_the_missing_packages_installed(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(set_up.SetUpError, match="libqt-needs\n"):  # nothing was installed: the machine only notes
        set_up.provide_system_packages()
    assert set_up.quietly.commands[-1].endswith("--no-install-recommends libqt-needs libwindow")


def test_that_root_goes_on_without_a_window_where_nothing_can_be_installed(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(monkeypatch, 0)
    monkeypatch.setattr(set_up.shutil, "which", lambda name: f"/usr/bin/{name}")
    listed = set_up.ROOT / "packaging" / "system-packages.txt"
    listed.write_text("always python3 os\nwindow libwindow libnowindow.so.1\n")
    set_up.quietly.fail = set_up.SetUpError
    set_up.provide_system_packages()
    assert set_up.quietly.did("apt-get") == 2


@pytest.mark.parametrize(("display", "named"), [("", "libqt-needs"), (":0", "libqt-needs libwindow")])
def test_that_a_user_reads_one_message_with_the_exact_command(
    display: str, named: str, set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(monkeypatch, 1000)
    monkeypatch.setenv("DISPLAY", display)
    with pytest.raises(set_up.SetUpError, match=f"sudo apt-get install -y {re.escape(named)}\n"):
        set_up.provide_system_packages()
    assert set_up.quietly.commands == []


@pytest.fixture
def provided(set_up: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(set_up, "provide_system_packages", lambda: None)
    return set_up


def test_that_the_second_time_nothing_is_done(provided: ModuleType) -> None:
    provided.set_up("run")
    before = len(provided.quietly.commands)
    provided.set_up("run")
    assert len(provided.quietly.commands) == before


def test_that_the_set_up_of_the_tests_serves_the_program_too(provided: ModuleType) -> None:
    provided.set_up("test")
    before = len(provided.quietly.commands)
    provided.set_up("run")
    assert len(provided.quietly.commands) == before


def test_that_a_changed_lock_is_installed_into_the_same_environment(provided: ModuleType) -> None:
    provided.set_up("run")
    provided.lock_of("run").write_text("numpy==3")
    provided.set_up("run")
    assert (provided.quietly.did("-m venv"), provided.quietly.did("--require-hashes")) == (1, 2)


@pytest.mark.parametrize("step", ["-m venv", "--require-hashes", "--editable", "import numpy"])
def test_that_an_interrupted_set_up_is_begun_anew(step: str, provided: ModuleType) -> None:
    provided.quietly.stop_at = step
    with pytest.raises(KeyboardInterrupt):
        provided.set_up("run")
    provided.quietly.stop_at = "never"
    provided.set_up("run")
    assert provided.quietly.did("-m venv") == 2
    assert provided.is_whole()


def test_that_a_moved_checkout_is_set_up_anew(
    provided: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    provided.set_up("run")
    monkeypatch.setattr(provided, "identity", lambda: f"{tmp_path / 'elsewhere'}")
    assert not provided.is_whole()


def qt_libraries() -> list[Path]:
    """Return the parts of Qt that the desk loads: modules, the two platforms, and what draws icons."""
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent
    modules = [folder / f"Qt{name}.abi3.so" for name in ("Core", "Gui", "Widgets", "Svg", "OpenGLWidgets")]
    plugins = [
        "platforms/libqoffscreen.so",
        "platforms/libqxcb.so",
        "imageformats/libqsvg.so",
        "iconengines/libqsvgicon.so",
    ]
    return [*modules, *(folder / "Qt" / "plugins" / plugin for plugin in plugins)]


def test_that_the_list_of_system_packages_names_all_that_qt_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import set_up as module

    missing = {package.proof for package in module.system_packages() if not package.is_there()}
    for library in qt_libraries():
        told = subprocess.run(["ldd", str(library)], capture_output=True, text=True, check=True).stdout
        not_found = set(re.findall(r"(\S+) => not found", told))
        assert not_found <= missing, (
            f"{library.name} asks for libraries that packaging/system-packages.txt does not provide"
        )


def test_that_the_command_line_names_the_packages_that_set_up_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    import set_up as module
    from steelyard.cli import desk

    listed = {package.proof: package.name for package in module.system_packages() if ".so" in package.proof}
    assert listed.items() <= desk.PACKAGES.items()
    assert set(desk.PACKAGES.values()) == set(listed.values())
