"""The price books of a library: brought in, used, removed and given out, each change with its entry in the log."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select

from steelyard.catalog.prices import INDICATIVE
from steelyard.errors import BadInputError, did_you_mean
from steelyard.library.facts import fact_of, state_fact
from steelyard.library.prices.amounts import FREE
from steelyard.library.tables import price_book, price_line
from steelyard.money import amount_text
from steelyard.project.csv_cells import csv_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, Row

    from steelyard.catalog.part import PartInfo
    from steelyard.library.library import Library
    from steelyard.library.prices.preview import Preview

KINDS: Final = ("quote", "list", "order", "street")
"""What a price can be: offered to the user, listed by the maker, paid in an order, or asked in shops."""

ACTIVE: Final = "active_book"
"""The fact that names the book in use, by its number; none: the indicative prices."""

HEADINGS: Final = ("Steelyard part", "Manufacturer", "MPN", "Name", "From", "Price", "Currency", "Note")
"""The columns of a book that is given out; its parts, quantities, prices and notes are read back."""

_LONGEST: Final = {"name": 80, "source": 200}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class KeptBook(NamedTuple):
    """A book as it is listed. lines counts prices, parts what they are of; active: whether builds take its prices."""

    name: str
    currency: str
    source: str
    dated: str
    kind: str
    fills_gaps: bool
    parts: int
    lines: int
    file: str
    added_at: str
    added_by: str
    active: bool


class KeptLine(NamedTuple):
    """A price of a book: decimal text in its currency, from a quantity of `least` on; `line` is its row in the file."""

    part: str
    least: int
    amount: str
    line: int
    note: str


def bring_in(
    library: Library,
    preview: Preview,
    *,
    name: str,
    source: str,
    dated: str,
    kind: str = "quote",
    fills_gaps: bool = False,
    take_what_is_right: bool = False,
    replace: bool = False,
) -> KeptBook:
    """Keep what a preview takes as a book, all of it or nothing.

    take_what_is_right: although rows are refused; replace: the book of this name, which stays in use if it was.
    Raises BadInputError.
    """
    name, source = _text("name", name), _text("source", source)
    _check(library, preview, name, dated, kind, take_what_is_right=take_what_is_right)
    said = {
        "file": preview.file,
        "digest": preview.digest,
        "currency": preview.currency,
        "source": source,
        "dated": dated,
        "kind": kind,
        "fills_gaps": fills_gaps,
        "lines": len(preview.lines),
        "refused": len(preview.refused),
        "replaced": False,
    }
    with library.changing("price book brought in", name, said) as connection:
        values = {
            "name": name,
            "currency": preview.currency,
            "source": source,
            "dated": dated,
            "kind": kind,
            "fills_gaps": int(fills_gaps),
            "file": preview.file,
            "digest": preview.digest,
            "added_at": library.now(),
            "added_by": library.who,
        }
        book = _stored(connection, name, values, said, replace=replace)
        lines = [
            {
                "book_id": book,
                "part_id": line.part,
                "least": line.least,
                "amount": line.amount,
                "line": line.row,
                "note": line.note,
            }
            for line in preview.lines
        ]
        connection.execute(price_line.insert(), lines)
    return book_named(library, name)


def books(library: Library) -> tuple[KeptBook, ...]:
    """Return the books that were brought in, by name; the indicative prices are the catalogue's and not among them."""
    with library.reading() as connection:
        return _books(connection)


def book_named(library: Library, name: str) -> KeptBook:
    """Return a book. Raises BadInputError, with the nearest name, when there is none."""
    with library.reading() as connection:
        found = {each.name: each for each in _books(connection)}
    if name not in found:
        raise _no_book(name, tuple(found))
    return found[name]


def lines_of(library: Library, name: str) -> tuple[KeptLine, ...]:
    """Return the prices of a book, by part and quantity. Raises BadInputError when there is no such book."""
    with library.reading() as connection:
        book = _row(connection, name)
        found = connection.execute(
            select(price_line).where(price_line.c.book_id == book.id).order_by(price_line.c.part_id, price_line.c.least)
        )
        return tuple(
            KeptLine(each.part_id, each.least, amount_text(each.amount, book.currency), each.line, each.note)
            for each in found
        )


def use(library: Library, name: str) -> None:
    """Let builds take their prices from a book, or from the indicative prices. BadInputError: there is no such book."""
    said = {"before": _active_name(library)}
    with library.changing("price book used", name, said) as connection:
        state_fact(connection, ACTIVE, "" if name == INDICATIVE else str(_row(connection, name).id))


def remove(library: Library, name: str) -> bool:
    """Remove a book; return whether it was in use, so that the indicative prices are now. BadInputError: none such."""
    said: dict[str, object] = {}
    with library.changing("price book removed", name, said) as connection:
        book = _row(connection, name)
        was_active = fact_of(connection, ACTIVE) == str(book.id)
        said |= {"dated": book.dated, "digest": book.digest, "was_in_use": was_active}
        if was_active:
            state_fact(connection, ACTIVE, "")
        connection.execute(price_line.delete().where(price_line.c.book_id == book.id))
        connection.execute(price_book.delete().where(price_book.c.id == book.id))
    return was_active


def exported(library: Library, name: str, parts: Mapping[str, PartInfo]) -> bytes:
    """Return a book as CSV whose prices read back; its day, source and kind are stated anew.

    BadInputError when there is no such book.
    """
    return as_csv(lines_of(library, name), book_named(library, name).currency, parts)


def as_csv(lines: Iterable[KeptLine], currency: str, parts: Mapping[str, PartInfo]) -> bytes:
    """Return prices as CSV, with what the catalogue says of their parts."""
    rows = []
    for line in lines:
        info = parts.get(line.part)  # a part of the user's may be gone; its price is still known by the id
        named = ("", "", "") if info is None else (info.manufacturer, info.mpn, info.name)
        amount = line.amount if line.amount.strip("0.") else FREE
        rows.append((line.part, *named, str(line.least), amount, currency, line.note))
    return csv_bytes([HEADINGS, *rows])


def _stored(
    connection: Connection, name: str, values: dict[str, object], said: dict[str, object], *, replace: bool
) -> int:
    """Write the book's head and return its number."""
    known = connection.execute(select(price_book).where(price_book.c.name == name)).first()
    if known is None:
        made = connection.execute(price_book.insert().values(values)).inserted_primary_key
        return int(made[0]) if made else 0
    if not replace:
        raise BadInputError(
            f'There is a price book "{name}" already, of {known.dated}.',
            'Give this one another name, or replace that one: --replace, in the desk "Replace the book of this name".',
        )
    said |= {"replaced": True, "replaced_digest": known.digest}
    connection.execute(price_line.delete().where(price_line.c.book_id == known.id))
    connection.execute(price_book.update().where(price_book.c.id == known.id).values(values))
    return int(known.id)


def _check(library: Library, preview: Preview, name: str, dated: str, kind: str, *, take_what_is_right: bool) -> None:
    if name.casefold() == INDICATIVE.casefold():
        raise BadInputError(f'"{INDICATIVE}" is the name of the prices that come with the program.', "Choose another.")
    if kind not in KINDS:
        raise BadInputError(f'"{kind[:20]}" is no kind of price.', f"It can be {', '.join(KINDS)}.")
    try:
        day = date.fromisoformat(dated) if _DAY.fullmatch(dated) else None
    except ValueError:
        day = None
    if day is None:
        raise BadInputError(f'"{dated[:20]}" is not a day of the calendar.', "Write it as 2026-11-21.")
    if day.toordinal() > date.fromisoformat(library.now()[:10]).toordinal() + 1:  # it may be tomorrow elsewhere
        raise BadInputError(f"The prices are dated {dated}, which is to come.", "State the day of which they are.")
    if preview.refused and not take_what_is_right:
        count = len(preview.refused)
        rows = "1 row" if count == 1 else f"{count:,} rows"
        raise BadInputError(
            f"{rows} of {preview.file} cannot be taken, so nothing was changed.",
            "Correct the file, or ask to take what is right.",
        )
    if not preview.lines:
        raise BadInputError(f"No row of {preview.file} can be taken.", "Nothing was changed.")


def _text(what: str, text: str) -> str:
    plain = " ".join(text.split())
    if not plain or len(plain) > _LONGEST[what] or not plain.isprintable():
        raise BadInputError(
            f"A price book needs a {what} of 1 to {_LONGEST[what]} letters.",
            "Say where the prices are from." if what == "source" else "Say what to call it.",
        )
    return plain


def _books(connection: Connection) -> tuple[KeptBook, ...]:
    active = fact_of(connection, ACTIVE)
    counted = (
        select(
            price_line.c.book_id,
            func.count(price_line.c.part_id.distinct()).label("parts"),
            func.count().label("lines"),
        )
        .group_by(price_line.c.book_id)
        .subquery()
    )
    found = connection.execute(
        select(price_book, counted.c.parts, counted.c.lines)
        .outerjoin(counted, counted.c.book_id == price_book.c.id)
        .order_by(price_book.c.name)
    )
    return tuple(
        KeptBook(
            each.name,
            each.currency,
            each.source,
            each.dated,
            each.kind,
            bool(each.fills_gaps),
            each.parts or 0,
            each.lines or 0,
            each.file,
            each.added_at,
            each.added_by,
            str(each.id) == active,
        )
        for each in found
    )


def _active_name(library: Library) -> str:
    return next((each.name for each in books(library) if each.active), INDICATIVE)


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]]:
    found = connection.execute(select(price_book).where(price_book.c.name == name)).first()
    if found is None:
        raise _no_book(name, tuple(connection.execute(select(price_book.c.name)).scalars()))
    return found


def _no_book(name: str, known: tuple[str, ...]) -> BadInputError:
    if name == INDICATIVE:
        return BadInputError(f'"{name}" come with the program.', "They can be listed and used, and nothing else.")
    hint = did_you_mean(name, known) or (f" Books: {', '.join(known)}." if known else " None was brought in yet.")
    return BadInputError(f'There is no price book "{name[:80]}".{hint}')
