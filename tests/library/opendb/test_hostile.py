"""Whatever a file holds, it becomes a row with a reason: nothing raises, and every row is a part that can be read."""

from __future__ import annotations

import copy
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.catalog.page import Page
from steelyard.catalog.part_file import read_part
from steelyard.library.opendb.document import LARGEST_RECORD
from steelyard.library.opendb.part_text import part_text
from steelyard.library.opendb.record import record_of
from steelyard.library.opendb.registry import FAMILIES

YEAR = 2026
EXAMPLES = int(os.environ.get("STEELYARD_FUZZ", "100"))

NUMBERS = st.one_of(
    st.integers(),
    st.integers(-2, 5000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(10**400),
    st.sampled_from([0, -0.0, 1e308, -1, 0.5]),
)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["\0", '"', "\\", "\n[specs]\n", "'''", "\x7f", "\ud800", "=cmd()", "\u202e", "x" * 5000, "LGA 1700"]
    ),
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)
FOLDERS = st.sampled_from(sorted(FAMILIES))


def read_back(made, catalog):
    """The part that a row becomes, and what is complained about it."""
    kind, maker, model = made.row["part_id"].split("/")
    complaints = []
    page = Page(f"parts/{kind}/{maker}-{model}.toml", part_text(made.row, catalog.schema).encode(), complaints)
    return read_part(page, catalog.schema, catalog.sources), complaints


def check(file, raw, catalog):
    made = record_of(file, raw, catalog.schema, YEAR)
    part, complaints = read_back(made, catalog)
    assert complaints == []
    assert part is not None
    assert part.info.id == made.row["part_id"]
    assert len(part.info.id) <= 120  # as a project takes it
    json.dumps(made.row, ensure_ascii=False).encode()  # fit for the database: no lone surrogate
    json.dumps(made.hits, ensure_ascii=False).encode()
    assert (made.row["state"] == "quarantined") == any(hit.action == "quarantined" for hit in made.hits)
    return made


@settings(max_examples=EXAMPLES, deadline=None)
@given(folder=FOLDERS, document=st.dictionaries(TEXTS, JSON, max_size=6))
def test_that_any_json_object_becomes_a_row_that_can_be_read(catalog, folder, document) -> None:
    check(f"open-db/{folder}/a.json", json.dumps(document).encode(), catalog)


@settings(max_examples=EXAMPLES, deadline=None)
@given(folder=FOLDERS, raw=st.binary(max_size=300))
def test_that_any_bytes_become_a_row(catalog, folder, raw) -> None:
    check(f"open-db/{folder}/a.json", raw, catalog)


@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data(), folder=FOLDERS)
def test_that_any_value_in_the_place_of_a_right_one_is_survived(catalog, build, data, folder) -> None:
    document = copy.deepcopy(build.sound[folder])
    for _ in range(data.draw(st.integers(1, 4))):
        place = document
        while True:
            key = data.draw(st.sampled_from(sorted(place)))
            if isinstance(place[key], dict) and place[key] and data.draw(st.booleans()):
                place = place[key]
            else:
                break
        place[key] = data.draw(JSON)
    check(f"open-db/{folder}/a.json", json.dumps(document).encode(), catalog)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not JSON"),
        (b"[]", "no object"),
        (b"3", "no object"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "nested more than"),
        (b'{"a": ' + b"9" * 6000 + b"}", "not JSON"),
        (b" " * (LARGEST_RECORD + 1), "more than"),
        (b'{"metadata": {"name": "cut', "not JSON"),
    ],
)
def test_that_what_is_no_record_is_quarantined_with_the_reason(catalog, raw, why) -> None:
    made = check("open-db/PSU/a.json", raw, catalog)

    assert made.row["state"] == "quarantined"
    assert [(hit.rule, hit.action) for hit in made.hits] == [("file", "quarantined")]
    assert why in made.hits[0].was


def test_that_a_text_cannot_write_lines_into_the_file_of_a_part(catalog, record) -> None:
    made = record("PSU", {"metadata.name": 'A"\n[price]\nvalue = "1.00"\n#', "metadata.manufacturer": "B\\"})
    part, complaints = read_back(made, catalog)

    assert complaints == []
    assert part.price is None
    assert part.info.name == 'A" [price] value = "1.00" #'
