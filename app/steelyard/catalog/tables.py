"""The parts of one kind as arrays: a column a field, a row a part, row 0 the empty role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.catalog.part import Slot
from steelyard.errors import UnknownPartError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.catalog.part import PartFile
    from steelyard.catalog.schema import Kind
    from steelyard.units import Array

NONE: Final = "none"
"""The id of the empty role's row."""

_UNKNOWN: Final = float("nan")


class Rows(NamedTuple):
    """A table in plain lists, as the cache keeps it: a list of values a field, then the slots."""

    ids: tuple[str, ...]
    values: list[list[float]]
    slots: list[list[list[float]] | None]


class Table:
    """The parts of one kind.

    `ids` begins with the `none` row. `columns` maps a field's name, and `price` (minor units), to float64 of shape
    (parts,): NaN is unknown; a category holds its code, a set its bit mask, a flag 1 or 0. A board's slots are
    `slots` (presence), `slot_position`, `slot_lanes`, `slot_generation` of shape (positions, parts).
    """

    __slots__ = ("_places", "columns", "ids", "kind")

    def __init__(self, kind: str, ids: Sequence[str], columns: dict[str, Array]) -> None:
        """Freeze the columns: they are shared by every evaluation."""
        self.kind = kind
        self.ids = tuple(ids)
        self.columns = columns
        self._places = {identity: place for place, identity in enumerate(self.ids)}
        for column in columns.values():
            column.setflags(write=False)

    def __len__(self) -> int:
        """Return the number of rows, the `none` row included."""
        return len(self.ids)

    def __contains__(self, part_id: object) -> bool:
        """Whether a part (or `none`) is in the table."""
        return part_id in self._places

    def row(self, part_id: str) -> int:
        """Return the row of a part, 0 for `none`; BadInputError names the nearest part when there is none such."""
        place = self._places.get(part_id)
        if place is None:
            message = f'There is no {self.kind} "{part_id}" in the catalogue.'
            raise UnknownPartError(part_id, message, did_you_mean(part_id, self.ids).strip())
        return place


def rows_of(kind: Kind, parts: Sequence[PartFile]) -> Rows:
    """Lay out the parts of one kind as lists, the `none` row first."""
    values = []
    for field in kind.fields.values():
        column = [field.absent]
        for part in parts:
            datum = part.data.get(field.name)
            column.append(_UNKNOWN if datum is None or datum.value is None else datum.value)
        values.append(column)
    slots: list[list[list[float]] | None] = []
    if any(field.form == "slots" for field in kind.fields.values()):
        slots = [[], *(None if part.slots is None else [list(slot) for slot in part.slots] for part in parts)]
    return Rows((NONE, *(part.info.id for part in parts)), values, slots)


def joined(rows: Rows, more: Rows) -> Rows:
    """Return the parts of `rows`, then those of `more`, which has a `none` row of its own that is left out."""
    values = [column + added[1:] for column, added in zip(rows.values, more.values, strict=True)]
    return Rows(rows.ids + more.ids[1:], values, rows.slots + more.slots[1:])


def replaced(kind: Kind, rows: Rows, cells: Mapping[tuple[str, str], float]) -> Rows:
    """Return the rows with other values in single cells, by part and field; parts of other kinds are passed over."""
    values = list(rows.values)
    names, places = list(kind.fields), {part: place for place, part in enumerate(rows.ids)}
    for (part, field), value in cells.items():
        if part in places and field in kind.fields:
            column = names.index(field)
            values[column] = [*values[column]]
            values[column][places[part]] = value
    return rows._replace(values=values)


def table_of(kind: Kind, rows: Rows, prices: Sequence[float]) -> Table:
    """Make the arrays of one kind; `prices` in minor units, one a row."""
    block = np.array([*rows.values, prices], dtype=np.float64)
    names = [*kind.fields, "price"]
    columns = dict(zip(names, block, strict=True))
    if rows.slots:
        columns |= _slot_columns(rows.slots)
    return Table(kind.name, rows.ids, columns)


def _slot_columns(slots: list[list[list[float]] | None]) -> dict[str, Array]:
    """Return presence, position, lanes and generation, shape (positions, parts); NaN where a board's are unknown.

    Past a board's last slot the presence is 0, and so is all else.
    """
    depth = max(len(slot or ()) for slot in slots)
    block = np.zeros((1 + len(Slot._fields), depth, len(slots)))
    for part, entries in enumerate(slots):
        if entries is None:
            block[:, :, part] = np.nan
        else:
            for place, entry in enumerate(entries):
                block[:, place, part] = (1.0, *entry)
    return dict(zip(("slots", "slot_position", "slot_lanes", "slot_generation"), block, strict=True))
