"""MLPerf inference, offline: samples a second of NVIDIA's cards and modules in the rounds v1.1 to v5.1.

What is left out: other makers' accelerators and modules that the catalogue does not hold; parts of a card (MIG) and
virtual profiles; systems that were tuned for efficiency below the card's power limit, or hold cards with another limit
than the catalogue's; runs of the reference code instead of TensorRT; rows that repeat the run of another accuracy.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from accuracy.cards import architectures, card_of
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.inference_fit import (
    ENERGY,
    FIRM,
    LEANING,
    OTHER_MAKERS,
    Row,
    Solution,
    Start,
    kernel_numbers,
    medians,
    spread_on,
)
from accuracy.inference_fit import fit as fit_layers
from accuracy.shared import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FAMILY: Final = "mlperf-inference"
TABLE: Final = "mlperf_inference"

PARTS: Final = {
    "A10": "gpu/nvidia/a10",
    "A2": "gpu/nvidia/a2",
    "A40": "gpu/nvidia/a40",
    "A100 PCIe 40GB": "gpu/nvidia/a100-40gb-pcie",
    "A100 PCIe 80GB": "gpu/nvidia/a100-80gb-pcie",
    "A100 SXM 40GB": "gpu/nvidia/a100-40gb-sxm4",
    "A100 SXM 80GB": "gpu/nvidia/a100-80gb-sxm4",
    "GH200": "gpu/nvidia/gh200-96gb",
    "H100 NVL": "gpu/nvidia/h100-nvl",
    "H100 PCIe": "gpu/nvidia/h100-80gb-pcie",
    "H100 SXM": "gpu/nvidia/h100-80gb-sxm5",
    "H200 NVL": "gpu/nvidia/h200-nvl",
    "H200 SXM": "gpu/nvidia/h200-141gb-sxm5",
    "L4": "gpu/nvidia/l4",
    "L40S": "gpu/nvidia/l40s",
    "T4": "gpu/nvidia/tesla-t4",
    "V100S": "gpu/nvidia/tesla-v100s-pcie-32gb",
}
"""The table's names of cards and modules, and the catalogue's."""

LIMITED: Final = re.compile(r"MaxQ|DGX-Station|500\s*W|310\s*W|Power Limited|-24Q|-80C|CTS", re.IGNORECASE)
"""Marks of a power limit that is not the catalogue's, or of a virtual card."""

REFERENCE_CODE: Final = ("fp32",)


class Network(NamedTuple):
    """A benchmark: its workload, the kind of work, the operations of a sample, and which kernel each round runs.

    energy: of an operation, over that of one in 8 bits.
    """

    bench: str
    kind: str
    operations: float
    kernels: Mapping[str, str]
    energy: float = 1.0


BENCH: Final = "bench/mlperf-inference-"
LARGE: Final = f"{BENCH}bert-large"
ROUNDS: Final = ("v1.1", "v2.1", "v3.0", "v4.1")
VOLUMES: Final = {"v2.1": "conv3d-infer-2022", "v3.0": "conv3d-infer-2023", "v4.1": "conv3d-infer-2023"}
IMAGES: Final = {"v1.1": "conv2d-infer-2021"} | dict.fromkeys(ROUNDS[1:], "conv2d-infer-2022")
FINDINGS: Final = {
    "v2.1": "detection-infer-2022",
    "v3.0": "detection-infer-2023",
    "v4.1": "detection-infer-2024",
    "v5.1": "detection-infer-2024",
}
BRATS: Final = Network(f"{BENCH}3d-unet-brats", "conv3d", 3.66e12, {"v1.1": "conv3d-infer-2021"})
KITS: Final = Network(f"{BENCH}3d-unet-kits19", "conv3d", 7.64e13, VOLUMES)
RESNET: Final = Network(f"{BENCH}resnet50", "conv2d", 8.22e9, IMAGES)
RETINANET: Final = Network(f"{BENCH}retinanet", "detection", 4.04e11, FINDINGS)
BERT8: Final = Network(LARGE, "attention8", 1.1e11, dict.fromkeys(ROUNDS, "attention-infer-int8"))
BERT16: Final = Network(LARGE, "attention16", 1.1e11, dict.fromkeys(ROUNDS, "attention-infer-fp16"), 2.0)
NETWORKS: Final = (BRATS, KITS, RESNET, RETINANET, BERT8, BERT16)
"""Operations: ResNet-50 as counted with the timm tables; the others counted from their layers. BERT-large at 180 tokens
a sample; a volume of KiTS19 at some 80 patches of 128 cubed, which is an estimate."""

MODELS: Final = {
    "resnet50": RESNET,
    "resnet": RESNET,
    "retinanet": RETINANET,
    "bert-99": BERT8,
    "bert-99.9": BERT16,
}


def network_of(model: str, year: str) -> Network | None:
    """Return the benchmark of a model of the table in a round."""
    if model.startswith("3d-unet"):
        return BRATS if year == "v1.1" else KITS
    return MODELS.get(model)


def accuracy_of(model: str) -> str:
    """Return the accuracy that the submission kept, in percent of the reference."""
    return "99.9" if model.endswith("-99.9") else "99"


def cases() -> list[Case]:
    """Return each submission that counts, as samples a second of all its cards."""
    found, seen = [], set()
    for line in table(TABLE):
        network = network_of(line["model"], line["round"])
        if line["scenario"] != "Offline" or network is None or line["gpu_norm"] not in PARTS or not _counts(line):
            continue
        run = (line["system_id"], line["submitter"], line["round"], network.bench, line["value"])
        if run in seen:
            continue
        seen.add(run)
        settings = {"accuracy": accuracy_of(line["model"]), "round": line["round"]}
        found.append(
            Case(
                FAMILY,
                network.bench,
                settings,
                PARTS[line["gpu_norm"]],
                int(line["n_gpus"]),
                float(line["value"]),
                line["gpu_norm"],
                f"{line['round']} {line['submitter']} {line['system_id']} {line['model']}",
            )
        )
    return found


def _counts(line: Mapping[str, str]) -> bool:
    marks = f"{line['system_id']} {line['gpu']} {line['hw_notes']}"
    return line["valid"] == "yes" and line["weight_dtype"] not in REFERENCE_CODE and not LIMITED.search(marks)


CENTRE: Final = 0.8
"""The common efficiency: large batches come close to the rates, and the power limit holds back the rest."""

LOOSE: Final = 0.2
"""How firmly a work that nobody published is held at its start."""

BYTES, VECTOR, JOULES = 1 / 2e3, 1 / 300, 1.35e-13
"""Bytes through memory, vector operations and joules (in the leanest process) an operation: where the search starts."""


def rows_of(listed: Iterable[Case]) -> list[Row]:
    """Return the cases as times of a sample on one card."""
    return [_row(case) for case in listed]


def _row(case: Case) -> Row:
    """Work in 16 bits counts twice in 8: TensorRT sums it in 16 bits, which GeForce cards too do at full rate."""
    on, network = card_of(case.part), _network(case)
    return Row(
        _group(network),
        network.kind,
        network.kernels[case.settings["round"]],
        on.architecture,
        case.held,
        (1 + SPREAD * (case.count - 1)) / case.measured,
        {
            "matrix": (2 if network is BERT16 else 1) / on.matrix8,
            "traffic": 1 / on.bandwidth,
            "vector": 1 / on.vector,
            ENERGY: 1 / (on.power * on.process),
        },
        case,
    )


SPREAD: Final = 0.99
"""What a further card adds: each has its own samples, and the host feeds all."""


def _network(case: Case) -> Network:
    for network in (BRATS, KITS, RESNET, RETINANET):
        if network.bench == case.bench:
            return network
    return BERT16 if case.settings["accuracy"] == "99.9" else BERT8


def _group(network: Network) -> str:
    return f"{network.bench} {network.kind}"


def solve(rows: Sequence[Row]) -> Solution:
    """Fit the works and efficiencies; the operations are published and stay."""
    starts: dict[tuple[str, str], Start] = {}
    for network in NETWORKS:
        group, operations = _group(network), network.operations
        starts[group, "matrix"] = Start(operations, FIRM)
        starts[group, "traffic"] = Start(operations * BYTES, LOOSE)
        starts[group, "vector"] = Start(operations * VECTOR, LOOSE)
        starts[group, ENERGY] = Start(operations * JOULES * network.energy, LOOSE)
    return fit_layers(rows, starts, centre=CENTRE, leaning=LEANING | STANDING_IN)


STANDING_IN: Final = {("kind", "attention16", "Volta"): math.log(2)}
"""Volta's 16-bit units stand in for 8 bits, so that work in 16 bits does not count twice there."""


@cache
def solved(cards: frozenset[str]) -> Solution:
    """Fit on all that was measured on these cards."""
    return solve(medians([row for row in _rows() if row.held in cards]))


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(rows_of(cases()))


def fit(some: Sequence[Case]) -> Fitted:
    """Return the works, efficiencies and spread of the family of all cases on the cards of these."""
    cards = frozenset(case.held for case in some)
    solution = solved(cards)
    demands: dict[tuple[str, str, str], Numbers] = {}
    factors: dict[tuple[str, str, str, str, str], float] = {}
    for network in NETWORKS[:4]:
        for stage, word, name, scale in WORDS:
            demands[network.bench, stage, word] = exact(solution.works[_group(network), name] * scale)
    for network, option in ((BERT8, "99"), (BERT16, "99.9")):
        for stage, word, name, scale in WORDS:
            if name != "matrix":
                factors[LARGE, stage, word, "accuracy", option] = solution.works[_group(network), name] * scale
    spread = spread_on([row for row in _rows() if row.held in cards], solved)
    for bench in {network.bench for network in NETWORKS}:
        demands[bench, "", "model_spread"] = spread
    assumptions: dict[tuple[str, str], Numbers] = {}
    for kind, kernel in {(network.kind, kernel) for network in NETWORKS for kernel in network.kernels.values()}:
        assumptions |= kernel_numbers(solution, kind, kernel, architectures(), OTHER_MAKERS)
    return Fitted(demands, factors, assumptions)


WORDS: Final = (
    ("network", "gpu_compute8_demand", "matrix", 1e-12),
    ("network", "gpu_traffic_demand", "traffic", 1e-9),
    ("network", "gpu_vector_demand", "vector", 1e-12),
    ("power", "gpu_energy_demand", ENERGY, 1.0),
)
"""Stage and word of each work, and its unit: TFLOP, GB, TFLOP, J."""
