"""A batch must be worth making: the search, the ranges and the picker live on it. Ratios, not seconds."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from steelyard.catalog import load_catalog
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from steelyard.units import Array

pytestmark = pytest.mark.alone

ROWS = 10_000
LEAST_GAIN = 100
WANTED = ("throughput", "wall_power", "build_price", "gpu_temperature")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


def test_that_a_row_of_a_large_batch_costs_a_hundredth_of_a_row_alone(
    engine: Engine, record_property: Callable[[str, object], None]
) -> None:
    want = [*WANTED, *(rule.margin.name for rule in engine.model.rules.values())]
    one = _one_row(engine)
    many = one | _differing(one)
    alone = _least_seconds(lambda: engine.model.evaluate(one, want), 10)
    together = _least_seconds(lambda: engine.model.evaluate(many, want), 2) / ROWS
    record_property("row alone, ms", alone * 1e3)
    record_property("row of a batch, us", together * 1e6)
    assert alone / together >= LEAST_GAIN


def test_that_equal_rows_are_settled_once(engine: Engine) -> None:
    one = _one_row(engine)
    differing = one | _differing(one)
    equal = one | {name: np.full(ROWS, array[0]) for name, array in _differing(one).items()}
    assert _least_seconds(lambda: engine.model.evaluate(equal, WANTED), 2) < _least_seconds(
        lambda: engine.model.evaluate(differing, WANTED), 2
    )


def _one_row(engine: Engine) -> dict[str, Array]:
    project = open_project(FIRST_SAMPLE).project
    batch, _ = engine.run(project, [project.variants[0].selection], project.workloads[:1])
    return batch.values


def _differing(one: dict[str, Array]) -> dict[str, Array]:
    """Rooms, cards and processors that differ from row to row, so that no two rows settle alike."""
    numbers = np.random.default_rng(0)
    return {
        "room_temperature": numbers.uniform(16, 32, ROWS),
        "gpu_board_power": numbers.uniform(0.5, 1.5, ROWS) * one["gpu_board_power"],
        "cpu_cores": numbers.integers(8, 97, ROWS).astype(np.float64),
    }


def _least_seconds(work: Callable[[], object], times: int) -> float:
    least = float("inf")
    for _ in range(times):
        start = perf_counter()
        work()
        least = min(least, perf_counter() - start)
    return least
