"""llama.cpp on one card and several: tokens a second written, and read, by Llama 3 of 8 and 70 billion parameters.

Writing a token reads all weights and costs a fixed time a layer for starting its kernels. Its attention is many small
kernels too: their time grows with the layers and the tokens in the cache, hardly with the card. Reading a prompt is
matrix work that power holds back, traffic of the layers, and an attention that writes its scores to memory, so that
its bytes grow with the square of the prompt. Split by layers, several cards write as fast as one, and read in pieces
that pass from card to card.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from accuracy.cards import GIGA, TERA, card_of
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.shared import table
from accuracy.spread import spread_of_few

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FAMILY: Final = "llama-cpp"
TABLE: Final = "llm_llamacpp_xiongjiedai"
PARTS: Final = {
    "3070 8GB": "geforce-rtx-3070",
    "3080 10GB": "geforce-rtx-3080-10gb",
    "3080 Ti 12GB": "geforce-rtx-3080-ti",
    "3090 24GB": "geforce-rtx-3090-founders",
    "4070 Ti 12GB": "geforce-rtx-4070-ti",
    "4080 16GB": "geforce-rtx-4080-founders",
    "4090 24GB": "geforce-rtx-4090-founders",
    "RTX 4000 Ada 20GB": "rtx-4000-ada",
    "RTX 5000 Ada 32GB": "rtx-5000-ada",
    "A40 48GB": "a40",
    "L40S 48GB": "l40s",
    "A100 PCIe 80GB": "a100-80gb-pcie",
    "A100 SXM 80GB": "a100-80gb-sxm4",
}
"""The table's names of cards, and the catalogue's. Apple's processors are no cards and have no part."""

BROKEN: Final = {
    ("A100 SXM 80GB", 1),
    ("A100 SXM 80GB", 4),
    ("L40S 48GB", 1),
    ("L40S 48GB", 4),
    ("RTX 5000 Ada 32GB", 4),
}
"""Cards and counts whose 16-bit prompts of the 8 B model ran at a fraction of their 4-bit ones: something was amiss."""


class Shape(NamedTuple):
    """A model as it is published: layers, heads of queries, width, and the bytes and operations of a token."""

    layers: int
    heads: int
    width: int
    weights: Mapping[str, float]
    cache: float
    operations: float


SHAPES: Final = {
    "8b": Shape(32, 32, 4096, {"q4_k_m": 4.62, "f16": 15.01}, 131_072, 15.0e9),
    "70b": Shape(80, 64, 8192, {"q4_k_m": 41.9, "f16": 139.0}, 327_680, 139.0e9),
}
"""GB of the weights that a token reads: those of the file without the table of the input tokens."""

VECTOR_SHARE: Final = 1 / 16
"""Matrix work is counted on the vector rate: to it the rate with FP16 sums stands as 4 to 1 on workstation and consumer
cards of one generation alike, where the rate with FP32 sums is halved on consumer cards. Matrix units do 16 times the
vector work on data-centre cards, hence the share."""

TRAINED: Final = ("Ampere", "Ada", "Ampere A100")
"""Architectures with measurements; what the others are thought to reach stands in the catalogue, set by hand."""


def cases() -> list[Case]:
    """Return the measurements of cards that the catalogue holds, but for those known to be broken."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        card, count = row["gpu"], int(row["n_gpus"])
        size, quant = ("70b" if "70B" in row["model"] else "8b"), row["quant"].lower()
        writes = row["test"] == "generation"
        broken = not writes and size == "8b" and quant == "f16" and (card, count) in BROKEN
        if card not in PARTS or row["status"] != "ok" or broken:
            continue
        bench = f"bench/llama-3-{size}-{'decode' if writes else 'prefill'}"
        settings = {"quant": quant, "tokens": row["n_tokens"]}
        part, measured = f"gpu/nvidia/{PARTS[card]}", float(row["tokens_per_s"])
        found.append(Case(FAMILY, bench, settings, part, count, measured, card, f"{TABLE}.csv:{line}"))
    return found


# --- the formulas of the engine, on plain numbers, for the search


class Row(NamedTuple):
    """A case as the fit needs it: the card's rates and the run."""

    bandwidth: float
    vector: float
    power: float
    architecture: str
    count: int
    size: str
    quant: str
    tokens: int
    seconds: float
    weight: float
    held: str = ""


def rows_of(some: Sequence[Case]) -> list[Row]:
    """Return the cases with their cards' rates; a card counts as much as another, however often it was measured."""
    often: dict[str, int] = {}
    for case in some:
        often[case.held] = often.get(case.held, 0) + 1
    rows = []
    for case in some:
        card = card_of(case.part)
        size = "70b" if "70b" in case.bench else "8b"
        weight = (SEVERAL if case.count > 1 else 1.0) / math.sqrt(often[case.held])
        run = (case.count, size, case.settings["quant"], int(case.settings["tokens"]), 1 / case.measured)
        rows.append(Row(card.bandwidth, card.vector, card.power, card.architecture, *run, weight, case.held))
    return rows


SEVERAL: Final = 0.5
"""What a run on several cards counts: it tells of the host's links, too."""


DECODE_START: Final = {
    "launch": 80e-6,
    "attention": 7e-9,
    "unpack": 0.05,
    "Ampere": 0.83,
    "Ada": 0.92,
    "Ampere A100": 0.5,
}


def decode_seconds(row: Row, p: Mapping[str, float]) -> float:
    """Seconds of a token: weights and the half-filled cache through memory, and kernels started layer by layer."""
    shape = SHAPES[row.size]
    read = shape.weights[row.quant] * 1e9 + shape.cache * row.tokens / 2
    unpacked = p["unpack"] * shape.weights[row.quant] * 1e9 if row.quant != "f16" else 0.0
    share = p[row.architecture]
    started = shape.layers * (p["launch"] + p["attention"] * row.tokens)
    return (read / row.bandwidth + unpacked / row.vector) / share + started


PREFILL_START: Final = {
    "energy": 0.9e-12,
    "layer": 50.0,
    "scores": 15.5,
    "unpack": 2.6,
    "large f16": 0.9,
    "large q4_k_m": 1.0,
    "spread 8b": 0.7,
    "spread 70b f16": 0.4,
    "spread 70b q4_k_m": 0.2,
    "Ampere": 0.32,
    "Ada": 0.5,
    "Ampere A100": 0.69,
}
LEAST_PIECE: Final = 512
"""Tokens that pass the layers together, the program's own default."""


def prefill_seconds(row: Row, p: Mapping[str, float]) -> float:
    """Seconds of a token of a prompt: products, traffic of the layers, scores; shared out over the cards."""
    shape = SHAPES[row.size]
    work = shape.operations * (p[f"large {row.quant}"] if row.size == "70b" else 1.0)
    products = (work * VECTOR_SHARE / row.vector + work * p["energy"] / row.power) / p[row.architecture]
    scores = p["scores"] * shape.layers * shape.heads * row.tokens
    alone = products + (moved_bytes(shape, row.quant, p) + scores) / row.bandwidth
    pieces = row.tokens / LEAST_PIECE
    cards = 1 + min(p[spread_name(row.size, row.quant)], 1.0) * (row.count - 1)
    return alone * (1 + (cards - 1) / pieces) / cards


def spread_name(size: str, quant: str) -> str:
    """Return the name of the use that further cards are of; of the small model both precisions gain alike."""
    return f"spread {size}" if size == "8b" else f"spread {size} {quant}"


STIFF: Final = {"large": 0.3, "spread": 0.1}
"""Against what few rows would move at will: how much better large products run, and what further cards add."""


def search(
    rows: Sequence[Row], seconds: Callable[[Row, Mapping[str, float]], float], start: Mapping[str, float]
) -> dict[str, float]:
    """Return the parameters that fit the logarithms of the times best, none moved far without a reason."""
    names = list(start)

    def read(vector: np.ndarray) -> dict[str, float]:
        return {name: start[name] * math.exp(moved) for name, moved in zip(names, vector, strict=True)}

    def off(vector: np.ndarray) -> np.ndarray:
        parameters = read(vector)
        errors = [row.weight * math.log(seconds(row, parameters) / row.seconds) for row in rows]
        return np.array([*errors, *(stiffness * vector)])

    stiffness = np.array([STIFF.get(name.split()[0], 0.03) for name in names])
    found = least_squares(off, np.zeros(len(names)), loss="soft_l1", f_scale=0.05, bounds=(-4, 4))
    return read(found.x)


# --- what the fit writes


@cache
def written_by(cards: frozenset[str]) -> dict[str, float]:
    """Return what fits the tokens that these cards wrote."""
    return search([row for row in _rows("decode") if row.held in cards], decode_seconds, DECODE_START)


@cache
def read_by(cards: frozenset[str]) -> dict[str, float]:
    """Return what fits the prompts that these cards read."""
    return search([row for row in _rows("prefill") if row.held in cards], prefill_seconds, PREFILL_START)


@cache
def _rows(task: str) -> list[Row]:
    return rows_of([case for case in cases() if task in case.bench])


def fit(some: Sequence[Case]) -> Fitted:
    """Return the numbers of the four benchmarks and of llama.cpp's kernels that fit all runs on the cards of these."""
    demands: dict[tuple[str, str, str], Numbers] = {}
    factors: dict[tuple[str, str, str, str, str], float] = {}
    assumptions: dict[tuple[str, str], Numbers] = {}
    cards = frozenset(case.held for case in some)
    written, read = written_by(cards), read_by(cards)
    for size, shape in SHAPES.items():
        bench = f"bench/llama-3-{size}-decode"
        unpacked = written["unpack"] * shape.weights["q4_k_m"] * 1e9 / TERA
        demands[bench, "weights", "gpu_vector_demand"] = exact(unpacked)
        demands[bench, "weights", "gpu_launch_demand"] = exact(shape.layers * written["launch"])
        demands[bench, "attention", "gpu_launch_demand"] = exact(shape.layers * written["attention"])
        bench = f"bench/llama-3-{size}-prefill"
        demands[bench, "products", "gpu_energy_demand"] = exact(shape.operations * read["energy"])
        scores = read["scores"] * shape.layers * shape.heads / GIGA * MEMORY_SHARE
        demands[bench, "attention", "gpu_traffic_demand"] = exact(scores)
        for quant in shape.weights:
            moved = moved_bytes(shape, quant, read) / GIGA * MEMORY_SHARE
            factors[bench, "layers", "gpu_traffic_demand", "quant", quant] = moved
            if size == "70b":
                for word in ("gpu_vector_demand", "gpu_energy_demand"):
                    factors[bench, "products", word, "quant", quant] = read[f"large {quant}"]
                factors[bench, "", "card_spread", "quant", quant] = min(read[spread_name(size, quant)], 1.0)
    small = min(read["spread 8b"], 1.0)
    demands["bench/llama-3-8b-prefill", "", "card_spread"] = Numbers(small, 0.7 * small, min(1.3 * small, 1.0))
    for word in TRAINED:
        assumptions["kernel_llamacpp_decode", word] = _near(written[word])
        assumptions["kernel_llamacpp_products", word] = _near(read[word])
    demands |= {(bench, "", "model_spread"): numbers for bench, numbers in _spreads(cards).items()}
    return Fitted(demands, factors, assumptions)


MEMORY_SHARE: Final = 0.9
"""What `kernel_llamacpp_memory` says of these architectures: bytes are fitted, so only its ratio to others counts."""


def moved_bytes(shape: Shape, quant: str, p: Mapping[str, float]) -> float:
    """Bytes that a token's layers move, and its part of unpacking all weights once for the tokens of a piece."""
    unpacked = p["unpack"] * shape.operations / 2 / LEAST_PIECE if quant != "f16" else 0.0
    return p["layer"] * shape.layers * shape.width + unpacked


def _spreads(cards: frozenset[str]) -> dict[str, Numbers]:
    """What measured times were of predicted ones, each card being left out of the fit in its turn: 10, 90 % points."""
    ratios: dict[str, list[float]] = {}
    told: dict[str, set[str]] = {}
    for task, seconds, found_by in (("decode", decode_seconds, written_by), ("prefill", prefill_seconds, read_by)):
        for held in sorted(cards):
            found = found_by(cards - {held})
            for row in _rows(task):
                if row.held == held:
                    bench = f"bench/llama-3-{row.size}-{task}"
                    ratios.setdefault(bench, []).append(row.seconds / seconds(row, found))
                    told.setdefault(bench, set()).add(held)
    return {bench: spread_of_few(found, len(told[bench])) for bench, found in ratios.items()}


def _near(value: float) -> Numbers:
    """What is left of the uncertainty of an efficiency once the benchmark's own errors have been counted."""
    return Numbers(value, 0.97 * value, 1.03 * value)
