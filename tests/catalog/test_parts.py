"""The parts that ship: enough of them, without complaints, each priced and sourced."""

from __future__ import annotations

import re
import tomllib

import numpy as np
import pytest

from steelyard.catalog.lint import contradictions, shared_numbers
from steelyard.catalog.schema import words_of
from steelyard.catalog.sources import TIERS
from steelyard.places import components_db

SHIPPED = components_db()

LEAST = {
    "cpu": 12, "gpu": 14, "board": 8, "memory": 12, "drive": 12, "cooler": 8, "psu": 10, "case": 6, "fan": 6, "nic": 3,
    "ups": 3,
}  # fmt: skip


def words(catalog, kind, field):
    table = catalog.tables[kind]
    entry = catalog.schema[kind].fields[field]
    return {word for cell in table.columns[field][1:] for word in words_of(entry, cell)}


def test_that_no_file_has_a_complaint(shipped):
    assert [str(complaint) for complaint in shipped.complaints] == []


@pytest.mark.parametrize(("kind", "least"), LEAST.items())
def test_that_there_are_enough_parts_of_each_kind(shipped, kind, least):
    assert len(shipped.tables[kind]) - 1 >= least


def test_that_the_parts_span_what_a_medical_workstation_is_built_of(shipped):
    assert {"sTR5", "SP5", "LGA4677", "AM5"} <= words(shipped, "cpu", "socket")
    assert {"WRX90", "TRX50", "W790"} <= words(shipped, "board", "chipset")
    assert {"AM5"} <= words(shipped, "board", "socket")
    assert {"workstation", "consumer", "server"} <= words(shipped, "gpu", "segment")
    assert {"passive", "blower", "axial_open"} <= words(shipped, "gpu", "cooling")
    memory = shipped.tables["gpu"].columns["memory"][1:]
    assert memory.min() <= 16
    assert memory.max() >= 96
    assert {"RDIMM", "UDIMM"} <= words(shipped, "memory", "module_kind")
    assert set(shipped.tables["memory"].columns["ecc"][1:]) == {0, 1}
    assert {"consumer SSD", "data centre SSD", "hard disk"} <= words(shipped, "drive", "class")
    power = shipped.tables["psu"].columns["rated_power"][1:]
    assert power.min() <= 850
    assert power.max() >= 2800


def test_that_every_part_has_a_dated_price_and_estimates_are_marked(shipped):
    for part in shipped.parts:
        price = shipped.price(part)
        assert price is not None, part
        assert re.fullmatch(r"20\d\d(-\d\d)?(-\d\d)?", price.date), part
        if price.is_estimate:
            assert price.low < price.amount < price.high, part
            assert shipped.sources[price.source].tier == "estimate", part


def test_that_no_price_comes_from_a_scraped_list(shipped):
    assert not [part for part in shipped.parts if shipped.price(part).source == "pc-part-dataset"]


def test_that_every_value_has_a_tier_and_every_gap_a_reason(shipped):
    for path in sorted((SHIPPED / "parts").glob("*/*.toml")):
        specs = tomllib.loads(path.read_text())["specs"]
        for name, entry in specs.items():
            if "unknown" in entry:
                assert len(entry["unknown"]) > 5, (path, name)
            else:
                assert entry.get("tier", shipped.sources[entry["source"]].tier) in TIERS, (path, name)
                assert entry.get("where") or entry["source"] != "opendb", (path, name)


def test_that_no_value_contradicts_another_and_no_number_is_used_twice(shipped):
    assert contradictions(shipped) == ()
    assert shared_numbers(shipped) == ()


def test_that_data_under_a_licence_carry_its_notice(shipped):
    opendb = shipped.sources["opendb"]
    assert opendb.licence == "ODC-By 1.0"
    assert "https://opendatacommons.org/licenses/by/1-0/" in opendb.notice


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("cpu/amd/threadripper-7980x", ("cores", "lanes", "package_power", "temperature_limit", "memory_rate", "ecc")),
        ("board/asus/pro-ws-trx50-sage-wifi", ("slots", "memory_slots", "m2_sockets", "eps_connectors", "memory_rate")),
        ("memory/sk-hynix/1x64gb-hmcg94agbra181n", ("module_capacity", "jedec_rate", "ecc")),
        (
            "gpu/nvidia/rtx-6000-ada",
            ("memory", "board_power", "temperature_limit", "idle_power", "length", "tensor_rate"),
        ),
        ("gpu/nvidia/rtx-a6000", ("memory", "board_power", "temperature_limit", "connectors_eps")),
        ("drive/samsung/990-pro-4tb", ("capacity", "sustained_write_rate", "endurance", "temperature_limit")),
        ("cooler/silverstone/xe360-tr5", ("sockets", "radiator_length", "fans")),
        ("psu/seasonic/prime-tx-1600-atx-3-1", ("low_line_power", "connectors_16pin", "connectors_eps", "inlet")),
        ("case/phanteks/enthoo-pro-2-server-edition", ("gpu_length", "cooler_height", "psu_length", "fan_mounts")),
    ],
)
def test_that_the_parts_of_the_sample_build_are_known_where_it_counts(shipped, part, fields):
    assert not [field for field in fields if shipped.datum(part, field).value is None]


# --- processors, boards and memory


def known(catalog, part, field):
    datum = catalog.datum(part, field)
    return None if datum.value is None else datum.words or datum.value


def parts_of(catalog, kind):
    return [part for part in catalog.parts if part.startswith(f"{kind}/")]


@pytest.mark.parametrize("socket", ["sTR5", "sWRX8", "SP5", "SP3", "LGA4677"])
def test_that_the_processors_of_workstations_are_known_where_a_build_depends_on_it(shipped, socket):
    fields = ("cores", "threads", "base_clock", "boost_clock", "cache", "package_power", "memory_channels",
              "memory_rate", "memory_limit", "memory_kinds", "ecc", "lanes", "lanes_gen5")  # fmt: skip
    ours = [part for part in parts_of(shipped, "cpu") if known(shipped, part, "socket") == socket]
    assert ours
    assert not [(part, field) for part in ours for field in fields if known(shipped, part, field) is None]


def test_that_a_wrx90_board_gives_no_more_lanes_away_than_its_processor_has(shipped):
    table, given = shipped.tables["board"], {}
    for board in parts_of(shipped, "board"):
        fields = ("m2_sockets", "m2_chipset_sockets", "u2_ports")
        sockets, of_the_chipset, ports = (shipped.datum(board, field).value for field in fields)
        slots = np.nansum(table.columns["slot_lanes"][:, table.row(board)])
        if known(shipped, board, "chipset") == "WRX90" and slots and None not in {sockets, of_the_chipset, ports}:
            given[board] = slots + 4 * (sockets - of_the_chipset + ports) + 4  # the chipset hangs on four more
    assert "board/asus/pro-ws-wrx90e-sage-se" in given
    assert {board: lanes for board, lanes in given.items() if lanes > 128} == {}


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("cpu/amd/threadripper-pro-5995wx", {"cores": 64, "package_power": 280, "memory_rate": 3200, "lanes_gen5": 0}),
        ("cpu/amd/threadripper-pro-9945wx", {"cores": 12, "memory_channels": 8, "memory_rate": 6400, "lanes": 128}),
        ("cpu/amd/epyc-9575f", {"cores": 64, "base_clock": 3.3, "boost_clock": 5, "cache": 256, "design_power": 400}),
        ("cpu/intel/xeon-w9-3495x", {"power_ceiling": 420, "case_temperature": 81, "avx512": "yes", "amx": "yes"}),
        ("cpu/intel/core-ultra-9-285k", {"avx512": "no", "design_power": 125, "power_ceiling": 250}),
        ("board/asrock-rack/romed8-2t", {"memory_slots": 8, "sata_ports": 8, "slots": "7 slots"}),
        ("board/gigabyte/mz33-ar0", {"memory_rate_two": 4000, "u2_ports": 14, "slots": "4 slots"}),
        ("memory/v-color/4x48gb-tra548g64d832q", {"rate": 6400, "jedec_rate": 4800, "voltage": 1.4, "latency": 32}),
        ("memory/samsung/1x64gb-m393a8g40bb4-cwe", {"generation": "DDR4", "rate": 3200, "voltage": 1.2}),
    ],
)
def test_that_a_part_says_what_its_pages_say(shipped, part, said):
    assert {field: known(shipped, part, field) for field in said} == said


def test_that_most_boards_list_their_slots_and_the_others_say_why_not(shipped):
    without = {part for part in parts_of(shipped, "board") if known(shipped, part, "slots") is None}
    assert len(without) <= 4
    assert all(shipped.datum(part, "slots").why_unknown for part in without)


def test_that_no_board_feeds_more_lanes_to_its_slots_than_its_processors_have(shipped):
    lanes: dict[str, float] = {}
    for part in parts_of(shipped, "cpu"):
        socket = known(shipped, part, "socket")
        lanes[socket] = max(lanes.get(socket, 0), known(shipped, part, "lanes"))
    table = shipped.tables["board"]
    for part in parts_of(shipped, "board"):
        socket = known(shipped, part, "socket")
        if socket in {"AM5", "LGA1851"} or known(shipped, part, "slots") is None:
            continue  # desktop boards share sixteen lanes between slots: their sum says nothing
        row = table.row(part)
        there = table.columns["slots"][:, row] == 1
        assert table.columns["slot_lanes"][there, row].sum() <= lanes[socket], part


def test_that_a_board_with_m2_sockets_says_what_feeds_each(shipped):
    for part in parts_of(shipped, "board"):
        if known(shipped, part, "m2_sockets"):
            assert "generation" in (known(shipped, part, "m2_map") or ""), part


def test_that_ranks_agree_with_the_label_of_a_module(shipped):
    labelled = [part for part in parts_of(shipped, "memory") if known(shipped, part, "organisation")]
    assert len(labelled) > 40
    for part in labelled:
        label = re.search(r"(\d)Rx\d", known(shipped, part, "organisation"))
        assert label, part
        assert int(label[1]) == known(shipped, part, "ranks"), part


def test_that_no_old_fact_is_the_price_of_memory(shipped):
    facts = [shipped.price(part) for part in parts_of(shipped, "memory") if not shipped.price(part).is_estimate]
    assert not [price.date for price in facts if price.date < "2026-05-21"]
