"""Laws of explanations: each number is explained by the very formula that made it, down to data with a source."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from steelyard.catalog import Catalog
from steelyard.graph.explain import Explanation
from steelyard.graph.model import Model
from steelyard.graph.quantity import Quantity
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

MOST_LINES = 2000


@pytest.fixture(scope="module")
def variant(model: Model, catalog: Catalog) -> VariantEvaluation:
    project = open_project(FIRST_SAMPLE).project
    return Engine(catalog, model).evaluate_variant(project, project.variants[0].name)


def test_that_its_value_follows_from_the_values_it_names(formula: Quantity, variant: VariantEvaluation) -> None:
    evaluation = variant.evaluation
    guessed = evaluation.loops.get(formula.name, frozenset())
    needs = [
        evaluation.guesses[need.name] if need.name in guessed else evaluation.value(need.name) for need in formula.needs
    ]
    with np.errstate(all="ignore"):
        again = np.broadcast_to(formula.formula(*needs), evaluation.value(formula.name).shape)  # type: ignore[arg-type]
    assert np.array_equal(again, evaluation.value(formula.name), equal_nan=True)


def test_that_names_which_two_roles_could_claim_go_to_the_one_that_has_the_field(variant: VariantEvaluation) -> None:
    tree = variant.explain("fan_place_margin")
    sources = {line.name: line for line in tree.because}
    assert sources["case_fan_mounts"].source
    assert sources["case_fan_count"].tier == "you"


def test_that_its_tree_ends_in_data_with_a_source(
    formula: Quantity, variant: VariantEvaluation, catalog: Catalog
) -> None:
    tree = variant.explain(formula.name)
    value = variant.evaluation.at(formula.name, 0)
    assert tree.value == value or (math.isnan(tree.value) and math.isnan(value))
    lines = list(_lines(tree))
    assert len(lines) < MOST_LINES
    for line in lines:
        assert line.label
        assert "nan" not in line.numbers.lower()
        if line.source:
            assert line.source in catalog.sources, line.name
        elif not line.because:
            assert line.tier or line.note or line.where, f"{line.name} comes from nowhere"


def _lines(tree: Explanation) -> Iterator[Explanation]:
    yield tree
    for cause in tree.because:
        yield from _lines(cause)
