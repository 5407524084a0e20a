"""What the engine itself says of published measurements, on the catalogue's numbers or on those of another fit."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.catalog import Catalog, load_catalog
from steelyard.graph.draws import percentiles
from steelyard.project.benchmarks import benchmark_project, in_its_unit
from steelyard.project.evaluate import Engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accuracy.case import Case, Fitted, Numbers
    from steelyard.catalog.assumptions import Assumption
    from steelyard.catalog.workload import Demand, Stage, WorkloadDefinition


class Predicted(NamedTuple):
    """What the engine says of a case, in the unit of its benchmark: the value and its 80 % range."""

    value: float
    low: float
    high: float


@cache
def engine() -> Engine:
    """Return the engine on the catalogue as it is."""
    return Engine.of(load_catalog(cache=None))


def predict(cases: Sequence[Case], fitted: Fitted | None = None) -> list[Predicted]:
    """Return what the engine says of each case, in order; with the numbers of `fitted` instead of the catalogue's."""
    machine = engine()
    if fitted is not None:
        machine = Engine(with_numbers(machine.catalog, fitted), machine.model)
    found: dict[int, Predicted] = {}
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[int]] = {}
    for index, case in enumerate(cases):
        groups.setdefault((case.bench, tuple(sorted(case.settings.items()))), []).append(index)
    for (bench, settings), members in groups.items():
        predicted = _group(machine, bench, dict(settings), [cases[i] for i in members])
        found.update(zip(members, predicted, strict=True))
    return [found[index] for index in range(len(cases))]


def _group(machine: Engine, bench: str, settings: dict[str, str], cases: list[Case]) -> list[Predicted]:
    """One batch: the cases of a benchmark with the same settings, each with its part."""
    kinds = sorted({(case.part, case.count) for case in cases})
    projects = [benchmark_project(machine.catalog, bench, settings, part, count) for part, count in kinds]
    selections = [project.variants[0].selection for project in projects]
    definition = machine.catalog.workloads[bench]
    quantity = definition.bench.quantity
    values = {}
    for ranges in (False, True):
        batch, evaluation = machine.run(projects[0], selections, projects[0].workloads, (quantity,), ranges=ranges)
        numbers = np.broadcast_to(evaluation.value(quantity), (len(selections) * batch.draws,))
        values[ranges] = in_its_unit(definition, machine.model, numbers.reshape(len(selections), batch.draws))
    said = {}
    for index, kind in enumerate(kinds):
        low, high = percentiles(values[True][index])
        said[kind] = Predicted(float(values[False][index, 0]), float(np.squeeze(low)), float(np.squeeze(high)))
    return [said[case.part, case.count] for case in cases]


def with_numbers(catalog: Catalog, fitted: Fitted) -> Catalog:
    """Return the catalogue with fitted numbers in the place of its own; KeyError names what it does not hold."""
    changed = copy.copy(catalog)
    assumptions = dict(catalog.assumptions)
    for (name, word), numbers in fitted.assumptions.items():
        assumptions[name] = _assumption(assumptions[name], word, numbers)
    workloads = dict(catalog.workloads)
    for (workload, stage, word), numbers in fitted.demands.items():
        change = {"value": numbers.value, "low": numbers.low, "high": numbers.high}
        workloads[workload] = _changed(workloads[workload], stage, word, change)
    for (workload, stage, word, choice, option), factor in fitted.factors.items():
        demand = _demands(workloads[workload], stage)[word]
        factors = {**demand.factors, choice: {**demand.factors[choice], option: factor}}
        workloads[workload] = _changed(workloads[workload], stage, word, {"factors": factors})
    changed.assumptions, changed.workloads = assumptions, workloads
    return changed


def _assumption(assumption: Assumption, word: str, numbers: Numbers) -> Assumption:
    spread = {"value": numbers.value, "low": numbers.low, "high": numbers.high}
    if not word:
        return assumption._replace(**spread)
    return assumption._replace(values={**assumption.values, word: assumption.values[word]._replace(**spread)})


def _demands(workload: WorkloadDefinition, stage: str) -> dict[str, Demand]:
    return workload.demands if not stage else next(each for each in workload.stages if each.id == stage).demands


def _changed(workload: WorkloadDefinition, stage: str, word: str, change: dict[str, object]) -> WorkloadDefinition:
    def mended(demands: dict[str, Demand]) -> dict[str, Demand]:
        return {**demands, word: demands[word]._replace(**change)}

    def of_stage(each: Stage) -> Stage:
        return each._replace(demands=mended(each.demands)) if each.id == stage else each

    if not stage:
        return workload._replace(demands=mended(workload.demands))
    return workload._replace(stages=tuple(of_stage(each) for each in workload.stages))
