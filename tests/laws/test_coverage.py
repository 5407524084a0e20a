"""The page on what the catalogue knows is what the catalogue says; what the model reads is known or has a prior."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from steelyard.catalog import Catalog
from steelyard.graph.model import Model

TOOL = Path(__file__).parents[2] / "packaging" / "coverage.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_page", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_the_page_is_what_the_catalogue_says(tool: ModuleType, model: Model, catalog: Catalog) -> None:
    written = tool.COVERAGE.read_text(encoding="utf-8")
    assert written == tool.coverage(catalog, model), "run `make coverage`"


def test_that_nearly_all_that_the_model_reads_is_known_or_has_a_prior(
    tool: ModuleType, model: Model, catalog: Catalog
) -> None:
    assert tool.share_covered(tool.tallies(catalog, model)) >= tool.TARGET


def test_that_every_part_is_counted_once_in_every_field_of_its_kind(
    tool: ModuleType, model: Model, catalog: Catalog
) -> None:
    for tally in tool.tallies(catalog, model):
        assert tally.parts == sum(part.kind == tally.kind for part in catalog.parts.values()), tally


def test_that_a_field_counts_as_read_where_a_formula_takes_it(tool: ModuleType, model: Model, catalog: Catalog) -> None:
    is_read = {(tally.kind, tally.field): tally.is_read for tally in tool.tallies(catalog, model)}
    taken = {need.name for formula in model.quantities.values() for need in formula.needs}
    assert "psu_length" in taken
    assert is_read["psu", "length"]
    assert is_read["board", "slots"], "the slots of a board are read as arrays of their own"
    assert "case_mass" not in taken
    assert not is_read["case", "mass"]


def test_that_a_prior_covers_only_the_classes_that_it_has_a_number_for(tool: ModuleType, catalog: Catalog) -> None:
    prior = catalog.assumptions["cooler_rated_power_class"]
    part = next(part.id for part in catalog.parts.values() if part.kind == "cooler")
    word = catalog.datum(part, "type").words
    nothing = prior.values[word]._replace(value=float("nan"))
    without = {**catalog.assumptions, prior.name: prior._replace(values={**prior.values, word: nothing})}
    names = [prior.fills]
    assert tool.has_prior(part, names, catalog)
    assert not tool.has_prior(part, names, _Changed(catalog, without))
    assert not tool.has_prior(part, [*names, "cooler_mass"], catalog), "each of the inputs needs one"
    assert not tool.has_prior(part, [], catalog)


class _Changed:
    """A catalogue with other assumptions."""

    def __init__(self, catalog: Catalog, assumptions: dict[str, object]) -> None:
        self.assumptions = assumptions
        self.schema, self.datum = catalog.schema, catalog.datum
