"""JPEG images decoded by one process, and by the workers of a data loader, on hosts from laptops to cloud machines.

A core does the work of its design in a cycle, at its boost clock; workers share the images, and one process collects
what they prepare. Both times count: the fourth root of the sum of their fourth powers, as in the engine. Designs are
told apart by the hosts that have them, and lean towards what is said of one generation over the last. What a design
does in a cycle is used for other work too, so decoders that are no cases tell of it as well.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from accuracy.case import Case, Fitted, Numbers
from accuracy.shared import table
from steelyard.catalog import Catalog, load_catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

FAMILY: Final = "jpeg-decode"
BENCH: Final = "bench/jpeg-decode"
TABLE: Final = "jpeg_decode_imread_benchmark"
PARTS: Final = {
    "AMD EPYC 7702 64-Core Processor": "cpu/amd/epyc-7702",
    "AMD EPYC 9B14": "cpu/amd/epyc-9b14",
    "AMD EPYC 9B45": "cpu/amd/epyc-9b45",
    "AMD Ryzen 7 5800H with Radeon Graphics": "cpu/amd/ryzen-7-5800h",
    "AMD Ryzen Threadripper 3970X 32-Core Processor": "cpu/amd/threadripper-3970x",
    "Apple M2 Pro": "cpu/apple/m2-pro",
    "Apple M4 Max": "cpu/apple/m4-max",
    "INTEL(R) XEON(R) PLATINUM 8581C CPU @ 2.30GHz": "cpu/intel/xeon-platinum-8581c",
    "Neoverse-N1": "cpu/ampere/altra-q64-30",
    "Neoverse-V2": "cpu/google/axion",
}
"""The table's names of hosts, and the catalogue's."""

LIBRARIES: Final = ("torchvision", "opencv", "pillow")
REFERENCE: Final = "Zen 4"
LEANING: Final = {
    "Zen 2": 0.80,
    "Zen 3": 0.92,
    "Zen 4": 1.0,
    "Zen 5": 1.15,
    "Emerald Rapids": 1.0,
    "Neoverse N1": 0.80,
    "Neoverse V2": 1.10,
    "Apple M2": 1.25,
    "Apple M4": 1.30,
}
"""What makers and reviewers say of a design's work in a cycle, relative to the reference; not from this table."""

ARM: Final = ("Neoverse N1", "Neoverse V1", "Neoverse V2")
ARM_LEANING: Final = 1.3
SHRINK: Final = 0.25
"""How firmly a design keeps to what is said of it: a fourth of what one host says of it."""

LAPTOP: Final = "AMD Ryzen 7 5800H with Radeon Graphics"
"""The only host of Zen 3, slower at its boost clock than Zen 2 elsewhere: it counts as much as what is said."""

KNOWN, UNKNOWN, LEFT_OVER = 0.10, 0.17, 0.05
"""10 % and 90 % points of a design with a host, of one without, and of what remains of a host: shares."""


class Row(NamedTuple):
    """A case as the fit needs it."""

    design: str
    clock: float
    library: str
    workers: int
    rate: float
    weight: float


def cases() -> list[Case]:
    """Return what one process, and workers under Linux, decode. Workers under macOS are started otherwise: left out."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        kind = row["benchmark"]
        workers = "0" if kind.startswith("single") else row["num_workers"]
        elsewhere = row["platform_dir"].startswith("darwin") and workers != "0"
        if row["library"] not in LIBRARIES or kind.startswith("library_default") or elsewhere:
            continue
        settings = {"workers": workers, "library": row["library"]}
        rate = float(row["images_per_s"])
        found.append(Case(FAMILY, BENCH, settings, PARTS[row["cpu"]], 0, rate, row["cpu"], f"{TABLE}.csv:{line}"))
    return found


def fit(some: Sequence[Case]) -> Fitted:
    """Return the seconds of an image by library, of collecting one, and the work of each design in a cycle."""
    rows = _rows_of(some)
    found = _solved(rows)
    seconds = found.seconds["torchvision"]
    demands = {
        (BENCH, "decode", "cpu_demand"): Numbers(seconds, seconds * 0.98, seconds * 1.02),
        (BENCH, "decode", "collect_demand"): Numbers(found.collect, found.collect * 0.85, found.collect * 1.15),
        (BENCH, "", "model_spread"): Numbers(1.0, 1 - LEFT_OVER, 1 + LEFT_OVER),
    }
    factors = {(BENCH, "decode", "cpu_demand", "library", name): found.seconds[name] / seconds for name in LIBRARIES}
    assumptions = {}
    measured = {row.design for row in rows} - {"Zen 3"}
    for design, work in found.work.items():
        if design != REFERENCE:
            assumptions["core_work", design] = _around(work, KNOWN if design in measured else UNKNOWN)
    for design in ARM:
        assumptions["core_collect_work", design] = _around(found.arm, 0.2)
    reference = _around(1.0, 0.0 if REFERENCE in measured else UNKNOWN)
    assumptions["core_work", REFERENCE] = reference
    return Fitted(demands, factors, assumptions)


def _around(value: float, share: float) -> Numbers:
    return Numbers(value, value * (1 - share), value * (1 + share))


def _rows_of(some: Sequence[Case]) -> list[Row]:
    """A host counts as much as another, however often it was measured; other decoders count half of what cases do."""
    often: dict[str, int] = {}
    for case in some:
        often[case.held] = often.get(case.held, 0) + 1
    rows = []
    for case in some:
        weight = _weight(case.held) / often[case.held]
        rows.append(_row(case.held, case.settings["library"], int(case.settings["workers"]), case.measured, weight))
    for host in often.keys() - {LAPTOP}:
        others = _other_decoders(host)
        for library, rate in others.items():
            rows.append(_row(host, library, 0, rate, _weight(host) / 2 / len(others)))
    return rows


def _weight(host: str) -> float:
    return SHRINK**2 if host == LAPTOP else 4.0


def _row(host: str, library: str, workers: int, rate: float, weight: float) -> Row:
    part = PARTS[host]
    design, clock = _catalog().datum(part, "core_design").words, _catalog().datum(part, "boost_clock").value
    return Row(design, clock / _catalog().assumptions["reference_clock"].value, library, workers, rate, weight)


@cache
def _catalog() -> Catalog:
    return load_catalog(cache=None)


def _other_decoders(host: str) -> dict[str, float]:
    """Images a second of one process, by the libraries that are no cases."""
    return {
        row["library"]: float(row["images_per_s"])
        for row in table(TABLE)
        if row["cpu"] == host and row["library"] not in LIBRARIES and row["benchmark"].startswith("single")
    }


class Solution(NamedTuple):
    """Seconds an image by library, seconds to collect one, work in a cycle by design, and Arm's share in collecting."""

    seconds: dict[str, float]
    collect: float
    work: dict[str, float]
    arm: float

    def rate(self, row: Row, efficiency: float) -> float:
        """Return images a second."""
        speed = row.clock * self.work[row.design]
        if row.workers == 0:
            return speed / self.seconds[row.library]
        prepared = self.seconds[row.library] / speed / row.workers / (efficiency if row.workers > 1 else 1)
        collected = self.collect / speed / (self.arm if row.design in ARM else 1)
        return float((prepared**4 + collected**4) ** -0.25)


def _solved(rows: Sequence[Row]) -> Solution:
    designs = [design for design in LEANING if design != REFERENCE]
    libraries = [*LIBRARIES, *sorted({row.library for row in rows} - set(LIBRARIES))]
    first = 2 + len(libraries)
    efficiency = _catalog().assumptions["worker_efficiency"].value

    def read(vector: np.ndarray) -> Solution:
        numbers = np.exp(vector)
        work = {design: LEANING[design] * float(numbers[first + place]) for place, design in enumerate(designs)}
        seconds = {name: 1.7e-3 * float(numbers[2 + place]) for place, name in enumerate(libraries)}
        return Solution(seconds, 7e-4 * float(numbers[0]), {**work, REFERENCE: 1.0}, ARM_LEANING * float(numbers[1]))

    def residuals(vector: np.ndarray) -> np.ndarray:
        solution = read(vector)
        off = [np.sqrt(row.weight) * np.log(solution.rate(row, efficiency) / row.rate) for row in rows]
        return np.concatenate([off, SHRINK * vector[first:], 0.3 * vector[:2]])

    start = np.zeros(first + len(designs))
    return read(least_squares(residuals, start, loss="soft_l1", f_scale=0.1).x)
