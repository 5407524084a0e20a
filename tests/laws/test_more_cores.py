"""More cores of the same family never slow a stage of the processor, on processors as they are sold."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from steelyard.catalog import Catalog, load_catalog
from steelyard.project.content import Project, WorkloadUse
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project

FAMILIES = (
    ("cpu/amd/threadripper-7960x", "cpu/amd/threadripper-7970x", "cpu/amd/threadripper-7980x"),
    ("cpu/amd/threadripper-pro-7975wx", "cpu/amd/threadripper-pro-7985wx", "cpu/amd/threadripper-pro-7995wx"),
    ("cpu/amd/threadripper-pro-9975wx", "cpu/amd/threadripper-pro-9985wx", "cpu/amd/threadripper-pro-9995wx"),
    ("cpu/amd/epyc-7302", "cpu/amd/epyc-7402", "cpu/amd/epyc-7502", "cpu/amd/epyc-7702"),
    ("cpu/amd/epyc-7313", "cpu/amd/epyc-7413", "cpu/amd/epyc-7513", "cpu/amd/epyc-7713"),
    ("cpu/amd/epyc-9354", "cpu/amd/epyc-9554", "cpu/amd/epyc-9654"),
)
"""Each with more cores than the one before it."""

WORK = (
    "radiomics-boosting", "variant-calling-cpu", "image-registration", "statistics-in-memory", "nnunet-3d-training",
    "radiograph-classification", "pathology-whole-slide",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(cache=None)


@pytest.fixture(scope="module")
def engine(catalog: Catalog) -> Engine:
    return Engine.of(catalog)


@pytest.fixture(scope="module")
def project() -> Project:
    return open_project(FIRST_SAMPLE).project


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0].rpartition("/")[2])
@pytest.mark.parametrize("work", WORK)
def test_that_more_cores_never_slow_a_stage(
    engine: Engine, catalog: Catalog, project: Project, work: str, family: tuple[str, ...]
) -> None:
    """Where few workers run, each is as fast as the boost clock that the maker states: that may differ, and no more."""
    sold = [part for part in family if part in catalog.tables["cpu"].ids]
    if len(sold) < 2:
        pytest.fail(f"{family} is no longer in the catalogue: choose another family")
    use = WorkloadUse(work, work)
    for name, each in catalog.workloads[work].inputs.items():
        if each.required:
            use = use.with_input(name, each.usual, assumed=True)
    builds = [project.variants[0].selection.with_(cpu=part) for part in sold]
    _, found = engine.run(project, builds, (use,), ("stage_core_time", "cpu_cores", "cores_there", "core_speed_peak"))
    for less, more in pairwise(range(len(sold))):
        assert found.at("cpu_cores", more) > found.at("cpu_cores", less)
        boost = min(1.0, found.at("core_speed_peak", more) / found.at("core_speed_peak", less))
        assert found.at("cores_there", more) >= found.at("cores_there", less) * boost * (1 - 1e-9)
        for place in range(len(catalog.workloads[work].stages)):
            before, after = (found.at("stage_core_time", row, place) for row in (less, more))
            if before > 0 and np.isfinite(before):
                assert after <= before / boost * (1 + 1e-9), (sold[more], place)
