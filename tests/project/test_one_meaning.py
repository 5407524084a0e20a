"""One number a resource: requirement, rule, day plan and JSON say the same of what runs at the same time."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.figures import day_plan
from steelyard.figures.lanes import lanes_of
from steelyard.project.answers import answer
from steelyard.project.content import Project
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.requirements import requirements_of
from steelyard.project.samples import FIRST_SAMPLE, open_project


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog(cache=None))


@pytest.fixture(scope="module")
def project() -> Project:
    """The first sample with all its work at the same time."""
    project = open_project(FIRST_SAMPLE).project
    return project._replace(workloads=tuple(use._replace(runs="always") for use in project.workloads))


@pytest.fixture(scope="module")
def together(engine: Engine, project: Project) -> VariantEvaluation:
    return engine.evaluate_variant(project, project.variants[0].name)


def test_that_the_rule_judges_the_memory_that_is_required(together: VariantEvaluation) -> None:
    least = next(each for each in requirements_of(together) if each.key == "memory").least.value
    for row in together.rows:
        assert together.value("host_memory_at_peak", row) == pytest.approx(least, rel=1e-9)
    finding = next(each for each in together.findings if each.rule.id == "MEM-014")
    assert finding.margin == pytest.approx(together.value("host_memory") - least, rel=1e-9)


def test_that_the_day_plan_adds_up_to_what_is_required(together: VariantEvaluation) -> None:
    rows = day_plan.curves(lanes_of(together, day_plan.READS)).table.rows
    needs = {each.key: each.least.value for each in requirements_of(together)}
    sums = [float(cell.split(" of ")[0].replace(",", "")) for cell in rows[-1][2:]]
    assert sums[0] == pytest.approx(needs["cores"], rel=5e-3)
    assert sums[3] == pytest.approx(needs["memory"], rel=5e-3)


def test_that_what_blocks_on_memory_is_short_in_the_requirements(engine: Engine, project: Project) -> None:
    for kit in ("memory/kingston/4x32gb-kf564r32rbe2k4-128", project.variants[0].selection.part("memory")):
        variant = project.variants[0]
        smaller = variant._replace(selection=variant.selection.with_(memory=(kit or "", 1)))
        found = engine.evaluate_variant(project._replace(variants=(smaller,)), variant.name)
        needs = {each.key: each for each in requirements_of(found)}
        broken = {each.rule.id for each in found.findings if each.verdict == "broken"}
        if "MEM-014" in broken:
            assert needs["memory"].least.value > needs["memory"].has
        if "MEM-012" in broken:
            assert needs["card_memory"].least.value > needs["card_memory"].has


def test_that_json_says_the_same(engine: Engine, project: Project, together: VariantEvaluation) -> None:
    said = answer(engine.evaluate(project)).variants[0].quantities
    assert said["host_memory_at_peak"].value == pytest.approx(said["memory_least"].value, rel=1e-9)
    assert said["memory_least"].value == pytest.approx(together.value("memory_least"), rel=1e-12)


def test_that_workers_on_every_core_are_only_warned_of(together: VariantEvaluation) -> None:
    """Fewer can be started, and the pace that is asked for needs no more."""
    verdicts = {each.rule.id: each.verdict for each in together.findings}
    crowded = max(together.value("host_memory_crowded", row) for row in together.rows)
    assert verdicts["MEM-014"] == "holds"
    assert (verdicts["MEM-018"] == "broken") is (crowded > together.value("host_memory"))
    for row in together.rows:
        assert together.value("workers_fitting", row) >= 1
