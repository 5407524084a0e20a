"""The help: keys as the menus have them, and the pages that come with the program."""

from __future__ import annotations

from steelyard.gui.help_beside import HELP_PAGES
from steelyard.gui.help_window import TITLES, HelpWindow


def test_that_every_page_of_the_menu_opens_and_says_something(conductor, qtbot):
    beside = conductor.commands._help
    assert tuple(TITLES) == HELP_PAGES
    for page in HELP_PAGES:
        conductor.window.menus[f"help_{page}"].trigger()
        assert beside.window.isVisible()
        assert beside.window.windowTitle().startswith(TITLES[page])
        assert len(beside.window.text.toPlainText()) > 400
    qtbot.addWidget(beside.window)


def test_that_the_keys_are_those_of_the_menus_and_of_the_painted_widgets(dressed, qtbot):
    assert dressed is not None
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_page("keys")
    said = window.text.toPlainText()
    for words in ("Undo", "Ctrl+Z", "Requirements", "Ctrl+2", "find a workload", "Esc"):
        assert words in said


def test_that_a_page_that_did_not_come_along_is_told_of(conductor, monkeypatch, tmp_path):
    monkeypatch.setattr("steelyard.gui.help_window.resources", lambda: tmp_path)
    conductor.window.menus["help_glossary"].trigger()
    assert "did not come with the program" in conductor.window.notice.said[0]
