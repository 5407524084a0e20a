"""Stories acted out as a user does: the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]


class Said(NamedTuple):
    """Exit code and what stood on the two outputs."""

    code: int
    out: str
    err: str


Act = Callable[..., Said]


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What a child needs to run this checkout, with output in UTF-8 on any terminal."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "app"), "PYTHONUTF8": "1"}


@pytest.fixture(scope="session")
def act(environment: dict[str, str]) -> Act:
    """Run a command of the program, as typed."""

    def acting(*words: str, **more: str) -> Said:
        command = [sys.executable, "-m", "steelyard", *(str(word) for word in words)]
        done = subprocess.run(command, capture_output=True, env=environment | more, check=False)
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return acting
