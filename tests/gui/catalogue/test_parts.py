"""Finding a part, reading its data sheet, putting other values in, taking imported parts into builds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from steelyard.gui.catalogue.override_dialog import OverrideDialog
from steelyard.gui.catalogue.own_part_dialog import OwnPartDialog
from steelyard.gui.catalogue.sheet import sentence

CARD = "gpu/nvidia/rtx-6000-ada"


def found(manager):
    """The parts in the list, the first of them."""
    lines = manager.parts.results.model().lines
    return [lines[row].part_id for row in range(min(20, len(lines)))]


def line_of(manager, field):
    return next(line for line in manager.parts.sheet.sheet.values if line.field == field)


def test_that_every_key_shows_what_is_found(manager, qtbot):
    search = manager.parts.search
    for typed in ("r", "t", "x", " ", "6", "0", "0", "0", " ", "a", "d", "a"):
        qtbot.keyClicks(search, typed)
    assert found(manager)[0] == CARD
    assert manager.parts.sheet.sheet.part_id == CARD
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert len(manager.parts.results.model().lines) > len(manager.stock.catalog.parts)


def test_that_the_data_sheet_of_the_chosen_part_is_a_key_away(manager, conductor):
    conductor.window.show_view("parts")
    conductor.parts.choose("gpu")
    conductor.parts.roles.setFocus()
    conductor.window.menus["catalogue_sheet"].trigger()
    assert manager.parts.sheet.sheet.part_id == conductor.desk.selection.part("gpu") == CARD
    assert CARD in found(manager)


def test_that_a_filter_leaves_as_many_as_it_says(manager):
    manager.parts.search.setText("a")
    manager.parts.settle()
    option = next(option for option in manager.parts.kinds._options if option.value == "psu")
    manager.parts.kinds._take(manager.parts.kinds._options.index(option))
    assert len(manager.parts.results.model().lines) == option.many > 0
    assert all(part.startswith("psu/") for part in found(manager))


def shown_buttons(manager, *names):
    return [each for each in manager.findChildren(QWidget) if each.accessibleName() in names and each.isVisible()]


def test_that_a_search_without_results_says_what_to_do(manager):
    manager.parts.search.setText("xylophone")
    assert not len(manager.parts.results.model().lines)
    (press,) = shown_buttons(manager, "Empty the search", "Forget the filters")
    assert press.text() == "Empty the search"
    press.click()
    assert len(manager.parts.results.model().lines)
    manager.parts.kinds._take(1)
    manager.parts.search.setText("xylophone")
    (press,) = shown_buttons(manager, "Empty the search", "Forget the filters")
    assert press.text() == "Forget the filters"
    press.click()
    assert manager.parts.kinds.value is None


def test_that_an_empty_layer_says_how_parts_come_into_it(manager):
    manager.parts.layers._take(2)
    shown = [label.text() for label in manager.findChildren(QLabel) if label.isVisible()]
    assert "No part of your own yet" in shown
    assert any("New part like this" in text for text in shown)


@pytest.fixture
def overridden(manager, conductor):
    """An override that was typed into the dialog."""
    conductor.window.show_view("parts")
    manager.parts.search.setText("rtx 6000 ada")
    manager.parts.sheet.values.choose("board_power")
    before = line_of(manager, "board_power").value
    manager.parts.sheet.override.click()
    dialog = manager.findChildren(OverrideDialog)[0]
    dialog.value.show_text("280")
    dialog.apply.click()
    assert dialog.isVisible()  # neither where nor why was said
    assert "Where" in dialog._wrong.text()
    dialog.where.setText("label of the card")
    dialog.why.setText("A <b>power limit</b> is set")
    dialog.apply.click()
    QApplication.processEvents()
    return before


def test_that_an_override_has_a_pin_everywhere_until_it_is_undone(manager, conductor, overridden):
    line = line_of(manager, "board_power")
    assert (line.value, line.unit) == ("280", "W")
    assert "A <b>power limit</b> is set" in line.pinned
    assert f"The catalogue says {overridden} W" in line.pinned
    assert conductor.desk.evaluation.engine.catalog.datum(CARD, "board_power").value == 280
    assert "1 value overridden" in manager._sentence.text()
    conductor.explain("gpu_board_power")
    shown = conductor.window.popover.current
    assert shown.pinned or any(cause.pinned for cause in shown.causes)
    conductor.parts.choose("gpu")
    conductor.parts.settle()
    lines = (*conductor.parts.roles.model().lines, *conductor.parts.picker.model().lines)
    assert {line.part_id for line in lines if line.pinned} == {CARD}
    manager.parts.sheet.undo.click()
    line = line_of(manager, "board_power")
    assert (line.value, line.pinned) == (overridden, "")
    assert not conductor.desk.evaluation.engine.catalog.overrides


def test_that_an_imported_part_is_in_the_picker_once_it_is_taken_into_use(manager, conductor):
    manager.parts.search.setText("airy nf-77")
    imported = found(manager)[0]
    sheet = manager.parts.sheet
    assert (sheet.sheet.layer, sheet.sheet.in_use) == ("opendb", False)
    assert imported not in conductor.desk.engine.catalog.parts
    sheet.use.click()
    conductor.window.show_view("parts")
    conductor.parts.choose("case_fan")
    conductor.parts.settle()
    assert imported in [line.part_id for line in conductor.parts.picker.model().lines]
    conductor.parts.take(imported)
    sheet.use.click()  # it is in the build now
    assert conductor.desk.selection.part("case_fan") == imported
    assert imported in conductor.desk.engine.catalog.parts
    assert "stays in use" in manager.notice.text


def test_that_names_of_others_are_shown_letter_by_letter(manager, conductor):
    manager.parts.search.setText("loud img")
    shown = manager.parts.sheet.sheet
    assert "<b>Loud</b>" in shown.name
    for label in manager.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText or "<" not in label.text(), label.text()
    model = manager.parts.results.model()
    tip = model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;Loud" in tip
    manager.parts.sheet.use.click()
    conductor.window.show_view("parts")
    conductor.parts.choose("case_fan")
    conductor.parts.settle()
    picker = conductor.parts.picker.model()
    tips = [picker.index(row, 1).data(Qt.ItemDataRole.ToolTipRole) for row in range(picker.rowCount())]
    assert any("&lt;b&gt;Loud" in tip for tip in tips)
    assert not any("<b>" in tip for tip in tips)


def test_that_an_own_part_is_kept_once_nothing_is_wrong_with_it(manager, conductor):
    manager.parts.search.setText("rtx 6000 ada")
    manager.parts.sheet.copy.click()
    dialog = manager.findChildren(OwnPartDialog)[0]
    dialog.texts["name"].setText("RTX 6000 Ada, lowered")
    row = dialog.rows["board_power"]
    row.entry.show_text("9000")
    row.entry.edited.emit()
    dialog.keep.click()
    assert dialog.isVisible()
    assert "plausible from" in row.wrong.text()
    row.entry.show_text("250")
    row.where.setText("set by us")
    dialog.keep.click()
    QApplication.processEvents()
    part = conductor.desk.engine.catalog.part("gpu/nvidia/rtx-6000-ada-lowered")
    assert part.layer == "own"
    datum = conductor.desk.engine.catalog.datum(part.id, "board_power")
    assert (datum.value, datum.source, datum.where) == (250, "own-reading", "set by us")
    manager.parts.search.setText("lowered")
    assert found(manager) == [part.id]
    manager.parts.sheet.remove.click()
    assert part.id not in conductor.desk.engine.catalog.parts


def test_that_the_manager_has_names_for_all_that_takes_the_focus(manager):
    for page in ("parts", "prices", "updates", "log"):
        manager.show_page(page)
        QApplication.processEvents()
        for widget in manager.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                interface = QAccessible.queryAccessibleInterface(widget)
                named = interface is not None and interface.text(QAccessible.Text.Name)
                assert named, f"{page}: {type(widget).__name__}"
                assert widget.height() >= 24 or widget.objectName().startswith("qt_"), widget.accessibleName()


def test_that_an_own_part_has_a_price_an_id_and_no_other_parts_order_number(manager, conductor):
    manager.parts.search.setText("rtx 6000 ada")
    original = manager.parts.sheet.sheet
    manager.parts.sheet.copy.click()
    dialog = manager.findChildren(OwnPartDialog)[0]
    assert (original.mpn != "", dialog.texts["mpn"].text()) == (True, "")
    dialog.texts["mpn"].setText(original.mpn)
    dialog.texts["name"].setText("型番")
    assert dialog.check() == ()
    assert f"{original.name} has this number too" in dialog._about_number.text()
    assert dialog.identity.text() == "gpu/nvidia/part-1"
    assert "so it has a number" in dialog._about_id.text()
    fields = dialog.price.fields
    fields["value"].setText("1,5")
    fields["value"].textEdited.emit("1,5")
    assert [complaint for complaint in dialog.check() if "decimal amount" in complaint.what]
    assert "decimal amount" in dialog.price.wrong.text()
    for name, text in {"value": "4321.50", "date": "2026-11-20", "where": "Dealer Ltd., offer 7"}.items():
        fields[name].setText(text)
    dialog.keep.click()
    QApplication.processEvents()
    price = conductor.desk.engine.catalog.price("gpu/nvidia/part-1")
    assert (str(price.amount), price.currency, price.kind, price.source) == ("4321.50", "USD", "quote", "own-statement")
    manager.parts.seek("gpu/nvidia/part-1")
    manager.parts.sheet.change.click()
    again = next(each for each in manager.findChildren(OwnPartDialog) if each.isVisible())
    assert again.price.price["value"] == "4321.50"
    assert again.identity.isReadOnly()
    again.reject()
    manager.parts.seek("gpu/nvidia/rtx-6000-ada")
    manager.parts.sheet.copy.click()
    second = next(each for each in manager.findChildren(OwnPartDialog) if each.isVisible())
    second.texts["name"].setText("型番")
    second.check()
    assert second.identity.text() == "gpu/nvidia/part-2"
    second.identity.setText("gpu/nvidia/part-1")
    second._name_id("gpu/nvidia/part-1")
    assert any("that of 型番" in complaint.what for complaint in second.check())
    second.reject()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gpu/nvidia/rtx-6000-ada from 1 on", "gpu/nvidia/rtx-6000-ada from 1 on."),
        ("not stated by this source", "Not stated by this source."),
        ("half-height card.", "Half-height card."),
    ],
)
def test_that_a_sentence_begins_with_a_capital_and_an_id_stays_as_it_is(text, said):
    assert sentence(text) == said
