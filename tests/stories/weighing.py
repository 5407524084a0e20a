"""What a lab does and what stands there, put together as a user would, for stories about the seeds' claims."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from steelyard.catalog import load_catalog
from steelyard.project.content import Lab, WorkloadUse
from steelyard.project.evaluate import Engine, VariantEvaluation
from steelyard.project.samples import FIRST_SAMPLE, open_project

if TYPE_CHECKING:
    from steelyard.project.content import Project
    from steelyard.project.selection import Selection

A100 = "gpu/nvidia/a100-80gb-pcie"
H100 = "gpu/nvidia/h100-pcie-80gb"
RTX_6000 = "gpu/nvidia/rtx-6000-ada"


@cache
def engine() -> Engine:
    """The engine on the shipped catalogue, planned once for all stories."""
    return Engine.of(load_catalog())


def work(workload: str, when: str | None = None, name: str = "", **said: float | str) -> WorkloadUse:
    """A workload as a user takes it up: the usual value of what it requires, and what is said."""
    use = WorkloadUse(name or workload, workload, runs=when)
    for key, each in engine().catalog.workloads[workload].inputs.items():
        if key in said:
            use = use.with_input(key, said.pop(key))
        elif each.required:
            assert each.usual is not None, key
            use = use.with_input(key, each.usual, assumed=True)
    assert not said, f"{workload} has no input {', '.join(said)}"
    return use


def lab(*uses: WorkloadUse, site: dict[str, float] | None = None, **said: Any) -> Project:
    """The first sample's site with this work in a lab of its own."""
    sample = open_project(FIRST_SAMPLE).project
    place = sample.site._replace(**(site or {}))
    return sample._replace(workloads=uses, lab=Lab(**said), site=place, variants=sample.variants[:1])


def selection() -> Selection:
    """The build of the first sample: 64 cores, 256 GB, two cards of 48 GB."""
    return open_project(FIRST_SAMPLE).project.variants[0].selection


def weigh(project: Project, build: Selection | None = None, **roles: tuple[str, int] | str | None) -> VariantEvaluation:
    """Evaluate a build, the sample's where none is given, with other parts in some roles; None empties a role."""
    chosen = build or selection()
    for role, part in roles.items():
        chosen = chosen.without(role) if part is None else chosen.with_(**{role: part})
    variant = project.variants[0]._replace(selection=chosen)
    return engine().evaluate(project._replace(variants=(variant,))).variants[0]


def verdict(found: VariantEvaluation, rule: str) -> str:
    """What a rule says of a build: holds, broken, unknown."""
    return next(each.verdict for each in found.findings if each.rule.id == rule)


def stage(found: VariantEvaluation, row: int = 0) -> str:
    """The stage that sets the pace."""
    stages = engine().catalog.workloads[found.uses[row].workload].stages
    return stages[int(found.value("bottleneck_stage", row))].id


def limits(found: VariantEvaluation, row: int = 0) -> dict[str, tuple[str, ...]]:
    """What limits each stage, in words."""
    from steelyard.workstation.balance import resources_of

    stages = engine().catalog.workloads[found.uses[row].workload].stages
    cards = found.value("gpu_count", row)
    return {each.id: resources_of(found.value("stage_limits", row, at), cards) for at, each in enumerate(stages)}
