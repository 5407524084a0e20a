"""What would help is evaluated, never guessed: each fix is a project, and says what it does to the one before."""

from __future__ import annotations

import math
import time

import pytest

from steelyard.catalog import load_catalog
from steelyard.project.content import Project, checked
from steelyard.project.evaluate import Engine
from steelyard.project.fixes import KINDS, Fix, fixes_of
from steelyard.project.samples import open_project

BUILD = "Brute force"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def project() -> Project:
    """A site that carries too little of everything."""
    sample = open_project("workstation-a-1").project
    site = sample.site._replace(breaker_current=15.0, other_load=900.0, room_ventilation=60.0, noise_limit=40.0)
    return checked(sample._replace(site=site))


@pytest.fixture(scope="module")
def fixes(engine: Engine, project: Project) -> tuple[Fix, ...]:
    return fixes_of(engine, project, BUILD)


def test_that_every_effect_is_what_an_evaluation_of_the_changed_project_says(
    engine: Engine, fixes: tuple[Fix, ...]
) -> None:
    names = {"DC load": "dc_load", "At the wall": "wall_power", "Room": "room_air", "Noise": "noise_level"}
    for fix in fixes:
        found = engine.evaluate_variant(fix.after, BUILD)
        for effect in fix.effects:
            if effect.label in names:
                worst = max(found.value(names[effect.label], row) for row in found.rows)
                assert effect.after == pytest.approx(worst, rel=1e-9)


def test_that_what_a_fix_mends_and_breaks_is_what_the_findings_say(engine: Engine, fixes: tuple[Fix, ...]) -> None:
    assert fixes
    for fix in fixes:
        ends = [engine.evaluate_variant(project, BUILD).findings for project in (fix.before, fix.after)]
        before, after = ({each.rule.id: each.verdict for each in findings} for findings in ends)
        assert set(fix.mends) == {rule for rule in before if (before[rule], after[rule]) == ("broken", "holds")}
        assert set(fix.breaks) == {rule for rule in before if (before[rule], after[rule]) == ("holds", "broken")}
        assert set(fix.unsure) == {rule for rule in before if (before[rule], after[rule]) == ("holds", "unknown")}


def test_that_speed_is_a_band_around_the_ratio_of_the_two_throughputs(engine: Engine, fixes: tuple[Fix, ...]) -> None:
    for fix in fixes:
        ends = [engine.evaluate_variant(project, BUILD) for project in (fix.before, fix.after)]
        ratios = [ends[1].value("throughput", row) / ends[0].value("throughput", row) for row in ends[0].rows]
        assert fix.speed.value == pytest.approx(min(ratios), rel=1e-9)
        assert fix.speed.low <= fix.speed.value <= fix.speed.high


def test_that_what_mends_more_of_the_weightiest_rules_comes_first(engine: Engine, fixes: tuple[Fix, ...]) -> None:
    severity = {rule.id: rule.severity for rule in engine.model.rules.values()}
    blocks = [
        sum(severity[rule] == "block" for rule in fix.mends)
        - sum(severity[rule] == "block" for rule in fix.breaks + fix.unsure)
        for fix in fixes
    ]
    assert blocks == sorted(blocks, reverse=True)


def test_that_nothing_is_offered_that_helps_nothing(engine: Engine, fixes: tuple[Fix, ...]) -> None:
    assert all(fix.mends or fix.eases or fix.kind == "display-place" for fix in fixes)
    fine = open_project("workstation-a-1").project
    found = engine.evaluate_variant(fine, "Balanced")
    broken = {each.rule.id for each in found.findings if each.verdict == "broken"}
    assert all(set(fix.mends) <= broken for fix in fixes_of(engine, fine, "Balanced"))


def test_that_each_fix_has_words_for_its_step_and_is_of_a_known_kind(fixes: tuple[Fix, ...]) -> None:
    assert {fix.kind for fix in fixes} <= set(KINDS)
    assert len({fix.title for fix in fixes}) == len(fixes)
    assert all(fix.undo and fix.after != fix.before for fix in fixes)


def test_that_a_build_whose_numbers_are_unknown_gets_no_number_out_of_thin_air(
    engine: Engine, project: Project
) -> None:
    unknown = project._replace(site=project.site._replace(other_load=None))
    for fix in fixes_of(engine, unknown, BUILD):
        spare = next(each for each in fix.effects if each.label == "Circuit, to spare")
        assert math.isnan(spare.before)
        assert math.isnan(spare.after) or fix.after.site.other_load is not None


def test_that_a_build_without_cards_is_offered_no_caps(engine: Engine, project: Project) -> None:
    bare = project.with_selection(BUILD, project.variant(BUILD).selection.without("gpu"))
    assert not {fix.kind for fix in fixes_of(engine, bare, BUILD)} & {"power-limit", "fewer-cards", "blower"}


def test_that_all_that_is_tried_takes_less_than_three_seconds(engine: Engine, project: Project) -> None:
    start = time.perf_counter()
    fixes_of(engine, project, BUILD)
    assert time.perf_counter() - start < 3
