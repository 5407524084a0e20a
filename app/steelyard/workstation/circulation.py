"""What goes round in a pipeline: items in flight between stages, and the throughput that they reach together.

Stages with bounded prefetch are a closed queueing network: a loader fetches the next item only when one has been used
up. The workers of a stage are a pool with one queue; the engine, drives and network are single stations that all
stages share.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.networks import closed_rate
from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Count, PerStage, Present, Ratio, SamplePerSecond, SecondPerSample


@quantity("Items in flight", source="pytorch-data-loading")
def items_in_flight(
    stages: PerStage[Present], stage_cores: PerStage[Count], parallel_runs: Count, items_ahead: Count, prefetch: Count
) -> Count:
    """Each worker prepares a few items ahead, each card works on one; without workers the items ahead are read."""
    usual = items_ahead * np.maximum(total_over(stages, stage_cores), parallel_runs) + parallel_runs
    return when(-prefetch, usual, prefetch)


@quantity("Archive time of a sample, all stages", source="steelyard-pipeline")
def archive_time(stages: PerStage[Present], stage_archive_time: PerStage[SecondPerSample]) -> SecondPerSample:
    """Stages share the archive drives."""
    return total_over(stages, stage_archive_time)


@quantity("Engine time of a sample that is handed over", source="nnunet-v1-epochs")
def fed_engine_time(engine_time: SecondPerSample, overlap_kept: Ratio) -> SecondPerSample:
    """Copies to the card and the main process take part of its pace, on slow cards as on fast ones."""
    return engine_time / overlap_kept


@quantity("Time of a sample alone in the pipeline", source="closed-queueing-networks")
def sample_latency(
    stages: PerStage[Present],
    stage_core_time: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    fed_engine_time: SecondPerSample,
    scratch_time: SecondPerSample,
    archive_time: SecondPerSample,
    network_time: SecondPerSample,
) -> SecondPerSample:
    """Where nothing else is in flight nothing waits: one worker, then the engine, the drives and the line."""
    worked = when(-stage_core_time, 0, stage_core_time * np.maximum(stage_cores, 1))
    return total_over(stages, worked) + fed_engine_time + scratch_time + archive_time + network_time


@quantity("Throughput, upper bound", source="bounds-of-queueing-networks")
def throughput_ceiling(
    items_in_flight: Count, sample_latency: SecondPerSample, pace: SecondPerSample, fed_engine_time: SecondPerSample
) -> SamplePerSecond:
    """Nobody waits, or the slowest never does: no pipeline is faster."""
    return np.minimum(items_in_flight / sample_latency, 1 / np.maximum(pace, fed_engine_time))


@quantity("Throughput, lower bound", source="bounds-of-queueing-networks")
def throughput_floor(
    items_in_flight: Count, sample_latency: SecondPerSample, pace: SecondPerSample, fed_engine_time: SecondPerSample
) -> SamplePerSecond:
    """As if all other items in flight were always queued at the slowest: balanced jobs, irregular service."""
    queued = (items_in_flight - 1) * np.maximum(pace, fed_engine_time)
    return items_in_flight / (sample_latency + queued)


@quantity("Throughput, sustained", source="closed-queueing-networks")
def throughput(
    stages: PerStage[Present],
    stage_core_time: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    items_in_flight: Count,
    service_spread: Ratio,
    fed_engine_time: SecondPerSample,
    scratch_time: SecondPerSample,
    archive_time: SecondPerSample,
    network_time: SecondPerSample,
) -> SamplePerSecond:
    """Items go round between workers, engine, drives and line; where times differ from item to item, some wait."""
    return closed_rate(
        stages,
        stage_core_time,
        stage_cores,
        items_in_flight,
        service_spread,
        fed_engine_time,
        scratch_time,
        archive_time,
        network_time,
    )


@quantity("Throughput, peak", source="closed-queueing-networks")
def throughput_peak(
    stages: PerStage[Present],
    stage_core_time_peak: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    items_in_flight: Count,
    service_spread: Ratio,
    stage_engine_time_peak: PerStage[SecondPerSample],
    overlap_kept: Ratio,
    scratch_time: SecondPerSample,
    archive_time: SecondPerSample,
    network_time: SecondPerSample,
) -> SamplePerSecond:
    """What a short benchmark on a cold machine would show."""
    return closed_rate(
        stages,
        stage_core_time_peak,
        stage_cores,
        items_in_flight,
        service_spread,
        total_over(stages, stage_engine_time_peak) / overlap_kept,
        scratch_time,
        archive_time,
        network_time,
    )
