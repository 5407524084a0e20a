"""Every rule over single records: one record that it meets, with what it does, and one that it leaves alone."""

from __future__ import annotations

import json

import pytest

from steelyard.library.opendb.draft import ACTIONS
from steelyard.library.opendb.registry import FAMILIES, READING_RULES, RULES, SECOND_PASS_RULES

# what a rule meets: its id, the family, what is changed in a sound record, and for action and field what was and is now
MEETS = [
    ("name", "PSU", {"metadata.name": None}, {("quarantined", "metadata.name"): ("", "")}),
    ("R7", "GPU", {"metadata.part_numbers": ["nan", "OC", "ZT-B50610H-10M"]},
     {("fixed", "metadata.part_numbers"): ("nan, OC, ZT-B50610H-10M", "ZT-B50610H-10M")}),
    ("R7", "Storage", {"metadata.part_numbers": ["a29f5e64-99bb-4031-a318-b119dd446ca4", "0619659162139"]},
     {("fixed", "metadata.part_numbers"): ("a29f5e64-99bb-4031-a318-b119dd446ca4, 0619659162139", "")}),
    ("maker", "CPU", {"metadata.manufacturer": None}, {("fixed", "metadata.manufacturer"): ("", "AMD")}),
    ("X2", "CPU", {"specifications.tdp": 0}, {("nulled", "specifications.tdp"): ("0", "")}),
    ("X2", "PSU", {"length": 0}, {("nulled", "length"): ("0", "")}),
    ("X2", "CaseFan", {"min_noise_level": 0}, {("nulled", "min_noise_level"): ("0", "")}),
    ("type", "PSU", {"wattage": "1000"}, {("nulled", "wattage"): ("1000", "")}),
    ("type", "GPU", {"length": 1e300}, {("nulled", "length"): ("1e+300", "")}),
    ("range", "CPU", {"socket": "LGA 1151"}, {("nulled", "socket"): ("LGA1151", "")}),
    ("range", "PSU", {"efficiency_rating": "80+"}, {("nulled", "efficiency_class"): ("80+", "")}),
    ("C1", "CPU", {"socket": "sTR5", "metadata.name": "AMD Ryzen Threadripper 7970X",
                   "specifications.memory.maxSupport": 1, "specifications.memory.channels": 4},
     {("fixed", "specifications.memory.maxSupport"): ("1", "1024")}),
    ("C1", "CPU", {"specifications.memory.maxSupport": 2},
     {("nulled", "specifications.memory.maxSupport"): ("2", "")}),
    ("C2", "CPU", {"specifications.memory.channels": 4},
     {("quarantined", "specifications.memory.channels"): ("4", "4")}),
    ("C2", "CPU", {"socket": "sTR5", "metadata.name": "AMD Ryzen Threadripper PRO 7975WX",
                   "specifications.memory.channels": 4},
     {("quarantined", "specifications.memory.channels"): ("4", "4")}),
    ("C3", "CPU", {"metadata.name": "AMD EPYC 4564P", "specifications.eccSupport": False},
     {("fixed", "specifications.eccSupport"): ("false", "true")}),
    ("C4", "CPU", {"clocks.performance.base": 5.6}, {("quarantined", "clocks.performance.base"): ("5.6", "5.6")}),
    ("C4", "CPU", {"cores.threads": 17}, {("quarantined", "cores.threads"): ("17", "17")}),
    ("C5", "CPU", {"specifications.ppt": 0}, {("nulled", "specifications.ppt"): ("0", "")}),
    ("C6", "CPU", {"specifications.ppt": 60}, {("nulled", "specifications.ppt"): ("60", "")}),
    ("C7", "CPU", {"metadata.releaseYear": 20117}, {("nulled", "metadata.releaseYear"): ("20117", "")}),
    ("C9", "CPU", {"metadata.name": "AMD Ryzen Threadripper 9985WX"},
     {("fixed", "metadata.name"): ("AMD Ryzen Threadripper 9985WX", "AMD Ryzen Threadripper PRO 9985WX")}),
    ("M1", "Motherboard", {"memory.max": 4}, {("nulled", "memory.max"): ("4", "")}),
    ("M1", "Motherboard", {"memory.max": 100}, {("nulled", "memory.max"): ("100", "")}),
    ("M2", "Motherboard", {"socket": "sTR5", "memory.max": 1000}, {("fixed", "memory.max"): ("1000", "1024")}),
    ("M2", "Motherboard", {"socket": "sTR5", "memory.max": 1}, {("fixed", "memory.max"): ("1", "1024")}),
    ("M3", "Motherboard", {"memory.slots": 2}, {("quarantined", "memory.max"): ("192", "192")}),
    ("M4", "Motherboard", {"ecc_support": True}, {("nulled", "ecc_support"): ("true", "")}),
    ("M5", "Motherboard", {"socket": "AM5", "metadata.manufacturer": "MSI"}, {("warned", "ecc_support"): ("", "")}),
    ("M6", "Motherboard", {"socket": "AM5", "pcie_slots": [{"gen": "4.0", "quantity": 3, "lanes": 16}]},
     {("nulled", "pcie_slots"): ("gen 4.0 quantity 3 lanes 16", "")}),
    ("M7", "Motherboard", {"m2_slots": [{"size": "2280", "key": "M"}, {"size": "2230", "key": "E"}]},
     {("fixed", "m2_slots"): ("size 2280 key M, size 2230 key E", "size 2280 key M")}),
    ("M7", "Motherboard", {"m2_slots": [{"size": "2260-2280", "key": "M"}, {"size": "2280", "key": "M"}] * 5},
     {("fixed", "m2_slots"): ("size 2260-2280 key M, size 2280 key M, size 2260-2280 key M, size 2280 key M, si",
                              "size 2260-2280 key M, size 2260-2280 key M, size 2260-2280 key M, size 2260-2280")}),
    ("M7", "Motherboard", {"m2_slots": [{"size": "2280", "key": "M"}] * 9},
     {("nulled", "m2_slots"): (", ".join(["size 2280 key M"] * 5)[:80], "")}),
    ("M8", "Motherboard", {"socket": None}, {("quarantined", "socket"): ("", "")}),
    ("M8", "Motherboard", {"memory": None}, {("quarantined", "memory.slots"): ("", "")}),
    ("R1", "RAM", {"metadata.part_numbers": ["KF564R32RBK4-128"], "modules.quantity": 4, "modules.capacity_gb": 32,
                   "capacity": 128},
     {("fixed", "ecc"): ("Non-ECC", "ECC"), ("fixed", "registered"): ("Unbuffered", "Registered")}),
    ("R1", "RAM", {"metadata.part_numbers": ["KSM48E40BD8KM-32HM"], "modules.capacity_gb": 32, "capacity": 64},
     {("fixed", "ecc"): ("Non-ECC", "ECC")}),
    ("R2", "RAM", {"metadata.name": "Acme Registered DDR5-5600 32GB"},
     {("fixed", "ecc"): ("Non-ECC", "ECC"), ("fixed", "registered"): ("Unbuffered", "Registered")}),
    ("R2", "RAM", {"metadata.name": "Acme ECC UDIMM DDR5-5600 32GB"}, {("fixed", "ecc"): ("Non-ECC", "ECC")}),
    ("R3", "RAM", {"capacity": 64}, {("quarantined", "capacity"): ("64", "64")}),
    ("R4", "RAM", {"metadata.part_numbers": ["KSM48R40BS8KMM-16HMR"], "modules.quantity": 1, "modules.capacity_gb": 32},
     {("fixed", "modules.capacity_gb"): ("32", "16"), ("fixed", "capacity"): ("32", "16")}),
    ("R5", "RAM", {"speed": 3200}, {("quarantined", "speed"): ("3200", "3200")}),
    ("R5", "RAM", {"ram_type": "DDR4"}, {("quarantined", "speed"): ("6000", "6000")}),
    ("R6", "RAM", {"ecc": "ECC"}, {("nulled", "ecc"): ("ECC", "")}),
    ("G1", "GPU", {"memory_bus": 0}, {("nulled", "memory_bus"): ("0", "")}),
    ("G2", "GPU", {"core_count": 0}, {("nulled", "core_count"): ("0", "")}),
    ("G3", "GPU", {"interface": "PCIe x16"}, {("nulled", "interface"): ("PCIe x16", "")}),
    ("G3", "GPU", {"memory_bus": 514}, {("quarantined", "memory_bus"): ("514", "514")}),
    ("G3", "GPU", {"memory_bus": 384}, {("nulled", "memory_bus"): ("384", "")}),
    ("G4", "GPU", {"effective_memory_clock": 1313}, {("nulled", "effective_memory_clock"): ("1313", "")}),
    ("G6", "GPU", {"power_connectors": {"pcie_8_pin": 1}}, {("nulled", "power_connectors.pcie_8_pin"): ("1", "")}),
    ("G8", "GPU", {"chipset": "RTX A5500", "cooling": "1 Fan", "memory_bus": 384},
     {("fixed", "cooling"): ("1 Fan", "Blower")}),
    ("G9", "GPU", {"chipset": "RTX A6000", "memory_bus": 384,
                   "power_connectors": {"pcie_8_pin": 1, "pcie_6_pin": 0, "pcie_12VHPWR": 0, "pcie_12V_2x6": 0}},
     {("fixed", "power_connectors.pcie_8_pin"): ("1", "0"), ("fixed", "eps"): ("", "1")}),
    ("G9", "GPU", {"chipset": "RTX 4500 Ada", "memory_bus": 192, "tdp": 210,
                   "power_connectors": {"pcie_8_pin": 2, "pcie_6_pin": 0, "pcie_12VHPWR": 0, "pcie_12V_2x6": 0}},
     {("fixed", "power_connectors.pcie_8_pin"): ("2", "0"), ("fixed", "power_connectors.pcie_12VHPWR"): ("0", "1"),
      ("fixed", "eps"): ("", "0")}),
    ("S1", "Storage", {"metadata.name": "Acme Ultrastar 12TB", "capacity": 12},
     {("fixed", "capacity"): ("12", "12000")}),
    ("S2", "Storage", {"metadata.name": "Acme 7400 PRO 3.84 TB", "capacity": 3000},
     {("fixed", "capacity"): ("3000", "3840")}),
    ("S3", "Storage", {"interface": "U.2", "nvme": False}, {("fixed", "nvme"): ("false", "true")}),
    ("S4", "Storage", {"form_factor": "PCIe"}, {("fixed", "interface"): ("M.2 PCIe 4.0 x4", "PCIe 4.0 x4")}),
    ("S5", "Storage", {"interface": "M.2 PCIe 4.0 x8"},
     {("quarantined", "interface"): ("M.2 PCIe 4.0 x8", "M.2 PCIe 4.0 x8")}),
    ("P1", "PSU", {"connectors.eps_8_pin": 0}, {("nulled", "connectors.eps_8_pin"): ("0", "")}),
    ("P2", "PSU", {"connectors.pcie_6_plus_2_pin": 0, "connectors.pcie_12vhpwr": 0},
     {("nulled", "connectors.pcie_6_plus_2_pin"): ("0", ""), ("nulled", "connectors.pcie_12vhpwr"): ("0", "")}),
    ("P3", "PSU", {"metadata.name": "Acme ATX 3.0 1000W", "connectors.pcie_12vhpwr": 0},
     {("nulled", "connectors.pcie_12vhpwr"): ("0", "")}),
    ("P4", "PSU", {"length": 86}, {("nulled", "length"): ("86", "")}),
    ("P6", "PSU", {"wattage": 850}, {("quarantined", "wattage"): ("850", "850")}),
    ("K1", "CPUCooler", {"cpu_sockets": ["AM5", "LGA 115"]}, {("fixed", "cpu_sockets"): ("AM5, LGA 115", "AM5")}),
    ("K2", "CPUCooler", {"metadata.name": "Acme Freezer 4U-M", "cpu_sockets": ["sTR4", "sTRX4"]},
     {("warned", "cpu_sockets"): ("sTR4, sTRX4", "sTR4, sTRX4")}),
    ("K4", "CPUCooler", {"height": None}, {("quarantined", "height"): ("", "")}),
    ("K5", "CPUCooler", {"height": 15}, {("quarantined", "height"): ("15", "15")}),
    ("E1", "PCCase", {"supported_motherboard_form_factors": ["ATX"]},
     {("warned", "supported_motherboard_form_factors"): ("ATX", "ATX")}),
    ("E2", "PCCase", {"form_factor": "EATX Mid Tower", "supported_motherboard_form_factors": ["ATX"]},
     {("warned", "supported_motherboard_form_factors"): ("ATX", "ATX")}),
    ("E3", "PCCase", {"max_video_card_length": 900}, {("nulled", "max_video_card_length"): ("900", "")}),
    ("E4", "PCCase", {"expansion_slots": 3}, {("nulled", "expansion_slots"): ("3", "")}),
    ("E6", "PCCase", {"max_video_card_length": 13}, {("fixed", "max_video_card_length"): ("13", "330")}),
    ("E7", "PCCase", {"weight": 16.57}, {("nulled", "weight"): ("16.57", "")}),
    ("F1", "CaseFan", {"max_airflow": 1600}, {("nulled", "max_airflow"): ("1600", "")}),
    ("F2", "CaseFan", {"min_airflow": 62, "max_airflow": 27},
     {("nulled", "min_airflow"): ("62", ""), ("nulled", "max_airflow"): ("27", "")}),
    ("F3", "CaseFan", {"static_pressure": 58}, {("nulled", "static_pressure"): ("58", "")}),
    ("F4", "CaseFan", {"min_noise_level": 0.3}, {("nulled", "min_noise_level"): ("0.3", "")}),
    ("F5", "CaseFan", {"size": 360}, {("fixed", "size"): ("360", "120"), ("fixed", "quantity"): ("1", "3")}),
    ("F7", "CaseFan", {"size": 60, "max_airflow": 39.75}, {("nulled", "max_airflow"): ("39.75", "")}),
]  # fmt: skip

# what it leaves alone: changes that come near
LEAVES_ALONE = [
    ("R7", "GPU", {"metadata.part_numbers": ["100-000000597", "CO-9050082-WW"]}),
    ("maker", "CPU", {"metadata.manufacturer": None, "metadata.name": "Amdahl Rock"}),
    ("X2", "PSU", {"connectors.sata": 0}),
    ("type", "PSU", {"length": None}),
    ("range", "PSU", {"wattage": 850, "metadata.name": "Acme Rock"}),
    ("C1", "CPU", {"specifications.memory.maxSupport": 16}),
    (
        "C2",
        "CPU",
        {"socket": "sTR5", "metadata.name": "AMD Threadripper PRO 7975WX", "specifications.memory.channels": 8},
    ),
    ("C3", "CPU", {"specifications.eccSupport": False}),
    ("C4", "CPU", {"clocks.performance.base": 5.4, "cores.threads": 8}),
    ("C5", "CPU", {"specifications.ppt": None}),
    ("C6", "CPU", {"specifications.ppt": 65}),
    ("C7", "CPU", {"metadata.releaseYear": 2027}),
    ("C9", "CPU", {"metadata.name": "AMD Ryzen Threadripper 2990WX"}),
    ("M1", "Motherboard", {"memory.max": 8}),
    ("M2", "Motherboard", {"memory.max": 2048, "memory.slots": 8, "socket": "sTR5"}),
    ("M3", "Motherboard", {"memory.max": 256}),
    ("M4", "Motherboard", {"ecc_support": None}),
    ("M5", "Motherboard", {"socket": "AM5", "metadata.manufacturer": "Biostar"}),
    ("M6", "Motherboard", {"socket": "AM5"}),
    ("M7", "Motherboard", {"m2_slots": [{"size": "2280", "key": "M"}] * 8}),
    ("M8", "Motherboard", {"memory.max": None}),
    ("R1", "RAM", {"metadata.part_numbers": ["KF560C36BBEK2-64"]}),
    ("R2", "RAM", {"metadata.name": "Acme Non-ECC DDR5-6000"}),
    ("R3", "RAM", {"capacity": None}),
    ("R4", "RAM", {"metadata.part_numbers": ["KSM56R46BS8PMI-16HAI"]}),
    ("R5", "RAM", {"ram_type": "DDR3", "speed": 1333}),
    ("R6", "RAM", {"ecc": "ECC", "metadata.part_numbers": ["M391A2K43DB1-CWE"]}),
    ("G1", "GPU", {"memory_bus": None}),
    ("G2", "GPU", {"core_count": 1}),
    ("G3", "GPU", {"chipset": "Radeon Nobody 1", "memory_bus": 384}),
    ("G4", "GPU", {"effective_memory_clock": None}),
    ("G6", "GPU", {"power_connectors": {"pcie_8_pin": 2}, "tdp": 375}),
    ("G8", "GPU", {"cooling": "1 Fan"}),
    ("G9", "GPU", {"chipset": "RTX A5000", "memory_bus": 384, "tdp": 230, "power_connectors": {"pcie_8_pin": 2}}),
    ("S1", "Storage", {"metadata.name": "Acme Cache 8GB", "capacity": 8}),
    ("S2", "Storage", {"metadata.name": "Acme 2 TB", "capacity": 1920}),
    ("S3", "Storage", {"interface": "SATA 6.0 Gb/s", "nvme": False}),
    ("S4", "Storage", {"form_factor": "PCIe", "interface": "PCIe 4.0 x4"}),
    ("S5", "Storage", {"form_factor": "PCIe", "interface": "M.2 PCIe 4.0 x8"}),
    ("P1", "PSU", {"wattage": 800, "metadata.name": "Acme Rock", "connectors.eps_8_pin": 0}),
    ("P2", "PSU", {"connectors.pcie_6_plus_2_pin": 0}),
    ("P3", "PSU", {"connectors.pcie_12vhpwr": 0}),
    ("P4", "PSU", {"form_factor": "SFX", "length": 90}),
    ("P6", "PSU", {"metadata.name": "Acme Rock 1000 W"}),
    ("K1", "CPUCooler", {"cpu_sockets": ["TR4", "LGA 1851"]}),
    ("K2", "CPUCooler", {"metadata.name": "Acme Freezer 4U-M", "cpu_sockets": ["sTR5"]}),
    ("K4", "CPUCooler", {"height": None, "water_cooled": True}),
    ("K5", "CPUCooler", {"height": 185}),
    ("E1", "PCCase", {"form_factor": "ATX Mid Tower", "supported_motherboard_form_factors": ["ATX"]}),
    ("E2", "PCCase", {"form_factor": "EATX Mid Tower"}),
    ("E3", "PCCase", {"max_video_card_length": 700}),
    ("E4", "PCCase", {"form_factor": "ATX Mid Tower", "expansion_slots": 3}),
    ("E6", "PCCase", {"max_video_card_length": 100}),
    ("E7", "PCCase", {"weight": None}),
    ("F1", "CaseFan", {"max_airflow": 260}),
    ("F2", "CaseFan", {"min_airflow": 60}),
    ("F3", "CaseFan", {"static_pressure": 15}),
    ("F4", "CaseFan", {"max_noise_level": 70}),
    ("F5", "CaseFan", {"size": 230}),
    ("F7", "CaseFan", {"size": 80, "max_airflow": 39.75}),
]


@pytest.mark.parametrize(("rule", "family", "changes", "wanted"), MEETS)
def test_that_a_rule_does_what_it_says(record, rule, family, changes, wanted) -> None:
    hits = [hit for hit in record(family, changes).hits if hit.rule == rule]

    assert {(hit.action, hit.field): (hit.was, hit.now) for hit in hits} == wanted
    said = next(each for each in RULES if each.id == rule)
    assert {hit.action for hit in hits} <= set(said.actions)


@pytest.mark.parametrize(("rule", "family", "changes"), LEAVES_ALONE)
def test_that_a_rule_leaves_what_is_right_alone(record, rule, family, changes) -> None:
    assert [hit for hit in record(family, changes).hits if hit.rule == rule] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_that_no_rule_finds_anything_in_a_sound_record(record, family) -> None:
    made = record(family)

    assert made.hits == ()
    assert made.row["state"] == "taken"


def test_that_every_rule_over_single_records_is_tried_both_ways() -> None:
    elsewhere = {rule.id for rule in SECOND_PASS_RULES} | {"file"}  # test_whole_library, test_hostile
    wanted = {rule.id for rule in RULES} - elsewhere

    assert {rule for rule, *_ in MEETS} == wanted
    assert {rule for rule, *_ in LEAVES_ALONE} == wanted - {"name"}


def test_that_rules_are_named_once_and_say_what_they_do() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.actions and set(rule.actions) <= set(ACTIONS) for rule in RULES)
    assert all(rule.sentence.endswith(".") for rule in RULES)
    applied = {rule.id for rule in RULES} - {rule.id for rule in (*READING_RULES, *SECOND_PASS_RULES)}
    assert applied == {rule.id for rule in RULES if rule.apply is not None}


def test_that_units_become_those_of_the_schema(record) -> None:
    values = json.loads(record("CaseFan").row["record"])

    assert values["airflow"] == pytest.approx(60 * 0.028316846592 * 60, abs=0.05)  # a cubic foot in m³, 60 min in 1 h
    assert values["static_pressure"] == pytest.approx(2.5 * 9.80665, abs=0.05)


def test_that_a_mended_record_is_trusted_less_than_a_sound_one_and_a_nameless_number_least(record) -> None:
    verified = {"metadata.last_manually_spec_verified_at": "2026-01-01T00:00:00Z"}

    assert record("PSU", verified).row["trust"] == 3
    assert record("PSU").row["trust"] == 2
    assert record("PSU", {"length": 86}).row["trust"] == 1
    assert record("PSU", {"metadata.part_numbers": []}).row["trust"] == 0
    assert record("PSU", {**verified, "wattage": 850}).row["trust"] == 0


@pytest.mark.parametrize(
    ("maker", "name", "stored"),
    [
        ("Noctua", "Noctua NF-A14", "NF-A14"),
        ("be quiet!", "Be Quiet! be quiet! - Pure Wings 3", "Pure Wings 3"),
        ("MSI", "MSIX 100", "MSIX 100"),
        ("Noctua", "Noctua", "Noctua"),
        ("Acme", "NF Acme", "NF Acme"),
    ],
)
def test_that_a_name_is_stored_without_the_maker_it_begins_with(record, maker, name, stored) -> None:
    made = record("CaseFan", {"metadata.name": name, "metadata.manufacturer": maker})

    assert (made.row["manufacturer"], made.row["name"]) == (maker, stored)
