"""Requirements: three levels in readable units, lines that add up as they are read, and what carries them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from steelyard.gui.present.bounds import bounds_of
from steelyard.gui.present.breakdown import adding_texts
from steelyard.gui.present.explained import explained_view
from steelyard.gui.present.levels import has_reading, level_reading
from steelyard.gui.present.numbers import Address
from steelyard.gui.present.requirements import SEED_GUIDE, groups_view, growth_words, memory_scale, sentence_of
from steelyard.gui.present.sizing import Sized, answer_sentence, answers_view, rungs_view, shared_view
from steelyard.project.content import WorkloadUse
from steelyard.project.ladder import Boxes, Place
from steelyard.project.levels import reached
from steelyard.project.requirements import requirements_of
from steelyard.project.sizing import Choice, Sizing

amounts = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def variant(engine):
    from steelyard.project.samples import open_project

    project = open_project("workstation-a-1").project
    uses = tuple(use._replace(runs="always") for use in project.workloads)
    return engine.evaluate_variant(project._replace(workloads=uses), project.variants[0].name)


def needs(variant):
    return {each.key: each for each in requirements_of(variant, ranges=False)}


def read(text):
    return float(text.split(" ")[0].replace(",", ""))


# --- lines


@given(amounts)
def test_that_lines_add_up_as_they_are_read(values):
    total = math.fsum(values)
    texts = adding_texts(values, total)
    digits = max((len(text.partition(".")[2]) for text in texts), default=0)
    (whole,) = adding_texts([total], total)
    assert sum(read(text) for text in texts) == pytest.approx(read(whole), abs=10**-digits / 2)
    for text, value in zip(texts, values, strict=True):
        assert read(text) == pytest.approx(value, abs=10**-digits)


@pytest.mark.parametrize("key", ["cores", "memory", "scratch", "card_memory"])
def test_that_the_breakdown_of_a_least_level_sums_to_it_and_leads_on(variant, key):
    requirement = needs(variant)[key]
    assert len(requirement.together) > 1
    explained = explained_view(variant, Address(f"{key}_least", None, requirement.row))
    names = {variant.engine.catalog.workloads[use.workload].name for use in variant.uses}
    assert {cause.label.rpartition(", ")[0] for cause in explained.causes} - {"The system"} <= names
    assert sum(read(cause.value) for cause in explained.causes) == pytest.approx(read(explained.reading.value))
    shown = [read(cause.value) for cause in explained.causes]
    assert shown == sorted(shown, reverse=True)
    for cause in explained.causes:
        assert cause.name
    assert "Together at the peak" in explained.note


def test_that_other_numbers_keep_their_causes(variant):
    advised = explained_view(variant, Address("cores_advised", None, needs(variant)["cores"].row))
    assert any(cause.name.startswith("cores_least") for cause in advised.causes)


# --- levels


def test_that_what_comes_in_wholes_is_shown_whole_and_never_less(variant):
    for key in ("cores", "cards"):
        requirement = needs(variant)[key]
        for level in (requirement.least, requirement.advised, requirement.ample):
            shown = read(level_reading(requirement, level).value)
            assert shown == int(shown)
            assert level.value - 1e-6 <= shown < level.value + 1


def test_that_units_are_readable_and_one_over_the_levels(variant):
    line = needs(variant)["line"]
    small = line._replace(
        least=line.least._replace(value=0.02),
        advised=line.advised._replace(value=0.5),
        ample=line.ample._replace(value=2.0),
        has=10.0,
    )
    levels = (small.least, small.advised, small.ample)
    assert [level_reading(small, each).value for each in levels] == ["20", "500", "2,000"]
    assert {level_reading(small, each).unit for each in levels} == {"Mbit/s"}
    assert (has_reading(small).value, has_reading(small).unit) == ("10,000", "Mbit/s")
    assert (has_reading(small, own=True).value, has_reading(small, own=True).unit) == ("10", "Gbit/s")
    beside = level_reading(small, small.least, beside=True)
    assert (beside.value, beside.unit) == ("0.02", "Gbit/s")


@pytest.mark.parametrize(
    ("has", "word"),
    [
        (9.0, "short"),
        (10.0, "least"),
        (12.4, "least"),
        (12.5, "recommended"),
        (20.0, "comfortable"),
        (math.nan, "unknown"),
    ],
)
def test_that_the_build_reaches_the_highest_level_it_meets(variant, has, word):
    memory = needs(variant)["memory"]
    made = memory._replace(
        least=memory.least._replace(value=10.0),
        advised=memory.advised._replace(value=12.5),
        ample=memory.ample._replace(value=20.0),
        has=has,
    )
    assert reached(made) == word
    assert reached(made._replace(unknown=("Other work",))) == ("short" if word == "short" else "unknown")


def test_that_error_correction_is_said_in_words(variant):
    protection = needs(variant)["protection"]
    assert level_reading(protection, protection.least).value == "required"
    mild = protection._replace(least=protection.least._replace(value=0.0))
    assert level_reading(mild, mild.advised).value == "recommended"
    assert level_reading(mild, mild.least).value == "not asked"
    assert has_reading(protection._replace(has=0.0)).value == "absent"


def test_that_the_sentence_names_what_is_short(engine):
    from steelyard.project.samples import open_project

    project = open_project("workstation-a-1").project
    build = project.variants[0].selection
    whole = engine.evaluate_variant(project, "Balanced")
    assert not any(reached(each) == "short" for each in requirements_of(whole, ranges=False))
    assert sentence_of(groups_view(whole, ranged=False)).startswith("This build has")
    one_card = project.with_selection("Balanced", build.with_(gpu=(build.part("gpu"), 1)))
    bare = engine.evaluate_variant(one_card, "Balanced")
    short = [each.label for each in requirements_of(bare, ranges=False) if reached(each) == "short"]
    assert short
    said = sentence_of(groups_view(bare, ranged=False))
    assert said.startswith("This build is short of")
    assert all(label in said for label in short)


def test_that_memory_has_the_guide_as_a_mark_and_growth_is_told(variant):
    scale = memory_scale(variant)
    assert scale.guide == SEED_GUIDE == 512
    assert scale.guide_words == "512 GB: common guide"
    values = [value for _, value in scale.levels]
    assert values == sorted(values)
    lab = variant.project.lab
    factor = (1 + lab.growth) ** lab.life_years
    assert f"{factor:.1f}×" in growth_words(variant)


# --- what carries it


def sizing(**changed):
    card = Choice("gpu/x", "Card X", 2, 170_000.0, "whole", 1, 15.0, 16.0, 1.5)
    made = Sizing("the rig", "USD", card, None, None, None, Place.WORKSTATION, (), 0.0, ())
    return made._replace(**changed)


def test_that_the_answer_names_cards_or_boxes_with_the_reason():
    assert answer_sentence(sizing()) == "2 × Card X are the least-priced choice that carries it."
    assert [each.text for each in answers_view(sizing())][1:] == ["no single box of the catalogue"] * 2
    assert answers_view(sizing())[0].detail == "15 of 16\xa0GB on each, 1.5× the asked pace, 1,700\xa0USD"
    boxes = Boxes(3, "8 x Card X", 3, 1, 1, "the asked pace is 2.5 times that of 8 x Card X", ())
    many = sizing(least=None, boxes=boxes, place=Place.CLUSTER)
    assert answer_sentence(many).startswith("This needs 3 boxes of 8 × Card X, because the asked pace")
    assert rungs_view(many).words[rungs_view(many).current] == "cluster"
    unknown = sizing(least=None, unknown=("A", "B"), place=Place.UNKNOWN)
    assert answer_sentence(unknown) == "Cannot be sized yet: inputs of A and B are empty."
    assert rungs_view(unknown).current == -1
    assert "2 workloads" in rungs_view(unknown).sentence


def test_that_sizing_follows_what_is_asked_and_not_the_parts(engine, variant):
    sized = Sized()
    first = sized.of(variant)
    other = engine.evaluate_variant(
        variant.project.with_selection("Balanced", variant.selection.without("ups")), "Balanced"
    )
    assert sized.of(other) is first
    fewer = engine.evaluate_variant(variant.project._replace(workloads=variant.project.workloads[:1]), "Balanced")
    assert sized.known(engine, fewer.project) is None
    assert sized.of(fewer) is not first
    assert len(shared_view(sized.of(fewer))) == 1


def test_that_writing_answers_is_bound_by_bandwidth(variant):
    use = next(use.id for use in variant.uses if use.workload == "private-llm-retrieval")
    bounds = dict(bounds_of(variant, use))
    assert set(bounds) < {stage.label for stage in variant.engine.catalog.workloads["private-llm-retrieval"].stages}
    assert bounds["Write the answer"] == "bandwidth-bound"


# --- the view


def test_that_cells_are_walked_and_open_and_the_driver_leads_to_its_card(conductor, desk, qtbot):
    conductor.window.show_view("requirements")
    QApplication.processEvents()
    conductor.settle()
    conductor.window.activateWindow()
    pane = conductor.view("requirements")
    table = pane.table
    assert pane.answer.text() == answer_sentence(desk.sized.of(desk.evaluation))
    assert [each.key for each in table.needs] == [each.key for each in requirements_of(desk.evaluation)]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    need = table.needs[1]
    assert need.advised.spoken() in table.accessibleDescription()
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert conductor.window.popover.isVisible()
    assert conductor.window.popover.current.name == need.advised.name
    qtbot.keyClick(conductor.window.popover, Qt.Key.Key_Escape)
    assert table.hasFocus()
    for _ in range(5):
        qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert conductor.window.view == "brief"
    box = conductor.view("brief").boxes[need.driver_id]
    assert box.isAncestorOf(QApplication.focusWidget())


def test_that_a_project_without_work_says_where_to_begin_and_one_with_empty_inputs_what_waits(conductor, desk):
    conductor.window.show_view("requirements")
    pane = conductor.view("requirements")
    desk.edit(desk.project._replace(workloads=()), "nothing")
    conductor.settle()
    assert pane.sentence == "Nothing is asked yet."
    assert pane.empty.isVisible()
    pane.empty.main.emit()
    assert conductor.window.view == "brief"
    desk.edit(desk.project._replace(workloads=(WorkloadUse("new", "private-llm-retrieval"),)), "one")
    conductor.window.show_view("requirements")
    conductor.settle()
    assert pane.answer.text() == "Cannot be sized yet: inputs of Private LLM with retrieval are empty."
