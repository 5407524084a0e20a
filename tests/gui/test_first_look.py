"""What is seen at the first look: nothing is cut, whatever the order in which Qt lays out."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from steelyard.gui.opening import application_for, show_project
from steelyard.gui.window import Window


def test_that_no_tag_of_the_brief_is_cut_in_its_first_picture(qtbot, dressed, project):
    assert dressed is not None
    window = Window()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    conductor = show_project(window, project)
    window.show_view("brief")
    conductor.settle()
    QApplication.processEvents()
    conductor.settle()
    window.setFocus()
    QApplication.processEvents()
    browser = conductor.view("brief").browser
    row = browser.search.parentWidget().layout().itemAt(1).widget()
    conductor.desk.undo_stack.setClean()
    assert len(browser.tags) > 2
    for tag in browser.tags.values():
        assert tag.isVisible()
        assert tag.height() >= tag.sizeHint().height()
        assert row.rect().contains(tag.geometry()), tag.text()


@pytest.mark.parametrize("zoom", [1.0, 2.0])
def test_that_the_balance_does_not_scroll_sideways(qtbot, dressed, project, zoom):
    assert dressed is not None
    application_for("light", zoom)
    window = Window()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    conductor = show_project(window, project)
    window.show_view("balance")
    conductor.settle()
    QApplication.processEvents()
    conductor.desk.undo_stack.setClean()
    pane = conductor.view("balance")
    scroll = next(each for each in pane.findChildren(QScrollArea) if each.isAncestorOf(pane.stages))
    assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    assert scroll.horizontalScrollBar().maximum() == 0
