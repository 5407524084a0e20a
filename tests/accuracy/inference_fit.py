"""The fit that the inference families share: works, and efficiencies in layers.

A sample takes `sum(work * term) / efficiency + energy / power` seconds on one card, where a term is what one unit of a
work takes at the card's peak rate. The logarithm of the efficiency is that of a common value plus layers: what the
architecture does in all kernels, in this kind of work, and what the software generation does, for all and on this
architecture. Each layer is shrunk towards none, so that what was measured on few cards moves little, and an
architecture that was not measured in a kernel has what it does in others. What an operation costs in energy follows
the process that the chip is made in, and is not fitted by architecture.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from accuracy.case import Numbers
from accuracy.spread import spread_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from accuracy.case import Case

    Key = tuple[str, ...]


class Row(NamedTuple):
    """One measured time: the seconds of a sample on one card.

    group: whose works it is made of; terms: seconds that one unit of each work takes at the peak rate, of energy at the
    board power and by the chip's process; kind: the kind of work, kernel: the kind in one software generation; held:
    what is left out together.
    """

    group: str
    kind: str
    kernel: str
    architecture: str
    held: str
    seconds: float
    terms: Mapping[str, float]
    case: Case | None = None


class Start(NamedTuple):
    """Where a work's search starts, and how firmly it is held there; a published count is held firmly."""

    value: float
    hold: float


class Hold(NamedTuple):
    """How firmly each layer is held at none, against a row's residual; a larger number is firmer."""

    architecture: float = 1.0
    kind: float = 0.6
    generation: float = 0.6
    both: float = 1.0


class Solution(NamedTuple):
    """Works by (group, name); the layers as logarithms, by their keys; the common efficiency."""

    works: dict[tuple[str, str], float]
    layers: dict[Key, float]
    centre: float

    def efficiency(self, kind: str, kernel: str, architecture: str) -> float:
        """Return the share of the peak rates; a layer that was not measured counts as none."""
        return self.centre * math.exp(sum(self._layer(key) for key in _keys(kind, kernel, architecture)))

    def _layer(self, key: Key) -> float:
        """Return a layer; where its architecture was not measured, that of the next of its kin."""
        kin = (*key[:-1], KIN.get(key[-1], ""))
        return self.layers.get(key, self.layers.get(kin, 0.0))

    def seconds(self, row: Row) -> float:
        """Return the predicted seconds of a sample."""
        share = self.efficiency(row.kind, row.kernel, row.architecture)
        return sum(
            self.works[row.group, name] * term / (1 if name == ENERGY else share) for name, term in row.terms.items()
        )


OTHER_MAKERS: Final = ("RDNA 3", "RDNA 4", "Xe", "Xe2", "CDNA", "CDNA 2", "CDNA 3", "CDNA 4", "Gaudi 2")
LEANING: Final = {("architecture", word): math.log(0.6) for word in OTHER_MAKERS} | {
    ("architecture", "Pascal"): math.log(0.8)
}
"""Where an architecture's efficiency is held before it is measured: other makers' cards run ported code."""

KIN: Final = {"Blackwell": "Ada", "Blackwell B200": "Hopper"}
"""Architectures whose units follow those of another, for where only the other was measured."""

ENERGY: Final = "energy"
"""The work that no efficiency scales."""

FIRM: Final = 100.0
"""The hold of a count that does not move."""

SCATTER: Final = 0.1
"""Residual, as a logarithm, from which on a row pulls less: outliers do not lead."""


def fit(
    rows: Sequence[Row],
    starts: Mapping[tuple[str, str], Start],
    *,
    centre: float,
    hold: Hold | None = None,
    leaning: Mapping[Key, float] | None = None,
) -> Solution:
    """Fit works and layers to the logarithms of the times; a card that was measured often counts as one.

    `leaning` moves the values, as logarithms, towards which layers are shrunk.
    """
    listed = sorted({(row.group, name) for row in rows for name in row.terms})
    keys = sorted({key for row in rows for key in _keys(row.kind, row.kernel, row.architecture)})
    problem = _Problem(rows, listed, keys, starts, hold or Hold(), leaning or {}, centre)
    found = least_squares(
        problem.residuals,
        np.zeros(len(listed) + len(keys)),
        problem.slopes,
        loss="soft_l1",
        f_scale=SCATTER,
        bounds=(-9, 9),
        max_nfev=300,
    )
    moved = np.exp(found.x[: len(listed)]) * problem.start
    layers = found.x[len(listed) :] + problem.leaning
    given = {key: value for key, value in (leaning or {}).items() if key not in keys}
    return Solution(
        dict(zip(listed, moved.tolist(), strict=True)), given | dict(zip(keys, layers.tolist(), strict=True)), centre
    )


def _keys(kind: str, kernel: str, architecture: str) -> tuple[Key, Key, Key, Key]:
    return (
        ("architecture", architecture),
        ("kind", kind, architecture),
        ("generation", kernel),
        ("both", kernel, architecture),
    )


class _Problem:
    """Residuals and their slopes over the vector of log works and layers."""

    def __init__(
        self,
        rows: Sequence[Row],
        listed: list[tuple[str, str]],
        keys: list[Key],
        starts: Mapping[tuple[str, str], Start],
        hold: Hold,
        leaning: Mapping[Key, float],
        centre: float,
    ) -> None:
        place = {work: index for index, work in enumerate(listed)}
        layer = {key: index for index, key in enumerate(keys)}
        self.start = np.array([starts[work].value for work in listed])
        self.leaning = np.array([leaning.get(key, 0.0) for key in keys])
        self._terms = np.zeros((len(rows), len(listed)))
        self._energy = np.zeros((len(rows), len(listed)))
        self._layers = np.zeros((len(rows), len(keys)))
        for index, row in enumerate(rows):
            for name, term in row.terms.items():
                work = term * starts[row.group, name].value
                target = self._energy if name == ENERGY else self._terms
                target[index, place[row.group, name]] = work if name == ENERGY else work / centre
            for key in _keys(row.kind, row.kernel, row.architecture):
                self._layers[index, layer[key]] = 1.0
        self._measured = np.log([row.seconds for row in rows])
        self._weight = np.sqrt(_weights(rows))
        self._hold = np.array([starts[work].hold for work in listed] + [getattr(hold, key[0]) for key in keys])

    def residuals(self, vector: np.ndarray) -> np.ndarray:
        """Return the logarithms of predicted over measured times, and how far everything is from where it is held."""
        scaled, energy = self._parts(vector)
        off = np.log(scaled.sum(axis=1) + energy.sum(axis=1)) - self._measured
        return np.concatenate([self._weight * off, self._hold * vector])

    def slopes(self, vector: np.ndarray) -> np.ndarray:
        """Return the slopes of the residuals."""
        scaled, energy = self._parts(vector)
        total = (scaled + energy).sum(axis=1, keepdims=True)
        of_layers = -self._layers * (scaled.sum(axis=1, keepdims=True) / total)
        return np.vstack(
            [self._weight[:, None] * np.hstack([(scaled + energy) / total, of_layers]), np.diag(self._hold)]
        )

    def _parts(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        works, layers = np.split(vector, [self._terms.shape[1]])
        grown = np.exp(works)
        return self._terms * grown / np.exp(self._layers @ (layers + self.leaning))[:, None], self._energy * grown


def _weights(rows: Sequence[Row]) -> np.ndarray:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        counts[row.group, row.held] = counts.get((row.group, row.held), 0) + 1
    return np.array([1 / counts[row.group, row.held] for row in rows])


def medians(rows: Sequence[Row]) -> list[Row]:
    """Return one row for each card in each benchmark and kernel, with the median of its times."""
    grouped: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        grouped.setdefault((row.group, row.kernel, row.held), []).append(row)
    return [same[0]._replace(seconds=float(np.median([row.seconds for row in same]))) for same in grouped.values()]


def spread_on(rows: Sequence[Row], fitted: Callable[[frozenset[str]], Solution]) -> Numbers:
    """Return the 10 % and 90 % points of measured over predicted time, where the fit saw nothing of the card.

    `fitted` fits on cards by their names: two that are left out are left out in either order, so that it may remember.
    Cases and rows that only teach count alike: both are cards that a prediction did not see. A row with a work that no
    other card did is left out. A card that was measured often weighs by the root of how often: its
    measurements are not independent of one another.
    """
    ratios, weights = [], []
    cards = frozenset(row.held for row in rows)
    for held in sorted(cards):
        solution = fitted(cards - {held})
        told = [
            row for row in rows if row.held == held and all((row.group, name) in solution.works for name in row.terms)
        ]
        ratios += [row.seconds / solution.seconds(row) for row in told]
        weights += [len(told) ** -0.5] * len(told)
    return spread_of(ratios, weights)


SURE, KNOWN, UNSURE, FOREIGN = 0.03, 0.08, 0.2, 0.5
"""How far an efficiency may be off: measured, measured in other work, not measured, and of another maker."""


def kernel_numbers(
    solution: Solution, kind: str, kernel: str, architectures: Sequence[str], foreign: Sequence[str]
) -> dict[tuple[str, str], Numbers]:
    """Return the assumption of a kernel for every architecture, wider where less was measured."""
    found = {}
    for word in architectures:
        value = solution.efficiency(kind, kernel, word)
        off = FOREIGN if word in foreign else UNSURE
        if ("both", kernel, word) in solution.layers:
            off = SURE
        elif ("architecture", word) in solution.layers and word not in foreign and word != "Pascal":
            off = KNOWN
        found[f"kernel_{kernel.replace('-', '_')}", word] = Numbers(value, value / (1 + off), value * (1 + off))
    return found
