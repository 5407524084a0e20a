"""The plots of one workload, from the readings that paper takes too; and which slots hold a card."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures import PLOTS
from steelyard.figures.taken import readings_of
from steelyard.gui.present.missing import missing_words, unknown_where_left_out
from steelyard.project.left_out import left_out
from steelyard.wording import UNKNOWN, number

if TYPE_CHECKING:
    from steelyard.figures import Figure
    from steelyard.project.evaluate import VariantEvaluation

WATTS = "power-waterfall"
STEPS = {
    "DC load": "dc_load",
    "Supply loss": "psu_loss",
    "At the wall": "wall_power",
    "UPS loss": "mains_power",
    "On the circuit": "circuit_power",
}
"""The quantity behind each step that is not a part's own."""


def figures_of(variant: VariantEvaluation, row: int, *, ranged: bool, names: tuple[str, ...]) -> dict[str, Figure]:
    """The plots of these names, for one workload."""
    plots = [plot for plot in PLOTS if plot.name in names]
    readings = readings_of(variant, row, [name for plot in plots for name in plot.reads], ranges=ranged)
    partial = readings._replace(quantities=unknown_where_left_out(variant, readings.quantities), sweeps={})
    whole = not variant.selection.missing()
    figures = {plot.name: plot.curves(readings if whole or plot.name == WATTS else partial) for plot in plots}
    if not whole and WATTS in figures:
        figures[WATTS] = _left_out(variant, figures[WATTS])
    return figures


def _left_out(variant: VariantEvaluation, figure: Figure) -> Figure:
    """The steps of the watts as far as they go: a sum that leaves a part out shows no number and no height."""
    unsure = {place for place, each in enumerate(figure.places) if left_out(variant, STEPS.get(each.label, ""))}
    bars = tuple(
        bar._replace(text=UNKNOWN, start=math.nan, end=math.nan) if bar.place in unsure else bar for bar in figure.bars
    )
    return figure._replace(subtitle=f"without {missing_words(variant)}", bars=bars, gaps=() if unsure else figure.gaps)


def with_short_limits(figure: Figure) -> Figure:
    """The figure with bare numbers on its limits, for where they stand in a column that says what they are."""
    limits = tuple(limit._replace(text=number(limit.value, 0)) for limit in figure.limits)
    return figure._replace(limits=limits)


def filled_slots(variant: VariantEvaluation, row: int) -> list[int]:
    """The numbers of the slots that hold a card, the lowest in the case first: it meets the air first."""
    held = variant.evaluation.value("card_slots")[..., row]
    places = variant.evaluation.value("board_slot_position")[..., row]
    return sorted((int(place) for place, here in zip(places, held, strict=True) if here > 0), reverse=True)
