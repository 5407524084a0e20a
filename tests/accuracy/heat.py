"""The engine on one measured machine: cards of a kind under gpu-burn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accuracy.engine import engine
from steelyard.project.benchmarks import benchmark_project
from steelyard.project.content import Given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.graph.evaluation import Evaluation

BURN = "bench/gpu-burn"


def burnt(
    part: str,
    want: Sequence[str],
    settings: Mapping[str, float] | None = None,
    given: Mapping[str, float] | None = None,
    count: int = 1,
) -> Evaluation:
    """Return what the engine says of cards of this part under gpu-burn; `settings` as `predict --set` takes them.

    given: quantities that the measurement states instead, or that the kind of work decides.
    """
    said = {name: f"{number!r}" for name, number in (settings or {}).items()}
    project = benchmark_project(engine().catalog, BURN, said, part, count)
    variant = project.variants[0]
    more = {name: Given(number, "as it was measured") for name, number in (given or {}).items()}
    variant = variant._replace(given={**variant.given, **more})
    _, evaluation = engine().run(project, [variant], project.workloads, tuple(want))
    return evaluation
