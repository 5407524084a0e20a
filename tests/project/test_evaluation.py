"""What a whole build is said to do: the card, its status, its ranges, and what every other part would change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from steelyard.catalog import load_catalog
from steelyard.errors import BadInputError
from steelyard.project.candidates import candidates_of
from steelyard.project.card import status_of
from steelyard.project.content import Given, Project, Variant
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.findings import findings_of
from steelyard.project.samples import FIRST_SAMPLE, open_project

if TYPE_CHECKING:
    from steelyard.graph.explain import Explanation
    from steelyard.project.selection import Selection

BUILD = "Balanced"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def sample() -> Project:
    return open_project(FIRST_SAMPLE).project


@pytest.fixture(scope="module")
def present(engine: Engine, sample: Project) -> VariantEvaluation:
    return engine.evaluate_variant(sample, BUILD)


def _with(engine: Engine, project: Project, selection: Selection) -> VariantEvaluation:
    return engine.evaluate_variant(project.with_selection(BUILD, selection), BUILD)


def test_that_the_sample_reads_as_its_card_was_drawn(present: VariantEvaluation) -> None:
    card = present.card
    assert (card.name, card.role, card.status) == ("Workstation A-1", "Deep Learning Unit", "READY")
    assert (card.vram, card.cores, card.storage) == ("2x 48GB", "64-Core TR", "8TB NVMe")


def test_that_a_temperature_is_never_said_without_its_condition(present: VariantEvaluation) -> None:
    hottest = max(present.rows, key=lambda row: present.value("gpu_temperature", row))
    workload = present.engine.catalog.workloads[present.uses[hottest].workload].name
    room = round(present.value("room_air", hottest))
    assert present.card.temp.endswith(f"°C GPU, {room}°C room, sustained, {workload} (Liquid)")


def test_that_the_room_of_the_card_is_the_one_that_the_build_warms(engine: Engine, sample: Project) -> None:
    """2,000 W of heat that only walls of 50 W/K carry away warm a room by 40 K; with no way out it has no end."""
    site = sample.site._replace(room_ventilation=0.0, room_conductance=50.0, room_temperature=22.0)
    given = {"mains_power": Given(2000.0, "a bench"), "card_inlet": Given(30.0, "a bench")}
    build = sample.variants[0]._replace(given=given)
    closed = engine.evaluate(sample._replace(site=site, variants=(build,))).variants[0]
    assert ", 62°C room, sustained" in closed.card.temp
    sealed = engine.evaluate(sample._replace(site=site._replace(room_conductance=0.0), variants=(build,))).variants[0]
    assert ", room warming without end, sustained" in sealed.card.temp


def test_that_a_build_without_a_supply_is_incomplete(
    engine: Engine, sample: Project, present: VariantEvaluation
) -> None:
    assert _with(engine, sample, present.selection.without("psu")).card.status == "INCOMPLETE"


def test_that_a_board_of_another_socket_blocks(engine: Engine, sample: Project, present: VariantEvaluation) -> None:
    build = _with(engine, sample, present.selection.with_(board="board/asus/proart-x870e-creator-wifi"))
    assert build.card.status == "BLOCKED"
    assert any(each.rule.id == "FIT-001" and each.verdict == "broken" for each in build.findings)


def test_that_cards_longer_than_the_case_takes_block(engine: Engine, present: VariantEvaluation) -> None:
    longer = present.batch.values | {"gpu_length": present.batch.values["case_gpu_length"] + 1}
    findings = findings_of(engine.model.evaluate(longer), present.rows, present.voice)
    assert status_of(findings, ()) == ("BLOCKED", 1)
    finding = next(each for each in findings if each.verdict == "broken" and each.rule.severity == "block")
    assert finding.rule.id == "FIT-005"
    assert finding.detail == "over by 1 mm"


def test_that_an_unknown_clearance_is_not_a_pass(engine: Engine, sample: Project, present: VariantEvaluation) -> None:
    unknown = next(
        part for part in engine.catalog.tables["case"].ids[1:] if engine.catalog.datum(part, "gpu_length").value is None
    )
    build = _with(engine, sample, present.selection.with_(case=unknown))
    finding = next(each for each in build.findings if each.rule.id == "FIT-005")
    assert finding.verdict == "unknown"
    assert "card length" in finding.detail
    assert build.card.status in {"INCOMPLETE", "BLOCKED"}


def test_that_a_warmer_room_warms_the_cards_about_as_much(
    engine: Engine, sample: Project, present: VariantEvaluation
) -> None:
    warm = sample._replace(site=sample.site._replace(room_temperature=32.0, ventilation_temperature=28.0))
    rise = engine.evaluate_variant(warm, BUILD).card.hottest - present.card.hottest
    assert 7 < rise < 13


def test_that_a_build_without_gpus_is_slow_and_not_refused(
    engine: Engine, sample: Project, present: VariantEvaluation
) -> None:
    build = _with(engine, sample, present.selection.without("gpu"))
    assert build.card.status == "NEEDS ATTENTION"
    for row in build.rows:
        assert 0 < build.value("throughput", row) < present.value("throughput", row)


def test_that_twice_the_gpus_on_too_few_cores_do_less_than_a_balanced_build(engine: Engine, sample: Project) -> None:
    balanced, force = (engine.evaluate_variant(sample, variant.name) for variant in sample.variants)
    row = next(row for row in balanced.rows if balanced.uses[row].workload == "nnunet-3d-training")
    assert force.value("gpu_count", row) > balanced.value("gpu_count", row)
    assert force.value("throughput", row) < balanced.value("throughput", row)
    assert force.value("gpu_busy", row) < balanced.value("gpu_busy", row)
    assert force.value("gpu_idle_cost", row) > balanced.value("gpu_idle_cost", row)


def test_that_every_range_holds_its_value(present: VariantEvaluation) -> None:
    for name in present.evaluation.model.quantities:
        for row in present.rows:
            value, ends = present.value(name, row), present.range(name, row)
            assert math.isnan(value) or math.isnan(ends.low) or ends.low <= value <= ends.high, name


def test_that_uncertain_numbers_have_a_range(present: VariantEvaluation) -> None:
    for name in ("throughput", "wall_power", "gpu_temperature", "build_price"):
        ends = present.range(name)
        assert ends.low < present.value(name) < ends.high, name


def test_that_a_required_input_left_empty_makes_the_throughput_unknown_and_is_named(
    engine: Engine, sample: Project
) -> None:
    use = sample.workloads[0]
    name = next(key for key, entry in engine.catalog.workloads[use.workload].inputs.items() if entry.required)
    build = engine.evaluate_variant(sample.with_workload(use.with_input(name, None)), BUILD)
    unknown = [each for each in build.findings if each.verdict == "unknown"]
    assert unknown
    assert build.card.status != "READY"
    label = engine.catalog.workloads[use.workload].inputs[name].label
    assert any(label in each.detail for each in unknown)


def test_that_a_candidate_is_said_to_do_what_the_build_with_it_does(
    engine: Engine, sample: Project, present: VariantEvaluation
) -> None:
    candidates = candidates_of(present, "gpu")
    assert sum(each.current for each in candidates) == 1
    for candidate in candidates[:: max(1, len(candidates) // 4)]:
        build = _with(engine, sample, candidate.selection)
        np.testing.assert_equal(candidate.price, build.value("build_price"))
        watts = [build.value("wall_power", row) for row in build.rows]
        if not math.isnan(candidate.watts):
            assert candidate.watts == max(watts)
        assert [each.verdict for each in candidate.findings] == [each.verdict for each in build.findings]


def test_that_the_reasons_of_a_number_end_in_data_with_a_source(present: VariantEvaluation) -> None:
    leaves = list(_leaves(present.explain("wall_power")))
    assert len(leaves) > 20
    known = present.engine.catalog.sources
    for leaf in leaves:
        assert leaf.tier, leaf.name
        assert not leaf.source or leaf.source in known, leaf.name
        assert leaf.source or leaf.note, leaf.name


def test_that_a_price_in_another_currency_is_unknown_and_never_relabelled(engine: Engine, sample: Project) -> None:
    build = engine.evaluate_variant(sample._replace(currency="EUR"), BUILD)
    assert math.isnan(build.value("build_price"))
    finding = next(each for each in build.findings if each.rule.id == "CST-001")
    assert finding.verdict == "unknown"
    assert "priced in USD only" in finding.detail
    assert "?" not in finding.remedy
    assert "price book" in finding.remedy
    assert build.card.status != "READY"


def test_that_a_limit_that_nobody_set_does_not_apply(engine: Engine, sample: Project) -> None:
    free = sample._replace(
        lab=sample.lab._replace(budget=None), site=sample.site._replace(room_limit=None, noise_limit=None)
    )
    build = engine.evaluate_variant(free, BUILD)
    found = {each.rule.id: each for each in build.findings}
    for rule in ("CST-001", "THM-008", "ACO-001"):
        assert found[rule].verdict == "holds"
        assert not found[rule].applies
    assert build.card.status == "READY"


def test_that_an_unknown_workload_is_answered_with_the_nearest(engine: Engine, sample: Project) -> None:
    wrong = sample._replace(workloads=(sample.workloads[0]._replace(workload="imaging-pipelin"),))
    with pytest.raises(BadInputError, match="imaging-pipeline"):
        engine.evaluate(wrong)


def test_that_variants_are_evaluated_by_name(engine: Engine, sample: Project) -> None:
    renamed = sample._replace(variants=(Variant("Only", sample.variants[0].selection),))
    evaluation = engine.evaluate(renamed)
    assert evaluation.variant("Only").card.vram == "2x 48GB"
    with pytest.raises(BadInputError, match="Only"):
        evaluation.variant("Onlyy")


def _leaves(explanation: Explanation) -> list[Explanation]:
    if not explanation.because:
        return [] if explanation.note == "explained above" else [explanation]
    return [leaf for cause in explanation.because for leaf in _leaves(cause)]
