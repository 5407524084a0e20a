"""The site: its parts, the limits that are changed where they are drawn, the case, the fixes, and what is unknown."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from steelyard.gui.look import colours, look
from steelyard.gui.opening import application_for
from steelyard.gui.present.fixes import fix_lines
from steelyard.gui.present.plots import figures_of
from steelyard.gui.present.site import sitting_view
from steelyard.gui.present.site_case import case_view
from steelyard.gui.present.site_limits import CARDS, CIRCUIT, NOISE, ROOM, limits_view
from steelyard.gui.present.site_settings import summary_of
from steelyard.project.content import Given, checked, in_currency
from steelyard.project.rooms import in_room, is_preset
from steelyard.project.selection import Selection
from steelyard.units import UNITS


@pytest.fixture
def site(conductor):
    conductor.window.show_view("site")
    conductor.settle()
    QApplication.processEvents()
    return conductor.view("site")


def gauge(site, label):
    return next(each for each in site.overview.gauges if each.accessibleName() == label)


def change(desk, **fields):
    desk.edit(checked(desk.project._replace(site=desk.project.site._replace(**fields))), "another site")


# --- parts of the view


def test_that_the_segments_show_the_parts_in_order_and_each_is_filled(conductor, site):
    names = [tab.accessibleName() for tab in site.tabs]
    assert names[0] == "Overview"
    for place, tab in enumerate(site.tabs):
        site.segments.choose(place)
        QApplication.processEvents()
        assert tab.isVisible()
        assert any(label.text() for label in tab.findChildren(QLabel))
    site.segments.choose(0)
    assert site.overview.isVisible()
    assert conductor.window.view == "site"


def test_that_a_part_that_is_not_seen_shows_the_change_when_it_is(site, desk):
    site.segments.choose(len(site.tabs) - 1)
    before = site.room.room.figure
    site.segments.choose(0)
    change(desk, room_ventilation=150.0)
    site.segments.choose(len(site.tabs) - 1)
    assert site.room.room.figure != before
    assert site.room.room.figure.dots[0].x == 150.0


# --- the line of settings


def test_that_the_line_says_rules_circuit_plug_load_room_air_and_ups(site, desk):
    change(desk, other_load=90.0, room_volume=31.0, dedicated=False, plug="A <b>plug</b>")
    said = {each.label: each.value for each in summary_of(desk.evaluation)}
    assert said["Rules"].startswith("US, 80")
    assert said["Circuit"].endswith("shared")
    assert said["Other load"] == "90\N{NO-BREAK SPACE}W"
    assert said["Room"].startswith("31\N{NO-BREAK SPACE}m³")
    assert "A &lt;b&gt;plug&lt;/b&gt;" in site.settings._line.text().replace("&nbsp;", " ")
    assert "Plug A <b>plug</b>" in site.settings.line


def test_that_a_kind_of_room_fills_its_fields_as_one_step(site, desk):
    site.settings.edit.setChecked(True)
    choice = site.settings.presets["room"]
    choice.activated.emit(choice.findText("Closet"))
    assert desk.project.site.room_volume == 7.5
    assert desk.undo_stack.undoText() == "Kind of room: Closet"
    assert choice.currentText() == "Closet"
    desk.undo_stack.undo()
    assert desk.project.site.room_volume is None


def test_that_a_change_of_circuit_says_what_it_does_to_the_limits(site, desk):
    choice = site.settings.circuit
    choice.activated.emit(choice.findText("United States and Canada: 208 V, 20 A"))
    assert "3,328" in site.settings.told.text()
    assert desk.project.site.supply_voltage == 208


def test_that_yes_and_no_are_ticked_and_taken_back(site, desk):
    site.settings.flags["patient_vicinity"].click()
    assert desk.project.site.patient_vicinity is True
    desk.undo_stack.undo()
    assert desk.project.site.patient_vicinity is False
    assert not site.settings.flags["patient_vicinity"].isChecked()


# --- limits


def test_that_a_limit_is_not_changed_without_a_source(site, desk, qtbot):
    before = desk.project.site
    gauge(site, NOISE).setFocus()
    qtbot.keyClick(gauge(site, NOISE), Qt.Key.Key_E)
    field = site.sheet.fields["noise_limit"].field
    field.selectAll()
    qtbot.keyClicks(field, "38")
    site.sheet.take()
    assert site.sheet.isVisible()
    assert "source" in site.sheet.wrong.text()
    assert desk.project.site == before


def test_that_a_limit_of_the_site_is_changed_with_its_source_and_marked_as_yours(site, desk, qtbot):
    gauge(site, NOISE).setFocus()
    qtbot.keyClick(gauge(site, NOISE), Qt.Key.Key_E)
    field = site.sheet.fields["noise_limit"].field
    field.selectAll()
    qtbot.keyClicks(field, "38")
    qtbot.keyClicks(site.sheet.note, "agreed with the ward")
    qtbot.keyClick(site.sheet.note, Qt.Key.Key_Return)
    assert desk.project.site.noise_limit == 38
    assert desk.project.site.notes["noise_limit"] == "agreed with the ward"
    assert gauge(site, NOISE).limit.noted == "agreed with the ward"
    assert "agreed with the ward" in gauge(site, NOISE).accessibleDescription()
    assert not site.sheet.isVisible()
    assert gauge(site, NOISE).hasFocus()
    assert desk.undo_stack.undoText() == f"Limit: {NOISE}"
    desk.undo_stack.undo()
    assert gauge(site, NOISE).limit.noted == ""


def test_that_the_limit_of_a_part_is_given_for_this_build_and_given_back(site, desk):
    label = "Hottest card"
    site.edit_limit(label)
    site.sheet.fields["gpu_temperature_limit"].field.entered.emit(80.0)
    site.sheet.note.setText("our own rule")
    site.sheet.take()
    assert desk.variant.given["gpu_temperature_limit"].value == 80
    assert gauge(site, label).limit.limit == 80
    site.edit_limit(label)
    site.sheet.give_back()
    assert "gpu_temperature_limit" not in desk.variant.given
    assert gauge(site, label).limit.limit != 80


def test_that_what_cannot_be_a_limit_is_refused_and_changes_nothing(site, desk):
    before = desk.project
    site.edit_limit(CIRCUIT)
    site.sheet.fields["breaker_current"].field.entered.emit(4000.0)
    site.sheet.note.setText("a letter")
    site.sheet.take()
    assert desk.project == before
    field = site.sheet.fields["breaker_current"].field
    assert "must be a number from 1 to 400" in field.why
    assert "site." not in field.why


@pytest.mark.parametrize(
    ("label", "name", "wrong"),
    [
        ("Hottest card", "gpu_temperature_limit", -5.0),
        ("CPU", "cpu_temperature_limit", 1e9),
        ("Supply, sustained", "psu_rating", 1e12),
    ],
)
def test_that_a_limit_that_no_part_could_have_is_refused(site, desk, label, name, wrong):
    before = desk.project
    site.edit_limit(label)
    site.sheet.note.setText("a letter")
    field = site.sheet.fields[name].field
    field.entered.emit(wrong)
    site.sheet.take()
    assert desk.project == before
    assert "must be a number from" in field.why
    assert site.sheet.isVisible()


def test_that_a_limit_is_taken_away_by_an_empty_field(site, desk, qtbot):
    change(desk, noise_limit=40.0)
    site.edit_limit(NOISE)
    field = site.sheet.fields["noise_limit"].field
    assert field.placeholderText() == "no limit"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    site.sheet.note.setText("the ward agreed")
    site.sheet.take()
    assert desk.project.site.noise_limit is None
    assert gauge(site, NOISE).limit.limit is None


def test_that_the_beginning_of_what_is_refused_does_not_stay_in_force(conductor, site, desk, qtbot):
    conductor.window.activateWindow()
    change(desk, room_limit=35.0, room_ventilation=85.0, other_load=150.0)
    before = desk.project.site
    site.settings.edit.setChecked(True)
    for name, typed in (
        ("room_limit", "999"),
        ("room_limit", "-1"),
        ("room_ventilation", "1e9"),
        ("other_load", "1e7"),
    ):
        field = site.settings.fields[name].field
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, typed)
        desk.settle()
        assert (field.text(), field.property("state")) == (typed, "wrong")
        assert getattr(desk.project.site, name) == getattr(before, name)
        field.selectAll()
        qtbot.keyClicks(field, "20")
        assert getattr(desk.project.site, name) == 20
        field.selectAll()
        qtbot.keyClicks(field, f"{getattr(before, name):.0f}")


def test_that_a_press_on_the_limit_edits_it_and_one_beside_asks(site, qtbot):
    shown = gauge(site, ROOM)
    shown.grab()
    asked = []
    shown.asked.connect(asked.append)
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert asked
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown._limit_place.center().toPoint())
    assert site.sheet.isVisible()
    assert list(site.sheet.fields) == ["room_limit"]


def test_that_the_words_of_the_circuits_line_edit_it(site, qtbot):
    falls = site.overview.waterfall
    falls.grab()
    place = falls._limit.plate().center().toPoint()
    qtbot.mouseClick(falls.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert site.sheet.isVisible()
    assert "breaker_current" in site.sheet.fields


HOT = {"room_temperature": 27.0, "ventilation_temperature": 27.0, "room_conductance": 20.0, "room_ventilation": 40.0}


def test_that_a_gauge_is_as_grave_as_the_gravest_rule_that_judges_its_value(site, desk):
    change(desk, **HOT, room_limit=35.0)
    found = {each.rule.id: each for each in desk.evaluation.findings}
    assert (found["THM-008"].verdict, found["THM-010"].verdict) == ("broken", "broken")
    shown = gauge(site, ROOM).limit
    assert shown.state == "block" == found["THM-010"].rule.severity
    assert shown.words.startswith("over by")
    change(desk, room_limit=60.0)
    assert gauge(site, ROOM).limit.state == "block"
    assert gauge(site, ROOM).limit.words.endswith("over what parts are made for")


def limit_cards(desk, limit):
    own = {"gpu_temperature_limit": Given(limit, "our own rule")}
    desk.edit(desk.project.with_variant(desk.variant._replace(given=own)), "another limit")


def test_that_a_card_that_holds_its_limit_by_slowing_down_is_over_it_nowhere(desk):
    limit_cards(desk, 86.0)
    change(desk, **HOT)
    found = desk.evaluation
    row = next(each.row for each in found.findings if each.rule.id == "THM-001")
    kept = found.value("gpu_speed_kept", row)
    assert found.value("gpu_temperature", row) == pytest.approx(86, abs=0.01)
    assert kept < 1
    shown = next(each for each in limits_view(found, row, ranged=False) if each.label == CARDS)
    assert shown.words == f"held at its limit, keeps {kept * 100:.0f}\N{NO-BREAK SPACE}% of its speed"
    assert shown.state == "note"  # it costs less than cards differ anyhow
    assert not any(card.over for card in case_view(found, row).cards)
    slots = [slot for slot in sitting_view(found, row).slots if slot.temperature is not None]
    assert slots
    assert not any(slot.over for slot in slots)
    assert any("held at its limit" in slot.detail for slot in slots)
    said = figures_of(found, row, ranged=False, names=("temperatures",))["temperatures"].sentence
    assert "Over the limit: GPU" not in said
    assert "Held at the limit: GPU" in said


def test_that_words_over_a_hatch_stand_on_a_plate(site, desk):
    limit_cards(desk, 40.0)
    site.segments.choose(site.tabs.index(site.thermal))
    QApplication.processEvents()
    picture = site.thermal.sitting
    slot = next(each for each in picture.sitting.slots if each.over)
    image = picture.grab().toImage()
    place = picture._slot_place(slot, look().px(44), picture.width() - look().px(92))
    line = round(place.top() + look().px(4))  # above the letters of the title, within its plate
    ink = {image.pixelColor(x, line).name() for x in range(round(place.left()) + 40, round(place.left()) + 80)}
    assert ink == {colours().steelsoft.name()}


def test_that_what_is_to_spare_of_the_circuit_is_told_as_a_share_too(site, desk):
    shown = gauge(site, CIRCUIT).limit
    spare = 1 - shown.value / shown.limit
    assert shown.state == "ok"
    assert shown.words.startswith(desk.evaluation.voice(0).room(shown.limit - shown.value, UNITS["W"]))
    assert f"({spare * 100:.0f}\N{NO-BREAK SPACE}%)" in shown.words


def test_that_the_number_of_a_sum_stands_above_its_bar(site, desk):
    limit = desk.evaluation.value("circuit_power", 0) * 1.03  # so near that words and limit meet
    falls = site.overview.waterfall
    for amount in (limit, limit * 0.94):  # room to spare, and too much
        change(desk, breaker_current=amount / 120, supply_voltage=120.0, continuous_share=1.0)
        falls.grab()
        bar = falls.figure.bars[-1]
        words = falls.canvas.words()
        number = next(place for text, place in words if text == bar.text)
        assert number.bottom() <= falls.canvas.point(0.0, bar.end).y()
        told = next(place for text, place in words if text.endswith("limit"))
        assert not told.intersects(number)


# --- the fields


def type_in(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    for key in text:
        qtbot.keyClicks(field, key)


def test_that_a_refused_number_gives_way_to_what_was_entered_last_and_undo_to_what_was_before(
    conductor, site, desk, qtbot
):
    conductor.window.activateWindow()
    site.settings.edit.click()
    field = site.settings.fields["room_limit"].field
    change(desk, room_limit=31.0)
    before, count = desk.project, desk.undo_stack.count()
    type_in(qtbot, field, "999")
    assert desk.project == before
    assert desk.undo_stack.count() == count
    type_in(qtbot, field, "25")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    type_in(qtbot, field, "-1")
    assert (field.text(), field.property("state")) == ("-1", "wrong")
    assert desk.project.site.room_limit == 25
    desk.undo_stack.undo()
    assert desk.project == before
    assert field.text() == "31"


def test_that_fields_show_converted_numbers_rounded_and_keep_them_whole(site, desk):
    air = 84.95054
    change(desk, room_ventilation=air)
    field = site.settings.fields["room_ventilation"].field
    assert field.text() == "85"
    field.setFocus()
    field.clearFocus()
    assert desk.project.site.room_ventilation == air
    field.entered.emit(850.0)
    assert desk.undo_stack.undoText() == "Fresh air: 850\N{NO-BREAK SPACE}m³/h"


# --- the case


def test_that_the_case_shows_every_card_with_its_air_and_asks_for_each(site, desk, qtbot):
    picture = site.overview.case
    picture.grab()
    cards = [card for card in picture.case.cards if not card.free]
    assert len(cards) == desk.selection.count("gpu")
    asked = []
    picture.asked.connect(asked.append)
    picture.setFocus()
    for _ in picture._spots:
        qtbot.keyClick(picture, Qt.Key.Key_Return)
        qtbot.keyClick(picture, Qt.Key.Key_Down)
    assert len(set(asked)) == len(picture._spots)
    assert sum("card_temperature" in each for each in asked) == len(cards)


def test_that_the_case_takes_the_temperatures_of_another_time(desk):
    shown = case_view(desk.evaluation, 0, {"CPU": 55.4, "Room": 20.25})
    assert (shown.cpu.value, shown.room.value) == ("55", "20.2")
    assert shown.cpu.name == case_view(desk.evaluation, 0).cpu.name


def test_that_without_a_case_the_picture_says_what_to_choose(site, desk):
    desk.select(desk.selection.without("case"), "no case")
    assert "Choose a case" in site.overview.case.accessibleDescription()
    site.overview.case.grab()


def test_that_a_swap_puts_the_display_card_to_the_other_end_and_back(site, desk):
    assert not site.overview.swap.isVisible()
    desk.select(desk.selection.with_(display_gpu=("gpu/intel/arc-a770-16gb", 1)), "a card for the screens")
    assert site.overview.swap.isVisible()
    order = [card.title for card in site.overview.case.case.cards if not card.free]
    assert order[0] == "card"
    site.overview.swap.click()
    assert desk.variant.display_place == 0
    assert [card.title for card in site.overview.case.case.cards if not card.free] == [*order[1:], "card"]
    assert desk.undo_stack.undoText().startswith("Swap order")
    site.overview.swap.click()
    assert desk.variant.display_place is None
    desk.undo_stack.undo()
    assert desk.variant.display_place == 0


# --- the room


def test_that_the_slider_of_fresh_air_is_one_step_however_far_it_goes(site, desk):
    site.segments.choose(site.tabs.index(site.room))
    count = desk.undo_stack.count()
    for air in (650, 400, 250):
        site.room.slider.setValue(air)
        site.room.settle()
    assert desk.project.site.room_ventilation == 250
    assert desk.undo_stack.count() == count + 1
    assert desk.undo_stack.undoText() == "Fresh air: 250\N{NO-BREAK SPACE}m³/h"
    desk.undo_stack.undo()
    assert site.room.slider.value() == desk.project.site.room_ventilation != 250


def test_that_the_method_that_the_heat_calls_for_is_marked(site, desk):
    site.segments.choose(site.tabs.index(site.room))
    heat = desk.evaluation.value("mains_power", 0)
    called = [line.label for line in site.room.methods.lines if line.called_for]
    wanted = "Conduction" if heat <= 400 else "Passive" if heat <= 700 else "Fan" if heat <= 2000 else "Dedicated"
    assert len(called) == 1
    assert called[0].startswith(wanted)


def test_that_the_air_that_would_be_enough_is_told_however_much_it_is(site, desk):
    change(desk, **HOT, room_limit=29.0)
    site.segments.choose(site.tabs.index(site.room))
    enough = site.room.room.figure.uprights[0].value
    assert enough > 600
    assert f"{enough:,.0f}\N{NO-BREAK SPACE}m³/h" in site.room.room.figure.sentence
    change(desk, room_ventilation=enough)
    assert desk.evaluation.value("room_air", 0) == pytest.approx(29.0, abs=0.1)


# --- what is unknown


def test_that_an_empty_build_has_no_watts_no_heat_and_no_way_to_cool_it(site, desk):
    desk.select(Selection(), "nothing")
    assert not site.overview.peaks.reading.known
    heights = {bar.text: bar.end for bar in site.overview.waterfall.figure.bars if bar.text == "?"}
    assert all(math.isnan(height) for height in heights.values())
    site.segments.choose(site.tabs.index(site.room))
    assert not any(line.called_for for line in site.room.methods.lines)
    site.segments.choose(site.tabs.index(site.power))
    said = [label.text() for label in site.power.connectors.findChildren(QLabel) if label.isVisible()]
    assert "No lead is drawn on" in said


def test_that_the_head_of_the_site_speaks_of_the_site_before_the_leads(site, desk):
    change(desk, breaker_current=5.0)
    desk.select(desk.selection.with_(gpu=("gpu/nvidia/rtx-6000-ada", 4)), "more cards than leads")
    broken = {each.rule.id for each in desk.evaluation.findings if each.verdict == "broken"}
    assert {"PWR-005", "PWR-011"} <= broken
    assert "lead" not in site.sentence


def test_that_no_plot_is_empty_where_a_parts_power_is_unknown(site, desk):
    desk.select(desk.selection.without("psu"), "no supply")
    for place, tab in enumerate(site.tabs):
        site.segments.choose(place)
        QApplication.processEvents()
        tab.grab()
    assert site.power.supply.figure.missing
    assert "?" in [text for text, _ in site.overview.waterfall.canvas.words()]
    supply = gauge(site, "Supply, sustained").limit
    assert (supply.state, supply.value) == ("unknown", None)


def test_that_an_unknown_ventilation_is_said_and_not_drawn_as_zero(site, desk):
    change(desk, room_ventilation=None)
    site.segments.choose(site.tabs.index(site.room))
    assert site.room.room.figure.missing
    assert site.room._given.text() == "?"
    assert math.isnan(desk.evaluation.value("room_air", 0))


# --- fixes


@pytest.fixture
def overloaded(conductor, site, desk, qtbot):
    assert site is not None
    change(desk, breaker_current=8.0)
    conductor.remedy("PWR-011")
    qtbot.waitUntil(lambda: not conductor.fixes.tasks.working, timeout=20_000)
    return conductor


def test_that_fixes_say_their_effect_and_one_press_takes_one_as_one_step(overloaded, desk, qtbot):
    panel = overloaded.fixes.panel
    assert panel.isVisible()
    assert panel.buttons[0].hasFocus()
    said = panel.buttons[0].accessibleDescription()
    assert "to spare from" in said
    assert "mends The build overloads the circuit" in said
    count, fix = desk.undo_stack.count(), overloaded.fixes.fixes[0]
    qtbot.keyClick(panel.buttons[0], Qt.Key.Key_Space)
    assert desk.project == fix.after
    assert desk.undo_stack.count() == count + 1
    assert desk.undo_stack.undoText() == fix.undo
    assert not panel.isVisible()
    assert not any(each.rule.id == "PWR-011" and each.verdict == "broken" for each in desk.evaluation.findings)


def test_that_fixes_of_a_build_that_has_changed_are_not_offered(conductor, site, desk, qtbot):
    change(desk, breaker_current=8.0)
    assert site.fix.isVisible()
    site.fix.click()
    change(desk, breaker_current=9.0)
    qtbot.waitUntil(lambda: not conductor.fixes.tasks.working, timeout=20_000)
    assert not conductor.fixes.panel.isVisible()
    assert conductor.fixes.fixes == ()


def test_that_the_list_of_fixes_is_left_by_escape_and_changes_nothing(overloaded, desk, qtbot):
    before = desk.project
    qtbot.keyClick(overloaded.fixes.panel, Qt.Key.Key_Escape)
    assert not overloaded.fixes.panel.isVisible()
    assert desk.project == before


# --- power and noise


def test_that_a_cap_is_chosen_on_its_curve_by_keys_as_one_step(site, desk, qtbot):
    site.segments.choose(site.tabs.index(site.power))
    plot, board = site.power.cap, desk.evaluation.value("gpu_board_power")
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    for _ in range(8):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    wanted = plot.read_at
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    cap = desk.variant.power_limit
    assert cap == pytest.approx(wanted, abs=2.5)
    assert cap % 5 == 0
    assert desk.undo_stack.undoText() == f"power cap {board:.0f}→{cap:.0f}\N{NO-BREAK SPACE}W"
    assert desk.evaluation.value("gpu_power_allowed") == cap
    assert site.power.uncap.isVisible()
    site.power.uncap.click()
    assert desk.variant.power_limit is None
    assert not site.power.uncap.isVisible()


def test_that_a_press_on_the_curve_of_the_cap_sets_it_and_the_dot_explains(site, desk, qtbot):
    site.segments.choose(site.tabs.index(site.power))
    QApplication.processEvents()
    plot = site.power.cap
    plot.grab()
    curve = plot.figure.curves[0]
    middle = len(curve.xs) // 2
    place = plot.canvas.point(curve.xs[middle], plot.figure.up.low + 1).toPoint()
    qtbot.mouseClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.variant.power_limit == pytest.approx(curve.xs[middle], abs=5)
    asked = []
    plot.asked.connect(asked.append)
    plot.grab()
    dot = plot.figure.dots[0]
    before = desk.undo_stack.count()
    qtbot.mouseClick(plot.canvas.viewport(), Qt.MouseButton.LeftButton, pos=plot.canvas.point(dot.x, dot.y).toPoint())
    assert asked == ["capped_speed_kept"]
    assert desk.undo_stack.count() == before


def test_that_no_cap_goes_below_what_the_card_allows(site, desk):
    site.cap_cards(1.0)
    assert desk.variant.power_limit == desk.evaluation.value("gpu_power_floor")
    site.cap_cards(1e6)
    assert desk.variant.power_limit is None


def test_that_a_closed_door_quietens_the_gauge_and_is_opened_again(site, desk):
    site.segments.choose(site.tabs.index(site.noise))
    open_level = site.noise.gauge.limit.value
    site.noise.door.click()
    loss = desk.evaluation.value("usual_door_loss")
    assert desk.project.site.door_loss == loss
    assert site.noise.gauge.limit.value == pytest.approx(open_level - loss)
    site.noise.door.click()
    assert desk.project.site.door_loss is None
    assert site.noise.gauge.limit.value == pytest.approx(open_level)


def test_that_the_shares_of_the_sources_make_the_whole_sound(site):
    site.segments.choose(site.tabs.index(site.noise))
    notes = [label.text() for label in site.noise.sources.findChildren(QLabel) if label.text().startswith("makes")]
    shares = [
        float(note.removeprefix("makes ").removeprefix("under ").partition("\N{NO-BREAK SPACE}")[0]) for note in notes
    ]
    assert len(shares) > 1
    assert sum(shares) == pytest.approx(100, abs=len(shares))


def power_lines(site):
    """The lines of the tables of mains and UPS: name to (number, symbol's word)."""
    site.segments.choose(site.tabs.index(site.power))
    return {
        table.accessibleName(): {
            name.text(): (figures[0].reading.value, symbol.accessibleName())
            for symbol, name, figures, _ in table._rows
            if not name.isHidden()
        }
        for table in (site.power.mains, site.power.ups)
    }


def test_that_a_build_without_a_ups_says_so_and_nothing_of_a_runtime(site, desk):
    desk.select(desk.selection.without("ups"), "no UPS")
    assert list(power_lines(site)["UPS"]) == ["No UPS"]


def test_that_a_ups_that_cannot_carry_the_load_shows_a_runtime_of_nothing(site, desk):
    card = desk.selection.part("gpu")
    desk.select(desk.selection.with_(gpu=(card, 4), ups=("ups/cyberpower/pfc-sinewave-cp1500pfclcd", 1)), "too much")
    assert desk.evaluation.value("ups_runtime", 0) == 0
    shown = power_lines(site)["UPS"]
    assert shown["Runtime"][0] == "0"
    assert shown["Load, of what it may carry"][1] == "Block"
    assert "Switches over within" in shown


def test_that_the_current_of_the_machine_stands_beside_that_of_the_circuit(site, desk):
    change(desk, other_load=150.0, supply_voltage=120.0, supply_voltage_low=108.0)
    shown = power_lines(site)["Mains"]
    machine, circuit = (float(shown[name][0]) for name in ("Current of this machine", "With the other load"))
    assert circuit - machine == pytest.approx(150 / 120, abs=0.1)
    change(desk, other_load=0.0)
    assert "With the other load" not in power_lines(site)["Mains"]


def test_that_tables_leave_out_leads_that_the_build_does_not_have(site, desk):
    site.segments.choose(site.tabs.index(site.power))
    said = [label.text() for label in site.power.connectors.findChildren(QLabel) if label.isVisible()]
    assert "16-pin lead, each" in said
    assert "8-pin PCIe lead, each" not in said
    assert desk.evaluation.value("connector_8pin_load") == 0
    asked = []
    site.power.asked.connect(asked.append)
    site.power.connectors.figures[0].keyPressEvent(press(Qt.Key.Key_Return))
    assert asked[0].startswith("connector_16pin_load")


def press(key):
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def test_that_peaks_beyond_what_the_supply_tolerates_are_marked_with_a_word(site, desk):
    site.segments.choose(site.tabs.index(site.power))
    card = desk.selection.part("gpu")
    desk.select(desk.selection.with_(gpu=(card, 8)), "eight cards")
    short = [name for name in ("1_millisecond", "10_milliseconds") if desk.evaluation.value(f"spare_{name}", 0) < 0]
    assert short
    marked = [each.accessibleName() for each in site.power.windows.findChildren(QLabel) if each.accessibleName()]
    assert {"Warn", "Block"} & {*marked}


def test_that_sheets_go_with_their_view(overloaded, site):
    site.edit_limit(ROOM)
    assert site.sheet.isVisible()
    assert overloaded.fixes.panel.isVisible()
    overloaded.window.show_view("parts")
    assert not site.sheet.isVisible()
    assert not overloaded.fixes.panel.isVisible()


def test_that_what_is_missing_is_one_press_away(conductor, site, desk):
    assert not site.missing.isVisible()
    desk.select(desk.selection.without("psu"), "no supply")
    assert site.sentence == "Supply is missing: what follows leaves it out."
    site.missing.click()
    assert conductor.window.view == "parts"
    assert conductor.parts.roles.currentIndex().isValid()


def test_that_room_and_noise_are_seen_beside_the_rest_where_there_is_height(conductor, site):
    assert not site.overview.room.isVisible()
    conductor.window.resize(1920, 1080)
    QApplication.processEvents()
    assert site.overview.room.isVisible()
    assert site.overview.noise.figure.curves
    assert site.overview.verticalScrollBar().maximum() == 0
    conductor.window.resize(1440, 900)
    QApplication.processEvents()
    assert not site.overview.noise.isVisible()
    assert site.overview.verticalScrollBar().maximum() == 0


def test_that_the_peak_beside_the_watts_opens_its_reason(site, desk, qtbot):
    asked = []
    site.asked.connect(asked.append)
    qtbot.keyClick(site.overview.peaks, Qt.Key.Key_Return)
    assert asked[0].startswith("peak_excursion_power")
    assert site.overview._watts.text().endswith("peaks reach")
    assert float(site.overview.peaks.reading.value.replace(",", "")) == pytest.approx(
        desk.evaluation.value("peak_excursion_power", 0), abs=1
    )


def test_that_the_preset_of_a_room_is_not_marked_as_the_users_own_limit(site, desk):
    desk.edit(desk.project._replace(site=in_room(desk.project.site, "closet")), "closet")
    assert is_preset(desk.project.site.notes["room_limit"])
    assert gauge(site, ROOM).limit.noted == ""


def test_that_tab_walks_the_fields_of_the_site_as_they_are_read(site):
    site.settings.edit.click()
    inside = site.settings.editor.widget()
    stops = [each for each in inside.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    order = [each.accessibleName() for each in stops if each.window() is site.window()]
    assert order.index("Mains voltage, V") < order.index("Dedicated: nobody else may plug in")
    assert order.index("Dedicated: nobody else may plug in") < order.index("Room, build off, °C")
    assert all(order)
    assert site.settings.editor.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_that_several_findings_that_a_fix_mends_are_summed_up_and_unfold(overloaded, desk):
    lines = fix_lines(desk.evaluation, overloaded.fixes.fixes)
    line = next(each for each in lines if each.sum)
    count = len(line.mends.split("; "))
    assert line.sum.startswith(f"Mends {count}")
    panel = overloaded.fixes.panel
    which = next(each for each in panel.findChildren(QLabel) if each.text() == line.mends)
    unfold = next(each for each in panel.findChildren(QPushButton) if each.text() == f"{line.sum}...")
    assert not which.isVisibleTo(panel)
    unfold.click()
    assert which.isVisibleTo(panel)


def test_that_with_large_text_the_unfolded_fields_have_the_view_to_themselves(conductor):
    conductor.window.show_view("site")
    application_for("light", 2.0)
    conductor.window.resize(1440, 900)
    conductor.wear_changed()
    QApplication.processEvents()
    large = conductor.view("site")
    large.settings.edit.click()
    QApplication.processEvents()
    assert not large.overview.isVisible()
    assert large.settings.editor.height() > look().px(140)
    large.settings.edit.click()
    QApplication.processEvents()
    assert large.overview.isVisible()
    assert not conductor.window.drawer.strip.isVisible()


def test_that_the_site_says_first_what_it_cannot_judge_and_why(site, desk):
    change(desk, other_load=None)
    assert desk.evaluation is not None
    assert site.sentence.startswith("Cannot judge circuit: ")
    assert "not known" in site.sentence


def test_that_prices_in_another_currency_say_why_they_are_not_offered(site, desk):
    price = site.settings.presets["price"]
    change(desk, rule_set="us")
    assert price.accessibleDescription() == ""
    change(desk, rule_set="eu")
    assert "European Union are in EUR" in price.accessibleDescription()
    assert all("European Union" not in price.itemText(at) for at in range(price.count()))
    desk.edit(in_currency(desk.project, "EUR"), "euros")
    assert price.accessibleDescription() == ""
    assert price.itemText(0).startswith("European Union")
