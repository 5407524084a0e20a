"""Which catalogue is in use, as people are told: what really stands, not what the library only names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.catalog.load import load_catalog
from steelyard.library.bundle.snapshots import SignatureState, active, folder_of, signature_state
from steelyard.library.standing import LIBRARY, standing_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.catalog.load import Catalog
    from steelyard.library.library import Library


class InUse(NamedTuple):
    """The files in use, without what the user laid over them, and in words what they are.

    `stands` is False where a catalogue was applied that cannot serve; the warnings then say why and what to do.
    """

    catalog: Catalog
    state: SignatureState
    stands: bool


def in_use(library: Library, shipped: Path | None = None) -> InUse:
    """Return the catalogue in use: the applied one while it is whole, else the program's own (or that of `shipped`)."""
    standing = standing_catalog(library.path, shipped=shipped)
    catalog = load_catalog(standing.root)
    with library.reading() as connection:
        named, state = active(connection), signature_state(connection, library.now())
    if named is None or standing.root == folder_of(library.path, named).absolute():
        return InUse(catalog, state, stands=True)
    words = standing.signature.replace("the signed one", f"the applied catalogue {named.version}")
    trouble = next(each for each in standing.complaints if each.file == LIBRARY)
    return InUse(catalog, SignatureState(words, (f"{trouble.what} {trouble.remedy}",)), stands=False)
