"""timm's inference benchmark: images a second at 224 pixels of ResNet-50, ViT-B/16 and ConvNeXt-B on one card.

Of the software generations the newest counts: PyTorch 2.4 and 2.9, which differ by some 2 % over 1,442 networks on the
same RTX 4090. The table holds three cards, each of another architecture. What architectures do in PyTorch is therefore
learnt beside Lambda's trainings on 20 cards, each with works of its own; in 16 bits they run the same libraries.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from accuracy import lambda_training
from accuracy.cards import architectures, card_of
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.inference_fit import FIRM, LEANING, OTHER_MAKERS, Hold, Row, Solution, Start, kernel_numbers, spread_on
from accuracy.inference_fit import fit as fit_layers
from accuracy.shared import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FAMILY: Final = "timm"
TABLE: Final = "timm_gpu_throughput"

PARTS: Final = {
    "NVIDIA GeForce RTX 3090": "gpu/nvidia/geforce-rtx-3090-founders",
    "NVIDIA GeForce RTX 4090": "gpu/nvidia/geforce-rtx-4090-founders",
    "NVIDIA RTX PRO 6000 Blackwell Max-Q": "gpu/nvidia/rtx-pro-6000-blackwell-max-q",
}
SOFTWARE: Final = ("PyTorch 240", "PyTorch 291")


class Network(NamedTuple):
    """A network: its workload, operations of an image, and bytes of the outputs of its layers in 16 bits.

    passes: how often these bytes pass through memory where each layer runs by itself, about.
    """

    bench: str
    operations: float
    outputs: float
    passes: float


NETWORKS: Final = {
    "resnet50": Network("bench/timm-resnet50-infer", 8.22e9, 22.2e6, 5.0),
    "vit_base_patch16_224": Network("bench/timm-vit-base-infer", 35.16e9, 47.8e6, 3.0),
    "convnext_base": Network("bench/timm-convnext-base-infer", 30.76e9, 57.5e6, 3.0),
}
"""By the table: two operations a multiplication with addition, two bytes an activation."""

EAGER, COMPILED = "timm-eager", "timm-compiled"


def cases() -> list[Case]:
    """Return the runs in 16-bit mixed precision of the newest software, on the cards of the table."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        if row["mode"] != "infer" or row["device"] not in PARTS or row["torch"] not in SOFTWARE:
            continue
        if row["model"] not in NETWORKS or row["img_size_px"] != "224" or row["precision"] != "amp":
            continue
        settings = {
            "compile": "1" if row["torch_compile"].startswith("yes") else "0",
            "layout": row["memory_layout"],
            "precision": "amp",
        }
        measured, bench = float(row["throughput_images_per_s"]), NETWORKS[row["model"]].bench
        where = f"line {line}, {row['torch']}"
        found.append(Case(FAMILY, bench, settings, PARTS[row["device"]], 1, measured, row["device"], where))
    return found


def rows_of(listed: Iterable[Case]) -> list[Row]:
    """Return the cases as times of an image."""
    found = []
    for case in listed:
        on, compiled = card_of(case.part), case.settings["compile"] == "1"
        terms = {"matrix": 1 / on.matrix, "vector": 1 / on.vector, "heat": 1 / on.power}
        terms["compiled" if compiled else "traffic"] = 1 / on.bandwidth
        if not compiled and case.settings["layout"] == "nchw":
            terms["layout"] = 1 / on.bandwidth
        kernel = COMPILED if compiled else EAGER
        found.append(Row(case.bench, KIND, kernel, on.architecture, case.part, 1 / case.measured, terms, case))
    return found


KIND: Final = "pytorch"


def trainings() -> list[Row]:
    """Return Lambda's trainings on one card, as rows that teach architectures only."""
    found = []
    for case in lambda_training.cases():
        if case.count != 1:
            continue
        on = card_of(case.part)
        terms = {"matrix": 1 / on.matrix, "vector": 1 / on.vector, "heat": 1 / on.power, "traffic": 1 / on.bandwidth}
        group = f"{case.bench} {case.settings['suite']}"
        found.append(Row(group, KIND, f"lambda {group}", on.architecture, case.part, 1 / case.measured, terms))
    return found


HEAT: Final = 1.2e-12
"""Joules of a 16-bit operation with what it moves, about: where the search starts."""

TRAINED: Final = {"resnet50": (2.46e10, 5.3e8), "bert-large": (7.0e11, 1.7e10), "ssd": (1.05e11, 1.0e9)}
"""Operations of a training sample and bytes through memory, about."""


def solve(rows: Sequence[Row]) -> Solution:
    """Fit the works and efficiencies, the trainings among the rows."""
    starts: dict[tuple[str, str], Start] = {}
    for network in NETWORKS.values():
        bench, bytes_moved = network.bench, network.outputs * network.passes
        starts[bench, "matrix"] = Start(network.operations, FIRM)
        starts[bench, "heat"] = Start(network.operations * HEAT, LOOSE)
        starts[bench, "vector"] = Start(network.outputs * 10, LOOSE)
        starts[bench, "traffic"] = Start(bytes_moved, LOOSE)
        starts[bench, "compiled"] = Start(bytes_moved / 2, SEEN)
        starts[bench, "layout"] = Start(bytes_moved / 10, SEEN)
    for group in {row.group for row in rows if not row.case and row.group not in starts}:
        operations, moved = next(each for name, each in TRAINED.items() if name in group)
        starts[group, "matrix"] = Start(operations, 1.0)
        starts[group, "heat"] = Start(operations * HEAT, LOOSE)
        starts[group, "vector"] = Start(moved, LOOSE)
        starts[group, "traffic"] = Start(moved, LOOSE)
    return fit_layers(rows, starts, centre=1.0, hold=HOLD, leaning=LEANING)


LOOSE, SEEN = 0.2, 0.03
"""How firmly works are held at their starts; what compiling saves and the layout costs, one card shows by itself."""

HOLD: Final = Hold(architecture=1.0, kind=20.0, generation=0.3, both=2.0)
"""There is one kind of work here, so its layer is none."""

SLOWER: Final = {"gpu_traffic_demand": 1.7, "gpu_stream_demand": 2.0, "gpu_energy_demand": 1.9}
"""What 32 bits take over mixed precision, by Lambda's trainings in both: the table has no such run on a card."""


@cache
def solved(parts: frozenset[str]) -> Solution:
    """Fit on all that was measured on these parts."""
    return solve([row for row in _rows() if row.held in parts])


@cache
def _rows() -> tuple[Row, ...]:
    return (*rows_of(cases()), *trainings())


def fit(some: Sequence[Case]) -> Fitted:
    """Return the works, efficiencies and spread of the family of all that runs on other cards than those absent."""
    absent = set(PARTS.values()) - {case.part for case in some}
    rows = [row for row in _rows() if row.held not in absent]
    solution = solved(frozenset(row.held for row in rows))
    demands: dict[tuple[str, str, str], Numbers] = {}
    factors: dict[tuple[str, str, str, str, str], float] = {}
    spread = spread_on(rows, solved)
    for network in NETWORKS.values():
        bench = network.bench
        work = {name: solution.works.get((bench, name), 0.0) for name in WORKS}
        for word, name, scale in WORDS:
            demands[bench, "network", word] = exact(work[name] * scale)
        if work["compiled"]:
            fused = work["compiled"] / work["traffic"]
            factors[bench, "network", "gpu_traffic_demand", "compile", "1"] = fused
        demands[bench, "", "model_spread"] = spread
    assumptions: dict[tuple[str, str], Numbers] = {}
    for kernel in {row.kernel for row in rows if row.case}:
        assumptions |= kernel_numbers(solution, KIND, kernel, architectures(), OTHER_MAKERS)
    return Fitted(demands, factors, assumptions)


WORKS: Final = ("matrix", "vector", "heat", "traffic", "compiled", "layout")
WORDS: Final = (
    ("gpu_compute_demand", "matrix", 1e-12),
    ("gpu_compute32_demand", "matrix", 1e-12),
    ("gpu_vector_demand", "vector", 1e-12),
    ("gpu_traffic_demand", "traffic", 1e-9),
    ("gpu_stream_demand", "layout", 1e-9),
    ("gpu_energy_demand", "heat", 1.0),
)
"""Word of each work, and its unit: TFLOP, GB, J."""
