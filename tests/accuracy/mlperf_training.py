"""MLPerf training on one node: steady samples a second of 3D U-Net, ResNet-50, BERT large and RetinaNet.

This is code that its submitters have tuned to the card; rounds differ little. What the rules call SSD is RetinaNet from
round 2.0 on. The rows of BERT up to round 2.1 have no steady rate: theirs from end to end is within a percent of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from accuracy.cards import GIGA, TERA, card_of, exchanged_each_way
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.shared import table
from accuracy.training_fit import Row, Solution, kernel_numbers, left_out, spread_on
from accuracy.training_fit import fit as fit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

FAMILY: Final = "mlperf-training"
TABLE: Final = "mlperf_training"
PARTS: Final = {
    "A100 PCIe 80GB": "a100-80gb-pcie",
    "A100 SXM 40GB": "a100-40gb-sxm4",
    "A100 SXM 80GB": "a100-80gb-sxm4",
    "A40": "a40",
    "H100 SXM": "h100-80gb-sxm5",
    "H200 SXM": "h200-141gb-sxm5",
    "H200 NVL": "h200-nvl",
    "L4": "l4",
    "B200 SXM": "b200-180gb-sxm6",
    "GB200": "gb200-186gb",
}
"""AMD's cards ran another framework that had only begun, and Intel's accelerator is no card."""

TASKS: Final = {
    "unet3d": "unet3d", "resnet": "resnet50", "bert": "bert-large", "ssd": "retinanet", "retinanet": "retinanet",
}  # fmt: skip
BEGUN: Final = ("MosaicML",)
"""Submitters whose rows compare a plain framework with their own, not cards."""

ROUNDS: Final = {"v2.0": "tuned", "v2.1": "tuned", "v3.0": "tuned", "v3.1": "tuned", "v4.0": "tuned", "v4.1": "tuned",
                 "v5.0": "tuned", "v5.1": "tuned"}  # fmt: skip
"""One kernel for all rounds: the same card gains two to five per cent from one round to the next."""


class Task(NamedTuple):
    """A network: operations of a sample (TFLOP, three passes), parameters, usual samples of a card in a step."""

    kernel: str
    operations: float
    parameters: float
    batch: float


NETWORKS: Final = {
    "unet3d": Task("conv3d", 2.9, 31e6, 7),
    "resnet50": Task("conv2d", 0.0246, 25.6e6, 400),
    "bert-large": Task("transformer", 0.5, 335e6, 72),
    "retinanet": Task("conv2d", 0.9, 38e6, 32),
}
"""3D U-Net: patches of 128 cubed. BERT: six operations a parameter and token, some 250 tokens without padding, part of
them in 8 bits where the card can. RetinaNet: 800 by 800 pixels, its first layers frozen."""


def cases() -> list[Case]:
    """Return the single-node rows with a steady rate (BERT: or one from end to end)."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        task = TASKS.get(row["benchmark"])
        if row["n_nodes"] != "1" or task is None or row["gpu_norm"] not in PARTS or row["submitter"] in BEGUN:
            continue
        rate = row["throughput_steady_samples_per_s"]
        if not rate and task == "bert-large":
            rate = row["throughput_end_to_end_samples_per_s"]
        if not rate:
            continue
        part, count = f"gpu/nvidia/{PARTS[row['gpu_norm']]}", int(row["n_gpus_total"])
        bench, where = f"bench/mlperf-training-{task}", f"{TABLE}.csv:{line}"
        found.append(Case(FAMILY, bench, {"round": row["round"]}, part, count, float(rate), row["gpu_norm"], where))
    return found


WORKS: Final = {
    ("unet3d", "operations"): (1.0, 4.0),
    ("unet3d", "traffic"): (8.0, 0.5),
    ("unet3d", "vector"): (0.1, 0.5),
    ("unet3d", "energy"): (1.0, 0.5),
    ("unet3d", "launch"): (1e-3, 0.7),
    ("resnet50", "operations"): (1.0, 4.0),
    ("resnet50", "traffic"): (0.15, 0.5),
    ("resnet50", "vector"): (0.001, 0.5),
    ("resnet50", "energy"): (0.03, 0.5),
    ("resnet50", "launch"): (1e-5, 0.7),
    ("bert-large", "operations"): (1.0, 2.0),
    ("bert-large", "traffic"): (1.0, 0.5),
    ("bert-large", "vector"): (0.01, 0.5),
    ("bert-large", "energy"): (0.3, 0.5),
    ("bert-large", "launch"): (1e-4, 0.7),
    ("retinanet", "operations"): (1.0, 2.0),
    ("retinanet", "traffic"): (6.0, 0.5),
    ("retinanet", "vector"): (0.06, 0.5),
    ("retinanet", "energy"): (1.0, 0.5),
    ("retinanet", "launch"): (2e-4, 0.7),
    ("exchange", "sync"): (0.5, 2.0),
}
"""Where the fit starts and how firmly it holds there: counted operations count once; traffic in GB, vector work in
TFLOP, energy in J and the start of kernels in seconds a sample. The gradients travel in 2 bytes of the 4 counted."""


CRAMPED: Final = {("bert-large", "L4")}
LITTLE_TRUST: Final = 0.03
"""What a card of 24 GB says of its architecture where batches of others do not fit, and activations are computed twice:
Lambda's BERT runs half as fast again on an RTX 6000 Ada as on an A6000, so it is not the architecture."""


def rows_of(some: Sequence[Case]) -> list[Row]:
    """Return the cases as seconds of a sample on one card among its like."""
    rows = []
    for case in some:
        name = case.bench.removeprefix("bench/mlperf-training-")
        task, on = NETWORKS[name], card_of(case.part)
        terms = {
            (name, "operations"): task.operations * TERA / on.matrix,
            (name, "traffic"): GIGA / on.bandwidth,
            (name, "vector"): TERA / on.vector,
            (name, "energy"): 1 / on.power,
            (name, "launch"): 1.0,
            ("exchange", "sync"): task.parameters * 4 / task.batch * exchanged_each_way(on, case.count),
        }
        seconds = case.count / case.measured
        trust = LITTLE_TRUST if (name, case.held) in CRAMPED else 1.0
        kernel, generation = task.kernel, ROUNDS[case.settings["round"]]
        rows.append(Row(name, kernel, generation, on.architecture, seconds, terms, case, trust))
    return rows


def solve(rows: Sequence[Row]) -> Solution:
    """Fit works and efficiencies."""
    return fit_rows(rows, WORKS)


@cache
def predictions() -> list[tuple[Row, float]]:
    """Return all rows with the seconds predicted by a fit that saw nothing of their card."""
    return left_out(rows_of(cases()), solve)


def fit(some: Sequence[Case]) -> Fitted:
    """Return works, kernels and spread for the catalogue."""
    rows = rows_of(some)
    solution = solve(rows)
    cards = {case.held for case in some}
    demands: dict[tuple[str, str, str], Numbers] = {}
    for name, task in NETWORKS.items():
        bench = f"bench/mlperf-training-{name}"
        exchanged = solution.work(name, ("exchange", "sync")) * task.parameters * 4 / 1e9 / task.batch
        for word, value in {
            "gpu_compute_demand": solution.work(name, (name, "operations")) * task.operations,
            "gpu_traffic_demand": solution.work(name, (name, "traffic")),
            "gpu_vector_demand": solution.work(name, (name, "vector")),
            "gpu_energy_demand": solution.work(name, (name, "energy")),
            "gpu_launch_demand": solution.work(name, (name, "launch")),
            "sync_demand": exchanged,
        }.items():
            demands[bench, "train", word] = exact(value)
        demands[bench, "", "model_spread"] = spread_on(
            pair for pair in predictions() if pair[0].case.held in cards and pair[0].bench == name
        )
    assumptions = {}
    for kernel in ("conv2d", "conv3d", "transformer"):
        assumptions |= kernel_numbers(solution, rows, kernel, "tuned", f"kernel_{kernel}_train_tuned")
    return Fitted(demands, {}, assumptions)
