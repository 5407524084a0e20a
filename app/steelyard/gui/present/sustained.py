"""The sustained run of a build as its two plots, in the desk's names for the cards, and what is behind each curve."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from steelyard.errors import BadInputError
from steelyard.figures import sustained_run as figure
from steelyard.figures.plot import Figure
from steelyard.figures.taken import card_names
from steelyard.gui.present.missing import missing_words
from steelyard.transient.run import LONGEST, sustained_run

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def run_view(variant: VariantEvaluation, row: int) -> Shown:
    """Run the build for two weeks under a workload; where that cannot be, say what is missing."""
    missing = missing_words(variant)
    if missing:
        return _nothing(f"A run needs {missing}.")
    try:
        run = sustained_run(variant, row, LONGEST)
    except BadInputError as trouble:
        return _nothing(str(trouble))
    names = card_names(variant, row)
    heat, speed = (_renamed(each, names) for each in (figure.heat(run), figure.speed(run)))
    cards = {name: f"card_temperature[{place}]@{row}" for place, name in enumerate(names)}
    known = variant.evaluation.model.quantities
    return Shown(heat, speed, cards | {name: f"{what}@{row}" for name, what in BEHIND.items() if what in known})


def _nothing(why: str) -> Shown:
    return Shown(Figure(figure.NAME, figure.TITLE, missing=why), Figure(figure.SPEED_NAME, figure.SPEED_TITLE), {})


def _renamed(plot: Figure, names: tuple[str, ...]) -> Figure:
    """The cards by letters, as everywhere on the desk."""

    def name(text: str) -> str:
        return re.sub(r"\bGPU (\d+)\b", lambda found: _letter(names, int(found[1])), text)

    return plot._replace(
        sentence=name(plot.sentence),
        subtitle=name(plot.subtitle),
        curves=tuple(curve._replace(label=name(curve.label)) for curve in plot.curves),
        table=plot.table._replace(rows=tuple((name(first), *rest) for first, *rest in plot.table.rows)),
    )


def _letter(names: tuple[str, ...], place: int) -> str:
    return names[place - 1] if place <= len(names) else f"GPU {place}"
