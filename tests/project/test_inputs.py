"""What a user may set for an input of a workload: all that can be meant, and nothing that ends in nonsense."""

from __future__ import annotations

import math

import pytest

from steelyard.catalog.load import load_catalog
from steelyard.catalog.workloads import WorkloadDefinition, WorkloadInput
from steelyard.errors import BadInputError
from steelyard.project.content import Project, WorkloadUse
from steelyard.project.demands import BELOW_USUAL, BEYOND_USUAL, checked_input
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project

CATALOG = load_catalog()
INPUTS = [(workload, each) for workload in CATALOG.workloads.values() for each in workload.inputs.values()]
NUMBERS = [(workload, each) for workload, each in INPUTS if not each.choices]
NAMES = [f"{workload.id}-{each.name}" for workload, each in NUMBERS]


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.of(CATALOG)


def project_with(workload: WorkloadDefinition, name: str, value: float) -> Project:
    project = open_project(FIRST_SAMPLE).project
    use = WorkloadUse("used", workload.id)
    for each in workload.inputs.values():
        use = use.with_input(each.name, each.usual)
    return project._replace(workloads=(use.with_input(name, value),))


@pytest.mark.parametrize(("workload", "wanted"), NUMBERS, ids=NAMES)
def test_that_no_input_takes_what_cannot_be_meant(workload: WorkloadDefinition, wanted: WorkloadInput) -> None:
    for value in (-5.0, -1e-9, 1e18, math.inf, math.nan):
        try:
            checked_input(wanted, value, workload.id)
        except BadInputError as refused:
            said = str(refused)
        else:
            pytest.fail(f"{value} was taken")
        for part in (wanted.label, wanted.name, workload.id, "usual is", "Give it a number"):
            assert part in said, f"{value} is refused without saying {part}: {said}"


@pytest.mark.parametrize(("workload", "wanted"), NUMBERS, ids=NAMES)
def test_that_zero_is_taken_only_where_the_usual_range_holds_it(
    workload: WorkloadDefinition, wanted: WorkloadInput, engine: Engine
) -> None:
    project = project_with(workload, wanted.name, 0.0)
    if wanted.low == 0:
        assert engine.uses_of(project)
    else:
        with pytest.raises(BadInputError, match="cannot be 0"):
            engine.uses_of(project)


@pytest.mark.parametrize(("workload", "wanted"), NUMBERS, ids=NAMES)
def test_that_the_usual_range_and_well_beyond_it_is_taken(workload: WorkloadDefinition, wanted: WorkloadInput) -> None:
    assert wanted.low is not None
    assert wanted.high is not None
    below = max(1, math.ceil(wanted.low / BELOW_USUAL)) if wanted.whole and wanted.low else wanted.low / BELOW_USUAL
    for value in (wanted.low, wanted.high, below):
        assert checked_input(wanted, value, workload.id) == value


def test_that_a_count_is_a_whole_number_and_no_absurd_one() -> None:
    channels = CATALOG.workloads["nnunet-3d-training"].inputs["channels"]
    assert channels.whole
    for value in (0.5, 2.5, 0.0, channels.high * BEYOND_USUAL + 1):
        with pytest.raises(BadInputError):
            checked_input(channels, value, "training")
    with pytest.raises(BadInputError, match="whole number"):
        checked_input(channels, 2.5, "training")


def test_that_more_channels_take_more_memory_of_a_card(engine: Engine) -> None:
    """The patch itself lies there, once for each channel."""
    workload = CATALOG.workloads["nnunet-3d-training"]
    held = []
    for channels in (1.0, 4.0, 9.0, 90.0):
        project = project_with(workload, "channels", channels)
        held.append(engine.evaluate_variant(project, project.variants[0].name).value("volume_activations"))
        held[-1] += engine.evaluate_variant(project, project.variants[0].name).value("activation_memory")
    assert held == sorted(set(held))
    assert held[-1] - held[0] > 1.5, "90 channels of 128 cubed in FP32, twice, are 1.5 GB"


def test_that_a_share_cannot_be_more_than_all() -> None:
    share = CATALOG.workloads["imaging-pipeline"].inputs["cached_share"]
    with pytest.raises(BadInputError, match="at most 1"):
        checked_input(share, 1.5, "imaging")


def test_that_a_workload_left_out_is_checked_too(engine: Engine) -> None:
    project = project_with(CATALOG.workloads["nnunet-3d-training"], "epochs", 0.0)
    left_out = project._replace(workloads=tuple(use._replace(enabled=False) for use in project.workloads))
    with pytest.raises(BadInputError, match="epochs"):
        engine.uses_of(left_out)
