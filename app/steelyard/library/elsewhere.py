"""A part that the catalogue in use lacks may lie in the library: imported, and not taken into use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.errors import BadInputError, SteelyardError
from steelyard.library.location import library_file, stamp_of

if TYPE_CHECKING:
    from steelyard.errors import UnknownPartError


def with_way_out(trouble: UnknownPartError) -> BadInputError:
    """Return the same trouble, with the way to have the part where the user's library holds it.

    A library that does not open leaves the trouble as it is.
    """
    if stamp_of(library_file()) is None:
        return trouble
    from steelyard.library.library import open_library  # noqa: PLC0415  # only the unhappy path pays for it
    from steelyard.library.opendb.use import why_not_standing  # noqa: PLC0415

    try:
        with open_library().reading() as connection:
            why, remedy = why_not_standing(connection, trouble.part)
    except SteelyardError:
        return trouble
    return BadInputError(f"{trouble.message} {why}", remedy) if why else trouble
