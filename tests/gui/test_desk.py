"""The desk: every edit can be taken back exactly, and nothing is lost to what cannot be done."""

from __future__ import annotations

from steelyard.errors import BadInputError
from steelyard.gui.settings import Settings, read_settings, write_settings
from steelyard.library.library import open_library
from steelyard.library.overrides import Wish, set_override
from steelyard.places import user_data
from steelyard.project.file import load_project
from steelyard.project.samples import open_project
from steelyard.sheets.build_sheet import content_of


def other_part(desk, role):
    kind = desk.selection.part(role).partition("/")[0]
    return next(part for part in desk.engine.catalog.tables[kind].ids[1:] if part != desk.selection.part(role))


def test_that_undo_and_redo_restore_every_edit_exactly(desk):
    states = [(desk.project, desk.variant, desk.evaluation.card)]

    def note():
        states.append((desk.project, desk.variant, desk.evaluation.card))

    desk.select(desk.selection.with_(psu=other_part(desk, "psu")), "another supply")
    note()
    desk.select(desk.selection.without("gpu"), "no card")
    note()
    desk.edit(desk.project._replace(name="Renamed"), "rename")
    note()
    desk.edit(desk.project._replace(site=desk.project.site._replace(room_temperature=30.0)), "warmer room")
    note()
    desk.edit(desk.project.without_workload(desk.project.workloads[0].id), "one workload less")
    note()
    for before in reversed(states[:-1]):
        desk.undo_stack.undo()
        assert (desk.project, desk.variant, desk.evaluation.card) == before
    for after in states[1:]:
        desk.undo_stack.redo()
        assert (desk.project, desk.variant, desk.evaluation.card) == after


def test_that_the_sample_is_ready_as_its_name_says(desk):
    card = desk.evaluation.card
    assert (card.name, card.status, card.vram, card.cores, card.storage) == (
        "Workstation A-1", "READY", "2x 48GB", "64-Core TR", "8TB NVMe",
    )  # fmt: skip


def test_that_typing_in_one_field_is_one_step(desk):
    site = desk.project.site
    for temperature in (2.0, 25.0, 25.5):
        desk.edit(desk.project._replace(site=site._replace(room_temperature=temperature)), "room", key="site.room")
    assert desk.undo_stack.count() == 1
    desk.undo_stack.undo()
    assert desk.project.site == site


def test_that_an_edit_that_changes_nothing_is_no_step(desk):
    assert not desk.edit(desk.project, "nothing")
    assert not desk.undo_stack.canUndo()


def test_that_what_is_refused_is_told_and_changes_nothing(qtbot, desk):
    before = desk.project
    with qtbot.waitSignal(desk.troubled) as told:
        assert not desk.attempt(
            lambda: (desk.project.with_selection("Balanced", desk.selection.with_(gpu=("gpu/x/y", 99))), "")
        )
    assert isinstance(told.args[0], BadInputError)
    with qtbot.waitSignal(desk.troubled):
        assert not desk.attempt(lambda: (desk.project.without_variant("Balanced").without_variant("Brute force"), ""))
    assert desk.project == before
    assert not desk.undo_stack.canUndo()


def test_that_an_input_that_cannot_be_meant_is_told_and_the_value_before_stays(qtbot, desk):
    before = desk.project
    with qtbot.waitSignal(desk.troubled) as told:
        assert not desk.edit(before.with_workload(before.workloads[0].with_input("epochs", 0.0)), "no epochs")
    assert 'of the workload "' in str(told.args[0])
    assert desk.project == before
    assert not desk.undo_stack.canUndo()


def test_that_a_part_that_the_catalogue_lacks_is_told(qtbot, desk):
    before = desk.project
    with qtbot.waitSignal(desk.troubled):
        assert not desk.select(desk.selection.with_(psu=("psu/nobody/nothing", 1)), "a part that is not there")
    assert desk.project == before


def test_that_variants_are_looked_at_without_a_step_and_copied_with_one(conductor, desk):
    desk.show_variant(1)
    assert desk.variant.name == "Brute force"
    assert not desk.undo_stack.canUndo()
    conductor.commands.new_variant()
    assert desk.variant.name == "Brute force, copy"
    assert len(desk.project.variants) == 3
    desk.undo_stack.undo()
    assert [each.name for each in desk.project.variants] == ["Balanced", "Brute force"]


def test_that_a_saved_project_opens_as_it_was(desk, tmp_path):
    desk.select(desk.selection.without("ups"), "no UPS")
    assert desk.modified
    path = tmp_path / "mine.json"
    assert desk.save(path)
    assert not desk.modified
    assert load_project(path).project == desk.project


def test_that_a_folder_that_is_not_there_is_told_when_saving(qtbot, desk, tmp_path):
    with qtbot.waitSignal(desk.troubled):
        assert not desk.save(tmp_path / "nowhere" / "mine.json")


def test_that_the_ranges_come_after_the_numbers(qtbot, desk):
    with qtbot.waitSignal(desk.ranged, timeout=5000):
        desk.select(desk.selection.without("ups"), "no UPS")


def test_that_a_build_without_parts_is_incomplete_not_an_error(desk):
    desk.select(type(desk.selection)(), "start over")
    assert desk.evaluation.card.status == "INCOMPLETE"


def test_that_the_choices_are_kept_and_a_broken_file_is_no_choice():
    write_settings(Settings("dark", 1.5, "somewhere.json"))
    assert read_settings() == Settings("dark", 1.5, "somewhere.json")
    (user_data() / "desk.toml").write_text("zoom = broken", encoding="utf-8")
    assert read_settings() == Settings()


def test_that_the_sample_opens_without_a_notice():
    assert open_project("workstation-a-1").notices == ()


def test_that_the_hash_is_the_sheets_and_an_override_in_the_library_changes_it(conductor, desk, window):
    shown = window.status._hash.text()
    assert content_of(desk.evaluation).hash.startswith(shown.replace(" ", ""))
    card = desk.selection.part("gpu")
    wish = Wish(card, "length", 260.0, "own-measurement", "with a rule, 2026-11-20", "the bracket is longer")
    set_override(open_library(who="tester"), desk.engine.catalog, wish)
    conductor.catalogue.renew()
    assert desk.engine.catalog.overrides
    assert window.status._hash.text() != shown
    assert content_of(desk.evaluation).hash.startswith(window.status._hash.text().replace(" ", ""))
