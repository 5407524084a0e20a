"""The log of what was done to the library: appended, chained by hashes, and verified from the first entry to the last.

The hash of an entry is SHA-256 over the canonical JSON of its other columns, the hash of the entry before among them.
A changed, removed or inserted entry breaks the chain there; a cut tail differs from the fact `audit_head`.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import select

from steelyard.library.facts import fact_of, state_fact
from steelyard.library.tables import audit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

FIRST: Final = "0" * 64
"""What the first entry holds in the place of the hash before it."""

_HEAD: Final = "audit_head"

_LONGEST: Final = 160  # letters of a reason in a list; the whole of it is in the entry


class Entry(NamedTuple):
    """One entry of the log: `at` in UTC, `who` the user of the computer, `detail` JSON."""

    seq: int
    at: str
    who: str
    action: str
    subject: str
    detail: str
    previous: str
    hash: str

    @property
    def why(self) -> str:
        """The reason that the detail gives, or from what to what it went, in one line; empty where it says neither."""
        try:
            said = json.loads(self.detail)
        except ValueError:
            return ""
        if not isinstance(said, dict):
            return ""
        way = f"from {said['from']} to {said['to']}" if "from" in said and "to" in said else ""
        words = " ".join(str(said.get("why") or way).split())
        return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}..."


def append(connection: Connection, at: str, who: str, action: str, subject: str, detail: Mapping[str, Any]) -> Entry:
    """Add an entry within the transaction of `connection`, so that it stands if and only if the deed does."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, previous = (1, FIRST) if last is None else (last.seq + 1, last.hash)
    body = (seq, at, who, action, subject, json.dumps(detail, ensure_ascii=False, sort_keys=True), previous)
    entry = Entry(*body, _hash(body))
    connection.execute(audit.insert().values(entry._asdict()))
    state_fact(connection, _HEAD, f"{entry.seq} {entry.hash}")
    return entry


def entries(connection: Connection) -> Iterator[Entry]:
    """Return all entries, the oldest first."""
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        yield Entry(*row)


def broken_at(connection: Connection) -> int | None:
    """Return the number of the first entry at which the chain is broken; None where all of it holds."""
    expected, previous = 1, FIRST
    end, end_hash = _end(connection)
    for entry in entries(connection):
        if entry.seq != expected or entry.previous != previous or entry.hash != _hash(entry[:-1]):
            return expected
        if expected > end or (expected == end and entry.hash != end_hash):
            return expected  # rightly chained, but not by this program: it states the end with every entry
        expected, previous = expected + 1, entry.hash
    return None if end == expected - 1 else expected


def _end(connection: Connection) -> tuple[int, str]:
    """Return the number and the hash of the last entry, as stated apart from the log; 0 where nothing is stated."""
    number, _, digest = fact_of(connection, _HEAD).partition(" ")
    return int(number) if number.isdecimal() else 0, digest


def _hash(body: tuple[Any, ...]) -> str:
    return sha256(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
