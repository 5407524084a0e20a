"""How long one sample keeps the engine of the network layers busy, at which rates, and what further cards add.

The engine is the cards, or the processor when there is none: training without a card is slow, not refused. Layers run
one after another, some bound by arithmetic, some by memory, some by the power limit, so their times add. An efficiency
by kind of work and architecture stands for what caches, schedulers and libraries make of the peak rates.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import (
    Count,
    FlopPerSample,
    FlopPerSecond,
    Gigabyte,
    GigabytePerSample,
    GigabytePerSecond,
    GigaflopPerSecond,
    Gigahertz,
    JoulePerSample,
    Operation,
    PerSample,
    PerStage,
    Ratio,
    SecondPerSample,
    Watt,
)

# --- peak rates


@quantity("Processor vector rate", source="steelyard-pipeline")
def core_vector_rate(cpu_cores: Count, all_core_clock: Gigahertz, core_operations: Operation) -> FlopPerSecond:
    """Fused multiply-add on all vector lanes of all cores."""
    return convert(cpu_cores * all_core_clock * core_operations, GigaflopPerSecond, FlopPerSecond)


@quantity("Processor's rate for layers", source="roofline")
def core_layer_rate(core_vector_rate: FlopPerSecond, cpu_layer_efficiency: Ratio) -> FlopPerSecond:
    """All arithmetic of the layers runs on the same vector lanes, and reaches part of their rate."""
    return core_vector_rate * cpu_layer_efficiency


@quantity("GPU's 16-bit matrix rate", source="roofline")
def gpu_matrix_rate(gpu_tensor_rate: FlopPerSecond, gpu_fp32_rate: FlopPerSecond) -> FlopPerSecond:
    """A card without matrix units, or with slow ones, multiplies on its vector units."""
    return np.maximum(gpu_tensor_rate, gpu_fp32_rate)


@quantity("GPU's 8-bit matrix rate", source="roofline")
def gpu_tensor_rate_8(
    gpu_matrix_rate: FlopPerSecond,
    eight_bit_multiple: Ratio,
    gpu_fp32_rate: FlopPerSecond,
    whole_number_multiple: Ratio,
) -> FlopPerSecond:
    """Half as wide numbers go twice as fast; whole numbers at full rate also on cards that halve sums in FP32."""
    return np.maximum(gpu_matrix_rate * eight_bit_multiple, gpu_fp32_rate * whole_number_multiple)


@quantity("GPU's 32-bit matrix rate", source="roofline")
def gpu_matrix32_rate(
    gpu_tensor_rate: FlopPerSecond, tf32_multiple: Ratio, gpu_fp32_rate: FlopPerSecond
) -> FlopPerSecond:
    """TF32 on the matrix units where there is such a thing, else FP32 on the vector units."""
    return when(-tf32_multiple, gpu_fp32_rate, np.maximum(gpu_tensor_rate * tf32_multiple, gpu_fp32_rate))


# --- the engine's rates: the cards', or without one the processor's


@quantity("Engine's 16-bit matrix rate", source="roofline")
def matrix_rate(gpu_count: Count, gpu_matrix_rate: FlopPerSecond, core_layer_rate: FlopPerSecond) -> FlopPerSecond:
    """Dense layers in half precision."""
    return when(gpu_count - 1, gpu_matrix_rate, core_layer_rate)


@quantity("Engine's 8-bit matrix rate", source="roofline")
def matrix_rate_8(gpu_count: Count, gpu_tensor_rate_8: FlopPerSecond, core_layer_rate: FlopPerSecond) -> FlopPerSecond:
    """Dense layers in quarter precision."""
    return when(gpu_count - 1, gpu_tensor_rate_8, core_layer_rate)


@quantity("Engine's 32-bit matrix rate", source="roofline")
def matrix_rate_32(gpu_count: Count, gpu_matrix32_rate: FlopPerSecond, core_layer_rate: FlopPerSecond) -> FlopPerSecond:
    """Dense layers in single precision."""
    return when(gpu_count - 1, gpu_matrix32_rate, core_layer_rate)


@quantity("Engine's vector rate", source="roofline")
def vector_rate(gpu_count: Count, gpu_fp32_rate: FlopPerSecond, core_layer_rate: FlopPerSecond) -> FlopPerSecond:
    """Normalisation, activation and loss run on the vector units."""
    return when(gpu_count - 1, gpu_fp32_rate, core_layer_rate)


@quantity("Engine's bandwidth for layers", source="roofline")
def layer_bandwidth(
    gpu_count: Count,
    gpu_memory_bandwidth: GigabytePerSecond,
    memory_bandwidth: GigabytePerSecond,
    cpu_layer_efficiency: Ratio,
) -> GigabytePerSecond:
    """What layers move goes through the card's memory, or the host's."""
    return when(gpu_count - 1, gpu_memory_bandwidth, memory_bandwidth * cpu_layer_efficiency)


@quantity("Engine's bandwidth for streams", source="roofline")
def stream_bandwidth(
    gpu_count: Count, gpu_memory_bandwidth: GigabytePerSecond, memory_bandwidth: GigabytePerSecond
) -> GigabytePerSecond:
    """Weights and caches are read once and in order, which a processor does as fast as its memory goes."""
    return when(gpu_count - 1, gpu_memory_bandwidth, memory_bandwidth)


# --- one card


@quantity("Time of a sample in matrix work, at peak rates", source="roofline")
def stage_matrix_time(
    gpu_compute_demand: PerStage[FlopPerSample],
    gpu_compute8_demand: PerStage[FlopPerSample],
    gpu_compute32_demand: PerStage[FlopPerSample],
    matrix_rate: FlopPerSecond,
    matrix_rate_8: FlopPerSecond,
    matrix_rate_32: FlopPerSecond,
) -> PerStage[SecondPerSample]:
    """Dense products take their operations over the rate of their precision."""
    half = when(-gpu_compute_demand, 0, gpu_compute_demand / matrix_rate)
    quarter = when(-gpu_compute8_demand, 0, gpu_compute8_demand / matrix_rate_8)
    single = when(-gpu_compute32_demand, 0, gpu_compute32_demand / matrix_rate_32)
    return half + quarter + single


@quantity("Time of a sample in layers, at peak rates", source="roofline")
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


@quantity("Weight of what comes once a step", source="data-parallel")
def step_weight(step_memory: Gigabyte, gpu_count: Count, gpu_memory: Gigabyte, model_state_memory: Gigabyte) -> Ratio:
    """A batch that fills the card grows with its memory, and what comes once a step is shared by more samples."""
    free = np.maximum(gpu_memory - model_state_memory, 0)
    return when(gpu_count - 1, when(-step_memory, 1, step_memory / free), 1)


@quantity("Time of a sample in streams, at peak rates", source="roofline")
def stage_stream_time(
    gpu_stream_demand: PerStage[GigabytePerSample],
    weight_reads_demand: PerStage[PerSample],
    step_weight: Ratio,
    model_weights: Gigabyte,
    stream_bandwidth: GigabytePerSecond,
) -> PerStage[SecondPerSample]:
    """Every token needs all weights once a batch, and the cache of its own context."""
    streamed = gpu_stream_demand + weight_reads_demand * step_weight * model_weights
    return when(-streamed, 0, streamed / stream_bandwidth)


@quantity("Time of a sample at the power limit", source="roofline")
def stage_energy_time(
    gpu_energy_demand: PerStage[JoulePerSample], gpu_count: Count, gpu_board_power: Watt
) -> PerStage[SecondPerSample]:
    """Energy over the board power, for work that a card slows down to carry."""
    return when(gpu_count - 1, when(-gpu_energy_demand, 0, gpu_energy_demand / gpu_board_power), 0)


@quantity("Time of a sample on one card", source="roofline")
def stage_card_time(
    stage_matrix_time: PerStage[SecondPerSample],
    stage_layer_time: PerStage[SecondPerSample],
    stage_stream_time: PerStage[SecondPerSample],
    stage_energy_time: PerStage[SecondPerSample],
    gpu_launch_demand: PerStage[SecondPerSample],
    gpu_count: Count,
    kernel_efficiency: PerStage[Ratio],
    model_spread: Ratio,
) -> PerStage[SecondPerSample]:
    """The times at peak rates add up, this kind of work reaches its share of them, and launches take what they take."""
    work = stage_matrix_time + stage_layer_time + stage_stream_time + stage_energy_time
    reached = when(gpu_count - 1, when(-work, 0, work / kernel_efficiency), work)
    return model_spread * (reached + gpu_launch_demand)
