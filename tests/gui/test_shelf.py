"""Builds saved in the library from the desk come back as they were, and opening one changes nothing in it."""

from __future__ import annotations

import pytest

from steelyard.gui.shelf import Shelf
from steelyard.library.builds import document_of, save_build, saved_builds
from steelyard.library.library import open_library
from steelyard.project.file import project_text

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def shelf_of(window):
    (dialog,) = window.findChildren(Shelf)
    return dialog


def test_that_a_build_is_saved_once_and_each_change_is_a_revision(desk, window):
    window.menus["keep"].trigger()
    window.menus["keep"].trigger()
    assert [each.revision for each in saved_builds(open_library(), all_revisions=True)] == [1]
    before = document_of(open_library(), desk.project.name)
    desk.attempt(lambda: (desk.project._replace(role="Another role"), "Change the role"))
    window.menus["keep"].trigger()
    assert [each.revision for each in saved_builds(open_library(), all_revisions=True)] == [1, 2]
    assert document_of(open_library(), desk.project.name, 1) == before


def test_that_an_earlier_revision_opens_as_it_was_and_has_no_file(desk, window):
    role = desk.project.role
    window.menus["keep"].trigger()
    desk.attempt(lambda: (desk.project._replace(role="Another role"), "Change the role"))
    window.menus["keep"].trigger()
    desk.undo_stack.setClean()
    window.menus["shelf"].trigger()
    dialog = shelf_of(window)
    assert [line.cells[1] for line in dialog.rows.lines] == ["2", "1"]
    dialog.wanted.emit(dialog.rows.lines[1].key)
    assert desk.project.role == role
    assert desk.path is None
    assert len(saved_builds(open_library(), all_revisions=True)) == 2


def test_that_an_empty_library_says_what_to_do_first(window):
    window.menus["shelf"].trigger()
    assert window.findChildren(Shelf) == []
    assert "Save in the library" in window.notice._message.text()


def test_that_what_another_program_saved_meanwhile_is_told(desk, window):
    window.menus["keep"].trigger()
    assert "Revision" not in window.notice.text
    other = desk.project._replace(role="Of another desk")
    save_build(open_library(who="tester"), desk.project.name, project_text(other))
    desk.attempt(lambda: (desk.project._replace(role="Of this desk"), "Change the role"))
    window.menus["keep"].trigger()
    assert "revision 3" in window.notice.text
    assert "Revision 2 was saved by tester" in window.notice.text
    assert "since you opened" in window.notice.text
    desk.attempt(lambda: (desk.project._replace(role="Of this desk, again"), "Change the role"))
    window.menus["keep"].trigger()
    assert "tester" not in window.notice.text
