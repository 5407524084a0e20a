"""Every record of the collected facts is a part or is left out for a reason, and none was changed in silence."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from steelyard.places import components_db

COLLECTED = Path(__file__).parents[3] / "shared" / "data" / "catalog"
FILES = sorted(COLLECTED.glob("*.jsonl"))
PART_OF = json.loads(Path(__file__).with_name("records.json").read_text(encoding="utf-8"))
KINDS = {"motherboard": "board", "storage": "drive"}
FIELDS = {
    "board": {"dimm_slots": "memory_slots", "eps_8pin": "eps_connectors", "mem_max_gb": "memory_limit"},
    "case": {"expansion_slots": "expansion_slots", "max_gpu_length_mm": "gpu_length", "weight_kg": "mass"},
    "cooler": {"height_mm": "height", "rated_tdp_w": "rated_power", "fan_count": "fans"},
    "cpu": {"cores": "cores", "base_ghz": "base_clock", "boost_ghz": "boost_clock", "l3_mb": "cache"},
    "drive": {"capacity_gb": "capacity", "active_power_w": "active_power", "idle_power_w": "idle_power"},
    "fan": {"size_mm": "size", "airflow_m3h": "airflow", "static_pressure_pa": "static_pressure"},
    "gpu": {
        "vram_gb": "memory",
        "mem_bandwidth_gb_s": "memory_bandwidth",
        "tdp_w": "board_power",
        "length_mm": "length",
    },
    "memory": {"modules": "modules", "module_gb": "module_capacity", "rated_mts": "rate", "jedec_mts": "jedec_rate"},
    "nic": {"ports": "ports", "pcie_lanes": "pcie_lanes", "power_typ_w": "power"},
    "psu": {"watts": "rated_power", "length_mm": "length", "low_line_max_w": "low_line_power"},
    "ups": {"va": "apparent_power", "watts": "real_power"},
}
SAME = 0.01
"""Share by which a number may differ: records round where a page gives a unit more finely."""

pytestmark = pytest.mark.skipif(not FILES, reason="the collected facts are not beside this checkout")


def records(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_that_every_record_is_a_part_or_left_out_for_a_reason(file, shipped):
    left_out = tomllib.loads((components_db() / "left_out.toml").read_text(encoding="utf-8"))
    kind = KINDS.get(file.stem, file.stem)
    for record in records(file):
        part = PART_OF.get(record["id"])
        if part is None:
            assert left_out[kind][record["id"]].strip()
        else:
            assert shipped.part(part).kind == kind
            assert not record.get("placeholder"), "a placeholder is no product"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_that_a_number_is_that_of_its_record_or_says_why_not(file, shipped):
    kind = KINDS.get(file.stem, file.stem)
    silent = []
    for record in records(file):
        part = PART_OF.get(record["id"])
        for name, field in FIELDS[kind].items():
            value = record.get(name)
            if part is None or value is None:
                continue
            datum = shipped.datum(part, field)
            agrees = datum.value is not None and abs(datum.value - value) <= SAME * abs(value)
            if not agrees and not datum.note and not datum.why_unknown:
                silent.append((part, field, value, datum.value))
    assert silent == []
