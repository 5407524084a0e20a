"""A sustained run taken from an evaluation: its two plots, with the cards by the names that all other plots use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from steelyard.errors import BadInputError
from steelyard.figures import sustained_run
from steelyard.figures.plot import Figure
from steelyard.figures.taken import card_names
from steelyard.transient.run import LONGEST
from steelyard.transient.run import sustained_run as run_of
from steelyard.transient.spread import with_range

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation


def run_figures(evaluated: VariantEvaluation, row: int, *, ranges: bool = False) -> tuple[Figure, Figure]:
    """Run a build for two weeks under a workload: its heat and its speed; where that cannot be, why not.

    ranges: with the bands of all that is uncertain, which takes many runs.
    """
    try:
        run = run_of(evaluated, row, LONGEST)
        run = with_range(run, evaluated, row) if ranges else run
    except BadInputError as trouble:
        return no_run(str(trouble))
    names = card_names(evaluated, row)
    return _renamed(sustained_run.heat(run), names), _renamed(sustained_run.speed(run), names)


def no_run(why: str) -> tuple[Figure, Figure]:
    """Return both plots without anything to draw."""
    return (
        Figure(sustained_run.NAME, sustained_run.TITLE, missing=why),
        Figure(sustained_run.SPEED_NAME, sustained_run.SPEED_TITLE, missing=why),
    )


def _renamed(plot: Figure, names: tuple[str, ...]) -> Figure:
    """The cards by letters, as on all other plots."""

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
