"""Fields: their keys, their focus, and what they say of a value that cannot be taken."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton


def change(desk):
    desk.edit(desk.project._replace(name="Changed"), "rename")


def press_undo(qtbot, widget, *, redo=False):
    modifiers = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(widget, Qt.Key.Key_Z, modifiers | Qt.KeyboardModifier.ShiftModifier if redo else modifiers)


def test_that_undo_in_a_field_takes_back_the_last_step_of_the_project(conductor, desk, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    window.activateWindow()
    before = desk.project
    change(desk)
    field = conductor.view("brief").lab["budget"].field
    field.setFocus()
    press_undo(qtbot, field)
    assert desk.project == before
    press_undo(qtbot, field, redo=True)
    assert desk.project.name == "Changed"
    qtbot.keyClicks(field, "7")
    typed = desk.project
    press_undo(qtbot, field)
    assert desk.project.name == "Changed"
    assert desk.project != typed
    press_undo(qtbot, field)
    assert desk.project == before


def test_that_a_press_beside_a_field_leaves_it(conductor, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    window.activateWindow()
    pane = conductor.view("brief")
    field = pane.lab["budget"].field
    field.setFocus()
    assert field.hasFocus()
    panel = field.parentWidget().parentWidget()
    qtbot.mouseClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(5, panel.height() - 5))
    assert not field.hasFocus()


def test_that_a_field_says_what_is_wrong_what_is_usual_and_what_holds(conductor, desk, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    use = desk.project.workloads[0]
    QApplication.processEvents()
    box = conductor.view("brief").boxes[use.id]
    field = box.fields["cases"].field
    label = next(each for each in box.findChildren(QLabel) if each.property("kind") == "wrong")
    assert not label.isVisible()
    plain = field.grab().toImage()
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "x")
    assert label.isVisible()
    for words in ("“x” is not a number", "stays in force", "Usual: "):
        assert words in label.text()
        assert words in field.toolTip()
    field.clear()
    qtbot.keyClicks(field, "-5")
    assert "cannot be" in label.text()
    assert "usual is" in label.text()
    assert field.grab().toImage() != plain
    assert desk.project.workloads[0] == use
    field.clear()
    qtbot.keyClicks(field, "40")
    assert not label.isVisible()


def test_that_what_was_refused_stays_with_its_reason_while_the_field_is_typed_in(conductor, desk, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    window.activateWindow()
    pane = conductor.view("brief")
    for field, typed in ((pane.lab["life_years"].field, "1000"), (pane.lab["growth"].field, "-200")):
        held = desk.project
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, typed)
        assert desk.project == held
        desk.settle()
        assert (field.text(), field.property("state")) == (typed, "wrong")
        assert field.why
        qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(field, "2")
        desk.settle()
        assert (field.text(), field.property("state")) == ("2", "")
        assert desk.project != held
    field = pane.lab["life_years"].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0")
    desk.settle()
    qtbot.keyClicks(field, ".5")
    assert desk.project.lab.life_years == 0.5


def test_that_undo_names_what_was_typed_and_not_its_first_key(conductor, desk, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    field = conductor.view("brief").lab["budget"].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "25000")
    assert desk.undo_stack.count() == 1
    assert desk.undo_stack.undoText() == "Budget: 25000"
    assert window.menus["undo"].text() == "Undo Budget: 25000"


def test_that_a_volume_is_typed_as_its_edges_and_stands_as_it_was_typed(conductor, desk, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    pane = conductor.view("brief")
    pane.add("nnunet-3d-training")
    identifier = desk.project.workloads[-1].id
    field = pane.boxes[identifier].fields["volume"].field
    field.setFocus()
    qtbot.keyClicks(field, "240x240x155")
    assert desk.project.workloads[-1].inputs["volume"].value == 240 * 240 * 155
    assert desk.undo_stack.undoText() == "Volume: 8,928,000"
    pane.lab["budget"].field.setFocus()
    desk.settle()
    assert field.text() == "240 × 240 × 155"
    desk.undo_stack.undo()
    assert field.text() == ""


def test_that_the_focus_goes_to_the_first_field_when_typical_values_were_used(conductor, desk, window, qtbot):
    window.show_view("brief")
    conductor.settle()
    window.activateWindow()
    brief = conductor.view("brief")
    desk.edit(desk.project.without_workload(desk.project.workloads[0].id), "remove")
    brief.add("nnunet-3d-training")
    QApplication.processEvents()
    box = brief.boxes["nnunet-3d-training"]
    press = next(each for each in box.findChildren(QPushButton) if each.text() == "Use typical values")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert not press.isVisible()
    assert next(iter(box.fields.values())).field.hasFocus()
