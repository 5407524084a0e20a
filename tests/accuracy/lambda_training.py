"""Lambda's training benchmarks in 16 bits: samples a second of ResNet-50, BERT large and SSD, on 1 to 16 cards.

The batch of a card fills its memory, so what comes once a step (the exchange of gradients, the optimiser's pass over
the weights) weighs the more on a sample the smaller the card. Runs that differ in nothing but the host are one case,
their median.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from accuracy.cards import GIGA, TERA, card_of, exchanged_each_way
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.shared import table
from accuracy.training_fit import Row, Solution, kernel_numbers, left_out, spread_on
from accuracy.training_fit import fit as fit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

FAMILY: Final = "lambda"
TABLE: Final = "lambda_dl_training"
SUITES: Final = {"v0_ngc20.10-ish": "20.10", "v1_ngc22.09": "22.09", "v2": "22.09"}
"""The third suite runs newer software, but the same H100 gives the same in it as in the second."""

YEARS: Final = {"20.10": "2020", "22.09": "2022"}
TASKS: Final = {"resnet50": "resnet50", "bert_large_squad": "bert-large", "ssd": "ssd"}
PARTS: Final = (
    ("2080 SUPER MAX-Q", "geforce-rtx-2080-super-max-q"),
    ("2080 MAX-Q", "geforce-rtx-2080-max-q"),
    ("2070 MAX-Q", "geforce-rtx-2070-max-q"),
    ("3080 Max-Q", "geforce-rtx-3080-max-q"),
    ("A100 40GB PCIe", "a100-40gb-pcie"),
    ("A100 80GB PCIe", "a100-80gb-pcie"),
    ("A100 40GB SXM|p4d", "a100-40gb-sxm4"),
    ("A100 80GB SXM", "a100-80gb-sxm4"),
    ("V100 16GB|p3", "tesla-v100-sxm2-16gb"),
    ("V100 32GB", "tesla-v100-pcie-32gb"),
    ("GH200", "gh200-96gb"),
    ("H200", "h200-141gb-sxm5"),
    ("H100.80GB.PCIe", "h100-80gb-pcie"),
    ("H100", "h100-80gb-sxm5"),
    ("B200", "b200-180gb-sxm6"),
    ("1080Ti", "geforce-gtx-1080-ti-founders"),
    ("2080Ti", "geforce-rtx-2080-ti-founders"),
    ("RTX 3070", "geforce-rtx-3070"),
    ("RTX 3080", "geforce-rtx-3080-10gb"),
    ("RTX 3090", "geforce-rtx-3090-founders"),
    ("RTX 5000", "quadro-rtx-5000"),
    ("RTX 6000 Ada", "rtx-6000-ada"),
    ("RTX 6000", "quadro-rtx-6000"),
    ("RTX 8000", "quadro-rtx-8000"),
    ("Titan RTX", "titan-rtx"),
    ("A4000", "rtx-a4000"),
    ("A4500", "rtx-a4500"),
    ("A5500", "rtx-a5500"),
    ("A6000", "rtx-a6000"),
    ("A40", "a40"),
    ("A10", "a10"),
)
"""Patterns of the table's configurations, the first that fits. Chips of laptops are no workstation's, but teach what
little power costs."""

BROKEN: Final = {("bert-large", "rtx-a4000", 8), ("bert-large", "rtx-a4000", 16), ("bert-large", "rtx-a4500", 8)}
"""Eight cards ten times as fast as one, sixteen 37 times: the batch was not the one that is stated."""


class Task(NamedTuple):
    """A network: operations of a sample (TFLOP, forward and backward), parameters, and samples a GB of free memory."""

    kernel: str
    operations: float
    parameters: float
    batch: dict[str, float]


NETWORKS: Final = {
    "resnet50": Task("conv2d", 0.0246, 25.6e6, {"20.10": 19.0, "22.09": 17.0}),
    "bert-large": Task("transformer", 0.77, 335e6, {"20.10": 0.85, "22.09": 1.5}),
    "ssd": Task("conv2d", 0.105, 23e6, {"20.10": 5.7, "22.09": 5.7}),
}
"""ResNet-50: 4.1 giga multiply-adds, three passes. BERT: six operations a parameter and token, 384 tokens. SSD: 300 by
300 pixels through most of a ResNet-50. The batches are those stated in the table."""

STATE: Final = 16
"""Bytes a parameter that training with 16-bit copies keeps on the card."""

FREE: Final = 20.0
"""GB beside the model's state at which the demands of the files are stated."""


def cases() -> list[Case]:
    """Return a case for each card, count, suite and network."""
    found: dict[tuple[str, str, int, str], list[tuple[float, int]]] = {}
    names: dict[str, str] = {}
    for line, row in enumerate(table(TABLE), start=2):
        if row["precision"] != "fp16" or row["task"] not in TASKS or row["suspect"]:
            continue
        part = next(part for pattern, part in PARTS if re.search(pattern, row["config"], re.IGNORECASE))
        task, count = TASKS[row["task"]], int(row["n_gpus"])
        if (task, part, count) in BROKEN or not row["throughput"]:
            continue
        names.setdefault(part, re.sub(r"^\d+x\s*|^.*— (\d+x )?", "", row["config"]))
        found.setdefault((SUITES[row["suite"]], part, count, task), []).append((float(row["throughput"]), line))
    some = []
    for (suite, part, count, task), runs in sorted(found.items()):
        middle = float(np.median([rate for rate, _ in runs]))
        where = f"{TABLE}.csv:{runs[0][1]}" + (f" and {len(runs) - 1} more" if len(runs) > 1 else "")
        bench = f"bench/lambda-{task}-train"
        some.append(Case(FAMILY, bench, {"suite": suite}, f"gpu/nvidia/{part}", count, middle, part, where))
    return some


WORKS: Final = {
    ("resnet50", "operations"): (1.0, 3.0),
    ("resnet50", "traffic"): (0.25, 0.5),
    ("resnet50", "vector"): (0.001, 0.5),
    ("resnet50", "energy"): (0.025, 0.5),
    ("resnet50", "launch"): (1e-4, 0.7),
    ("resnet50", "sync"): (0.25, 1.0),
    ("ssd", "operations"): (1.0, 3.0),
    ("ssd", "traffic"): (0.8, 0.5),
    ("ssd", "vector"): (0.003, 0.5),
    ("ssd", "energy"): (0.08, 0.5),
    ("ssd", "launch"): (2e-4, 0.7),
    ("ssd", "sync"): (0.25, 1.0),
    ("bert-large", "operations"): (1.0, 3.0),
    ("bert-large", "traffic"): (3.0, 0.5),
    ("bert-large", "vector"): (0.01, 0.5),
    ("bert-large", "energy"): (0.3, 0.5),
    ("bert-large", "launch"): (1e-3, 0.7),
    ("bert-large", "weights"): (20.0, 1.0),
    ("bert-large", "sync"): (1.0, 1.0),
}
"""Where the fit starts and how firmly it holds there: counted operations and exchanged gradients count once; traffic in
GB, vector work in TFLOP, energy in J and the start of kernels in seconds a sample; the optimiser reads and writes the
weights some twenty times a step."""


def rows_of(some: Sequence[Case]) -> list[Row]:
    """Return the cases as seconds of a sample on one card among its like."""
    rows = []
    for case in some:
        name = case.bench.removeprefix("bench/lambda-").removesuffix("-train")
        task, on, suite = NETWORKS[name], card_of(case.part), case.settings["suite"]
        batch = task.batch[suite] * (on.memory - task.parameters * STATE) / GIGA
        terms = {
            (name, "operations"): task.operations * TERA / on.matrix,
            (name, "traffic"): GIGA / on.bandwidth,
            (name, "vector"): TERA / on.vector,
            (name, "energy"): 1 / on.power,
            (name, "launch"): 1.0,
            (name, "sync"): task.parameters * 4 / batch * exchanged_each_way(on, case.count),
        }
        if name == "bert-large":
            terms[name, "weights"] = task.parameters * 2 / batch / on.bandwidth
        seconds = case.count / case.measured
        rows.append(Row(name, task.kernel, suite, on.architecture, seconds, terms, case))
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
        bench, batch = f"bench/lambda-{name}-train", task.batch["20.10"] * FREE
        words = {
            "gpu_compute_demand": solution.work(name, (name, "operations")) * task.operations,
            "gpu_traffic_demand": solution.work(name, (name, "traffic")),
            "gpu_vector_demand": solution.work(name, (name, "vector")),
            "gpu_energy_demand": solution.work(name, (name, "energy")),
            "gpu_launch_demand": solution.work(name, (name, "launch")),
            "sync_demand": solution.work(name, (name, "sync")) * task.parameters * 4 / 1e9 / batch,
        }
        if name == "bert-large":
            words["weight_reads_demand"] = solution.work(name, (name, "weights")) / batch
        for word, value in words.items():
            demands[bench, "train", word] = exact(value)
        demands[bench, "", "model_spread"] = spread_on(
            pair for pair in predictions() if pair[0].case.held in cards and pair[0].bench == name
        )
    assumptions = {}
    for kernel in ("conv2d", "transformer"):
        for suite, year in YEARS.items():
            assumptions |= kernel_numbers(solution, rows, kernel, suite, f"kernel_{kernel}_train_{year}")
    return Fitted(demands, {}, assumptions)
