"""Published benchmarks as projects: one part, or a number of GPUs, with nothing around it that could limit them."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.content import (
    BUILD_NUMBERS,
    SITE_NUMBERS,
    Given,
    Lab,
    Project,
    Site,
    Variant,
    WorkloadUse,
    checked,
)
from steelyard.project.demands import checked_input
from steelyard.project.selection import Selection
from steelyard.project.shape import fields_of, taken_apart, typed
from steelyard.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog import Catalog
    from steelyard.catalog.workload import WorkloadDefinition, WorkloadInput
    from steelyard.graph.model import Model
    from steelyard.units import Array

__all__ = ["WANTED", "benchmark_project", "in_its_unit", "number_of", "setting_of"]

_SURROUNDINGS: Final = (
    "room_air", "lower_rise", "case_rise", "card_inlet", "card_gap", "card_airflow", "card_fed_share",
    "gpu_temperature_limit", "gpu_busy", "display_power",
)  # fmt: skip
"""What a measurement may state of the air around a card instead of the parts that would make it so."""

WANTED = {"gpu": "a GPU", "cpu": "a processor", "drive": "a drive"}
"""The parts that a benchmark may be about, in words."""


def benchmark_project(
    catalog: Catalog,
    bench: str,
    settings: Mapping[str, str],
    part: str,
    count: int,
    beside: Mapping[str, tuple[str, int]] = MappingProxyType({}),
) -> Project:
    """Return a project with one variant for a benchmark on `part` (empty for one without), `count` of it if a GPU.

    `settings` are words as the command line takes them: inputs of the benchmark; numbers of site and build; and what
    is given in the place of what the model computes or assumes. `beside`: parts and counts of other roles. Raises
    BadInputError for a word that cannot be meant; given names are checked when the project is evaluated.
    """
    definition = catalog.workloads[bench]
    use = WorkloadUse(bench.rpartition("/")[2], bench)
    site: dict[str, Any] = {}
    build: dict[str, Any] = {}
    given: dict[str, Given] = {}
    for name, text in settings.items():
        if name in definition.inputs:
            use = use.with_input(name, setting_of(definition.inputs[name], text, bench))
        elif name in SITE_NUMBERS:
            site[name] = number_of(Site, name, name, text)
            if name == "room_temperature":
                given["room_air"] = Given(site[name], "the room as it was measured, with the machine running")
        elif name in BUILD_NUMBERS:
            build[name] = number_of(Variant, name, name, text)
        elif name in catalog.assumptions or name in _SURROUNDINGS:
            given[name] = Given(number_of(Given, "value", name, text), "set for this prediction")
        else:
            known = (*definition.inputs, *SITE_NUMBERS, *BUILD_NUMBERS, *_SURROUNDINGS)
            hint = did_you_mean(name, known) or f" It has: {', '.join(known)}; and the assumptions."
            raise BadInputError(f'"{name[:60]}" is no setting of {bench}.{hint}')
    selection = _selection(catalog, definition, part, count)
    if beside:
        selection = selection.with_(**{role: (catalog.part(other).id, many) for role, (other, many) in beside.items()})
    variant = Variant("Benchmark", selection, given=given, **build)
    project = Project("Benchmark", "", "2026-01-01", "USD", Site(**site), Lab(), (use,), (variant,))
    return checked(project) if site or build or given else project


def setting_of(definition: WorkloadInput, text: str, workload: str) -> float | str:
    """Return what `--set name=text` means for an input: a word of its choice, or a number. Raises BadInputError."""
    if definition.choices:
        return checked_input(definition, text.strip(), workload)
    return checked_input(definition, _number(definition.name, text, workload, definition.usual or 1), workload)


def number_of(kind: Any, field: str, name: str, text: str) -> Any:  # noqa: ANN401 - as its shape
    """Return what `--set name=text` means for a field of Site, Variant or Given. Raises BadInputError."""
    number = _number(name, text)
    shape = fields_of(kind)[field]
    whole = taken_apart(shape).bare is int and number.is_integer()
    return typed(shape, int(number) if whole else number, f"--set {name}")


def _number(name: str, text: str, work: str = "", usual: float | str = 1) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        of = f" of {work}" if work else ""
        message = f'"{name[:60]}={text[:40]}" is not a setting{of}: "{text[:40]}" is no number that can be meant.'
        example = usual if isinstance(usual, str) else f"{usual:.10g}"
        raise BadInputError(message, f"Give a number, such as {name[:60]}={example}.")
    return number


def in_its_unit(definition: WorkloadDefinition, model: Model, numbers: Array) -> Array:
    """Return values of the quantity that a benchmark predicts in the benchmark's unit."""
    bench = definition.bench
    if bench is None:
        return numbers
    return numbers * (model.quantities[bench.quantity].unit.factor / UNITS[bench.unit].factor)


def _selection(catalog: Catalog, definition: WorkloadDefinition, part: str, count: int) -> Selection:
    kind = definition.bench.part if definition.bench else "gpu"
    if kind == "none":
        return Selection()
    if not part:
        remedy = f'Name it with --{kind}; "steelyard catalog list --kind {kind} --all" lists them.'
        raise BadInputError(f"{definition.id} is measured on {WANTED[kind]}, and none is named.", remedy)
    if catalog.part(part).kind != kind:
        raise BadInputError(f'"{part}" is no {catalog.schema[kind].label}.', f"Name one of {kind}/....")
    if kind == "gpu":
        if count < 1:
            raise BadInputError(f"{definition.id} is measured on one GPU or more, not {count}.", "Set --gpus.")
        return Selection.of_published(gpu=(part, count))
    if kind == "drive":
        return Selection.of(scratch_drive=part)
    kits, memory = _memory_for(catalog, part)
    return Selection.of_published(cpu=(part, 1), memory=(memory, kits))


def _memory_for(catalog: Catalog, cpu: str) -> tuple[int, str]:
    """Return the fastest kits that fill all channels of a processor: memory is not what the benchmark is about."""
    processors, kits = catalog.tables["cpu"], catalog.tables["memory"]
    row = processors.row(cpu)
    channels = float(processors.columns["memory_channels"][row])
    rates = zip(kits.columns["rate"], kits.columns["jedec_rate"], strict=True)
    fastest = [rate if math.isnan(standard) else min(rate, standard) for rate, standard in rates]
    best = max(range(1, len(kits.ids)), key=lambda place: (fastest[place], kits.columns["modules"][place]))
    return max(1, math.ceil(channels / float(kits.columns["modules"][best]))), kits.ids[best]
