"""The library for Python: three functions, typed, without Qt, and with nothing kept between calls."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import steelyard
from steelyard import evaluate, load_catalog, open_project

ROOT = Path(__file__).parents[2]


def test_that_a_sample_is_evaluated_in_three_calls() -> None:
    found = evaluate(open_project("workstation-a-1").project, load_catalog())
    assert found.variants[0].card.status == "READY"
    assert found.variant("Balanced").value("wall_power") > 0


def test_that_evaluating_again_gives_the_same_numbers_to_the_bit() -> None:
    catalog, project = load_catalog(), open_project("workstation-a-1").project
    first, second = (evaluate(project, catalog).variants[0] for _ in range(2))
    for name, values in first.evaluation.values.items():
        assert values.tobytes() == second.evaluation.values[name].tobytes(), name


def test_that_importing_the_package_imports_nothing_heavy() -> None:
    program = "import sys, steelyard; print(sorted({'numpy', 'json', 'PySide6', 'reportlab'} & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def test_that_evaluating_needs_no_qt() -> None:
    program = (
        "import sys; from steelyard import evaluate, load_catalog, open_project;"
        "evaluate(open_project('workstation-a-1').project, load_catalog());"
        "sys.exit(any(name.startswith(('PySide6', 'reportlab', 'pandas')) for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "app")}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


def test_that_every_name_that_is_offered_is_there() -> None:
    assert all(getattr(steelyard, name) for name in steelyard.__all__)
    with pytest.raises(AttributeError, match="has no attribute"):
        steelyard.nonsense  # noqa: B018
