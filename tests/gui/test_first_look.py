"""What is seen at the first look: nothing is cut, whatever the order in which Qt lays out."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from steelyard.gui.opening import show_project
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
