"""The workloads of the catalogue, those of the project with their inputs, and what they need at the least."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.catalog.workload_search import search_words
from steelyard.gui.present.numbers import reading_of
from steelyard.project.demands import inputs_of
from steelyard.wording import number, span

if TYPE_CHECKING:
    from steelyard.catalog.workloads import WorkloadDefinition, WorkloadInput
    from steelyard.gui.readings import Reading
    from steelyard.project.content import WorkloadUse
    from steelyard.project.demands import UsedInput
    from steelyard.project.evaluate import VariantEvaluation


class Offered(NamedTuple):
    """A workload of the catalogue: whether the project has it, and the words by which it is found."""

    id: str
    name: str
    family: str
    description: str
    added: bool
    words: str


class InputField(NamedTuple):
    """An input of a workload as a field. mark: you, assumed, default or empty."""

    name: str
    label: str
    unit: str
    text: str
    placeholder: str
    help: str
    mark: str
    required: bool
    outside: str = ""


class WorkloadCard(NamedTuple):
    """A workload of the project."""

    id: str
    name: str
    family: str
    enabled: bool
    fields: tuple[InputField, ...]
    missing: int
    asks: tuple[Reading, ...]


class Need(NamedTuple):
    """What all workloads need of one resource at the least, and what the build has. A share of 1 just suffices."""

    label: str
    asked: Reading
    has: Reading
    share: float | None
    state: str
    driver: str


MILLION = 1_000_000

NEEDS = (
    ("GPU memory", "gpu_memory_needed", "gpu_memory"),
    ("Cores", "cores_needed", "cpu_cores"),
    ("Memory", "host_memory_needed", "host_memory"),
    ("Scratch", "scratch_capacity_needed", "scratch_capacity"),
    ("Read", "scratch_read_needed", "scratch_read_rate"),
    ("Network", "network_needed", "network_link"),
)


def offered_view(variant: VariantEvaluation) -> tuple[Offered, ...]:
    """Every workload there is, by family."""
    present = {use.workload for use in variant.project.workloads}
    lines = [
        Offered(
            each.id,
            each.name,
            each.family,
            each.description,
            each.id in present,
            search_words(each),
        )
        for each in variant.engine.catalog.workloads.values()
        if each.bench is None
    ]
    return tuple(sorted(lines, key=lambda line: (line.family, line.name)))


def cards_view(variant: VariantEvaluation) -> tuple[WorkloadCard, ...]:
    """The project's workloads in their order."""
    return tuple(_card(variant, use) for use in variant.project.workloads)


def _card(variant: VariantEvaluation, use: WorkloadUse) -> WorkloadCard:
    definition = variant.engine.catalog.workloads[use.workload]
    fields = tuple(_field(each, definition) for each in inputs_of(use, definition).values())
    row = next((row for row, each in enumerate(variant.uses) if each.id == use.id), None)
    asks: tuple[Reading, ...] = ()
    if row is not None:
        asks = (
            reading_of(variant, "asked_rate", row, label="Asks", asked=True),
            reading_of(variant, "gpu_memory_needed", row, label="GPU memory", asked=True),
            reading_of(variant, "cores_needed", row, label="Cores", asked=True),
            reading_of(variant, "host_memory_needed", row, label="Memory", asked=True),
        )
    missing = sum(field.mark == "empty" for field in fields)
    return WorkloadCard(use.id, definition.name, definition.family, use.enabled, fields, missing, asks)


def _field(used: UsedInput, definition: WorkloadDefinition) -> InputField:
    wanted, value, mark = used.definition, used.number, used.mark
    if wanted.choices:
        words = ", ".join(wanted.choices)
        hint = ". ".join(part for part in (wanted.help, f"One of {words}") if part)
        text = used.value if isinstance(used.value, str) else ""
        return InputField(wanted.name, wanted.label, "", text, words, hint, mark, wanted.required)
    unit = wanted.unit.replace("samples", f"{definition.sample}s").replace("×", "")
    text = "" if math.isnan(value) else plain(value)
    typical = "" if wanted.typical is None or isinstance(wanted.typical, str) else f"{number(wanted.typical)}"
    spread = "" if wanted.low is None or wanted.high is None else span(wanted.low, wanted.high)
    outside = ""
    if (
        wanted.low is not None
        and wanted.high is not None
        and not math.isnan(value)
        and not wanted.low <= value <= wanted.high
    ):
        outside = f"Outside the usual {spread}"
    hint = ". ".join(
        part
        for part in (wanted.help, f"Usual: {spread}" if spread else "", f"typical: {typical}" if typical else "")
        if part
    )
    return InputField(
        wanted.name, wanted.label, unit, text, _hint(wanted) or typical, hint, mark, wanted.required, outside
    )


def _hint(wanted: WorkloadInput) -> str:
    """The usual range in the room of a field: millions get a letter."""
    if wanted.low is None or wanted.high is None:
        return ""
    if wanted.high >= MILLION:
        return f"{number(wanted.low / MILLION)} – {number(wanted.high / MILLION)} M"
    return span(wanted.low, wanted.high)


def plain(value: float) -> str:
    """A number as people type it: all its digits, thousands parted."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def needs_view(variant: VariantEvaluation) -> tuple[Need, ...]:
    """For every resource what the most demanding workload needs, against what there is."""
    if not variant.uses:
        return ()
    lines = []
    for label, needed, has in NEEDS:
        values = [variant.value(needed, row) for row in variant.rows]
        row = next((r for r, value in enumerate(values) if math.isnan(value)), values.index(max(values, key=_rank)))
        asked, there = variant.value(needed, row), variant.value(has, row)
        share = asked / there if there > 0 and math.isfinite(asked) else None
        state = "unknown" if math.isnan(asked) or math.isnan(there) else "ok" if asked <= there else "block"
        driver = variant.engine.catalog.workloads[variant.uses[row].workload].name
        lines.append(
            Need(
                label,
                reading_of(variant, needed, row, label=label, asked=True),
                reading_of(variant, has, row, label=f"{label} there is"),
                share,
                state,
                driver,
            )
        )
    return tuple(lines)


def _rank(value: float) -> float:
    return -1.0 if math.isnan(value) else value


def sentence_of(variant: VariantEvaluation) -> str:
    """What the brief says, in one sentence."""
    uses = variant.project.workloads
    if not uses:
        return "What must this machine do, and by when?"
    missing = sum(card.missing for card in cards_view(variant))
    running = sum(use.enabled for use in uses)
    words = (
        f"{running} of {len(uses)} workloads are weighed"
        if running < len(uses)
        else f"{running} workload{'s' if running > 1 else ''}"
    )
    return (
        f"{words}; {missing} value{'s' if missing > 1 else ''} still to be set."
        if missing
        else f"{words}, every value set."
    )
