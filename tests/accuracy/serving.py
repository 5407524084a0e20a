"""vLLM on one card: output tokens a second of a model of 7 or 8 billion parameters, by the requests at once.

Continuous batching: all requests share one reading of the weights a step, and each adds its cache, its products, its
share of the prompts that are read between the steps, and a little work for scheduling and sampling.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy.optimize import least_squares

from accuracy.cards import card_of
from accuracy.case import Case, Fitted, Numbers, exact
from accuracy.shared import table
from accuracy.spread import spread_of_few

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAMILY, BENCH = "llm-serving", "bench/vllm-7b-serving"
TABLE: Final = "llm_serving_misc"
PARTS: Final = {
    "NVIDIA GeForce RTX 4090": "gpu/nvidia/geforce-rtx-4090-founders",
    "NVIDIA RTX A6000": "gpu/nvidia/rtx-a6000",
    "NVIDIA A100 40GB (Lambda)": "gpu/nvidia/a100-40gb-sxm4",
}
SEQUENCES_OF_THE_ENGINE: Final = 256
"""Requests that the engine runs at once unless told otherwise: further ones wait, which is no matter of the card."""

SHORT_PROMPT, IMPLIED_GAIN = 8, 6.6
"""Tokens of a prompt that is called short and is always the same, so that most of it is cached; and what eight requests
gain over one where only the ratio is stated."""


def cases() -> list[Case]:
    """Return the sweeps over concurrency with 16-bit weights; a rate that is only implied counts as stated."""
    found = []
    alone = 0.0
    for line, row in enumerate(table(TABLE), start=2):
        concurrency = row["concurrency"]
        if row["gpu"] not in PARTS or not row["engine"].startswith("vLLM") or not concurrency.isdigit():
            continue
        if int(concurrency) > SEQUENCES_OF_THE_ENGINE:
            continue
        rate = float(row["output_tokens_per_s"]) if row["output_tokens_per_s"] else alone * IMPLIED_GAIN
        alone = rate if concurrency == "1" else alone
        prompt = row["input_tokens"] if row["input_tokens"].isdigit() else str(SHORT_PROMPT)
        settings = {"concurrency": concurrency, "prompt": prompt, "answer": row["output_tokens"]}
        found.append(Case(FAMILY, BENCH, settings, PARTS[row["gpu"]], 1, rate, row["gpu"], f"{TABLE}.csv:{line}"))
    return found


WEIGHTS: Final = 14.8e9
"""Bytes that a step reads: 7.25 to 8.03 billion parameters of 16 bits, without the table of the input tokens."""
OPERATIONS: Final = 14.8e9
CACHE: Final = 120e3
"""Bytes of cache a token: 131,072 of Mistral 7B and Llama 8B, 57,344 of Qwen2.5 7B."""

START: Final = {
    "launch": 1.5e-3,
    "scheduling": 40e-6,
    "read": 0.85,
    "work": 0.65,
    "read Ampere": 1.0,
    "read Ada": 1.0,
    "read Ampere A100": 1.0,
    "work Ampere": 1.0,
    "work Ada": 1.0,
    "work Ampere A100": 1.0,
}
STIFF: Final = {"launch": 0.1, "scheduling": 0.05, "read": 0.05, "work": 0.1}
ARCHITECTURE_STIFF: Final = 0.4
"""Against what few rows would move: an architecture strays from the mean of three cards only with good reason."""


class Row(NamedTuple):
    """A case as the fit needs it."""

    bandwidth: float
    matrix: float
    architecture: str
    concurrency: int
    prompt: int
    answer: int
    seconds: float
    weight: float


def rows_of(some: Sequence[Case]) -> list[Row]:
    """Return the cases with their cards' rates; a card counts as much as another, however often it was measured."""
    often: dict[str, int] = {}
    for case in some:
        often[case.held] = often.get(case.held, 0) + 1
    rows = []
    for case in some:
        card = card_of(case.part)
        sizes = (int(case.settings[name]) for name in ("concurrency", "prompt", "answer"))
        weight = 1 / math.sqrt(often[case.held])
        rows.append(Row(card.bandwidth, card.matrix, card.architecture, *sizes, 1 / case.measured, weight))
    return rows


def seconds(row: Row, p: Mapping[str, float]) -> float:
    """Seconds of an output token of all requests together."""
    read = p["read"] * p.get(f"read {row.architecture}", 1.0)
    work = p["work"] * p.get(f"work {row.architecture}", 1.0)
    shared = WEIGHTS / row.bandwidth / read + p["launch"]
    own = CACHE * row.prompt / row.bandwidth / read + p["scheduling"]
    products = OPERATIONS * (1 + row.prompt / row.answer) / row.matrix / work
    return shared / row.concurrency + own + products


def search(rows: Sequence[Row]) -> dict[str, float]:
    """Return the parameters that fit the logarithms of the times best."""
    names = list(START)
    stiffness = np.array([STIFF.get(name, ARCHITECTURE_STIFF) for name in names])

    def read(vector: np.ndarray) -> dict[str, float]:
        return {name: START[name] * math.exp(moved) for name, moved in zip(names, vector, strict=True)}

    def off(vector: np.ndarray) -> np.ndarray:
        parameters = read(vector)
        errors = [row.weight * math.log(seconds(row, parameters) / row.seconds) for row in rows]
        return np.array([*errors, *(stiffness * vector)])

    return read(least_squares(off, np.zeros(len(names)), loss="soft_l1", f_scale=0.05, bounds=(-3, 3)).x)


# --- what the fit writes


def fit(some: Sequence[Case]) -> Fitted:
    """Return the numbers of the benchmark, and of the kernels of a serving engine, that fit these cases."""
    mine = [case for case in some if case.family == FAMILY]
    found = search(rows_of(mine))
    demands = {
        (BENCH, "weights", "gpu_launch_demand"): exact(found["launch"]),
        (BENCH, "cache", "gpu_launch_demand"): exact(found["scheduling"]),
        (BENCH, "", "model_spread"): _spread(mine),
    }
    assumptions = {}
    for word in TRAINED:
        assumptions["kernel_decode", word] = _share(found["read"] * found[f"read {word}"])
        assumptions["kernel_prefill", word] = _share(found["work"] * found[f"work {word}"])
    return Fitted(demands, {}, assumptions)


TRAINED: Final = ("Ampere", "Ada", "Ampere A100")


def _spread(some: Sequence[Case]) -> Numbers:
    """What measured times were of predicted ones, each card being left out of the fit in its turn: 10, 90 % points."""
    rows, ratios = rows_of(some), []
    for held in sorted({case.held for case in some}):
        found = search([row for case, row in zip(some, rows, strict=True) if case.held != held])
        ratios += [row.seconds / seconds(row, found) for case, row in zip(some, rows, strict=True) if case.held == held]
    return spread_of_few(ratios, len({case.held for case in some}))


def _share(value: float) -> Numbers:
    """One card an architecture stands behind each of them, so that another may differ."""
    return Numbers(value, 0.93 * value, min(1.05 * value, 0.97))
