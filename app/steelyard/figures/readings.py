"""The readings of one build under one workload at one site: the numbers that plots and sheets turn into pictures.

Plain Python numbers, so that whoever draws needs no array library. NaN is unknown and inf is "no limit", never zero.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from steelyard.errors import SteelyardError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reading(NamedTuple):
    """A quantity's value at each of its positions (one, for a plain quantity), in `unit`, with its range.

    lows, highs: the 10th and 90th percentile, empty where no range was asked for.
    """

    name: str
    label: str
    unit: str
    values: tuple[float, ...]
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()

    @property
    def value(self) -> float:
        """The plain value; of several positions the first."""
        return self.values[0] if self.values else math.nan

    def low(self, position: int = 0) -> float:
        """Return the lower end at a position, NaN without a range."""
        return self.lows[position] if position < len(self.lows) else math.nan

    def high(self, position: int = 0) -> float:
        """Return the upper end at a position, NaN without a range."""
        return self.highs[position] if position < len(self.highs) else math.nan


class Stage(NamedTuple):
    """A stage of the workload: its name and what it runs on."""

    label: str
    resource: str


class Readings(NamedTuple):
    """All readings of one row, and the names of its stages and cards.

    sample: what the workload counts, in the singular ("case"). cards: one name a filled position, the top slot first.
    sweeps: what was computed over a range of an input: (input, quantity) -> pairs of both values.
    """

    quantities: Mapping[str, Reading]
    stages: tuple[Stage, ...] = ()
    cards: tuple[str, ...] = ()
    sample: str = "sample"
    workload: str = ""
    sweeps: Mapping[tuple[str, str], tuple[tuple[float, float], ...]] = MappingProxyType({})

    def of(self, name: str) -> Reading:
        """Return the reading called `name`.

        Raises SteelyardError when nothing is called so.
        """
        if name not in self.quantities:
            raise SteelyardError(
                f"A plot asks for the quantity {name!r}, which this evaluation does not have.",
                remedy="Name a quantity that the model computes; `steelyard explain` lists them.",
            )
        return self.quantities[name]

    def sweep(self, across: str, up: str) -> tuple[tuple[float, float], ...]:
        """Return a quantity over a range of an input, empty where it was not computed."""
        return self.sweeps.get((across, up), ())
