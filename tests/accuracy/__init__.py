"""Hold the engine against published measurements, and fit its constants on them."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # the fits are many and small: more threads only wait for each other
