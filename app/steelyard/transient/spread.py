"""How uncertain a run is: the same run for draws of all that is uncertain, and the range that most of them keep to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from steelyard.graph.draws import DRAWS, HIGH_SHARE, LOW_SHARE
from steelyard.transient.build import build_of
from steelyard.transient.load import CONSTANT
from steelyard.transient.reading import Row
from steelyard.transient.run import run_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.transient.load import Phase
    from steelyard.transient.run import Run

__all__ = ["FEW_DRAWS", "with_range"]

_COARSER: Final = 4
"""Times the interval: what a draw errs by that is far less than what draws differ by."""

FEW_DRAWS: Final = 32
"""Of the draws of the steady state: enough for the 10th and the 90th percentile of a band that is drawn."""


def with_range(
    run: Run, found: VariantEvaluation, row: int = 0, *, phases: Sequence[Phase] = CONSTANT, draws: int = FEW_DRAWS
) -> Run:
    """Return the run with the 10th and 90th percentile of its temperatures and of its `speed` at every time."""
    _, drawn = found.engine.run(found.project, [found.variant], found.uses, ranges=True, given=found.given)
    runs = []
    for draw in range(0, DRAWS, DRAWS // draws):
        each = Row.of(drawn, row * DRAWS + draw)
        if not np.isfinite(each.at("mains_power") + each.at("case_rise")) or np.isnan(each.at("throughput")):
            continue
        same = [phase if phase.work is None else phase._replace(work=phase.work * DRAWS + draw) for phase in phases]
        runs.append(run_of(each, build_of(each), run.times, _COARSER * run.interval, same))
    names = [name for name in run.temperatures if all(name in each.temperatures for each in runs)]
    lows, highs = {}, {}
    for name in (*names, "speed", "throughput"):
        own = run.temperatures[name] if name in run.temperatures else getattr(run.outcome, name)
        many = np.array(
            [each.temperatures[name] if name in run.temperatures else getattr(each.outcome, name) for each in runs]
            or [own]
        )
        low, high = np.quantile(many, [LOW_SHARE, HIGH_SHARE], axis=0)
        lows[name], highs[name] = np.minimum(low, own), np.maximum(high, own)
    return run._replace(lows=lows, highs=highs)
