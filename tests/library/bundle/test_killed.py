"""A kill at any moment leaves a library that opens, and one whole catalogue in use: the old one or the new one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from steelyard.library.bundle.changing import apply, roll_back
from steelyard.library.bundle.snapshots import active_folder, highest_version
from steelyard.library.library import open_library
from steelyard.library.standing import standing_catalog

KILLS = int(os.environ.get("STEELYARD_KILLS", "4"))  # 200 on a quiet evening
APP = Path(__file__).parents[3] / "app"

CHILD = """
import os, signal, sys
from pathlib import Path
from steelyard.library.bundle.changing import apply
from steelyard.library.library import open_library

library, bundle, at = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
seen, moved = 0, False

def watch(event, arguments):
    global seen, moved
    if event not in {"open", "os.mkdir", "os.rename", "os.scandir", "shutil.rmtree", "os.rmdir", "os.remove"}:
        return
    seen += 1
    if seen == at or (at == -1 and moved):
        os.kill(os.getpid(), signal.SIGKILL)
    moved = event == "os.rename"

opened = open_library(library, who="child")
print("ready", flush=True)
sys.addaudithook(watch)
apply(opened, bundle)
print(seen, flush=True)
"""


@pytest.fixture
def child(trusting, first, second, saved):
    """Start a process that applies the second bundle over the first."""
    apply(trusting, saved(first))
    bundle = saved(second, "second")

    def start(at: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CHILD, str(trusting.path), str(bundle), str(at)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(APP)})

    return start


def look(path: Path) -> int:
    """Open the library after a kill, see that all holds, and return the version in use."""
    opened = open_library(path, who="tester")
    with opened.reading() as connection:
        folder, snapshot = active_folder(connection, path)
        assert highest_version(connection) == 20261102 or snapshot.version == 20261101
    catalog = standing_catalog(path, cache=None)
    assert catalog.complaints == ()
    assert catalog.root == folder
    assert catalog.hash == snapshot.catalogue_hash
    return snapshot.version


def test_that_a_kill_at_any_moment_leaves_one_whole_catalogue_in_use(child, trusting, second, saved):
    chance = random.Random(20261121)  # noqa: S311  # when to kill
    with child(0) as whole:
        said = whole.communicate(timeout=60)[0].split()
    events = int(said[1])
    assert look(trusting.path) == 20261102
    roll_back(trusting)
    seen: Counter[tuple[str, int]] = Counter()
    for turn in range(KILLS):
        by_step = turn % 2 == 0
        at = -1 if turn == 0 else chance.randrange(1, events + 1) if by_step else 0
        with child(at) as process:
            assert process.stdout.readline() == "ready\n"
            if not by_step:
                time.sleep(chance.uniform(0, 0.6))
                process.kill()
            process.wait(60)
            assert process.returncode in {0, -signal.SIGKILL}
        seen["killed" if process.returncode else "done", look(trusting.path)] += 1
        if look(trusting.path) == 20261102:
            assert roll_back(trusting).now.version == 20261101
    print(*(f"{how}, {version} in use: {times}" for (how, version), times in seen.items()), sep="\n")  # noqa: T201  # shown by -s
    assert seen["killed", 20261101] > 0
    assert seen["done", 20261101] == 0
    apply(trusting, saved(second, "second"))
    assert look(trusting.path) == 20261102
