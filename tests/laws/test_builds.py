"""Laws of whole builds: an empty role is no unknown, a batch is its builds, and what is unknown never passes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.evaluation import Evaluation
from steelyard.graph.model import Model
from steelyard.project.assemble import assemble
from steelyard.project.content import InputValue, Lab, Project, Site, Variant, WorkloadUse
from steelyard.project.selection import Selection
from steelyard.units import Array
from steelyard.workstation.roles import ROLES

NAMES = [role.name for role in ROLES]


@pytest.fixture(scope="module")
def best_known(catalog: Catalog) -> Selection:
    """A build with every role filled, each with the part of which most is known. It need not fit together."""
    return Selection.of(**{role.name: (_best_known(catalog, role.kind), min(role.most, 2)) for role in ROLES})


def _best_known(catalog: Catalog, kind: str) -> str:
    table = catalog.tables[kind]
    unknown = sum(np.isnan(column).reshape(-1, len(table)).sum(axis=0) for column in table.columns.values())
    return table.ids[1 + int(np.argmin(unknown[1:]))]


@pytest.fixture(scope="module")
def project(catalog: Catalog) -> Project:
    uses = tuple(
        WorkloadUse(name, name, inputs={key: InputValue(entry.usual) for key, entry in work.inputs.items()})
        for name, work in catalog.workloads.items()
    )
    nothing = Variant("Nothing", Selection())
    return Project(
        "Laws",
        "",
        "2026-11-21",
        "USD",
        Site(energy_price="0.17", cooling_performance=3, carbon_intensity=0.35, room_volume=50),
        Lab(budget="30000", researcher_rate="60"),
        uses,
        (nothing,),
    )


def evaluate(
    model: Model, catalog: Catalog, project: Project, builds: Sequence[Selection], uses: Sequence[WorkloadUse]
) -> Evaluation:
    batch = assemble(catalog, project, builds, uses, model.plan().reads)
    return model.evaluate(batch.values)


def unknown_in(evaluation: Evaluation) -> set[str]:
    names = [name for name in evaluation.model.quantities if not name.endswith("_residual")]
    return {name for name in names if np.isnan(_filled(evaluation, name)).any()}


def _filled(evaluation: Evaluation, name: str) -> Array:
    """The values at filled positions; what stands at empty ones is nobody's business."""
    value = evaluation.value(name)
    axes = evaluation.model.quantities[name].axes
    if not axes:
        return value
    presence = evaluation.value(axes[0].presence)
    return np.where(presence > 0, value, 0.0)


def test_that_nothing_at_all_is_no_unknown(model: Model, catalog: Catalog, project: Project) -> None:
    for use in project.workloads:
        assert unknown_in(evaluate(model, catalog, project, [Selection()], [use])) == set()


def test_that_without_work_every_rule_can_tell(model: Model, catalog: Catalog, project: Project) -> None:
    evaluation = evaluate(model, catalog, project, [Selection()], [])
    assert {rule for rule in model.rules if np.isnan(evaluation.margin(rule)).any()} == set()


@pytest.mark.parametrize("role", NAMES)
def test_that_an_empty_role_is_no_unknown(
    role: str, model: Model, catalog: Catalog, project: Project, best_known: Selection
) -> None:
    before = unknown_in(evaluate(model, catalog, project, [best_known], project.workloads))
    without = unknown_in(evaluate(model, catalog, project, [best_known.without(role)], project.workloads))
    assert without - before == set()


@pytest.mark.parametrize("role", NAMES)
def test_that_a_single_part_is_no_unknown(
    role: str, model: Model, catalog: Catalog, project: Project, best_known: Selection
) -> None:
    before = unknown_in(evaluate(model, catalog, project, [best_known], project.workloads))
    alone = best_known.without(*(name for name in NAMES if name != role))
    assert unknown_in(evaluate(model, catalog, project, [alone], project.workloads)) - before == set()


@pytest.mark.parametrize("role", NAMES)
def test_that_an_empty_required_role_breaks_no_block_rule(
    role: str, model: Model, catalog: Catalog, project: Project, best_known: Selection
) -> None:
    """What is not chosen yet makes a build incomplete, not wrong."""
    before = _broken(evaluate(model, catalog, project, [best_known], project.workloads))
    after = _broken(evaluate(model, catalog, project, [best_known.without(role)], project.workloads))
    assert after - before == set()


def _broken(evaluation: Evaluation) -> set[str]:
    blocks = [rule.id for rule in evaluation.model.rules.values() if rule.severity == "block"]
    return {rule for rule in blocks if (evaluation.margin(rule) < 0).any()}


def test_that_a_batch_is_as_many_builds_alone(
    model: Model, catalog: Catalog, project: Project, best_known: Selection
) -> None:
    builds = [
        best_known,
        best_known.with_(gpu=(best_known.part("gpu") or "", 1)),
        best_known.without("gpu"),
        Selection(),
    ]
    together = evaluate(model, catalog, project, builds, project.workloads)
    uses = len(project.workloads)
    for place, build in enumerate(builds):
        for number, use in enumerate(project.workloads):
            alone = evaluate(model, catalog, project, [build], [use])
            for name in model.quantities:
                here = together.value(name)[..., place * uses + number]
                there = alone.value(name)[..., 0]
                common = tuple(slice(0, min(sizes)) for sizes in zip(here.shape, there.shape, strict=True))
                assert _same(here[common], there[common]), f"{name}, build {place}, {use.id}"


def _same(one: Array, other: Array) -> bool:
    one, other = np.array(one), np.array(other)
    return bool(np.all((np.isnan(one) & np.isnan(other)) | (one.view(np.int64) == other.view(np.int64))))


def test_that_unknown_data_never_turn_a_rule_into_a_pass(
    model: Model, catalog: Catalog, project: Project, best_known: Selection
) -> None:
    """Each number of a part is made unknown in turn: a rule that still holds must hold for any number there.

    One row for each number that is changed; that a batch is as many builds alone is a law of its own.
    """
    margins = [rule.margin.name for rule in model.rules.values()]
    values = assemble(catalog, project, [best_known], project.workloads[:1], model.plan(margins).reads).values
    changed = [name for name in values if name.startswith(tuple(f"{role}_" for role in NAMES))]
    assert len(changed) > 100
    unknown, *others = (
        model.evaluate({**values, **_each_alone(values, changed, share)}, want=margins) for share in (np.nan, 0.0, 1e6)
    )
    turned = [
        f"{rule} holds though {name} is unknown, and breaks when it is {share:g} times as much"
        for rule in model.rules
        for share, other in zip((0.0, 1e6), others, strict=True)
        for name, holds, breaks in zip(changed, unknown.margin(rule) >= 0, other.margin(rule) < 0, strict=True)
        if holds and breaks
    ]
    assert not turned, "\n".join(turned)


def _each_alone(values: dict[str, Array], changed: Sequence[str], share: float) -> dict[str, Array]:
    """Row r has all values as they are, but `share` times that of `changed[r]`."""
    factors = np.where(np.eye(len(changed), dtype=bool), share, 1.0)
    return {name: values[name] * factors[row] for row, name in enumerate(changed)}
