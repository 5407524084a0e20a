"""One row of an evaluation, read for a run: its numbers, and the model's own formulas with some of them varied."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.errors import BadInputError
from steelyard.project.findings import reasons_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.graph.evaluation import Evaluation
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Array

__all__ = ["Row", "check_known"]


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

    def share(self, part: float, whole: float) -> float:
        """Return a part of a whole, none where there is no whole."""
        return part / whole if whole else 0.0

    def formula(self, name: str, **varied: Array) -> Array:
        """Return what the model's own formula says with some numbers varied: arrays of shape (cards, n), or (n,)."""
        quantity = self.evaluation.model.quantities[name]
        values = []
        for need in quantity.needs:
            if need.name in varied:
                values.append(varied[need.name])
                continue
            array = self.evaluation.value(need.name)[..., self.row : self.row + 1]
            values.append(array[: self.count] if need.axes and need.axes[0].name == "cards" else array)
        with np.errstate(all="ignore"):
            return np.asarray(quantity.formula(*values), dtype=float)


def check_known(found: VariantEvaluation, row: int, names: Iterable[str]) -> None:
    """Raise BadInputError that says which value is missing, so that nothing unknown is taken for nought."""
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
            if math.isinf(value):
                raise BadInputError(
                    f"What the build does over time has no end: {label} grows without limit.",
                    "Let air move: fans in the case, and ventilation or walls that carry heat out of the room.",
                )
