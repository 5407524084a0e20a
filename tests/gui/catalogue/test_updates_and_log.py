"""Applying a signed catalogue after a look at it, going back, and the log of both."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication

from steelyard.library.bundle.keys import add_key, trusted_keys
from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.minisign import SecretKey, public_key_text, public_of
from steelyard.library.bundle.payload import files_of
from steelyard.places import components_db

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SEED = hashlib.sha256(b"a publisher of this test").digest()
KEY = SecretKey(SEED.hex()[:16].upper(), SEED)
PART = "parts/gpu/nvidia-rtx-6000-ada.toml"


@pytest.fixture
def bundle(tmp_path):
    files = dict(files_of(components_db()))
    files[PART] = files[PART].replace(b'name = "RTX 6000 Ada"', b'name = "RTX 6000 Ada, again"')
    file = tmp_path / "catalogue.steelyard-catalogue"
    made = datetime(2026, 11, 20, 9, tzinfo=UTC)
    file.write_bytes(sealed(files, KEY, 20261120, "2099-05-01", made))
    return file


@pytest.fixture
def public(tmp_path):
    file = tmp_path / "publisher.pub"
    file.write_bytes(public_key_text(public_of(KEY)))
    return file


@pytest.fixture
def untrusting(manager):
    manager.show_page("updates")
    return manager._pages["updates"]


@pytest.fixture
def updates(manager, public, untrusting):
    add_key(manager.stock.library, public)
    return untrusting


def press(box, text):
    next(each for each in box.buttons() if each.text().replace("&", "") == text).click()
    QApplication.processEvents()


def test_that_a_key_is_trusted_only_after_its_number_was_shown_and_can_be_removed(manager, untrusting, public):
    dialog = untrusting.show_keys()
    box = dialog.ask_to_trust(public)
    assert KEY.id in box.text()
    assert str(public) in box.informativeText()
    assert "Compare its number" in box.informativeText()
    press(box, "Cancel")
    assert dialog.rows.lines == ()
    press(dialog.ask_to_trust(public), "Trust")
    assert [line.key for line in dialog.rows.lines] == [KEY.id]
    assert "added by" in dialog.rows.lines[0].cells[0]
    assert dialog.ask_to_trust(public) is None
    assert "trusted already" in dialog.wrong.text()
    press(dialog._ask_to_remove(), "Remove")
    assert dialog.rows.lines == ()
    with manager.stock.library.reading() as connection:
        assert KEY.id not in trusted_keys(connection)
    dialog.reject()


def test_that_a_key_that_changed_after_it_was_shown_is_not_trusted(untrusting, public):
    dialog = untrusting.show_keys()
    box = dialog.ask_to_trust(public)
    other = SecretKey(KEY.id, hashlib.sha256(b"somebody else").digest())
    public.write_bytes(public_key_text(public_of(other)))
    press(box, "Trust")
    assert dialog.rows.lines == ()
    assert "has changed" in dialog.wrong.text()
    dialog.reject()


def test_that_a_bundle_of_an_unknown_key_names_the_button_that_adds_it(manager, untrusting, bundle, finished):
    untrusting.open_bundle(bundle)
    finished(manager)
    assert untrusting.keys.text() in manager.notice.text


def test_that_a_refusal_does_not_stand_over_the_next_bundle(manager, updates, bundle, tmp_path, finished):
    broken = tmp_path / "broken.steelyard-catalogue"
    broken.write_bytes(bundle.read_bytes()[:-7])
    updates.open_bundle(broken)
    finished(manager)
    assert "broken" in manager.notice.text
    updates.open_bundle(bundle)
    finished(manager)
    assert not manager.notice.isVisible()
    assert updates.apply.isEnabled()


def test_that_a_bundle_is_looked_at_then_applied_then_taken_back(manager, updates, bundle, conductor, finished):
    card = "gpu/nvidia/rtx-6000-ada"
    before = conductor.desk.engine.catalog.part(card).name
    updates.open_bundle(bundle)
    finished(manager)
    assert "nothing is changed yet" in updates.answer
    assert updates.tabs[0].text() == "1 part changed"
    assert any("again" in cell for line in updates.differences.lines for cell in line.cells)
    assert conductor.desk.engine.catalog.part(card).name == before
    updates.apply.click()
    finished(manager)
    assert conductor.desk.engine.catalog.part(card).name == "RTX 6000 Ada, again"
    assert "20261120" in updates.answer
    updates.back.click()
    finished(manager)
    assert conductor.desk.engine.catalog.part(card).name == before


def test_that_a_bundle_with_a_flipped_byte_is_refused_and_logged(manager, updates, bundle, finished):
    content = bytearray(bundle.read_bytes())
    content[-100] ^= 1
    bundle.write_bytes(bytes(content))
    updates.open_bundle(bundle)
    finished(manager)
    assert manager.notice.isVisible()
    assert not updates.apply.isVisible()
    manager.show_page("log")
    log = manager._pages["log"]
    assert log.entries.lines[0].cells[3] == "bundle refused"
    assert log.entries.lines[0].state == "warn"


def test_that_the_chain_of_the_log_is_verified(manager, finished):
    manager.show_page("log")
    log = manager._pages["log"]
    log.verify.click()
    finished(manager)
    assert "holds" in manager.notice.text
    with manager.stock.library.working() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET who = 'someone else' WHERE seq = 1")
    log.verify.click()
    finished(manager)
    assert "broken at entry 1" in manager.notice.text
