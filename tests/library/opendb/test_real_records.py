"""The mistakes that were found by hand in the real records are found by the rules; a sample of all is brought in."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from steelyard.catalog.page import Page
from steelyard.catalog.part_file import read_part
from steelyard.library.opendb.part_text import part_text
from steelyard.library.opendb.reading import Source
from steelyard.library.opendb.record import record_of
from steelyard.library.opendb.run import import_opendb
from steelyard.library.tables import import_hit, imported_part, part_index

SHARE = 40
"""Every so manieth record is in the sample."""


class Wanted(NamedTuple):
    """What must become of a record: a rule and its action, and values of the row or of its record."""

    rule: str
    action: str
    values: dict[str, object]


KNOWN = {
    # processors
    "cd030ee7": Wanted("C1", "fixed", {"memory_limit": 1024}),
    "247c298b": Wanted("C1", "fixed", {"memory_limit": 2048}),
    "b5cbaa67": Wanted("C1", "fixed", {"memory_limit": 2048}),
    "48e1de64": Wanted("C3", "fixed", {"ecc": True}),
    "0991a38e": Wanted("C9", "fixed", {"name": "Ryzen Threadripper PRO 9985WX"}),
    "9ee32220": Wanted("C7", "nulled", {}),
    # boards
    "7dd5b755": Wanted("M2", "fixed", {"memory_limit": 1024}),
    "24ab4038": Wanted("M2", "fixed", {"memory_limit": 1024}),
    "49f764d2": Wanted("M2", "fixed", {"memory_limit": 2048}),
    "bb7ea50a": Wanted("M8", "quarantined", {"state": "quarantined"}),
    "d7a72f37": Wanted("M8", "quarantined", {"state": "quarantined"}),
    "2b5ce475": Wanted("M6", "nulled", {"slots": None}),
    "acaef132": Wanted("M4", "nulled", {"ecc": None}),
    "896375f0": Wanted("M4", "nulled", {"ecc": None}),
    "cd4fad6b": Wanted("M7", "fixed", {"m2_sockets": 5}),
    # memory
    "0189f67f": Wanted("R1", "fixed", {"ecc": True, "module_kind": "RDIMM"}),
    "b53c2a06": Wanted("R6", "nulled", {"ecc": None}),
    "dd132e9a": Wanted("R4", "fixed", {"module_capacity": 16, "ecc": True, "module_kind": "RDIMM"}),
    # graphics cards
    "3d07846e": Wanted("G3", "quarantined", {"state": "quarantined"}),
    "fc73856a": Wanted("G3", "quarantined", {"state": "quarantined"}),
    "f9fc8a38": Wanted("G3", "nulled", {"state": "taken"}),
    "19e23608": Wanted("G9", "fixed", {"connectors_eps": 1, "connectors_8pin": 0}),
    "51ebb74b": Wanted("G9", "fixed", {"connectors_16pin": 1, "connectors_8pin": 0}),
    "e7d72253": Wanted("R7", "fixed", {"mpn": ""}),
    # drives
    "c3b640e1": Wanted("S1", "fixed", {"capacity": 12000}),
    "72c60292": Wanted("S1", "fixed", {"capacity": 14000}),
    "a9322526": Wanted("S1", "fixed", {"capacity": 10000}),
    "bf46a54f": Wanted("S2", "fixed", {"capacity": 3840}),
    # supplies
    "1e8bc737": Wanted("P1", "nulled", {"connectors_eps": None, "connectors_8pin": None}),
    "076cbb45": Wanted("P2", "nulled", {"connectors_eps": None, "connectors_8pin": None}),
    "33429dd0": Wanted("P4", "nulled", {"length": None}),
    # cases
    "e8095991": Wanted("E1", "warned", {}),
    "41c5e262": Wanted("E1", "warned", {}),
    "12ad3d96": Wanted("E1", "warned", {}),
    # coolers
    "e9681006": Wanted("K2", "warned", {}),
    # fans
    "50773ee6": Wanted("F1", "nulled", {"airflow": None}),
    "7d552b56": Wanted("F1", "nulled", {"airflow": None}),
    "0bf78368": Wanted("F3", "nulled", {"static_pressure": None}),
    "6e46f287": Wanted("F7", "nulled", {"airflow": None}),
    "1f1000cd": Wanted("F4", "nulled", {}),
}
"""Beginnings of uuids, and what the rules must do to their records."""


@pytest.fixture(scope="session")
def members(archive):
    """The sample and the known records: file -> bytes."""
    kept = {}
    for place, member in enumerate(Source(archive).members()):
        if place % SHARE == 0 or member.file.rpartition("/")[2][:8] in KNOWN:
            kept[member.file] = member.raw
    return kept


@pytest.fixture(scope="session")
def known(members, catalog):
    return {
        file.rpartition("/")[2][:8]: record_of(file, raw, catalog.schema, 2026)
        for file, raw in members.items()
        if file.rpartition("/")[2][:8] in KNOWN
    }


@pytest.mark.parametrize("uuid", KNOWN)
def test_that_a_mistake_found_by_hand_is_found_by_its_rule(known, uuid) -> None:
    made, wanted = known[uuid], KNOWN[uuid]
    values = json.loads(made.row["record"]) | {name: made.row[name] for name in ("name", "state", "mpn")}

    assert (wanted.rule, wanted.action) in {(hit.rule, hit.action) for hit in made.hits}
    assert {name: values.get(name) for name in wanted.values} == wanted.values


def test_that_every_record_of_the_sample_is_a_part_that_can_be_read(members, catalog) -> None:
    for file, raw in members.items():
        row = record_of(file, raw, catalog.schema, 2026).row
        kind, maker, model = row["part_id"].split("/")
        complaints = []
        page = Page(f"parts/{kind}/{maker}-{model}.toml", part_text(row, catalog.schema).encode(), complaints)

        assert read_part(page, catalog.schema, catalog.sources) is not None, complaints


def test_that_the_sample_is_brought_in_and_a_second_run_finds_nothing_new(library, catalog, members, tmp_path) -> None:
    for file, raw in members.items():
        path = tmp_path / "sample" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
    first = import_opendb(library, tmp_path / "sample", catalog)
    second = import_opendb(library, tmp_path / "sample", catalog)

    assert first.new == first.read == len(members) > 29_000 / SHARE
    assert (second.new, second.changed, second.gone, second.compared_anew) == (0, 0, 0, 0)
    with library.reading() as connection:
        states = dict(
            connection.execute(select(imported_part.c.state, func.count()).group_by(imported_part.c.state)).all()
        )
        found = connection.execute(select(func.count()).select_from(part_index)).scalar()
        families = connection.execute(select(func.count(func.distinct(imported_part.c.kind)))).scalar()
        rules = set(connection.execute(select(import_hit.c.rule).distinct()).scalars())
    assert sum(states.values()) == len(members)
    assert states["taken"] == found > 0.9 * len(members)
    assert families == 10
    assert {wanted.rule for wanted in KNOWN.values()} <= rules
