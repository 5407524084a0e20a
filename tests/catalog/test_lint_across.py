"""Remarks that only the whole catalogue gives rise to: what nothing fits, what is too large, too dear, not cited."""

from __future__ import annotations

import json

import pytest

from steelyard.catalog import load_catalog
from steelyard.catalog.lint import missing_clearances, newest_day, old_prices, remarks, shared_names
from steelyard.catalog.lint_across import misfits
from steelyard.catalog.lint_sources import dead_sources
from steelyard.catalog.remark import CHECKS, ERROR
from steelyard.places import components_db

SCHEMA = load_catalog(components_db()).schema


@pytest.fixture
def empty(folder):
    """A catalogue without a part."""
    folder.drive.unlink()
    return folder


def add(folder, kind, model, price="", price_kind="list", date="2026-10-01", **values):
    """Write a part of which only these values are known."""
    identity = f"{kind}/maker/{model}"
    lines = [f'id = "{identity}"', f'name = "{model}"', 'manufacturer = "Maker"', "", "[specs]"]
    for name, field in SCHEMA[kind].fields.items():
        if name in values:
            unit = f', unit = "{field.unit}"' if field.form == "number" else ""
            lines.append(f'{name} = {{ value = {json.dumps(values[name])}{unit}, source = "page" }}')
        elif field.required:
            lines.append(f'{name} = {{ unknown = "not looked up" }}')
    if price:
        amounts = [f'value = "{price}"'] + (
            [f'low = "{price}"', f'high = "{price}"'] if price_kind == "estimate" else []
        )
        lines += ["", "[price]", *amounts, 'currency = "USD"', f'date = "{date}"', f'kind = "{price_kind}"']
        lines += ['source = "page"']
    folder.write(f"parts/{kind}/maker-{model}.toml", "\n".join(lines) + "\n")
    return identity


def found(folder, *checks):
    catalog = folder.load()
    assert catalog.complaints == ()
    return [(each.id, each.about) for each in misfits(catalog) if not checks or each.id in checks]


def test_that_sockets_that_nothing_fits_are_found_from_both_sides(empty):
    cpu = add(empty, "cpu", "one", socket="SP5")
    assert found(empty) == [("socket-without-board", cpu), ("socket-without-cooler", cpu)]
    board = add(empty, "board", "two", socket="AM5")
    cooler = add(empty, "cooler", "three", sockets=["AM4", "AM5"])
    assert found(empty) == [
        ("socket-without-board", cpu), ("socket-without-cooler", cpu), ("socket-without-cpu", board),
        ("cooler-without-cpu", cooler),
    ]  # fmt: skip
    add(empty, "cpu", "four", socket="AM5")
    add(empty, "board", "five", socket="SP5")
    add(empty, "cooler", "six", sockets=["SP5"])
    assert found(empty) == []


def test_that_memory_and_drives_that_no_board_takes_are_found(empty):
    module = add(empty, "memory", "one", module_kind="MRDIMM")
    ruler = add(empty, "drive", "ruler", form_factor="E1.S", interface="nvme")
    stick = add(empty, "drive", "stick", form_factor="M.2 22110", interface="nvme")
    disk = add(empty, "drive", "disk", form_factor="3.5 inch", interface="sata")
    checks = ("memory-without-board", "drive-without-board")
    add(empty, "board", "two", memory_kinds=["RDIMM"], m2_sockets=0)
    everything = [("memory-without-board", module), *(("drive-without-board", each) for each in (disk, ruler, stick))]
    assert found(empty, *checks) == everything
    add(empty, "board", "three", memory_kinds=["RDIMM", "MRDIMM"], m2_sockets=2, sata_ports=4)
    assert found(empty, *checks) == [("drive-without-board", ruler)]


@pytest.mark.parametrize(
    ("kind", "size", "room"),
    [
        ("gpu", "length", "gpu_length"), ("gpu", "height", "gpu_height"), ("cooler", "height", "cooler_height"),
        ("cooler", "radiator_length", "radiator_length"), ("psu", "length", "psu_length"),
    ],
)  # fmt: skip
def test_that_what_is_larger_than_the_room_of_every_case_is_found(empty, kind, size, room):
    field = SCHEMA["case"].fields[room]
    middle = (max(field.low, SCHEMA[kind].fields[size].low) + min(field.high, SCHEMA[kind].fields[size].high)) / 2
    larger = add(empty, kind, "larger", **{size: middle + 1})
    add(empty, kind, "fits", **{size: middle})
    add(empty, kind, "unknown")
    assert found(empty, "too-large") == []
    add(empty, "case", "one", **{room: middle - 5})
    add(empty, "case", "two", **{room: middle})
    assert found(empty, "too-large") == [("too-large", larger)]


@pytest.mark.parametrize(
    ("values", "count"),
    [
        ({"connectors_16pin": 2, "connectors_8pin": 4, "connectors_eps": 2}, 0),
        ({"connectors_16pin": 0, "connectors_8pin": 2, "connectors_eps": 2}, 1),
        ({"connectors_16pin": 6, "connectors_8pin": 9, "connectors_eps": 2}, 1),
        ({"connectors_16pin": 2, "connectors_8pin": 4, "connectors_eps": 0}, 1),
        ({"connectors_16pin": 2, "connectors_8pin": 4, "connectors_12v2x6": 1, "connectors_12vhpwr": 0}, 1),
        ({"connectors_16pin": 2, "connectors_8pin": 4, "connectors_12v2x6": 1, "connectors_12vhpwr": 1}, 0),
        ({"connectors_16pin": 0}, 0),
        ({}, 0),
    ],
)
def test_that_connectors_are_counted_against_the_power(empty, values, count):
    supply = add(empty, "psu", "one", rated_power=1600, **values)
    assert found(empty, "supply-connectors") == [("supply-connectors", supply)] * count


def test_that_a_cpu_with_other_lanes_than_its_siblings_is_found(empty):
    for number in range(4):
        add(empty, "cpu", f"sibling-{number}", socket="SP5", lanes=128)
    odd = add(empty, "cpu", "odd", socket="SP5", lanes=28)
    add(empty, "cpu", "near", socket="SP5", lanes=96)
    add(empty, "cpu", "alone", socket="AM5", lanes=24)
    assert found(empty, "lanes-of-socket") == [("lanes-of-socket", odd)]
    add(empty, "cpu", "second", socket="SP5", lanes=28)
    assert found(empty, "lanes-of-socket") == []


def test_that_a_price_far_from_its_class_is_found_in_both_directions(empty):
    for number in range(5):
        add(empty, "cpu", f"cpu-{number}", price="1000.00", socket="SP5", cores=10)
    dear = add(empty, "cpu", "dear", price="4100.00", socket="SP5", cores=10)
    cheap = add(empty, "cpu", "cheap", price="240.00", socket="SP5", cores=10)
    add(empty, "cpu", "many", price="8000.00", socket="SP5", cores=80)
    add(empty, "cpu", "other-class", price="9000.00", socket="AM5", cores=10)
    assert found(empty, "price-outlier") == [("price-outlier", cheap), ("price-outlier", dear)]


def test_that_prices_of_what_moved_are_old_after_half_a_year_unless_they_are_estimates(empty):
    fact = add(empty, "memory", "fact", price="900.00", date="2026-04-01")
    add(empty, "memory", "carried", price="900.00", price_kind="estimate", date="2026-04-01")
    flash = add(empty, "drive", "flash", price="300.00", date="2026-04-01")
    add(empty, "drive", "disk", price="300.00", date="2026-04-01", **{"class": "hard disk"})
    add(empty, "cpu", "cpu", price="300.00", date="2026-04-01")
    catalog = empty.load()
    assert old_prices(catalog, "2026-10-01") == ()
    moved = old_prices(catalog, "2026-10-02")
    assert sorted((each.id, each.about) for each in moved) == [("price-moved", flash), ("price-moved", fact)]


def test_that_two_parts_of_one_name_are_found_whatever_its_spelling(empty):
    first = add(empty, "fan", "nf-a12")
    second = add(empty, "fan", "nfa12")
    (remark,) = shared_names(empty.load())
    assert (remark.about, first in remark.what) == (second, True)


def test_that_missing_clearances_are_named(empty):
    case = add(empty, "case", "one", gpu_length=400, cooler_height=180)
    card = add(empty, "gpu", "one", length=267, height=111, thickness=2)
    tower = add(empty, "cooler", "tower", type="air")
    loop = add(empty, "cooler", "loop", type="liquid_closed", height=50)
    assert [(each.about, each.what) for each in missing_clearances(empty.load())] == [
        (case, "not known: psu_length"),
        (loop, "not known: radiator_length"),
        (tower, "not known: height"),
    ]
    assert card not in [each.about for each in missing_clearances(empty.load())]


def test_that_a_module_lacks_no_size_for_it_stands_in_no_case(empty):
    unsized = add(empty, "gpu", "unsized", form="card")
    add(empty, "gpu", "module", form="SXM")
    assert [each.about for each in missing_clearances(empty.load())] == [unsized]


def test_that_sources_are_found_that_nobody_cites_or_can_look_up(empty):
    add(empty, "fan", "one", size=120)
    more = """
[page]
title = "A page"
tier = "maker"

[web]
title = "A page of the web"
address = "https://example.org/one"

[typing-error]
title = "A page"
address = "htp:/example.org"
date = "2026"
"""
    empty.write("sources.toml", more)
    kept = [(each.id, each.about) for each in dead_sources(empty.load())]
    assert kept == [
        ("source-nameless", "page"), ("source-unused", "web"), ("source-address", "typing-error"),
        ("source-unused", "typing-error"),
    ]  # fmt: skip
    assert ("source-unused", "web") not in [(r.id, r.about) for r in dead_sources(empty.load(), {"web"})]
    add(empty, "fan", "two", size=120)
    path = empty.root / "parts" / "fan" / "maker-two.toml"
    path.write_text(path.read_text().replace('"page"', '"web"'))
    assert ("source-undated", "web") in [(r.id, r.about) for r in dead_sources(empty.load())]


def test_that_a_catalogue_with_other_kinds_and_fields_is_looked_at_all_the_same(empty):
    for schema in (empty.root / "schema").glob("*.toml"):
        if schema.stem != "fan":
            schema.unlink()
    add(empty, "fan", "one", price="30.00", size=120)
    assert {each.id for each in remarks(empty.load())} <= set(CHECKS)
    fan = empty.root / "schema" / "fan.toml"
    fan.write_text(fan.read_text().replace('kind = "fan"', 'kind = "psu"').replace("[fields.size]", "[fields.length]"))
    fan.rename(fan.with_name("psu.toml"))
    assert [each.id for each in remarks(empty.load()) if each.severity == ERROR] == []


def test_that_the_same_files_give_the_same_remarks_on_every_day(shipped):
    assert newest_day(shipped) >= f"{shipped.date}-01"[:10]
    assert remarks(shipped) == remarks(shipped, newest_day(shipped))


def test_that_the_shipped_catalogue_has_no_errors(shipped):
    assert [str(each) for each in remarks(shipped) if each.severity == ERROR] == []


def test_that_no_shipped_price_of_what_moved_is_an_old_fact(shipped):
    assert [str(each) for each in remarks(shipped) if each.id == "price-moved"] == []
