"""The fit that the training families share: works with a known scale, and efficiencies in three layers.

A sample takes `sum(work * term) / efficiency + fixed` seconds on one card. Works that are known beforehand (operations
counted from the layers) are held near their start; the others are found. The efficiency of a kernel on an architecture
is a common value, times a leaning that other measurements suggest, times what the architecture does in this kind of
work, times what the software generation does, times what it does on this architecture alone. Each layer is shrunk
towards none, so that what was measured on few cards moves little, and an architecture without a measurement has the
value of the others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from accuracy.case import Numbers
from accuracy.spread import spread_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from accuracy.case import Case

CENTRE: Final = 0.5
"""The efficiency from which all layers start; works are in its measure."""

FIXED: Final = ("launch", "sync", "peer")
"""Works that no efficiency scales: they are seconds, or bytes over a link."""

SPREAD: Final = 0.1
"""Residual of a row, in logarithms, that weighs as much as a deviation of 1 / hold."""

LEANING: Final = {"Ada": 1.1, "Blackwell": 1.1, "Blackwell B200": 1.0, "Pascal": 1.05, "Volta": 1.0, "RDNA 3": 0.6,
                  "RDNA 4": 0.6, "Xe": 0.5, "Xe2": 0.5, "CDNA": 0.5, "CDNA 2": 0.5, "CDNA 3": 0.55, "CDNA 4": 0.55,
                  "Gaudi 2": 0.8, "Turing": 1.0, "Ampere": 1.0, "Ampere A100": 1.0, "Hopper": 1.0}  # fmt: skip
"""What other measurements say of an architecture before a family speaks. Large caches of Ada and Blackwell spare
traffic: in the timm tables an RTX 4090 is 1.39 times a 3090 at 1.08 times its bandwidth. Vector units reach
more of their peak than matrix units. AMD's and Intel's cards run ported code."""


class Row(NamedTuple):
    """One measured time: the works it is made of, by (group, name), each with the seconds that one unit takes.

    trust: how much it teaches, from 0 to 1, where something else than the card is known to have set its pace.
    """

    bench: str
    kernel: str
    generation: str
    architecture: str
    seconds: float
    terms: Mapping[tuple[str, str], float]
    case: Case
    trust: float = 1.0


class Hold(NamedTuple):
    """How firmly each layer is held at none; a larger number is firmer."""

    architecture: float = 3.0
    generation: float = 4.0
    both: float = 4.0
    bench: float = 4.0


class Solution(NamedTuple):
    """Works by (group, name) and the layers of the efficiency as logarithms."""

    works: dict[tuple[str, str], float]
    bench: dict[str, float]
    architecture: dict[tuple[str, str], float]
    generation: dict[tuple[str, str], float]
    both: dict[tuple[str, str, str], float]

    def efficiency(self, kernel: str, generation: str, architecture: str) -> float:
        """Return the share of the peak rates; what was not measured counts as the common value."""
        moved = self.architecture.get((kernel, architecture), 0.0)
        moved += self.generation.get((kernel, generation), 0.0)
        moved += self.both.get((kernel, generation, architecture), 0.0)
        return CENTRE * LEANING[architecture] * math.exp(moved)

    def work(self, bench: str, key: tuple[str, str]) -> float:
        """Return a work as the benchmark has it, with what sets the benchmark apart."""
        value = self.works.get(key, 0.0)
        return value if key[1] in FIXED else value * math.exp(self.bench.get(bench, 0.0))

    def seconds(self, row: Row) -> float:
        """Return the predicted seconds of a sample."""
        share = self.efficiency(row.kernel, row.generation, row.architecture)
        total = 0.0
        for key, term in row.terms.items():
            total += self.work(row.bench, key) * term / (1 if key[1] in FIXED else share)
        return total


def fit(
    rows: Sequence[Row], works: Mapping[tuple[str, str], tuple[float, float]], hold: Hold | None = None
) -> Solution:
    """Fit the works (start, how firmly they are held there) and the efficiencies to the logarithms of the times.

    A card that was measured often in one benchmark counts little more than one measured once; outliers pull less.
    """
    hold = hold or Hold()
    keys = sorted({key for row in rows for key in row.terms})
    start = np.array([works[key][0] for key in keys])
    fixed = np.array([key[1] in FIXED for key in keys])
    terms = np.array([[row.terms.get(key, 0.0) for key in keys] for row in rows])
    names: list[list[object]] = [
        [row.bench for row in rows],
        [(row.kernel, row.architecture) for row in rows],
        [(row.kernel, row.generation) for row in rows],
        [(row.kernel, row.generation, row.architecture) for row in rows],
    ]
    words = [sorted(set(layer)) for layer in names]  # type: ignore[type-var]
    places = [np.array([found.index(each) for each in layer]) for found, layer in zip(words, names, strict=True)]
    cuts = np.cumsum([len(keys), *(len(found) for found in words)])
    firm = np.concatenate([
        [works[key][1] for key in keys],
        *(np.full(len(found), held) for found, held in
          zip(words, (hold.bench, hold.architecture, hold.generation, hold.both), strict=True)),
    ])  # fmt: skip
    measured = np.log([row.seconds for row in rows])
    leaning = np.log([CENTRE * LEANING[row.architecture] for row in rows])
    weight = np.sqrt(np.array(_weights(rows)) * [row.trust for row in rows]) / SPREAD

    def residuals(vector: np.ndarray) -> np.ndarray:
        moved, bench, architecture, generation, both = np.split(vector, cuts[:-1])
        value = start * np.exp(moved)
        share = np.exp(leaning + architecture[places[1]] + generation[places[2]] + both[places[3]] - bench[places[0]])
        seconds = terms[:, ~fixed] @ value[~fixed] / share + terms[:, fixed] @ value[fixed]
        return np.concatenate([weight * (np.log(seconds) - measured), firm * vector])

    found = least_squares(
        residuals, np.zeros(cuts[-1]), loss="soft_l1", f_scale=1.5, bounds=(-9, 9), ftol=1e-5, xtol=1e-5, max_nfev=200
    )
    moved, *layers = np.split(found.x, cuts[:-1])
    values = dict(zip(keys, (start * np.exp(moved)).tolist(), strict=True))
    read = [
        dict(zip(found_words, layer.tolist(), strict=True)) for found_words, layer in zip(words, layers, strict=True)
    ]
    return Solution(values, *read)  # type: ignore[arg-type]


def left_out(rows: Sequence[Row], fitted: Callable[[Sequence[Row]], Solution]) -> list[tuple[Row, float]]:
    """Return each row with the seconds predicted by a fit that saw nothing of its card."""
    found = []
    for held in sorted({row.case.held for row in rows}):
        solution = fitted([row for row in rows if row.case.held != held])
        found += [(row, solution.seconds(row)) for row in rows if row.case.held == held]
    return found


def spread_on(pairs: Iterable[tuple[Row, float]]) -> Numbers:
    """Return the range of the rows whose predicted seconds stand beside them; cards count alike, as new ones will."""
    listed = list(pairs)
    return spread_of([row.seconds / seconds for row, seconds in listed], _weights([row for row, _ in listed]))


def _weights(rows: Sequence[Row]) -> list[float]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row.bench, row.case.held
        counts[key] = counts.get(key, 0) + 1
    return [2 / (1 + counts[row.bench, row.case.held]) for row in rows]


SURE, UNSURE, FOREIGN = 0.06, 0.25, 0.5
"""How far an efficiency may be off, as 10 % and 90 % points: measured, not measured, and of another maker."""


def kernel_numbers(
    solution: Solution, rows: Sequence[Row], kernel: str, generation: str, name: str
) -> dict[tuple[str, str], Numbers]:
    """Return the assumption of a kernel for every architecture, wider where nothing was measured."""
    measured = {(row.generation, row.architecture) for row in rows if row.kernel == kernel and row.trust == 1.0}
    found = {}
    for architecture, leaning in LEANING.items():
        value = solution.efficiency(kernel, generation, architecture)
        off = SURE if (generation, architecture) in measured else UNSURE if leaning > 0.7 else FOREIGN
        if off == UNSURE and any(each[1] == architecture for each in measured):
            off = (SURE + UNSURE) / 2
        found[name, architecture] = Numbers(value, value / (1 + off), value * (1 + off))
    return found
