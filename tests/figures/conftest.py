"""The readings that the tests of paper made by hand serve the plots too."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def hand_made():
    """Make readings that agree with each other, some changed."""
    return runpy.run_path(str(Path(__file__).parents[1] / "sheets" / "example.py"))["hand_made"]
