"""Genomes: variants called on the virtual cores of a cloud machine, reads aligned on one card and several.

Both are sums: what divides by cores or cards, and what does not. Few were measured: one machine type and two versions
of DeepVariant, two kinds of cards for Parabricks; so the ranges are set, not fitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.optimize import least_squares

from accuracy.cards import TERA, card_of
from accuracy.case import Case, Fitted, Numbers
from accuracy.shared import table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FAMILY: Final = "genomics"
TABLE: Final = "genomics_runtimes"
VARIANTS: Final = "bench/deepvariant-wgs-35x"
ALIGNMENT: Final = "bench/parabricks-fq2bam-50x"
STAGES: Final = {"examples": "make_examples", "call": "call_variants", "finish": "postprocess_variants"}
VIRTUAL_CORES: Final = 64
A100, A10G = "gpu/nvidia/a100-40gb-pcie", "gpu/nvidia/a10g"
A10G_MINUTES: Final = (106, 108)
"""Stage A of the pipeline at 30x, as the table's words say."""

WHOLE_NUMBERS: Final = {"Ampere A100": 1.0, "Ampere": 0.5}
"""Whole-number over FP32 rate: what an architecture leans towards."""

SORT_SHARE: Final = 753 / 11053
"""Of the time with one card, what two cards did not halve."""


def cases() -> list[Case]:
    """Return the whole runs of both programs; what is said of unnamed hardware, and of other inputs, is left out."""
    found = []
    for line, row in enumerate(table(TABLE), start=2):
        where = f"{TABLE}.csv:{line}"
        minutes = row["runtime_min"]
        if row["tool"] == "DeepVariant" and row["task"] == "WGS Illumina" and row["stage"] == "total" and minutes:
            version = row["version"][:3]
            settings = {"vcpus": str(VIRTUAL_CORES), "software": version}
            found.append(Case(FAMILY, VARIANTS, settings, "", 0, float(minutes), row["version"], where))
        elif row["tool"] == "Parabricks fq2bam (DNA)" and row["stage"] == "overall":
            count, seconds = int(row["n_gpus"]), float(row["runtime_text"].removesuffix(" s"))
            found.append(Case(FAMILY, ALIGNMENT, {"coverage": "50"}, A100, count, seconds, "A100", where))
        elif row["tool"] == "Parabricks fq2bam in nf-core/sarek":
            seconds = 60 * sum(A10G_MINUTES) / 2
            found.append(Case(FAMILY, ALIGNMENT, {"coverage": "30"}, A10G, 1, seconds, "A10G", where))
    return found


def fit(some: Sequence[Case]) -> Fitted:
    """Return the stages' seconds by version, the work of an alignment, and how far further cards shorten it."""
    variants = _variants(sorted({case.held for case in some if case.bench == VARIANTS}))
    alignments = _alignment([case for case in some if case.bench == ALIGNMENT])
    return Fitted({**variants[0], **alignments[0]}, variants[1], alignments[1])


# --- DeepVariant: the stages are in the table, so there is nothing to search


def _variants(
    runs: Sequence[str],
) -> tuple[dict[tuple[str, str, str], Numbers], dict[tuple[str, str, str, str, str], float]]:
    """Each page of figures is a run; a version of which none is left takes as long as the other one."""
    demands, factors = {}, {}
    for stage, name in STAGES.items():
        minutes = {run[:3]: _minutes(name, [each for each in runs if each[:3] == run[:3]]) for run in runs}
        base = minutes["1.4"] if "1.4" in minutes else next(iter(minutes.values()))
        cores = 1 if stage == "finish" else VIRTUAL_CORES
        seconds = 60 * base * cores
        demands[VARIANTS, stage, "gpu_launch_demand"] = Numbers(seconds, seconds * 0.95, seconds * 1.06)
        for version in ("1.1", "1.4"):
            factors[VARIANTS, stage, "gpu_launch_demand", "software", version] = minutes.get(version, base) / base
    return demands, factors


def _minutes(stage: str, runs: Sequence[str]) -> float:
    found = [
        float(row["runtime_min"])
        for row in table(TABLE)
        if (row["tool"], row["task"], row["stage"]) == ("DeepVariant", "WGS Illumina", stage)
        and row["version"] in runs
        and row["runtime_min"]
    ]
    return float(np.mean(found))


# --- Parabricks: work, cards and architecture


def _alignment(
    some: Sequence[Case],
) -> tuple[dict[tuple[str, str, str], Numbers], dict[tuple[str, str], Numbers]]:
    words = list(WHOLE_NUMBERS)

    def read(vector: np.ndarray) -> tuple[float, float, Mapping[str, float]]:
        shares = {word: WHOLE_NUMBERS[word] * float(np.exp(vector[2 + place])) for place, word in enumerate(words)}
        return 4000 * float(np.exp(vector[0])), 0.8 * float(np.exp(vector[1])), shares

    def seconds(case: Case, vector: np.ndarray) -> float:
        work, spread, shares = read(vector)
        rates = card_of(case.part)
        align = work * TERA / rates.vector / shares[rates.architecture]
        return float(case.settings["coverage"]) * align / (1 - SORT_SHARE) / (1 + spread * (case.count - 1))

    def residuals(vector: np.ndarray) -> np.ndarray:
        off = [np.log(seconds(case, vector) / case.measured) for case in some]
        return np.concatenate([off, [0.1 * vector[1]], vector[2:]])

    found = least_squares(residuals, np.zeros(2 + len(words))).x
    work, spread, shares = read(found)
    align = work * TERA / card_of(A100).vector / shares["Ampere A100"]
    sort = align * SORT_SHARE / (1 - SORT_SHARE)
    demands = {
        (ALIGNMENT, "align", "gpu_vector_demand"): Numbers(work, work * 0.95, work * 1.05),
        (ALIGNMENT, "sort", "gpu_launch_demand"): Numbers(sort, sort * 0.7, sort * 1.5),
        (ALIGNMENT, "", "card_spread"): Numbers(spread, spread * 0.9, min(1.0, spread * 1.07)),
    }
    assumptions = {
        ("kernel_sequence_align", word): Numbers(share, share * 0.85, share * 1.15) for word, share in shares.items()
    }
    return demands, assumptions
