"""Small sources in OpenDB's layout: sound records of every family, and what is changed in them."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.library.opendb.record import Record, record_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from steelyard.catalog import Catalog

ARCHIVE = Path(__file__).parents[4] / "shared" / "data" / "opendb" / "opendb-136a77ae.tar.xz"
THIS_YEAR = 2026

SOUND: dict[str, dict[str, Any]] = {
    "CPU": {
        "metadata": {"name": "AMD Ryzen 7 1234X", "manufacturer": "AMD", "part_numbers": ["100-100009999WOF"]},
        "socket": "AM5",
        "cores": {"total": 8, "threads": 16},
        "clocks": {"performance": {"base": 3.8, "boost": 5.4}},
        "cache": {"l3": 32},
        "specifications": {
            "memory": {"maxSupport": 192, "channels": 2},
            "tdp": 65,
            "ppt": 88,
            "eccSupport": True,
            "integratedGraphics": {"model": "AMD Radeon Graphics"},
        },
    },
    "Motherboard": {
        "metadata": {"name": "Acme X870 Rock", "manufacturer": "Acme", "part_numbers": ["90MBACME0-M0"]},
        "socket": "LGA 1700",
        "chipset": "AMD X870",
        "form_factor": "EATX",
        "memory": {"max": 192, "slots": 4, "ram_type": "DDR5"},
        "pcie_slots": [{"gen": "5.0", "quantity": 1, "lanes": 16}, {"gen": "4.0", "quantity": 2, "lanes": 4}],
        "m2_slots": [{"size": "2280", "key": "M", "interface": "PCIe 5.0 x4"}],
        "storage_devices": {"sata_6_gb_s": 4, "sata_3_gb_s": 0, "u2": 0},
        "power_connectors": {"cpu_power": ["8-pin", "8-pin"]},
        "onboard_ethernet": [{"speed": "2.5 Gb/s"}, {"speed": "10 Gb/s"}],
    },
    "GPU": {
        "metadata": {"name": "Acme GeForce RTX 5070 Ti", "manufacturer": "Acme", "part_numbers": ["ACME-5070TI-16"]},
        "chipset": "GeForce RTX 5070 Ti",
        "memory": 16,
        "memory_bus": 256,
        "core_count": 8960,
        "interface": "PCIe 5.0 x16",
        "length": 300,
        "tdp": 300,
        "total_slot_width": 2.5,
        "cooling": "3 Fans",
        "power_connectors": {"pcie_6_pin": 0, "pcie_8_pin": 0, "pcie_12VHPWR": 0, "pcie_12V_2x6": 1},
    },
    "RAM": {
        "metadata": {"name": "Acme Rock DDR5-6000 32GB", "manufacturer": "Acme", "part_numbers": ["ACM56C36-32K2"]},
        "modules": {"quantity": 2, "capacity_gb": 16},
        "capacity": 32,
        "speed": 6000,
        "ram_type": "DDR5",
        "form_factor": "288-pin DIMM",
        "ecc": "Non-ECC",
        "registered": "Unbuffered",
    },
    "Storage": {
        "metadata": {
            "name": "Acme Rock 2TB",
            "manufacturer": "Acme",
            "part_numbers": ["ACMSSD-2000"],
            "series": "Rock",
        },
        "capacity": 2000,
        "storage_type": "SSD",
        "form_factor": "M.2-2280",
        "interface": "M.2 PCIe 4.0 x4",
        "nvme": True,
    },
    "PSU": {
        "metadata": {"name": "Acme Rock 1000W Gold", "manufacturer": "Acme", "part_numbers": ["ACM-1000G"]},
        "wattage": 1000,
        "form_factor": "ATX",
        "efficiency_rating": "80+ Gold",
        "length": 160,
        "connectors": {"eps_8_pin": 2, "pcie_12vhpwr": 1, "pcie_6_plus_2_pin": 4, "sata": 8},
    },
    "PCCase": {
        "metadata": {"name": "Acme Rock Tower", "manufacturer": "Acme", "part_numbers": ["ACM-CASE-01"]},
        "form_factor": "ATX Full Tower",
        "supported_motherboard_form_factors": ["EATX", "ATX", "Micro ATX", "Mini-ITX"],
        "expansion_slots": 8,
        "max_video_card_length": 420,
        "max_cpu_cooler_height": 180,
        "max_psu_length": 220,
        "internal_3_5_bays": 4,
        "dimensions_mm": {"width": 240, "height": 560, "depth": 550},
        "supported_power_supply_form_factors": ["ATX"],
    },
    "CPUCooler": {
        "metadata": {"name": "Acme Rock Air 158mm", "manufacturer": "Acme", "part_numbers": ["ACM-COOL-1"]},
        "cpu_sockets": ["AM5", "LGA 1851", "LGA 1150"],
        "water_cooled": False,
        "height": 158,
        "fan_quantity": 2,
        "fan_size": 120,
        "max_noise_level": 27,
        "max_fan_rpm": 1500,
    },
    "CaseFan": {
        "metadata": {"name": "Acme Breeze 120mm", "manufacturer": "Acme", "part_numbers": ["ACM-FAN-120"]},
        "size": 120,
        "quantity": 1,
        "min_airflow": 20,
        "max_airflow": 60,
        "static_pressure": 2.5,
        "min_noise_level": 10,
        "max_noise_level": 27,
        "pwm": True,
    },
    "NetworkCard": {
        "metadata": {
            "name": "Acme N2 2 x 10 Gb/s Ethernet PCIe x8",
            "manufacturer": "Acme",
            "part_numbers": ["ACMN210G"],
        }
    },
}
"""A record of every family in which no rule finds anything."""


def changed(family: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the sound record of a family with some values changed, each named by its path; None takes one out."""
    document = copy.deepcopy(SOUND[family])
    for path, value in changes.items():
        *above, last = path.split(".")
        place = document
        for key in above:
            place = place.setdefault(key, {})
        if value is None:
            place.pop(last, None)
        else:
            place[last] = value
    return document


def file_of(family: str, number: int = 1) -> str:
    """Return the name of the file of a record; the uuid begins with the number."""
    return f"open-db/{family}/{UUID(int=number << 96)}.json"


def write_source(root: Path, records: Mapping[str, Any]) -> Path:
    """Write records (file -> document, or text as it is) as a folder in OpenDB's layout."""
    for file, document in records.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(document, bytes):
            path.write_bytes(document)
        else:
            path.write_text(document if isinstance(document, str) else json.dumps(document))
    (root / "LICENSE.txt").write_text("ODC Attribution License (ODC-By), as a test has it")
    return root


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def record(catalog) -> Callable[..., Record]:
    """Put a record through all that looks at single records."""

    def made(family: str, changes: Mapping[str, Any] | None = None, number: int = 1) -> Record:
        raw = json.dumps(changed(family, changes or {})).encode()
        return record_of(file_of(family, number), raw, catalog.schema, THIS_YEAR)

    return made


@pytest.fixture
def source(tmp_path) -> Callable[..., Path]:
    """Write a source; called again it begins a new one."""
    count = 0

    def made(records: Mapping[str, Any]) -> Path:
        nonlocal count
        count += 1
        return write_source(tmp_path / f"source-{count}", records)

    return made


@pytest.fixture(scope="session")
def archive() -> Path:
    """The whole database, where it is at hand."""
    if not ARCHIVE.is_file():
        pytest.skip(f"the archive of OpenDB is not at hand ({ARCHIVE})")
    return ARCHIVE


@pytest.fixture(scope="session")
def build() -> Any:  # the functions above, for tests in files of their own
    """The builders of this file by name."""
    from types import SimpleNamespace

    return SimpleNamespace(changed=changed, file_of=file_of, write_source=write_source, sound=SOUND)
