"""Balance: what each stage can carry, which one sets the pace, and what the others wait for."""

from __future__ import annotations

from typing import Final

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, greatest_over, index_of_least, total_over, when
from steelyard.units import (
    Categories,
    Count,
    Hour,
    Millisecond,
    Money,
    MoneyPerYear,
    PerStage,
    Present,
    Ratio,
    Sample,
    SamplePerSecond,
    Second,
    SecondPerSample,
    Year,
)

RESOURCES: Final = ("processor", "GPU", "scratch drives", "archive drives", "network")
"""What can limit a stage, by its code in `stage_limits`; without a card its work falls to the processor."""


def resources_of(limits: float, gpus: float = 1.0) -> tuple[str, ...]:
    """Return the words for a value of `stage_limits` on a machine with so many cards; empty when nothing limits."""
    codes = int(limits) if limits == limits and abs(limits) != float("inf") else 0  # noqa: PLR0124 - NaN is not itself
    words = [word for code, word in enumerate(RESOURCES) if codes >> code & 1]
    return tuple(dict.fromkeys(RESOURCES[0] if word == "GPU" and gpus < 1 else word for word in words))


# --- each stage by itself


@quantity("Time of a sample in the stage", source="steelyard-pipeline")
def stage_time(
    stage_core_time: PerStage[SecondPerSample],
    stage_engine_time: PerStage[SecondPerSample],
    stage_scratch_time: PerStage[SecondPerSample],
    stage_archive_time: PerStage[SecondPerSample],
    stage_network_time: PerStage[SecondPerSample],
) -> PerStage[SecondPerSample]:
    """A stage works on several samples at once, so its slowest resource sets its pace."""
    drives = np.maximum(stage_scratch_time, stage_archive_time)
    return np.maximum(np.maximum(stage_core_time, stage_engine_time), np.maximum(drives, stage_network_time))


@quantity("Time of a sample in the stage, peak", source="steelyard-pipeline")
def stage_time_peak(
    stage_core_time_peak: PerStage[SecondPerSample],
    stage_engine_time_peak: PerStage[SecondPerSample],
    stage_scratch_time: PerStage[SecondPerSample],
    stage_archive_time: PerStage[SecondPerSample],
    stage_network_time: PerStage[SecondPerSample],
) -> PerStage[SecondPerSample]:
    """As sustained, with boost clocks and cold cards."""
    drives = np.maximum(stage_scratch_time, stage_archive_time)
    return np.maximum(np.maximum(stage_core_time_peak, stage_engine_time_peak), np.maximum(drives, stage_network_time))


@quantity("Capacity of the stage, sustained", source="steelyard-pipeline")
def stage_capacity(stage_time: PerStage[SecondPerSample]) -> PerStage[SamplePerSecond]:
    """What the stage would carry if it never waited for the others."""
    return 1 / stage_time


@quantity("Capacity of the stage, peak", source="steelyard-pipeline")
def stage_capacity_peak(stage_time_peak: PerStage[SecondPerSample]) -> PerStage[SamplePerSecond]:
    """What the stage would carry with boost clocks and cold cards."""
    return 1 / stage_time_peak


@quantity("Capacity over asked", source="steelyard-pipeline")
def stage_multiple(stage_capacity: PerStage[SamplePerSecond], asked_rate: SamplePerSecond) -> PerStage[Ratio]:
    """Below one the stage cannot keep up with what is asked."""
    return 1 / when(-asked_rate, 0, asked_rate / stage_capacity)


@quantity("What limits the stage", source="steelyard-pipeline")
def stage_limits(
    stage_time: PerStage[SecondPerSample],
    stage_core_time: PerStage[SecondPerSample],
    stage_engine_time: PerStage[SecondPerSample],
    stage_scratch_time: PerStage[SecondPerSample],
    stage_archive_time: PerStage[SecondPerSample],
    stage_network_time: PerStage[SecondPerSample],
) -> PerStage[Categories]:
    """The resources that a sample keeps busy longest, as a set of codes; more than one when they tie."""
    cores = when(1 / stage_time - 1 / stage_core_time, 1, 0)
    engine = when(1 / stage_time - 1 / stage_engine_time, 2, 0)
    scratch = when(1 / stage_time - 1 / stage_scratch_time, 2**2, 0)
    archive = when(1 / stage_time - 1 / stage_archive_time, 2**3, 0)
    network = when(1 / stage_time - 1 / stage_network_time, 2**4, 0)
    return when(-stage_time, 0, cores + engine + scratch + archive + network)


@quantity("Bottleneck stage", source="steelyard-pipeline")
def bottleneck_stage(stages: PerStage[Present], stage_capacity: PerStage[SamplePerSecond]) -> Count:
    """The stage with the least capacity sets the pace of all."""
    return index_of_least(stages, stage_capacity)


# --- the pipeline


@quantity("Engine time of a sample, all stages", source="steelyard-pipeline")
def engine_time(stages: PerStage[Present], stage_engine_time: PerStage[SecondPerSample]) -> SecondPerSample:
    """Stages that run network layers share the cards."""
    return total_over(stages, stage_engine_time)


@quantity("Scratch time of a sample, all stages", source="steelyard-pipeline")
def scratch_time(stages: PerStage[Present], stage_scratch_time: PerStage[SecondPerSample]) -> SecondPerSample:
    """Stages share the scratch drives."""
    return total_over(stages, stage_scratch_time)


@quantity("Network time of a sample, all stages", source="steelyard-pipeline")
def network_time(stages: PerStage[Present], stage_network_time: PerStage[SecondPerSample]) -> SecondPerSample:
    """Stages share the line."""
    return total_over(stages, stage_network_time)


@quantity("Time between samples", source="steelyard-pipeline")
def pace(
    stages: PerStage[Present],
    stage_time: PerStage[SecondPerSample],
    engine_time: SecondPerSample,
    scratch_time: SecondPerSample,
    archive_time: SecondPerSample,
    network_time: SecondPerSample,
) -> SecondPerSample:
    """The slowest stage sets it, or a resource that several stages share."""
    shared = np.maximum(np.maximum(engine_time, archive_time), np.maximum(scratch_time, network_time))
    return np.maximum(greatest_over(stages, stage_time), shared)


@quantity("Time between samples, peak", source="steelyard-pipeline")
def pace_peak(
    stages: PerStage[Present],
    stage_time_peak: PerStage[SecondPerSample],
    stage_engine_time_peak: PerStage[SecondPerSample],
    scratch_time: SecondPerSample,
    archive_time: SecondPerSample,
    network_time: SecondPerSample,
) -> SecondPerSample:
    """As sustained, with boost clocks and cold cards."""
    drives = np.maximum(archive_time, np.maximum(scratch_time, network_time))
    shared = np.maximum(total_over(stages, stage_engine_time_peak), drives)
    return np.maximum(greatest_over(stages, stage_time_peak), shared)


@quantity("Throughput over asked", source="steelyard-pipeline")
def throughput_multiple(throughput: SamplePerSecond, asked_rate: SamplePerSecond) -> Ratio:
    """Below one the work does not finish in time."""
    return 1 / when(-asked_rate, 0, asked_rate / throughput)


@quantity("Time for the job", source="steelyard-pipeline")
def job_time(job_samples: Sample, throughput: SamplePerSecond) -> Hour:
    """All samples at the sustained pace; without end for a service."""
    return convert(job_samples / throughput, Second, Hour)


@quantity("Time for the job, peak", source="steelyard-pipeline")
def job_time_peak(job_samples: Sample, throughput_peak: SamplePerSecond) -> Hour:
    """All samples at the pace of a short benchmark on a cold machine."""
    return convert(job_samples / throughput_peak, Second, Hour)


@quantity("Jobs side by side", source="data-parallel")
def parallel_runs(cards_at_work: Count, card_exchange: Ratio) -> Count:
    """Cards that exchange nothing train a model, or a fold, each."""
    return 1 + (cards_at_work - 1) * (1 - card_exchange)


@quantity("Time of an epoch", source="steelyard-pipeline")
def epoch_time(epoch_samples: Sample, parallel_runs: Count, throughput: SamplePerSecond) -> Second:
    """Each of the jobs side by side has its share of the throughput."""
    return epoch_samples * parallel_runs / throughput


@quantity("Time of an epoch, peak", source="steelyard-pipeline")
def epoch_time_peak(epoch_samples: Sample, parallel_runs: Count, throughput_peak: SamplePerSecond) -> Second:
    """As sustained, at the pace of a short benchmark on a cold machine."""
    return epoch_samples * parallel_runs / throughput_peak


@quantity("Time of a step", source="steelyard-pipeline")
def step_time(step_samples: Sample, parallel_runs: Count, throughput: SamplePerSecond) -> Millisecond:
    """Each of the jobs side by side has its share of the throughput."""
    return convert(step_samples * parallel_runs / throughput, Second, Millisecond)


@quantity("Reference cores needed", source="steelyard-pipeline")
def cores_needed(
    stages: PerStage[Present],
    cpu_demand: PerStage[SecondPerSample],
    asked_rate: SamplePerSecond,
    worker_efficiency: Ratio,
) -> Count:
    """Cores at the reference clock that keep the asked pace in all stages together."""
    return asked_rate * total_over(stages, cpu_demand) / worker_efficiency


# --- who works and who waits


@quantity("GPU busy", source="steelyard-pipeline")
def gpu_busy(
    gpu_count: Count, engine_time: SecondPerSample, throughput: SamplePerSecond, cards_at_work: Count
) -> Ratio:
    """Share of the time in which the cards work, over all cards."""
    share = throughput * engine_time * cards_at_work / gpu_count
    return when(gpu_count - 1, when(-engine_time, 0, when(-throughput, 0, share)), 0)


@quantity("GPU idle", source="steelyard-pipeline")
def gpu_idle_share(gpu_count: Count, gpu_busy: Ratio) -> Ratio:
    """Share of the time that the cards were paid for and not used."""
    return when(gpu_count - 1, 1 - gpu_busy, 0)


@quantity("GPU time lost to handing over", source="nnunet-v1-epochs")
def gpu_overlap_share(gpu_busy: Ratio, overlap_kept: Ratio) -> Ratio:
    """The cards wait a little between samples even when no stage is slower."""
    return gpu_busy * (1 / overlap_kept - 1)


@quantity("GPU time lost to slower stages", source="steelyard-pipeline")
def gpu_wait_share(gpu_idle_share: Ratio, gpu_overlap_share: Ratio) -> Ratio:
    """The rest of the idle time: the cards wait for the bottleneck."""
    return np.maximum(gpu_idle_share - gpu_overlap_share, 0)


@quantity("Processor busy", source="steelyard-pipeline")
def cpu_busy(
    stages: PerStage[Present],
    stage_core_time: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    cpu_cores: Count,
    gpu_count: Count,
    engine_time: SecondPerSample,
    throughput: SamplePerSecond,
) -> Ratio:
    """Share of all core time in which workers, and without a card the network layers, run."""
    core_seconds = total_over(stages, when(-stage_cores, 0, stage_core_time * stage_cores))
    layers = when(gpu_count - 1, 0, engine_time)
    share = when(-throughput, 0, np.minimum(1, throughput * (core_seconds / cpu_cores + layers)))
    return when(-core_seconds - layers, 0, when(cpu_cores - 1, share, 0))


@quantity("Scratch drives busy", source="steelyard-pipeline")
def scratch_busy(scratch_time: SecondPerSample, throughput: SamplePerSecond) -> Ratio:
    """Share of the time in which the drives read or write."""
    return when(-scratch_time, 0, when(-throughput, 0, throughput * scratch_time))


@quantity("Network busy", source="steelyard-pipeline")
def network_busy(network_time: SecondPerSample, throughput: SamplePerSecond) -> Ratio:
    """Share of the time in which the line carries data."""
    return when(-network_time, 0, when(-throughput, 0, throughput * network_time))


@quantity("Cost of idle GPUs", source="steelyard-pipeline")
def gpu_idle_cost(gpu_idle_share: Ratio, gpu_count: Count, gpu_price: Money, life: Year) -> MoneyPerYear:
    """The idle share of what the cards cost, spread over their life."""
    return gpu_idle_share * gpu_count * gpu_price / life
