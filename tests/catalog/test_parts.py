"""The parts that ship: enough of them, without complaints, each priced and sourced."""

from __future__ import annotations

import re
import tomllib

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
