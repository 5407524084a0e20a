"""What heat and power are held against: cases with a tolerance, and the engine on one measured machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from accuracy.engine import engine
from steelyard.project.benchmarks import benchmark_project
from steelyard.project.content import Given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from steelyard.graph.evaluation import Evaluation

BURN = "bench/gpu-burn"


class Row(NamedTuple):
    """A measured number beside the predicted one; `tolerance` in the unit of both."""

    case: str
    measured: float
    predicted: float
    unit: str
    tolerance: float

    @property
    def error(self) -> float:
        """Predicted less measured."""
        return self.predicted - self.measured

    @property
    def met(self) -> bool:
        """Whether the prediction is as close as it must be."""
        return abs(self.error) <= self.tolerance


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
