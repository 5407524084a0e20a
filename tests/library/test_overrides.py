"""A value that a user puts in the place of the catalogue's has evidence, shows as such, and can be taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.errors import BadInputError, DamagedFileError, MissingFileError, SteelyardError
from steelyard.library import audit
from steelyard.library.library import Library, open_library
from steelyard.library.overrides import Wish, checked, overrides, said_value, set_override, undo_override, value_of
from steelyard.library.patch import apply_patch, export_patch, preview_patch, read_patch, revert_patch
from steelyard.library.standing import standing_catalog

CARD = "gpu/nvidia/l4"
BOARD = "board/asrock-rack/b650d4u-2t-bcm"


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return load_catalog()


def wish(part: str = CARD, field: str = "board_power", value: Any = 71, **more: str) -> Wish:
    words = {"source": "own-measurement", "where": "clamp meter on both leads", "why": "the sheet rounds"} | more
    return Wish(part, field, value, **words)


def actions(library: Library) -> list[str]:
    with library.reading() as connection:
        assert audit.broken_at(connection) is None
        return [entry.action for entry in audit.entries(connection)]


def test_that_an_override_stands_with_its_evidence_until_it_is_undone(library: Library, shipped: Catalog) -> None:
    kept = set_override(library, shipped, wish())
    assert (kept.value, kept.set_by, kept.set_at) == (71, "tester", "2026-11-21T12:00:00+00:00")
    catalog = standing_catalog(library.path, cache=None)
    datum = catalog.datum(CARD, "board_power")
    assert (datum.value, datum.source, datum.tier) == (71.0, "own-measurement", "measured")
    assert catalog.tables["gpu"].columns["board_power"][catalog.tables["gpu"].row(CARD)] == 71.0
    assert undo_override(library, CARD, "board_power").value == 71
    again = standing_catalog(library.path, cache=None)
    assert again.datum(CARD, "board_power") == shipped.datum(CARD, "board_power")
    assert again.hash == shipped.hash
    (past,) = overrides(library, history=True)
    assert (past.undone_at, past.undone_by) == ("2026-11-21T12:00:00+00:00", "tester")
    assert overrides(library) == ()
    assert actions(library) == ["override set", "override undone"]


def test_that_a_second_override_replaces_the_first_and_the_history_keeps_both(
    library: Library, shipped: Catalog
) -> None:
    set_override(library, shipped, wish(value=71))
    set_override(library, shipped, wish(value=73.5))
    set_override(library, shipped, wish(BOARD, "ecc", value=False))
    assert [(each.field, each.value) for each in overrides(library)] == [("board_power", 73.5), ("ecc", False)]
    assert [each.value for each in overrides(library, history=True, part=CARD)] == [71, 73.5]
    with library.reading() as connection:
        assert json.loads(list(audit.entries(connection))[1].detail)["before"] == 71


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (wish(part="gpu/nvidia/l5"), 'no part "gpu/nvidia/l5"'),
        (wish(field="board_pwer"), 'no field "board_pwer".*Did you mean "board_power"'),
        (wish(value=9000), "plausible from"),
        (wish(value=float("nan")), "plausible from"),
        (wish(value="much"), "cannot be 'much'"),
        (wish(value=True), "cannot be 'True'"),
        (wish(BOARD, "socket", "AM6"), "cannot be 'AM6'. Choose from"),
        (wish(BOARD, "memory_kinds", ["UDIMM", "SODIMM?"]), "cannot be"),
        (wish(BOARD, "slots", 7), "are no single value"),
        (wish(source="hearsay"), 'no source "hearsay"'),
        (wish(source="own-reding"), 'Did you mean "own-reading"'),
        (wish(where="  "), '"where" is empty'),
        (wish(why="\n"), '"why" is empty'),
        (wish(why="because " * 400), "at most 2,000"),
    ],
)
def test_that_what_does_not_do_is_refused_and_nothing_kept(
    library: Library, shipped: Catalog, given: Wish, says: str
) -> None:
    with pytest.raises(BadInputError, match=f"(?s){says}"):
        set_override(library, shipped, given)
    assert overrides(library, history=True) == ()
    assert actions(library) == []


def test_that_undoing_what_is_not_there_is_named(library: Library, shipped: Catalog) -> None:
    set_override(library, shipped, wish())
    with pytest.raises(MissingFileError, match='Did you mean "gpu/nvidia/l4 board_power"'):
        undo_override(library, CARD, "board_powr")
    assert actions(library) == ["override set"]


@pytest.mark.parametrize(
    ("part", "field", "typed", "value"),
    [
        (CARD, "board_power", "71", 71),
        (CARD, "board_power", " 71.5 W ", 71.5),
        (CARD, "board_power", "7.1e1W", 71),
        (BOARD, "ecc", "Yes", True),
        (BOARD, "ecc", "false", False),
        (BOARD, "socket", "AM5", "AM5"),
        (BOARD, "memory_kinds", "UDIMM, RDIMM", ["UDIMM", "RDIMM"]),
        (BOARD, "memory_slots", "4", 4),
    ],
)
def test_that_values_are_read_as_they_are_typed_and_said_so_again(
    shipped: Catalog, part: str, field: str, typed: str, value: Any
) -> None:
    entry = shipped.schema[part.partition("/")[0]].fields[field]
    found = value_of(entry, typed)
    assert found == value
    assert type(found) is type(value)
    assert value_of(entry, said_value(found, entry.unit)) == found


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("board_power", "0.071 kW", 'kept in "W", not "kW"'),
        ("board_power", "3,5", 'is a number, not "3,5"'),
        ("board_power", "1.234,5 W", "is a number"),
        ("board_power", "nan", "is a number"),
        ("board_power", "", "is a number"),
    ],
)
def test_that_what_cannot_be_read_is_said(shipped: Catalog, field: str, typed: str, says: str) -> None:
    with pytest.raises(BadInputError, match=says):
        value_of(shipped.schema["gpu"].fields[field], typed)


# --- patches


@pytest.fixture
def lab(library: Library, shipped: Catalog, tmp_path: Path) -> Path:
    """A patch with three values."""
    set_override(library, shipped, wish())
    set_override(library, shipped, wish(BOARD, "ecc", value=False))
    set_override(library, shipped, wish(BOARD, "memory_kinds", ["UDIMM", "RDIMM"], source="own-reading"))
    export_patch(library, shipped, tmp_path / "lab.json")
    return tmp_path / "lab.json"


@pytest.fixture
def other(tmp_path: Path) -> Library:
    """Somebody else's library, in which every look at the clock is a second later."""
    seconds = iter(range(1000))
    return open_library(
        tmp_path / "other.sqlite",
        clock=lambda: datetime(2026, 12, 1, 9, tzinfo=UTC) + timedelta(seconds=next(seconds)),
        who="other",
    )


def standing(library: Library) -> dict[tuple[str, str], Any]:
    return {(each.part, each.field): each.value for each in overrides(library)}


def test_that_a_patch_brings_all_values_with_their_evidence_and_takes_them_back(
    library: Library, other: Library, shipped: Catalog, lab: Path
) -> None:
    patch = read_patch(lab)
    assert [line.state for line in preview_patch(other, shipped, patch)] == ["new", "new", "new"]
    assert apply_patch(other, shipped, patch) == 3
    assert standing(other) == standing(library)
    assert {each.why for each in overrides(other)} == {"the sheet rounds"}
    assert actions(other) == ["patch applied"]
    assert apply_patch(other, shipped, patch) == 0
    assert [line.state for line in preview_patch(other, shipped, patch)] == ["same", "same", "same"]
    found = revert_patch(other, shipped, patch)
    assert (len(found.undone), found.left) == (3, ())
    assert standing(other) == {}
    assert actions(other) == ["patch applied", "patch reverted"]
    assert standing_catalog(other.path, cache=None).hash == shipped.hash


def test_that_a_reverted_patch_gives_back_what_it_replaced_and_leaves_what_came_after(
    other: Library, shipped: Catalog, lab: Path
) -> None:
    set_override(other, shipped, wish(value=60))
    before = standing(other)
    patch = read_patch(lab)
    assert [line.state for line in preview_patch(other, shipped, patch)] == ["replaces", "new", "new"]
    apply_patch(other, shipped, patch)
    set_override(other, shipped, wish(BOARD, "ecc", value=True))
    found = revert_patch(other, shipped, patch)
    assert [change.field for change in found.left] == ["ecc"]
    assert standing(other) == {**before, (BOARD, "ecc"): True}


def test_that_a_patch_of_which_nothing_stands_cannot_be_reverted(other: Library, shipped: Catalog, lab: Path) -> None:
    with pytest.raises(BadInputError, match="Nothing of this patch stands"):
        revert_patch(other, shipped, read_patch(lab))
    assert actions(other) == []


def edited(lab: Path, at: int, **changed: str) -> None:
    document = json.loads(lab.read_text(encoding="utf-8"))
    document["patch"]["changes"][at] |= changed
    lab.write_text(json.dumps(document), encoding="utf-8")


def test_that_a_change_of_the_catalogue_since_is_a_conflict(other: Library, shipped: Catalog, lab: Path) -> None:
    edited(lab, 0, was="70 W")
    edited(lab, 1, was="maybe")
    patch = read_patch(lab)
    lines = preview_patch(other, shipped, patch)
    assert lines[1].state == "conflict"
    assert 'The catalogue says "yes"; when the patch was written, "maybe".' in lines[1].says
    with pytest.raises(BadInputError, match=r"not applied: .* changes cannot be made"):
        apply_patch(other, shipped, patch)
    assert standing(other) == {}
    assert actions(other) == []
    assert apply_patch(other, shipped, patch, despite_conflicts=True) == 3


@pytest.mark.parametrize(
    "changed", [{"value": "9000 W"}, {"part": "gpu/nvidia/l5"}, {"field": "weight"}, {"source": "x"}, {"why": " "}]
)
def test_that_one_change_that_does_not_do_refuses_the_whole_patch(
    other: Library, shipped: Catalog, lab: Path, changed: dict[str, str]
) -> None:
    edited(lab, 0, **changed)
    patch = read_patch(lab)
    assert [line.state for line in preview_patch(other, shipped, patch)] == ["refused", "new", "new"]
    with pytest.raises(BadInputError, match="1 of 3 changes cannot be made"):
        apply_patch(other, shipped, patch, despite_conflicts=True)
    assert standing(other) == {}
    assert actions(other) == []


def test_that_a_patch_of_a_newer_version_is_refused_politely(lab: Path) -> None:
    lab.write_text(lab.read_text(encoding="utf-8").replace('"schema_version": 1', '"schema_version": 2'))
    with pytest.raises(BadInputError, match="newer Steelyard"):
        read_patch(lab)


def test_that_a_patch_cut_short_at_any_length_is_refused(lab: Path) -> None:
    whole = lab.read_bytes()
    for length in range(0, len(whole) - 2, 7):
        lab.write_bytes(whole[:length])
        with pytest.raises((DamagedFileError, BadInputError)):
            read_patch(lab)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"steelyard-patch"', '"steelyard-project"'),
        ('"changes"', '"canges"'),
        ('"ecc"', '"board_power", "field": "ecc"'),
        ('"value": "no"', '"value": 0'),
        ('"was": "yes"', '"was": "yes", "more": 1'),
    ],
)
def test_that_a_patch_that_says_something_else_is_refused(lab: Path, old: str, new: str) -> None:
    text = lab.read_text(encoding="utf-8")
    assert old in text
    lab.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SteelyardError):
        read_patch(lab)


def test_that_a_patch_that_changes_a_value_twice_is_refused(lab: Path) -> None:
    document = json.loads(lab.read_text(encoding="utf-8"))
    document["patch"]["changes"].append(document["patch"]["changes"][0])
    lab.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BadInputError, match=r'changes "board_power" of "gpu/nvidia/l4" twice'):
        read_patch(lab)


def test_that_nothing_cannot_be_exported(library: Library, shipped: Catalog, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no override"):
        export_patch(library, shipped, tmp_path / "lab.json")
    assert not (tmp_path / "lab.json").exists()


def test_that_a_number_of_forty_digits_is_refused_without_digits_that_nobody_typed(shipped: Catalog) -> None:
    typed = value_of(shipped.schema["gpu"].fields["board_power"], "9" * 40)
    with pytest.raises(BadInputError, match="plausible from") as refused:
        checked(shipped, wish(value=typed))
    assert "1e+40" in refused.value.message
