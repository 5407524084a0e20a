"""What an import makes of a library: everything once, nothing twice, never over a curated part, all or nothing."""

from __future__ import annotations

import json
from threading import Event

import pytest
from sqlalchemy import select

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.library import audit, search
from steelyard.library.opendb.attribution import ATTRIBUTION, licence_text, notice
from steelyard.library.opendb.run import import_opendb
from steelyard.library.opendb.use import leave, take, take_of_kind
from steelyard.library.tables import audit as audit_table
from steelyard.library.tables import import_hit, import_run, import_staged, imported_part, part_index


def rows(library, table=imported_part):
    with library.reading() as connection:
        return [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c[0]))]


def by_file(library):
    return {row["file"]: row for row in rows(library)}


def content(library):
    """All that an import decides, without the ids that the database counts and the runs' own numbers."""
    parts = [{name: value for name, value in row.items() if name != "run_id"} for row in rows(library)]
    hits = sorted(tuple(value for name, value in row.items() if name != "id") for row in rows(library, import_hit))
    index = sorted(tuple(value for name, value in row.items() if name != "id") for row in rows(library, part_index))
    return parts, hits, index


@pytest.fixture
def bring(library, catalog):
    return lambda path, **more: import_opendb(library, path, catalog, **more)


@pytest.fixture
def three(source, build):
    """Three power supplies of their own, by number."""

    def made(**changes):
        named = {n: {"metadata.name": f"Acme {n}", "metadata.part_numbers": [f"ACM-{n}000"]} for n in (1, 2, 3)}
        return source(
            {
                build.file_of("PSU", n): build.changed("PSU", named[n] | changes.get(f"number_{n}", {}))
                for n in (1, 2, 3)
                if changes.get(f"number_{n}", {}) is not None
            }
        )

    return made


def test_that_records_become_parts_that_are_found_and_not_yet_used(library, bring, three) -> None:
    outcome = bring(three())

    assert (outcome.read, outcome.new, outcome.changed, outcome.gone) == (3, 3, 0, 0)
    assert outcome.totals["states"] == {"taken": 3}
    assert [row["part_id"] for row in rows(library)] == [f"psu/acme/{n}-0000000{n}" for n in (1, 2, 3)]
    assert [(row["layer"], row["in_use"]) for row in rows(library, part_index)] == [("opendb", 0)] * 3
    with library.reading() as connection:
        assert search.find(connection, "acm-2000").total == 1
        assert audit.broken_at(connection) is None


def test_that_a_second_run_changes_nothing(library, bring, three) -> None:
    bring(three())
    before = content(library), rows(library, import_run), rows(library, part_index)
    again = bring(three())

    assert (again.new, again.changed, again.gone, again.unchanged, again.compared_anew) == (0, 0, 0, 3, 0)
    assert (content(library), rows(library, import_run), rows(library, part_index)) == before


def test_that_only_what_changed_is_read_anew_and_a_record_keeps_its_id(library, bring, three) -> None:
    bring(three())
    again = bring(three(number_2={"wattage": 1200}))

    assert (again.new, again.changed, again.unchanged) == (0, 1, 2)
    values = {row["part_id"]: json.loads(row["record"])["rated_power"] for row in rows(library)}
    assert values == {"psu/acme/1-00000001": 1000, "psu/acme/2-00000002": 1200, "psu/acme/3-00000003": 1000}


def test_that_what_is_gone_is_removed_unless_it_is_in_use(library, bring, three) -> None:
    bring(three())
    take(library, "psu/acme/1-00000001")
    again = bring(three(number_1=None, number_2=None))

    assert (again.gone, again.gone_parts) == (1, ("psu/acme/2-00000002",))
    assert again.kept_in_use == ("psu/acme/1-00000001",)
    assert [row["part_id"] for row in rows(library)] == ["psu/acme/1-00000001", "psu/acme/3-00000003"]
    assert len(rows(library, part_index)) == 2


def test_that_a_small_part_of_the_source_does_not_take_the_rest_with_it(library, bring, source, build) -> None:
    fans = {build.file_of("CaseFan", n): build.changed("CaseFan", {"size": 80 + n}) for n in range(1, 31)}
    whole, some = source(fans), source(dict(list(fans.items())[:9]))
    bring(whole)
    before = content(library)

    with pytest.raises(BadInputError, match="has 9 records and lacks 21 of the 30") as trouble:
        bring(some)
    assert "--let-go" in trouble.value.remedy
    assert content(library) == before
    assert [row["action"] for row in rows(library, audit_table)][-1] == "import refused"
    again = bring(whole)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 30)

    let_go = bring(some, let_go=True)
    assert (let_go.gone, len(rows(library))) == (21, 9)


def test_that_a_part_in_use_keeps_its_id_when_its_name_changes(library, bring, three) -> None:
    bring(three())
    take(library, "psu/acme/1-00000001")
    bring(three(number_1={"metadata.name": "Acme Renamed"}, number_2={"metadata.name": "Acme Also"}))

    assert {row["name"]: row["part_id"] for row in rows(library)} == {
        "Renamed": "psu/acme/1-00000001",
        "Also": "psu/acme/also-00000002",
        "3": "psu/acme/3-00000003",
    }


def test_that_a_part_in_use_that_a_rule_now_refuses_is_taken_out_of_use_and_named(library, bring, three) -> None:
    bring(three())
    take(library, "psu/acme/1-00000001")
    again = bring(three(number_1={"metadata.name": "Acme 1 850W"}))

    assert again.out_of_use == ("psu/acme/1-00000001",)
    (row,) = [row for row in rows(library) if row["state"] == "quarantined"]
    assert row["in_use"] == 0


def test_that_a_run_that_is_stopped_leaves_the_library_as_it_was_and_goes_on(
    library, bring, source, build, monkeypatch
) -> None:
    monkeypatch.setattr("steelyard.library.opendb.staging.BATCH", 5)
    monkeypatch.setattr("steelyard.library.opendb.run.BATCH", 5)
    path = source({build.file_of("CaseFan", n): build.changed("CaseFan", {"size": 80 + n}) for n in range(1, 21)})
    stop = Event()

    outcome = bring(path, stop=stop, progress=lambda done: stop.set() if done.read == 10 else None)

    assert outcome.stopped
    assert outcome.read == 10
    assert rows(library) == []
    assert len(rows(library, import_staged)) == 10
    assert [run["finished_at"] for run in rows(library, import_run)] == [None]

    going_on = bring(path)

    assert going_on.resumed
    assert (going_on.new, going_on.changed, going_on.unchanged) == (20, 0, 0)
    assert rows(library, import_staged) == []
    (run,) = rows(library, import_run)
    assert run["finished_at"]


def test_that_two_imports_at_once_count_each_record_once(bring, source, build, monkeypatch) -> None:
    monkeypatch.setattr("steelyard.library.opendb.run.BATCH", 5)
    fans = {build.file_of("CaseFan", n): build.changed("CaseFan", {"size": 80 + n}) for n in range(1, 31)}
    path, inner = source(fans), []

    def meanwhile(done):
        if done.read == 10 and not inner:
            inner.append(None)
            inner[0] = bring(path)

    outer = bring(path, progress=meanwhile)

    for found in (inner[0], outer):
        assert found.new + found.changed + found.unchanged == found.read == 30
    assert (inner[0].new, outer.new, outer.changed) == (30, 0, 0)


def test_that_an_import_whose_records_another_one_dropped_changes_nothing(
    library, bring, source, build, monkeypatch
) -> None:
    for module in ("run", "staging"):
        monkeypatch.setattr(f"steelyard.library.opendb.{module}.BATCH", 5)
    fans = {build.file_of("CaseFan", n): build.changed("CaseFan", {"size": 80 + n}) for n in range(1, 31)}
    other, begun = source({build.file_of("PSU"): build.sound["PSU"]}), []

    def meanwhile(done):
        if done.read == 10 and not begun:
            begun.append(None)
            bring(other)

    with pytest.raises(BadInputError, match="Another import"):
        bring(path := source(fans), progress=meanwhile)
    assert list(by_file(library)) == [build.file_of("PSU")]
    assert bring(path).totals["states"] == {"taken": 30}


def test_that_an_interrupt_keeps_what_was_read(library, bring, source, build, monkeypatch) -> None:
    monkeypatch.setattr("steelyard.library.opendb.run.BATCH", 5)
    path = source({build.file_of("CaseFan", n): build.changed("CaseFan", {"size": 80 + n}) for n in range(1, 21)})

    def interrupt(done):
        if done.read == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(path, progress=interrupt)
    assert rows(library) == []
    assert len(rows(library, import_staged)) == 10


def test_that_a_source_that_is_cut_off_removes_nothing(library, bring, three, tmp_path) -> None:
    import tarfile

    folder = three()
    bring(folder)
    before = content(library)
    with tarfile.open(tmp_path / "a.tar.xz", "w:xz") as archive:
        archive.add(three(number_1={"wattage": 1100}), ".")
    (tmp_path / "a.tar.xz").write_bytes((tmp_path / "a.tar.xz").read_bytes()[:-40])

    with pytest.raises(DamagedFileError):
        bring(tmp_path / "a.tar.xz")
    assert content(library) == before


def test_that_what_another_stopped_run_read_is_not_finished_with_this_source(library, bring, three) -> None:
    stop = Event()
    path = three()
    bring(path, stop=stop, progress=lambda _: None)
    with library.working() as connection:
        run = connection.execute(import_run.insert().values(dataset="buildcores-opendb", origin="x", started_at="y"))
        staged = {"run_id": run.inserted_primary_key[0], "file": "open-db/PSU/z.json", "digest": "00", "content": "{}"}
        connection.execute(import_staged.insert().values(staged))
    bring(three(number_3={"wattage": 1100}))

    assert len(rows(library)) == 3
    assert rows(library, import_staged) == []


# --- the same product twice


def test_that_of_two_records_of_one_product_the_verified_one_stays(library, bring, source, build) -> None:
    verified = {"length": 170, "metadata.last_manually_spec_verified_at": "2026-01-01T00:00:00Z"}
    bring(
        source({build.file_of("PSU", 1): build.sound["PSU"], build.file_of("PSU", 2): build.changed("PSU", verified)})
    )
    first, second = (by_file(library)[build.file_of("PSU", n)] for n in (1, 2))

    assert (first["state"], second["state"]) == ("duplicate", "taken")
    assert json.loads(first["record"])["opendb"]["same_as"] == second["part_id"]
    assert json.loads(second["record"])["length"] == 170


def test_that_numbers_on_which_two_unverified_records_disagree_become_unknown_and_come_back(
    library, bring, source, build
) -> None:
    one, two = build.file_of("PSU", 1), build.file_of("PSU", 2)
    bring(source({one: build.sound["PSU"], two: build.changed("PSU", {"length": 170})}))
    kept = by_file(library)[one]

    assert (kept["state"], by_file(library)[two]["state"]) == ("taken", "duplicate")
    assert "length" not in json.loads(kept["record"])
    assert ("X1", "nulled", "length", "160", "") in [
        (hit["rule"], hit["action"], hit["field"], hit["was"], hit["now"]) for hit in rows(library, import_hit)
    ]

    bring(source({one: build.sound["PSU"]}))

    assert json.loads(by_file(library)[one]["record"])["length"] == 160
    assert rows(library, import_hit) == []


def test_that_the_record_with_fewer_hits_stays(library, bring, source, build) -> None:
    one, two = build.file_of("PSU", 1), build.file_of("PSU", 2)
    bring(source({one: build.changed("PSU", {"connectors.eps_8_pin": 0}), two: build.sound["PSU"]}))

    assert by_file(library)[one]["state"] == "duplicate"


@pytest.mark.parametrize(
    "changes",
    [
        {"wattage": 850, "metadata.name": "Acme Rock"},
        {"metadata.manufacturer": "Other"},
        {"metadata.part_numbers": ["ACM-1000H", "Acme Rock 1000"]},
    ],
)
def test_that_records_of_different_products_are_not_thrown_together(library, bring, source, build, changes) -> None:
    one, two = build.file_of("PSU", 1), build.file_of("PSU", 2)
    named = {"metadata.part_numbers": ["ACM-1000G", "Acme Rock 1000"]}
    bring(source({one: build.changed("PSU", named), two: build.changed("PSU", changes)}))

    assert {row["state"] for row in rows(library)} == {"taken"}


def test_that_the_outcome_does_not_depend_on_the_order_of_the_imports(tmp_path, catalog, source, build) -> None:
    from steelyard.library.library import open_library

    shared = {"metadata.part_numbers": ["ACM-1000G", "ACM-1000B"]}
    records = {
        build.file_of("PSU", 1): build.sound["PSU"],
        build.file_of("PSU", 2): build.changed("PSU", {**shared, "length": 170}),
        build.file_of("PSU", 3): build.changed("PSU", {"metadata.part_numbers": ["ACM-1000B"], "connectors.sata": 9}),
        build.file_of("PSU", 4): build.changed("PSU", {"metadata.name": "Other", "metadata.part_numbers": ["OTHER-1"]}),
    }
    files = sorted(records)
    at_once, in_steps = open_library(tmp_path / "one.sqlite"), open_library(tmp_path / "two.sqlite")
    import_opendb(at_once, source(records), catalog)
    for some in (files[2:], files[:2], files[1:3], files):
        import_opendb(in_steps, source({file: records[file] for file in some}), catalog)

    assert content(in_steps) == content(at_once)


# --- the same product as a curated one


def curated_record(build, **changes):
    """A record of a processor that the catalogue has itself, saying the same."""
    said = {
        "metadata.name": "AMD Ryzen Threadripper 7970X",
        "metadata.part_numbers": ["100-100001351WOF"],
        "socket": "sTR5",
        "cores.total": 32,
        "cores.threads": 64,
        "clocks.performance.base": 4.0,
        "clocks.performance.boost": 5.3,
        "cache.l3": 128,
        "specifications.memory.maxSupport": 1024,
        "specifications.memory.channels": 4,
        "specifications.tdp": 350,
        "specifications.ppt": 350,
        "specifications.integratedGraphics.model": "None",
    }
    return build.changed("CPU", said | changes)


@pytest.mark.parametrize(
    "changes",
    [{}, {"metadata.manufacturer": None}, {"metadata.part_numbers": []}, {"metadata.name": "Threadripper from AMD"}],
)
def test_that_a_record_of_a_curated_part_never_stands_beside_it(library, bring, source, build, changes) -> None:
    bring(source({build.file_of("CPU"): curated_record(build, **changes)}))
    (row,) = rows(library)

    assert row["state"] == "duplicate"
    assert json.loads(row["record"])["opendb"]["same_as"] == "cpu/amd/threadripper-7970x"
    assert rows(library, part_index) == []
    with pytest.raises(BadInputError, match="the same product"):
        take(library, row["part_id"])


def test_that_a_record_that_contradicts_the_curated_part_is_refused_and_both_numbers_are_said(
    library, bring, source, build
) -> None:
    bring(source({build.file_of("CPU"): curated_record(build, **{"cores.total": 24, "cores.threads": 48})}))
    (row,) = rows(library)

    assert row["state"] == "quarantined"
    said = {hit["field"]: (hit["was"], hit["now"]) for hit in rows(library, import_hit) if hit["rule"] == "X3"}
    assert said == {"cores": ("24", "32"), "threads": ("48", "64")}


def test_that_a_small_difference_is_said_and_refuses_nothing(library, bring, source, build) -> None:
    bring(source({build.file_of("CPU"): curated_record(build, **{"clocks.performance.boost": 5.2})}))
    (row,) = rows(library)

    assert row["state"] == "duplicate"
    said = [(hit["rule"], hit["field"], hit["was"], hit["now"]) for hit in rows(library, import_hit)]
    assert said == [("curated", "boost_clock", "5.2", "5.3")]


def test_that_no_imported_id_is_a_curated_one_even_if_a_record_is_made_for_it(
    library, bring, source, build, catalog, monkeypatch
) -> None:
    monkeypatch.setattr("steelyard.library.opendb.record.part_id", lambda *_: "fan/arctic/p12-max")
    files = [build.file_of("CaseFan", n) for n in (1, 2)]
    named = {"metadata.part_numbers": ["OTHER-9999"], "size": 140}
    bring(source({files[0]: build.sound["CaseFan"], files[1]: build.changed("CaseFan", named)}))
    found = [row["part_id"] for row in rows(library)]

    assert len(set(found)) == 2
    assert not set(found) & set(catalog.parts)
    assert {hit["rule"] for hit in rows(library, import_hit)} == {"id"}


# --- taken on purpose


def test_that_a_taken_part_is_marked_in_both_places_and_logged(library, bring, three) -> None:
    bring(three())

    assert take(library, "psu/acme/2-00000002", "psu/acme/2-00000002") == ("psu/acme/2-00000002",)
    assert take(library, "psu/acme/2-00000002") == ()
    assert {row["part_id"]: row["in_use"] for row in rows(library)}["psu/acme/2-00000002"] == 1
    assert {row["part_id"]: row["in_use"] for row in rows(library, part_index)}["psu/acme/2-00000002"] == 1
    assert leave(library, "psu/acme/2-00000002") == ("psu/acme/2-00000002",)
    assert {row["in_use"] for row in rows(library)} == {0}
    with library.reading() as connection:
        actions = [entry.action for entry in audit.entries(connection)]
    assert actions == ["import finished", "imported parts taken", "imported parts left"]


def test_that_too_many_at_once_are_refused_with_the_number(library, bring, three) -> None:
    bring(three())

    with pytest.raises(BadInputError, match=r"3 imported parts .*more than 2"):
        take_of_kind(library, "psu", most=2)
    assert {row["in_use"] for row in rows(library)} == {0}
    assert len(take_of_kind(library, "psu", "ACME")) == 3
    with pytest.raises(BadInputError, match="no imported part"):
        take_of_kind(library, "gpu")


def test_that_what_is_not_there_or_refused_cannot_be_taken(library, bring, three) -> None:
    bring(three(number_1={"wattage": 850, "metadata.name": "Acme 1 1000W"}))
    refused = next(row["part_id"] for row in rows(library) if row["state"] == "quarantined")

    for part_id, why in ((refused, "quarantine rule"), ("psu/acme/9-00000009", "There is no imported part")):
        with pytest.raises(BadInputError, match=why):
            take(library, "psu/acme/2-00000002", part_id)
    assert {row["in_use"] for row in rows(library)} == {0}


# --- attribution


def test_that_the_licence_is_kept_with_the_data_and_its_notice_goes_with_every_export(library, bring, three) -> None:
    with library.reading() as connection:
        assert notice(connection) == ""
    bring(three())
    with library.reading() as connection:
        assert "ODC Attribution License" in licence_text(connection)
        assert notice(connection) == ATTRIBUTION


def test_that_the_notice_of_the_bibliography_is_the_one_that_the_licence_asks_for(catalog) -> None:
    from steelyard.catalog.sources import IMPORTED_SOURCE

    assert catalog.sources[IMPORTED_SOURCE].notice == ATTRIBUTION
    assert catalog.sources[IMPORTED_SOURCE].licence == "ODC-By 1.0"
