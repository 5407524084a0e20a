"""Workloads as pipelines of stages: what a user sets, and what a sample then demands of each resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.catalog.sources import check_source, read_tier
from steelyard.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.catalog.page import Page
    from steelyard.catalog.sources import Source

_KEYS: Final = ("id", "name", "family", "tags", "description", "sample", "inputs", "asked", "demands", "stages")
_INPUT_KEYS: Final = ("label", "unit", "required", "default", "typical", "low", "high", "help", "source")
_DEMAND_KEYS: Final = ("value", "low", "high", "unit", "source", "where", "tier", "note", "scales_with", "unknown")
_STAGE_KEYS: Final = ("id", "label", "resource", "description", "demands")


class WorkloadInput(NamedTuple):
    """A number that the user sets. A required one stays empty until it is set; others start at `default`."""

    name: str
    label: str
    unit: str
    required: bool
    default: float | None
    typical: float | None
    low: float | None
    high: float | None
    help: str
    source: str


class Demand(NamedTuple):
    """`value` times the product of the workload's inputs, each to its power in `scales_with`; None is unknown."""

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


class Stage(NamedTuple):
    """One step of the pipeline that every sample passes."""

    id: str
    label: str
    resource: str
    description: str
    demands: dict[str, Demand]


class WorkloadDefinition(NamedTuple):
    """A workload of the catalogue. `sample` says what one sample is; `asked` how the asked rate follows, if it does."""

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


def read_workload(page: Page, sources: Mapping[str, Source]) -> WorkloadDefinition | None:
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
    tags = page.data.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        page.complain(("tags",), '"tags" must be a list of words.', 'Write tags = ["training", "3d"].')
        tags = []
    entries = page.table(page.data, (), "inputs")
    inputs = {key: _read_input(page, key, page.table(entries, ("inputs",), key), sources) for key in entries}
    asked = None
    if "asked" in page.data:
        asked = _read_demand(page, page.table(page.data, (), "asked"), ("asked",), inputs, sources)
    demands = _read_demands(page, page.data, (), inputs, sources)
    stages = _read_stages(page, inputs, sources)
    if len(page.complaints) > before:
        return None
    return WorkloadDefinition(identity, name, family, tuple(tags), description, sample, inputs, asked, demands, stages)


def _read_input(page: Page, name: str, entry: dict[str, object], sources: Mapping[str, Source]) -> WorkloadInput:
    keys = ("inputs", name)
    page.only(entry, keys, _INPUT_KEYS)
    label = page.text(entry, keys, "label", required=True)
    required = entry.get("required", False) is True
    default, typical, low, high = (page.number(entry, keys, key) for key in ("default", "typical", "low", "high"))
    if not required and default is None and "default" not in entry:
        page.complain(
            keys, f'"{name}" is neither required nor has a default.', "Add required = true, or default = ...."
        )
    source = check_source(page, entry, keys, sources) if "source" in entry else ""
    unit = page.unit(entry, keys)
    return WorkloadInput(
        name, label, unit, required, default, typical, low, high, page.text(entry, keys, "help"), source
    )


def _read_stages(page: Page, inputs: Mapping[str, WorkloadInput], sources: Mapping[str, Source]) -> tuple[Stage, ...]:
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
        stages.append(Stage(identity, label, resource, description, _read_demands(page, entry, keys, inputs, sources)))
    return tuple(stages)


def _read_demands(
    page: Page,
    table: Mapping[str, object],
    keys: tuple[str, ...],
    inputs: Mapping[str, WorkloadInput],
    sources: Mapping[str, Source],
) -> dict[str, Demand]:
    entries = page.table(table, keys, "demands")
    keys = (*keys, "demands")
    return {
        name: _read_demand(page, page.table(entries, keys, name), (*keys, name), inputs, sources) for name in entries
    }


def _read_demand(
    page: Page,
    entry: dict[str, object],
    keys: tuple[str, ...],
    inputs: Mapping[str, WorkloadInput],
    sources: Mapping[str, Source],
) -> Demand:
    page.only(entry, keys, _DEMAND_KEYS)
    why = page.text(entry, keys, "unknown")
    value, low, high = (page.number(entry, keys, key) for key in ("value", "low", "high"))
    if "value" not in entry and not why:
        page.complain(keys, f'"{keys[-1]}" has no value.', 'Add value = ..., or unknown = "why".')
    source = "" if why else check_source(page, entry, keys, sources)
    tier = read_tier(page, entry, keys) or (sources[source].tier if source in sources else "")
    scales = {}
    given = page.table(entry, keys, "scales_with")
    for name in given:
        power = page.number(given, (*keys, "scales_with"), name)
        if name not in inputs:
            page.complain(
                (*keys, "scales_with"),
                f'There is no input "{name}".',
                did_you_mean(name, tuple(inputs)).strip() or "Add it under [inputs].",
            )
        elif power is not None:
            scales[name] = power
    where, note = page.text(entry, keys, "where"), page.text(entry, keys, "note")
    return Demand(keys[-1], value, low, high, page.unit(entry, keys), source, where, tier, note, scales, why)
