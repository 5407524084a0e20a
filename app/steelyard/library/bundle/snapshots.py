"""The catalogues that were applied: which one is in use, which was before it, and what is known of its signature.

An applied catalogue lies in a folder of its own beside the library. The library names the one in use; going back means
naming another. Only folders that nothing names are ever removed.
"""

from __future__ import annotations

import re
import time
from contextlib import suppress
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select, update

from steelyard.errors import BadInputError
from steelyard.library.bundle.keys import NO_KEY, trusted_keys
from steelyard.library.facts import fact_of, state_fact
from steelyard.library.location import catalogues_folder
from steelyard.library.tables import snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Row

ACTIVE: Final = "active_snapshot"
HIGHEST: Final = "highest_version"
UNFINISHED: Final = ".unfinished-"
"""How the folder of a catalogue begins that is still being written."""

_OURS: Final = re.compile(rf"\d+-[0-9a-f]{{12}}|{re.escape(UNFINISHED)}.+", re.ASCII)

KEPT: Final = 3
"""Applied catalogues whose folders are kept, beside the one in use and the one before it."""

_TRAIL: Final = "snapshot_trail"
_LONGEST_TRAIL: Final = 20
_ABANDONED_AFTER: Final = 600.0  # s: nothing writes a catalogue for so long


class Snapshot(NamedTuple):
    """A catalogue that was applied. `folder` is empty where its files are gone; `signature` says who signed it."""

    id: int
    version: int
    expires: str
    key_id: str
    comment: str
    digest: str
    catalogue_hash: str
    folder: str
    applied_at: str
    applied_by: str
    signature: str


class SignatureState(NamedTuple):
    """What the status line and the About box say: who signed the catalogue in use, and what to be wary of."""

    words: str
    warnings: tuple[str, ...]


def active_folder(connection: Connection, library_path: Path) -> tuple[Path, Snapshot] | None:
    """Return the folder of the applied catalogue in use and its snapshot; None: the program's own is in use.

    The folder may be gone, or hold something else than `catalogue_hash` says: whoever loads it must compare.
    """
    found = active(connection)
    return None if found is None else (folder_of(library_path, found), found)


def active(connection: Connection) -> Snapshot | None:
    """Return the snapshot in use; None where it is the program's own catalogue."""
    number = fact_of(connection, ACTIVE)
    return snapshot_of(connection, int(number)) if number else None


def snapshot_of(connection: Connection, number: int) -> Snapshot | None:
    """Return a snapshot by its number."""
    row = connection.execute(select(snapshot).where(snapshot.c.id == number)).first()
    return None if row is None else _read(connection, row)


def snapshots(connection: Connection) -> tuple[Snapshot, ...]:
    """Return all snapshots, the newest first."""
    return tuple(_read(connection, row) for row in connection.execute(select(snapshot).order_by(snapshot.c.id.desc())))


def folder_of(library_path: Path, found: Snapshot) -> Path:
    """Return where the files of a snapshot lie."""
    return catalogues_folder(library_path) / (found.folder or f"gone-{found.id}")


def signature_state(connection: Connection, now: str) -> SignatureState:
    """Say who signed the catalogue in use, with warnings about days at `now` (UTC); nothing ever locks."""
    found = active(connection)
    no_key = not _keys_as_text(connection)
    if found is None:
        return SignatureState("the program's own catalogue" + (f" ({NO_KEY})" if no_key else ""), ())
    warnings = []
    if found.expires < now[:10]:
        warnings.append(f"This catalogue expired on {found.expires}: ask for a newer one. It stays in use.")
    if found.applied_at > now:
        warnings.append(
            f"The clock of this computer says {now[:10]}, but this catalogue was applied on {found.applied_at[:10]}:"
            " ages of prices and the day of expiry may be wrong."
        )
    return SignatureState(f"catalogue {found.version}, {found.signature}, valid until {found.expires}", tuple(warnings))


def highest_version(connection: Connection) -> int:
    """Return the highest version that was ever applied here, 0 for none."""
    return int(fact_of(connection, HIGHEST) or 0)


def put_in_use(connection: Connection, number: int) -> None:
    """Name the catalogue in use, 0 for the program's own, and remember which was in use before."""
    before = int(fact_of(connection, ACTIVE) or 0)
    if before != number:
        _keep_trail(connection, [*trail(connection), before])
    state_fact(connection, ACTIVE, str(number or ""))


def go_back(connection: Connection, number: int) -> None:
    """Name the catalogue in use anew, which is one of the trail, 0 for the program's own; what came after it goes."""
    steps = trail(connection)
    while steps and steps.pop() != number:
        pass
    _keep_trail(connection, steps)
    state_fact(connection, ACTIVE, str(number or ""))


def trail(connection: Connection) -> list[int]:
    """Return the numbers of the catalogues that were in use before, the last one at the end."""
    return [int(each) for each in fact_of(connection, _TRAIL).split()]


def forget_old(connection: Connection) -> None:
    """Note that the files of old snapshots are gone: all but the newest few, the one in use and the one before it."""
    rows = connection.execute(select(snapshot.c.id).where(snapshot.c.folder != "").order_by(snapshot.c.id.desc()))
    keep = {*rows.scalars().all()[:KEPT], int(fact_of(connection, ACTIVE) or 0), *trail(connection)[-1:]}
    connection.execute(update(snapshot).where(snapshot.c.id.not_in(keep)).values(folder=""))


def remove_unnamed(connection: Connection, library_path: Path) -> int:
    """Remove folders that no snapshot names, and what killed applications left; return how many.

    `connection` must hold the write lock: then no other program is between moving its folder in and naming it.
    """
    named = set(connection.execute(select(snapshot.c.folder)).scalars())
    removed = 0
    with suppress(OSError):
        for entry in sorted(catalogues_folder(library_path).iterdir()):
            if entry.name in named or not _OURS.fullmatch(entry.name) or entry.is_symlink():
                continue
            with suppress(OSError):
                age = time.time() - entry.stat().st_mtime
                if not entry.name.startswith(UNFINISHED) or age > _ABANDONED_AFTER:
                    rmtree(entry)
                    removed += 1
    return removed


def _keep_trail(connection: Connection, steps: list[int]) -> None:
    state_fact(connection, _TRAIL, " ".join(str(each) for each in steps[-_LONGEST_TRAIL:]))


def _read(connection: Connection, row: Row[Any]) -> Snapshot:
    words = _keys_as_text(connection).get(row.key_id)
    signed = (
        f"signed with key {row.key_id}, which is no longer trusted here" if words is None else f"signed with {words}"
    )
    return Snapshot(**row._mapping, signature=signed)  # noqa: SLF001  # SQLAlchemy's public name for it


def _keys_as_text(connection: Connection) -> dict[str, str]:
    """Return the trusted keys in words. A pinned file that is no key must not keep the desk from opening."""
    try:
        return {number: each.words for number, each in trusted_keys(connection).items()}
    except BadInputError:
        return {}
