"""What `make run` does once all is set up: open the desk or, where there is no display, do the same job without one.

Without a display the sample's build sheet, its evaluation and a picture of the desk go to out/, in three lines.
"""

from __future__ import annotations

import os
import subprocess
import sys

from set_up import ENVIRONMENT, ROOT, has_display

STEELYARD = str(ENVIRONMENT / "bin" / "steelyard")
SAMPLE = "workstation-a-1"
OUT = ROOT / "out"


def open_desk() -> int:
    """Open the desk; its exit code is ours."""
    return subprocess.run([STEELYARD], check=False).returncode


def work_without_display() -> int:
    """Write the three files, say a line for each, and stop at the first that fails; a blocked build is no failure."""
    OUT.mkdir(exist_ok=True)
    sheet, evaluation, picture = OUT / "build-sheet.pdf", OUT / "evaluation.json", OUT / "desk.png"
    steps = (
        (sheet, "the build sheet of the sample", ["sheet", SAMPLE, "--kind", "build-sheet", "--out", str(sheet)]),
        (evaluation, "its evaluation", ["evaluate", SAMPLE, "--json"]),
        (picture, "the desk as it looks; a display opens it", ["--screenshot", str(picture), SAMPLE]),
    )
    for path, what, arguments in steps:
        done = subprocess.run(
            [STEELYARD, *arguments],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            check=False,
        )
        if done.returncode > 1:
            return done.returncode
        if path is evaluation:
            path.write_bytes(done.stdout)
        print(f"{path.relative_to(ROOT)}: {what}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(open_desk() if has_display() else work_without_display())
