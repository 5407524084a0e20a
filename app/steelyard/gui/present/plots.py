"""The readings that plots are made of, taken from one row of an evaluation; and the plots themselves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from steelyard.figures import PLOTS
from steelyard.figures.readings import Reading, Readings, Stage
from steelyard.units import Cards, Stages

if TYPE_CHECKING:
    from steelyard.figures import Figure
    from steelyard.project.evaluate import VariantEvaluation

SWEEP = ("room_ventilation", "room_air")
SWEEP_POINTS = 25
WIDEST = 2.5
"""How far the sweep goes beyond the ventilation that the room has."""

LEAST_SWEEP = 600.0  # m³/h


def figures_of(variant: VariantEvaluation, row: int, *, ranged: bool, names: tuple[str, ...] = ()) -> dict[str, Figure]:
    """Every plot by its name (or only those named), for one workload."""
    plots = [plot for plot in PLOTS if not names or plot.name in names]
    wanted = {name for plot in plots for name in plot.reads}
    readings = readings_of(variant, row, wanted, ranged=ranged, swept=any(SWEEP[0] in plot.reads for plot in plots))
    return {plot.name: plot.curves(readings) for plot in plots}


def readings_of(variant: VariantEvaluation, row: int, wanted: set[str], *, ranged: bool, swept: bool) -> Readings:
    """The quantities by name, with the names of stages and cards."""
    stages: tuple[Stage, ...] = ()
    sample = workload = ""
    if variant.uses:
        definition = variant.engine.catalog.workloads[variant.uses[row].workload]
        stages = tuple(Stage(stage.label, _resource(variant, row, place, stage.resource)) for place, stage in enumerate(definition.stages))
        sample, workload = definition.sample, definition.name
    cards = card_names(variant, row)
    found = {name: _reading(variant, name, row, len(cards), len(stages), ranged=ranged) for name in sorted(wanted)}
    return Readings(found, stages, cards, sample or "sample", workload, sweeps={SWEEP: _sweep(variant, row)} if swept else {})


def card_names(variant: VariantEvaluation, row: int) -> tuple[str, ...]:
    """The cards in the order of the air: the first stands lowest."""
    places = filled_slots(variant, row)
    count = variant.selection.count("gpu")
    if len(places) == count:
        return tuple(f"GPU, slot {place}" for place in places)
    return tuple(f"GPU {index + 1}" for index in range(count))


def filled_slots(variant: VariantEvaluation, row: int) -> list[int]:
    """The numbers of the slots that hold a card, the lowest in the case first."""
    evaluation = variant.evaluation
    held = evaluation.value("card_slots")[..., row]
    places = evaluation.value("board_slot_position")[..., row]
    return sorted((int(place) for place, here in zip(places, held, strict=True) if here > 0), reverse=True)


def _reading(variant: VariantEvaluation, name: str, row: int, cards: int, stages: int, *, ranged: bool) -> Reading:  # noqa: PLR0913
    model = variant.evaluation.model
    entry = model.quantities.get(name) or model.inputs[name]
    array = variant.evaluation.value(name)[..., row]
    many = array.ndim > 0
    most = cards if Cards in entry.axes else stages if Stages in entry.axes else len(np.atleast_1d(array))
    values = tuple(float(value) for value in np.atleast_1d(array)[:most])
    lows: tuple[float, ...] = ()
    highs: tuple[float, ...] = ()
    if ranged and name in variant.evaluation.model.quantities:
        ends = [variant.range(name, row, place if many else None) for place in range(len(values))]
        if any(end.low != end.high for end in ends):
            lows, highs = tuple(end.low for end in ends), tuple(end.high for end in ends)
    return Reading(name, entry.label, entry.unit.symbol, values, lows, highs)


def _resource(variant: VariantEvaluation, row: int, place: int, resource: str) -> str:
    """What a stage runs on, with the cores it is given where it has any."""
    cores = variant.value("stage_cores", row, place)
    if resource == "processor" and math.isfinite(cores) and cores > 0:
        return f"CPU, {cores:.0f} cores"
    if resource == "GPU" and variant.selection.count("gpu"):
        count = variant.selection.count("gpu")
        return f"{count} GPU{'s' if count > 1 else ''}"
    return resource


def _sweep(variant: VariantEvaluation, row: int) -> tuple[tuple[float, float], ...]:
    """The room's air over its ventilation: the same model, in one batch of ventilations."""
    here = variant.value("room_ventilation", row)
    if math.isnan(here):
        return ()
    across = np.linspace(0.0, max(LEAST_SWEEP, here * WIDEST), SWEEP_POINTS)
    values = {
        name: np.broadcast_to(array, (*array.shape[:-1], max(len(variant.uses), 1)))[..., row : row + 1]
        for name, array in variant.batch.values.items()
    }
    swept = variant.engine.model.evaluate(values | {"room_ventilation": across}, ["room_air"])
    return tuple(zip(across.tolist(), swept.value("room_air").tolist(), strict=True))
