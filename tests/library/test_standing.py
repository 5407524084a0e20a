"""The catalogue as it stands: the library over the files, kept so that most starts need no database."""

from __future__ import annotations

import shutil
import subprocess
import sys
from decimal import Decimal

import pytest

from steelyard.catalog import load_catalog
from steelyard.errors import DamagedFileError
from steelyard.library.facts import state_fact
from steelyard.library.standing import standing_catalog
from steelyard.library.tables import override, own_part, price_book, price_line, snapshot
from steelyard.places import components_db

CARD, OWN = "gpu/nvidia/l4", "gpu/own/l4-of-ours"
STATED = {
    "source": "recollection",
    "evidence": "p. 1",
    "why": "the card says so",
    "set_at": "2026-11-21",
    "set_by": "me",
}


@pytest.fixture
def stand(library, tmp_path):
    return lambda: standing_catalog(library.path, cache=tmp_path / "cache")


def set_override(library, **values):
    with library.changing("override set", CARD) as connection:
        given = {"part_id": CARD, "field": "memory", "value": "25", **STATED, **values}
        connection.execute(override.insert().values(given))


def test_that_without_a_library_the_programs_own_stands(tmp_path):
    nowhere = tmp_path / "none" / "library.sqlite"
    assert standing_catalog(nowhere, cache=tmp_path).hash == load_catalog(cache=tmp_path).hash
    assert not nowhere.exists()


def test_that_an_empty_library_changes_nothing(stand):
    assert stand().hash == load_catalog(cache=None).hash


def test_that_every_change_is_there_at_the_next_start(library, stand):
    assert stand().datum(CARD, "memory").value == 24
    set_override(library)
    assert stand().datum(CARD, "memory").value == 25
    with library.changing("override undone", CARD) as connection:
        connection.execute(override.update().values(undone_at=library.now(), undone_by="me"))
    assert stand().datum(CARD, "memory").value == 24


def test_that_what_is_kept_is_what_was_read(library, stand):
    set_override(library)
    text = (components_db() / "parts" / "gpu" / "nvidia-l4.toml").read_text().replace(CARD, OWN)
    with library.changing("a book and a part", "all") as connection:
        names = ("kind", "name", "manufacturer", "mpn", "changed_at", "changed_by")
        connection.execute(own_part.insert().values(part_id=OWN, document=text, **dict.fromkeys(names, "")))
        book = {
            "id": 1,
            "name": "Ours",
            "currency": "KWD",
            "source": "a seller",
            "dated": "2026-11-01",
            "kind": "quote",
        }
        blank = dict.fromkeys(("file", "digest", "added_at", "added_by"), "")
        connection.execute(price_book.insert().values(**book, **blank))
        connection.execute(price_line.insert().values(book_id=1, part_id=OWN, least=2, amount=750125, line=4, note="n"))
        state_fact(connection, "active_book", "1")
    read, kept = stand(), stand()
    assert read.hash == kept.hash
    assert read.prices.book == kept.prices.book
    assert read.overrides == kept.overrides
    assert read.parts[OWN] == kept.parts[OWN]
    assert kept.part(OWN).layer == "own"
    assert kept.price(OWN, 2).amount == Decimal("750.125")
    assert kept.datum(OWN, "memory") == read.datum(OWN, "memory") == load_catalog().datum(CARD, "memory")


def test_that_a_start_with_nothing_new_needs_no_database(library, stand, tmp_path):
    set_override(library)
    stand()
    program = (
        "import sys; from pathlib import Path; from steelyard.library.standing import standing_catalog;"
        "found = standing_catalog(Path(sys.argv[1]), cache=Path(sys.argv[2]));"
        "print(found.datum('gpu/nvidia/l4', 'memory').value, sorted({'sqlalchemy', 'sqlite3'} & set(sys.modules)))"
    )
    words = [sys.executable, "-c", program, str(library.path), str(tmp_path / "cache")]
    assert subprocess.run(words, capture_output=True, check=True, text=True).stdout == "25.0 []\n"


def test_that_what_was_kept_is_read_again_when_a_byte_of_it_is_wrong(library, stand, tmp_path):
    set_override(library)
    stand()
    (file,) = (tmp_path / "cache").glob("library-*.json")
    content = file.read_bytes()
    for place in (0, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert stand().datum(CARD, "memory").value == 25


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"part_id": "gpu/nobody/nothing"}, "no longer has the part"),
        ({"field": "taste"}, "no longer has the field"),
        ({"source": "a-friend"}, 'no longer has the source "a-friend"'),
        ({"value": "1e9"}, "plausible from"),
        ({"value": '"much"'}, "cannot be"),
    ],
)
def test_that_an_override_that_no_longer_fits_is_a_complaint(library, stand, values, words):
    set_override(library, **values)
    catalog = stand()
    (complaint,) = catalog.complaints
    assert words in complaint.what
    assert "Undo the override" in complaint.remedy
    assert catalog.datum(CARD, "memory").value == 24


def test_that_an_own_part_with_a_mistake_is_named_with_its_line(library, stand):
    text = (components_db() / "parts" / "gpu" / "nvidia-l4.toml").read_text().replace(CARD, OWN)
    names = ("kind", "name", "manufacturer", "mpn", "changed_at", "changed_by")
    broken = text.replace('unit = "GB/s"', 'unit = "furlongs"', 1)
    with library.changing("own part", OWN) as connection:
        connection.execute(own_part.insert().values(part_id=OWN, document=broken, **dict.fromkeys(names, "")))
    catalog = stand()
    (complaint,) = catalog.complaints
    assert complaint.line == 1 + broken[: broken.index("furlongs")].count("\n")
    assert OWN not in catalog.parts


@pytest.mark.parametrize("change", ["gone", "altered", "cannot be used"])
def test_that_an_applied_catalogue_that_cannot_serve_is_told_and_not_used(library, stand, tmp_path, change):
    folder = tmp_path / "catalogues" / "1-000000000000"
    digest = "0" * 64
    if change == "altered":
        folder.mkdir(parents=True)
    if change == "cannot be used":  # as after an update of the program, whose formulas read what the old files lack
        shutil.copytree(components_db(), folder)
        (folder / "assumptions" / "cards.toml").unlink()
        digest = load_catalog(folder, cache=None).hash
    words = ("expires", "key_id", "comment", "digest", "applied_at", "applied_by")
    with library.changing("applied", "1") as connection:
        given = {"id": 1, "version": 1, "catalogue_hash": digest, "folder": folder.name}
        connection.execute(snapshot.insert().values(**given, **dict.fromkeys(words, "")))
        state_fact(connection, "active_snapshot", "1")
    for _ in range(2):
        catalog = stand()
        assert catalog.datum(CARD, "memory").value == 24
        assert "settling_error" in catalog.assumptions
        (complaint,) = catalog.complaints
        assert change in complaint.what
        assert "rollback" in complaint.remedy
        assert catalog.signature.startswith("the program's own because the signed one ")
        assert catalog.signature.endswith(change)


def test_that_a_damaged_library_is_a_sentence_and_stays_as_it_is(library, stand):
    content = b"SQLite format 3\x00" + bytes(range(256)) * 40
    library.path.write_bytes(content)
    with pytest.raises(DamagedFileError):
        stand()
    assert library.path.read_bytes() == content
