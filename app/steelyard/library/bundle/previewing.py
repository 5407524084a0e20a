"""What a bundle would do, before it does anything: who signed it, what changes, what is odd about it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from steelyard.catalog.complaint import Complaint  # noqa: TC001  # written as JSON by its fields' types
from steelyard.catalog.diff import Differences, differences
from steelyard.errors import BadInputError
from steelyard.library.bundle.changing import check_days_and_version, refusals_logged, warnings_for
from steelyard.library.bundle.container import read_bundle, verified
from steelyard.library.bundle.in_use import in_use
from steelyard.library.bundle.keys import trusted_keys
from steelyard.library.bundle.laying import laid_out, why_unusable
from steelyard.library.bundle.snapshots import active

if TYPE_CHECKING:
    from steelyard.library.bundle.container import Bundle
    from steelyard.library.library import Library


class Preview(NamedTuple):
    """What a bundle is and would change. `refusal` says why it cannot be applied, empty where it can.

    `signature` names the key; `price_date` and `price_date_now` are those of the newest indicative price in the bundle
    and in use; `already` says that it is in use; `complaints` are those of its files.
    """

    file: str
    signature: str
    version: int
    version_now: int | None
    created: str
    expires: str
    counts: dict[str, int]
    price_date: str
    price_date_now: str
    already: bool
    refusal: str
    warnings: tuple[str, ...]
    complaints: tuple[Complaint, ...]
    differences: Differences


def preview(library: Library, file: Path) -> Preview:
    """Compare the bundle in `file` with the catalogue in use; nothing changes.

    BadInputError or DamagedFileError, noted in the log, when its signature or anything signed does not hold.
    """
    now = library.now()
    with refusals_logged(library, file):
        bundle = verified_file(library, file)
        refusal = ""
        with library.reading() as connection:
            named = active(connection)
            try:
                check_days_and_version(connection, bundle, now)
            except BadInputError as trouble:
                refusal = trouble.message
        with laid_out(bundle, Path(tempfile.gettempdir()), durable=False) as (_, new):
            why = why_unusable(new)
            old, state, stands = in_use(library)
            current = named if stands else None  # one that was altered is not in use, and can be applied again
            return Preview(
                file=bundle.name,
                signature=f"valid, {bundle.signer.words}",
                version=bundle.manifest.version,
                version_now=None if current is None else current.version,
                created=bundle.manifest.created,
                expires=bundle.manifest.expires,
                counts=bundle.manifest.counts,
                price_date=new.date,
                price_date_now=old.date,
                already=current is not None and current.digest == bundle.digest,
                refusal=refusal or (why and f'"{bundle.name}" is refused: {why}. Nothing was changed.'),
                warnings=(*warnings_for(bundle.manifest, now), *(() if stands else state.warnings)),
                complaints=new.complaints,
                differences=differences(old, new),
            )


def verified_file(library: Library, file: Path) -> Bundle:
    """Read and verify the bundle in `file` with the keys that are trusted here."""
    with library.reading() as connection:
        keys = trusted_keys(connection)
    return verified(file.name, read_bundle(file), keys)
