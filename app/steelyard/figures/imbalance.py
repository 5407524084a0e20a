"""What imbalance costs a year, in words: idle cards, delay, the time of those who wait; desk and paper say alike."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from steelyard.figures.plot import Table

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

WITHOUT_END: Final = "without end"
NEVER: Final = "does not keep up"
NOT_COSTED: Final = "not costed"
NO_GPU: Final = "no GPU"
NOTHING: Final = "0"
LINES: Final = {"gpu_idle_cost": "Idle GPUs", "queue_delay": "Delay", "waiting_cost": "Researchers' time"}
"""The three lines: the quantity, and what it is called."""


def not_costed(evaluated: VariantEvaluation, row: int) -> bool:
    """Say whether people wait, but nobody said what an hour of theirs costs; no hour costs nothing at any price."""
    hours, rate = evaluated.value("queue_delay", row), evaluated.value("researcher_rate", row)
    return hours > 0 and math.isnan(rate)


def never_done(evaluated: VariantEvaluation, row: int) -> bool:
    """Say whether a year brings as much delay as the machine works hours: work only piles up."""
    return evaluated.value("queue_delay", row) >= evaluated.value("hours_per_year")


def no_card(evaluated: VariantEvaluation) -> bool:
    """Say whether there is no card that could be idle."""
    return evaluated.value("gpu_count") == 0


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
    if name == "gpu_idle_cost" and no_card(evaluated):
        return NO_GPU
    if name == "queue_delay" and never_done(evaluated, row):
        return NEVER
    if math.isinf(value):
        return WITHOUT_END
    if value == 0:
        return NOTHING
    return str(evaluated.voice(row).say(value, evaluated.engine.model.quantities[name].unit))
