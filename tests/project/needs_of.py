"""Projects of any workload at its usual values, for tests of requirements and sizing."""

from __future__ import annotations

from steelyard.catalog import Catalog
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
