"""The three lines of what imbalance costs are said of every workload, and nothing is said where nobody waits."""

from __future__ import annotations

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.figures.imbalance import costs_table
from steelyard.project.content import checked
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


def evaluated(engine: Engine, when: str, rate: str | None) -> VariantEvaluation:
    project = open_project(FIRST_SAMPLE).project
    uses = tuple(use._replace(runs=when) for use in project.workloads)
    project = checked(project._replace(workloads=uses, lab=project.lab._replace(researcher_rate=rate)))
    return engine.evaluate_variant(project, project.variants[0].name)


def test_that_work_by_turns_that_is_in_time_costs_only_what_cards_idle(engine) -> None:
    variant = evaluated(engine, "turns", None)
    for row, line in enumerate(costs_table(variant).rows):
        idle = variant.value("gpu_idle_cost", row) / 100
        assert float(line[1].split(" ")[0].replace(",", "")) == pytest.approx(idle, abs=0.005)
        assert line[2:] == ("0", "0")


def test_that_crowded_work_has_a_delay_and_its_cost_once_the_hour_has_a_price(engine) -> None:
    unpriced, priced = evaluated(engine, "day", None), evaluated(engine, "day", "100")
    late = [row for row in unpriced.rows if unpriced.value("queue_delay", row) > 0]
    assert late
    for row in late:
        assert costs_table(unpriced).rows[row][3] == "not costed"
        hours = unpriced.value("queue_delay", row)
        said = costs_table(priced).rows[row][3]
        assert said.endswith(" USD/yr")
        assert float(said.split(" ")[0].replace(",", "")) == pytest.approx(100 * hours, rel=1e-5, abs=0.01)
