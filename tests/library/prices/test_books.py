"""Price books are kept whole or not at all, with an entry in the log, and given out so that they read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from steelyard.catalog.prices import INDICATIVE
from steelyard.errors import BadInputError
from steelyard.library import audit
from steelyard.library.facts import fact_of
from steelyard.library.prices.books import (
    ACTIVE,
    book_named,
    books,
    bring_in,
    exported,
    lines_of,
    remove,
    use,
)
from steelyard.library.prices.preview import Preview, TakenLine, preview

if TYPE_CHECKING:
    from tests.library.prices.conftest import Written

    from steelyard.catalog.part import PartInfo
    from steelyard.library.library import Library

Look = Callable[..., Preview]

LIST = "mpn,price,price 10+\n900-2G193-0000-000,2600,2400.5\nMZ-VAP4T0BW,389.90,\n"
ABOUT: dict[str, Any] = {"name": "Shop", "source": "quote 4711 of Shop Ltd", "dated": "2026-11-20"}


def actions(library: Library) -> list[tuple[str, str]]:
    with library.reading() as connection:
        assert audit.broken_at(connection) is None
        return [(entry.action, entry.subject) for entry in audit.entries(connection)]


def active(library: Library) -> str:
    with library.reading() as connection:
        return fact_of(connection, ACTIVE)


def test_that_a_book_is_kept_with_its_lines_and_its_entry(library: Library, looked: Look) -> None:
    kept = bring_in(library, looked(LIST), **ABOUT, kind="quote", fills_gaps=True)
    assert kept == book_named(library, "Shop") == books(library)[0]
    assert (kept.currency, kept.dated, kept.kind, kept.parts, kept.lines) == ("EUR", "2026-11-20", "quote", 2, 3)
    assert (kept.added_by, kept.active, kept.fills_gaps, kept.file) == ("tester", False, True, "prices.csv")
    assert [each[:4] for each in lines_of(library, "Shop")] == [
        ("drive/samsung/9100-pro-4tb", 1, "389.90", 3),
        ("gpu/nvidia/l4", 1, "2600.00", 2),
        ("gpu/nvidia/l4", 10, "2400.50", 2),
    ]
    assert actions(library) == [("price book brought in", "Shop")]
    with library.reading() as connection:
        said = json.loads(next(audit.entries(connection)).detail)
    assert (said["lines"], said["refused"], said["currency"], len(said["digest"])) == (3, 0, "EUR", 64)


def test_that_nothing_changes_while_rows_are_refused_unless_what_is_right_is_asked_for(
    library: Library, looked: Look
) -> None:
    found = looked(f"{LIST}unknown,5,\n")
    with pytest.raises(BadInputError, match=r"1 row of prices\.csv cannot be taken, so nothing was changed"):
        bring_in(library, found, **ABOUT)
    assert books(library) == ()
    assert actions(library) == []
    assert bring_in(library, found, **ABOUT, take_what_is_right=True).lines == 3


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 81}, "needs a name"),
        ({"name": "a\0b"}, "needs a name"),
        ({"name": "indicative PRICES"}, "come with the program"),
        ({"source": ""}, "needs a source"),
        ({"dated": "2026-02-30"}, "not a day of the calendar"),
        ({"dated": "20.11.2026"}, "not a day of the calendar"),
        ({"dated": "20261120"}, "not a day of the calendar"),
        ({"dated": "2026-11-23"}, "is to come"),
        ({"kind": "estimate"}, "no kind of price"),
    ],
)
def test_that_a_book_without_name_source_day_or_kind_is_refused(
    library: Library, looked: Look, about: dict[str, str], says: str
) -> None:
    with pytest.raises(BadInputError, match=says):
        bring_in(library, looked(LIST), **{**ABOUT, **about})
    assert books(library) == ()


def test_that_a_list_without_any_line_is_no_book(library: Library, looked: Look) -> None:
    with pytest.raises(BadInputError, match=r"No row of prices\.csv can be taken"):
        bring_in(library, looked("mpn,price\nunknown,5\n"), **ABOUT, take_what_is_right=True)


def test_that_a_name_stands_once_and_a_book_can_replace_itself_in_use(library: Library, looked: Look) -> None:
    bring_in(library, looked(LIST), **ABOUT)
    use(library, "Shop")
    number = active(library)
    with pytest.raises(BadInputError, match='There is a price book "Shop" already, of 2026-11-20'):
        bring_in(library, looked(LIST), **ABOUT)
    newer = looked("mpn,price\nMZ-VAP4T0BW,400\n", currency="USD")
    kept = bring_in(library, newer, **{**ABOUT, "dated": "2026-11-21"}, replace=True)
    assert (kept.currency, kept.dated, kept.lines, kept.active) == ("USD", "2026-11-21", 1, True)
    assert active(library) == number
    assert [each.amount for each in lines_of(library, "Shop")] == ["400.00"]


def test_that_a_book_is_used_and_removed_and_the_indicative_prices_stand_in_its_place(
    library: Library, looked: Look
) -> None:
    bring_in(library, looked(LIST), **ABOUT)
    use(library, "Shop")
    assert book_named(library, "Shop").active
    use(library, INDICATIVE)
    assert active(library) == ""
    use(library, "Shop")
    assert remove(library, "Shop") is True
    assert active(library) == ""
    assert books(library) == ()
    assert [action for action, _ in actions(library)] == [
        "price book brought in",
        "price book used",
        "price book used",
        "price book used",
        "price book removed",
    ]


@pytest.mark.parametrize("deed", [use, remove, lines_of, book_named])
def test_that_a_book_that_is_not_there_is_named_with_the_nearest(
    library: Library, looked: Look, deed: Callable[..., object]
) -> None:
    bring_in(library, looked(LIST), **ABOUT)
    with pytest.raises(BadInputError, match=r'There is no price book "Shpo"\. Did you mean "Shop"'):
        deed(library, "Shpo")
    assert len(actions(library)) == 1


def test_that_the_indicative_prices_cannot_be_removed(library: Library) -> None:
    with pytest.raises(BadInputError, match="come with the program"):
        remove(library, INDICATIVE)


HOSTILE = [
    "=HYPERLINK(A1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "'=1", "''=1", " =1", "\uff1d1", "'", "''",
    "'plain", 'a "quoted" word', "a,b;c", "two\nlines", "=", "-", "ü€漢",
]  # fmt: skip


def test_that_a_book_that_is_given_out_holds_no_live_formula_and_reads_back_as_it_was(
    library: Library, looked: Look, parts: dict[str, PartInfo], csv_file: Written
) -> None:
    base = looked("mpn,price\nMZ-VAP4T0BW,389.90\n")
    lines = tuple(
        TakenLine(place, "gpu/nvidia/l4", "L4", place, 100_000 - place, "", note)
        for place, note in enumerate(HOSTILE, 1)
    )
    bring_in(library, base._replace(lines=lines), **ABOUT)
    content = exported(library, "Shop", parts)
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d")), cell
    again = preview(csv_file(content.decode("utf-8-sig"), "utf-8-sig", "again.csv"), parts, "EUR")
    assert again.counts.refused == 0
    bring_in(library, again, **{**ABOUT, "name": "Again"})

    def plain(name: str) -> list[tuple[str, int, str, str]]:
        return [(each.part, each.least, each.amount, each.note) for each in lines_of(library, name)]

    assert [each[:3] for each in plain("Again")] == [each[:3] for each in plain("Shop")]
    assert [each[3] for each in plain("Again")] == [note.strip() for note in HOSTILE]
