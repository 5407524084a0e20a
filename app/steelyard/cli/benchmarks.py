"""`steelyard predict bench/...`: what a published benchmark would show on a part, and the list of all of them."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING

import numpy as np

from steelyard.cli.printing import print_json, print_text
from steelyard.cli.settings import parts_of, settings_of
from steelyard.cli.standing import usable_catalog
from steelyard.errors import BadInputError, ExitCode
from steelyard.graph.draws import percentiles
from steelyard.project.benchmarks import WANTED, benchmark_project, in_its_unit
from steelyard.project.contract import BenchLine, Predicted, SettingLine
from steelyard.project.demands import inputs_of
from steelyard.project.evaluate import Engine
from steelyard.project.findings import reasons_unknown
from steelyard.wording import number

if TYPE_CHECKING:
    import argparse

    from steelyard.catalog.load import Catalog
    from steelyard.catalog.workload import WorkloadDefinition
    from steelyard.project.content import Project

__all__ = ["list_benchmarks", "predict_benchmark"]

_FREE, _PACE = "gpu_memory_free", "stage_time_peak"


def predict_benchmark(catalog: Catalog, definition: WorkloadDefinition, options: argparse.Namespace) -> ExitCode:
    """Print what the benchmark would show on the part named, in the benchmark's own unit."""
    bench = definition.bench
    if bench is None:
        raise TypeError(f"{definition.id} is no benchmark")
    part = getattr(options, bench.part, None) or ""
    count = options.gpus if bench.part == "gpu" else 0
    beside = parts_of(options.beside)
    project = benchmark_project(catalog, definition.id, settings_of(options.set), part, count, beside)
    _say_what_is_ignored(definition, bench.part, options)
    for name, each in project.variants[0].given.items():
        if name not in settings_of(options.set):
            print(f"{name} is taken as {each.value:g}: {each.note}.", file=sys.stderr)
    engine = Engine.of(catalog)
    _say_what_no_card_takes(engine, project)
    if options.of:
        from steelyard.cli.quantities import print_quantities

        return print_quantities(engine, project, options)
    value, low, high, bottleneck, fits = _numbers(engine, project, definition)
    if not math.isfinite(value):
        _, whole = engine.run(project, project.variants, project.workloads)
        reasons = ", ".join(reasons_unknown(whole.explain(bench.quantity))) or "data are missing"
        remedy = f'Name another part; "steelyard catalog show {part}" says what is known of this one.'
        raise BadInputError(f"What {definition.id} shows on it cannot be told: {reasons}.", remedy)
    known = [each if math.isfinite(each) else None for each in (value, low, high)]
    used = inputs_of(project.workloads[0], definition)
    about = (part if bench.part == "gpu" else "", count, bench.quantity)
    said = Predicted(
        definition.id,
        *about,
        known[0],
        known[1],
        known[2],
        bench.unit,
        bottleneck,
        bench.part,
        bench.per,
        "" if bench.part == "gpu" else part,
        {name: each.value for name, each in used.items()},
        fits,
    )
    if options.json:
        print_json(said)
        return ExitCode.DONE
    where = f"{count} x {part}" if count else part or "any machine"
    chosen = ", ".join(f"{name} {_plain(each.value)}" for name, each in used.items())
    what = f"{_figure(value)} {bench.per or bench.unit} ({_figure(low)} to {_figure(high)})"
    print_text(f"{definition.name} on {where}: {what}")
    if chosen:
        print_text(f"With {chosen}")
    return ExitCode.DONE


def list_benchmarks(options: argparse.Namespace) -> ExitCode:
    """Print every benchmark: what is predicted, which part it needs, and its settings with the words allowed."""
    known = usable_catalog().workloads.values()
    lines = tuple(_line(each) for each in sorted(known, key=lambda each: each.id) if each.bench is not None)
    if options.json:
        print_json(lines)
        return ExitCode.DONE
    for line in lines:
        needs = f"--{line.part} PART" if line.part in WANTED else "no part"
        per = f", {line.per}" if line.per else ""
        print_text(f"{line.id}  {line.quantity} in {line.unit}{per}; {needs}")
        for each in line.settings:
            allowed = "|".join(each.choices) if each.choices else f"a number{f' in {each.unit}' if each.unit else ''}"
            print_text(f"    --set {each.name}={allowed}  {each.label}; default {_plain(each.default)}")
    return ExitCode.DONE


def _line(definition: WorkloadDefinition) -> BenchLine:
    bench = definition.bench
    if bench is None:
        raise TypeError(f"{definition.id} is no benchmark")
    settings = tuple(
        SettingLine(
            name,
            each.label,
            each.unit.replace("×", ""),
            "" if each.usual is None else each.usual,
            tuple(each.choices),
            each.low,
            each.high,
        )
        for name, each in definition.inputs.items()
    )
    return BenchLine(
        definition.id, definition.name, bench.family, bench.quantity, bench.unit, bench.per, bench.part, settings
    )


def _numbers(
    engine: Engine, project: Project, definition: WorkloadDefinition
) -> tuple[float, float, float, str, bool | None]:
    """Value, 10th and 90th percentile in the benchmark's unit, the slowest stage, and whether memory holds it."""
    quantity = definition.bench.quantity if definition.bench else ""
    want = (quantity, _FREE, _PACE)
    batch, found = engine.run(project, project.variants, project.workloads, want)
    free = found.at(_FREE, 0)
    if free < 0:
        print("The model would not fit into the memory of so many cards; the figure is what they would do if it did.",
              file=sys.stderr)  # fmt: skip
    value = in_its_unit(definition, engine.model, found.value(quantity))
    batch, drawn = engine.run(project, project.variants, project.workloads, (quantity,), ranges=True)
    numbers = np.broadcast_to(drawn.value(quantity), (batch.draws,))[None, :]
    low, high = (float(np.squeeze(end)) for end in percentiles(in_its_unit(definition, engine.model, numbers)))
    middle = float(value[0])
    times = [found.at(_PACE, 0, place) for place in range(len(definition.stages))]
    slowest = definition.stages[times.index(max(times))].id if all(map(math.isfinite, times)) else "unknown"
    return middle, min(low, middle), max(high, middle), slowest, None if math.isnan(free) else free >= 0


def _say_what_is_ignored(definition: WorkloadDefinition, part: str, options: argparse.Namespace) -> None:
    for kind in WANTED:
        if kind != part and getattr(options, kind, None):
            about = f"it is measured on {WANTED[part]}" if part in WANTED else "it needs no part"
            print(f"--{kind} changes nothing in {definition.id}: {about}.", file=sys.stderr)


def _say_what_no_card_takes(engine: Engine, project: Project) -> None:
    """Print what the rules find about a power limit that is set: a card that refuses it keeps its own."""
    variant = project.variants[0]
    if variant.power_limit is None:
        return
    for each in engine.evaluate_variant(project, variant.name).findings:
        if each.verdict != "holds" and any(need.name == "power_limit" for need in each.rule.margin.needs):
            print(f"{each.rule.id}: {each.text} {each.remedy}.", file=sys.stderr)


def _figure(value: float) -> str:
    return number(value) if math.isfinite(value) else "unknown"


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
