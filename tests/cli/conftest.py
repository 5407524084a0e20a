"""Running the command line as scripts do."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from steelyard.cli import main
from steelyard.project.content import Project
from steelyard.project.file import save_project
from steelyard.project.samples import FIRST_SAMPLE, open_project

ROOT = Path(__file__).parents[2]


class Said(NamedTuple):
    """Exit code and what stood on the two outputs."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def running(*words: str) -> Said:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(code, out, err)

    return running


@pytest.fixture
def environment() -> dict[str, str]:
    """What a child needs to run this checkout."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "app")}


@pytest.fixture
def child(environment: dict[str, str]) -> Run:
    """Run a command in a process of its own."""

    def running(*words: str, **more: str) -> Said:
        command = [sys.executable, "-m", "steelyard", *words]
        done = subprocess.run(command, capture_output=True, env=environment | more, check=False)
        return Said(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    return running


@pytest.fixture
def sample() -> Project:
    return open_project(FIRST_SAMPLE).project


@pytest.fixture
def blocked(sample: Project, tmp_path: Path) -> Path:
    """A project whose first build cannot work: a supply that is far too small."""
    variant = sample.variants[0]
    weak = variant._replace(selection=variant.selection.with_(psu="psu/corsair/rm850x-2024"))
    breaker = sample.site._replace(breaker_current=3.0)
    save_project(sample.with_variant(weak)._replace(site=breaker), tmp_path / "blocked.json")
    return tmp_path / "blocked.json"


@pytest.fixture(scope="session")
def evaluated() -> dict[str, Any]:
    """What `evaluate workstation-a-1 --json` prints, for the tests that only read it."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["evaluate", "workstation-a-1", "--json"]) == 0
    found: dict[str, Any] = json.loads(out.getvalue())
    return found
