"""The plots of one workload, from the readings that paper takes too; and which slots hold a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.figures import PLOTS
from steelyard.figures.taken import readings_of

if TYPE_CHECKING:
    from steelyard.figures import Figure
    from steelyard.project.evaluate import VariantEvaluation


def figures_of(variant: VariantEvaluation, row: int, *, ranged: bool, names: tuple[str, ...]) -> dict[str, Figure]:
    """The plots of these names, for one workload."""
    plots = [plot for plot in PLOTS if plot.name in names]
    readings = readings_of(variant, row, [name for plot in plots for name in plot.reads], ranges=ranged)
    return {plot.name: plot.curves(readings) for plot in plots}


def filled_slots(variant: VariantEvaluation, row: int) -> list[int]:
    """The numbers of the slots that hold a card, the lowest in the case first: it meets the air first."""
    held = variant.evaluation.value("card_slots")[..., row]
    places = variant.evaluation.value("board_slot_position")[..., row]
    return sorted((int(place) for place, here in zip(places, held, strict=True) if here > 0), reverse=True)
