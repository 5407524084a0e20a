"""What a stage's kind of work reaches on a card: gathered from its kernel, drawn with it, and explained by it."""

from __future__ import annotations

import numpy as np
import pytest

from steelyard.catalog.load import load_catalog
from steelyard.project.content import InputValue, Project
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(load_catalog())


@pytest.fixture(scope="module")
def project(engine: Engine) -> Project:
    project = open_project(FIRST_SAMPLE).project
    uses = tuple(
        use._replace(
            inputs={
                name: InputValue(each.usual) for name, each in engine.catalog.workloads[use.workload].inputs.items()
            }
        )
        for use in project.workloads
    )
    return project._replace(workloads=uses)


@pytest.fixture(scope="module")
def variant(engine: Engine, project: Project) -> VariantEvaluation:
    return engine.evaluate_variant(project, project.variants[0].name)


def test_that_each_stage_has_the_share_of_its_kernel_on_its_cards_architecture(variant: VariantEvaluation) -> None:
    catalog = variant.engine.catalog
    card = variant.selection.part("gpu")
    assert card is not None
    table = catalog.tables["gpu"]
    code = int(table.columns["architecture"][table.row(card)])
    word = catalog.schema["gpu"].fields["architecture"].categories[code]
    seen = 0
    for row, use in enumerate(variant.uses):
        for place, stage in enumerate(catalog.workloads[use.workload].stages):
            reached = variant.value("kernel_efficiency", row, place)
            if stage.kernel is None:
                assert reached == 1
            else:
                seen += 1
                assumption = catalog.assumptions[stage.kernel.assumption(None)]
                assert reached == assumption.values[word].value
                assert variant.range("kernel_efficiency", row, place).low < reached
    assert seen


def test_that_builds_with_other_cards_have_other_shares_row_by_row(engine: Engine, project: Project) -> None:
    first = project.variants[0].selection
    cards = ["gpu/nvidia/rtx-6000-ada", "gpu/nvidia/h100-80gb-pcie"]
    uses = engine.uses_of(project)
    batch, found = engine.run(project, [first.with_(gpu=(card, 1)) for card in cards], uses, ["throughput"])
    shares = np.broadcast_to(
        batch.values["kernel_efficiency"], (batch.values["kernel_efficiency"].shape[0], 2 * len(uses))
    )
    ada, hopper = (shares[:, batch.row(build, 0) : batch.row(build, 0) + len(uses)] for build in (0, 1))
    assert not np.array_equal(ada, hopper)
    assert found.value("throughput").shape[-1] == 2 * len(uses)


def test_that_the_explanation_names_kernel_architecture_source_and_range(variant: VariantEvaluation) -> None:
    row = next(row for row, use in enumerate(variant.uses) if use.workload == "nnunet-3d-training")
    stages = variant.engine.catalog.workloads["nnunet-3d-training"].stages
    place = next(place for place, stage in enumerate(stages) if stage.id == "train")
    why = variant.explain("stage_card_time", row, place)
    share = next(each for each in why.because if each.name == "kernel_efficiency")
    assert "conv3d-train" in share.note
    assert "for " in share.note
    assert "Between" in share.note
    assert share.source in variant.engine.catalog.sources
    ingest = next(
        each for each in variant.explain("stage_card_time", row, 0).because if each.name == "kernel_efficiency"
    )
    assert "nothing to do" in ingest.note
