"""The cache says what the files say, cannot run anything, and heals itself."""

from __future__ import annotations

import json
import os
import re
import time
import tomllib

import numpy as np
import pytest

from steelyard.catalog import load_catalog, page
from steelyard.places import components_db

SHIPPED = components_db()


def same(one, other):
    assert one.hash == other.hash
    for name in ("schema", "parts", "sources", "assumptions", "workloads", "complaints", "date"):
        assert repr(getattr(one, name)) == repr(getattr(other, name)), name
    for name, table in one.tables.items():
        assert table.ids == other.tables[name].ids
        assert table.columns.keys() == other.tables[name].columns.keys()
        for field, column in table.columns.items():
            np.testing.assert_array_equal(column, other.tables[name].columns[field])
    for part in one.parts:
        assert one.price(part) == other.price(part)


def test_that_the_cached_catalogue_is_the_fresh_one(tmp_path):
    fresh = load_catalog(SHIPPED, cache=tmp_path)
    (file,) = tmp_path.iterdir()
    stamp = file.stat().st_mtime_ns
    cached = load_catalog(SHIPPED, cache=tmp_path)
    assert file.stat().st_mtime_ns == stamp
    same(fresh, cached)
    some = next(iter(fresh.parts))
    for field in fresh.schema[fresh.part(some).kind].fields:
        assert fresh.datum(some, field) == cached.datum(some, field)


def test_that_the_cache_is_plain_json_under_a_checksum(folder, tmp_path):
    load_catalog(folder.root, cache=tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    checksum, body = file.read_text(encoding="utf-8").split("\n")
    assert re.fullmatch("[0-9a-f]{8}", checksum)
    assert json.loads(body)["parts"]["drive/maker/model-2tb"][2] == "Model 2TB"


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"2000.0", b"9000.0"),
        lambda _: b"00000000\n{}",
        lambda _: b"\x80\x04K\x01.",
        lambda content: content.replace(b'"format"', b'"former"'),
    ],
)
def test_that_a_damaged_cache_is_made_anew_without_a_word(folder, tmp_path, damage):
    cache = tmp_path / "cache"
    fresh = load_catalog(folder.root, cache=cache)
    (file,) = cache.iterdir()
    good = file.read_bytes()
    file.write_bytes(damage(good))
    same(fresh, load_catalog(folder.root, cache=cache))
    assert file.read_bytes() == good


def test_that_a_changed_or_added_or_removed_file_is_seen(folder, tmp_path):
    def capacities():
        return load_catalog(folder.root, cache=tmp_path / "cache").tables["drive"].columns["capacity"].tolist()

    assert capacities() == [0, 2000]
    folder.change("value = 2000", "value = 4000")
    assert capacities() == [0, 4000]
    os.utime(folder.drive, ns=(1, 1))
    folder.drive.write_text(folder.drive.read_text().replace("value = 4000", "value = 8000"))
    assert capacities() == [0, 8000]
    folder.drive.unlink()
    assert capacities() == [0]


def test_that_a_cache_that_cannot_be_written_is_no_trouble(folder, tmp_path):
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    assert load_catalog(folder.root, cache=blocked / "cache").complaints == ()
    assert load_catalog(folder.root, cache=blocked).complaints == ()


@pytest.mark.alone
def test_that_the_cache_is_worth_its_while(tmp_path, monkeypatch):
    monkeypatch.setattr(page, "tomllib", tomllib)  # as users have it: no text of another test is remembered

    def seconds(cache):
        start = time.perf_counter()
        load_catalog(SHIPPED, cache=cache)
        return time.perf_counter() - start

    fresh = seconds(tmp_path)
    assert min(seconds(tmp_path) for _ in range(5)) < fresh / 10


def test_that_two_catalogues_have_two_caches(folder, tmp_path):
    load_catalog(folder.root, cache=tmp_path / "cache")
    load_catalog(SHIPPED, cache=tmp_path / "cache")
    assert len(list((tmp_path / "cache").iterdir())) == 2
    assert not [file for file in (tmp_path / "cache").iterdir() if file.suffix != ".json"]
