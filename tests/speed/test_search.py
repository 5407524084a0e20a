"""A keystroke must be cheap: the index against SQLite's plain LIKE over the same columns. Ratios, not seconds."""

from __future__ import annotations

import random
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from steelyard.catalog import load_catalog
from steelyard.library.library import open_library
from steelyard.library.search import Finder, index_curated, index_imported

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from steelyard.library.library import Library

pytestmark = pytest.mark.alone

ROWS = 25_000
ROUNDS = 3
TYPED = ("rtx pro 6000", "fractal define", "990 pro 2tb")
LEAST_GAIN = 4.0
LIKE = "SELECT {what} FROM part_index WHERE {where} {more}"
COLUMNS = ("manufacturer", "name", "mpn", "number", "facts")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = open_library(tmp_path_factory.mktemp("library") / "library.sqlite")
    words = random.Random(1)  # noqa: S311  # names of parts
    names = ("GeForce", "RTX", "Radeon", "Define", "Pro", "Max", "Black", "Gaming", "Evo", "Tower", "DDR5", "6000")
    rows = [
        {
            "part_id": f"case/maker/{place}",
            "state": "taken",
            "kind": words.choice(("case", "gpu", "drive", "memory")),
            "manufacturer": words.choice(("Fractal Design", "Samsung", "Asus", "MSI", "Corsair")),
            "name": f"{' '.join(words.sample(names, 4))} {words.randrange(10_000)}",
            "mpn": f"{words.randrange(16**6):06X}-{words.randrange(10_000)}",
            "record": {"capacity": 2000, "memory": 16},
            "in_use": 0,
        }
        for place in range(ROWS)
    ]
    with library.working() as connection:
        index_curated(connection, load_catalog())
        index_imported(connection, rows)
    return library


def keystrokes(library: Library) -> tuple[list[float], list[float]]:
    """Return the seconds of each keystroke, each the least of some rounds: the search's, and those of plain LIKE."""
    strokes = [typed[: end + 1] for typed in TYPED for end in range(len(typed))]
    finder = Finder(library)
    ours = [_least_seconds(lambda stroke=stroke: finder.find(stroke)) for stroke in strokes]
    finder.close()
    with library.reading() as connection:
        like = [_least_seconds(lambda stroke=stroke: _plainly(connection, stroke)) for stroke in strokes]
    return ours, like


def test_that_a_keystroke_costs_a_quarter_of_plain_like(
    library: Library, record_property: Callable[[str, object], None]
) -> None:
    ours, like = keystrokes(library)
    record_property("keystroke, ms", median(ours) * 1e3)
    record_property("plain LIKE, ms", median(like) * 1e3)
    assert median(like) / median(ours) >= LEAST_GAIN


def _plainly(connection: Connection, stroke: str) -> None:
    """Ask the same of the same columns: how many have all words, and the first page of them."""
    words = stroke.split()
    where = " AND ".join(
        f"({' OR '.join(f'{name} LIKE :word{place}' for name in COLUMNS)})" for place in range(len(words))
    )
    said = {f"word{place}": f"%{word}%" for place, word in enumerate(words)}
    for what, more in (("count(*)", ""), ("*", "ORDER BY id LIMIT 100")):
        connection.execute(text(LIKE.format(what=what, where=where, more=more)), said).all()


def _least_seconds(work: Callable[[], object]) -> float:
    least = float("inf")
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        least = min(least, perf_counter() - start)
    return least
