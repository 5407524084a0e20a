"""What both runners of cases share: the model, and numbers read from a case file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.catalog.assumptions import field_behind
from steelyard.graph.model import Model
from steelyard.project.model import model_of
from steelyard.units import Array

FOLDER = Path(__file__).parent
Reader = Callable[[Mapping[str, object]], dict[str, Array]]


@cache
def _catalog() -> Catalog:
    return load_catalog(cache=None)


@cache
def _model() -> Model:
    return model_of(_catalog())


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return _catalog()


@pytest.fixture(scope="session")
def model() -> Model:
    return _model()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each case file, and each rule, a test of its own."""
    if "case_file" in metafunc.fixturenames:
        files = sorted(FOLDER.glob("*.toml"))
        metafunc.parametrize("case_file", files, ids=[file.stem for file in files])
    if "rule" in metafunc.fixturenames:
        rules = _model().rules
        metafunc.parametrize("rule", rules.values(), ids=rules.keys())


@pytest.fixture(scope="session")
def numbers(catalog: Catalog) -> Reader:
    """Return what reads a table of a case: name -> array of shape (rows,) or (positions, rows), with one row."""

    def read(table: Mapping[str, object]) -> dict[str, Array]:
        return {name: _array(name, value, catalog) for name, value in table.items()}

    return read


def _array(name: str, value: object, catalog: Catalog) -> Array:
    if isinstance(value, str) or (isinstance(value, list) and any(isinstance(entry, str) for entry in value)):
        return np.array([_code(name, value, catalog)])
    array = np.array(value, dtype=np.float64)
    return array.reshape(1) if array.ndim == 0 else array[:, None]


def _code(name: str, value: str | list[str], catalog: Catalog) -> float:
    field = field_behind(name, catalog.schema)
    assert field is not None, f"{name} is no field of a part, so it has no categories"
    if isinstance(value, str):
        return float(field.categories.index(value))
    return float(sum(2 ** field.categories.index(word) for word in value))
