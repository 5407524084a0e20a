"""Applying a signed catalogue after a look at it, going back, and the log of both."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from steelyard.library.bundle.making import sealed
from steelyard.library.bundle.minisign import SecretKey, public_key_text, public_of
from steelyard.library.bundle.payload import files_of
from steelyard.places import components_db

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
def updates(manager, tmp_path):
    key = tmp_path / "publisher.pub"
    text = public_key_text(public_of(KEY))
    key.write_bytes(text if isinstance(text, bytes) else text.encode())
    manager.show_page("updates")
    page = manager._pages["updates"]
    page.trust_key(key)
    return page


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
