"""Workloads as pipelines of stages: what a user sets, and what a sample then demands of each resource."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from steelyard.catalog.sources import check_source
from steelyard.catalog.workload import (
    Bench,
    Demand,
    Kernel,
    Stage,
    WorkloadDefinition,
    WorkloadInput,
    assumption_of,
)
from steelyard.catalog.workload_demands import check_words, choice_named, read_demand, read_demands
from steelyard.catalog.workload_inputs import read_inputs
from steelyard.errors import did_you_mean
from steelyard.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.assumptions import Assumption
    from steelyard.catalog.page import Page
    from steelyard.catalog.sources import Source

__all__ = ["Bench", "Demand", "Kernel", "Stage", "WorkloadDefinition", "WorkloadInput", "read_workload"]

BENCH_PARTS: Final = ("gpu", "cpu", "drive", "none")
RUNS: Final = ("turns", "day", "night", "always")
_KEYS: Final = (
    "id",
    "name",
    "family",
    "tags",
    "description",
    "sample",
    "inputs",
    "asked",
    "demands",
    "stages",
    "bench",
    "runs",
    "search",
)
_STAGE_KEYS: Final = ("id", "label", "resource", "description", "demands", "kernel")
_BENCH_KEYS: Final = ("quantity", "unit", "family", "part", "source", "per")
_KERNEL: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CHOOSES: Final = "gpu_architecture"


def read_workload(
    page: Page, sources: Mapping[str, Source], assumptions: Mapping[str, Assumption]
) -> WorkloadDefinition | None:
    """Read one file of `components_db/workloads`; None when it has complaints."""
    before = len(page.complaints)
    page.only(page.data, (), _KEYS)
    identity = page.text(page.data, (), "id", required=True)
    if identity and page.file != f"workloads/{identity}.toml":
        page.complain(
            ("id",),
            f'The id "{identity}" does not belong to this file.',
            f"Rename the file to {identity}.toml, or mend the id.",
        )
    name, family, description, sample = (
        page.text(page.data, (), key, required=True) for key in ("name", "family", "description", "sample")
    )
    tags, search = _read_words(page, "tags"), _read_words(page, "search")
    inputs = read_inputs(page, sources)
    asked = None
    if "asked" in page.data:
        asked = read_demand(page, page.table(page.data, (), "asked"), ("asked",), inputs, sources)
    demands = read_demands(page, page.data, (), inputs, sources)
    stages = _read_stages(page, inputs, sources, assumptions)
    bench = _read_bench(page, inputs, sources) if "bench" in page.data else None
    if (bench is not None) != identity.startswith("bench/") and len(page.complaints) == before:
        page.complain(("bench",), "Benchmarks, and only they, stand in bench/.", "Move the file, or mend [bench].")
    runs = page.text(page.data, (), "runs") or RUNS[0]
    if runs not in RUNS:
        near = did_you_mean(runs, RUNS).strip() or f"Known: {', '.join(RUNS)}."
        page.complain(("runs",), f'"{runs}" is no time at which work runs.', near)
    if len(page.complaints) > before:
        return None
    return WorkloadDefinition(
        identity, name, family, tags, description, sample, inputs, asked, demands, stages, bench, runs, search
    )


def _read_words(page: Page, key: str) -> tuple[str, ...]:
    words = page.data.get(key, [])
    if isinstance(words, list) and all(isinstance(word, str) for word in words):
        return tuple(words)
    page.complain((key,), f'"{key}" must be a list of words.', f'Write {key} = ["training", "3d"].')
    return ()


def _read_stages(
    page: Page,
    inputs: Mapping[str, WorkloadInput],
    sources: Mapping[str, Source],
    assumptions: Mapping[str, Assumption],
) -> tuple[Stage, ...]:
    entries = page.data.get("stages", [])
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        page.complain(
            ("stages",), "A workload needs one stage or more.", "Add [[stages]] with id, label, resource, demands."
        )
        return ()
    stages: list[Stage] = []
    for place, entry in enumerate(entries):
        keys = ("stages", str(place))
        page.only(entry, keys, _STAGE_KEYS)
        identity, label = (page.text(entry, keys, key, required=True) for key in ("id", "label"))
        if any(stage.id == identity for stage in stages):
            page.complain((*keys, "id"), f'There are two stages "{identity}".', "Give each its own id.")
        resource, description = page.text(entry, keys, "resource"), page.text(entry, keys, "description")
        demands = read_demands(page, entry, keys, inputs, sources)
        kernel = _read_kernel(page, entry, keys, inputs, assumptions) if "kernel" in entry else None
        work = next((name for name in demands if _is_engine_work(name)), "")
        if work and "kernel" not in entry:
            what = f'The stage "{identity}" has {work} but no kernel.'
            page.complain(keys, what, 'Add kernel = "conv3d-train", or what class of work it is.')
        stages.append(Stage(identity, label, resource, description, demands, kernel))
    return tuple(stages)


def _is_engine_work(demand: str) -> bool:
    """Whether a demand is work that an architecture does more or less well; a launch takes its time whatever it is."""
    return demand == "weight_reads_demand" or (demand.startswith("gpu_") and demand != "gpu_launch_demand")


def _read_kernel(
    page: Page,
    entry: dict[str, object],
    keys: tuple[str, ...],
    inputs: Mapping[str, WorkloadInput],
    assumptions: Mapping[str, Assumption],
) -> Kernel | None:
    keys = (*keys, "kernel")
    if isinstance(entry["kernel"], str):
        kernel = Kernel("", {"": entry["kernel"]})
    elif isinstance(entry["kernel"], dict):
        given = entry["kernel"]
        page.only(given, keys, ("by", "values"))
        by, values = page.text(given, keys, "by", required=True), page.table(given, keys, "values")
        choice = choice_named(page, (*keys, "by"), by, inputs) if by else None
        if choice is None:
            return None
        check_words(page, (*keys, "values"), values, choice)
        kernel = Kernel(by, {word: page.text(values, (*keys, "values"), word, required=True) for word in values})
    else:
        page.complain(keys, '"kernel" must be text or a table.', 'Write kernel = "conv3d-train".')
        return None
    for each in kernel.values.values():
        _check_kernel(page, keys, each, assumptions)
    return kernel


def _check_kernel(page: Page, keys: tuple[str, ...], kernel: str, assumptions: Mapping[str, Assumption]) -> None:
    if not _KERNEL.fullmatch(kernel):
        page.complain(keys, f'"{kernel[:40]}" is no kernel.', "Write small letters and digits with - between words.")
        return
    name = assumption_of(kernel)
    if name not in assumptions:
        known = tuple(each for each in assumptions if each.startswith("kernel_"))
        near = did_you_mean(name, known).strip()
        remedy = near or f'Add [{name}] with by = "{_CHOOSES}" to assumptions/kernels_*.toml.'
        page.complain(keys, f'The kernel "{kernel}" has no assumption "{name}".', remedy)
    elif assumptions[name].by != _CHOOSES or assumptions[name].unit:
        remedy = f'Write by = "{_CHOOSES}" and unit = "" there.'
        page.complain(keys, f'The assumption "{name}" is no share by architecture.', remedy)


def _read_bench(page: Page, inputs: Mapping[str, WorkloadInput], sources: Mapping[str, Source]) -> Bench:
    entry, keys = page.table(page.data, (), "bench"), ("bench",)
    page.only(entry, keys, _BENCH_KEYS)
    quantity, family, part = (page.text(entry, keys, key, required=True) for key in ("quantity", "family", "part"))
    if part and part not in BENCH_PARTS:
        near = did_you_mean(part, BENCH_PARTS).strip() or f"Known: {', '.join(BENCH_PARTS)}."
        page.complain((*keys, "part"), f'"{part}" is no part that a benchmark is about.', near)
    for each in inputs.values():
        if each.required:
            remedy = "Give it a default instead of required = true."
            page.complain(("inputs", each.name), f'A benchmark sets everything, "{each.name}" too.', remedy)
    unit = page.text(entry, keys, "unit", required=True)
    if unit and unit not in UNITS:
        page.unit(entry, keys)
    return Bench(quantity, unit, family, part, check_source(page, entry, keys, sources), page.text(entry, keys, "per"))
