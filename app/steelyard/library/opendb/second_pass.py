"""What needs all records at once: the same product twice (X1), and a product that the catalogue has itself (X3).

The final state of a record follows from the records alone: each keeps what a comparison took from it, so that a later
import may come to another result.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import func, select

from steelyard.library.opendb.draft import Hit, said
from steelyard.library.opendb.record import OURS, as_text
from steelyard.library.opendb.twins import TWINS, find_twins
from steelyard.library.tables import import_hit, import_staged, imported_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from steelyard.library.opendb.curated import Curated

PAGE: Final = 1000
_GROUPS: Final = 250
_LATER: Final = "later"
_REMOVED: Final = "removed"
_SAME: Final = "same_as"


class Judged(NamedTuple):
    """A record after the second pass: its row as it must stand, its own hits of it, and what of it is new.

    `changed`: the row differs from the stored one. `fresh`: its file was read by this run.
    """

    row: dict[str, Any]
    hits: tuple[Hit, ...]
    changed: bool
    fresh: bool


def judged_pages(connection: Connection, curated: Curated) -> Iterator[list[Judged]]:
    """Give every record as it must stand, in pages; the rows may be written while this goes on."""
    find_twins(connection)
    for page in _groups(connection):
        judged = []
        for group in page:
            judged += _judge(connection, group, curated)
        yield judged


def _groups(connection: Connection) -> Iterator[list[list[dict[str, Any]]]]:
    """Give pages of groups: each record without a twin alone, then twins together, never torn apart."""
    table, twin = imported_part, TWINS
    staged = import_staged.c.file.is_not(None).label("fresh")
    source = table.outerjoin(import_staged, import_staged.c.file == table.c.file)
    alone = select(table, staged).select_from(source.outerjoin(twin, twin.c.file == table.c.file))
    alone = alone.where(twin.c.file.is_(None)).order_by(table.c.file).limit(PAGE)
    last = ""
    while rows := connection.execute(alone.where(table.c.file > last)).all():
        last = rows[-1].file
        yield [[dict(row._mapping)] for row in rows]  # noqa: SLF001  # SQLAlchemy's own name
    heads = select(twin.c.head).distinct().order_by(twin.c.head).limit(_GROUPS)
    last = ""
    while page := connection.execute(heads.where(twin.c.head > last)).scalars().all():
        last = page[-1]
        query = select(table, staged, twin.c.head).select_from(source.join(twin, twin.c.file == table.c.file))
        query = query.where(twin.c.head.in_(page)).order_by(twin.c.head, table.c.file)
        found = [dict(row._mapping) for row in connection.execute(query)]  # noqa: SLF001
        yield [list(group) for _, group in groupby(found, key=lambda row: row.pop("head"))]


class _Base:
    """A record as its own file says it, before any comparison."""

    __slots__ = ("beside", "fresh", "hits", "hits_before", "row", "same_as", "state", "values")

    def __init__(self, row: dict[str, Any], hits_before: int) -> None:
        self.fresh = bool(row.pop("fresh"))
        self.row = row
        record = json.loads(row["record"])
        self.beside: dict[str, Any] = record.pop(OURS)
        self.values: dict[str, Any] = record | self.beside.pop(_REMOVED, {})
        self.beside.pop(_LATER, None)
        self.beside.pop(_SAME, None)
        self.state = "quarantined" if self.beside.get("refused") else "taken"
        self.hits: list[Hit] = []
        self.hits_before = hits_before
        self.same_as = ""

    def judged(self, removed: dict[str, Any]) -> Judged:
        """Put the record together again, as it must stand."""
        beside = dict(self.beside)
        if removed:
            beside[_REMOVED] = removed
        if self.same_as:
            beside[_SAME] = self.same_as
        if self.hits:
            beside[_LATER] = self.hits
        values = {name: value for name, value in self.values.items() if name not in removed}
        text = as_text(values | {OURS: beside})
        changed = text != self.row["record"] or self.state != self.row["state"]
        return Judged({**self.row, "record": text, "state": self.state}, tuple(self.hits), changed, self.fresh)


def _judge(connection: Connection, group: list[dict[str, Any]], curated: Curated) -> list[Judged]:
    counts = _hit_counts(connection, group) if len(group) > 1 else {}
    bases = [_Base(row, counts.get(row["file"], 0)) for row in group]
    for base in bases:
        if base.state == "taken":
            _compare_with_curated(base, curated)
    removed: dict[str, dict[str, Any]] = {}
    if len(bases) > 1:
        _keep_one([base for base in bases if base.state == "taken"], removed)
    return [base.judged(removed.get(base.row["file"], {})) for base in bases]


def _compare_with_curated(base: _Base, curated: Curated) -> None:
    row = base.row
    base.same_as = curated.same_as(row["kind"], row["manufacturer"], row["name"], base.beside.get("numbers", ()))
    if base.same_as:
        base.hits = curated.differences(base.same_as, base.values, base.beside.get("notes", {}))
        wrong = any(hit.action == "quarantined" for hit in base.hits)
        base.state = "quarantined" if wrong else "duplicate"


def _keep_one(twins: list[_Base], removed: dict[str, dict[str, Any]]) -> None:
    """Keep the newest verified record of a product, else the one with fewest hits, else the first by its file."""
    if len(twins) < 2:  # noqa: PLR2004  # one is no twin
        return
    by_file = sorted(twins, key=lambda base: (base.hits_before, base.row["file"]))
    kept = max(by_file, key=lambda base: str(base.beside.get("verified", "")))
    for base in twins:
        if base is not kept:
            base.state = "duplicate"
            base.same_as = kept.row["part_id"]
            base.hits.append(Hit("X1", "fixed", "", "taken", f"the same product as {kept.row['part_id']}"))
    if kept.beside.get("verified"):
        return
    for name, value in sorted(kept.values.items()):
        others = {as_text({"": base.values[name]}) for base in twins if base.values.get(name) is not None}
        if isinstance(value, (int, float)) and not isinstance(value, bool) and len(others) > 1:
            removed.setdefault(kept.row["file"], {})[name] = value
            kept.hits.append(Hit("X1", "nulled", name, said(value), ""))


def _hit_counts(connection: Connection, group: list[dict[str, Any]]) -> dict[str, int]:
    """Return how often the rules over single records hit each file."""
    files = [row["file"] for row in group]
    query = select(import_hit.c.file, func.count()).where(
        import_hit.c.file.in_(files), import_hit.c.rule.not_in(("X1", "X3", "curated", "id"))
    )
    return {row[0]: row[1] for row in connection.execute(query.group_by(import_hit.c.file))}
