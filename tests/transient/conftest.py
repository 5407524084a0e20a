"""Builds to run: the sample's, and some that are too hot, in rooms from cool to hopeless."""

from __future__ import annotations

import pytest

from steelyard.catalog import load_catalog
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

CROWDED = "Brute force"


@pytest.fixture(scope="session")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="session")
def evaluated(engine):
    """Evaluate the sample's crowded build with other cards, parts and site; kept, for many tests ask for the same."""
    known: dict[object, VariantEvaluation] = {}

    def evaluate(gpu: tuple[str, int] | None = None, variant: str = CROWDED, **site: float) -> VariantEvaluation:
        key = (gpu, variant, *sorted(site.items()))
        if key not in known:
            project = open_project(FIRST_SAMPLE).project
            chosen = project.variant(variant)
            if gpu is not None:
                chosen = chosen._replace(selection=chosen.selection.with_(gpu=gpu))
            project = project._replace(site=project.site._replace(**site), variants=(chosen,))
            known[key] = engine.evaluate_variant(project, variant)
        return known[key]

    return evaluate
