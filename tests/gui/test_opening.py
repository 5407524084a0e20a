"""What is wrong when the desk starts is still said when the project is there."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QToolButton

from steelyard.gui.opening import fill
from steelyard.gui.settings import Settings
from steelyard.gui.window import Window
from steelyard.library.location import library_file

DAMAGED = b"SQLite format 3\x00" + bytes(range(256)) * 40


@pytest.fixture
def window(qtbot, dressed, monkeypatch):
    assert dressed is not None
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the desk sets its own
    window = Window()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def damaged():
    file = library_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(DAMAGED)
    return file


def test_that_a_damaged_library_is_told_until_that_is_closed(window, damaged):
    conductor = fill(window, None, None, Settings())
    conductor.settle()
    assert conductor.desk.evaluation is not None
    assert window.notice.isVisible()
    assert str(damaged) in window.notice.text
    window.show_view("site")
    assert str(damaged) in window.notice.text
    close = window.notice.findChild(QToolButton)
    window.notice.tell("It was done.", state="ok")
    close.click()
    assert window.notice.isVisible()
    assert str(damaged) in window.notice.text
    close.click()
    window.show_view("parts")
    assert not window.notice.isVisible()
    assert damaged.read_bytes() == DAMAGED


def test_that_a_file_that_does_not_open_is_still_told_beside_the_sample(window, damaged, tmp_path):
    last = tmp_path / "last.json"
    last.write_text("{", encoding="utf-8")
    conductor = fill(window, None, None, Settings(last=str(last)))
    assert conductor.desk.evaluation is not None
    assert "last.json" in window.notice.text
    window.show_view("site")
    assert str(damaged) in window.notice.text
