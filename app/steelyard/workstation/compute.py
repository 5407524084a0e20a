"""How long one sample keeps each resource busy: cores, the engine of the network layers, drives, network.

The engine is the cards, or the processor when there is none: training without a card is slow, not refused.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    BytePerTransfer,
    Count,
    FlopPerSample,
    FlopPerSecond,
    Gigabyte,
    GigabytePerSample,
    GigabytePerSecond,
    GigaflopPerSecond,
    Gigahertz,
    MegabytePerSecond,
    Megatransfer,
    Operation,
    PerSample,
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


@quantity("Core clock held", source="steelyard-pipeline")
def core_clock(cpu_base_clock: Gigahertz, cpu_boost_clock: Gigahertz, boost_held_share: Ratio) -> Gigahertz:
    """With all cores at work the clock settles between base and boost."""
    return (1 - boost_held_share) * cpu_base_clock + boost_held_share * cpu_boost_clock


@quantity("Core speed, sustained", source="steelyard-pipeline")
def core_speed(core_clock: Gigahertz, reference_clock: Gigahertz, cpu_speed_kept: Ratio) -> Ratio:
    """Work per core goes with the clock that it holds when warm."""
    return cpu_speed_kept * core_clock / reference_clock


@quantity("Core speed, peak", source="steelyard-pipeline")
def core_speed_peak(cpu_boost_clock: Gigahertz, reference_clock: Gigahertz) -> Ratio:
    """What the boost clock on the box would give on every core."""
    return cpu_boost_clock / reference_clock


@quantity("Workers wanted by all stages", source="steelyard-pipeline")
def workers_wanted(stages: PerStage[Present], stage_workers: PerStage[Count]) -> Count:
    """The stages run at the same time."""
    return total_over(stages, stage_workers)


@quantity("Cores of the stage", source="steelyard-pipeline")
def stage_cores(stage_workers: PerStage[Count], cores_fed: Count, workers_wanted: Count) -> PerStage[Count]:
    """A worker fills a core; where there are too few cores each stage gets its share of them."""
    return stage_workers * np.minimum(1, cores_fed / np.maximum(workers_wanted, 1))


@quantity("Processor time of a sample", source="steelyard-pipeline")
def stage_core_time(
    cpu_demand: PerStage[SecondPerSample], stage_cores: PerStage[Count], worker_efficiency: Ratio, core_speed: Ratio
) -> PerStage[SecondPerSample]:
    """Workers prepare samples side by side, and each loses a little to the others."""
    return when(-cpu_demand, 0, cpu_demand / (stage_cores * worker_efficiency * core_speed))


@quantity("Processor time of a sample, peak", source="steelyard-pipeline")
def stage_core_time_peak(
    cpu_demand: PerStage[SecondPerSample],
    stage_cores: PerStage[Count],
    worker_efficiency: Ratio,
    core_speed_peak: Ratio,
) -> PerStage[SecondPerSample]:
    """As sustained, at the boost clock."""
    return when(-cpu_demand, 0, cpu_demand / (stage_cores * worker_efficiency * core_speed_peak))


# --- the engine: the cards, or the processor without one


@quantity("Processor vector rate", source="steelyard-pipeline")
def core_vector_rate(cpu_cores: Count, core_clock: Gigahertz, core_operations: Operation) -> FlopPerSecond:
    """Fused multiply-add on all vector lanes of all cores."""
    return convert(cpu_cores * core_clock * core_operations, GigaflopPerSecond, FlopPerSecond)


@quantity("Engine's bandwidth for layers", source="roofline")
def layer_bandwidth(
    gpu_count: Count,
    gpu_memory_bandwidth: GigabytePerSecond,
    gpu_layer_efficiency: Ratio,
    memory_bandwidth: GigabytePerSecond,
    cpu_layer_efficiency: Ratio,
) -> GigabytePerSecond:
    """What network layers reach of the memory's rate, caches included."""
    return when(gpu_count - 1, gpu_memory_bandwidth * gpu_layer_efficiency, memory_bandwidth * cpu_layer_efficiency)


@quantity("Engine's bandwidth for streams", source="roofline")
def stream_bandwidth(
    gpu_count: Count,
    gpu_memory_bandwidth: GigabytePerSecond,
    gpu_stream_efficiency: Ratio,
    memory_bandwidth: GigabytePerSecond,
) -> GigabytePerSecond:
    """Weights and caches are read once and in order: no cache helps, no access is wasted."""
    return when(gpu_count - 1, gpu_memory_bandwidth * gpu_stream_efficiency, memory_bandwidth)


@quantity("Engine's vector rate", source="roofline")
def vector_rate(
    gpu_count: Count,
    gpu_fp32_rate: FlopPerSecond,
    gpu_layer_efficiency: Ratio,
    core_vector_rate: FlopPerSecond,
    cpu_layer_efficiency: Ratio,
) -> FlopPerSecond:
    """Normalisation, activation and loss run on the vector units."""
    return when(gpu_count - 1, gpu_fp32_rate * gpu_layer_efficiency, core_vector_rate * cpu_layer_efficiency)


@quantity("Engine's matrix rate", source="roofline")
def matrix_rate(
    gpu_count: Count,
    gpu_tensor_rate: FlopPerSecond,
    gpu_matrix_efficiency: Ratio,
    core_vector_rate: FlopPerSecond,
    cpu_layer_efficiency: Ratio,
) -> FlopPerSecond:
    """Large dense products reach part of the matrix units' rate."""
    return when(gpu_count - 1, gpu_tensor_rate * gpu_matrix_efficiency, core_vector_rate * cpu_layer_efficiency)


@quantity("Time of a sample in layers", source="roofline")
def stage_layer_time(
    gpu_traffic_demand: PerStage[GigabytePerSample],
    gpu_vector_demand: PerStage[FlopPerSample],
    layer_bandwidth: GigabytePerSecond,
    vector_rate: FlopPerSecond,
) -> PerStage[SecondPerSample]:
    """Layers run one after another, some bound by memory, some by the vector units, so their times add."""
    return when(-gpu_traffic_demand, 0, gpu_traffic_demand / layer_bandwidth) + when(
        -gpu_vector_demand, 0, gpu_vector_demand / vector_rate
    )


@quantity("Time of a sample in streams", source="roofline")
def stage_stream_time(
    gpu_stream_demand: PerStage[GigabytePerSample],
    weight_reads_demand: PerStage[PerSample],
    model_weights: Gigabyte,
    stream_bandwidth: GigabytePerSecond,
) -> PerStage[SecondPerSample]:
    """Every token needs all weights once a batch, and the cache of its own context."""
    streamed = gpu_stream_demand + weight_reads_demand * model_weights
    return when(-streamed, 0, streamed / stream_bandwidth)


@quantity("Time of a sample in matrix work", source="roofline")
def stage_matrix_time(
    gpu_compute_demand: PerStage[FlopPerSample], matrix_rate: FlopPerSecond
) -> PerStage[SecondPerSample]:
    """Dense products take their operations over the rate."""
    return when(-gpu_compute_demand, 0, gpu_compute_demand / matrix_rate)


@quantity("Time of a sample on one card", source="roofline")
def stage_card_time(
    stage_matrix_time: PerStage[SecondPerSample],
    stage_layer_time: PerStage[SecondPerSample],
    stage_stream_time: PerStage[SecondPerSample],
) -> PerStage[SecondPerSample]:
    """Arithmetic and memory traffic overlap: the longer of the two decides."""
    return np.maximum(stage_matrix_time, stage_layer_time + stage_stream_time)


@quantity("Cards at work", source="steelyard-pipeline")
def cards_at_work(gpu_count: Count, card_spread: Ratio) -> Count:
    """Work that cannot be divided stays on one card; without a card the processor stands for one."""
    return 1 + card_spread * (np.maximum(gpu_count, 1) - 1)


@quantity("Speed-up over one card", source="data-parallel")
def card_speedup(cards_at_work: Count, card_exchange: Ratio, card_scaling: Ratio) -> Ratio:
    """Cards that exchange gradients wait for each other; cards with jobs of their own do not."""
    lost = when(-card_exchange, 0, card_exchange * (1 - card_scaling))
    return when(1 - cards_at_work, 1, 1 + (cards_at_work - 1) * (1 - lost))


@quantity("Engine time of a sample", source="steelyard-pipeline")
def stage_engine_time(
    stage_card_time: PerStage[SecondPerSample],
    card_speedup: Ratio,
    gpu_count: Count,
    gpu_speed_kept: Ratio,
    cpu_speed_kept: Ratio,
) -> PerStage[SecondPerSample]:
    """All cards together, at the speed that they keep when hot."""
    return stage_card_time / (card_speedup * when(gpu_count - 1, gpu_speed_kept, cpu_speed_kept))


@quantity("Engine time of a sample, peak", source="steelyard-pipeline")
def stage_engine_time_peak(
    stage_card_time: PerStage[SecondPerSample], card_speedup: Ratio
) -> PerStage[SecondPerSample]:
    """All cards together, as cold as in a short benchmark."""
    return stage_card_time / card_speedup


# --- drives and network


@quantity("Scratch time of a sample", source="steelyard-pipeline")
def stage_scratch_time(
    scratch_read_demand: PerStage[GigabytePerSample],
    scratch_write_demand: PerStage[GigabytePerSample],
    scratch_read_rate: GigabytePerSecond,
    scratch_write_rate: GigabytePerSecond,
) -> PerStage[SecondPerSample]:
    """A drive does one thing at a time."""
    return when(-scratch_read_demand, 0, scratch_read_demand / scratch_read_rate) + when(
        -scratch_write_demand, 0, scratch_write_demand / scratch_write_rate
    )


@quantity("Archive time of a sample", source="steelyard-pipeline")
def stage_archive_time(
    archive_read_demand: PerStage[GigabytePerSample], archive_read_rate: GigabytePerSecond
) -> PerStage[SecondPerSample]:
    """Bytes over rate."""
    return when(-archive_read_demand, 0, archive_read_demand / archive_read_rate)


@quantity("Network time of a sample", source="steelyard-pipeline")
def stage_network_time(
    network_demand: PerStage[GigabytePerSample], network_rate: GigabytePerSecond
) -> PerStage[SecondPerSample]:
    """Bytes over rate."""
    return when(-network_demand, 0, network_demand / network_rate)
