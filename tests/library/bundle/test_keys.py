"""Whose signatures count is decided by what is pinned with the program and by what a person added, never silently."""

from __future__ import annotations

import json

import pytest

from steelyard.errors import BadInputError, MissingFileError
from steelyard.library.bundle import keys as keys_module
from steelyard.library.bundle.changing import apply
from steelyard.library.bundle.keys import NO_KEY, add_key, pinned_folder, remove_key, trusted_keys
from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.minisign import public_key_text, public_of, sign
from steelyard.library.bundle.snapshots import signature_state


@pytest.fixture
def written(tmp_path):
    """Write the public key of a secret one."""

    def write(key, name="new"):
        file = tmp_path / f"{name}.pub"
        file.write_bytes(public_key_text(public_of(key)))
        return file

    return write


@pytest.fixture
def pinned(tmp_path, monkeypatch):
    """Let the program come with the keys in a folder."""
    folder = tmp_path / "pinned"
    folder.mkdir()
    monkeypatch.setattr(keys_module, "pinned_folder", lambda: folder)
    return folder


def known(library):
    with library.reading() as connection:
        return trusted_keys(connection)


def test_that_no_key_is_pinned_yet_and_the_program_says_so(library):
    assert list(pinned_folder().glob("*.pub")) == []
    assert (pinned_folder() / "README.md").is_file()
    with library.reading() as connection:
        assert NO_KEY in signature_state(connection, library.now()).words


def test_that_an_added_key_is_shown_with_who_and_when(library, parties, written, log_of):
    done = add_key(library, written(parties.publisher))
    assert done.vouched_by == ""
    assert done.key.words == f"key {parties.publisher.id}, added by tester on 2026-11-21"
    assert known(library) == {parties.publisher.id: done.key}
    action, detail = log_of(library)[-1]
    assert action == "catalogue key added"
    assert json.loads(detail)["file"] == "new.pub"


def test_that_a_key_is_added_once(library, parties, written, log_of):
    add_key(library, written(parties.publisher))
    entries = log_of(library)
    with pytest.raises(BadInputError, match="trusted already"):
        add_key(library, written(parties.publisher))
    impostor = parties.stranger._replace(id=parties.publisher.id)
    with pytest.raises(BadInputError, match="not genuine"):
        add_key(library, written(impostor))
    assert log_of(library) == entries


def test_that_a_key_that_a_trusted_key_signed_comes_with_its_word(library, parties, written):
    add_key(library, written(parties.publisher))
    file = written(parties.stranger, "next")
    beside = file.with_name("next.pub.minisig")
    beside.write_bytes(sign(file.read_bytes(), parties.publisher, "the key from 2027 on", "rotation"))
    assert add_key(library, file).vouched_by == parties.publisher.id


@pytest.mark.parametrize("fault", ["other message", "own key", "no signature"])
def test_that_a_voucher_that_does_not_hold_is_worse_than_none(library, parties, written, fault):
    add_key(library, written(parties.publisher))
    file = written(parties.stranger, "next")
    signer = parties.stranger if fault == "own key" else parties.publisher
    text = sign(b"other" if fault == "other message" else file.read_bytes(), signer, "comment", "remark")
    file.with_name("next.pub.minisig").write_bytes(b"x" if fault == "no signature" else text)
    with pytest.raises(BadInputError, match="does not hold"):
        add_key(library, file)
    assert set(known(library)) == {parties.publisher.id}


def test_that_several_keys_count_and_a_removed_one_does_not(library, parties, written, files, saved):
    from datetime import UTC, datetime

    for key in parties:
        add_key(library, written(key))
    made = datetime(2026, 11, 1, tzinfo=UTC)
    apply(library, saved(sealed(files, parties.publisher, 1, "2027-05-01", made)))
    apply(library, saved(sealed(files, parties.stranger, 2, "2027-05-01", made)))
    remove_key(library, parties.stranger.id.lower())
    with pytest.raises(BadInputError, match="not trusted here"):
        apply(library, saved(sealed(files, parties.stranger, 3, "2027-05-01", made)))
    apply(library, saved(sealed(files, parties.publisher, 3, "2027-05-01", made)))


def test_that_a_pinned_key_counts_without_being_added(library, parties, pinned):
    (pinned / "2026.pub").write_bytes(public_key_text(public_of(parties.publisher)))
    assert known(library)[parties.publisher.id].words == f"key {parties.publisher.id}, pinned with the program"
    with library.reading() as connection:
        assert signature_state(connection, library.now()).words == "the program's own catalogue"


def test_that_a_pinned_key_can_be_distrusted_here_and_trusted_again(library, parties, pinned, log_of):
    file = pinned / "2026.pub"
    file.write_bytes(public_key_text(public_of(parties.publisher)))
    remove_key(library, parties.publisher.id)
    assert known(library) == {}
    assert log_of(library)[-1][0] == "catalogue key removed"
    add_key(library, file)
    assert set(known(library)) == {parties.publisher.id}


def test_that_a_pinned_file_that_is_no_key_is_named(library, pinned):
    (pinned / "2026.pub").write_bytes(b"nothing")
    with pytest.raises(BadInputError, match=r"2026\.pub"):
        known(library)
    with library.reading() as connection:
        assert signature_state(connection, library.now()).words, "the desk opens all the same"


def test_that_what_is_not_there_is_said(library, tmp_path):
    with pytest.raises(MissingFileError):
        add_key(library, tmp_path / "none.pub")
    with pytest.raises(BadInputError, match="no trusted key"):
        remove_key(library, "ABC")
