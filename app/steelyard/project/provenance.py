"""What numbers stand on, as one hash: the project, the catalogue with its layers, and the rules of this version."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from steelyard import __version__
from steelyard.project.file import content_hash

if TYPE_CHECKING:
    from steelyard.catalog import Catalog
    from steelyard.project.content import Project


def provenance_hash(project: Project, catalog: Catalog) -> str:
    """Return the SHA-256 that the desk, the sheet's foot and scripts show: the same hash means the same numbers.

    The catalogue's own hash is over its files, own and imported parts, overrides and the price book in use.
    """
    said = "\n".join((content_hash(project), catalog.hash, __version__))
    return hashlib.sha256(said.encode()).hexdigest()
