"""Hold predictions against measurements: errors, coverage, the worst cases, by family."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from accuracy.engine import Predicted, predict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accuracy.case import Case, Fitted


class Judged(NamedTuple):
    """A measurement beside what the engine says: fitted with it (in sample), and fitted without its GPU or host."""

    case: Case
    in_sample: Predicted
    left_out: Predicted

    @property
    def error(self) -> float:
        """Relative error of the prediction that did not see it."""
        return self.left_out.value / self.case.measured - 1

    @property
    def covered(self) -> bool:
        """Whether the 80 % range of the prediction that did not see it holds the measurement."""
        return self.left_out.low <= self.case.measured <= self.left_out.high


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


class Family(NamedTuple):
    """The figures of one family of measurements."""

    name: str
    cases: tuple[Judged, ...]
    in_sample: Figures
    left_out: Figures
    coverage: float


def judge(cases: Sequence[Case], fit: Callable[[Sequence[Case]], Fitted]) -> list[Judged]:
    """Return every case beside two predictions; `fit` is run once without each GPU or host, and once with all."""
    everything = predict(cases, fit(cases))
    left: dict[int, Predicted] = {}
    for held in sorted({case.held for case in cases}):
        members = [index for index, case in enumerate(cases) if case.held == held]
        without = fit([case for case in cases if case.held != held])
        left.update(zip(members, predict([cases[i] for i in members], without), strict=True))
    return [Judged(case, everything[index], left[index]) for index, case in enumerate(cases)]


def family_of(name: str, judged: Sequence[Judged]) -> Family:
    """Return the figures of a family."""
    inside = figures_of([(each.in_sample.value, each.case.measured) for each in judged])
    outside = figures_of([(each.left_out.value, each.case.measured) for each in judged])
    return Family(name, tuple(judged), inside, outside, coverage_of(judged))


def coverage_of(judged: Sequence[Judged]) -> float:
    """Return the share of the measurements that lie in the 80 % range of a prediction that did not see them."""
    return sum(each.covered for each in judged) / len(judged)
