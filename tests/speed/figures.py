"""Print how fast the program is here: `python tests/speed/figures.py`. The tests beside it hold the ratios.

Times of programs are least wall times of ROUNDS, measured in turn; the rest is the least of several calls.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from test_catalogue_start import start_once
from test_search import TYPED, keystrokes

from steelyard.catalog import load_catalog
from steelyard.library.library import open_library
from steelyard.library.opendb.run import import_opendb
from steelyard.library.search import Finder, index_curated
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project

OPENDB = Path(__file__).parents[3] / "shared" / "data" / "opendb"
ROUNDS = 12
WANTED = ("throughput", "wall_power", "build_price", "gpu_temperature")
PROGRAMS = {
    "bare window": """
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
""",
    "our window": """
from steelyard.gui.start import hold_collector
hold_collector()
from steelyard.gui.opening import application_for
from steelyard.gui.window import Window
application = application_for("light", 1.0)
window = Window()
window.painted.connect(application.quit)
window.show()
application.exec()
""",
    "bare imports": """
from PySide6 import QtCore, QtGui, QtWidgets
import numpy, tomllib
""",
    "our card": """
import os
from steelyard.gui.start import hold_collector
hold_collector()
from PySide6.QtCore import QTimer
from steelyard.gui.opening import application_for, conduct
from steelyard.gui.window import Window
application = application_for("light", 1.0)
window = Window()
def fill():
    from steelyard.project.samples import open_project
    conduct(window).open(open_project("workstation-a-1").project, None)
    from steelyard.gui.build_card import BuildCard
    window.findChildren(BuildCard)[0].repaint()
    os._exit(0)
window.painted.connect(lambda: QTimer.singleShot(0, fill))
window.show()
application.exec()
""",
}


def least_seconds(work, times):
    """The least wall time of a call."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter()
        work()
        best = min(best, perf_counter() - start)
    return best


def programs():
    """The least wall time of each program."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": os.pathsep.join(["app", *sys.path])}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    best = dict.fromkeys(PROGRAMS, float("inf"))
    for _ in range(ROUNDS):
        for name, code in PROGRAMS.items():
            start = perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True)
            best[name] = min(best[name], perf_counter() - start)
    return best


def search(folder):
    """Print what a keystroke costs over all curated parts, and all of OpenDB where it is at hand."""
    library, catalog = open_library(folder / "library.sqlite"), load_catalog()
    with library.working() as connection:
        index_curated(connection, catalog)
    for archive in sorted(OPENDB.glob("*.tar.xz")):
        import_opendb(library, archive, catalog)
    ours, like = (np.array(seconds) * 1e3 for seconds in keystrokes(library))
    finder = Finder(library)
    total = finder.find("").total
    finder.close()
    say(f"typing {', '.join(TYPED)} over {total:,} parts, each key to its rows and their number:")
    for name, found in (("the search", ours), ("plain LIKE", like)):
        say(f"  {name}: median {np.median(found):.1f} ms, p95 {np.percentile(found, 95):.1f} ms a key")
    say(f"  plain LIKE takes {np.median(like) / np.median(ours):.0f} times as long")


def say(line):
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main():
    """Print every figure on a line."""
    engine, project = Engine.of(load_catalog()), open_project(FIRST_SAMPLE).project
    name = project.variants[0].name
    whole = least_seconds(lambda: engine.evaluate_variant(project, name).card, 20)
    batch, _ = engine.run(project, [project.variants[0].selection], project.workloads[:1])
    want = [*WANTED, *(rule.margin.name for rule in engine.model.rules.values())]
    say(f"{project.name}, {len(project.workloads)} workloads, findings and card: {whole * 1e3:.1f} ms")
    alone = least_seconds(lambda: engine.model.evaluate(batch.values, want), 20)
    say(f"a row alone: {alone * 1e3:.2f} ms")
    for rows, times in ((10_000, 3), (1_000_000, 1)):
        numbers = np.random.default_rng(0)
        many = batch.values | {
            "room_temperature": numbers.uniform(16, 32, rows),
            "gpu_board_power": numbers.uniform(150, 600, rows),
            "cpu_cores": numbers.integers(8, 97, rows).astype(float),
        }
        took = least_seconds(lambda many=many: engine.model.evaluate(many, want), times)
        say(
            f"{rows:,} rows: {took:.3f} s, {took / rows * 1e6:.2f} us a row, 1/{alone / took * rows:.0f} of a row alone"
        )
    with TemporaryDirectory() as folder:
        search(Path(folder))
    with TemporaryDirectory() as folder:
        (_, cold, parts), *warm = (start_once(Path(folder)) for _ in range(ROUNDS))
    least = min(seconds for _, seconds, _ in warm)
    say(f"catalogue of {parts} parts at the start: {least * 1e3:.0f} ms warm, {cold * 1e3:.0f} ms cold")
    best = programs()
    for one, other in (("our window", "bare window"), ("our card", "bare imports")):
        say(f"{one} {best[one] * 1e3:.0f} ms, {other} {best[other] * 1e3:.0f} ms: {best[one] / best[other]:.2f} times")


if __name__ == "__main__":
    main()
