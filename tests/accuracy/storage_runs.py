"""Simulated accelerators fed by storage: what they reach of their ideal pace while nine tenths of the time busy.

The published systems are racks of drives behind a network, run with as many accelerators as they feed; no drive of the
catalogue is the limit there. So they tell how the pace of a fed accelerator falls short of the ideal one, and that the
bytes of a sample are right; a drive's share of its label is an assumption.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from accuracy.case import Case, Fitted, Numbers
from accuracy.shared import table

if TYPE_CHECKING:
    from collections.abc import Sequence

FAMILY: Final = "mlperf-storage"
TABLE: Final = "mlperf_storage_v1_0_results"
WORKLOADS: Final = ("unet3d", "resnet50")
DRIVE: Final = "drive/micron/9550-pro-u-2-7-68tb"
"""Stands for a host's share of its storage: as fast as any, so that it is never the limit."""


def cases() -> list[Case]:
    """Return the published results, each as one of its hosts: accelerators and samples a second of a host."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        if row["workload"] not in WORKLOADS:
            continue
        accelerators, name = int(row["n_simulated_accelerators"]), row["workload"]
        settings = {"accelerator": row["simulated_accelerator"], "accelerators": "1"}
        rate = float(row["throughput_samples_per_s"]) / accelerators
        bench, where = f"bench/mlperf-storage-{name}", f"{TABLE}.csv:{line}"
        found.append(Case(FAMILY, bench, settings, DRIVE, 0, rate, row["submitter"], where))
    return found


def fit(some: Sequence[Case]) -> Fitted:
    """Return how much longer a fed accelerator takes than it computes, with its 10 % and 90 % points."""
    pauses = _pauses()
    demands = {}
    for name in WORKLOADS:
        mine = [case for case in some if case.bench.endswith(name)]
        longer = np.array([1 / (case.measured * pauses[name, case.settings["accelerator"]]) for case in mine])
        low, middle, high = np.percentile(longer, [4, 50, 96])
        demands[f"bench/mlperf-storage-{name}", "compute", "gpu_launch_demand"] = Numbers(middle, low, high)
    return Fitted(demands, {}, {})


def _pauses() -> dict[tuple[str, str], float]:
    """Seconds of a sample on one accelerator, by the definitions of version 1.0."""
    return {
        (row["workload"], row["simulated_accelerator"].lower()): float(row["computation_time_s_per_batch"])
        / float(row["batch_size"])
        for row in table("mlperf_storage_workloads")
        if row["benchmark_version"] == "v1.0"
    }
