"""Training on cards: nnU-Net, MLPerf, Lambda."""

from __future__ import annotations

from types import ModuleType

import pytest

from accuracy import lambda_training, mlperf_training, nnunet
from accuracy.engine import predict


def test_that_the_tables_still_hold_their_cases() -> None:
    counts = [len(module.cases()) for module in (nnunet, mlperf_training, lambda_training)]
    assert counts == [50, 240, 294]


@pytest.mark.parametrize("module", [mlperf_training, lambda_training])
def test_that_the_fits_take_the_time_that_the_engine_takes(module: ModuleType) -> None:
    """The exchange between cards over every kind of link among it."""
    rows = module.rows_of(module.cases())
    solution = module.solve(rows)
    said = predict([row.case for row in rows], module.fit([row.case for row in rows]))
    for row, now in zip(rows, said, strict=True):
        assert row.case.count / now.value == pytest.approx(solution.seconds(row), rel=1e-4), row.case
