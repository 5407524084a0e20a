"""Rooms as data: where a build may stand, to start from when nothing has been measured."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.preset_file import preset_file
from steelyard.project.shape import Bounds

if TYPE_CHECKING:
    from steelyard.project.content import Site

__all__ = ["Room", "in_room", "is_preset", "rooms"]

_PRESET = "preset "

_FIELDS = {
    "volume": "room_volume",
    "conductance": "room_conductance",
    "ventilation": "room_ventilation",
    "ventilation_temperature": "ventilation_temperature",
    "temperature": "room_temperature",
    "limit": "room_limit",
    "noise_limit": "noise_limit",
    "door_loss": "door_loss",
    "listening_distance": "listening_distance",
}


class Room(NamedTuple):
    """A kind of room, with source and note; None: such a room sets no such limit, or has no such thing."""

    label: str
    volume: Annotated[float, Bounds(0.1, 1e6)]
    conductance: Annotated[float, Bounds(0, 1e5)]
    ventilation: Annotated[float, Bounds(0, 1e6)]
    ventilation_temperature: Annotated[float, Bounds(-30, 60)]
    temperature: Annotated[float, Bounds(-10, 60)]
    limit: Annotated[float, Bounds(0, 60)]
    source: str
    note: str
    noise_limit: Annotated[float, Bounds(0, 120)] | None = None
    door_loss: Annotated[float, Bounds(0, 80)] | None = None
    listening_distance: Annotated[float, Bounds(0.1, 100)] = 1.0
    tier: Literal["measured", "maker", "database", "recalled", "derived", "estimate"] = "estimate"


@cache
def rooms() -> dict[str, Room]:
    """Return the rooms by id. Raises DamagedFileError when the program's own file cannot be read."""
    return preset_file("rooms.toml", Room)


def is_preset(note: str) -> bool:
    """Whether a note says that a number is a room's usual one, and not where a user has it from."""
    return note.startswith(_PRESET)


def in_room(site: Site, name: str) -> Site:
    """Return the site in a room of this kind, every number of it noted as the preset's. Raises BadInputError."""
    known = rooms()
    if name not in known:
        hint = did_you_mean(name, list(known)) or f" Rooms: {', '.join(known)}."
        raise BadInputError(f'There is no room "{name[:40]}".{hint}')
    room = known[name]
    fields = {field: getattr(room, said) for said, field in _FIELDS.items()}
    said = f"{_PRESET}{room.label.lower()}: {room.tier}"
    notes = {each: note for each, note in site.notes.items() if each not in fields}
    notes |= {field: said for field, value in fields.items() if value is not None}
    return site._replace(**fields, notes=notes)
