"""From a predicted number to how accurate it is: the link, the window, the keys, and what is said without figures."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from steelyard.errors import BadInputError
from steelyard.gui import accuracy_beside
from steelyard.gui.accuracy_window import AccuracyWindow
from steelyard.project.accuracy import load_accuracy

example = runpy.run_path(str(Path(__file__).parents[1] / "project" / "accuracy_example.py"))["example"]
LINK = "How accurate is this?"


@pytest.fixture
def found(tmp_path):
    path = tmp_path / "accuracy.json"
    path.write_text(json.dumps(example()), encoding="utf-8")
    return load_accuracy(path)


@pytest.fixture
def opened(qtbot, dressed, found):
    assert dressed is not None
    window = AccuracyWindow()
    qtbot.addWidget(window)
    window.show_accuracy(found)
    window.show()
    return window


def links(conductor):
    buttons = conductor.window.popover.findChildren(QPushButton)
    return [each for each in buttons if each.text() == LINK and each.isVisible()]


def test_that_a_predicted_number_has_a_link_and_a_counted_one_has_none(conductor):
    conductor.explain("throughput@0")
    assert len(links(conductor)) == 1
    conductor.explain("build_price@0")
    assert not links(conductor)


def test_that_the_link_opens_the_window_at_the_family_that_the_number_rests_on(conductor, qtbot, monkeypatch, found):
    monkeypatch.setattr(accuracy_beside, "accuracy", lambda: found)
    conductor.explain("throughput@0")
    qtbot.mouseClick(links(conductor)[0], Qt.MouseButton.LeftButton)
    window = conductor.window.findChild(AccuracyWindow)

    assert window.isVisible()
    assert window.rests == "Throughput, sustained rests on what was fitted on: timm, inference."
    assert window.families.key == "timm"
    assert window.plot.family == "timm, inference"
    window.close()


def test_that_the_help_menu_opens_it_with_all_families(conductor, monkeypatch, found):
    monkeypatch.setattr(accuracy_beside, "accuracy", lambda: found)
    conductor.window.menus["accuracy"].trigger()
    window = conductor.window.findChild(AccuracyWindow)

    assert window.isVisible()
    assert window.plot.family == ""
    window.close()


def test_that_missing_figures_are_told_in_the_desk(conductor, monkeypatch):
    def missing():
        raise BadInputError("The figures on accuracy are missing.", "Write it anew with `make accuracy`.")

    monkeypatch.setattr(accuracy_beside, "accuracy", missing)
    conductor.show_accuracy()

    assert conductor.window.findChild(AccuracyWindow) is None
    assert conductor.window.notice.isVisible()


def test_that_the_table_and_the_plot_choose_the_same_family(opened, qtbot):
    assert opened.plot.family == ""
    opened.families.setFocus()
    qtbot.keyClick(opened.families, Qt.Key.Key_Down)
    qtbot.keyClick(opened.families, Qt.Key.Key_Down)
    assert opened.plot.family == "llama.cpp"
    assert len(opened.worst.lines) == 1

    opened.plot.setFocus()
    qtbot.keyClick(opened.plot, Qt.Key.Key_Up)
    assert opened.families.key == "timm"
    qtbot.keyClick(opened.plot, Qt.Key.Key_Escape)
    assert opened.families.key == ""
    assert opened.isVisible()


def test_that_a_worst_case_says_its_cause_as_plain_text(opened):
    opened.worst.setCurrentIndex(opened.worst.model().index(0, 1))

    assert opened._case.text().endswith("A host <b>that</b> nobody knows. Line 7 of the table table.")
    assert opened._case.textFormat() is Qt.TextFormat.PlainText


def test_that_the_plot_tells_its_table_to_a_screen_reader(opened):
    said = opened.plot.accessibleDescription()

    assert "timm, inference 2 7.5" in said
    assert "Up and Down show one family" in said


def test_that_the_window_fits_where_it_is_small(opened, qtbot):
    opened.resize(1024, 700)

    assert opened._upper.direction() is opened._upper.Direction.TopToBottom
    qtbot.waitUntil(lambda: opened.centralWidget().horizontalScrollBar().maximum() == 0, timeout=2000)


def test_that_the_checks_of_power_and_heat_say_their_worst_case_and_what_lies_outside(opened):
    assert [line.cells[1:] for line in opened.checks.lines] == [
        ("12", "1", "2,000\u00a0W", "2,200\u00a0W", "+200", "120"),
        ("4", "0", "19.8\u00a0W", "19.8\u00a0W", "+1.0e-4", "1.19"),
    ]
    assert opened.checks.lines[0].cells[0] == "V7  Power at the wall\nfour cards"
    opened.checks.setCurrentIndex(opened.checks.model().index(0, 1))

    assert opened._believed.text() == "four cards: A host <b>that</b> nobody knows."
    assert opened._believed.textFormat() is Qt.TextFormat.PlainText
