"""What a workload file says, once read: inputs, demands, stages, kernels, and the benchmark that it may stand for."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Bench", "Demand", "Kernel", "Stage", "WorkloadDefinition", "WorkloadInput"]


class WorkloadInput(NamedTuple):
    """A number or a word that the user sets. A required one stays empty until it is set; others start at `default`.

    choices: the words that a choice allows, each with its label; empty for a number. whole: whether only whole numbers
    can be meant, as of cases or channels.
    """

    name: str
    label: str
    unit: str
    required: bool
    default: float | str | None
    typical: float | str | None
    low: float | None
    high: float | None
    help: str
    source: str
    choices: dict[str, str]
    whole: bool = False

    @property
    def usual(self) -> float | str | None:
        """What is taken where nothing better is known: the typical value of a required input, else the default."""
        return self.typical if self.required or self.default is None else self.default


class Demand(NamedTuple):
    """`value` times numeric inputs to the powers in `scales_with`, times the `factors` of chosen words.

    factors: choice input -> word -> factor. A value of None is unknown.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    source: str
    where: str
    tier: str
    note: str
    scales_with: dict[str, float]
    why_unknown: str
    factors: dict[str, dict[str, float]]


class Kernel(NamedTuple):
    """What kind of work a stage's engine does: one class (`by` empty, its only key ""), or one a word of a choice."""

    by: str
    values: dict[str, str]

    def assumption(self, word: object) -> str:
        """Return the name of the assumption of the class; `word` is that of the choice. Empty where none is chosen."""
        return assumption_of(self.values.get(str(word) if self.by else "", ""))

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The names of all assumptions that it may take."""
        return tuple(dict.fromkeys(assumption_of(each) for each in self.values.values()))


def assumption_of(kernel: str) -> str:
    """Return the name of a kernel's assumption: `kernel_conv3d_train` for "conv3d-train"; empty for none."""
    return f"kernel_{kernel.replace('-', '_')}" if kernel else ""


class Stage(NamedTuple):
    """One step of the pipeline that every sample passes."""

    id: str
    label: str
    resource: str
    description: str
    demands: dict[str, Demand]
    kernel: Kernel | None


class Bench(NamedTuple):
    """A published benchmark that the workload predicts: `quantity` of the model, in `unit`, of the named part.

    part: gpu, cpu, drive or none. per: what is counted, in words, where the unit's samples are something else.
    """

    quantity: str
    unit: str
    family: str
    part: str
    source: str
    per: str


class WorkloadDefinition(NamedTuple):
    """A workload of the catalogue. `sample` says what one sample is; `asked` how the asked rate follows, if it does.

    bench: what it predicts as a benchmark, None for work of a lab. runs: when it usually runs: day, night, always or
    turns. search: further words by which people look for it.
    """

    id: str
    name: str
    family: str
    tags: tuple[str, ...]
    description: str
    sample: str
    inputs: dict[str, WorkloadInput]
    asked: Demand | None
    demands: dict[str, Demand]
    stages: tuple[Stage, ...]
    bench: Bench | None
    runs: str
    search: tuple[str, ...]
