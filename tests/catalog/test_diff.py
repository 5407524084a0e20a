"""Two catalogues are compared value by value, and said so that a person can judge each change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import NamedTuple

import pytest

from steelyard.catalog import Catalog
from steelyard.catalog.diff import Change, differences, lines

PART = "drive/maker/model-2tb"


class Sides(NamedTuple):
    """The folder to change, and how to compare it with what it was."""

    folder: object
    compare: Callable[[], object]


@pytest.fixture
def sides(folder, tmp_path):
    before = type(folder)(tmp_path / "before")
    shutil.copytree(folder.root, before.root)

    def compare():
        old, new = before.load(), folder.load()
        assert (old.complaints, new.complaints) == ((), ())
        return differences(old, new)

    return Sides(folder, compare)


def only_change(found) -> Change:
    assert [len(each) for each in found.parts] == [0, 0, 1]
    assert found.parts.changed[0].id == PART
    assert len(found.parts.changed[0].changes) == 1
    return found.parts.changed[0].changes[0]


def test_that_a_catalogue_does_not_differ_from_itself(sides):
    found = sides.compare()
    assert found.is_none
    assert list(lines(found)) == ["Nothing differs."]


def test_that_a_value_is_said_with_unit_and_source_on_both_sides(sides):
    sides.folder.change('{ value = 2000, unit = "GB", source = "page", where = "p. 1" }',
                        '{ value = 1920.5, unit = "GB", source = "memory" }')  # fmt: skip
    assert only_change(sides.compare()) == Change(
        "capacity", "Capacity", "2,000 GB", "1,920.5 GB", "page, p. 1, maker", "memory, recalled"
    )
    assert "      Capacity: 2,000 GB [page, p. 1, maker] -> 1,920.5 GB [memory, recalled]" in lines(sides.compare())


def test_that_a_better_source_for_the_same_value_is_a_change(sides):
    sides.folder.change('write_rate = { value = 6.5, unit = "GB/s", source = "memory" }',
                        'write_rate = { value = 6.5, unit = "GB/s", source = "page" }')  # fmt: skip
    change = only_change(sides.compare())
    assert (change.was, change.now) == ("6.5 GB/s", "6.5 GB/s")
    assert (change.was_source, change.now_source) == ("memory, recalled", "page, maker")


def test_that_what_becomes_known_was_unknown_for_a_reason(sides):
    sides.folder.change('{ unknown = "not published" }', '{ value = 1.5, unit = "W", source = "page" }')
    change = only_change(sides.compare())
    assert (change.field, change.was, change.now) == ("idle_power", "unknown: not published", "1.5 W")


def test_that_what_was_not_stated_is_no_change_of_what_is_still_not_stated(sides):
    sides.folder.change('idle_power = { unknown = "not published" }\n', "")
    change = only_change(sides.compare())
    assert (change.was, change.now) == ("unknown: not published", "not stated in the part's file")


@pytest.mark.parametrize(
    ("old", "new", "label", "was", "now"),
    [
        ('"160.50"', '"159.00"', "Price", "160.50 USD (order, 2026-04-12)", "159.00 USD (order, 2026-04-12)"),
        ('"2026-04-12"', '"2026-05-12"', "Price", "160.50 USD (order, 2026-04-12)", "160.50 USD (order, 2026-05-12)"),
        ('name = "Model 2TB"', 'name = "Model 2 TB"', "Name", "Model 2TB", "Model 2 TB"),
        ('mpn = "M2T"', 'mpn = "M2T"\nstatus = "eol"', "Status", "active", "eol"),
        ('mpn = "M2T"', 'mpn = "M2T"\nnote = "loud"', "Note", "", "loud"),
        ('"consumer SSD"', '"data centre SSD"', "Class", "consumer SSD", "data centre SSD"),
    ],
)
def test_that_price_name_status_and_words_are_compared(sides, old, new, label, was, now):
    sides.folder.change(old, new)
    change = only_change(sides.compare())
    assert (change.label, change.was, change.now) == (label, was, now)


def test_that_a_note_beside_a_value_is_compared(sides):
    sides.folder.change('where = "p. 1" }', 'where = "p. 1", note = "another page says 2048" }')
    change = only_change(sides.compare())
    assert (change.label, change.was, change.now) == ("Capacity (note)", "", "another page says 2048")


def test_that_parts_come_and_go(sides):
    text = sides.folder.drive.read_text()
    sides.folder.drive.unlink()
    sides.folder.write("parts/drive/maker-model-4tb.toml", text.replace("2tb", "4tb").replace("2TB", "4TB"))
    found = sides.compare().parts
    assert [[entry.id for entry in side] for side in found] == [["drive/maker/model-4tb"], [PART], []]
    assert found.summary == "+1, ~0, -1"
    assert list(lines(sides.compare())) == [
        "Parts: +1, ~0, -1",
        "  + drive/maker/model-4tb  Maker Model 4TB",
        f"  - {PART}  Maker Model 2TB",
    ]


def test_that_a_comment_in_a_file_changes_nothing(sides):
    sides.folder.change("[specs]", "# checked again\n[specs]")
    assert sides.compare().is_none


def test_that_sources_are_compared(sides):
    sides.folder.change('title = "A page"', 'title = "A page, second edition"', "sources.toml")
    sides.folder.write(
        "sources.toml",
        (sides.folder.root / "sources.toml").read_text() + '\n[more]\ntitle = "More"\ntier = "maker"\n',
    )
    found = sides.compare().sources
    assert [entry.id for entry in found.added] == ["more"]
    assert found.changed[0].changes == (Change("title", "title", "A page", "A page, second edition", "", ""),)


def test_that_a_long_list_is_cut_and_says_by_how_much(sides):
    text = sides.folder.drive.read_text()
    for number in range(30):
        sides.folder.write(f"parts/drive/maker-m-{number}.toml", text.replace("model-2tb", f"m-{number}"))
    found = sides.compare()
    assert len(list(lines(found))) == 1 + 25 + 1
    assert list(lines(found))[-1] == "  + ... and 5 more; --all shows them"
    assert len(list(lines(found, None))) == 1 + 30


def changed_catalog(catalog: Catalog, **more) -> Catalog:
    """Return a catalogue that says something else of assumptions or workloads."""
    for name, value in more.items():
        setattr(catalog, name, value)
    return catalog


def test_that_assumptions_and_workloads_are_compared_down_to_the_value():
    from steelyard.catalog import load_catalog

    old, new = load_catalog(), load_catalog()
    name, constant = next((name, each) for name, each in old.assumptions.items() if not each.by)
    identity, work = next(iter(old.workloads.items()))
    stage = work.stages[0]._replace(label="Another name")
    changed_catalog(
        new,
        assumptions={**old.assumptions, name: constant._replace(high=constant.high + 1)},
        workloads={**old.workloads, identity: work._replace(stages=(stage, *work.stages[1:]))},
    )
    found = differences(old, new)
    assert [(each.id, [change.field for change in each.changes]) for each in found.assumptions.changed] == [
        (name, ["high"])
    ]
    change = found.assumptions.changed[0].changes[0]
    assert float(change.now.replace(",", "")) == pytest.approx(constant.high + 1)
    assert change.now_source == constant.source
    assert [(each.id, [change.field for change in each.changes]) for each in found.workloads.changed] == [
        (identity, [f"stages.{stage.id}.label"])
    ]
    assert [found.parts, found.sources] == [((), (), ()), ((), (), ())]


def test_that_a_rewired_slot_is_a_change_though_the_number_of_slots_is_not(tmp_path):
    from steelyard.catalog import load_catalog
    from steelyard.places import components_db

    shutil.copytree(components_db(), tmp_path / "new")
    old = load_catalog(cache=None)
    board, file = next(
        (part, path)
        for part in old.parts
        if part.startswith("board/")
        for path in [tmp_path / "new" / "parts" / "board" / f"{part[6:].replace('/', '-')}.toml"]
        if "lanes = 16" in path.read_text()
    )
    file.write_text(file.read_text().replace("lanes = 16", "lanes = 8", 1))
    found = differences(old, load_catalog(tmp_path / "new", cache=None))
    assert [each.id for each in found.parts.changed] == [board]
    (change,) = found.parts.changed[0].changes
    assert change.field == "slots"
    assert change.was.split(" (")[0] == change.now.split(" (")[0]
    assert (change.was.count("x16"), change.now.count("x8")) == (
        change.now.count("x16") + 1,
        change.was.count("x8") + 1,
    )
