"""What lies over the catalogue's files: own and imported parts, single values put in their place, the user's prices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.complaint import Complaint
    from steelyard.catalog.part import PartFile
    from steelyard.catalog.prices import Book

CURATED: Final = "curated"
OWN: Final = "own"
IMPORTED: Final = "opendb"

OVERRIDDEN: Final = "Overridden by"
"""How the note of every overridden value begins; desk and paper put a pin there."""

LAYERS: Final = (CURATED, OWN, IMPORTED)
"""Where a part comes from, the most trusted first."""


class Override(NamedTuple):
    """One value that a user put in the place of the catalogue's, with the evidence.

    `value` is what a cell of the field holds (a number in its unit, a category's code ...), `words` how people read it
    where it is no number; `source`, `where` and `why` say on what grounds, `who` and `at` by whom and when (UTC).
    """

    part: str
    field: str
    value: float
    words: str
    source: str
    tier: str
    where: str
    why: str
    who: str
    at: str


class Layers(NamedTuple):
    """All that lies over the files. `layer_of` names the layer of each of the `parts`; `book` None: indicative prices.

    `signature` says in a few words who signed the files below; `digest` is over all the rest, empty when there is none.
    """

    parts: tuple[PartFile, ...]
    layer_of: Mapping[str, str]
    overrides: tuple[Override, ...]
    book: Book | None
    complaints: tuple[Complaint, ...]
    signature: str
    digest: str


BARE: Final = Layers((), {}, (), None, (), "not signed", "")
"""Nothing over the files."""
