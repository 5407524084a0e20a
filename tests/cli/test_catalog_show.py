"""`catalog show` says of every value where it is from, of whatever layer; `catalog list` tells the layers apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.library.library import open_library
from steelyard.library.tables import import_run, imported_part

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

CARD = "gpu/nvidia/l4"
OWN = """\
id = "drive/maker/model-2tb"
name = "Model 2TB"
manufacturer = "Maker"

[specs]
class = { value = "consumer SSD", source = "own-reading", where = "sheet 7" }
form_factor = { unknown = "not read yet" }
interface = { unknown = "not read yet" }
capacity = { value = 2000, unit = "GB", source = "own-measurement", where = "fdisk -l", note = "of one sample" }
read_rate = { unknown = "not read yet" }
write_rate = { unknown = "not read yet" }

[price]
value = "160.50"
currency = "USD"
date = "2026-11-20"
kind = "quote"
source = "own-statement"
where = "by telephone"
"""


@pytest.fixture
def imported() -> str:
    """Put a part into the library that was imported and is not in use."""
    row = {
        "part_id": "fan/arctic/p14", "run_id": 1, "file": "open-db/CaseFan/x.json", "digest": "0" * 64,
        "state": "taken", "kind": "fan", "name": "P14", "manufacturer": "Arctic", "mpn": "", "number": "", "trust": 1,
        "record": json.dumps({"size": 140}), "in_use": 0,
    }  # fmt: skip
    with open_library().changing("import", "x") as connection:
        connection.execute(import_run.insert().values(id=1, dataset="buildcores", origin="x", started_at=""))
        connection.execute(imported_part.insert().values(row))
    return "fan/arctic/p14"


def test_that_every_value_is_shown_with_its_entry_of_the_bibliography(run: Run) -> None:
    catalog = load_catalog()
    found = run("catalog", "show", CARD, "--sources", "--json").json
    assert set(found["specs"]) == set(catalog.schema["gpu"].fields)
    for name, spec in found["specs"].items():
        datum = catalog.datum(CARD, name)
        assert spec["value"] == datum.value
        assert spec["unit"] == datum.unit
        if datum.value is None:
            assert spec["why_unknown"]
            assert spec["cited"] is None
        else:
            assert spec["cited"]["title"] == catalog.sources[datum.source].title
            assert spec["override"] is None
    assert found["price"]["book"] == "Indicative prices"
    assert found["layer"] == "curated"
    text = run("catalog", "show", CARD, "--sources").out
    assert all(field.label in text for field in catalog.schema["gpu"].fields.values())
    assert all(
        catalog.sources[datum.source].address in text
        for datum in (catalog.datum(CARD, name) for name in catalog.schema["gpu"].fields)
        if datum.value is not None
    )


def test_that_an_override_is_marked_with_who_when_why_and_the_catalogues_own_value(run: Run) -> None:
    before = run("catalog", "show", CARD, "--json").json["specs"]["board_power"]
    evidence = ("--source", "own-measurement", "--where", "clamp meter", "--why", "the sheet rounds")
    run("catalog", "override", "set", CARD, "board_power", "71", *evidence)
    spec = run("catalog", "show", CARD, "--sources", "--json").json["specs"]["board_power"]
    assert (spec["value"], spec["stated"]) == (71, before)
    assert spec["override"]["why"] == "the sheet rounds"
    assert spec["override"]["who"]
    assert spec["override"]["at"].endswith("+00:00")
    assert spec["cited"]["id"] == "own-measurement"
    text = run("catalog", "show", CARD, "--sources").out
    assert "the sheet rounds" in text
    assert f"the catalogue itself says: {before['value']:g} W" in text
    assert "71 W *" in run("catalog", "show", CARD).out


def test_that_own_and_imported_parts_say_what_they_are(run: Run, imported: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    run("catalog", "own", "add", str(tmp_path / "own.toml"))
    own = run("catalog", "show", "drive/maker/model-2tb", "--sources").out
    assert "your own part" in own.splitlines()[0]
    assert "Measured by the user of this library" in own
    assert "there: fdisk -l" in own
    assert "note: of one sample" in own
    assert "Price: 160.50 USD (quote), 2026-11-20" in own
    shown = run("catalog", "show", imported, "--sources")
    assert shown.code == 0
    assert "imported, not in use" in shown.out.splitlines()[0]
    assert "140 mm (" in shown.out
    assert "BuildCores" in shown.out
    assert "ODC" in shown.out or "Open Data Commons" in shown.out
    assert run("catalog", "show", imported, "--json").json["layer"] == "opendb"


def test_that_an_unknown_part_is_named_with_a_library_and_without(run: Run, imported: str) -> None:
    said = run("catalog", "show", "gpu/nvidia/l44")
    assert (said.code, 'Did you mean "gpu/nvidia/l4"' in said.err) == (2, True)
    assert run("catalog", "show", f"{imported}-x").code == 2


def test_that_the_layers_can_be_listed_apart(run: Run, tmp_path: Path) -> None:
    everything = run("catalog", "list", "--json").json
    assert {line["layer"] for line in everything} == {"curated"}
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    run("catalog", "own", "add", str(tmp_path / "own.toml"))
    (line,) = run("catalog", "list", "--layer", "own", "--json").json
    assert (line["id"], line["price"], line["layer"]) == ("drive/maker/model-2tb", 160.5, "own")
    assert run("catalog", "list", "--layer", "curated", "--json").json == everything
    assert run("catalog", "list", "--layer", "opendb", "--json").json == []
    assert run("catalog", "list", "--layer", "else").code == 2
