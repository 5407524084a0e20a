"""Laws of the data: every value has a source or a reason, every range is in order, everything is used."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import numpy as np

from steelyard.catalog import Catalog, PartInfo
from steelyard.catalog.assumptions import Assumption, field_behind
from steelyard.catalog.sources import LAYER_SOURCES, TIERS, Source
from steelyard.catalog.workloads import WorkloadDefinition
from steelyard.graph.model import Model
from steelyard.project.cooling_methods import cooling_methods
from steelyard.project.rooms import rooms
from steelyard.project.rule_sets import cited
from steelyard.workstation.demand import STAGE, WORKLOAD

LATEST = date(2026, 12, 31)


def test_that_nobody_complains_of_the_catalogue(catalog: Catalog) -> None:
    assert [str(complaint) for complaint in catalog.complaints] == []


def test_that_each_value_has_a_source_or_a_reason(part: PartInfo, catalog: Catalog) -> None:
    for field in catalog.schema[part.kind].fields:
        datum = catalog.datum(part.id, field)
        if datum.value is None:
            assert datum.why_unknown, f"{field} is unknown without a reason"
        else:
            assert datum.source in catalog.sources, field
            assert datum.tier in TIERS, field


def test_that_its_price_has_a_day_and_an_origin(part: PartInfo, catalog: Catalog) -> None:
    price = catalog.price(part.id)
    assert price is not None, "give a dated price, or an estimate for its class with low and high"
    assert price.source in catalog.sources
    assert price.date[:4] <= str(LATEST.year)
    if price.kind == "estimate":
        assert price.low is not None
        assert price.high is not None
        assert price.low <= price.amount <= price.high


def test_that_it_is_filed_under_its_id(part: PartInfo, catalog: Catalog) -> None:
    assert part.id.startswith(f"{part.kind}/")
    assert part.id in catalog.tables[part.kind]


def test_that_every_kind_has_parts_with_a_price(catalog: Catalog) -> None:
    for kind, table in catalog.tables.items():
        prices = table.columns["price"][1:]
        assert len(prices) >= 3, kind
        assert np.isfinite(prices).any(), kind


def test_that_an_assumption_keeps_within_its_range(assumption: Assumption, catalog: Catalog) -> None:
    spreads = list(assumption.values.values()) if assumption.by else [assumption]
    assert spreads
    for spread in spreads:
        assert np.isnan(spread.value) or spread.low <= spread.value <= spread.high
    assert assumption.source in catalog.sources
    assert assumption.label


def test_that_an_assumption_speaks_for_every_category(assumption: Assumption, catalog: Catalog) -> None:
    if assumption.by:
        field = field_behind(assumption.by, catalog.schema)
        assert field is not None
        missing = set(field.categories) - set(assumption.values)
        assert not missing, 'say it, or say unknown = "why"'


def test_that_an_assumption_is_read(assumption: Assumption, model: Model) -> None:
    read = {need.name for formula in model.quantities.values() for need in formula.needs}
    kernel = assumption.name.startswith("kernel_")  # read through the stages that name it, of one's own as well
    assert kernel or assumption.name in read or assumption.fills in read


def test_that_a_source_can_be_found_again(source: Source) -> None:
    assert source.title
    assert source.tier in TIERS
    assert source.publisher or source.address or source.note or source.date


def test_that_a_workload_is_a_pipeline_in_our_words(workload: WorkloadDefinition) -> None:
    assert workload.bench or len(workload.stages) >= 2, "a workload is a pipeline, not a benchmark"
    assert set(workload.demands) <= {word.name for word in WORKLOAD}
    for stage in workload.stages:
        assert set(stage.demands) <= {word.name for word in STAGE}
    assert workload.description
    assert workload.family


def test_that_what_a_workload_asks_has_a_typical_value(workload: WorkloadDefinition, catalog: Catalog) -> None:
    for name, entry in workload.inputs.items():
        assert entry.label, name
        if entry.choices:
            assert entry.usual in entry.choices, name
            continue
        low, typical, high = entry.low, entry.typical, entry.high
        assert low is not None, name
        assert high is not None, name
        assert typical is not None, name
        assert isinstance(typical, float), name
        assert low <= typical <= high, name
        assert not entry.source or entry.source in catalog.sources, name


def test_that_every_demand_has_a_source(workload: WorkloadDefinition, catalog: Catalog) -> None:
    stages = [demand for stage in workload.stages for demand in stage.demands.values()]
    for demand in (*workload.demands.values(), *stages):
        assert demand.source in catalog.sources


def test_that_no_source_stands_there_for_nothing(catalog: Catalog, model: Model) -> None:
    used = {formula.source for formula in model.quantities.values()}
    for assumption in catalog.assumptions.values():
        used |= {assumption.source, *(spread.source for spread in assumption.values.values())}
    for work in catalog.workloads.values():
        demands = [*work.demands.values(), *(entry for stage in work.stages for entry in stage.demands.values())]
        used |= {entry.source for entry in (*demands, *work.inputs.values())}
        used |= {work.asked.source} if work.asked else set()
        used |= {work.bench.source} if work.bench else set()
    for part in catalog.parts.values():
        price = catalog.price(part.id)
        used |= {catalog.datum(part.id, field).source for field in catalog.schema[part.kind].fields}
        used |= {price.source} if price else set()
    cases = Path(__file__).parents[1] / "cases"
    used |= {str(tomllib.loads(case.read_text())["source"]) for case in cases.glob("*.toml")}
    used |= cited() | {each.source for each in (*rooms().values(), *cooling_methods().values())}
    assert set(catalog.sources) - used - set(LAYER_SOURCES) == set()
    assert set(LAYER_SOURCES) <= set(catalog.sources)
