"""What another hand than the program's changes in the library is found, and stays on record."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.library import audit
from steelyard.library.builds import save_build
from steelyard.library.library import ALTERED
from steelyard.library.overrides import Wish, set_override
from steelyard.library.upkeep import troubles
from steelyard.project.file import project_text
from steelyard.project.samples import open_project

CARD = "gpu/nvidia/l4"


@pytest.fixture
def filled(library):
    set_override(library, load_catalog(), Wish(CARD, "idle_power", 30, "own-measurement", "log 4", "we measured it"))
    save_build(library, "A", project_text(open_project("workstation-a-1").project))
    return library


def actions(library):
    with library.reading() as connection:
        return [entry.action for entry in audit.entries(connection)]


def test_that_a_library_of_the_programs_own_making_is_sound(filled):
    assert troubles(filled, load_catalog()) == ()
    assert ALTERED not in actions(filled)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE override SET value = '99'",
        "UPDATE override SET set_by = 'somebody else'",
        "DELETE FROM override",
        "UPDATE build SET saved_at = '2020-01-01T00:00:00+00:00'",
        "INSERT INTO fact VALUES ('active_book', '')",
    ],
)
def test_that_a_change_by_another_hand_is_found_and_then_stays_on_record(filled, sql):
    with filled.working() as connection:
        connection.exec_driver_sql(sql)
    (trouble,) = troubles(filled, load_catalog())
    assert "something else than Steelyard wrote to it" in trouble.what
    filled.log("later", "something", {})
    assert actions(filled)[-2:] == [ALTERED, "later"]
    with filled.reading() as connection:
        assert audit.broken_at(connection) is None
