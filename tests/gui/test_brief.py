"""The brief: workloads are found, added, filled in and arranged, each change one step that can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from steelyard.gui.look import look
from steelyard.gui.opening import application_for
from steelyard.gui.present.brief import assumed_words, cards_view, needs_view, sentence_of
from steelyard.gui.present.browser import found, offered_view, tags_view
from steelyard.gui.workload_list import MIME
from steelyard.project.content import WorkloadUse
from steelyard.project.file import project_text

CHOOSES = "radiograph-classification"


@pytest.fixture
def variant(engine, project):
    return engine.evaluate_variant(project, project.variants[0].name)


@pytest.fixture
def brief(conductor):
    conductor.window.show_view("brief")
    QApplication.processEvents()
    conductor.settle()
    conductor.window.activateWindow()
    return conductor.view("brief")


# --- what is offered


def test_that_all_workloads_of_labs_are_offered_and_no_benchmark(variant):
    workloads = variant.engine.catalog.workloads
    offered = offered_view(variant)
    assert {each.id for each in offered} == {name for name, each in workloads.items() if each.bench is None}
    assert {each.id for each in offered if each.added} == {use.workload for use in variant.project.workloads}


def test_that_words_and_tags_together_narrow_the_list(variant):
    offered = offered_view(variant)
    every = [each.id for shelf in found(offered, "") for each in shelf.offered]
    assert every == [each.id for each in offered]
    tagged = [each for shelf in found(offered, "", frozenset({"segmentation"})) for each in shelf.offered]
    assert tagged
    assert all("segmentation" in each.tags for each in tagged)
    both = [each.id for shelf in found(offered, "transformer", frozenset({"segmentation"})) for each in shelf.offered]
    assert "swin-3d-training" in both
    assert len(both) < len(tagged)
    assert found(offered, "no such work") == ()


def test_that_every_tag_parts_the_list(variant):
    offered = offered_view(variant)
    for tag in tags_view(offered):
        left = [each for shelf in found(offered, "", frozenset({tag})) for each in shelf.offered]
        assert 1 < len(left) < len(offered), tag


# --- what the cards say


def test_that_inputs_which_nobody_stated_are_counted(engine, project):
    uses = (WorkloadUse("one", CHOOSES), WorkloadUse("two", CHOOSES, enabled=False))
    empty = engine.evaluate_variant(project._replace(workloads=uses), project.variants[0].name)
    cards = cards_view(empty)
    required = sum(each.required for each in engine.catalog.workloads[CHOOSES].inputs.values())
    assert required == 5
    assert sentence_of(cards) == "1 of 2 workloads are weighed; 5 values still to be set."
    assert assumed_words(cards) == ""
    typical = engine.catalog.workloads[CHOOSES].inputs
    use = uses[0]
    for name, wanted in typical.items():
        if wanted.required:
            use = use.with_input(name, wanted.typical, assumed=True)
    filled = engine.evaluate_variant(project._replace(workloads=(use,)), project.variants[0].name)
    assert sentence_of(cards_view(filled)) == "1 workload, every value set."
    assert assumed_words(cards_view(filled)) == "assumed, 5 values"


def test_that_minimums_of_some_are_said_to_be_at_least_while_others_are_empty(engine, project):
    known = {need.label: need for need in needs_view(engine.evaluate_variant(project, project.variants[0].name))}
    uses = (*project.workloads, WorkloadUse("new", CHOOSES))
    some = {
        need.label: need for need in needs_view(engine.evaluate_variant(project._replace(workloads=uses), "Balanced"))
    }
    assert known["Cores"].state == "ok"
    assert not known["Cores"].asked.value.startswith("≥")
    assert some["Cores"].asked.value == f"≥ {known['Cores'].asked.value}"
    assert some["Cores"].state == "unknown"


# --- keys, choices, arrangement


def test_that_the_browser_is_walked_by_keys_and_enter_adds(conductor, brief, desk, qtbot):
    browser = brief.browser
    conductor.window.rail.setFocus()
    qtbot.keyClick(conductor.window.rail, Qt.Key.Key_Slash)
    assert browser.search.hasFocus()
    qtbot.keyClicks(browser.search, "ct seg")
    assert 0 < len(browser.list.offered) < len(offered_view(desk.evaluation))
    qtbot.keyClick(browser.search, Qt.Key.Key_Down)
    assert browser.list.hasFocus()
    first = browser.list.current
    qtbot.keyClick(browser.list, Qt.Key.Key_Down)
    assert browser.list.current != first
    qtbot.keyClick(browser.list, Qt.Key.Key_Home)
    assert browser.list.current == first
    assert first.name in browser.list.accessibleDescription()
    before = len(desk.project.workloads)
    qtbot.keyClick(browser.list, Qt.Key.Key_Return)
    assert [use.workload for use in desk.project.workloads][before:] == [first.id]
    assert desk.undo_stack.undoText() == f"Add {first.name}"
    qtbot.keyClick(browser.search, Qt.Key.Key_Escape)
    assert browser.search.text() == ""
    assert len(browser.list.offered) == len(offered_view(desk.evaluation))
    press = browser.tags["segmentation"]
    press.click()
    assert all("segmentation" in each.tags for each in browser.list.offered)
    press.click()
    assert len(browser.list.offered) == len(offered_view(desk.evaluation))
    qtbot.keyClick(browser.list, Qt.Key.Key_Home)
    qtbot.keyClick(browser.list, Qt.Key.Key_Up)
    assert browser.search.hasFocus()


def test_that_a_choice_is_one_step_and_kept_as_its_word(brief, desk):
    brief.add(CHOOSES)
    identifier = desk.project.workloads[-1].id
    box = brief.boxes[identifier]
    definition = desk.engine.catalog.workloads[CHOOSES]
    name = next(name for name, each in definition.inputs.items() if each.choices and each.required)
    choice = box.fields[name].field
    assert choice.word == ""
    assert choice.property("state") == "confirm"
    labels = [choice.itemText(at) for at in range(choice.count())]
    assert labels == list(definition.inputs[name].choices.values())
    steps = desk.undo_stack.count()
    choice.setCurrentIndex(2)
    choice.activated.emit(2)
    word = list(definition.inputs[name].choices)[2]
    assert desk.project.workloads[-1].inputs[name].value == word
    assert f'"value": "{word}"' in project_text(desk.project)
    assert (desk.undo_stack.count(), choice.property("state")) == (steps + 1, "")
    assert desk.undo_stack.undoText().endswith(labels[2])
    desk.undo_stack.undo()
    assert name not in desk.project.workloads[-1].inputs
    assert choice.word == ""


def test_that_the_badge_says_when_work_runs_and_changes_it(brief, desk):
    use = desk.project.workloads[0]
    badge = brief.boxes[use.id].runs
    assert badge.runs == desk.engine.catalog.workloads[use.workload].runs
    words = [action.text() for action in badge.menu().actions()]
    assert words == ["Runs by day", "Runs by night", "Always runs", "Runs by turns"]
    badge.menu().actions()[1].trigger()
    assert desk.project.workloads[0].runs == "night"
    assert badge.runs == "night"
    assert "by night" in badge.accessibleDescription()
    desk.undo_stack.undo()
    assert desk.project.workloads[0] == use


def test_that_workloads_are_duplicated_moved_dropped_and_removed(brief, desk):
    first, second = desk.project.workloads[:2]
    menu = {action.text(): action for action in brief.boxes[first.id].more.actions()}
    menu["Duplicate"].trigger()
    copy = desk.project.workloads[-1]
    assert (copy.workload, copy.inputs) == (first.workload, first.inputs)
    assert copy.id != first.id
    menu["Move down"].trigger()
    assert [use.id for use in desk.project.workloads][:2] == [second.id, first.id]
    assert brief._cards.indexOf(brief.boxes[second.id]) < brief._cards.indexOf(brief.boxes[first.id])
    menu["Remove"].trigger()
    assert first.id not in brief.boxes
    data = QMimeData()
    data.setData(MIME, CHOOSES.encode())
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    brief.drop.dropEvent(QDropEvent(QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, button, none))
    assert desk.project.workloads[-1].workload == CHOOSES
    for _ in range(4):
        desk.undo_stack.undo()
    assert desk.project.workloads[:2] == (first, second)


def test_that_one_part_is_seen_at_a_time_where_there_is_little_room(conductor, brief):
    parts = brief._parts
    assert all(part.isVisible() for part in parts)
    application_for("light", 2.0)
    conductor.window.resize(1024, 700)
    conductor.wear_changed()
    QApplication.processEvents()
    narrow = conductor.view("brief")
    for place in range(len(narrow._parts)):
        narrow._segments.choose(place)
        assert [part.isVisible() for part in narrow._parts] == [at == place for at in range(len(narrow._parts))]
    narrow.go_to_search()
    assert narrow.search.isVisible()
    assert narrow.browser.width() >= look().px(220)
