"""The fit that all families share: works of a benchmark and efficiencies of architectures, from measured times.

A sample takes `sum(work * term) / efficiency + launch` seconds, where a term is what one unit of a work takes at the
card's peak rate. Works are positive; an architecture's efficiency is its kernel's centre times a deviation that is
shrunk towards none, so that an architecture without a measurement has the centre. Times are compared by their
logarithm, with a loss that does not follow outliers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import least_squares

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


class Row(NamedTuple):
    """One measured time: which works and efficiency it obeys, and the seconds of a sample on one card.

    `terms` maps a work's name to the seconds that one unit of it takes at the card's peak rate; `held` is what is left
    out together; `weight` lets GPUs with many rows count as one.
    """

    bench: str
    kernel: str
    architecture: str
    held: str
    seconds: float
    terms: Mapping[str, float]
    weight: float = 1.0


class Solution(NamedTuple):
    """Works by (bench, name), efficiencies by (kernel, architecture), and the centre of each kernel."""

    works: dict[tuple[str, str], float]
    efficiency: dict[tuple[str, str], float]
    centre: dict[str, float]

    def seconds(self, row: Row) -> float:
        """Return the predicted seconds of a sample; an architecture that was not fitted has its kernel's centre."""
        share = self.efficiency.get((row.kernel, row.architecture), self.centre[row.kernel])
        total = 0.0
        for name, term in row.terms.items():
            work = self.works[row.bench, name] * term
            total += work if name == LAUNCH else work / share
        return total


LAUNCH = "launch"
"""The work that no efficiency scales: a fixed time; its term is 1."""


def fit(
    rows: Sequence[Row],
    *,
    given: Mapping[tuple[str, str], float] | None = None,
    centre: Mapping[str, float] | float = 0.5,
    free_centre: bool = False,
    shrink: float = 0.3,
    prior: Mapping[tuple[str, str], float] | None = None,
) -> Solution:
    """Fit works and efficiencies. `given` works stay as they are (published operations); the others are fitted.

    `centre` is each kernel's efficiency (fitted too with `free_centre`, sensible when some works are given); `prior` moves
    the efficiency towards which an architecture is shrunk away from the centre; `shrink` weighs the deviations against a
    row's residual (larger: closer to the centre).
    """
    known = dict(given or {})
    benches = sorted({(row.bench, name) for row in rows for name in row.terms})
    free = [key for key in benches if key not in known]
    kernels = sorted({row.kernel for row in rows})
    cells = sorted({(row.kernel, row.architecture) for row in rows})
    middle = {kernel: (centre if isinstance(centre, float | int) else centre[kernel]) for kernel in kernels}
    leaning = {cell: np.log((prior or {}).get(cell, middle[cell[0]]) / middle[cell[0]]) for cell in cells}
    scale = {key: _scale(rows, key) for key in free}

    def read(vector: np.ndarray) -> Solution:
        works = dict(known)
        for index, key in enumerate(free):
            works[key] = scale[key] * np.exp(vector[index])
        at = len(free)
        centres = {}
        for index, kernel in enumerate(kernels):
            moved = vector[at + index] if free_centre else 0.0
            centres[kernel] = float(middle[kernel] * np.exp(moved))
        at += len(kernels) if free_centre else 0
        shares = {
            cell: float(centres[cell[0]] * np.exp(leaning[cell] + vector[at + index]))
            for index, cell in enumerate(cells)
        }
        return Solution(works, shares, centres)

    def residuals(vector: np.ndarray) -> np.ndarray:
        solution = read(vector)
        off = [np.sqrt(row.weight) * np.log(solution.seconds(row) / row.seconds) for row in rows]
        at = len(free) + (len(kernels) if free_centre else 0)
        held = shrink * vector[at:]
        loose = 0.02 * vector[: len(free)]
        return np.concatenate([off, held, loose])

    start = np.concatenate(
        [
            np.zeros(len(free)),
            np.zeros(len(kernels) if free_centre else 0),
            np.zeros(len(cells)),
        ]
    )
    found = least_squares(residuals, start, loss="soft_l1", f_scale=0.1, bounds=(-14, 14), max_nfev=400)
    return read(found.x)


def _scale(rows: Sequence[Row], key: tuple[str, str]) -> float:
    """A work that alone would take a third of the measured time: where the search starts."""
    shares = [row.seconds / row.terms[key[1]] for row in rows if row.bench == key[0] and row.terms.get(key[1], 0) > 0]
    return float(np.median(shares)) / 6 if shares else 1.0


def even_weights(rows: Iterable[Row]) -> list[Row]:
    """Return the rows so weighed that each GPU counts as one in each benchmark, however often it was measured."""
    listed = list(rows)
    counts: dict[tuple[str, str], int] = {}
    for row in listed:
        counts[row.bench, row.held] = counts.get((row.bench, row.held), 0) + 1
    return [row._replace(weight=1 / counts[row.bench, row.held]) for row in listed]


def left_out(rows: Sequence[Row], fitted: Callable[[Sequence[Row]], Solution]) -> list[tuple[Row, float]]:
    """Return each row with the seconds predicted by a fit that saw nothing of its GPU or host."""
    found = []
    for held in sorted({row.held for row in rows}):
        solution = fitted([row for row in rows if row.held != held])
        found += [(row, solution.seconds(row)) for row in rows if row.held == held]
    return found


class Figures(NamedTuple):
    """How far predictions are off: relative errors of predicted against measured."""

    count: int
    median: float
    tenth_worst: float
    bias: float

    def __str__(self) -> str:
        """As it is printed: n, median and 90th percentile of the absolute error, bias."""
        return f"n {self.count}, median {self.median:.1%}, 90th {self.tenth_worst:.1%}, bias {self.bias:+.1%}"


def figures_of(pairs: Sequence[tuple[float, float]]) -> Figures:
    """Return the figures of (predicted, measured) pairs; the error is predicted / measured - 1, the bias its median."""
    errors = np.array([predicted / measured - 1 for predicted, measured in pairs])
    absolute = np.abs(errors)
    return Figures(
        len(errors), float(np.median(absolute)), float(np.percentile(absolute, 90)), float(np.median(errors))
    )
