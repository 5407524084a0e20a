"""Time a piece of work on one core, several times, and say what the machine was doing meanwhile."""

from __future__ import annotations

import os
import re
import statistics
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ONE_THREAD: Final = {
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false", "BLOSC_NTHREADS": "1", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": "1",
}  # fmt: skip
"""Environment that keeps libraries to one thread; it must stand before they are imported."""

_LEVELS: Final = ("/sys/devices/system/cpu/cpu0/cache/index3/size",)


class Row(NamedTuple):
    """One line of the table: a cost with its least and most over the repeats."""

    what: str
    value: float
    low: float
    high: float
    unit: str
    repeats: int
    software: str
    conditions: str


def cost(
    what: str,
    work: Callable[[], object],
    *,
    unit: str,
    per: float = 1,
    repeats: int = 9,
    software: tuple[str, ...] = (),
    conditions: str = "",
) -> Row:
    """Return the processor time of `work`, divided by `per`: median, least and most of the repeats.

    Processor time (all threads of this process, in seconds) is counted and not the clock on the wall, so that waiting
    for a core costs nothing. What others do to shared caches and to the clock remains: hence the least.
    The first run warms up and is not counted.
    """
    work()
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        spent.append((time.process_time() - start) / per)
    return row_of(what, spent, unit=unit, software=software, conditions=conditions)


def row_of(what: str, spent: list[float], *, unit: str, software: tuple[str, ...], conditions: str) -> Row:
    """Return the row of costs that were counted already."""
    versions = " ".join(f"{name} {metadata.version(name)}" for name in software)
    middle = statistics.median(spent)
    return Row(what, middle, min(spent), max(spent), unit, len(spent), versions, conditions)


def processor() -> str:
    """Return what the machine says of its processor; a virtual one often hides its model."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")

    def said(name: str) -> str:
        found = re.search(rf"^{name}\s*: (.*)$", text, re.MULTILINE)
        return found[1].strip() if found else "?"

    cache = said("cache size").removesuffix(" KB")
    kind = f"family {said('cpu family')} model {said('model')} stepping {said('stepping')}"
    nominal, cores = said("cpu MHz"), os.cpu_count()
    return f"{said('model name')}; {kind}; {nominal} MHz nominal; {cores} virtual cores; last-level cache {cache} KB"


def load() -> float:
    """Return the number of jobs that were running or waiting, as a mean of the last minute."""
    return os.getloadavg()[0]
