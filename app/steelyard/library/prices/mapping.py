"""Which column of a price list is what: guessed by its headings, corrected by the user, never in silence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.errors import BadInputError, did_you_mean
from steelyard.library.prices.headings import FIELDS, PRICE, least_of, plain, rank_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Mapping as Stated

    from steelyard.library.prices.table import Row, Table

_HEAD_WITHIN: Final = 30
"""Rows: above the headings lists have their title and address."""

_OTHERS: Final = tuple(field for field in FIELDS if field != PRICE)

_BREAK: Final = re.compile(r"price@([1-9][0-9]{0,5})")


class PriceColumn(NamedTuple):
    """A column of prices. least: the quantity from which on they hold, 0 where the row says it or it is 1."""

    column: int
    least: int


class Mapping(NamedTuple):
    """What the columns are. head: the place of the headings among the rows, -1 without any.

    fields: field -> column, without the prices; headings: of all columns, the letter of the column where it has none;
    problem and remedy: why this is not enough to read prices, empty when it is.
    """

    head: int
    fields: dict[str, int]
    prices: tuple[PriceColumn, ...]
    headings: tuple[str, ...]
    problem: str = ""
    remedy: str = ""

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """Field and heading of every column that is read, in the words that state them."""
        prices = ((PRICE if not each.least else f"{PRICE}@{each.least}", each.column) for each in self.prices)
        return tuple((field, self.headings[column]) for field, column in (*self.fields.items(), *prices))

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The headings of the columns that are not read."""
        read = {*self.fields.values(), *(each.column for each in self.prices)}
        return tuple(heading for column, heading in enumerate(self.headings) if column not in read)


def mapping_of(table: Table, stated: Stated[str, str]) -> Mapping:
    """Return the mapping of a table: as `stated` (field -> heading, or number of the column from 1), the rest guessed.

    A field stated with an empty text is left out; prices of several quantities are stated as `price@10`. Raises
    BadInputError for what is stated and cannot be; what is merely not found is the mapping's `problem`.
    """
    _check(stated)
    width = max((len(row.cells) for row in table.rows), default=0)
    by_number = bool(stated) and all(not word or word.isdecimal() for word in stated.values())
    best: Mapping | None = None
    for place, row in enumerate(table.rows[:_HEAD_WITHIN]):
        skipped = row.is_blank or (by_number and not _are_headings(row))
        found = None if skipped else _mapped(place, row, width, stated)
        if found is not None and not found.problem:
            return found
        if found is not None and (best is None or len(found.said) > len(best.said)):
            best = found
    bare = _mapped(-1, None, width, stated)
    if bare is not None and not bare.problem:
        return bare
    if best is None:
        names = ", ".join(f'"{word}"' for word in stated.values() if word)
        raise BadInputError(
            f"No row has the headings {names}.", f"The first row says: {_list(_headings(table.rows[0], width))}."
        )
    return best


def _are_headings(row: Row) -> bool:
    """Whether a row names columns: its cells are known as headings, or there is no digit in them."""
    words = [cell.text for cell in row.cells if cell.text]
    known = sum(
        least_of(word) is not None or any(rank_of(each, word) is not None for each in _OTHERS) for word in words
    )
    return known > 1 or not any(letter.isdecimal() for word in words for letter in word)


def _check(stated: Stated[str, str]) -> None:
    for field in stated:
        if field not in FIELDS and not _BREAK.fullmatch(field):
            raise BadInputError(
                f'A column cannot be "{field[:40]}".{did_you_mean(field, tuple(FIELDS))}',
                f"It can be {', '.join(FIELDS)}, or price@10 for the price of ten or more.",
            )


def _headings(row: Row | None, width: int) -> tuple[str, ...]:
    said = [] if row is None else [" ".join(cell.text.split())[:80] for cell in row.cells]
    said += [""] * (width - len(said))
    return tuple(words or f"column {column}" for column, words in enumerate(said, 1))


def _mapped(place: int, row: Row | None, width: int, stated: Stated[str, str]) -> Mapping | None:
    """Read a row as headings; None where one that is stated is not among them."""
    headings = _headings(row, width)
    columns = {field: _column(word, headings, width) for field, word in stated.items() if word}
    if any(column is None for column in columns.values()):
        return None
    taken = {column for column in columns.values() if column is not None}
    fields = {
        field: column for field, column in columns.items() if column is not None and field in FIELDS and field != PRICE
    }
    prices = [
        PriceColumn(column, 0 if field == PRICE else int(field.partition("@")[2]))
        for field, column in columns.items()
        if column is not None and field not in fields
    ]
    stated_prices = any(field.partition("@")[0] == PRICE for field in stated)
    found = Mapping(place, fields, tuple(prices), headings)
    if row is None:
        return _judged(found)
    if not stated_prices:
        free = [column for column in range(width) if column not in taken]
        guessed = [PriceColumn(column, least) for column in free if (least := least_of(headings[column])) is not None]
        rest = [column for column in free if column not in {each.column for each in guessed}]
    else:
        guessed, rest = prices, [column for column in range(width) if column not in taken]
    for field in _OTHERS:
        if field not in stated:
            ranked = sorted((rank, column) for column in rest if (rank := rank_of(field, headings[column])) is not None)
            if ranked:
                fields[field] = ranked[0][1]
                rest.remove(ranked[0][1])
    return _judged(found._replace(fields=fields, prices=tuple(guessed)))


def _column(word: str, headings: Sequence[str], width: int) -> int | None:
    """Return the column that a word names: by its heading, else by its number."""
    names = [column for column, heading in enumerate(headings) if plain(heading) == plain(word)]
    if len(names) > 1:
        raise BadInputError(
            f'{len(names)} columns have the heading "{word[:40]}".',
            f"State the number of the one: {', '.join(str(column + 1) for column in names)}.",
        )
    if names:
        return names[0]
    if word.isdecimal() and 1 <= int(word) <= width:
        return int(word) - 1
    return None


def _judged(found: Mapping) -> Mapping:
    """Say what keeps the mapping from being used."""
    plain_prices = [found.headings[each.column] for each in found.prices if not each.least]
    leasts = [each.least for each in found.prices]
    columns = _list(found.headings)
    if "part" not in found.fields and "mpn" not in found.fields:
        problem = "No column is known to hold the manufacturers' part numbers."
        return found._replace(problem=problem, remedy=f"State one as mpn. The columns: {columns}.")
    if not found.prices:
        return found._replace(
            problem="No column is known to hold the prices.", remedy=f"State one as price. The columns: {columns}."
        )
    if len(plain_prices) > 1:
        problem = f"{len(plain_prices)} columns can be the price: {_list(plain_prices)}."
        return found._replace(problem=problem, remedy="State the one that is to be read as price.")
    if len(set(leasts)) < len(leasts) or {0, 1} <= set(leasts):
        problem = (
            f"Several columns are prices of the same quantity: {_list(found.headings[p.column] for p in found.prices)}."
        )
        return found._replace(problem=problem, remedy="State those that are to be read, such as price@1 and price@10.")
    if "quantity" in found.fields and any(leasts):
        quantity = found.headings[found.fields["quantity"]]
        problem = f'The quantity stands both in the headings of the prices and in the column "{quantity}".'
        return found._replace(problem=problem, remedy="State which to leave out, such as an empty quantity.")
    return found


def _list(words: Iterable[str]) -> str:
    names = [f'"{word}"' for word in words]
    return ", ".join(names[:12]) + (" ..." if len(names) > 12 else "")  # noqa: PLR2004
