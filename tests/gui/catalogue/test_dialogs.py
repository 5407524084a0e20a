"""The manager's dialogs: every field has a name and is large enough, Esc leaves, and a larger type finds its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget

from steelyard.gui.look import wear

LEAST_TARGET = 24


def open_override(manager, _tmp_path):
    manager.parts.search.setText("rtx 6000 ada")
    manager.parts.sheet.values.choose("memory")
    manager.parts.sheet.override.click()


def open_own(manager, _tmp_path):
    manager.parts.search.setText("rtx 6000 ada")
    manager.parts.sheet.copy.click()


def open_import(manager, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("MPN,Price\nX-1,12.50\n", encoding="utf-8")
    manager.show_page("prices")
    manager._pages["prices"].open_import(file)


@pytest.mark.parametrize("open_it", [open_override, open_own, open_import])
def test_that_a_dialog_is_reached_by_key_and_left_by_escape(manager, tmp_path, qtbot, finished, open_it):
    open_it(manager, tmp_path)
    finished(manager)
    dialog = manager.findChildren(QDialog)[0]
    assert dialog.accessibleName()
    for widget in dialog.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface is not None
            assert interface.text(QAccessible.Text.Name), type(widget).__name__
            assert widget.height() >= LEAST_TARGET, widget.accessibleName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not [each for each in manager.findChildren(QDialog) if each.isVisible()]


def test_that_a_larger_type_makes_the_window_anew_on_the_same_page(conductor, library, qapp):
    assert library is not None
    conductor.catalogue.open("log")
    before = conductor.catalogue.window
    wear(qapp, "dark", 1.5)
    conductor.catalogue._wear()
    after = conductor.catalogue.window
    assert after is not before
    assert (after.isVisible(), after.page) == (True, "log")
    after.close()


@pytest.mark.parametrize("size", [(900, 640), (1280, 800)])
@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_that_nothing_of_the_data_sheet_is_cut_at_any_zoom(conductor, library, qapp, zoom, size):
    assert library is not None
    wear(qapp, "light", zoom)
    conductor.catalogue.open("parts")
    window = conductor.catalogue.window
    window.resize(*size)
    window.parts.search.setText("rtx pro 6000")
    sheet = window.parts.sheet
    for press in (sheet.change, sheet.remove, sheet.undo):
        press.show()
    sheet._lie()
    QApplication.processEvents()
    inside = sheet._scroll.widget()
    assert inside.width() <= sheet._scroll.viewport().width()
    words_and_buttons = [*inside.findChildren(QLabel), *inside.findChildren(QPushButton)]
    for widget in (each for each in words_and_buttons if each.isVisible()):
        place = QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())
        assert inside.rect().contains(place), widget.text()
        needed = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else widget.sizeHint().height()
        assert widget.height() >= needed, widget.text()
        assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
    window.close()
