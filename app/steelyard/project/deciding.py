"""Which workload decides a number that differs between them: the one that desk, sheet and explanation show."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.graph.quantity import Input, Quantity
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["deciding", "is_rate", "times_carried"]


_OF_THE_PACE: Final = frozenset(
    {"throughput_multiple", "stage_multiple", "bottleneck_stage", "gpu_busy", "gpu_idle_share"}
)


def is_rate(entry: Quantity | Input) -> bool:
    """Say whether a number is a rate of samples, which no two workloads count alike, or goes with one."""
    return entry.unit.symbol.startswith("samples/") or entry.name in _OF_THE_PACE


def deciding(found: VariantEvaluation, entry: Quantity | Input, values: Sequence[float]) -> int:
    """Return the place among `values`, one a workload, of the one that decides.

    Of rates the workload that is carried least, else the greatest, as a build must bear it; what is unknown first, and
    the first of equals.
    """
    rows = range(len(values))
    if is_rate(entry):
        return min(rows, key=lambda row: times_carried(found, row))
    return max(rows, key=lambda row: math.inf if math.isnan(values[row]) else values[row])


def times_carried(found: VariantEvaluation, row: int) -> float:
    """Return how many times over a workload is carried; what cannot be told comes before all, as minus infinity."""
    asked = found.value("asked_rate", row)
    multiple = found.value("throughput", row) / asked if asked else math.inf
    return -math.inf if math.isnan(multiple) else multiple
