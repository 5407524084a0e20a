"""The views: what is pressed happens, what is shown is what was computed, and unknown is drawn."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from steelyard.gui.present.brief import NEEDS
from steelyard.gui.present.parts import candidates_view
from steelyard.gui.present.typed import number_from, product_from, product_words
from steelyard.gui.present.verdict import findings_view, prices_words
from steelyard.gui.settings import read_settings
from steelyard.gui.states import STATE_ORDER
from steelyard.project.candidates import candidates_of
from steelyard.project.content import Project
from steelyard.project.requirements import RESOURCES
from steelyard.project.selection import Selection


def shown(conductor, view):
    conductor.window.show_view(view)
    QApplication.processEvents()
    conductor.settle()
    QApplication.processEvents()
    return conductor.window.panes[view]


# --- parts and picker


def test_that_the_picker_names_what_does_not_fit_last_with_the_reason(desk):
    lines = candidates_view(desk.evaluation, "psu")
    fits = [line.fits for line in lines]
    assert fits == sorted(fits, reverse=True)
    assert lines[0].part_id == desk.selection.part("psu")
    for line in lines:
        assert line.reason
        if not line.fits:
            assert line.reason != "Fits"


def test_that_enter_in_the_picker_takes_the_part_as_one_step(conductor, desk, qtbot):
    parts = shown(conductor, "parts")
    parts.choose("psu")
    parts.settle()
    parts.picker.setCurrentIndex(parts.picker.model().index(1, 1))
    wanted = parts.picker.model().lines[1].part_id
    qtbot.keyClick(parts.picker, Qt.Key.Key_Return)
    assert desk.selection.part("psu") == wanted
    assert desk.undo_stack.count() == 1
    assert "Supply" in desk.undo_stack.undoText()


def test_that_plus_and_minus_change_the_count_and_delete_empties(conductor, desk, qtbot):
    parts = shown(conductor, "parts")
    parts.roles.choose("gpu")
    qtbot.keyClick(parts.roles, Qt.Key.Key_Minus)
    assert desk.selection.count("gpu") == 1
    qtbot.keyClick(parts.roles, Qt.Key.Key_Plus)
    assert desk.selection.count("gpu") == 2
    qtbot.keyClick(parts.roles, Qt.Key.Key_Delete)
    assert desk.selection.part("gpu") is None


def test_that_moving_over_the_picker_previews_and_changes_nothing(conductor, desk):
    parts = shown(conductor, "parts")
    before = desk.project
    with_change = parts.picker.model().lines[1]
    parts.picker.previewed.emit(with_change.part_id)
    preview = conductor.window.verdict._preview
    assert preview is not None
    assert preview.isVisible()
    assert "Price from" in preview.accessibleDescription()
    assert desk.project == before


def test_that_every_role_has_its_candidates(conductor, desk):
    for line in shown(conductor, "parts").roles.model().lines:
        assert candidates_view(desk.evaluation, line.role), line.role


def test_that_a_part_which_mends_nothing_of_its_role_does_not_fit(desk):
    desk.select(desk.selection.with_(gpu=(desk.selection.part("gpu"), 4)), "four cards on one supply")
    broken = [each for each in desk.evaluation.findings if each.verdict == "broken" and each.rule.severity == "block"]
    assert any(each.rule.id.startswith("PWR") for each in broken)
    lines = {line.part_id: line for line in candidates_view(desk.evaluation, "psu")}
    for each in candidates_of(desk.evaluation, "psu"):
        if not each.fits and not each.current and any(found.rule.id.startswith("PWR") for found in each.broken[:1]):
            assert not lines[each.part].fits, lines[each.part].name


# --- findings and explanations


def test_that_findings_stand_in_the_order_of_their_gravity(conductor, desk):
    desk.select(desk.selection.with_(gpu=(desk.selection.part("gpu"), 6)).without("ups"), "too many cards")
    states = [found.state for found in findings_view(desk.evaluation, holding=True, ranged=False)]
    assert states == sorted(states, key=STATE_ORDER.index)
    assert "block" in states
    assert conductor.window.header.state.accessibleDescription().startswith("BLOCKED")


def test_that_a_figure_of_the_card_opens_its_explanation_and_escape_gives_the_focus_back(conductor, qtbot):
    shown(conductor, "parts")
    card = conductor.window.verdict.card
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    popover = conductor.window.popover
    assert popover.isVisible()
    assert popover.current.reading.value == "48"
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert card.hasFocus()


def test_that_links_of_an_explanation_lead_on_and_back(conductor):
    shown(conductor, "balance")
    conductor.explain("throughput")
    popover = conductor.window.popover
    first = popover.current
    assert first.formula
    assert first.causes
    popover.followed.emit(first.causes[0].name)
    assert popover.current.label == first.causes[0].label
    popover.back()
    assert popover.current == first
    popover.copy()
    assert first.formula in QGuiApplication.clipboard().text()


def test_that_every_number_of_the_model_can_be_explained(conductor, desk):
    for name in desk.evaluation.evaluation.model.quantities:
        conductor.explain(name)
        assert conductor.window.popover.current.name.startswith(name)


def test_that_why_of_a_finding_opens_its_margin(conductor, desk):
    finding = next(each for each in desk.evaluation.findings if each.verdict != "holds")
    conductor.why(finding.rule.id)
    assert conductor.window.popover.current.name.startswith(finding.rule.margin.name)


def test_that_fix_leads_to_the_part_that_mends_it(conductor, desk):
    desk.select(desk.selection.without("psu"), "no supply")
    conductor.remedy("role:psu")
    assert conductor.window.view == "parts"
    assert conductor.window.panes["parts"].roles.role == "psu"


# --- brief


def test_that_a_new_workload_asks_for_what_it_needs_and_typical_values_are_marked(conductor, desk):
    brief = shown(conductor, "brief")
    first = desk.project.workloads[0]
    desk.edit(desk.project.without_workload(first.id), "remove")
    brief.add(first.workload)
    box = brief.boxes[first.workload]
    required = [field for field in box.fields.values() if field.field.property("state") == "confirm"]
    assert required
    assert all(field.field.text() == "" and "–" in field.field.placeholderText() for field in required)
    row = next(row for row, use in enumerate(desk.evaluation.uses) if use.id == first.workload)
    assert math.isnan(desk.evaluation.value("asked_rate", row))
    assert desk.evaluation.card.status != "READY"
    brief._use_typical(first.workload)
    use = next(use for use in desk.project.workloads if use.id == first.workload)
    assert use.inputs
    assert all(given.assumed for given in use.inputs.values())
    assert all(field.label.accessibleDescription() == "assumed" for field in required)


def test_that_typing_a_number_is_taken_and_nonsense_is_not(conductor, desk, qtbot):
    brief = shown(conductor, "brief")
    use = desk.project.workloads[0]
    field = brief.boxes[use.id].fields["cases"].field
    before = use.inputs["cases"].value
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "1,200")
    assert desk.project.workloads[0].inputs["cases"].value == 1200
    assert desk.undo_stack.count() == 1
    qtbot.keyClicks(field, "x")
    assert desk.project.workloads[0].inputs["cases"].value == before  # what was in force before the typing began
    assert field.text() == "1,200x"
    assert field.property("state") == "wrong"
    assert "stays in force" in field.toolTip()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert desk.project.workloads[0].inputs["cases"].value == 1200


def test_that_an_input_that_cannot_be_meant_is_refused_in_its_field(conductor, desk, qtbot):
    brief = shown(conductor, "brief")
    use = desk.project.workloads[0]
    field = brief.boxes[use.id].fields["epochs"].field
    field.setFocus()
    field.selectAll()
    with qtbot.assertNotEmitted(desk.troubled):
        qtbot.keyClicks(field, "0")
    assert desk.project.workloads[0] == use
    assert field.property("state") == "wrong"
    assert "Epochs" in field.toolTip()
    assert "stays in force" in field.toolTip()


@pytest.mark.parametrize(("text", "value"), [("", None), ("1,234.5", 1234.5), ("−3", -3.0), ("1e9", 1e9), (" 7 ", 7.0)])
def test_that_numbers_are_read_as_people_write_them(text, value):
    assert number_from(text) == value


@pytest.mark.parametrize("text", ["x", "1..2", "inf", "nan", "12 GB"])
def test_that_what_is_no_number_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="stays in force"):
        number_from(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("1,5", "1.5"), ("25.000,50", "25,000.50"), ("10,00,000", "1,000.000"), ("1,0000", "1.0000"), ("-2,5", "−2.5")],
)
def test_that_a_comma_out_of_place_is_asked_about_and_never_dropped(text, meant):
    with pytest.raises(ValueError, match=f"ambiguous: did you mean {meant}[?] .*stays in force"):
        number_from(text)


def test_that_edges_may_be_typed_for_what_they_come_to():
    for text in ("240x240x155", "240 × 240 × 155", "240*240 * 155", "8,928,000"):
        assert product_from(text) == 240 * 240 * 155
    assert product_words("240x240x155") == "240 × 240 × 155"
    assert product_words("8,928,000") == ""
    for text in ("240 x", "240 x 1,5", "x"):
        with pytest.raises(ValueError, match="stays in force"):
            product_from(text)


# --- site


def test_that_a_setting_of_the_site_reaches_the_gauges(conductor, desk, qtbot):
    site = shown(conductor, "site")
    field = site.settings.fields["breaker_current"].field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "5")
    assert desk.project.site.breaker_current == 5
    assert any("Block" in gauge.accessibleDescription() for gauge in site.overview.gauges)
    assert desk.evaluation.card.status == "BLOCKED"


def test_that_a_setting_that_cannot_be_is_refused_in_its_field(conductor, desk):
    site = shown(conductor, "site")
    before = desk.project.site
    site.settings.fields["supply_voltage_low"].field.entered.emit(300.0)
    assert desk.project.site == before
    assert "stays in force" in site.settings.fields["supply_voltage_low"].field.toolTip()


def test_that_a_circuit_of_a_code_fills_voltage_breaker_and_share(conductor, desk):
    site = shown(conductor, "site")
    wanted = site.settings.circuit.findText("United States and Canada: 208 V, 30 A")
    site.settings.circuit.activated.emit(wanted)
    assert (desk.project.site.supply_voltage, desk.project.site.breaker_current) == (208, 30)
    assert site.settings.circuit.currentIndex() == wanted
    assert desk.undo_stack.count() == 1


# --- the whole


def test_that_twice_the_size_makes_every_view_anew(conductor):
    before = shown(conductor, "parts")
    row = before.roles.rowHeight(0)
    conductor.commands.wear("light", 2.0)
    for view in ("parts", "balance", "site", "brief"):
        shown(conductor, view)
    assert shown(conductor, "parts") is not before
    assert shown(conductor, "parts").roles.rowHeight(0) == 2 * row
    assert read_settings().zoom == 2.0


def test_that_find_goes_to_the_search_of_the_view(conductor):
    parts = shown(conductor, "parts")
    conductor.window.menus["find"].trigger()
    assert parts.finder.hasFocus()
    parts.finder.setText("no such part")
    assert parts.picker.model().rowCount() == 0
    parts.finder.clear()
    assert parts.picker.model().rowCount() > 5


def test_that_the_status_line_says_what_the_numbers_stand_on(conductor, desk):
    texts = [label.text() for label in conductor.window.status.findChildren(QLabel)]
    assert any(text.startswith("Catalogue 20") for text in texts)
    assert any(text.startswith("Prices 20") and "days old" in text for text in texts)
    desk.select(desk.selection.without("ups"), "no UPS")
    texts = [label.text() for label in conductor.window.status.findChildren(QLabel)]
    assert "Undo: no UPS" in texts


def test_that_one_day_is_one_day(conductor):
    desk = conductor.desk
    oldest = min(desk.engine.catalog.price(filling.part).date for _, filling in desk.selection.items())
    first = date.fromisoformat(oldest if len(oldest) > len("2026-01") else f"{oldest}-01")
    desk.edit(desk.project._replace(as_of=(first + timedelta(days=1)).isoformat()), "another day")
    assert prices_words(desk.evaluation).endswith("up to 1 day old")


def test_that_the_theme_is_switched_live_and_kept(conductor):
    shown(conductor, "parts")
    before = conductor.window.grab().toImage().pixelColor(700, 400)
    conductor.window.menus["dark"].trigger()
    QApplication.processEvents()
    after = conductor.window.grab().toImage().pixelColor(700, 400)
    assert before.lightness() > 200
    assert after.lightness() < 60
    assert read_settings().theme == "dark"


def test_that_what_is_unknown_is_drawn_as_a_question_mark_and_never_passes(conductor, desk):
    site = shown(conductor, "site")
    desk.edit(desk.project._replace(site=desk.project.site._replace(room_ventilation=None)), "ventilation unknown")
    conductor.settle()
    room = next(gauge for gauge in site.overview.gauges if gauge.accessibleName() == "Room")
    assert "unknown" in room.accessibleDescription()
    assert "Cannot tell" in room.accessibleDescription()
    assert desk.evaluation.card.status != "READY"
    assert conductor.window.header.state.accessibleDescription().split(", ")[-1] != "0 unknown"


def test_that_an_empty_project_is_shown_in_every_view(conductor, project):
    empty = Project(
        "Empty", "", project.as_of, "USD", project.site, project.lab._replace(budget=None), (),
        (project.variants[0]._replace(selection=Selection()),),
    )  # fmt: skip
    assert conductor.open(empty, None)
    for view in ("brief", "parts", "balance", "site"):
        shown(conductor, view)
    assert conductor.window.header.state.accessibleDescription().startswith("INCOMPLETE")


def test_that_a_mistake_of_ours_is_told_and_the_desk_goes_on(conductor, desk):
    import sys

    from steelyard.gui.trouble import install_hook

    before = sys.excepthook
    install_hook(conductor.window)
    try:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("on purpose"), None)
    finally:
        sys.excepthook = before
    assert "ZeroDivisionError" in conductor.window.notice.report
    assert conductor.window.notice.isVisible()
    assert desk.select(desk.selection.without("ups"), "and on we go")


def test_that_what_is_needed_and_what_is_there_are_in_one_unit(desk):
    model = desk.evaluation.engine.model
    resources = {each.key: each for each in RESOURCES}
    assert set(NEEDS) <= set(resources)
    for key, resource in resources.items():
        if resource.has:
            units = {(model.quantities.get(name) or model.inputs[name]).unit for name in (f"{key}_least", resource.has)}
            assert len(units) == 1, resource.label
