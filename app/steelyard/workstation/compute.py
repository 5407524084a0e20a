"""How long one sample keeps cores, drives and network busy; the engine of the network layers is in `engine`."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    BytePerTransfer,
    Count,
    GigabytePerSample,
    GigabytePerSecond,
    Gigahertz,
    MegabytePerSecond,
    Megatransfer,
    PerSample,
    PerSecond,
    PerStage,
    Present,
    Ratio,
    SecondPerSample,
)

# --- the processor


@quantity("Memory channels in use", source="steelyard-pipeline")
def channels_used(
    cpu_memory_channels: Count, board_memory_channels: Count, memory_count: Count, memory_modules: Count
) -> Count:
    """A channel without a module moves nothing."""
    return np.minimum(np.minimum(cpu_memory_channels, board_memory_channels), memory_count * memory_modules)


@quantity("Memory transfer rate", source="steelyard-pipeline")
def memory_transfer_rate(
    memory_rate: Megatransfer,
    memory_jedec_rate: Megatransfer,
    cpu_memory_rate: Megatransfer,
    board_memory_rate: Megatransfer,
) -> Megatransfer:
    """The slowest of module, processor and board sets the rate; what a profile would add is not relied upon."""
    return np.minimum(np.minimum(memory_rate, memory_jedec_rate), np.minimum(cpu_memory_rate, board_memory_rate))


@quantity("Memory bandwidth reached", source="steelyard-pipeline")
def memory_bandwidth(
    channels_used: Count,
    memory_transfer_rate: Megatransfer,
    memory_channel_width: BytePerTransfer,
    memory_bandwidth_share: Ratio,
) -> GigabytePerSecond:
    """Row changes and refresh cost part of the bus rate."""
    bus = convert(channels_used * memory_transfer_rate * memory_channel_width, MegabytePerSecond, GigabytePerSecond)
    return when(-channels_used, 0, memory_bandwidth_share * bus)


@quantity("Cores that memory can feed", source="steelyard-pipeline")
def cores_fed(cpu_cores: Count, memory_bandwidth: GigabytePerSecond, core_traffic: GigabytePerSecond) -> Count:
    """Image work streams through memory; cores beyond its bandwidth wait."""
    return np.minimum(cpu_cores, memory_bandwidth / core_traffic)


@quantity("Clock of all cores at work", source="steelyard-pipeline")
def all_core_clock(cpu_base_clock: Gigahertz, cpu_boost_clock: Gigahertz, boost_held_share: Ratio) -> Gigahertz:
    """With all cores at work the clock settles between base and boost."""
    return (1 - boost_held_share) * cpu_base_clock + boost_held_share * cpu_boost_clock


@quantity("Cores at work", source="steelyard-pipeline")
def cores_at_work(workers_wanted: Count, cores_beside: Count, cores_fed: Count) -> Count:
    """Those of this work and of what runs beside it, as many as memory can feed."""
    return np.minimum(workers_wanted + cores_beside, cores_fed)


@quantity("Core clock held", source="steelyard-pipeline")
def core_clock(
    all_core_clock: Gigahertz, cpu_boost_clock: Gigahertz, cores_at_work: Count, cpu_cores: Count
) -> Gigahertz:
    """Idle cores leave their power to those that work: the clock falls from boost, most as the last come to work."""
    share = np.minimum(1, cores_at_work / np.maximum(cpu_cores, 1))
    return when(-share, cpu_boost_clock, cpu_boost_clock - share**2 * (cpu_boost_clock - all_core_clock))


@quantity("Core speed, sustained", source="imread-benchmark")
def core_speed(core_clock: Gigahertz, reference_clock: Gigahertz, core_work: Ratio, cpu_speed_kept: Ratio) -> Ratio:
    """A core does its design's work in a cycle, at the clock that it holds when warm."""
    return cpu_speed_kept * core_work * core_clock / reference_clock


@quantity("Core speed, peak", source="imread-benchmark")
def core_speed_peak(cpu_boost_clock: Gigahertz, reference_clock: Gigahertz, core_work: Ratio) -> Ratio:
    """What the boost clock on the box would give on every core."""
    return core_work * cpu_boost_clock / reference_clock


@quantity("Groups of workers", source="nnunet-795")
def worker_groups(cards_at_work: Count, card_processes: Ratio) -> Count:
    """A process for each card starts its own workers, however few cores there are for all of them."""
    return 1 + card_processes * (cards_at_work - 1)


@quantity("Processes of the stage", source="steelyard-pipeline")
def stage_processes(
    stage_workers: PerStage[Count], cpu_demand: PerStage[SecondPerSample], worker_groups: Count
) -> PerStage[Count]:
    """Work for which there are no workers is done by the main process."""
    return np.maximum(stage_workers * worker_groups, when(-cpu_demand, 0, 1))


@quantity("Workers wanted by all stages", source="steelyard-pipeline")
def workers_wanted(stages: PerStage[Present], stage_processes: PerStage[Count]) -> Count:
    """The stages run at the same time."""
    return total_over(stages, stage_processes)


@quantity("Cores of the stage", source="steelyard-pipeline")
def stage_cores(
    stage_processes: PerStage[Count], cores_fed: Count, cores_beside: Count, workers_wanted: Count
) -> PerStage[Count]:
    """A worker fills a core that other work leaves free; where they are too few each stage gets its share of them."""
    return stage_processes * np.minimum(1, np.maximum(cores_fed - cores_beside, 0) / np.maximum(workers_wanted, 1))


@quantity("Pace of workers kept on too few cores", source="context-switches")
def workers_kept(workers_wanted: Count, worker_groups: Count, cores_fed: Count, crowding_loss: Ratio) -> Ratio:
    """A group starts no more workers than there are cores; several groups push each other off them, caches cold."""
    cores = np.maximum(cores_fed, 1)
    crowd = worker_groups * np.minimum(workers_wanted / worker_groups, cores) / cores
    return 1 / (1 + crowding_loss * np.maximum(crowd - 1, 0))


@quantity("Efficiency of the stage's workers", source="imread-benchmark")
def stage_worker_efficiency(
    stage_workers: PerStage[Count], worker_efficiency: Ratio, workers_kept: Ratio
) -> PerStage[Ratio]:
    """A process alone loses nothing to others."""
    return when(stage_workers - 2, worker_efficiency, 1) * workers_kept


@quantity("Time to collect a sample", source="imread-benchmark")
def stage_collect_time(
    collect_demand: PerStage[SecondPerSample],
    stage_workers: PerStage[Count],
    core_speed: Ratio,
    core_collect_work: Ratio,
) -> PerStage[SecondPerSample]:
    """One process takes over what all workers prepare, so that more of them at last help no more."""
    collected = when(-collect_demand, 0, collect_demand / (core_speed * core_collect_work))
    return when(stage_workers - 1, collected, 0)


@quantity("Time to collect a sample, peak", source="imread-benchmark")
def stage_collect_time_peak(
    collect_demand: PerStage[SecondPerSample],
    stage_workers: PerStage[Count],
    core_speed_peak: Ratio,
    core_collect_work: Ratio,
) -> PerStage[SecondPerSample]:
    """As sustained, at the boost clock."""
    collected = when(-collect_demand, 0, collect_demand / (core_speed_peak * core_collect_work))
    return when(stage_workers - 1, collected, 0)


@quantity("Processor time of a sample", source="imread-benchmark")
def stage_core_time(
    cpu_demand: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    stage_worker_efficiency: PerStage[Ratio],
    core_speed: Ratio,
    stage_collect_time: PerStage[SecondPerSample],
    model_spread: Ratio,
) -> PerStage[SecondPerSample]:
    """Workers prepare samples side by side; as fast as the process that collects them, both wait a little."""
    prepared = when(-cpu_demand, 0, cpu_demand / (stage_cores * stage_worker_efficiency * core_speed))
    both = np.sqrt(np.sqrt((prepared**2) ** 2 + (stage_collect_time**2) ** 2))
    return model_spread * when(-stage_collect_time, prepared, both)


@quantity("Processor time of a sample, peak", source="imread-benchmark")
def stage_core_time_peak(
    cpu_demand: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    stage_worker_efficiency: PerStage[Ratio],
    core_speed_peak: Ratio,
    stage_collect_time_peak: PerStage[SecondPerSample],
    model_spread: Ratio,
) -> PerStage[SecondPerSample]:
    """As sustained, at the boost clock."""
    prepared = when(-cpu_demand, 0, cpu_demand / (stage_cores * stage_worker_efficiency * core_speed_peak))
    both = np.sqrt(np.sqrt((prepared**2) ** 2 + (stage_collect_time_peak**2) ** 2))
    return model_spread * when(-stage_collect_time_peak, prepared, both)


# --- drives and network


@quantity("Scratch time of a sample", source="steelyard-pipeline")
def stage_scratch_time(
    scratch_read_demand: PerStage[GigabytePerSample],
    scratch_write_demand: PerStage[GigabytePerSample],
    scratch_read_rate: GigabytePerSecond,
    scratch_write_rate: GigabytePerSecond,
    file_open_demand: PerStage[PerSample],
    open_rate: PerSecond,
    scratch_beside: Ratio,
    cache_hit: Ratio,
) -> PerStage[SecondPerSample]:
    """A drive does one thing at a time, other work may have part of its time, and what memory holds is not read."""
    read = when(-scratch_read_demand, 0, (1 - cache_hit) * scratch_read_demand / scratch_read_rate)
    opened = when(-file_open_demand, 0, (1 - cache_hit) * file_open_demand / open_rate)
    written = when(-scratch_write_demand, 0, scratch_write_demand / scratch_write_rate)
    alone = read + opened + written
    return when(-alone, 0, alone / (1 - scratch_beside))


@quantity("Archive time of a sample", source="steelyard-pipeline")
def stage_archive_time(
    archive_read_demand: PerStage[GigabytePerSample], archive_read_rate: GigabytePerSecond
) -> PerStage[SecondPerSample]:
    """Bytes over rate."""
    return when(-archive_read_demand, 0, archive_read_demand / archive_read_rate)


@quantity("Network time of a sample", source="steelyard-pipeline")
def stage_network_time(
    network_demand: PerStage[GigabytePerSample], network_rate: GigabytePerSecond, network_beside: Ratio
) -> PerStage[SecondPerSample]:
    """Bytes over the rate that other work leaves."""
    return when(-network_demand, 0, network_demand / (network_rate * (1 - network_beside)))
