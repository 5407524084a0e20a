"""The catalogue's window beside a filled desk, over a library of the test's own with a few imported parts."""

from __future__ import annotations

import json
from time import monotonic
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication

from steelyard.library.library import open_library
from steelyard.library.opendb.run import import_opendb

HOSTILE = "<b>Loud</b> &amp; <img src='x'> 140"
PATIENCE = 20.0
FANS = {
    "Airy NF-77 140mm": {"size": 140, "max_airflow": 60.0, "max_noise_level": 22.0, "static_pressure": 2.1},
    HOSTILE: {"size": 140, "max_airflow": 50.0, "max_noise_level": 30.0, "static_pressure": 1.8},
}


@pytest.fixture(scope="session")
def opendb(tmp_path_factory):
    """A folder in OpenDB's layout with a few fans, one of them with a name that is markup."""
    folder = tmp_path_factory.mktemp("opendb") / "open-db" / "CaseFan"
    folder.mkdir(parents=True)
    for place, (name, record) in enumerate(FANS.items()):
        identity = str(UUID(int=place + 1))
        about = {"name": name, "manufacturer": "Airy", "part_numbers": [f"AIRY-{place}000-X"]}
        document = {"opendb_id": identity, "metadata": about, "quantity": 1, "pwm": True, **record}
        (folder / f"{identity}.json").write_text(json.dumps(document), encoding="utf-8")
    return folder.parent.parent


@pytest.fixture
def library(opendb, engine):
    library = open_library(who="tester")
    import_opendb(library, opendb, engine.catalog)
    return library


@pytest.fixture
def manager(conductor, library):
    assert library is not None
    conductor.catalogue.open("parts")
    manager = conductor.catalogue.window
    manager.parts.settle()
    yield manager
    finish(manager)
    manager.close()


def finish(manager):
    """Wait for what is done beside the window."""
    end = monotonic() + PATIENCE
    while manager.tasks.working and monotonic() < end:
        QApplication.processEvents()
    assert not manager.tasks.working
    QApplication.processEvents()


@pytest.fixture
def finished():
    return finish
