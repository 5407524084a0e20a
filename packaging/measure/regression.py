"""Statistics in memory on one core: least squares, logistic regression, principal components, resampling of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd

from measure.timing import Row, cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS: Final = 200_000
COLUMNS: Final = 50
MILLION: Final = 1e6
TALL: Final = (10_000, 2_000)
RANK: Final = 50


def measure() -> Iterator[Row]:
    """Yield the costs by a million rows of fifty columns, and of a singular value decomposition by a million cells."""
    generator = np.random.default_rng(1)
    table = generator.standard_normal((ROWS, COLUMNS))
    answer = table @ generator.standard_normal(COLUMNS) + generator.standard_normal(ROWS)
    sick = (answer > 0).astype(np.int8)
    works: tuple[tuple[str, Callable[[], object], int, str], ...] = (
        ("least squares", lambda: np.linalg.lstsq(table, answer), 9, "numpy"),
        ("normal equations", lambda: np.linalg.solve(table.T @ table, table.T @ answer), 9, "numpy"),
        ("logistic regression", lambda: LogisticRegression(max_iter=100).fit(table, sick), 5, "scikit-learn"),
        ("mean of resampled rows", lambda: table[generator.integers(0, ROWS, ROWS)].mean(0), 9, "numpy"),
    )
    for name, work, repeats, package in works:
        yield cost(
            f"{name}, a million rows of {COLUMNS} columns",
            work,
            unit="s/Mrow",
            per=ROWS / MILLION,
            repeats=repeats,
            software=(package,),
            conditions=f"{ROWS} rows of {COLUMNS} columns, 64-bit floats",
        )
    wide = generator.standard_normal(TALL)
    yield cost(
        f"randomised singular value decomposition of rank {RANK}",
        lambda: randomized_svd(wide, RANK, random_state=1),
        unit="s/Mcell",
        per=TALL[0] * TALL[1] / MILLION,
        repeats=5,
        software=("scikit-learn", "numpy"),
        conditions=f"{TALL[0]} rows of {TALL[1]} columns, 64-bit floats",
    )
