"""What the catalogue adds to a start: next to nothing when it is warm, and cold still less than a second or so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.alone

APP = Path(__file__).parents[2] / "app"
PROGRAM = """
import sys
from pathlib import Path
from time import perf_counter
start = perf_counter()
import numpy
between = perf_counter()
from steelyard.library.standing import standing_catalog
folder = Path(sys.argv[1])
found = standing_catalog(folder / "library.sqlite", cache=folder)
print(between - start, perf_counter() - between, len(found.parts))
"""
WARM_STARTS = 5


def start_once(cache: Path) -> tuple[float, float, int]:
    """Return the seconds that NumPy takes to import, those of the whole catalogue after it, and its parts."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(APP), *sys.path])}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(cache)], check=True, env=environment, capture_output=True, text=True
    )
    numpy, catalogue, parts = done.stdout.split()
    return float(numpy), float(catalogue), int(parts)


def test_that_a_warm_catalogue_costs_less_than_importing_numpy(tmp_path: Path) -> None:
    _, cold, parts = start_once(tmp_path)
    warm = [start_once(tmp_path) for _ in range(WARM_STARTS)]
    assert {count for *_, count in warm} == {parts}
    assert min(catalogue for _, catalogue, _ in warm) < min(numpy for numpy, *_ in warm)
    assert cold > 3 * min(catalogue for _, catalogue, _ in warm)
