"""What imbalance costs a year, in words: idle cards, delay, the time of those who wait; desk and paper say alike."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from steelyard.figures.plot import Table

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

WITHOUT_END: Final = "without end"
NOT_COSTED: Final = "not costed"
NOTHING: Final = "0"
LINES: Final = {"gpu_idle_cost": "Idle GPUs", "queue_delay": "Delay", "waiting_cost": "Researchers' time"}
"""The three lines: the quantity, and what it is called."""


def not_costed(evaluated: VariantEvaluation, row: int) -> bool:
    """Say whether people wait, but nobody said what an hour of theirs costs."""
    hours, rate = evaluated.value("queue_delay", row), evaluated.value("researcher_rate", row)
    return hours > 0 and math.isnan(rate)


def costs_table(evaluated: VariantEvaluation) -> Table:
    """Return the three lines of every workload as a table."""
    rows = []
    for row, use in enumerate(evaluated.uses):
        name = evaluated.engine.catalog.workloads[use.workload].name
        rows.append((name, *(_said(evaluated, each, row) for each in LINES)))
    return Table(("Workload, a year", *LINES.values()), tuple(rows))


def _said(evaluated: VariantEvaluation, name: str, row: int) -> str:
    value = evaluated.value(name, row)
    if name == "waiting_cost" and not_costed(evaluated, row):
        return NOT_COSTED
    if math.isinf(value):
        return WITHOUT_END
    if value == 0:
        return NOTHING
    return str(evaluated.voice(row).say(value, evaluated.engine.model.quantities[name].unit))
