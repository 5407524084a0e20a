"""Work at the same time adds up at the peak, work by turns does not, and data lie on the drives all the time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from types import MappingProxyType

import numpy as np
import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.catalog.workloads import WorkloadDefinition
from steelyard.project.concurrent import beside, companions, groups_beside
from steelyard.project.content import InputValue, Project, WorkloadUse
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project
from steelyard.units import Array

WORKLOAD = "imaging-pipeline"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(cache=None)


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


def two_jobs(runs: str | None, **changed: float) -> Project:
    """The first sample's build with the same work twice, held in memory, at these times."""
    project = open_project(FIRST_SAMPLE).project
    first = next(use for use in project.workloads if use.workload == WORKLOAD)._replace(runs=runs)
    for name, value in changed.items():
        first = first.with_input(name, value)
    return project._replace(workloads=(first._replace(id="one"), first._replace(id="two")))


def verdict(variant: VariantEvaluation, rule: str) -> str:
    return next(finding.verdict for finding in variant.findings if finding.rule.id == rule)


def with_share_of_memory(engine: Engine, runs: str | None, share: float) -> VariantEvaluation:
    """Two jobs that each need this share of the host memory: so many cases are held in it."""
    name = two_jobs(runs).variants[0].name
    light, heavy = (
        engine.evaluate_variant(two_jobs("turns", cached_share=1, cases=cases), name) for cases in (1000, 2000)
    )
    slope = (heavy.value("host_memory_needed") - light.value("host_memory_needed")) / 1000
    missing = share * light.value("host_memory") - light.value("host_memory_needed")
    return engine.evaluate_variant(two_jobs(runs, cached_share=1, cases=round(1000 + missing / slope)), name)


def test_that_two_jobs_of_sixty_percent_fit_by_turns_and_are_blocked_together(engine: Engine) -> None:
    by_turns, together = (with_share_of_memory(engine, runs, 0.6) for runs in ("turns", "day"))
    assert by_turns.value("host_memory_needed") / by_turns.value("host_memory") == pytest.approx(0.6, rel=0.02)
    assert by_turns.value("memory_beside") == 0
    assert verdict(by_turns, "MEM-014") == "holds"
    assert together.value("host_memory_at_peak") > together.value("host_memory")
    assert verdict(together, "MEM-014") == "broken"


def test_that_one_by_day_and_one_by_night_do_not_meet(engine: Engine) -> None:
    project = two_jobs("day")
    project = project._replace(workloads=(project.workloads[0], project.workloads[1]._replace(runs="night")))
    apart = engine.evaluate_variant(project, project.variants[0].name)
    assert apart.value("memory_beside") == apart.value("engine_beside") == apart.value("cores_beside") == 0
    assert apart.value("dataset_beside") == apart.value("data_in_use", 1) - apart.value("dataset_beside", 1) > 0


def test_that_work_at_the_same_time_is_slower_and_never_gets_more_than_all(engine: Engine) -> None:
    name = two_jobs("day").variants[0].name
    alone, together = (engine.evaluate_variant(two_jobs(runs), name) for runs in ("turns", "always"))
    assert together.value("throughput") < alone.value("throughput")
    for word, taken in (("engine_beside", "engine_taken"), ("scratch_beside", "scratch_taken")):
        assert together.value(word) <= alone.value(taken, 1)
        assert together.value(word) + together.value(word, 1) <= 1 + 1e-12
    assert together.value("cores_beside") <= together.value("cpu_cores")


def test_that_the_explanation_names_the_work_beside(engine: Engine) -> None:
    project = open_project(FIRST_SAMPLE).project
    project = project._replace(workloads=tuple(use._replace(runs="always") for use in project.workloads))
    variant = engine.evaluate_variant(project, project.variants[0].name)
    told = variant.explain("host_memory_at_peak")
    cause = next(each for each in told.because if each.name == "memory_beside")
    others = [variant.engine.catalog.workloads[use.workload].name for use in variant.uses[1:]]
    assert others
    assert all(other in cause.note for other in others)
    assert variant.engine.catalog.workloads[variant.uses[0].workload].name not in cause.note


def test_that_ranges_hold_what_runs_beside(engine: Engine) -> None:
    variant = engine.evaluate_variant(two_jobs("day"), two_jobs("day").variants[0].name)
    low, high = variant.range("memory_beside")
    assert 0 < low < variant.value("memory_beside") < high


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (("day", "day", "night"), [[(1,)], [(0,)], []]),
        (("day", "night", "always"), [[(2,)], [(2,)], [(0,), (1,)]]),
        (("turns", "turns", "always"), [[(2,)], [(2,)], [(0,), (1,)]]),
        (("always", "always"), [[(1,)], [(0,)]]),
        (("turns", "turns"), [[], []]),
        (("always", "day", "day", "turns"), [[(1, 2), (3,)], [(0, 2)], [(0, 1)], [(0,)]]),
    ],
)
def test_that_windows_bring_work_together(runs: Sequence[str], expected: list[list[tuple[int, ...]]]) -> None:
    found = [groups_beside(runs, place) for place in range(len(runs))]
    assert [sorted(groups) for groups in found] == [sorted(groups) for groups in expected]


def test_that_the_peak_counts_and_not_the_sum_over_windows(catalog: Catalog) -> None:
    uses = [WorkloadUse(each, WORKLOAD, runs=each) for each in ("always", "day", "night")]  # type: ignore[arg-type]
    amounts = {"memory_taken": np.array([1.0, 20.0, 30.0])}

    def take(names: Sequence[str]) -> dict[str, Array]:
        return {name: amounts[name] for name in names}

    found = beside(uses, catalog, frozenset({"memory_beside"}), (1, 1), take)
    np.testing.assert_array_equal(found["memory_beside"], [30.0, 1.0, 1.0])


def test_that_too_much_of_a_share_is_divided(catalog: Catalog) -> None:
    uses = [WorkloadUse(each, WORKLOAD, runs="day") for each in ("one", "two", "three")]

    def take(names: Sequence[str]) -> dict[str, Array]:
        return {name: np.array([0.5, 1.0, 0.5]) for name in names}

    found = beside(uses, catalog, frozenset({"engine_beside"}), (1, 1), take)
    np.testing.assert_allclose(found["engine_beside"], [0.75, 0.5, 0.75])


def test_that_an_unknown_neighbour_makes_the_peak_unknown(engine: Engine) -> None:
    project = two_jobs("day")
    empty = project.workloads[1]._replace(inputs={"cases": InputValue(None)})
    project = project._replace(workloads=(project.workloads[0], empty))
    variant = engine.evaluate_variant(project, project.variants[0].name)
    assert np.isnan(variant.value("host_memory_at_peak"))


def test_that_companions_are_named_by_what_they_are(catalog: Catalog) -> None:
    uses = [
        WorkloadUse("a", WORKLOAD, runs="day"),
        WorkloadUse("b", "private-llm-retrieval", runs="always"),
        WorkloadUse("c", "nnunet-3d-training", runs="night"),
    ]
    assert companions(uses, catalog, 0) == (catalog.workloads["private-llm-retrieval"].name,)
    assert len(companions(uses, catalog, 1)) == 2


def test_that_one_run_evaluates_all_workloads_at_once(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    batches = []
    evaluate = type(engine.model).evaluate

    def counted(model: object, values: object, want: Sequence[str] | None = None, origins: object = None) -> object:
        batches.append(want)
        return evaluate(model, values, want, origins)  # type: ignore[arg-type]

    monkeypatch.setattr(type(engine.model), "evaluate", counted)
    project = two_jobs("day")
    engine.run(project, [variant.selection for variant in project.variants], project.workloads)
    assert batches[1:] == [None]
    assert batches[0] is not None
    assert len(engine.model.plan(batches[0]).steps) < len(engine.model.quantities) / 2


def test_that_what_work_takes_is_asked_of_a_cold_machine(engine: Engine) -> None:
    """So that nothing has to settle before the second pass."""
    taken = ("memory_taken", "gpu_memory_needed", "cores_taken", "engine_taken", "scratch_taken", "network_taken")
    assert not engine.model.plan([*taken, "data_in_use", "data_kept", "trains"]).loops


def with_a_service(catalog: Catalog, runs: str) -> tuple[Engine, Project]:
    """The first sample's build with a real-time service that runs at this time, beside a training by turns."""
    definition = catalog.workloads["private-llm-retrieval"]
    one = next(iter(definition.demands.values()))._replace(value=1.0, low=None, high=None, scales_with={}, unit="")
    demands = {**definition.demands, **{word: one._replace(name=word) for word in ("real_time", "production")}}
    known = {**catalog.workloads, definition.id: definition._replace(demands=demands)}
    project = open_project(FIRST_SAMPLE).project
    uses = tuple(use for use in project.workloads if use.workload != "imaging-pipeline")
    return Engine.of(_replaced(catalog, known)), project._replace(
        workloads=tuple(use._replace(runs=runs if use.workload == definition.id else "turns") for use in uses)
    )


def _replaced(catalog: Catalog, workloads: dict[str, WorkloadDefinition]) -> Catalog:
    other = copy(catalog)
    object.__setattr__(other, "workloads", workloads)
    return other


@pytest.mark.parametrize(("runs", "expected"), [("always", "broken"), ("day", "holds")])
def test_that_real_time_work_beside_training_is_warned_of(catalog: Catalog, runs: str, expected: str) -> None:
    engine, project = with_a_service(catalog, runs)
    variant = engine.evaluate_variant(project, project.variants[0].name)
    assert verdict(variant, "CLI-005") == expected
    assert verdict(variant, "CLI-006") == "broken"  # care depends on a machine that trains, at whatever time


def test_that_work_that_asks_nothing_of_full_cards_is_told_and_not_unknown(engine: Engine) -> None:
    """Others ask for all of the cards' time: what needs no card must not wait for one, and nothing turns unknown."""
    project = open_project(FIRST_SAMPLE).project
    busy = project.workloads[0]._replace(id="queue", workload="multi-user-queue", inputs=MappingProxyType({}))
    busy = busy._replace(runs="always")
    for name, value in {"users": 200, "jobs": 50, "hours": 24, "cards": 1, "card_memory": 8}.items():
        busy = busy.with_input(name, value)
    quiet = busy._replace(id="pacs", workload="pacs-archive", inputs=MappingProxyType({}))
    for name, value in {"studies_year": 100_000, "study_size": 0.1, "legacy": 0, "retention": 10, "copies": 1}.items():
        quiet = quiet.with_input(name, value)
    both = project._replace(workloads=(busy, quiet))
    found = engine.evaluate_variant(both, both.variants[0].name)
    assert found.value("engine_beside", 1) == 1
    assert found.value("engine_time", 1) == 0
    assert found.value("throughput", 1) > 0
    assert [each.rule.id for each in found.findings if each.verdict == "unknown"] == []
    assert found.value("queue_use", 0) > 1
    assert found.value("queue_wait", 0) == math.inf
