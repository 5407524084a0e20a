"""Finding parts in all layers while somebody types: ranked, filtered, counted, a page at a time.

In SQLite the full-text index answers; in other databases, and where no word begins as typed, plain comparisons do.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import and_, false, func, literal_column, or_, select
from sqlalchemy.exc import OperationalError

from steelyard.errors import BadInputError
from steelyard.library.engine import engine_of
from steelyard.library.search_index import (
    INDEXED,
    LAYERS,
    ROOM,
    WORDS,
    forget_imported,
    ids_of,
    index_curated,
    index_imported,
    is_indexed,
    mark_in_use,
)
from steelyard.library.search_words import Term, found_by, number_of, terms_of
from steelyard.library.tables import part_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection, FromClause

    from steelyard.catalog import Catalog
    from steelyard.library.library import Library

__all__ = [
    "FACETS",
    "INDEXED",
    "LAYERS",
    "ORDERS",
    "Entry",
    "Finder",
    "Found",
    "facets",
    "find",
    "forget_imported",
    "found_by",
    "index_curated",
    "index_imported",
    "is_indexed",
    "mark_in_use",
    "number_of",
]

PAGE: Final = 100
RANKED: Final = 500
"""Up to so many results are ranked by their words. More than that come of one or two letters, which rank nothing."""

LEAST_PIECE: Final = 3
"""Letters that a piece from inside a word needs at least to be searched."""

ORDERS: Final = ("best", "name", "manufacturer", "kind", "mpn", "layer")
FACETS: Final = ("kind", "layer", "manufacturer", "status", "in_use")

_WEIGHTS: Final = (4.0, 10.0, 8.0, 8.0, 1.0)
"""How much a word tells in the maker, the name, the order number, the same without dashes, the facts."""


class Entry(NamedTuple):
    """A part as the list shows it. `status` is empty for a layer that states none."""

    part_id: str
    layer: str
    kind: str
    manufacturer: str
    name: str
    mpn: str
    status: str
    in_use: bool


class Found(NamedTuple):
    """A page of results, and how many there are in all."""

    rows: tuple[Entry, ...]
    total: int


class _Wanted(NamedTuple):
    """From where the results come, under which condition; `ranked`: the full-text index is among it."""

    source: FromClause
    where: tuple[ColumnElement[bool], ...]
    ranked: bool


class Finder:
    """Asks one library again and again over one connection, which knows its pages; each question is of one moment.

    BadInputError where another program keeps the library to itself for longer than anyone waits.
    """

    def __init__(self, library: Library) -> None:
        """Use an open library."""
        self._library = library
        self._connection = engine_of(library.path).connect()

    def find(self, text: str, **how: Any) -> Found:  # noqa: ANN401  # as `find` has it
        """Return what `find` does."""
        with self._waiting(), self._connection.begin():
            return find(self._connection, text, **how)

    def facets(self, text: str, **how: Any) -> dict[str, dict[str, int]]:  # noqa: ANN401  # as `facets` has it
        """Return what `facets` does."""
        with self._waiting(), self._connection.begin():
            return facets(self._connection, text, **how)

    def index(self, catalog: Catalog) -> bool:
        """Bring the index in step with a catalogue, as `index_curated` does."""
        with self._waiting(), self._library.working() as connection:
            return index_curated(connection, catalog)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as trouble:
            message = f'The library "{self._library.path}" does not answer.'
            raise BadInputError(message, "Another program may be changing it; try again in a moment.") from trouble


def find(
    connection: Connection,
    text: str = "",
    *,
    kind: str | None = None,
    layer: str | None = None,
    maker: str | None = None,
    status: str | None = None,
    in_use: bool | None = None,
    order: str = "best",
    descending: bool = False,
    limit: int = PAGE,
    offset: int = 0,
) -> Found:
    """Return the parts that have every word of `text`, the trusted layers first; no text finds all.

    A word is found at the beginning of a word, of an order number (with its dashes or without) or of a name written
    in one; where nothing begins so, anywhere inside. Whatever is typed is data. `order` is one of ORDERS.
    """
    choices = {"kind": kind, "layer": layer, "manufacturer": maker, "status": status, "in_use": in_use}
    chosen = {name: value for name, value in choices.items() if value is not None}
    for wanted in _ways(connection, text):
        total = _count(connection, wanted, chosen)
        if total:
            columns = (part_index.c[name] for name in Entry._fields)
            query = select(*columns).select_from(wanted.source).where(*wanted.where, *_conditions(wanted, chosen))
            query = query.order_by(*_order(wanted, order, total, descending=descending))
            rows = connection.execute(query.limit(limit).offset(offset))
            return Found(tuple(Entry(*row)._replace(in_use=bool(row.in_use)) for row in rows), total)
    return Found((), 0)


def facets(
    connection: Connection,
    text: str = "",
    *,
    kind: str | None = None,
    layer: str | None = None,
    maker: str | None = None,
    status: str | None = None,
    in_use: bool | None = None,
) -> dict[str, dict[str, int]]:
    """Return for each of FACETS how many parts every choice of it would leave, with all other choices as they are."""
    chosen = {"kind": kind, "layer": layer, "manufacturer": maker, "status": status}
    if in_use is not None:
        chosen["in_use"] = str(int(in_use))
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for wanted in _ways(connection, text):
        grouped = [part_index.c[facet] for facet in FACETS]
        query = select(*grouped, func.count()).select_from(wanted.source).where(*wanted.where).group_by(*grouped)
        rows = connection.execute(query).all()
        if rows:
            for *values, number in rows:
                said = dict(zip(FACETS, map(str, values), strict=True))
                misses = [facet for facet, value in chosen.items() if value is not None and said[facet] != value]
                for facet in FACETS:
                    if not misses or misses == [facet]:
                        counts[facet][said[facet]] = counts[facet].get(said[facet], 0) + number
            break
    return counts


def _ways(connection: Connection, text: str) -> Iterator[_Wanted]:
    """The ways in which a text can be found, the next one only to be tried where the one before finds nothing."""
    terms = terms_of(text)
    if not terms:
        nothing_to_find = bool(text.strip())
        yield _Wanted(part_index, (false(),) if nothing_to_find else (), ranked=False)
        return
    if connection.dialect.name == "sqlite":
        matches = literal_column("part_words").op("MATCH")(" AND ".join(map(_phrase, terms)))
        yield _Wanted(WORDS.join(part_index, WORDS.c.rowid == part_index.c.id), (matches,), ranked=True)
    if connection.dialect.name != "sqlite" or max(len(term.joined) for term in terms) >= LEAST_PIECE:
        yield _Wanted(part_index, (and_(*map(_inside, terms)),), ranked=False)


def _phrase(term: Term) -> str:
    """A term in the language of the full-text index: letters and digits between quotation marks, nothing else.

    Of several words all but the last are typed to their end.
    """
    joined = f'"{term.joined}"*'
    if len(term.words) == 1:
        return joined
    apart = " AND ".join(f'"{word}"' for word in term.words[:-1])
    return f'(({apart} AND "{term.words[-1]}"*) OR {joined})'


def _inside(term: Term) -> ColumnElement[bool]:
    """The facts hold maker, name and order number in one, so that they alone need be looked through."""
    facts = part_index.c.facts
    whole = facts.contains(term.joined, autoescape=True)
    return or_(whole, and_(*(facts.contains(word, autoescape=True) for word in term.words)))


def _conditions(wanted: _Wanted, chosen: Mapping[str, object]) -> list[ColumnElement[bool]]:
    """The filters. Where the full-text index leads, nothing may tempt the planner to another one: a layer is ids."""
    if not wanted.ranked:
        return [part_index.c[name] == value for name, value in chosen.items()]
    return [
        WORDS.c.rowid.between(*ids_of(str(value)))
        if name == "layer"
        else func.coalesce(part_index.c[name], None) == value
        for name, value in chosen.items()
    ]


def _count(connection: Connection, wanted: _Wanted, chosen: Mapping[str, object]) -> int:
    """The full-text index alone counts faster, where no filter looks at the entries."""
    alone = wanted.ranked and all(name == "layer" for name in chosen)
    source = WORDS if alone else wanted.source
    query = select(func.count()).select_from(source).where(*wanted.where, *_conditions(wanted, chosen))
    return connection.execute(query).scalar() or 0


def _order(wanted: _Wanted, order: str, total: int, *, descending: bool) -> list[Any]:
    if order != "best":
        column = part_index.c[order]
        return [column.desc() if descending else column, part_index.c.name, part_index.c.id]
    if wanted.ranked and total <= RANKED:
        return [part_index.c.id // ROOM, func.bm25(literal_column("part_words"), *_WEIGHTS), part_index.c.id]
    return [WORDS.c.rowid if wanted.ranked else part_index.c.id]
