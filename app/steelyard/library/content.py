"""A digest over all that the user keeps: what changes it without an entry in the log was not done by the program."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from steelyard.library.facts import fact_of, state_fact
from steelyard.library.tables import build, fact, override, own_part, price_book, price_line, snapshot

if TYPE_CHECKING:
    from sqlalchemy import Connection

_FACT: Final = "content"
_FACTS: Final = ("active_book", "active_snapshot", "highest_version", "bundle_keys", "bundle_keys_removed")
_WHAT: Final = (
    select(build.c.id, build.c.name, build.c.revision, build.c.saved_at, build.c.saved_by, build.c.digest),
    select(own_part),
    select(override),
    select(price_book),
    select(price_line),
    select(snapshot),
    select(fact).where(fact.c.name.in_(_FACTS)),
)


def note_content(connection: Connection) -> None:
    """Note what the user's tables hold, at the end of a change."""
    state_fact(connection, _FACT, _digest(connection))


def content_is_as_noted(connection: Connection) -> bool:
    """Whether the user's tables hold what the last change left; so too where no change was noted yet."""
    noted = fact_of(connection, _FACT)
    return noted in {"", _digest(connection)}


def _digest(connection: Connection) -> str:
    digest = sha256()
    for wanted in _WHAT:
        for row in connection.execute(wanted.order_by(*wanted.selected_columns)):
            digest.update(json.dumps(list(row), ensure_ascii=False).encode())
        digest.update(b"\n")
    return digest.hexdigest()
