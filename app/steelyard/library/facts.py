"""Single facts about the library, by name: which price book and which catalogue are in use, where the log ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from steelyard.library.tables import fact

if TYPE_CHECKING:
    from sqlalchemy import Connection


def fact_of(connection: Connection, name: str) -> str:
    """Return a fact, or an empty text where nothing is stated."""
    return connection.execute(select(fact.c.value).where(fact.c.name == name)).scalar() or ""


def state_fact(connection: Connection, name: str, value: str) -> None:
    """State a fact anew; an empty text takes it back."""
    connection.execute(fact.delete().where(fact.c.name == name))
    if value:
        connection.execute(fact.insert().values(name=name, value=value))
