"""Bringing OpenDB in: `import_opendb` reads a folder or an archive and makes it the library's second layer."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from sqlite3 import OperationalError
from typing import TYPE_CHECKING, Any, NamedTuple

from steelyard.errors import BadInputError
from steelyard.library.engine import engine_of
from steelyard.library.opendb.curated import Curated
from steelyard.library.opendb.finishing import finish, is_finished, rules_changed, totals
from steelyard.library.opendb.reading import Passed, Source, written
from steelyard.library.opendb.record import digest_of, record_of, refused
from steelyard.library.opendb.staging import BATCH, Staging

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Protocol

    from steelyard.catalog import Catalog
    from steelyard.library.library import Library

    class Flag(Protocol):
        """Something that is set when the work must stop, such as a `threading.Event`."""

        def is_set(self) -> bool:
            """Say whether to stop."""


class Progress(NamedTuple):
    """How far a run is: records read, and of them those that were new or different."""

    read: int
    changed: int


class Outcome(NamedTuple):
    """What an import did.

    `stopped`: it was cut short, what it had read is kept, the library is as it was. `new`, `changed` and `unchanged`
    say how the records that were read stand to those that the library held; of a stopped run, `unchanged` are those
    that need not be read again. `totals` is what the library holds now; `peak` the most memory that the program took,
    in MB.
    """

    stopped: bool
    resumed: bool
    read: int
    unchanged: int
    new: int
    changed: int
    gone: int
    gone_parts: tuple[str, ...]
    compared_anew: int
    kept_in_use: tuple[str, ...]
    out_of_use: tuple[str, ...]
    totals: dict[str, Any]
    skipped: dict[str, int]
    passed: tuple[Passed, ...]
    others: dict[str, int]
    seconds: float
    peak: float | None


def import_opendb(
    library: Library,
    path: Path,
    catalog: Catalog,
    *,
    progress: Callable[[Progress], None] | None = None,
    stop: Flag | None = None,
    let_go: bool = False,
) -> Outcome:
    """Read the folder or archive at `path`; a record whose file did not change is passed over.

    All that changes becomes visible in one step at the end. A run that is stopped, by `stop` or by a kill, is taken up
    again by the next call. MissingFileError, DamagedFileError and BadInputError as `Source` says; BadInputError, and
    nothing changed, where more records than ALLOWED would go and `let_go` is not set, or where another import came in
    between.
    """
    began = time.monotonic()
    source = Source(path)
    with library.reading() as connection:
        anew = rules_changed(connection)
    staging = Staging(library, written(str(path.resolve())), anew=anew)
    year = int(library.now()[:4])
    seen: dict[str, bytes] = {}
    fresh = 0
    stopped = False
    try:
        for member in source.members():
            if stop is not None and stop.is_set():
                stopped = True
                break
            raw = member.raw if not member.why_not else member.why_not.encode()
            seen[member.file] = bytes.fromhex(digest_of(raw))
            if not staging.knows(member.file, digest_of(raw)):
                fresh += 1
                staging.add(
                    refused(member.file, digest_of(raw), member.why_not)
                    if member.why_not
                    else record_of(member.file, raw, catalog.schema, year)
                )
            if progress is not None and len(seen) % BATCH == 0:
                progress(Progress(len(seen), fresh))
    finally:
        staging.flush()
    detail: dict[str, Any] = {}
    if not stopped:
        if progress is not None:
            progress(Progress(len(seen), fresh))
        detail = _finish(library, path, catalog, source, seen, let_go=let_go)
        give_back_room(library)
        fresh = detail.get("new", 0) + detail.get("changed", 0)
    with library.reading() as connection:
        held = totals(connection)
    return Outcome(
        stopped=stopped,
        resumed=staging.resumed,
        read=len(seen),
        unchanged=len(seen) - fresh,
        new=detail.get("new", 0),
        changed=detail.get("changed", 0),
        gone=detail.get("gone", 0),
        gone_parts=tuple(detail.get("gone_parts", ())),
        compared_anew=detail.get("compared_anew", 0),
        kept_in_use=tuple(detail.get("kept_in_use", ())),
        out_of_use=tuple(detail.get("out_of_use", ())),
        totals=held,
        skipped=dict(source.skipped),
        passed=tuple(source.passed),
        others=dict(source.others),
        seconds=time.monotonic() - began,
        peak=peak_memory(),
    )


def _finish(
    library: Library, path: Path, catalog: Catalog, source: Source, seen: dict[str, bytes], *, let_go: bool
) -> dict[str, Any]:
    curated = Curated(catalog)
    with library.reading() as connection:
        nothing_to_do = is_finished(connection, seen, curated.mark)
    if nothing_to_do:
        library.log("import found nothing new", written(str(path.resolve())), {"records": len(seen)})
        return {}
    origin = written(str(path.resolve()))
    try:
        return finish(library, origin, seen, curated, source.licence, let_go=let_go)
    except BadInputError as trouble:
        library.log("import refused", origin, {"why": trouble.message})
        raise


def give_back_room(library: Library) -> None:
    """Let the library's file shrink where a third of it is empty: what was staged is not needed any more.

    SQLite does it in a copy, so that a kill leaves the file as it was; where the disk has no room for that, it stays.
    """
    engine = engine_of(library.path)
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        empty, pages = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
        if empty * 3 > pages:
            with suppress(OperationalError):
                cursor.execute("VACUUM")
    finally:
        raw.close()


def peak_memory() -> float | None:
    """Return the most memory that this process has taken, in MB; None where the system does not tell."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
