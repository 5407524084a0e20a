"""The rate of a ring against a discrete-event simulation: 200 random pipelines, within three percent each."""

from __future__ import annotations

import numpy as np
import pytest

from .rings import SURE, Run, both_ways, random_ring, simulated

PIPELINES = 200
CHECKED = 40
SERVICES = 4_000
WITHIN = 0.03
SPREADS = (1.0, 0.3)


def test_that_the_simulation_is_that_of_simpy_to_the_bit() -> None:
    """On the same random services each round ends at the same time, after the same services, as SimPy has it."""
    random = np.random.default_rng(20261122)
    for number in range(CHECKED):
        ring = random_ring(random)
        ours, theirs = both_ways(ring, SPREADS[number % len(SPREADS)], 40 * ring.items, random)
        assert ours == theirs, f"{ring}"


def test_that_the_model_agrees_with_a_simulation_of_200_pipelines(capsys: pytest.CaptureFixture[str]) -> None:
    random = np.random.default_rng(20261121)
    runs: dict[float, list[Run]] = {spread: [] for spread in SPREADS}
    for number in range(PIPELINES):
        ring, spread = random_ring(random), SPREADS[number % len(SPREADS)]
        runs[spread].append(simulated(ring, spread, SERVICES // len(ring.servers), random))
    with capsys.disabled():
        for spread, found in runs.items():
            errors = np.abs([run.drawn.modelled(spread) / run.rate - 1 for run in found])
            print(  # noqa: T201 - the figures are what is asked for
                f"\nclosed networks, spread {spread:g}: {len(found)} pipelines, median {np.median(errors):.2%}, "
                f"worst {errors.max():.2%}; 95 % intervals up to ±{max(run.unsure for run in found):.2%}",
                end="",
            )
    for spread, found in runs.items():
        for run in found:
            assert run.unsure < SURE, f"simulated too briefly: {run}"
            assert run.drawn.modelled(spread) == pytest.approx(run.rate, rel=WITHIN), f"{run}"
