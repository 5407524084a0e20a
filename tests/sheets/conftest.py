"""What the tests of paper share: a sheet made by hand, and a reader of what a PDF shows."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from steelyard.sheets.content import BuildSheet
from steelyard.sheets.paper import paper_named


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"sheets_{name}", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def example() -> ModuleType:
    """The module with the hand-made readings and sheet."""
    return _beside("example")


@pytest.fixture(scope="session")
def pdf() -> ModuleType:
    """The module that reads a PDF back."""
    return _beside("pdf")


@pytest.fixture
def sheet(example: ModuleType) -> BuildSheet:
    """A whole build sheet."""
    made: BuildSheet = example.made_sheet(example.hand_made())
    return made


@pytest.fixture
def printed():
    """Print a sheet: its bytes."""
    from steelyard.sheets.compose import compose

    return lambda sheet, paper="a4": compose(sheet, paper_named(paper))
