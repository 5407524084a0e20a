"""One row of an evaluation, read for a run: its numbers, and the model's own formulas with some of them varied."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.errors import BadInputError
from steelyard.project.findings import reasons_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.graph.evaluation import Evaluation
    from steelyard.graph.quantity import Need, Quantity
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Array

__all__ = ["Row", "check_asked", "check_known"]

_LOADED: Final = frozenset({"gpu_busy", "cpu_busy"})
"""What a pause takes back even where it is given: how busy the parts are under the work."""


class Row(NamedTuple):
    """A row of an evaluation and how many cards it has."""

    evaluation: Evaluation
    row: int
    count: int  # type: ignore[assignment]  # hides a tuple's count()

    @classmethod
    def of(cls, evaluation: Evaluation, row: int) -> Row:
        """Read a row."""
        return cls(evaluation, row, int(evaluation.at("gpu_count", row)))

    def has(self, name: str) -> bool:
        """Say whether the model knows a number of this name."""
        return name in self.evaluation.values

    def at(self, name: str) -> float:
        """Return a plain number."""
        return self.evaluation.at(name, self.row)

    def cards(self, name: str) -> Array:
        """Return a number of each card; one that is the same for all of them is repeated."""
        array = self.evaluation.value(name)[..., self.row]
        return np.array(np.broadcast_to(array, (self.count,)) if array.ndim == 0 else array[: self.count])

    def stands(self, *names: str) -> bool:
        """Say whether one of these numbers is given, so that it is what it is at all times."""
        return not self.evaluation.given.isdisjoint(names)

    def share(self, part: float, whole: float) -> float:
        """Return a part of a whole, none where there is no whole."""
        return part / whole if whole else 0.0

    def formula(self, name: str, **varied: Array) -> Array:
        """Return what the model's own formula says with some numbers varied: arrays of shape (cards, n), or (n,).

        A given number is not varied, and what is given itself is that at every place.
        """
        quantity = self.evaluation.model.quantities[name]
        if self.stands(name):
            held = self._held(quantity)
            shape = np.broadcast_shapes(held.shape, *(array.shape for array in varied.values()))
            return np.array(np.broadcast_to(held, shape))
        values = [
            varied[need.name]
            if need.name in varied and (need.name in _LOADED or not self.stands(need.name))
            else self._held(need)
            for need in quantity.needs
        ]
        with np.errstate(all="ignore"):
            return np.asarray(quantity.formula(*values), dtype=float)

    def _held(self, what: Need | Quantity) -> Array:
        """A number as the evaluation has it: of shape (cards, 1), or (1,)."""
        array = self.evaluation.value(what.name)[..., self.row : self.row + 1]
        return array[: self.count] if what.axes and what.axes[0].name == "cards" else array


def check_asked(found: VariantEvaluation) -> None:
    """Raise BadInputError where no work is named: no share of it could be told."""
    if not found.uses:
        raise BadInputError("No workload is chosen, so nothing runs.", "Choose one first.")


def check_known(found: VariantEvaluation, row: int, names: Iterable[str], *, endless: bool = False) -> None:
    """Raise BadInputError that says which value is missing, so that nothing unknown is taken for nought.

    endless: a number without an end will do as well.
    """
    for name in names:
        quantity = found.engine.model.quantities.get(name)
        count = int(found.value("gpu_count", row)) if quantity and quantity.axes else 1
        for position in range(count if not math.isnan(found.value("gpu_count", row)) else 1):
            value = found.value(name, row, position)
            label = quantity.label if quantity else name
            if math.isnan(value):
                reasons = ", ".join(reasons_unknown(found.explain(name, row, position))) or "data are missing"
                raise BadInputError(
                    f"What the build does over time cannot be told: {label} is not known, because of {reasons}.",
                    "Set what is missing in the part or at the site.",
                )
            if math.isinf(value) and not endless:
                raise BadInputError(
                    f"What the build does over time has no end: {label} grows without limit.",
                    "Let air move: fans in the case, and ventilation or walls that carry heat out of the room.",
                )
