"""What a family of OpenDB is to us, and the facts that every record has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from steelyard.library.opendb.draft import Fact

if TYPE_CHECKING:
    from collections.abc import Callable

    from steelyard.library.opendb.draft import Draft, Rule


class Family(NamedTuple):
    """A folder of OpenDB.

    `kind` is ours; `values` maps a draft to fields of our schema, in its units; `derived` are the fields that follow
    from a name or from other fields rather than being stated.
    """

    folder: str
    kind: str
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...]
    values: Callable[[Draft], dict[str, Any]]
    derived: frozenset[str] = frozenset()


COMMON: Final = (
    Fact("name", "metadata.name", "text"),
    Fact("maker", "metadata.manufacturer", "text"),
    Fact("mpns", "metadata.part_numbers", "texts"),
    Fact("year", "metadata.releaseYear"),
    Fact("verified", "metadata.last_manually_spec_verified_at", "text"),
)
"""What every record says of itself."""
