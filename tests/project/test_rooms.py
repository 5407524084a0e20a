"""Rooms to start from are data with sources, and every number taken from one is marked as the preset's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError, DamagedFileError
from steelyard.project.content import Lab, Project, Site, Variant, checked
from steelyard.project.preset_file import preset_file
from steelyard.project.rooms import Room, in_room, rooms
from steelyard.project.selection import Selection

if TYPE_CHECKING:
    from pathlib import Path


WHOLE = (
    'label = "Closet"', "volume = 7", "conductance = 20", "ventilation = 80", "ventilation_temperature = 20",
    "temperature = 20", "limit = 30", 'source = "one"', 'note = ""',
)  # fmt: skip


def test_that_every_room_has_a_source_of_the_bibliography() -> None:
    assert {each.source for each in rooms().values()} <= set(load_catalog().sources)


@pytest.mark.parametrize("name", ["closet", "office", "reading-room", "lab", "server-room"])
def test_that_a_project_can_stand_in_every_room(name: str) -> None:
    site = in_room(Site(), name)
    project = Project("One", "", "2026-11-21", "USD", site, Lab(), (), (Variant("One", Selection()),))
    assert checked(project).inputs()["room_volume"] == rooms()[name].volume


def test_that_the_closet_is_the_small_warm_one_with_a_grille() -> None:
    site = in_room(Site(), "closet")
    assert (site.room_volume, site.room_conductance, site.room_temperature) == (7.5, 20, 27)
    assert site.room_ventilation == pytest.approx(50 * 0.3048**3 * 60, abs=0.1)  # 50 cubic feet a minute
    assert site.noise_limit is None


def test_that_numbers_of_a_preset_are_noted_and_those_of_before_are_not() -> None:
    site = in_room(Site(notes={"room_limit": "facilities", "breaker_current": "label"}), "closet")
    assert site.notes["room_limit"] == "preset closet: estimate"
    assert site.notes["breaker_current"] == "label"
    assert "noise_limit" not in site.notes


def test_that_a_misspelt_room_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInputError, match='Did you mean "closet"'):
        in_room(Site(), "closets")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("conductance = -1", "closet.conductance"),
        ("volumes = 7", 'Did you mean "volume"'),
        ('limit = "warm"', "must be a number"),
        ("limit = = 3", "line"),
    ],
)
def test_that_a_wrong_file_of_rooms_is_named_with_its_place(tmp_path: Path, line: str, says: str) -> None:
    name = line.partition(" ")[0]
    lines = [each for each in WHOLE if not each.startswith(f"{name} ")] + [line]
    (tmp_path / "rooms.toml").write_text("\n".join(["[closet]", *lines]), encoding="utf-8")
    with pytest.raises(DamagedFileError) as told:
        preset_file("rooms.toml", Room, tmp_path)
    assert "rooms.toml" in str(told.value)
    assert says in str(told.value)
