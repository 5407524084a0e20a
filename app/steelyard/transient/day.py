"""The plan of a day as a cycle: by day and by night the work that runs then and draws the most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.project.concurrent import ALWAYS, DAY, NIGHT, TURNS, runs_of
from steelyard.transient.load import Phase

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["day_of"]

_HALF: Final = 43_200.0  # s: day and night are halves, as the day plan draws them


def day_of(found: VariantEvaluation) -> tuple[Phase, Phase]:
    """Return day and night of a project's workloads.

    Of work that meets in a half that which draws the most counts; work by turns takes the halves that are left, and a
    half without work is idle.
    """
    runs = [runs_of(use, found.engine.catalog) for use in found.uses]
    halves = []
    for half in (DAY, NIGHT):
        rows = [row for row, when in enumerate(runs) if when in {half, ALWAYS}]
        rows = rows or [row for row, when in enumerate(runs) if when == TURNS]
        drawn = max(rows, key=lambda row: found.value("mains_power", row), default=None)
        halves.append(Phase(_HALF, 0.0) if drawn is None else Phase(_HALF, 1.0, drawn))
    return halves[0], halves[1]
