"""The JSON that scripts rely on: what `evaluate`, `check`, `predict`, `catalog list` and `workloads list` print.

What is not known is null. A margin without limit (the rule does not apply) is null as well, with the verdict `holds`;
an unknown margin has the verdict `unknown`. A field is never renamed or dropped while `schema_version` stays the same.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # `shape` reads the annotations when the program runs
from typing import Annotated, Final, Literal, NamedTuple

from steelyard.project.shape import LeftOut

__all__ = [
    "CONTRACT_VERSION",
    "BenchLine",
    "CardLine",
    "CheckLine",
    "EffectLine",
    "Evaluated",
    "EvaluatedVariant",
    "FindingLine",
    "FixLine",
    "GivenLine",
    "PartLine",
    "Predicted",
    "Prediction",
    "Range",
    "SettingLine",
    "ValueLine",
    "WorkloadLine",
]

CONTRACT_VERSION: Final = 1

Status = Literal["READY", "NEEDS ATTENTION", "BLOCKED", "INCOMPLETE"]
Severity = Literal["block", "warn", "note"]
Verdict = Literal["holds", "broken", "unknown"]


class CardLine(NamedTuple):
    """The build card, as texts that are derived from the build."""

    name: str
    role: str
    status: Status
    vram: str
    cores: str
    storage: str
    temp: str


class FindingLine(NamedTuple):
    """A rule's outcome, the worst over the workloads. `margin` is the room to spare in `unit`; below 0 it is broken."""

    rule: str
    severity: Severity
    verdict: Verdict
    margin: float | None
    unit: str
    text: str
    remedy: str


class Range(NamedTuple):
    """A value with its 10th and 90th percentile."""

    value: float | None
    low: float | None
    high: float | None


class ValueLine(NamedTuple):
    """A quantity. `value` is that of the workload that decides, as desk and sheet show it.

    Over several cards or stages it is the greatest. Of rates the workload decides that is carried least, of all else
    the one with the greatest number; null where it is not known of one of them.
    by_workload: the values by the id of the workload, only where they differ.
    positions: the values of a quantity over cards, stages or slots of that workload, in their order.
    given: where a number is from that the user gave in the place of the computed one.
    """

    value: float | None
    low: float | None
    high: float | None
    unit: str
    label: str
    positions: Annotated[tuple[float | None, ...] | None, LeftOut()] = None
    by_workload: Annotated[Mapping[str, Range] | None, LeftOut()] = None
    given: Annotated[str | None, LeftOut()] = None


class GivenLine(NamedTuple):
    """A number that the user gave in the place of a computed, an assumed or a published one; note: where it is from."""

    value: float
    unit: str
    label: str
    note: str


class EvaluatedVariant(NamedTuple):
    """One variant: its card, every rule in rule order, every quantity; given: numbers that the user gave, if any."""

    name: str
    card: CardLine
    findings: tuple[FindingLine, ...]
    quantities: Mapping[str, ValueLine]
    given: Annotated[Mapping[str, GivenLine] | None, LeftOut()] = None


class Evaluated(NamedTuple):
    """What `evaluate FILE --json` prints. `hash` is over project, catalogue with its layers, and rules."""

    schema_version: Literal[1]
    project: str
    as_of: str
    currency: str
    catalog_date: str
    variants: tuple[EvaluatedVariant, ...]
    hash: str


class CheckLine(NamedTuple):
    """A line of `check FILE`: a finding and the variant that it is about."""

    variant: str
    rule: str
    severity: Severity
    verdict: Verdict
    margin: float | None
    unit: str
    text: str
    remedy: str


class EffectLine(NamedTuple):
    """A number before and after a change, under the work that loads it most."""

    label: str
    before: float | None
    after: float | None
    unit: str


class FixLine(NamedTuple):
    """An entry of `check FILE --fixes --json`: a change to try, evaluated; those that mend most come first.

    mends, eases: ids of rules that are broken before and hold after, or fall less short. breaks, unsure: that hold
    before and are broken after, or cannot be told. speed: the share of the present throughput that is kept, of the work
    that suffers most.
    """

    variant: str
    kind: str
    title: str
    mends: tuple[str, ...]
    eases: tuple[str, ...]
    breaks: tuple[str, ...]
    unsure: tuple[str, ...]
    speed: Range
    effects: tuple[EffectLine, ...]


class Prediction(NamedTuple):
    """What `predict --json` prints: the throughput that is sustained, and the id of the stage that limits it.

    value, low and high are null where the work does not fit: then `bottleneck` is gpu_memory or host_memory.
    gpu: empty where `gpus` is 0. fits: whether the memory holds the work. settings: every input, set or not. typical:
    names of the inputs that nobody set and that were taken at their typical value.
    """

    workload: str
    gpu: str
    gpus: int
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    bottleneck: str
    fits: bool
    settings: Mapping[str, float | str]
    typical: tuple[str, ...]


class QuantityLine(NamedTuple):
    """A line of what `predict bench/... --of NAMES --json` prints; numbers are null where they are unknown.

    position: of a card or a stage, counted from zero; null for what there is one of.
    """

    quantity: str
    unit: str
    position: int | None
    value: float | None
    low: float | None
    high: float | None


class Predicted(NamedTuple):
    """What `predict bench/... --json` prints: the benchmark's quantity in its own unit, on the part named.

    gpu: empty, and gpus 0, where the benchmark is about another part, which is then in `part`. about: gpu, cpu, drive
    or none. per: what is counted, where the unit's samples are something else. settings: every one, set or not.
    bottleneck: the id of the slowest stage. fits: whether the model fits into the memory of so many cards; null where
    that is not known.
    """

    workload: str
    gpu: str
    gpus: int
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    bottleneck: str
    about: str
    per: str
    part: str
    settings: Mapping[str, float | str]
    fits: bool | None


class SettingLine(NamedTuple):
    """A setting of a benchmark: a number, or one of the words in `choices`."""

    name: str
    label: str
    unit: str
    default: float | str
    choices: tuple[str, ...]
    low: float | None
    high: float | None


class BenchLine(NamedTuple):
    """An entry of `predict --list --json`. part: what must be named: gpu, cpu, drive or none."""

    id: str
    name: str
    family: str
    quantity: str
    unit: str
    per: str
    part: str
    settings: tuple[SettingLine, ...]


class PartLine(NamedTuple):
    """An entry of `catalog list --json`. `price` is in `currency`; null where the catalogue has none.

    Parts that are no longer made or made for servers are listed with `--all` only.
    """

    id: str
    kind: str
    manufacturer: str
    name: str
    mpn: str
    price: float | None
    currency: str | None
    price_date: str | None
    weakest_tier: str
    layer: str


class WorkloadLine(NamedTuple):
    """An entry of `workloads list --json`. `required` names the inputs that stay empty until they are set."""

    id: str
    name: str
    family: str
    sample: str
    stages: tuple[str, ...]
    inputs: tuple[str, ...]
    required: tuple[str, ...]
