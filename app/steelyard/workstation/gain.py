"""What the cards gain over the processor alone on the same work, beside the gain that is reported elsewhere."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import (
    Count,
    FlopPerSample,
    FlopPerSecond,
    Gigabyte,
    GigabytePerSample,
    GigabytePerSecond,
    PerSample,
    PerStage,
    Present,
    Ratio,
    SecondPerSample,
)


@quantity("Time of a sample's layers on the processor alone", source="roofline")
def stage_processor_time(
    gpu_compute_demand: PerStage[FlopPerSample],
    gpu_compute8_demand: PerStage[FlopPerSample],
    gpu_compute32_demand: PerStage[FlopPerSample],
    gpu_vector_demand: PerStage[FlopPerSample],
    gpu_traffic_demand: PerStage[GigabytePerSample],
    gpu_stream_demand: PerStage[GigabytePerSample],
    weight_reads_demand: PerStage[PerSample],
    gpu_launch_demand: PerStage[SecondPerSample],
    model_weights: Gigabyte,
    core_layer_rate: FlopPerSecond,
    memory_bandwidth: GigabytePerSecond,
    cpu_layer_efficiency: Ratio,
    model_spread: Ratio,
) -> PerStage[SecondPerSample]:
    """All arithmetic on the vector lanes of the cores, and everything that layers move through the host's memory."""
    sums = gpu_compute_demand + gpu_compute8_demand + gpu_compute32_demand + gpu_vector_demand
    moved = gpu_traffic_demand / cpu_layer_efficiency + gpu_stream_demand + weight_reads_demand * model_weights
    arithmetic = when(-sums, 0, sums / core_layer_rate)
    return model_spread * (arithmetic + when(-moved, 0, moved / memory_bandwidth) + gpu_launch_demand)


@quantity("Gain of the cards over the processor", source="roofline")
def card_gain(
    stages: PerStage[Present],
    gpu_count: Count,
    stage_processor_time: PerStage[SecondPerSample],
    engine_time: SecondPerSample,
    cpu_speed_kept: Ratio,
) -> Ratio:
    """How many times as long the layers take without a card; one where there is none, or nothing for it to do."""
    alone = total_over(stages, stage_processor_time) / cpu_speed_kept
    return when(gpu_count - 1, when(-engine_time, 1, alone / engine_time), 1)


@quantity("Gain of the cards over the reported one", source="gpus-over-cpus")
def gain_over_reported(card_gain: Ratio, reported_gain: Ratio) -> Ratio:
    """Above one it is more than is reported of imaging, mostly with older cards against few cores."""
    return card_gain / reported_gain
