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
from steelyard.library.search import find, index_curated, index_imported

if TYPE_CHECKING:
    from collections.abc import Callable

    from steelyard.library.library import Library

ROWS = 25_000
TYPED = ("rtx pro 6000", "fractal define", "990 pro 2tb")
LEAST_GAIN = 4.0
LIKE = """
SELECT {what} FROM part_index WHERE {where}
"""
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


def test_that_a_keystroke_costs_a_quarter_of_plain_like(
    library: Library, record_property: Callable[[str, object], None]
) -> None:
    strokes = [typed[: end + 1] for typed in TYPED for end in range(len(typed))]
    with library.reading() as connection:
        ours = median(_least_seconds(lambda stroke=stroke: find(connection, stroke)) for stroke in strokes)

        def plainly(stroke: str) -> None:
            words = stroke.split() or [""]
            where = " AND ".join(
                f"({' OR '.join(f'{name} LIKE :word{place}' for name in COLUMNS)})" for place in range(len(words))
            )
            said = {f"word{place}": f"%{word}%" for place, word in enumerate(words)}
            for what in ("count(*)", "*"):
                query = LIKE.format(what=what, where=where) + ("" if what == "count(*)" else "ORDER BY id LIMIT 100")
                connection.execute(text(query), said).all()

        like = median(_least_seconds(lambda stroke=stroke: plainly(stroke)) for stroke in strokes)
    record_property("keystroke, ms", ours * 1e3)
    record_property("plain LIKE, ms", like * 1e3)
    assert like / ours >= LEAST_GAIN


def _least_seconds(work: Callable[[], object]) -> float:
    least = float("inf")
    for _ in range(3):
        start = perf_counter()
        work()
        least = min(least, perf_counter() - start)
    return least
