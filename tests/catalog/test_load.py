"""The tables hold what the files say; what is not said is unknown, and an empty role is never unknown."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from steelyard.catalog import NONE, load_catalog, words_of
from steelyard.catalog.schema import code_of
from steelyard.errors import BadInputError, MissingFileError

ID = "drive/maker/model-2tb"


def test_that_a_value_is_found_in_its_cell_and_its_origin_behind_it(folder):
    catalog = folder.load()
    table = catalog.tables["drive"]
    assert table.columns["capacity"][table.row(ID)] == 2000
    datum = catalog.datum(ID, "capacity")
    assert (datum.value, datum.unit, datum.source, datum.where, datum.tier) == (2000, "GB", "page", "p. 1", "maker")
    assert catalog.datum(ID, "write_rate").tier == "recalled"
    assert catalog.part(ID).weakest_tier == "recalled"
    interface = catalog.schema["drive"].fields["interface"]
    assert words_of(interface, code_of(interface, "nvme")) == ("nvme",)
    assert catalog.datum(ID, "interface").words == "nvme"


def test_that_the_unknown_is_not_a_number_and_says_why(folder):
    catalog = folder.load()
    table = catalog.tables["drive"]
    for field, why in (("idle_power", "not published"), ("endurance", "not stated in the part's file")):
        assert np.isnan(table.columns[field][table.row(ID)])
        datum = catalog.datum(ID, field)
        assert datum.value is None
        assert datum.why_unknown == why


def test_that_an_empty_role_holds_what_the_schema_says(shipped):
    for name, kind in shipped.schema.items():
        table = shipped.tables[name]
        assert table.ids[0] == NONE
        assert table.row(NONE) == 0
        for field in kind.fields.values():
            if field.form != "slots":
                assert table.columns[field.name][0] == field.absent
        assert table.columns["price"][0] == 0


def test_that_a_price_is_exact_in_both_forms(folder):
    catalog = folder.load()
    table = catalog.tables["drive"]
    assert catalog.price(ID).amount == Decimal("160.50")
    assert table.columns["price"][table.row(ID)] == 16050
    assert not catalog.price(ID).is_estimate
    folder.change('"USD"', '"EUR"')
    assert np.isnan(folder.load().tables["drive"].columns["price"][1])


def test_that_slots_are_laid_out_from_the_top(shipped):
    table = shipped.tables["board"]
    board = table.row("board/asus/pro-ws-wrx90e-sage-se")
    there = table.columns["slots"][:, board] == 1
    assert there.sum() == 7
    assert np.all(np.diff(table.columns["slot_position"][there, board]) > 0)
    assert table.columns["slot_lanes"][5, board] == 8
    unknown = table.row("board/asus/pro-ws-w790-ace")
    assert np.all(np.isnan(table.columns["slots"][:, unknown]))
    assert np.all(table.columns["slots"][:, 0] == 0)
    assert shipped.datum("board/asus/pro-ws-wrx90e-sage-se", "slots").words == "7 slots"


def test_that_a_part_is_added_with_one_file(folder):
    before = folder.load()
    text = folder.drive.read_text().replace("model-2tb", "model-4tb").replace("value = 2000", "value = 4000")
    folder.write("parts/drive/maker-model-4tb.toml", text)
    after = folder.load()
    assert after.complaints == ()
    assert after.tables["drive"].ids == (*before.tables["drive"].ids, "drive/maker/model-4tb")
    assert after.tables["drive"].columns["capacity"][2] == 4000
    assert after.hash != before.hash


def test_that_the_tables_cannot_be_changed(folder):
    with pytest.raises(ValueError, match="read-only"):
        folder.load().tables["drive"].columns["capacity"][1] = 1


def test_that_an_unknown_name_is_answered_with_the_nearest(folder):
    catalog = folder.load()
    for ask in (
        lambda: catalog.part("drive/maker/model-3tb"),
        lambda: catalog.tables["drive"].row("drive/maker/model-3tb"),
    ):
        with pytest.raises(BadInputError) as caught:
            ask()
        assert f'Did you mean "{ID}"?' in str(caught.value)
    with pytest.raises(BadInputError, match="capacity"):
        catalog.datum(ID, "capasity")


def test_that_a_missing_folder_is_said_in_a_sentence(tmp_path):
    with pytest.raises(MissingFileError, match="is not there"):
        load_catalog(tmp_path / "nowhere", cache=None)


def test_that_an_empty_folder_is_a_catalogue_without_parts(tmp_path):
    catalog = load_catalog(tmp_path, cache=None)
    assert catalog.tables == {}
    assert len(catalog.complaints) == 1


def test_that_a_file_changed_behind_the_tables_is_not_quoted(folder):
    catalog = folder.load()
    folder.change("value = 2000", "value = 3000")
    datum = catalog.datum(ID, "capacity")
    assert datum.value is None
    assert "changed" in datum.why_unknown
