"""How far predictions are from measurements: what `make accuracy` found, as the desk and the sheets show it.

The file is the program's own, but it is read like any other: bounded, checked, and refused in one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003  # `shape` reads the annotations when the program runs
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from steelyard.errors import BadInputError
from steelyard.places import resources
from steelyard.project.shape import Bounds, LeftOut, Most, Text, typed

if TYPE_CHECKING:
    from pathlib import Path

    from steelyard.graph.explain import Explanation

__all__ = [
    "Accuracy",
    "Case",
    "Check",
    "Family",
    "Held",
    "Spread",
    "WorstCase",
    "accuracy",
    "families_of",
    "load_accuracy",
]

MOST_BYTES: Final = 4_000_000
ANEW: Final = "Write it anew with `make accuracy`."

Short = Annotated[str, Text(120)]
Positive = Annotated[float, Bounds(1e-12, 1e18)]
Error = Annotated[float, Bounds(-1, 1e6)]
Share = Annotated[float, Bounds(0, 1)]


class Spread(NamedTuple):
    """Errors of many cases, predicted over measured less one: the median and 90th percentile of their size, the bias.

    The bias is the median of the errors themselves.
    """

    count: Annotated[float, Bounds(0, 1e6)]  # type: ignore[assignment]  # hides a tuple's count()
    median: Error
    tenth_worst: Error
    bias: Error


class Case(NamedTuple):
    """One measurement: a benchmark with its settings, the card or host, and what was predicted without having seen it.

    low, high: the 80 % range of the prediction; all in the benchmark's unit.
    """

    bench: Short
    settings: Annotated[Mapping[Short, Short], Most(40)]
    on: Short
    measured: Positive
    predicted: Positive
    low: Positive
    high: Positive

    @property
    def error(self) -> float:
        """Predicted over measured, less one."""
        return self.predicted / self.measured - 1


class WorstCase(NamedTuple):
    """A case that is far off, the row that it stands in, and what is believed to be the cause."""

    bench: Short
    settings: Annotated[Mapping[Short, Short], Most(40)]
    on: Short
    measured: Positive
    predicted: Positive
    low: Positive
    high: Positive
    where: Annotated[str, Text(300)]
    cause: Annotated[str, Text(600)]

    @property
    def error(self) -> float:
        """Predicted over measured, less one."""
        return self.predicted / self.measured - 1


class Family(NamedTuple):
    """Measurements of one kind. left_out: predicted without the card or host in question; in_sample: fitted with it.

    coverage: the share of measurements inside the 80 % range.
    """

    name: Short
    in_sample: Spread
    left_out: Spread
    coverage: Share
    cases: Annotated[tuple[Case, ...], Most(20_000)]
    worst: Annotated[tuple[WorstCase, ...], Most(50)]

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES.get(self.name, self.name)


class Held(NamedTuple):
    """A number that the model was held against. error: predicted less measured; tolerance in the same unit."""

    case: Short
    measured: Annotated[float, Bounds(-1e18, 1e18)]
    predicted: Annotated[float, Bounds(-1e18, 1e18)]
    unit: Annotated[str, Text(20)]
    error: Annotated[float, Bounds(-1e18, 1e18)]
    tolerance: Annotated[float, Bounds(0, 1e18)]
    cause: Annotated[str, Text(600), LeftOut()] = ""


class Check(NamedTuple):
    """Power, heat or noise held against measurements or closed forms. name: as it is listed, such as V4; may be empty.

    worst: the case that uses most of its tolerance; missed: those outside it, with what is believed of the cause.
    """

    name: Annotated[str, Text(10)]
    title: Short
    cases: Annotated[float, Bounds(1, 1e6)]
    worst: Held
    missed: Annotated[tuple[Held, ...], Most(100)]


class Accuracy(NamedTuple):
    """All families and checks. tables: the hash of each table that they were made from."""

    tables: Annotated[Mapping[Short, Short], Most(100)]
    pooled_coverage: Share
    families: Annotated[tuple[Family, ...], Most(40)]
    checks: Annotated[tuple[Check, ...], Most(60)]

    def family(self, name: str) -> Family | None:
        """Return a family by its name; None where there is none of this name."""
        return next((each for each in self.families if each.name == name), None)


TITLES: Final[Mapping[str, str]] = {
    "nnunet-v1": "nnU-Net, epochs",
    "mlperf-training": "MLPerf training",
    "mlperf-inference": "MLPerf inference",
    "mlperf-storage": "MLPerf storage",
    "lambda": "Lambda, training",
    "timm": "timm, inference",
    "llama-cpp": "llama.cpp",
    "llm-serving": "LLM serving",
    "jpeg-decode": "JPEG decoding",
    "genomics": "Genomics",
}

FAMILY_OF_SOURCE: Final[Mapping[str, str]] = {
    "nnunet-v1-epochs": "nnunet-v1",
    "mlperf-training": "mlperf-training",
    "mlperf-inference": "mlperf-inference",
    "mlperf-storage": "mlperf-storage",
    "lambda-deep-learning": "lambda",
    "timm-benchmark": "timm",
    "llama-cpp-gpus": "llama-cpp",
    "vllm-4090-sweep": "llm-serving",
    "vllm-a100-sweep": "llm-serving",
    "vllm-a6000": "llm-serving",
    "imread-benchmark": "jpeg-decode",
    "deepvariant-metrics": "genomics",
    "parabricks-at-cg": "genomics",
    "sarek-parabricks": "genomics",
}
"""The family of measurements that a fitted number rests on, by the source that its assumption names."""

FITTED: Final = frozenset({"kernel_efficiency", "model_spread"})
"""Quantities that make a number a prediction: they were fitted on measurements, or carry what a fit left over."""


@lru_cache(maxsize=1)
def accuracy() -> Accuracy:
    """Return the figures on accuracy that come with the program. Raises BadInputError where they cannot be read."""
    return load_accuracy(resources() / "accuracy.json")


def load_accuracy(path: Path) -> Accuracy:
    """Read figures on accuracy. Raises BadInputError that says what is wrong with the file and how to make it anew."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError:
        message = f'The figures on accuracy are missing: "{path.name}" cannot be read.'
        raise BadInputError(message, ANEW) from None
    if len(raw) > MOST_BYTES:
        raise BadInputError(f'"{path.name}" is larger than figures on accuracy are.', ANEW)
    try:
        found: Accuracy = typed(Accuracy, json.loads(raw))
    except (ValueError, RecursionError):
        raise BadInputError(f'"{path.name}" holds no figures on accuracy: it is no JSON.', ANEW) from None
    except BadInputError as trouble:
        raise BadInputError(f'"{path.name}" holds no figures on accuracy. {trouble.message}', ANEW) from None
    return found


def families_of(told: Explanation) -> tuple[str, ...] | None:
    """Return the families of measurements that a number rests on, the first met first; None if it is no prediction.

    Empty where it is one, but what was fitted names no family: an estimate, or a guess by its neighbours.
    """
    found: dict[str, None] = {}
    predicted = False
    seen = set()
    waiting = [told]
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if each.name in FITTED and each.source:  # without one nothing was fitted: the workload does not ask for it
            predicted = True
            if each.source in FAMILY_OF_SOURCE:
                found[FAMILY_OF_SOURCE[each.source]] = None
        waiting += reversed(each.because)
    return tuple(found) if predicted else None
