"""The model's own constants for one class of parts, and one number of the model from them: nothing is fitted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from steelyard.catalog import Catalog, load_catalog
from steelyard.graph.model import Model
from steelyard.project.model import model_of


class Row(NamedTuple):
    """A case: what was measured, what the model says, and by how much they may differ, all in `unit`."""

    case: str
    measured: float
    predicted: float
    unit: str
    tolerance: float

    @property
    def error(self) -> float:
        return self.predicted - self.measured


@cache
def catalogue() -> Catalog:
    return load_catalog(cache=None)


@cache
def model() -> Model:
    return model_of(catalogue())


def constant(name: str) -> float:
    """Return the value of an assumption that no category decides."""
    return float(catalogue().assumptions[name].value)


def predicted(name: str, given: Mapping[str, float], **category: str) -> float:
    """Return a quantity from given numbers and the constants of the named categories, such as cooler_type="air"."""
    values = {}
    for entry in catalogue().assumptions.values():
        found = entry.values[category[entry.by]].value if entry.by in category else None if entry.by else entry.value
        if found is not None:
            values[entry.fills or entry.name] = np.array([float(found)])
    for key, number in given.items():
        made = model().quantities.get(key) or model().inputs[key]
        values[key] = np.full((1,) * (len(made.axes) + 1), float(number))
    return float(np.ravel(model().evaluate(values, want=[name]).value(name))[0])
