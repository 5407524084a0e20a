"""Projects of any workload at its usual values, for tests of requirements and sizing."""

from __future__ import annotations

import copy

from steelyard.catalog import Catalog
from steelyard.catalog.workload import Demand, Kernel, Stage, WorkloadDefinition
from steelyard.project.content import Lab, Project, WorkloadUse
from steelyard.project.samples import FIRST_SAMPLE, open_project


def usual_use(catalog: Catalog, workload: str, runs: str | None = None) -> WorkloadUse:
    """A workload with the typical values of what it requires."""
    use = WorkloadUse(workload, workload, runs=runs)
    for name, each in catalog.workloads[workload].inputs.items():
        if each.required and each.usual is not None:
            use = use.with_input(name, each.usual, assumed=True)
    return use


def usual_project(catalog: Catalog, *workloads: str, runs: str | None = None, **lab: float | str | bool) -> Project:
    """The first sample's site and build with these workloads."""
    sample = open_project(FIRST_SAMPLE).project
    uses = tuple(usual_use(catalog, name, runs) for name in workloads)
    return sample._replace(workloads=uses, lab=Lab(**lab), variants=sample.variants[:1])


def pretraining(catalog: Catalog, parameters: float, tokens: float, days: float, **demands: float) -> Catalog:
    """The catalogue with one more workload, "pretraining": a language model from nothing, with mixed-precision Adam.

    Six operations a parameter and token; 2 bytes for weights and gradients each, 12 for the optimiser.
    """
    states = {"weight_bytes": 2.0, "gradient_bytes": 2.0, "optimiser_bytes": 12.0}
    whole = {"model_parameters": parameters, "training_tokens": tokens, "job_samples": tokens, "card_exchange": 1.0}
    operations = 6 * parameters / 1e12
    stage = Stage(
        "train",
        "Train",
        "GPU",
        "Forward and backward.",
        {"gpu_compute_demand": _demand("gpu_compute_demand", operations)},
        Kernel("", {"": "transformer-train-tuned"}),
    )
    asked = _demand("asked_rate", tokens / (days * 86_400))
    said = {name: _demand(name, value) for name, value in {**states, **whole, **demands}.items()}
    definition = WorkloadDefinition(
        "pretraining", "Pretraining", "language", (), "", "token", {}, asked, said, (stage,), None, "turns", ()
    )
    with_it = copy.copy(catalog)
    with_it.workloads = {**catalog.workloads, "pretraining": definition}
    return with_it


def _demand(name: str, value: float) -> Demand:
    return Demand(name, value, value, value, "", "steelyard-pipeline", "", "derived", "", {}, "", {})
