"""The catalogue as it stands, for commands: whatever is wrong with it is said beside every answer that rests on it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from steelyard.errors import BadInputError
from steelyard.library import standing
from steelyard.wording import counted

if TYPE_CHECKING:
    from steelyard.catalog.load import Catalog

__all__ = ["standing_catalog", "usable_catalog"]


def standing_catalog() -> Catalog:
    """Load the catalogue, and say on standard error when some of it cannot be used."""
    catalog = standing.standing_catalog()
    if catalog.complaints:
        count, first = counted(len(catalog.complaints), "complaint"), catalog.complaints[0]
        print(f'The catalogue has {count}, the first: {first} See "steelyard catalog lint".', file=sys.stderr)
    return catalog


def usable_catalog() -> Catalog:
    """Load the catalogue in the same way; BadInputError when nothing of it can be used."""
    catalog = standing_catalog()
    if not catalog.parts:
        raise BadInputError("The catalogue holds no part that can be used.", 'See "steelyard catalog lint".')
    return catalog
