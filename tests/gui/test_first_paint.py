"""The window is there before anything heavy is loaded, and soon."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

pytestmark = pytest.mark.alone

HEAVY = ("numpy", "pandas", "reportlab", "pyqtgraph", "sqlalchemy", "scipy")
MOST = 1.8
"""Up to 1.72 was measured on two cores, by the moment; what is above has something more to do before the paint."""
ROUNDS = 25
BUSY = 0.9

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv[:1])

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        application.quit()

window = Window()
window.resize(1440, 900)
window.show()
application.exec()
"""

OURS = """
import sys
from steelyard.gui.start import hold_collector

hold_collector()
from steelyard.gui.opening import application_for
from steelyard.gui.window import Window

application = application_for("light", 1.0)
window = Window()
window.painted.connect(application.quit)
window.show()
application.exec()
print(*sorted(name for name in sys.modules if "." not in name))
"""


def run(code):
    """What a fresh Python prints, and the seconds of processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_that_nothing_heavy_is_loaded_before_the_first_paint():
    loaded = set(run(OURS)[0].split())
    assert "PySide6" in loaded
    assert not loaded & set(HEAVY)


def test_that_the_first_window_takes_little_longer_than_a_bare_one(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    run(BARE), run(OURS)
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(run(BARE)[1])
        ours.append(run(OURS)[1])
        if min(ours) <= MOST * min(bare):  # a busy machine adds to a round, it never takes from it
            return
    said = f"a bare window took {min(bare):.3f} s of processor time, ours {min(ours):.3f} s"
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > BUSY * cores:  # two programs on one core slow each other unequally: no ratio can be read then
        pytest.skip(f"the machine is busy (load {load:.1f} on {cores} cores): {said}")
    pytest.fail(said)
