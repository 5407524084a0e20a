"""A bundle is looked at, applied, kept, and taken back; what is in use is always one whole catalogue."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.errors import BadInputError, CannotSaveError
from steelyard.library.bundle.changing import apply, roll_back
from steelyard.library.bundle.keys import remove_key
from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.previewing import preview
from steelyard.library.bundle.snapshots import (
    KEPT,
    UNFINISHED,
    active,
    active_folder,
    highest_version,
    signature_state,
    snapshots,
)
from steelyard.library.library import open_library
from steelyard.library.location import catalogues_folder
from steelyard.library.standing import standing_catalog

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)


def in_use(library):
    """Return the version in use, None for the program's own, after a look at its files."""
    with library.reading() as connection:
        found = active_folder(connection, library.path)
    if found is None:
        return None
    folder, snapshot = found
    catalog = load_catalog(folder, cache=None)
    assert catalog.hash == snapshot.catalogue_hash
    assert catalog.complaints == ()
    return snapshot.version


@pytest.fixture
def bundle_of(files, parties, saved):
    """Make the file of a bundle of some version, with something in it that no other version has."""

    def make(version, expires="2027-05-01", created=MADE):
        remark = files["sources.toml"] + f"\n# {version}\n".encode()
        return saved(sealed({**files, "sources.toml": remark}, parties.publisher, version, expires, created), version)

    return make


def test_that_what_was_signed_is_what_is_in_use(trusting, files, first, saved, log_of):
    done = apply(trusting, saved(first))
    assert (done.version, done.already, done.before) == (20261101, False, None)
    with trusting.reading() as connection:
        folder, snapshot = active_folder(connection, trusting.path)
        assert highest_version(connection) == 20261101
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == set(files)
    assert all((folder / name).read_bytes() == raw for name, raw in files.items())
    assert folder == catalogues_folder(trusting.path) / f"20261101-{snapshot.digest[:12]}"
    assert (snapshot.applied_by, snapshot.applied_at) == ("tester", trusting.now())
    action, detail = log_of(trusting)[-1]
    assert action == "bundle applied"
    assert json.loads(detail)["digest"] == snapshot.digest


def test_that_the_same_file_again_is_nothing_to_do(trusting, first, saved, state_of, log_of):
    apply(trusting, saved(first))
    before, entries = state_of(trusting), log_of(trusting)
    assert apply(trusting, saved(first)).already
    assert (state_of(trusting), log_of(trusting)) == (before, entries)


def test_that_applying_again_mends_what_was_damaged(trusting, first, saved):
    apply(trusting, saved(first))
    with trusting.reading() as connection:
        folder, _ = active_folder(connection, trusting.path)
    (folder / "sources.toml").write_bytes(b"")
    assert not apply(trusting, saved(first)).already
    assert in_use(trusting) == 20261101
    shutil.rmtree(folder)
    assert not apply(trusting, saved(first)).already
    assert in_use(trusting) == 20261101
    roll_back(trusting)
    assert in_use(trusting) is None


def test_that_going_back_is_a_step_at_a_time(trusting, bundle_of, log_of):
    for version in (1, 2):
        apply(trusting, bundle_of(version))
    done = roll_back(trusting)
    assert (done.before.version, done.now.version, in_use(trusting)) == (2, 1, 1)
    assert log_of(trusting)[-1][0] == "catalogue rolled back"
    apply(trusting, bundle_of(3))
    assert roll_back(trusting).now.version == 1, "what was in use before, not what is the next lower"
    assert roll_back(trusting).now is None
    with trusting.reading() as connection:
        assert highest_version(connection) == 3
    with pytest.raises(BadInputError, match="nothing to go back to"):
        roll_back(trusting)


def test_that_the_highest_version_can_be_taken_up_again(trusting, bundle_of):
    apply(trusting, bundle_of(1))
    apply(trusting, bundle_of(2))
    roll_back(trusting)
    done = apply(trusting, bundle_of(2))
    assert (done.already, done.before.version, in_use(trusting)) == (False, 1, 2)
    assert roll_back(trusting).now.version == 1
    with trusting.reading() as connection:
        assert len(snapshots(connection)) == 2


def test_that_going_back_passes_over_what_is_not_whole(trusting, bundle_of):
    for version in (1, 2, 3):
        apply(trusting, bundle_of(version))
    with trusting.reading() as connection:
        second = next(each for each in snapshots(connection) if each.version == 2)
    (catalogues_folder(trusting.path) / second.folder / "sources.toml").write_bytes(b"# altered\n")
    done = roll_back(trusting)
    assert (done.now.version, in_use(trusting)) == (1, 1)
    assert "catalogue 2" in done.skipped[0]


def test_that_only_the_newest_few_are_kept(trusting, bundle_of):
    for version in range(1, 8):
        apply(trusting, bundle_of(version))
    kept = sorted(path.name.split("-")[0] for path in catalogues_folder(trusting.path).iterdir())
    assert kept == ["5", "6", "7"]
    assert KEPT == 3
    with trusting.reading() as connection:
        assert [each.version for each in snapshots(connection)] == [7, 6, 5, 4, 3, 2, 1], "the record stays"


def test_that_what_killed_applications_left_is_removed_and_nothing_else(trusting, bundle_of):
    place = catalogues_folder(trusting.path)
    old, young, foreign, unnamed = (
        place / name for name in (f"{UNFINISHED}old", f"{UNFINISHED}young", "my notes", "99-0123456789ab")
    )
    for each in (old, young, foreign, unnamed):
        (each / "parts").mkdir(parents=True)
    os.utime(old, (0, 0))
    apply(trusting, bundle_of(1))
    assert [each.exists() for each in (old, young, foreign, unnamed)] == [False, True, True, False]


def test_that_a_preview_says_what_would_change_and_changes_nothing(trusting, first, second, saved, state_of, log_of):
    apply(trusting, saved(first))
    before, entries = state_of(trusting), log_of(trusting)
    found = preview(trusting, saved(second))
    assert (state_of(trusting), log_of(trusting)) == (before, entries)
    assert (found.version, found.version_now, found.refusal, found.already) == (20261102, 20261101, "", False)
    assert found.signature.startswith("valid, key ")
    assert "added by tester on 2026-11-21" in found.signature
    assert [len(each) for each in found.differences.parts] == [0, 1, 0]
    assert found.complaints == ()
    again = preview(trusting, saved(first))
    assert again.already
    assert again.refusal == ""
    assert again.differences.is_none


def test_that_a_preview_says_why_it_would_be_refused(trusting, first, second, saved):
    apply(trusting, saved(second))
    assert "older than 20261102" in preview(trusting, saved(first)).refusal


def test_that_a_clock_set_back_a_year_warns_and_locks_nothing(trusting, bundle_of):
    apply(trusting, bundle_of(1))
    early = open_library(trusting.path, clock=lambda: datetime(2025, 11, 21, 12, tzinfo=UTC), who="tester")
    with early.reading() as connection:
        assert "clock of this computer says 2025-11-21" in signature_state(connection, early.now()).warnings[0]
    assert "clock of this computer says 2025-11-21" in preview(early, bundle_of(2)).warnings[0]
    done = apply(early, bundle_of(2))
    assert "clock of this computer says 2025-11-21" in done.warnings[0]
    assert in_use(early) == 2
    assert apply(trusting, bundle_of(3)).warnings == ()


def test_that_a_catalogue_that_expires_later_stays_in_use_with_a_warning(trusting, bundle_of):
    apply(trusting, bundle_of(1, "2026-12-01"))
    late = open_library(trusting.path, clock=lambda: datetime(2026, 12, 2, 12, tzinfo=UTC), who="tester")
    with late.reading() as connection:
        assert "expired on 2026-12-01" in signature_state(connection, late.now()).warnings[0]
    assert in_use(late) == 1
    with pytest.raises(BadInputError, match="expired"):
        apply(late, bundle_of(2, "2026-12-01"))
    assert apply(late, bundle_of(1, "2026-12-01")).already


def test_that_the_state_of_the_signature_names_the_key_and_who_trusted_it(trusting, parties, first, saved):
    with trusting.reading() as connection:
        assert signature_state(connection, trusting.now()).words == "the program's own catalogue"
    apply(trusting, saved(first))
    with trusting.reading() as connection:
        words = signature_state(connection, trusting.now()).words
    key = parties.publisher.id
    assert words == (
        f"catalogue 20261101, signed with key {key}, added by tester on 2026-11-21, valid until 2027-05-01"
    )
    remove_key(trusting, key)
    with trusting.reading() as connection:
        assert "no longer trusted" in signature_state(connection, trusting.now()).words
        assert "no longer trusted" in active(connection).signature
    assert in_use(trusting) == 20261101


def test_that_a_disk_that_takes_nothing_changes_nothing(trusting, first, saved, state_of, log_of, monkeypatch):
    before = state_of(trusting)

    def full(_handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(CannotSaveError, match=r"No space left on device\. Nothing was changed"):
            apply(trusting, saved(first))
    assert state_of(trusting) == before
    assert log_of(trusting)[-1][0] == "bundle refused"


def test_that_a_failure_between_folder_and_library_changes_nothing(trusting, first, second, saved, monkeypatch):
    from steelyard.library.bundle import changing

    apply(trusting, saved(first))

    def fail(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(changing, "put_in_use", fail)
        with pytest.raises(CannotSaveError):
            apply(trusting, saved(second))
    assert in_use(trusting) == 20261101
    with trusting.reading() as connection:
        assert highest_version(connection) == 20261101
    apply(trusting, saved(second))
    assert in_use(trusting) == 20261102


@pytest.mark.parametrize("harm", ["gone", "altered"])
def test_that_an_applied_catalogue_that_is_not_whole_is_named_and_the_programs_own_stands_in(
    trusting, first, saved, folder, harm
):
    apply(trusting, saved(first))
    assert standing_catalog(trusting.path, cache=None, shipped=folder).signature.startswith("signed with key ")
    with trusting.reading() as connection:
        place, _ = active_folder(connection, trusting.path)
    if harm == "gone":
        shutil.rmtree(place)
    else:
        (place / "sources.toml").write_bytes((place / "sources.toml").read_bytes() + b"\n")
    found = standing_catalog(trusting.path, cache=None, shipped=folder)
    assert found.root == folder
    assert len(found.complaints) == 1
    assert harm in str(found.complaints[0])
    assert "catalog bundle rollback" in str(found.complaints[0])
