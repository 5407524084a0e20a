"""What is not there is neither enough nor nothing: no build, no card, no work, no price."""

from __future__ import annotations

import pytest

from steelyard.figures.imbalance import costs_table
from steelyard.gui.present.brief import needs_view
from steelyard.gui.present.costs import costs_view, idle_reading
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.requirements import groups_view, sentence_of
from steelyard.gui.present.verdict import counts_of, findings_view
from steelyard.project.selection import Selection


@pytest.fixture
def bare(engine, project):
    """The sample's work with patient data, and no part chosen."""
    empty = project.with_selection("Balanced", Selection())
    return engine.evaluate_variant(empty._replace(lab=empty.lab._replace(regulated=True)), "Balanced")


def test_that_a_build_of_no_parts_has_nothing_and_passes_nothing(bare):
    lines = {line.key: line for group in groups_view(bare, ranged=False) for line in group.lines}
    for key in ("protection", "written", "memory", "card_memory", "scratch", "cores", "line"):
        assert (lines[key].has.value, lines[key].state) == ("nothing chosen", "unknown"), key
    assert not [line.key for line in lines.values() if line.state in {"ok", "block"}]
    assert "Nothing is chosen yet" in sentence_of(groups_view(bare, ranged=False))
    assert not any(need.has.known for need in needs_view(bare))


def test_that_patient_data_and_no_workload_ask_for_error_correction(bare):
    line = next(line for group in groups_view(bare, ranged=False) for line in group.lines if line.key == "protection")
    assert (line.driver, line.driver_id) == ("patient data (PHI)", "")
    need = next(need for need in needs_view(bare) if need.label == "ECC")
    assert (need.asked.value, need.driver) == ("required", "patient data")


def test_that_error_correction_that_is_only_advised_says_so_with_its_reason(engine, project):
    variant = engine.evaluate_variant(project._replace(lab=project.lab._replace(regulated=False)), "Balanced")
    need = next(need for need in needs_view(variant) if need.label == "ECC")
    assert need.asked.value == "recommended"
    assert "h or more" in need.driver


def test_that_the_cores_of_a_build_and_what_they_are_worth_are_told_apart(engine, project):
    variant = engine.evaluate_variant(project, "Balanced")
    line = next(line for group in groups_view(variant, ranged=False) for line in group.lines if line.key == "cores")
    assert line.has.value.startswith(f"{variant.value('cpu_cores'):.0f}, worth ")
    assert "reference design" in line.why


def test_that_without_a_card_none_is_idle_and_none_costs(engine, project):
    selection = project.variants[0].selection.without("gpu")
    variant = engine.evaluate_variant(project.with_selection("Balanced", selection), "Balanced")
    assert "No GPU" in figures_of(variant, 0, ranged=False, names=("gpu-time",))["gpu-time"].missing
    assert idle_reading(variant, 0).value == costs_view(variant, 0)[0].reading.value == "no GPU"
    assert {row[1] for row in costs_table(variant).rows} == {"no GPU"}


def test_that_a_build_of_which_nothing_is_asked_is_not_ready(engine, project):
    variant = engine.evaluate_variant(project._replace(workloads=()), "Balanced")
    assert variant.card.status == "INCOMPLETE"
    assert any("nothing to judge yet" in found.title for found in findings_view(variant, holding=False, ranged=False))
    assert counts_of(variant).unknown >= 1
