"""nnU-Net, first version: seconds of an epoch on one card, 2-D and 3-D, by generation of the software.

The operations of a step follow from the published plans, and so do the values that its layers write; how many bytes and
vector operations a value costs, and how long a step takes however fast the card is, is fitted over all data sets
together. Data sets and batches that are no benchmark here (Prostate, three times the batch) teach as well.
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from accuracy.cards import GIGA, TERA, card_of
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.shared import table
from accuracy.training_fit import Row, Solution, kernel_numbers, left_out, spread_on
from accuracy.training_fit import fit as fit_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAMILY: Final = "nnunet-v1"
TABLE: Final = "nnunet_v1_epoch_times"
PARTS: Final = {
    "A100 40GB PCIe 250W": "a100-40gb-pcie",
    "A100 40GB (DGX A100) 400W": "a100-40gb-sxm4",
    "RTX 2080 ti 11GB 250W": "geforce-rtx-2080-ti-founders",
    "V100 32GB SXM3 (DGX2) 350W": "tesla-v100-sxm3-32gb",
    "V100 32GB PCIe 250W": "tesla-v100-pcie-32gb",
    "V100 32GB SXM2 300W": "tesla-v100-sxm2-32gb",
}
SOFTWARE: Final = {"Pytorch 1.11": "1.11", "Pytorch 1.7.": "1.7", "Oct 2020 tab": "2020-10"}
YEARS: Final = {"2020-10": "2020", "1.7": "2021", "1.11": "2022"}
"""Kernels are named by the year of the software."""

STEPS: Final = 250 + 50 / 3
"""An epoch has 250 training steps and 50 validation steps, which lack the backward pass: a third of a step each."""


class Plan(NamedTuple):
    """Patch in voxels, halvings an axis, and patches of a step, as nnU-Net plans them for a card of 11 GB."""

    patch: tuple[int, ...]
    halvings: tuple[int, ...]
    batch: int


PLANS: Final = {
    "heart-3d": Plan((80, 192, 160), (4, 5, 5), 2),
    "liver-3d": Plan((128, 128, 128), (5, 5, 5), 2),
    "prostate-3d": Plan((20, 320, 256), (2, 6, 6), 2),
    "heart-2d": Plan((320, 256), (6, 6), 40),
    "liver-2d": Plan((512, 512), (7, 7), 12),
    "prostate-2d": Plan((320, 320), (6, 6), 32),
}
WIDTH: Final = 32
WIDEST: Final = {"2d": 480, "3d": 320}
BENCHES: Final = ("heart-2d", "heart-3d", "liver-2d", "liver-3d")


def cases() -> list[Case]:
    """Return the epochs of the benchmarks' data sets at the batch that nnU-Net plans."""
    return [case for case in every_case() if case.bench.removeprefix("bench/nnunet-v1-") in BENCHES]


def every_case() -> list[Case]:
    """Return all epochs that fitted into memory; the bench of those that only teach ends in its data set or in x3."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        if row["status"] != "ok":
            continue
        dataset, volume = row["dataset"].split("_")[1].lower(), row["configuration"].startswith("3d")
        bench = f"bench/nnunet-v1-{dataset}-{'3d' if volume else '2d'}{'x3' * row['configuration'].endswith('bs3x')}"
        loading = "1" if row["data_loading"] == "yes" else "0"
        settings = {"dataloading": loading, "software": SOFTWARE[row["software"][:12]]}
        part, seconds = f"gpu/nvidia/{PARTS[row['gpu']]}", float(row["epoch_time_s"])
        found.append(Case(FAMILY, bench, settings, part, 1, seconds, row["gpu"], f"{TABLE}.csv:{line}"))
    return found


def loading_kept() -> Numbers:
    """Return the share of the throughput that loading data leaves: epochs with dummy arrays over real ones."""
    seconds = {(case.bench, case.part, *sorted(case.settings.items())): case.measured for case in every_case()}
    ratios = []
    for (bench, part, _, software), real in seconds.items():
        dummy = seconds.get((bench, part, ("dataloading", "0"), software))
        if dummy and real != dummy:
            ratios.append(dummy / real)
    low, middle, high = np.percentile(ratios, [10, 50, 90])
    return Numbers(float(middle), float(low), float(high))


WORKS: Final = {
    (dim, name): hold
    for dim in ("2d", "3d")
    for name, hold in (
        ("operations", (0.75, 4.0)),
        ("traffic", (8.0, 0.5)),
        ("vector", (0.05, 0.5)),
        ("energy", (0.3, 0.5)),
        ("launch", (0.04, 2.0)),
    )
}
"""Where the fit starts and how firmly it holds there: counted operations weigh three quarters of what an efficiency of
0.5 makes of them, as in Lambda's image networks, because matrix units reach more of their peak than memory does;
starting the kernels of a step takes some 40 ms, as three times the batch shows."""


def rows_of(some: Sequence[Case]) -> list[Row]:
    """Return the cases as times of a step without the loading of data."""
    kept = loading_kept().value
    rows = []
    for case in some:
        name = case.bench.removeprefix("bench/nnunet-v1-")
        plan, times = PLANS[name.removesuffix("x3")], 3 if name.endswith("x3") else 1
        dim, on = f"{len(plan.patch)}d", card_of(case.part)
        operations, values = times * step_operations(plan), times * step_values(plan)
        terms = {
            (dim, "operations"): operations * TERA / on.matrix,
            (dim, "traffic"): values * GIGA / on.bandwidth,
            (dim, "vector"): values * TERA / on.vector,
            (dim, "energy"): values / on.power,
            (dim, "launch"): 1.0,
        }
        loaded = kept if case.settings["dataloading"] == "1" else 1.0
        seconds = case.measured * loaded / STEPS
        rows.append(Row(name.removesuffix("x3"), dim, case.settings["software"], on.architecture, seconds, terms, case))
    return rows


def solve(rows: Sequence[Row]) -> Solution:
    """Fit works and efficiencies."""
    return fit_rows(rows, WORKS)


@cache
def predictions() -> list[tuple[Row, float]]:
    """Return the benchmarks' rows with the seconds predicted by a fit that saw nothing of their card."""
    pairs = left_out(rows_of(every_case()), solve)
    return [(row, seconds) for row, seconds in pairs if row.bench in BENCHES and not row.case.bench.endswith("x3")]


def fit(some: Sequence[Case]) -> Fitted:
    """Return works, kernels and spread for the catalogue; what only teaches is left out with its card too."""
    cards = {case.held for case in some}
    rows = rows_of([case for case in every_case() if case.held in cards])
    solution = solve(rows)
    demands: dict[tuple[str, str, str], Numbers] = {}
    for name in BENCHES:
        plan, bench = PLANS[name], f"bench/nnunet-v1-{name}"
        dim = f"{len(plan.patch)}d"
        for word, work, size in (
            ("gpu_compute_demand", "operations", step_operations(plan)),
            ("gpu_traffic_demand", "traffic", step_values(plan)),
            ("gpu_vector_demand", "vector", step_values(plan)),
            ("gpu_energy_demand", "energy", step_values(plan)),
            ("gpu_launch_demand", "launch", 1.0),
        ):
            value = solution.work(name, (dim, work)) * size
            demands[bench, "train", word] = exact(value)
        demands[bench, "", "model_spread"] = spread_on(
            pair for pair in predictions() if pair[0].case.held in cards and pair[0].kernel == dim
        )
    assumptions = {}
    for dim, kind in (("2d", "unet2d"), ("3d", "conv3d")):
        for software, year in YEARS.items():
            assumptions |= kernel_numbers(solution, rows, dim, software, f"kernel_{kind}_train_{year}")
    demands[WORKLOAD, "", "model_spread"] = demands["bench/nnunet-v1-heart-3d", "", "model_spread"]
    return Fitted(demands | workload_demands(solution), {}, assumptions | todays_kernel(solution, assumptions))


# --- the workload of a lab: a patch of 128 cubed, and the software of today

WORKLOAD: Final = "nnunet-3d-training"
PIPELINE: Final = "imaging-pipeline"
"""It trains a network of the same kind, counted in patches instead of epochs: how much like it, its range says."""

EDGE: Final = 128
TODAY: Final = 0.120
"""Seconds of a step of two such patches on an A100 PCIe 40 GB with the software of 2024 to 2026: the nine hours of the
preset tables, less what loading costs, say 0.115, the report of issue 3063 says 0.131."""

OTHERS: Final = {"Hopper": 0.85, "Blackwell B200": 0.85}
"""What MLPerf's 3D U-Net says of architectures that nnU-Net's table lacks, against the A100: cores and memory that grew
by more than the network can use."""

FORWARD: Final = 64
"""Forward passes a voxel when a case is segmented: tiles that overlap by half, mirrored along three axes."""


def workload_demands(solution: Solution) -> dict[tuple[str, str, str], Numbers]:
    """Return the work of a voxel in all epochs, an epoch long as so many steps, and of a voxel that is segmented."""
    voxels = PLANS["liver-3d"].batch * EDGE**3
    sizes = {"operations": step_operations(PLANS["liver-3d"]), "launch": 1.0}
    found = {}
    for word, work in (
        ("gpu_compute_demand", "operations"),
        ("gpu_traffic_demand", "traffic"),
        ("gpu_vector_demand", "vector"),
        ("gpu_energy_demand", "energy"),
        ("gpu_launch_demand", "launch"),
    ):
        step = solution.works["3d", work] * sizes.get(work, step_values(PLANS["liver-3d"]))
        train = STEPS * step / (1 if work == "launch" else voxels)
        segment = FORWARD / 3 * step / voxels
        found[WORKLOAD, "train", word] = Numbers(train, train * 0.95, train * 1.08)
        found[PIPELINE, "train", word] = Numbers(train / STEPS, train / STEPS * 0.6, train / STEPS * 1.35)
        found[WORKLOAD, "validate", word] = Numbers(segment, segment * 0.4, segment * 1.5)
    return found


def todays_kernel(solution: Solution, assumptions: Mapping[tuple[str, str], Numbers]) -> dict[tuple[str, str], Numbers]:
    """Return the kernel of the workload: that of 2022 on every architecture, as much better as one A100 became."""
    on, plan = card_of("gpu/nvidia/a100-40gb-pcie"), PLANS["liver-3d"]
    values = step_values(plan)
    peak = solution.works["3d", "operations"] * step_operations(plan) * TERA / on.matrix + values * (
        solution.works["3d", "traffic"] * GIGA / on.bandwidth
        + solution.works["3d", "vector"] * TERA / on.vector
        + solution.works["3d", "energy"] / on.power
    )
    share = peak / (TODAY - solution.works["3d", "launch"])
    gain = share / assumptions["kernel_conv3d_train_2022", on.architecture].value
    found = {}
    for (name, architecture), numbers in assumptions.items():
        if name == "kernel_conv3d_train_2022":
            value, low, high = (gain * OTHERS.get(architecture, 1.0) * number for number in numbers)
            found["kernel_conv3d_train", architecture] = Numbers(value, 0.9 * low, 1.1 * high)
    return found


# --- what the plans say


def step_operations(plan: Plan) -> float:
    """Return TFLOP of a training step: three passes of the standard U-Net, two convolutions a level on both sides."""
    layers = _layers(plan)
    kernel = 3 ** len(plan.patch)
    total, before = 0.0, 1
    for voxels, width in layers:
        total += voxels * kernel * (before * width + width * width)
        before = width
    for (voxels, width), (_, below) in itertools.pairwise(layers):
        total += voxels * (below * width + kernel * (2 * width * width + width * width))
    return 3 * 2 * total * plan.batch / 1e12


def step_values(plan: Plan) -> float:
    """Return the values that the layers of a step write, in 1e9: two a level going down, three coming up."""
    layers = _layers(plan)
    return plan.batch * (2 * sum(n * w for n, w in layers) + 3 * sum(n * w for n, w in layers[:-1])) / 1e9


def _layers(plan: Plan) -> list[tuple[float, int]]:
    """Voxels and channels of each level."""
    voxels = np.array(plan.patch, dtype=float)
    found = []
    for level in range(max(plan.halvings) + 1):
        if level:
            voxels = voxels / np.array([2 if halvings >= level else 1 for halvings in plan.halvings])
        width = min(WIDTH * 2**level, WIDEST[f"{len(plan.patch)}d"])
        found.append((float(np.prod(voxels)), width))
    return found
