"""Imported parts one at a time: what the manager shows of them before they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sqlalchemy import select

from steelyard.catalog.layers import IMPORTED
from steelyard.errors import BadInputError
from steelyard.library.reading import part_of
from steelyard.library.tables import imported_part

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from steelyard.catalog import Catalog
    from steelyard.catalog.complaint import Complaint
    from steelyard.catalog.contents import Contents
    from steelyard.catalog.part import PartFile


def imported_file(connection: Connection, catalog: Catalog, part_id: str) -> PartFile:
    """Return an imported part as its file would say it; BadInputError where there is none or it cannot be used."""
    from steelyard.library.opendb.part_text import part_text  # noqa: PLC0415

    row = connection.execute(select(imported_part).where(imported_part.c.part_id == part_id)).first()
    if row is None:
        message = f'There is no imported part "{part_id}".'
        raise BadInputError(message, "Import the database again, or choose another part.")
    complaints: list[Complaint] = []
    contents = cast("Contents", catalog)  # read for its schema and its sources alone, which a catalogue has too
    part = part_of(part_text(row, catalog.schema), part_id, contents, complaints)
    if part is None:
        message = f'The imported part "{part_id}" cannot be used: {" ".join(each.what for each in complaints)}'
        raise BadInputError(message, "Make an own part like it instead.")
    return part._replace(info=part.info._replace(layer=IMPORTED))
