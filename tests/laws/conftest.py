"""The laws run over all that is declared: a test that names `formula`, `rule` ... is held against each of them."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pytest

from folding import Subjects, fold, run_folded
from steelyard.catalog import Catalog, load_catalog
from steelyard.graph.model import Model
from steelyard.graph.quantity import Need, Quantity
from steelyard.project.model import model_of
from steelyard.units import Array

POSITIONS = {"cards": 2, "stages": 4, "slots": 5}
PRESENCE = {"cards", "stages", "board_slots"}
Sample = Callable[..., dict[str, Array]]


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
    """Give each law all those of whom it speaks."""
    fold(metafunc, CROWDS)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Hold a law against each of them."""
    return run_folded(pyfuncitem) or None


CROWDS: Mapping[str, Callable[[], Subjects]] = {
    "formula": lambda: _model().quantities,
    "rule": lambda: _model().rules,
    "part": lambda: _catalog().parts,
    "assumption": lambda: _catalog().assumptions,
    "source": lambda: _catalog().sources,
    "workload": lambda: _catalog().workloads,
}


@pytest.fixture(scope="session")
def sample() -> Sample:
    """Return what makes plausible values for the arguments of a formula: each name has its own seeded numbers."""

    def make(quantity: Quantity, rows: int = 3) -> dict[str, Array]:
        return {need.name: _numbers(need, rows) for need in quantity.needs}

    return make


def _numbers(need: Need, rows: int) -> Array:
    shape = (*(POSITIONS[axis.name] for axis in need.axes), rows)
    random = np.random.default_rng(zlib.crc32(need.name.encode()))
    if need.name in PRESENCE:
        return np.ones(shape)
    if need.name in {"card_index", "stage_index", "board_slot_position"}:
        start = 1.0 if need.name == "board_slot_position" else 0.0
        return np.broadcast_to(np.arange(start, start + shape[0])[:, None], shape).copy()
    if need.unit.symbol in _WHOLE:
        low, high = _WHOLE[need.unit.symbol]
        return random.integers(low, high, shape, endpoint=True).astype(np.float64)
    low, high = _RANGES.get(need.unit.symbol, (1.0, 3.0))
    return random.uniform(low, high, shape)


_WHOLE = {"present": (0, 1), "kind": (0, 3), "kinds": (1, 15), "×": (1, 4), "¢": (100, 100_000)}
_RANGES = {"": (0.1, 0.9), "°C": (20.0, 80.0), "dB(A)": (20.0, 50.0), "W": (50.0, 400.0), "V": (100.0, 240.0)}
