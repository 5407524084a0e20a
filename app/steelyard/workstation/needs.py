"""What the work needs, whatever the build has: the least, what is advised, and what will do when the work has grown.

The least carries what is asked for today, together with what runs at the same time. What is advised leaves a reserve:
above `busy_limit` waits grow, and full memory stops a run. What is ample still does at the end of the life.
"""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import (
    Count,
    GigabitPerSecond,
    Gigabyte,
    Gigahertz,
    Minute,
    PerStage,
    Present,
    Ratio,
    SamplePerSecond,
    SecondPerSample,
)

# --- memory of a card


@quantity("Memory that the work holds on one card", source="steelyard-pipeline")
def card_memory_held(
    model_weights: Gigabyte,
    adapters_memory: Gigabyte,
    gradients_whole: Gigabyte,
    optimiser_whole: Gigabyte,
    activations_whole: Gigabyte,
    caches_whole: Gigabyte,
) -> Gigabyte:
    """The whole model on one card: splitting it over several is an answer to this number and not part of it."""
    state = model_weights + adapters_memory + gradients_whole + optimiser_whole
    return state + activations_whole + caches_whole


@quantity("GPU memory asked for, one card", source="gpu-memory-anatomy")
def card_memory_asked(
    card_memory_held: Gigabyte,
    memory_fragmentation: Ratio,
    framework_memory: Gigabyte,
    card_exchange: Ratio,
    weights_split: Ratio,
    link_buffer_memory: Gigabyte,
    stated_card_memory: Gigabyte,
) -> Gigabyte:
    """Gaps, framework and buffers for other cards come on top, and never less than the software's maker states."""
    buffers = np.minimum(card_exchange + weights_split, 1) * link_buffer_memory
    used = (1 + memory_fragmentation) * card_memory_held + framework_memory + buffers
    return np.maximum(when(-card_memory_held, 0, used), stated_card_memory)


@quantity("Room of the cards that hold one copy", source="steelyard-pipeline")
def copy_room(gpu_memory: Gigabyte, gpu_count: Count, parts_least: Count) -> Gigabyte:
    """All cards that share one copy of the model; one of them where there are too few to share it."""
    return gpu_memory * when(gpu_count - parts_least, parts_least, 1)


@quantity("GPU memory of one card, at the least", source="balance-beats-brute-force")
def card_memory_least(card_memory_asked: Gigabyte, card_memory_asked_beside: Gigabyte) -> Gigabyte:
    """Work at the same time shares the card."""
    return card_memory_asked + card_memory_asked_beside


@quantity("GPU memory of one card, advised", source="gpu-memory-anatomy")
def card_memory_advised(card_memory_least: Gigabyte, gpu_memory_reserve: Ratio) -> Gigabyte:
    """Fragments and a larger case than the last one take what looked free."""
    return card_memory_least / (1 - gpu_memory_reserve)


@quantity("GPU memory of one card, ample", source="steelyard-pipeline")
def card_memory_ample(card_memory_advised: Gigabyte, gpu_memory_reserve: Ratio) -> Gigabyte:
    """More data do not make a model larger, so that growth and life do not count: the same reserve once more does."""
    return card_memory_advised / (1 - gpu_memory_reserve)


# --- cores


@quantity("Cores that stand in for cards", source="roofline")
def cores_for_cards(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    asked_rate: SamplePerSecond,
    overlap_kept: Ratio,
    cores_there: Count,
    gpu_count: Count,
    cpu_count: Count,
    memory_count: Count,
) -> Count:
    """In a whole machine without a card all cores work on the layers, part of their time; none in half a machine."""
    alone = total_over(stages, stage_card_time)
    taken = when(-alone, 0, asked_rate * alone / overlap_kept * cores_there)
    return when(gpu_count - 1, 0, when(cpu_count * memory_count - 1, taken, 0))


@quantity("Cores asked for", source="steelyard-pipeline")
def cores_asked(cores_needed: Count, cores_for_cards: Count, stated_cores: Count) -> Count:
    """Cores of the reference design that keep the asked pace, and never fewer than the software's maker states."""
    return np.maximum(cores_needed + cores_for_cards, stated_cores)


@quantity("Cores, at the least", source="balance-beats-brute-force")
def cores_least(cores_asked: Count, cores_asked_beside: Count, system_cores: Count) -> Count:
    """Preparing data, work at the same time, and the system that directs it all."""
    return cores_asked + cores_asked_beside + system_cores


@quantity("Cores, advised", source="queueing")
def cores_advised(cores_least: Count, busy_limit: Ratio) -> Count:
    """Cores that are busy all the time let the cards wait."""
    return cores_least / busy_limit


@quantity("Cores, ample", source="steelyard-pipeline")
def cores_ample(cores_advised: Count, growth_over_life: Ratio) -> Count:
    """The work of the last year of the life."""
    return cores_advised * growth_over_life


@quantity("Cores of the build, as reference cores", source="imread-benchmark")
def cores_there(
    cores_fed: Count, cpu_cores: Count, all_core_clock: Gigahertz, core_speed_peak: Ratio, cpu_boost_clock: Gigahertz
) -> Count:
    """As many as memory can feed, each as fast as its design and the clock that it holds while all of them work."""
    share = cores_fed / np.maximum(cpu_cores, 1)
    clock = cpu_boost_clock - share**2 * (cpu_boost_clock - all_core_clock)
    held = cores_fed * core_speed_peak * clock / cpu_boost_clock
    return when(-cores_fed, 0, when(0 - 1 / cpu_cores, cores_fed * core_speed_peak, held))


# --- memory of the host


@quantity("Workers that the asked pace keeps busy", source="steelyard-pipeline")
def stage_workers_asked(
    cpu_demand: PerStage[SecondPerSample], asked_rate: SamplePerSecond, worker_efficiency: Ratio
) -> PerStage[Count]:
    """Whole processes; where one training has fewer there are several of them."""
    return np.ceil(asked_rate * cpu_demand / worker_efficiency)


@quantity("Cache of files read again", source="steelyard-pipeline")
def page_cache_memory(page_cache_share: Ratio, dataset_size: Gigabyte, page_cache_limit: Gigabyte) -> Gigabyte:
    """Part of the data, and no more than helps."""
    return np.minimum(page_cache_share * dataset_size, page_cache_limit)


@quantity("Host memory that stands in for cards", source="zero-memory")
def memory_for_cards(card_memory_held: Gigabyte, gpu_count: Count, cpu_count: Count, memory_count: Count) -> Gigabyte:
    """Where the processor does the work of cards, the model and what a step holds lie in host memory."""
    return when(gpu_count - 1, 0, when(cpu_count * memory_count - 1, card_memory_held, 0))


@quantity("Memory of the workers that the asked pace keeps busy", source="steelyard-pipeline")
def workers_memory_asked(
    stages: PerStage[Present], stage_workers_asked: PerStage[Count], stage_memory_demand: PerStage[Gigabyte]
) -> Gigabyte:
    """Every worker holds the samples that it prepares and those that wait for collection."""
    return total_over(stages, stage_workers_asked * stage_memory_demand)


@quantity("Host memory asked for", source="steelyard-pipeline")
def memory_asked(
    workers_memory_asked: Gigabyte,
    working_set_memory: Gigabyte,
    page_cache_memory: Gigabyte,
    memory_for_cards: Gigabyte,
    stated_memory: Gigabyte,
) -> Gigabyte:
    """Workers, data held in memory, a cache of files read again, the model where no card holds it; a maker's least."""
    held = workers_memory_asked + working_set_memory + page_cache_memory
    return np.maximum(held + memory_for_cards, stated_memory)


@quantity("Host memory, at the least", source="balance-beats-brute-force")
def memory_least(memory_asked: Gigabyte, memory_asked_beside: Gigabyte, system_memory: Gigabyte) -> Gigabyte:
    """Work at the same time adds up, and the system is there once for all."""
    return memory_asked + memory_asked_beside + system_memory


@quantity("Host memory, advised", source="balance-beats-brute-force")
def memory_advised(memory_least: Gigabyte, host_memory_reserve: Ratio) -> Gigabyte:
    """The cache of files lives in what is free, and a colleague's job too."""
    return memory_least / (1 - host_memory_reserve)


@quantity("Host memory, ample", source="steelyard-pipeline")
def memory_ample(memory_advised: Gigabyte, growth_over_life: Ratio) -> Gigabyte:
    """More cases in memory, more workers, in the last year of the life."""
    return memory_advised * growth_over_life


# --- integrity: 1 where error correction is asked for


@quantity("Error correction, at the least", source="balance-beats-brute-force")
def protection_least(regulated: Present) -> Present:
    """In regulated research data integrity is not optional."""
    return 1 * regulated


@quantity("Error correction, advised", source="balance-beats-brute-force")
def protection_advised(
    protection_least: Present, run_is_long: Present, memory_least: Gigabyte, large_memory: Gigabyte
) -> Present:
    """Long runs and large data sets in memory meet silent errors that short ones seldom see."""
    return np.maximum(protection_least, np.maximum(run_is_long, when(memory_least - large_memory, 1, 0)))


@quantity("Error correction, ample", source="balance-beats-brute-force")
def protection_ample(protection_advised: Present, memory_ample: Gigabyte, large_memory: Gigabyte) -> Present:
    """What is grown may be large when what is asked for today is not."""
    return np.maximum(protection_advised, when(memory_ample - large_memory, 1, 0))


# --- video


@quantity("Video streams decoded, at the least", source="steelyard-pipeline")
def streams_least(video_streams: Count, streams_asked_beside: Count) -> Count:
    """Work at the same time shares the decoders."""
    return video_streams + streams_asked_beside


@quantity("Video streams decoded, advised", source="queueing")
def streams_advised(streams_least: Count, busy_limit: Ratio) -> Count:
    """A decoder that is late drops pictures."""
    return streams_least / busy_limit


@quantity("Video streams decoded, ample", source="steelyard-pipeline")
def streams_ample(streams_advised: Count, growth_over_life: Ratio) -> Count:
    """More rooms, more cameras."""
    return streams_advised * growth_over_life


# --- the line


@quantity("Network line, at the least", source="steelyard-pipeline")
def line_least(network_needed: GigabitPerSecond, line_asked_beside: GigabitPerSecond) -> GigabitPerSecond:
    """Work at the same time shares the line."""
    return network_needed + line_asked_beside


@quantity("Network line, advised", source="queueing")
def line_advised(line_least: GigabitPerSecond, busy_limit: Ratio) -> GigabitPerSecond:
    """On a line that is busy all the time studies queue."""
    return line_least / busy_limit


@quantity("Network line, ample", source="steelyard-pipeline")
def line_ample(line_advised: GigabitPerSecond, growth_over_life: Ratio) -> GigabitPerSecond:
    """More studies, in the last year of the life."""
    return line_advised * growth_over_life


# --- how far the pace is missed


@quantity("Speed-up needed", source="steelyard-pipeline")
def speedup_needed(asked_rate: SamplePerSecond, throughput: SamplePerSecond) -> Count:
    """Above one the work does not finish in its window."""
    return when(-asked_rate, 0, asked_rate / throughput)


# --- a power cut


@quantity("Bridged by a UPS, at the least", source="steelyard-estimate")
def bridged_least(run_is_long: Present, shutdown_time: Minute) -> Minute:
    """Long enough to save the state of a long run and to shut down."""
    return run_is_long * shutdown_time


@quantity("Bridged by a UPS, advised", source="steelyard-estimate")
def bridged_advised(bridged_least: Minute, battery_kept: Ratio) -> Minute:
    """A battery is replaced when it has lost a fifth of what it held."""
    return bridged_least / battery_kept


@quantity("Bridged by a UPS, ample", source="steelyard-estimate")
def bridged_ample(bridged_advised: Minute, run_is_long: Present, outage_bridged: Minute) -> Minute:
    """Most cuts are over before a run has to stop at all."""
    return np.maximum(bridged_advised, run_is_long * outage_bridged)
