"""Readings taken from an evaluation: one build, one workload, every number that the plots ask for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.figures.readings import Reading, Readings, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Array

CARDS, STAGES = "cards", "stages"
SWEEP_POINTS = 49
SWEEP_REACH = 2.0
LEAST_REACH, MOST_REACH = 600.0, 10.0
"""m³/h at the least, and how many times what is least a sweep goes on to what is enough."""

FAREST = 8.0
"""Metres: as far as a listener in the next room."""


class Sweep(NamedTuple):
    """A quantity over another one or an input; `reach` names how far it goes.

    Without one it goes twice as far as where the build is, to `least`, and to where what `enough` names lies.
    """

    across: str
    up: str
    reach: str = ""
    least: float = LEAST_REACH
    enough: str = ""


SWEEPS = (
    Sweep("room_ventilation", "room_air", enough="fresh_air_needed"),
    Sweep("dc_load", "psu_efficiency", "psu_rating"),
    Sweep("gpu_power_allowed", "capped_speed_kept", "gpu_board_power"),
    Sweep("gpu_power_allowed", "least_capped_speed", "gpu_board_power"),
    Sweep("gpu_power_allowed", "most_capped_speed", "gpu_board_power"),
    Sweep("listening_distance", "noise_behind_door", least=FAREST),
)


def readings_of(evaluated: VariantEvaluation, row: int, names: Iterable[str], *, ranges: bool = True) -> Readings:
    """Return the readings of a workload (row) of a build, with ranges unless told, and the room's sweep if asked for.

    A quantity over cards or stages has one value for each filled position, in the order of the axis.
    """
    names = tuple(dict.fromkeys(names))
    quantities = {name: _reading(evaluated, name, row, ranges=ranges) for name in names}
    stages: tuple[Stage, ...] = ()
    sample, workload = "sample", ""
    if evaluated.uses:
        definition = evaluated.engine.catalog.workloads[evaluated.uses[row].workload]
        stages = tuple(Stage(stage.label, stage.resource) for stage in definition.stages)
        sample, workload = definition.sample, definition.name
    sweeps = {
        (each.across, each.up): _swept(evaluated, row, each) for each in SWEEPS if {each.across, each.up} <= set(names)
    }
    return Readings(quantities, stages, card_names(evaluated, row), sample, workload, sweeps)


def card_names(evaluated: VariantEvaluation, row: int) -> tuple[str, ...]:
    """Return a name for each card, the one that meets the air first being A."""
    count = len(_filled(evaluated, CARDS, row))
    return ("GPU",) if count == 1 else tuple(f"GPU {chr(ord('A') + place)}" for place in range(count))


def _reading(evaluated: VariantEvaluation, name: str, row: int, *, ranges: bool) -> Reading:
    model = evaluated.engine.model
    entry = model.quantities.get(name) or model.inputs[name]
    axes = [axis.presence for axis in entry.axes]
    places: list[int | None] = [None]
    if axes:
        places = list(_filled(evaluated, axes[0], row))
    values = tuple(evaluated.value(name, row, place) for place in places)
    both = [evaluated.range(name, row, place) for place in places] if ranges else []
    certain = all(low == high for low, high in both)
    lows = () if certain else tuple(low for low, _ in both)
    highs = () if certain else tuple(high for _, high in both)
    return Reading(name, entry.label, entry.unit.symbol, values, lows, highs)


def _filled(evaluated: VariantEvaluation, axis: str, row: int) -> list[int]:
    """The filled positions of a small axis in this row."""
    present = evaluated.evaluation.value(axis)[..., row]
    return [place for place, there in enumerate(present) if there > 0]


def _swept(evaluated: VariantEvaluation, row: int, sweep: Sweep) -> tuple[tuple[float, float], ...]:
    """A quantity over a range of another or of an input, all else as it is: one batch."""
    here = evaluated.value(sweep.across, row)
    reach = evaluated.value(sweep.reach, row) if sweep.reach else max(here * SWEEP_REACH, sweep.least)
    enough = evaluated.value(sweep.enough, row) if sweep.enough else reach
    reach = max(reach, enough) if enough < MOST_REACH * sweep.least else reach
    if math.isnan(here) or not math.isfinite(reach):
        return ()
    points = np.linspace(0.0, reach, SWEEP_POINTS)
    values = {name: array for name, array in values_of(evaluated, row).items() if name != sweep.up}
    swept = evaluated.engine.model.evaluate({**values, sweep.across: points}, [sweep.up])
    return tuple(zip(points.tolist(), swept.value(sweep.up).tolist(), strict=True))


def values_of(evaluated: VariantEvaluation, row: int) -> dict[str, Array]:
    """Return all that the model was given of a row: inputs, and what stands in the place of computed numbers."""
    known, given = evaluated.evaluation.values, evaluated.evaluation.given
    found = {name: known.get(name, array) for name, array in evaluated.batch.values.items()}
    found |= {name: known[name] for name in given}
    return {name: array[..., row : row + 1] if array.shape[-1] > 1 else array for name, array in found.items()}
