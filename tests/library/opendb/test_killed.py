"""An import that is killed at any moment leaves the library as it was or as it should be, and can be taken up again.

`STEELYARD_KILLS=200` kills that many times; a few are enough for every day.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from numpy.random import default_rng
from sqlalchemy import select

from steelyard.library import audit
from steelyard.library.library import open_library
from steelyard.library.opendb.run import import_opendb
from steelyard.library.opendb.use import take
from steelyard.library.tables import import_hit, import_run, import_staged, imported_part, part_index

KILLS = int(os.environ.get("STEELYARD_KILLS", "5"))
EACH = 30
"""Records of each family."""

CHILD = """
import sys, time
from pathlib import Path
from steelyard.catalog.load import load_catalog
from steelyard.library.library import open_library
from steelyard.library.opendb import run, staging
staging.BATCH = 20
catalog, library = load_catalog(), open_library(Path(sys.argv[1]), who="tester")
print("ready", flush=True)
started = time.monotonic()
run.import_opendb(library, Path(sys.argv[2]), catalog)
print(time.monotonic() - started, flush=True)
"""


def records(build, edition):
    """Records of all families, with twins among them; an edition changes some, adds some and lacks some."""
    made = {}
    for family in build.sound:
        for number in range(1 + 3 * edition, EACH + 3 * edition):
            said = {
                "metadata.name": f"Acme {family} {number}",
                "metadata.part_numbers": [f"ACM-{family}-{number // 2}00"],
                "tdp": 100 + edition,
                "length": 150 + number + edition,
            }
            made[build.file_of(family, number)] = build.changed(family, said)
    return made


def started(library, source):
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(library), str(source)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "app")},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def content(library):
    """All that an import decides, the log left out."""
    with library.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert audit.broken_at(connection) is None
        tables = []
        for table, without in ((imported_part, "run_id"), (import_hit, "id"), (part_index, "id")):
            columns = [column for column in table.c if column.name != without]
            tables.append(sorted(tuple(row) for row in connection.execute(select(*columns))))
        words = "SELECT rowid FROM part_words WHERE part_words MATCH 'acme' ORDER BY rowid"
        assert len(connection.exec_driver_sql(words).all()) == len(tables[2])
        return tables


@pytest.fixture(scope="module")
def stage(tmp_path_factory, catalog, build):
    """A library with a finished import, the next edition, what it must become, and how long that takes."""
    folder = tmp_path_factory.mktemp("killed")
    first = build.write_source(folder / "first", records(build, 0))
    second = build.write_source(folder / "second", records(build, 1))
    library = open_library(folder / "before.sqlite", who="tester")
    import_opendb(library, first, catalog)
    take(library, "psu/acme/psu-2-00000002")
    shutil.copy(library.path, folder / "after.sqlite")
    child = started(folder / "after.sqlite", second)
    seconds = float(child.communicate()[0])
    assert child.returncode == 0
    return library, second, content(library), content(open_library(folder / "after.sqlite")), seconds


@pytest.mark.parametrize("kill", range(KILLS))
def test_that_a_kill_at_any_moment_loses_nothing_and_the_import_goes_on(stage, tmp_path, catalog, kill) -> None:
    library, source, before, after, seconds = stage
    place = tmp_path / "library.sqlite"
    shutil.copy(library.path, place)
    child = started(place, source)
    time.sleep(default_rng(kill).uniform(0, 1.1 * seconds))
    child.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    child.communicate()

    survivor = open_library(place, who="tester")
    assert content(survivor) in (before, after)
    with survivor.reading() as connection:
        finished = connection.execute(select(import_run.c.id).where(import_run.c.finished_at.is_not(None))).all()
    assert finished

    import_opendb(survivor, source, catalog)
    assert content(survivor) == after
    with survivor.reading() as connection:
        assert connection.execute(select(import_staged)).all() == []
        assert connection.execute(select(import_run).where(import_run.c.finished_at.is_(None))).all() == []
