"""What work takes from other work that runs at the same time, at the pace that is asked of it; and both at the peak."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import (
    Count,
    GigabitPerSecond,
    Gigabyte,
    GigabytePerSecond,
    PerStage,
    Present,
    Ratio,
    SamplePerSecond,
    SecondPerSample,
)

# --- what this work takes


@quantity("Host memory taken from other work", source="steelyard-pipeline")
def memory_taken(host_memory_needed: Gigabyte, system_memory: Gigabyte) -> Gigabyte:
    """All that it needs at the asked pace but the system, which is there once for all."""
    return np.maximum(host_memory_needed - system_memory, 0)


@quantity("Cores of the build taken at the asked pace", source="steelyard-pipeline")
def cores_taken(
    stages: PerStage[Present],
    cpu_demand: PerStage[SecondPerSample],
    stage_worker_efficiency: PerStage[Ratio],
    core_speed_peak: Ratio,
    asked_rate: SamplePerSecond,
    workers_wanted: Count,
    cpu_cores: Count,
) -> Count:
    """Cores that are busy while the pace is kept, as many as there are workers and cores."""
    worked = when(-cpu_demand, 0, cpu_demand / (stage_worker_efficiency * core_speed_peak))
    busy = when(-asked_rate, 0, asked_rate * total_over(stages, worked))
    return np.minimum(busy, np.minimum(workers_wanted, cpu_cores))


@quantity("Share of the cards' time at the asked pace", source="steelyard-pipeline")
def engine_taken(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    stage_exchange_time: PerStage[SecondPerSample],
    cards_at_work: Count,
    asked_rate: SamplePerSecond,
) -> Ratio:
    """The rest is free for other work; what cannot keep its pace takes all."""
    alone = total_over(stages, stage_card_time + stage_exchange_time) / cards_at_work
    return when(-asked_rate, 0, np.minimum(1, asked_rate * alone))


@quantity("Share of the scratch drives' time at the asked pace", source="steelyard-pipeline")
def scratch_taken(
    scratch_read_needed: GigabytePerSecond,
    scratch_read_rate: GigabytePerSecond,
    scratch_write_needed: GigabytePerSecond,
    scratch_write_rate: GigabytePerSecond,
) -> Ratio:
    """A drive does one thing at a time."""
    read = when(-scratch_read_needed, 0, scratch_read_needed / scratch_read_rate)
    return np.minimum(1, read + when(-scratch_write_needed, 0, scratch_write_needed / scratch_write_rate))


@quantity("Share of the line's time at the asked pace", source="steelyard-pipeline")
def network_taken(network_needed: GigabitPerSecond, network_link: GigabitPerSecond) -> Ratio:
    """What is asked over what the line carries."""
    return np.minimum(1, when(-network_needed, 0, network_needed / network_link))


# --- all that runs at the same time


@quantity("Host memory needed at the peak", source="balance-beats-brute-force")
def host_memory_at_peak(host_memory_needed: Gigabyte, memory_beside: Gigabyte) -> Gigabyte:
    """Work at the same time adds up; work by turns does not."""
    return host_memory_needed + memory_beside


@quantity("GPU memory needed at the peak, a card", source="balance-beats-brute-force")
def gpu_memory_at_peak(gpu_memory_needed: Gigabyte, gpu_memory_beside: Gigabyte) -> Gigabyte:
    """Work at the same time adds up on the cards that it shares; work by turns does not."""
    return gpu_memory_needed + gpu_memory_beside
