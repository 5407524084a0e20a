"""Set everything up in .venv: `python3 packaging/set_up.py run` for the program, `test` for the tests' tools as well.

Quiet, and quick when there is nothing to do. An interrupted set-up is noticed and begun anew. Standard library only:
this runs on the system's Python, before anything is installed.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
UNFINISHED = ENVIRONMENT / "unfinished"
MADE_FOR = ENVIRONMENT / "made-for"
OLDEST = (3, 11)


class SetUpError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


class SystemPackage(NamedTuple):
    """A package of the system and the library, or Python module, that is there when it is installed."""

    needed: Literal["always", "window"]
    name: str
    proof: str

    def is_there(self) -> bool:
        """Try it: a list of what is installed would miss what came another way."""
        if ".so" not in self.proof:
            return importlib.util.find_spec(self.proof) is not None
        try:
            ctypes.CDLL(self.proof)
        except OSError:
            return False
        return True


def system_packages() -> list[SystemPackage]:
    """Read packaging/system-packages.txt."""
    lines = (ROOT / "packaging" / "system-packages.txt").read_text(encoding="utf-8").splitlines()
    fields = [line.split() for line in lines if line and not line.startswith("#")]
    return [SystemPackage("window" if needed == "window" else "always", name, proof) for needed, name, proof in fields]


def has_display() -> bool:
    """Tell whether there is a screen to open a window on."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def provide_system_packages() -> None:
    """Install what the system lacks where we may, else name what we cannot do without in one message."""
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing {len(missing)} Debian packages that Python and Qt need ...")
        get = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]  # a new machine may still be updating itself
        with contextlib.suppress(SetUpError):  # without an index, or with only a part of it, we go as far as we can
            quietly([*get, "update"])
        with contextlib.suppress(SetUpError):
            quietly([*get, "install", "-y", "--no-install-recommends", *(package.name for package in missing)])
        missing = missing_packages()
    required = [package.name for package in missing if package.needed == "always" or has_display()]
    if required:
        message = (
            "Steelyard needs packages of the system that only an administrator can install. "
            f"Run this once, then try again:\n\n    sudo apt-get install -y {' '.join(required)}\n"
        )
        raise SetUpError(message)


def missing_packages() -> list[SystemPackage]:
    """Try each package of the list."""
    importlib.invalidate_caches()
    return [package for package in system_packages() if not package.is_there()]


def stamp_of(purpose: str) -> str:
    """Return a hash of all that the environment is made from: a change of any makes set-up run again."""
    made_from = hashlib.sha256(identity().encode())
    for path in (lock_of(purpose), ROOT / "pyproject.toml"):
        made_from.update(path.read_bytes())
    return made_from.hexdigest()


def stamp_file(purpose: str) -> Path:
    """Return the file that remembers what the environment was made from."""
    return ENVIRONMENT / f"{purpose}.stamp"


def is_stamped(purpose: str) -> bool:
    """Tell whether the environment was made from what is here now."""
    return stamp_file(purpose).is_file() and stamp_file(purpose).read_text() == stamp_of(purpose)


def lock_of(purpose: str) -> Path:
    """Return the lock file of a purpose; each installs the whole of what it needs."""
    return ROOT / "packaging" / "lock" / f"{purpose}.txt"


def set_up(purpose: Literal["run", "test"]) -> None:
    """Make .venv hold the locked wheels and the program; do nothing where it does already."""
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        message = f"Steelyard needs Python 3.11 or newer; this is {found}. Try: make PYTHON=python3.11 {purpose}"
        raise SetUpError(message)
    provide_system_packages()
    if is_whole() and is_stamped(purpose):
        return
    say("Setting up .venv; the first time takes a minute or two ...")
    if not is_whole():
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        quietly([sys.executable, "-m", "venv", str(ENVIRONMENT)])
        MADE_FOR.write_text(identity())
    UNFINISHED.touch()
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    quietly([*pip, "--only-binary", ":all:", "--require-hashes", "--requirement", str(lock_of(purpose))])
    quietly([*pip, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    quietly([str(PYTHON), "-c", "import numpy, reportlab; from PySide6 import QtSvg, QtWidgets"])
    for done in {"run", purpose}:  # the tests' lock holds all of the program's
        stamp_file(done).write_text(stamp_of(done))
    UNFINISHED.unlink()


def identity() -> str:
    """Return where and for which Python the environment is made: its scripts name both and fail when either changes."""
    return f"{ROOT}\n{sys.version}\n"


def is_whole() -> bool:
    """Tell whether the environment was made here, and no set-up was interrupted while it changed it."""
    return PYTHON.exists() and MADE_FOR.is_file() and MADE_FOR.read_text() == identity() and not UNFINISHED.exists()


def quietly(command: list[str]) -> None:
    """Run a command and show what it said only when it failed."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_USER": "0"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        said = done.stdout.decode(errors="replace").strip().splitlines()
        last = "\n    ".join(said[-20:])
        message = f"This step of the set-up failed:\n\n    {' '.join(command)}\n    {last}\n"
        raise SetUpError(message)


def say(line: str) -> None:
    """Say one line at once, also where the output goes to a file."""
    print(line, flush=True)


def main() -> int:
    """Set up for the purpose named on the command line, one set-up at a time."""
    purpose: Literal["run", "test"] = "test" if sys.argv[1:] == ["test"] else "run"
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            set_up(purpose)
        except SetUpError as trouble:
            print(trouble, file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("Set-up stopped; the next one begins anew.", file=sys.stderr)
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
