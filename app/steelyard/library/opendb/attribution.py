"""What the licence of OpenDB asks for: the notice wherever its values are used, the licence's text with the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from steelyard.catalog.sources import IMPORTED_SOURCE
from steelyard.library.facts import fact_of
from steelyard.library.tables import imported_part

if TYPE_CHECKING:
    from sqlalchemy import Connection

SOURCE: Final = IMPORTED_SOURCE
"""The id of the bibliography under which every imported value stands; its notice is printed on the sheets."""

ATTRIBUTION: Final = (
    "Contains information from BuildCores OpenDB, made available under the ODC Attribution License (ODC-By) v1.0, "
    "https://opendatacommons.org/licenses/by/1-0/. Values were modified."
)
"""The notice that goes with every export of imported values."""

LICENCE_FACT: Final = "opendb_licence"
"""The fact that keeps the text of the licence as it came with the data."""


def licence_text(connection: Connection) -> str:
    """Return the licence's text as it came with the imported data; empty where none came or nothing was imported."""
    return fact_of(connection, LICENCE_FACT)


def notice(connection: Connection) -> str:
    """Return what an export of the library's parts must carry: the attribution, or nothing without imported parts."""
    held = connection.execute(select(imported_part.c.part_id).limit(1)).first()
    return ATTRIBUTION if held is not None else ""
