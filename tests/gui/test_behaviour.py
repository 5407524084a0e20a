"""How the desk behaves where it was caught misbehaving: each of these went wrong once under a user's hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from steelyard.gui.beam import paint_beam
from steelyard.gui.controls import Choice
from steelyard.gui.painted import Painted
from steelyard.gui.readings import Reading, Weighed
from steelyard.gui.settings import read_settings
from steelyard.project.file import save_project

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def asked_box(window):
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def change(desk):
    desk.edit(desk.project._replace(name="Changed"), "rename")


@pytest.fixture
def other_file(tmp_path, project):
    path = tmp_path / "other.json"
    save_project(project._replace(name="Other"), path)
    return path


@pytest.mark.parametrize("command", ["new", "open", "sample"])
def test_that_what_puts_the_project_away_asks_before_unsaved_work_is_lost(
    desk, window, other_file, monkeypatch, command
):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other_file), ""))
    change(desk)
    window.menus[command].trigger()
    box = asked_box(window)
    assert box is not None
    assert desk.project.name == "Changed"
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert desk.project.name == "Changed"
    assert desk.modified
    window.menus[command].trigger()
    asked_box(window).button(QMessageBox.StandardButton.Discard).click()
    assert desk.project.name != "Changed"
    assert not desk.modified
    window.menus[command].trigger()
    assert asked_box(window) is None


def test_that_unsaved_work_is_saved_before_another_project_takes_its_place(desk, window, tmp_path):
    desk.path = tmp_path / "mine.json"
    change(desk)
    window.menus["new"].trigger()
    asked_box(window).button(QMessageBox.StandardButton.Save).click()
    assert '"Changed"' in desk_text(tmp_path / "mine.json")
    assert desk.project.name == "New workstation"


def desk_text(path):
    return path.read_text(encoding="utf-8")


def test_that_work_stays_unsaved_when_the_file_chosen_instead_cannot_be_opened(desk, window, tmp_path, monkeypatch):
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(broken), ""))
    change(desk)
    window.menus["open"].trigger()
    asked_box(window).button(QMessageBox.StandardButton.Discard).click()
    assert desk.project.name == "Changed"
    assert desk.modified


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("asked", [-5.0, 0.0, float("nan"), float("inf"), 1e-320])
def test_that_the_beam_weighs_only_what_a_logarithmic_scale_can_hold(asked):
    image = QImage(300, 60, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    reading = Reading(label="Asked", value="5")
    for weighed in (Weighed(asked, 20.0, 15.0, 25.0, reading, reading), Weighed(20.0, asked, asked, asked)):
        paint_beam(painter, QRectF(10, 0, 280, 44), weighed)
    painter.end()


class Broken(Painted):
    def paint(self, _painter):
        raise ValueError("no such picture")


@pytest.mark.usefixtures("dressed")
def test_that_a_picture_that_cannot_be_drawn_is_told_of_once(qtbot):
    broken = Broken("broken")
    qtbot.addWidget(broken)
    with pytest.raises(ValueError, match="no such picture"):
        broken.grab()
    for _ in range(3):
        broken.grab()  # a painter left active would be told of by Qt, and that fails a test here


def test_that_a_file_whose_inputs_cannot_be_meant_is_refused_by_name_and_not_remembered(
    conductor, desk, window, tmp_path
):
    use = desk.project.workloads[0]
    path = tmp_path / "absurd.json"
    save_project(desk.project.with_workload(use.with_input("epochs", -3.0)), path)
    before = desk.project
    view = window.panes[window.view]
    conductor.commands.open_file(path)
    assert desk.project is before
    assert window.panes[window.view] is view
    assert conductor.view(window.view) is view
    assert "absurd.json" in window.notice.text
    assert read_settings().last != str(path)


def test_that_a_part_the_catalogue_lacks_is_told_with_the_file_that_wants_it(conductor, desk, window, tmp_path):
    path = tmp_path / "lacking.json"
    project = desk.project
    selection = desk.selection.with_(psu=("psu/nobody/nothing", 1))
    save_project(project.with_selection(desk.variant.name, selection), path)
    conductor.commands.open_file(path)
    assert "lacking.json" in window.notice.text
    assert "psu/nobody/nothing" in window.notice.text
    assert "mean" not in window.notice.text


def candidates_of(pane):
    return [line.part_id for line in pane.picker.model().lines]


def test_that_the_picker_shows_the_candidates_of_the_build_as_it_is_now(conductor, desk, window, qtbot):
    window.show_view("parts")
    pane = conductor.parts
    pane.choose("psu")
    conductor.settle()
    before = pane.picker.model().lines
    pane.empty_role("psu")
    conductor.settle()
    assert pane.picker.model().lines != before
    window.show_view("site")
    conductor.settle()
    desk.undo_stack.undo()
    conductor.settle()
    window.show_view("parts")
    qtbot.waitUntil(lambda: pane.picker.model().lines == before, timeout=3000)


def test_that_the_picker_begins_at_the_top_and_stays_on_the_part_that_was_taken(conductor, desk, window, qtbot):
    window.show_view("parts")
    pane = conductor.parts
    pane.choose("gpu")
    conductor.settle()
    qtbot.keyClick(pane.picker, Qt.Key.Key_End)
    assert pane.picker.currentIndex().row() == len(candidates_of(pane)) - 1
    qtbot.keyClick(pane.picker, Qt.Key.Key_Home)
    assert pane.picker.currentIndex().row() == 0
    place = next(i for i, part in enumerate(candidates_of(pane)) if part != desk.selection.part("gpu") and i > 3)
    taken = candidates_of(pane)[place]
    pane.picker.setCurrentIndex(pane.picker.model().index(place, 1))
    qtbot.keyClick(pane.picker, Qt.Key.Key_Return)
    conductor.settle()
    assert desk.selection.part("gpu") == taken
    assert candidates_of(pane)[pane.picker.currentIndex().row()] == taken
    qtbot.keyClick(pane.picker, Qt.Key.Key_End)
    pane.choose("cpu")
    conductor.settle()
    assert pane.picker.verticalScrollBar().value() == 0


def test_that_cards_without_a_slot_are_counted_in_the_picture(conductor, desk, window):
    window.show_view("parts")
    part = desk.selection.part("gpu")
    desk.select(desk.selection.with_(gpu=(part, 8)), "eight cards")
    conductor.settle()
    seated = sum(slot.state == "occupied" for slot in conductor.parts.sitting.sitting.slots)
    assert 0 < seated < 8
    assert conductor.parts.sitting.sitting.unseated == 8 - seated
    assert f"{8 - seated} cards find no slot" in conductor.parts.sitting.accessibleDescription()


@pytest.mark.parametrize("width", [1024, 1440])
def test_that_the_count_stays_in_its_column(conductor, window, width):
    window.show_view("parts")
    window.resize(width, 768)
    QApplication.processEvents()
    conductor.settle()
    roles = conductor.parts.roles
    roles.choose("gpu")
    QApplication.processEvents()
    counter = next(each for each in roles.findChildren(Choice) if each.isVisible())
    cell = roles.visualRect(roles.model().index(roles.currentIndex().row(), 3))
    assert cell.contains(counter.geometry())
    name = roles.visualRect(roles.model().index(roles.currentIndex().row(), 2))
    assert name.width() > 100


def test_that_what_was_told_goes_with_the_state_that_it_was_about(desk, window, tmp_path):
    for over in (
        lambda: change(desk),
        lambda: window.show_view("site"),
        lambda: desk.save(tmp_path / "mine.json"),
        desk.undo_stack.undo,
        window.menus["sample"].trigger,
    ):
        window.notice.tell("It was done.", state="ok")
        assert window.notice.isVisible()
        desk.undo_stack.setClean() if desk.path else None
        over()
        assert not window.notice.isVisible()


def test_that_the_symbol_of_a_notice_follows_the_theme(conductor, window):
    window.notice.tell("It was done.", state="ok")
    before = window.notice.symbol.pixmap().toImage()
    conductor.commands.wear("dark", 1.0)
    QApplication.processEvents()
    assert window.notice.symbol.pixmap().toImage() != before


def test_that_ten_presses_of_larger_make_everything_anew_once(conductor, window, qtbot, monkeypatch):
    worn = []
    monkeypatch.setattr(conductor.commands, "wear", lambda *look: worn.append(look))
    for _ in range(4):
        window.menus["larger"].trigger()
    assert worn == []
    qtbot.waitUntil(lambda: bool(worn), timeout=2000)
    qtbot.wait(300)
    assert len(worn) == 1
    assert worn[0][1] == pytest.approx(1.1**4, abs=0.02)
