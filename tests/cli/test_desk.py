"""The desk from the command line: a picture without a screen, and a window that ends when the terminal says so."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytest.importorskip("PySide6")

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("more", [[], ["--view", "balance", "--theme", "dark"]])
def test_that_a_picture_of_the_desk_is_written_without_a_screen(child: Run, tmp_path: Path, more: list[str]) -> None:
    said = child("--screenshot", str(tmp_path / "desk.png"), "workstation-a-1", *more)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert (tmp_path / "desk.png").read_bytes().startswith(PNG)


def test_that_a_view_that_is_not_there_is_answered_with_those_that_are(child: Run, tmp_path: Path) -> None:
    for words in (["--view", "balanse"], ["--view", "balanse", "--screenshot", str(tmp_path / "desk.png")]):
        said = child(*words)
        assert said.code == 2
        assert 'Did you mean "balance"?' in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_that_control_c_ends_the_desk(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "steelyard", "workstation-a-1"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as running:
        time.sleep(3)
        running.send_signal(signal.SIGINT)
        _, error = running.communicate(timeout=20)
    assert running.returncode == -signal.SIGINT
    assert b"Traceback" not in error
