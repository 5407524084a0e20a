"""One line of a comparison with a measurement, and one number of the model from numbers given by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from accuracy.engine import engine

if TYPE_CHECKING:
    from collections.abc import Mapping


class Row(NamedTuple):
    """A case in words, both numbers in `unit`, and by how much of that unit they may differ."""

    case: str
    measured: float
    predicted: float
    unit: str
    tolerance: float

    @property
    def error(self) -> float:
        """Predicted less measured."""
        return self.predicted - self.measured

    @property
    def holds(self) -> bool:
        """Whether the prediction lies within the tolerance."""
        return abs(self.error) <= self.tolerance


def constant(name: str) -> float:
    """Return the value of an assumption that no category decides."""
    return float(engine().catalog.assumptions[name].value)


def predicted(name: str, given: Mapping[str, float], **category: str) -> float:
    """Return a quantity from given numbers; the rest is the catalogue's assumptions, and nothing is fitted.

    category: the word that chooses among the values of an assumption, such as psu_efficiency_class="gold".
    """
    model = engine().model
    values = {}
    for entry in engine().catalog.assumptions.values():
        word = category.get(entry.by)
        found = entry if not entry.by else entry.values.get(word) if word is not None else None
        if found is not None:
            values[entry.fills or entry.name] = np.array([float(found.value)])
    for key, number in given.items():
        made = model.quantities.get(key) or model.inputs[key]
        values[key] = np.full((1,) * (len(made.axes) + 1), float(number))
    return float(np.ravel(model.evaluate(values, want=[name]).value(name))[0])
