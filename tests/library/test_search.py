"""Finding parts while somebody types: what is found, what comes first, and that nothing typed is a command."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from steelyard.catalog import load_catalog
from steelyard.errors import BadInputError
from steelyard.library import search
from steelyard.library.engine import engine_of
from steelyard.library.tables import part_index


def imported(part_id, kind, maker, name, mpn="", record=None, *, state="taken", in_use=0):
    return {
        "part_id": part_id,
        "state": state,
        "kind": kind,
        "manufacturer": maker,
        "name": name,
        "mpn": mpn,
        "record": record or {},
        "in_use": in_use,
    }


ROWS = (
    imported("drive/samsung/a", "drive", "Samsung", "Samsung 990 Pro 2TB M.2", "MZ-V9P2T0BW", {"capacity": 2000}),
    imported("drive/samsung/b", "drive", "Samsung", "Samsung 990 EVO 1 TB", "MZ-V9E1T0BW", {"capacity": 1000}),
    imported("case/fractal/a", "case", "Fractal Design", "Fractal Design Define R6", "FD-CA-DEF-R6"),
    imported("case/lian-li/a", "case", "Lian Li", "O11 Définition", "", {"form_factors": ["ATX", "E-ATX"]}),
    imported("memory/x/a", "memory", "Kingston", "Fury", "KF-1", {"modules": 2, "module_capacity": 48, "rate": 6000}),
    imported("fan/x/gone", "fan", "Nobody", "Twice in the list", state="duplicate"),
)


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def filled(library, catalog):
    with library.working() as connection:
        search.index_curated(connection, catalog)
        search.index_imported(connection, ROWS)
    return library


def ids(library, text, **choices):
    with library.reading() as connection:
        return [row.part_id for row in search.find(connection, text, **choices).rows]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("990 pro 2tb", "drive/samsung/a"),
        ("2tb pro 990", "drive/samsung/a"),
        ("990 pro 2 TB", "drive/samsung/a"),
        ("990pro 2tb", "drive/samsung/a"),
        ("mzv9p2t0", "drive/samsung/a"),
        ("MZ-V9P2", "drive/samsung/a"),
        ("mz v9p2t0bw", "drive/samsung/a"),
        ("samsu 1tb", "drive/samsung/b"),
        ("definit lian", "case/lian-li/a"),
        ("DÉFINITION", "case/lian-li/a"),
        ("e-atx o11", "case/lian-li/a"),
        ("ram 96gb", "memory/x/a"),
        ("kingston 2x48", "memory/x/a"),
        ("efine r6", "case/fractal/a"),
        ("ca-def", "case/fractal/a"),
    ],
)
def test_that_a_part_is_found_however_it_is_typed(filled, typed, wanted):
    assert wanted in ids(filled, typed, layer="opendb")


def test_that_curated_parts_come_before_imported_ones_and_duplicates_never(filled):
    layers = [identity.split("/")[1] for identity in ids(filled, "990 pro 2tb")]
    assert len(layers) > 1
    assert ids(filled, "990 pro 2tb")[-1] == "drive/samsung/a"
    assert not ids(filled, "twice in the list")


def test_that_words_that_are_nowhere_find_nothing_and_no_words_find_all(filled, catalog):
    assert not ids(filled, "xylophone")
    assert not ids(filled, "990 xylophone")
    with filled.reading() as connection:
        assert search.find(connection, "  ").total == len(catalog.parts) + len(ROWS) - 1


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(some.text(max_size=60) | some.text(alphabet='"*-^():{}+' + "'%_\\\0 NEARORANDaé", max_size=60))
def test_that_whatever_is_typed_is_data(filled, typed):
    with filled.reading() as connection:
        found = search.find(connection, typed, limit=5)
        assert len(found.rows) == min(5, found.total)
        counted = search.facets(connection, typed)
        assert sum(counted["kind"].values()) == found.total


def test_that_ten_thousand_letters_are_data_too(filled):
    assert not ids(filled, "a" * 10_000)
    assert not ids(filled, '"' * 10_000)
    assert ids(filled, "990 " + " " * 10_000 + "pro")


def test_that_pages_hold_every_result_once(filled, catalog):
    pages = [ids(filled, "", order="name", limit=37, offset=offset) for offset in range(0, 2_000, 37)]
    seen = [identity for page in pages for identity in page]
    assert len(seen) == len(set(seen)) == len(catalog.parts) + len(ROWS) - 1


def test_that_the_counts_are_what_the_filters_leave(filled):
    with filled.reading() as connection:
        counts = search.facets(connection, "a", kind="drive", layer="opendb")
        for kind, number in counts["kind"].items():
            assert search.find(connection, "a", kind=kind, layer="opendb").total == number
        for layer, number in counts["layer"].items():
            assert search.find(connection, "a", kind="drive", layer=layer).total == number
        for maker, number in counts["manufacturer"].items():
            assert search.find(connection, "a", kind="drive", layer="opendb", maker=maker).total == number


def test_that_an_equal_catalogue_is_not_indexed_again(filled, catalog):
    with filled.working() as connection:
        assert not search.index_curated(connection, catalog)


def test_that_a_part_read_anew_is_found_by_its_new_name_alone(filled):
    with filled.working() as connection:
        search.index_imported(connection, [imported("case/fractal/a", "case", "Fractal Design", "Torrent Nano")])
    assert ids(filled, "torrent nano") == ["case/fractal/a"]
    assert not ids(filled, "define r6", layer="opendb")
    with filled.working() as connection:
        search.forget_imported(connection, ["case/fractal/a"])
        connection.exec_driver_sql("INSERT INTO part_words(part_words, rank) VALUES('integrity-check', 1)")
    assert not ids(filled, "torrent nano")


def test_that_another_database_finds_by_plain_comparison(filled, monkeypatch):
    with filled.reading() as connection:
        monkeypatch.setattr(connection.dialect, "name", "postgresql")
        found = search.find(connection, "990 pro 2tb", layer="opendb")
    assert [row.part_id for row in found.rows] == ["drive/samsung/a"]


def test_that_a_library_kept_by_another_program_is_told_as_a_sentence(filled, monkeypatch):
    monkeypatch.setattr("steelyard.library.engine.PATIENCE", 0.05)
    finder = search.Finder(filled)
    with engine_of(filled.path).connect() as other:
        other.exec_driver_sql("PRAGMA locking_mode=EXCLUSIVE")
        other.exec_driver_sql("UPDATE fact SET value = value")
        other.commit()
        with pytest.raises(BadInputError, match="does not answer"):
            finder.find("990")
    assert finder.find("990").total
    finder.close()


def test_that_a_part_in_use_can_be_filtered(filled):
    with filled.working() as connection:
        search.mark_in_use(connection, "drive/samsung/b", in_use=True)
    assert ids(filled, "", layer="opendb", in_use=True) == ["drive/samsung/b"]
    with filled.reading() as connection:
        assert connection.execute(part_index.select().where(part_index.c.part_id == "drive/samsung/b")).one().in_use
