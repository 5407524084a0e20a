"""Everything is reached by keyboard, has a name, shows where the focus is, and is large enough to hit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from steelyard.gui.painted import Painted
from steelyard.gui.window import VIEWS

LEAST_TARGET = 24
VIEW_NAMES = [view.name for view in VIEWS]


def focusable(window):
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
    ]


def show(conductor, view):
    conductor.window.show_view(view)
    QApplication.processEvents()
    conductor.settle()
    QApplication.processEvents()


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_that_whatever_takes_the_focus_has_a_name(conductor, view):
    show(conductor, view)
    found = focusable(conductor.window)
    assert len(found) > 8
    nameless = []
    for widget in found:
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert not nameless


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_that_targets_are_large_enough(conductor, view):
    show(conductor, view)
    small = [
        (type(widget).__name__, widget.accessibleName(), widget.height())
        for widget in focusable(conductor.window)
        if widget.height() < LEAST_TARGET and not widget.objectName().startswith("qt_")
    ]
    assert not small


@pytest.mark.parametrize("view", VIEW_NAMES)
def test_that_painted_widgets_show_the_focus_and_say_what_they_show(conductor, view):
    show(conductor, view)
    for widget in conductor.window.findChildren(Painted):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        conductor.window.setFocus()
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus()
        QApplication.processEvents()
        assert widget.hasFocus()
        assert widget.grab().toImage() != before, widget.accessibleName()
        assert widget.accessibleDescription(), widget.accessibleName()


def test_that_the_rail_is_walked_by_the_arrows(conductor, qtbot):
    rail = conductor.window.rail
    conductor.window.show_view("brief")
    rail.setFocus()
    for view in VIEW_NAMES[1:]:
        qtbot.keyClick(rail, Qt.Key.Key_Down)
        assert conductor.window.view == view


def test_that_tab_leaves_every_table(conductor, qtbot):
    show(conductor, "parts")
    pane = conductor.window.panes["parts"]
    for table in (pane.roles, pane.picker):
        table.setFocus()
        qtbot.keyClick(table, Qt.Key.Key_Tab)
        assert not table.hasFocus()


def test_that_the_menu_has_its_keys(conductor):
    keys = {"undo": "Ctrl+Z", "redo": "Ctrl+Shift+Z", "save": "Ctrl+S", "open": "Ctrl+O", "view_site": "Ctrl+5"}
    for name, key in keys.items():
        assert conductor.window.menus[name].shortcut().toString() == key
