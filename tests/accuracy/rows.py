"""One line of a comparison with a measurement, and the model with numbers given by hand, as a case states them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from accuracy.engine import engine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.units import Array


class Row(NamedTuple):
    """A case in words, both numbers in `unit`, and by how much of that unit they may differ."""

    case: str
    measured: float
    predicted: float
    unit: str
    tolerance: float

    @property
    def holds(self) -> bool:
        """Whether the prediction lies within the tolerance."""
        return abs(self.predicted - self.measured) <= self.tolerance


def evaluated(given: Mapping[str, float | str], want: str, **words: str) -> float:
    """Return a quantity from numbers given by hand; the rest is the catalogue's assumptions.

    words: the word of a category that chooses among the values of an assumption, such as psu_efficiency_class="gold".
    """
    values = {**_constants(), **_chosen(words)}
    values.update((name, np.array([float(number)])) for name, number in given.items())
    return engine().model.evaluate(values, want=[want]).at(want, 0)


@cache
def _constants() -> dict[str, Array]:
    known = engine().catalog.assumptions
    return {name: np.array([entry.value]) for name, entry in known.items() if not entry.by}


def _chosen(words: Mapping[str, str]) -> dict[str, Array]:
    known = engine().catalog.assumptions
    return {
        name: np.array([entry.values[words[entry.by]].value])
        for name, entry in known.items()
        if entry.by in words and words[entry.by] in entry.values
    }
