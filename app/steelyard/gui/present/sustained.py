"""The sustained run of a build as its two plots, in the desk's names for the cards, and what is behind each curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.sustained_taken import no_run, run_figures
from steelyard.figures.taken import card_names
from steelyard.gui.present.missing import missing_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.figures.plot import Figure
    from steelyard.project.evaluate import VariantEvaluation

BEHIND = {
    "CPU": "cpu_temperature",
    "Coolant": "coolant_temperature",
    "Case air": "case_air",
    "Room": "room_air",
    "Slowest GPU": "gpu_speed_kept",
    "Work done": "throughput",
}


class Shown(NamedTuple):
    """Both plots, and the address of the number that each curve ends at."""

    heat: Figure
    speed: Figure
    quantities: Mapping[str, str]


def run_view(variant: VariantEvaluation, row: int, *, ranges: bool = False) -> Shown:
    """Run the build for two weeks under a workload, with bands where told; else say what is missing."""
    missing = missing_words(variant)
    if missing:
        return Shown(*no_run(f"A run needs {missing}."), {})
    heat, speed = run_figures(variant, row, ranges=ranges)
    names = card_names(variant, row)
    if heat.missing:
        return Shown(heat, speed, {})
    cards = {name: f"card_temperature[{place}]@{row}" for place, name in enumerate(names)}
    known = variant.evaluation.model.quantities
    return Shown(heat, speed, cards | {name: f"{what}@{row}" for name, what in BEHIND.items() if what in known})
