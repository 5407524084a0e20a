"""More cores never slow the work, the curve passes through the build, and the sentence says where it ends."""

from __future__ import annotations

from itertools import pairwise

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.figures.cores_what_if import curves
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project


@pytest.fixture(scope="module")
def variant() -> VariantEvaluation:
    project = open_project(FIRST_SAMPLE).project
    return Engine.of(load_catalog()).evaluate_variant(project, project.variants[0].name)


def test_that_the_curve_passes_through_the_build_and_its_pace(variant) -> None:
    for row in variant.rows:
        figure = curves(variant, row)
        (dot,) = figure.dots
        assert dot.x == variant.value("cpu_cores", row)
        shown = float(str(variant.voice(row).say(variant.value("throughput", row), _unit(variant))).split(" ")[0])
        assert dot.y == pytest.approx(shown, rel=5e-3)


def test_that_more_cores_never_slow_the_work(variant) -> None:
    for row in variant.rows:
        ys = curves(variant, row).curves[0].ys
        assert all(after >= before * (1 - 1e-3) for before, after in pairwise(ys))


def test_that_the_sentence_says_where_cores_stop_helping_and_what_is_asked(variant) -> None:
    figure = curves(variant, 0)

    assert figure.sentence.startswith(("From about", "More cores than", "These"))
    assert figure.limits[0].text.startswith("asked ")
    assert len(figure.table.rows) == len(figure.curves[0].xs)


def _unit(variant):
    return variant.evaluation.model.quantities["throughput"].unit
