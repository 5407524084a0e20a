"""By what work on the cards is bound: arithmetic, memory, the power limit, or the fixed time of its launches."""

from __future__ import annotations

from typing import Final

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import when
from steelyard.units import (
    Categories,
    Count,
    FlopPerSample,
    FlopPerSecond,
    GigabytePerSample,
    GigabytePerSecond,
    PerStage,
    Ratio,
    SecondPerSample,
)

BOUNDS: Final = ("compute-bound", "bandwidth-bound", "power-bound", "launch-bound")
"""What bounds a stage, by its code in `stage_bound`."""


def bound_words(bound: float) -> str:
    """Return the words for a value of `stage_bound`; empty where nothing runs on the engine, or nobody can tell."""
    codes = int(bound) if bound == bound and abs(bound) != float("inf") else 0  # noqa: PLR0124 - NaN is not itself
    return " and ".join(word for code, word in enumerate(BOUNDS) if codes >> code & 1)


@quantity("Time of a sample in arithmetic, at peak rates", source="roofline")
def stage_arithmetic_time(
    stage_matrix_time: PerStage[SecondPerSample],
    gpu_vector_demand: PerStage[FlopPerSample],
    vector_rate: FlopPerSecond,
) -> PerStage[SecondPerSample]:
    """What the matrix and the vector units work."""
    return stage_matrix_time + when(-gpu_vector_demand, 0, gpu_vector_demand / vector_rate)


@quantity("Time of a sample in memory traffic, at peak rates", source="roofline")
def stage_traffic_time(
    gpu_traffic_demand: PerStage[GigabytePerSample],
    layer_bandwidth: GigabytePerSecond,
    stage_stream_time: PerStage[SecondPerSample],
) -> PerStage[SecondPerSample]:
    """What layers move between them, and what is read once and in order."""
    return stage_stream_time + when(-gpu_traffic_demand, 0, gpu_traffic_demand / layer_bandwidth)


@quantity("Time of a sample in launches, as of peak rates", source="roofline")
def stage_launch_time(
    gpu_launch_demand: PerStage[SecondPerSample], gpu_count: Count, kernel_efficiency: PerStage[Ratio]
) -> PerStage[SecondPerSample]:
    """Launches take their time at any efficiency: among times at peak rates they count for less."""
    return when(gpu_count - 1, gpu_launch_demand * kernel_efficiency, gpu_launch_demand)


@quantity("What bounds the stage on its engine", source="roofline")
def stage_bound(
    stage_arithmetic_time: PerStage[SecondPerSample],
    stage_traffic_time: PerStage[SecondPerSample],
    stage_energy_time: PerStage[SecondPerSample],
    stage_launch_time: PerStage[SecondPerSample],
) -> PerStage[Categories]:
    """The greatest of the times that add up, as a set of codes; more than one when they tie."""
    worked = np.maximum(stage_arithmetic_time, stage_traffic_time)
    longest = np.maximum(worked, np.maximum(stage_energy_time, stage_launch_time))
    compute = when(1 / longest - 1 / stage_arithmetic_time, 1, 0)
    bandwidth = when(1 / longest - 1 / stage_traffic_time, 2, 0)
    power = when(1 / longest - 1 / stage_energy_time, 2**2, 0)
    launch = when(1 / longest - 1 / stage_launch_time, 2**3, 0)
    return when(-longest, 0, compute + bandwidth + power + launch)
