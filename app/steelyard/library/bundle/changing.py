"""Applying a catalogue bundle, and going back: verified first, then one transaction; a refusal changes nothing.

The bytes that were verified are the bytes that are used. They are written to a folder beside the library, loaded from
there as the program would, and put on the disk for good before the library names them: whenever the power fails,
the old catalogue or the new one is in use, whole.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError, CannotSaveError, MissingFileError, SteelyardError
from steelyard.library.bundle.container import UNCHANGED, read_bundle, verified
from steelyard.library.bundle.keys import trusted_keys
from steelyard.library.bundle.laying import laid_out, why_unusable
from steelyard.library.bundle.snapshots import (
    HIGHEST,
    UNFINISHED,
    Snapshot,
    active,
    folder_of,
    forget_old,
    go_back,
    highest_version,
    put_in_use,
    remove_unnamed,
    snapshot_of,
    trail,
)
from steelyard.library.facts import state_fact
from steelyard.library.location import catalogues_folder
from steelyard.library.tables import snapshot
from steelyard.project.atomic import flush_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from steelyard.library.bundle.container import Bundle
    from steelyard.library.bundle.manifest import Manifest
    from steelyard.library.library import Library


_OWN: Final = "the program's own"


class Applied(NamedTuple):
    """What `apply` did: nothing where the bundle is in use `already`. `before` was in use, None: the program's own."""

    version: int
    already: bool
    before: Snapshot | None
    warnings: tuple[str, ...]


class RolledBack(NamedTuple):
    """From which catalogue to which; None is the program's own. `skipped` says in words which could not be used."""

    before: Snapshot
    now: Snapshot | None
    skipped: tuple[str, ...]


def apply(library: Library, file: Path) -> Applied:
    """Apply the bundle in `file`: verify it, keep its files beside the library, and use it from now on.

    BadInputError or DamagedFileError when it is refused, CannotSaveError when the disk does not take it,
    MissingFileError when there is none; then nothing was changed, and the log says why.
    """
    with refusals_logged(library, file):
        with library.reading() as connection:
            keys = trusted_keys(connection)
        bundle = verified(file.name, read_bundle(file), keys)
        with library.reading() as connection:
            check_days_and_version(connection, bundle, library.now())
        try:
            return _put_in_place(library, bundle)
        except (OSError, OperationalError) as trouble:
            reason = trouble.strerror if isinstance(trouble, OSError) else trouble.orig
            raise CannotSaveError(
                f'"{file.name}" was not applied: {reason or trouble}. {UNCHANGED}',
                f'Make room in "{catalogues_folder(library.path)}", and see that you may write there.',
            ) from trouble


def roll_back(library: Library) -> RolledBack:
    """Use again what was in use before: an earlier catalogue that is still whole, else the program's own.

    BadInputError when the program's own is in use. The highest version stays: what is older is still refused.
    """
    detail: dict[str, Any] = {}
    skipped: list[str] = []
    with library.reading() as connection:
        subject = _words_for(active(connection))
    with library.changing("catalogue rolled back", subject, detail) as connection:
        before = active(connection)
        if before is None:
            raise BadInputError(f"The program's own catalogue is in use: there is nothing to go back to. {UNCHANGED}")
        found: Snapshot | None = None
        for number in reversed(trail(connection)):
            found = snapshot_of(connection, number) if number else None
            if found is None or is_whole(library, found):
                break
            skipped.append(f"The files of catalogue {found.version} are gone or were altered, so it was passed over.")
            found = None
        go_back(connection, found.id if found else 0)
        detail |= {"from": before.version, "to": found.version if found else _OWN, "skipped": skipped}
    return RolledBack(before, found, tuple(skipped))


def check_days_and_version(connection: Connection, bundle: Bundle, now: str) -> None:
    """Raise BadInputError when the bundle is too old to be applied; the one in use passes, there is nothing to do."""
    said = bundle.manifest
    current, highest = active(connection), highest_version(connection)
    if current is not None and current.digest == bundle.digest:
        return
    if said.version < highest:
        raise _refused(bundle, f"its version {said.version} is older than {highest}, which was applied here before")
    if said.version == highest and _known(connection, bundle) is None:
        raise _refused(bundle, f"its version {said.version} is that of another file, which was applied here before")
    if said.expires < now[:10]:
        raise _refused(bundle, f"it expired on {said.expires}; today is {now[:10]}")


def warnings_for(manifest: Manifest, now: str) -> tuple[str, ...]:
    """Return what is odd about the days of a bundle, and yet no reason to refuse it."""
    if manifest.created[:10] <= now[:10]:
        return ()
    behind = (
        f"The clock of this computer says {now[:10]}, but the bundle was made on {manifest.created[:10]}: set it right."
        " Ages of prices and the day of expiry may be wrong until then."
    )
    return (behind,)


@contextmanager
def refusals_logged(library: Library, file: Path) -> Iterator[None]:
    """Note in the log why a bundle was refused."""
    try:
        yield
    except MissingFileError:
        raise
    except SteelyardError as trouble:
        with suppress(SQLAlchemyError):  # what went wrong first is what the user must read
            library.log("bundle refused", file.name, {"why": trouble.message})
        raise


def is_whole(library: Library, found: Snapshot) -> bool:
    """Say whether the files of a snapshot are to the byte what was applied, and can be used."""
    try:
        catalog = load_catalog(folder_of(library.path, found), cache=None)
    except MissingFileError:
        return False
    return catalog.hash == found.catalogue_hash and not why_unusable(catalog)


def _put_in_place(library: Library, bundle: Bundle) -> Applied:
    parent = catalogues_folder(library.path)
    if not parent.is_dir():
        parent.mkdir(parents=True, exist_ok=True)
        flush_folder(parent.parent)
    warnings = warnings_for(bundle.manifest, library.now())
    with library.reading() as connection:
        current = active(connection)
    if current is not None and current.digest == bundle.digest and is_whole(library, current):
        return Applied(bundle.manifest.version, True, current, warnings)  # noqa: FBT003  # `already`
    with laid_out(bundle, parent, durable=True) as (folder, catalog):
        why = why_unusable(catalog)
        if why:
            raise _refused(bundle, why)
        before = _name_it(library, bundle, folder, catalog.hash)
    with library.working() as connection:
        remove_unnamed(connection, library.path)
    return Applied(bundle.manifest.version, False, before, warnings)  # noqa: FBT003  # `already`


def _name_it(library: Library, bundle: Bundle, folder: Path, loaded: str) -> Snapshot | None:
    """Move the folder to its place and let the library name it, in one transaction that no other program crosses."""
    manifest = bundle.manifest
    detail = {"version": manifest.version, "key": bundle.signer.key.id, "digest": bundle.digest, "file": bundle.name}
    with library.changing("bundle applied", f"catalogue {manifest.version}", detail) as connection:
        check_days_and_version(connection, bundle, library.now())  # another program may have been faster
        before = active(connection)
        place = catalogues_folder(library.path) / f"{manifest.version}-{bundle.digest[:12]}"
        _move(folder, place)
        row = {
            "version": manifest.version,
            "expires": manifest.expires,
            "key_id": bundle.signer.key.id,
            "comment": bundle.comment,
            "digest": bundle.digest,
            "catalogue_hash": loaded,
            "folder": place.name,
            "applied_at": library.now(),
            "applied_by": library.who,
        }
        number = _known(connection, bundle)
        if number is None:
            number = connection.execute(snapshot.insert().values(row).returning(snapshot.c.id)).scalar_one()
        else:
            connection.execute(update(snapshot).where(snapshot.c.id == number).values(row))
        put_in_use(connection, number)
        state_fact(connection, HIGHEST, str(max(manifest.version, highest_version(connection))))
        forget_old(connection)
    return before


def _words_for(found: Snapshot | None) -> str:
    return _OWN if found is None else f"catalogue {found.version}"


def _known(connection: Connection, bundle: Bundle) -> int | None:
    """Return the number of the snapshot that this very file made before; None where there is none."""
    return connection.execute(select(snapshot.c.id).where(snapshot.c.digest == bundle.digest)).scalar()


def _move(folder: Path, place: Path) -> None:
    """Put the folder in its place for good. What lies there is of the same signed file: whole or damaged, it goes."""
    if place.exists():
        aside = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=place.parent))
        place.replace(aside / place.name)
        rmtree(aside, ignore_errors=True)
    folder.replace(place)
    flush_folder(place.parent)


def _refused(bundle: Bundle, why: str) -> BadInputError:
    return BadInputError(f'"{bundle.name}" is refused: {why}. {UNCHANGED}', "Ask for a newer one.")
