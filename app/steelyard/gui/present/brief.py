"""The workloads of the project with their inputs, what each asks, and what all need at the least."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.gui.present.channels import Remark, channels_remark
from steelyard.gui.present.levels import asked_reading, has_reading, level_reading
from steelyard.project.concurrent import runs_of
from steelyard.project.demands import inputs_of
from steelyard.project.levels import state_of
from steelyard.project.requirements import requirements_of
from steelyard.wording import counted, number, plural, short_span, span

if TYPE_CHECKING:
    from steelyard.catalog.workloads import WorkloadDefinition, WorkloadInput
    from steelyard.gui.readings import Reading
    from steelyard.project.content import WorkloadUse
    from steelyard.project.demands import UsedInput
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.requirements import Requirement


class InputField(NamedTuple):
    """An input of a workload as a field. mark: you, assumed, default or empty.

    choices: word and label of what may be chosen; empty for a number.
    """

    name: str
    label: str
    unit: str
    text: str
    placeholder: str
    help: str
    mark: str
    required: bool
    outside: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class WorkloadCard(NamedTuple):
    """A workload of the project. runs: when it does: day, night, always or turns."""

    id: str
    name: str
    family: str
    enabled: bool
    fields: tuple[InputField, ...]
    missing: int
    asks: tuple[Reading, ...]
    runs: str
    remark: Remark = Remark()


class Need(NamedTuple):
    """What all workloads need of one resource at the least, and what the build has. A share of 1 just suffices.

    beside: what is asked, in the unit of what there is.
    """

    label: str
    asked: Reading
    has: Reading
    share: float | None
    state: str
    driver: str
    beside: Reading


MILLION = 1_000_000
LEAST_READABLE: Final = 1e-3
"""Below this share of what there is, a need in the unit of that would be all noughts."""


NEEDS: Final = {
    "card_memory": "GPU memory",
    "cores": "Cores",
    "memory": "Memory",
    "scratch": "Scratch",
    "read": "Read",
    "line": "Network",
    "protection": "ECC",
}
"""The resources of the strip, by their key, and what they are called where there is little room."""


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
            asked_reading(variant, "asked_rate", row, "Asks"),
            asked_reading(variant, "card_memory_asked", row, "GPU memory"),
            asked_reading(variant, "cores_asked", row, "Cores", whole=True),
            asked_reading(variant, "memory_asked", row, "Memory"),
        )
    missing = sum(field.mark == "empty" for field in fields)
    runs = runs_of(use, variant.engine.catalog)
    remark = channels_remark(use, definition, row)
    return WorkloadCard(use.id, definition.name, definition.family, use.enabled, fields, missing, asks, runs, remark)


def _field(used: UsedInput, definition: WorkloadDefinition) -> InputField:
    wanted, value, mark = used.definition, used.number, used.mark
    if wanted.choices:
        text = used.value if isinstance(used.value, str) else ""
        choices = tuple(wanted.choices.items())
        return InputField(
            wanted.name, wanted.label, "", text, "Choose", wanted.help, mark, wanted.required, choices=choices
        )
    unit = wanted.unit.replace("samples", plural(definition.sample)).replace("×", "")
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
        return short_span(wanted.low, wanted.high)
    return span(wanted.low, wanted.high)


def plain(value: float) -> str:
    """A number as people type it: all its digits, thousands parted."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def needs_view(variant: VariantEvaluation) -> tuple[Need, ...]:
    """For every resource of the strip what all workloads need at the least, against what there is."""
    found = {each.key: each for each in requirements_of(variant, ranges=False)}
    return tuple(_need(variant, found[key], label) for key, label in NEEDS.items() if key in found)


def _need(variant: VariantEvaluation, requirement: Requirement, label: str) -> Need:
    asked, there = requirement.least.value, requirement.has
    share = asked / there if there > 0 and math.isfinite(asked) else None
    state = state_of(requirement, variant.findings)
    reading = level_reading(requirement, requirement.least)._replace(label=label)
    readable = share is None or share > LEAST_READABLE  # far below that it is read in its own unit
    beside = level_reading(requirement, requirement.least, beside=readable)._replace(label=label)
    has = has_reading(requirement, own=True)._replace(label=f"{label} there is")
    if not requirement.chosen:
        has = has._replace(known=False)
    if requirement.key == "protection":
        return Need(label, _advised(requirement, reading), has, None, state, _reason(requirement), beside)
    others = len([line for line in requirement.lines if line.workload and line.value]) - 1
    driver = f"{requirement.driver} + {others}" if others > 0 else requirement.driver
    return Need(label, reading, has, share, state, driver, beside)


def _advised(requirement: Requirement, reading: Reading) -> Reading:
    """Error correction that nobody requires may still be recommended: then that is what stands in the strip."""
    return (
        reading
        if requirement.least.value
        else level_reading(requirement, requirement.advised)._replace(label=reading.label, name=reading.name)
    )


def _reason(requirement: Requirement) -> str:
    """Why error correction is asked for, without the word that stands above it."""
    return requirement.why.partition(";")[0].partition(":")[2].strip()


def sentence_of(cards: tuple[WorkloadCard, ...]) -> str:
    """What the brief says, in one sentence."""
    if not cards:
        return "What must this machine do, and by when?"
    missing = sum(card.missing for card in cards if card.enabled)
    running = sum(card.enabled for card in cards)
    words = counted(running, "workload")
    if running < len(cards):
        words = f"{running} of {counted(len(cards), 'workload')} are weighed"
    return f"{words}; {counted(missing, 'value')} still to be set." if missing else f"{words}, every value set."


def assumed_words(cards: tuple[WorkloadCard, ...]) -> str:
    """How many values nobody stated but typical ones were taken for; empty where there are none."""
    count = sum(field.mark == "assumed" for card in cards if card.enabled for field in card.fields)
    return f"assumed, {counted(count, 'value')}" if count else ""
