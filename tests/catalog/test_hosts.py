"""The hosts and drives that published measurements ran on: in the catalogue, and out of the way of who buys."""

from __future__ import annotations

import csv

import pytest

from steelyard.places import resources

HOSTS = (
    # the decoding of JPEG
    "amd/epyc-9b14", "amd/epyc-9b45", "intel/xeon-platinum-8581c", "ampere/altra-q64-30", "google/axion",
    "apple/m4-max", "apple/m2-pro", "amd/threadripper-3970x", "amd/epyc-7702", "amd/ryzen-7-5800h",
    # trainings and inference
    "amd/epyc-7742", "amd/epyc-7763", "amd/epyc-7502", "amd/epyc-7302", "amd/epyc-7h12", "amd/epyc-7513",
    "amd/epyc-7282", "intel/xeon-gold-6148", "intel/xeon-gold-6230", "intel/xeon-gold-6338",
    "intel/xeon-platinum-8358", "intel/xeon-platinum-8380", "intel/xeon-platinum-8468",
    "intel/xeon-platinum-8480-plus", "intel/xeon-platinum-8570", "intel/xeon-platinum-8592-plus",
    "intel/xeon-e5-2698-v4", "intel/core-i9-10900x", "intel/xeon-w-2255", "nvidia/grace",
)  # fmt: skip
DRIVES = (
    "micron/6500-ion-u-3-30-72tb", "micron/9400-pro-u-3-7-68tb", "micron/9400-pro-u-3-30-72tb",
    "micron/9550-pro-u-2-30-72tb", "micron/9550-max-u-2-12-8tb", "micron/7450-pro-u-3-15-36tb",
    "samsung/pm1733-u-2-7-68tb", "kioxia/cm6-r-7-68tb", "kioxia/cm7-v-3-2tb", "solidigm/d7-ps1030-u-2-6-4tb",
    "intel/p5510-u-2-7-68tb", "intel/p5800x-u-2-1-6tb",
)  # fmt: skip
READ_BY_THE_MODEL_OF_DECODING = (
    "core_design", "cores", "threads", "performance_cores", "base_clock", "boost_clock", "memory_channels",
    "memory_rate",
)  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_that_a_host_of_measurements_is_known_where_its_work_is_predicted(shipped, host):
    part = f"cpu/{host}"
    assert shipped.part(part).status != "active"
    assert not [field for field in READ_BY_THE_MODEL_OF_DECODING if shipped.datum(part, field).value is None]


@pytest.mark.parametrize("drive", DRIVES)
def test_that_a_drive_of_measurements_states_its_rates(shipped, drive):
    fields = ("capacity", "read_rate", "write_rate", "sustained_write_rate", "random_reads", "form_factor")
    assert not [field for field in fields if shipped.datum(f"drive/{drive}", field).value is None]


def test_that_every_processor_names_its_core_and_no_more_fast_cores_than_cores(shipped):
    parts = [part for part in shipped.parts if part.startswith("cpu/")]
    assert not [part for part in parts if shipped.datum(part, "core_design").value is None]
    for part in parts:
        fast, cores, threads = (shipped.datum(part, field).value for field in ("performance_cores", "cores", "threads"))
        assert 1 <= fast <= cores <= threads <= 2 * cores, part


@pytest.mark.parametrize(
    ("part", "design", "avx512"),
    [
        ("cpu/amd/epyc-7702", "Zen 2", "no"),
        ("cpu/amd/epyc-7313", "Zen 3", "no"),
        ("cpu/amd/epyc-8534p", "Zen 4c", "yes"),
        ("cpu/amd/epyc-9b45", "Zen 5", "yes"),
        ("cpu/amd/epyc-9965", "Zen 5c", "yes"),
        ("cpu/intel/xeon-gold-6148", "Skylake", "yes"),
        ("cpu/intel/xeon-platinum-8380", "Ice Lake", "yes"),
        ("cpu/intel/xeon-platinum-8592-plus", "Emerald Rapids", "yes"),
        ("cpu/intel/core-i9-13900k", "Raptor Lake", "no"),
        ("cpu/intel/xeon-698x", "Granite Rapids", "yes"),
        ("cpu/google/axion", "Neoverse V2", "no"),
    ],
)
def test_that_a_core_is_of_the_generation_that_its_maker_says(shipped, part, design, avx512):
    assert shipped.datum(part, "core_design").words == design
    assert shipped.datum(part, "avx512").words == avx512


def test_that_the_costs_measured_here_are_costs_with_a_range_and_a_source(shipped):
    source = shipped.sources["steelyard-cpu-2026-11"]
    assert source.tier == "measured"
    with (resources() / "measured" / "cpu_work.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["measurement"] for line in lines} >= {
        "augmentation", "dicom", "pictures", "volumes", "tokens", "radiomics", "boosting", "regression",
    }  # fmt: skip
    assert len({(line["measurement"], line["what"]) for line in lines}) == len(lines)
    for line in lines:
        assert 0 < float(line["low"]) <= float(line["value"]) <= float(line["high"]), line["what"]
        assert int(line["repeats"]) >= 3, line["what"]
        assert all(line[column] for column in ("unit", "conditions", "cpu", "load", "date")), line["what"]
