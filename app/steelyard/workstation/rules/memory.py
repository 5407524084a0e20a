"""Is there memory enough, on the host and on the cards, does it fit, and does it notice its own errors."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import among, matches, spare, when
from steelyard.units import Categories, Category, Count, Gigabyte, Megatransfer, Present, Ratio


@rule(
    "MEM-001",
    "The processor takes this kind of memory",
    BLOCK,
    source="jedec-ddr5",
    otherwise="The processor does not take this kind of memory",
    remedy="Choose a kit of a kind that the processor takes",
)
def memory_kind_margin(memory_module_kind: Category, cpu_memory_kinds: Categories) -> Category:
    """Registered and unbuffered modules speak to the controller in different ways and do not even fit the same key."""
    return among(memory_module_kind, cpu_memory_kinds)


@rule(
    "MEM-002",
    "The board takes this kind of memory",
    BLOCK,
    source="steelyard-fit",
    otherwise="The board does not take this kind of memory",
    remedy="Choose a kit of a kind that the board takes",
)
def board_memory_kind_margin(memory_module_kind: Category, board_memory_kinds: Categories) -> Category:
    """The board wires its slots for one kind of module."""
    return among(memory_module_kind, board_memory_kinds)


@rule(
    "MEM-003",
    "The board has a slot for every memory module",
    BLOCK,
    source="steelyard-fit",
    otherwise="The board has too few slots for the memory modules",
    remedy="{memory_modules_fitted} modules want {board_memory_slots} slots: choose fewer and larger modules",
)
def memory_slot_margin(board_memory_slots: Count, memory_modules_fitted: Count) -> Count:
    """One slot holds one module."""
    return spare(board_memory_slots, memory_modules_fitted)


@rule(
    "MEM-004",
    "The processor addresses all the memory",
    BLOCK,
    source="steelyard-fit",
    otherwise="The processor does not address all the memory",
    beyond=True,
    remedy="Choose at most {cpu_memory_limit}",
)
def processor_memory_limit_margin(cpu_memory_limit: Gigabyte, host_memory: Gigabyte) -> Gigabyte:
    """The controller has a limited number of address lines."""
    return spare(cpu_memory_limit, host_memory)


@rule(
    "MEM-005",
    "The board takes all the memory",
    BLOCK,
    source="steelyard-fit",
    otherwise="The board does not take all the memory",
    beyond=True,
    remedy="Choose at most {board_memory_limit}",
)
def board_memory_limit_margin(board_memory_limit: Gigabyte, host_memory: Gigabyte) -> Gigabyte:
    """Makers vouch for the sizes that they have tried."""
    return spare(board_memory_limit, host_memory)


@rule(
    "MEM-006",
    "Every memory channel has a module",
    WARN,
    source="jedec-ddr5",
    otherwise="Memory channels stay empty",
    remedy="Choose {channels_to_fill} modules of the same size, one for each channel",
)
def channel_margin(memory_modules_fitted: Count, channels_to_fill: Count) -> Count:
    """An empty channel takes its share of the bandwidth away from every core."""
    return spare(memory_modules_fitted, channels_to_fill)


@rule(
    "MEM-007",
    "The memory runs at the processor's full rate without a profile",
    NOTE,
    source="jedec-ddr5",
    otherwise="Without a profile the memory is slower than the processor allows",
    remedy="Choose modules with a standard rate of {cpu_memory_rate}",
)
def memory_rate_margin(
    memory_jedec_rate: Megatransfer, cpu_memory_rate: Megatransfer, cpu_count: Count
) -> Megatransfer:
    """A profile above the standard rate is an overclock, and registered modules often fall back to the standard."""
    return spare(memory_jedec_rate, when(cpu_count - 1, cpu_memory_rate, 0))


@rule(
    "MEM-008",
    "The processor corrects memory errors",
    WARN,
    source="schroeder-dram-errors",
    otherwise="The processor does not correct memory errors",
    remedy="Choose a processor with ECC",
)
def processor_ecc_margin(cpu_ecc: Present) -> Present:
    """Memory errors are common enough to meet in a run of days, and without correction nobody notices."""
    return cpu_ecc - 1


@rule(
    "MEM-009",
    "The board carries error correction through",
    WARN,
    source="schroeder-dram-errors",
    otherwise="The board does not carry error correction through",
    remedy="Choose a board whose maker confirms ECC",
)
def board_ecc_margin(board_ecc: Present) -> Present:
    """Boards may leave out the wires or the firmware that correction needs."""
    return board_ecc - 1


@rule(
    "MEM-010",
    "The memory modules store error correction",
    WARN,
    source="schroeder-dram-errors",
    otherwise="The memory modules store no error correction",
    remedy="Choose modules with ECC; the correction inside a DDR5 chip does not cover the way to the processor",
)
def module_ecc_margin(memory_ecc: Present) -> Present:
    """Correction needs additional bits on the module."""
    return memory_ecc - 1


@rule(
    "MEM-011",
    "The GPU corrects errors of its memory",
    NOTE,
    source="schroeder-dram-errors",
    otherwise="The GPU does not correct errors of its memory",
    remedy="Choose a professional card, and switch ECC on",
)
def gpu_ecc_margin(gpu_memory_ecc: Present, gpu_memory_ecc_preset: Present) -> Present:
    """Weights and images stay there for the whole run; what is off as delivered is seldom switched on."""
    return np.minimum(gpu_memory_ecc, gpu_memory_ecc_preset) - 1


@rule(
    "MEM-012",
    "The work fits the memory of a card",
    BLOCK,
    source="gpu-memory-anatomy",
    otherwise="The work does not fit the memory of a card",
    remedy="{gpu_memory_at_peak} are needed, a card has {gpu_memory}: a larger card, a smaller batch, work by turns",
)
def gpu_memory_margin(gpu_memory: Gigabyte, gpu_memory_at_peak: Gigabyte, gpu_count: Count) -> Gigabyte:
    """What does not fit ends the run with an error."""
    return spare(gpu_memory, gpu_memory_at_peak * np.minimum(gpu_count, 1))


@rule(
    "MEM-013",
    "A reserve of the card's memory stays free",
    WARN,
    source="gpu-memory-anatomy",
    otherwise="The work leaves too little of the card's memory free",
    remedy="Keep a reserve of {gpu_memory_reserve}: choose a larger card or a smaller batch",
)
def gpu_memory_reserve_margin(
    gpu_memory: Gigabyte, gpu_memory_reserve: Ratio, gpu_memory_at_peak: Gigabyte, gpu_count: Count
) -> Gigabyte:
    """Fragments, library workspaces and a larger case than the last one take what looked free."""
    return spare(gpu_memory * (1 - gpu_memory_reserve), gpu_memory_at_peak * np.minimum(gpu_count, 1))


@rule(
    "MEM-014",
    "The work fits the host memory",
    BLOCK,
    source="balance-beats-brute-force",
    otherwise="The work does not fit the host memory",
    remedy="{host_memory_at_peak} are needed, {host_memory} are fitted: add memory, or work by turns",
)
def host_memory_margin(host_memory: Gigabyte, host_memory_at_peak: Gigabyte, memory_count: Count) -> Gigabyte:
    """What does not fit is swapped to disk a thousand times slower, or stopped."""
    return spare(host_memory, host_memory_at_peak * np.minimum(memory_count, 1))


@rule(
    "MEM-018",
    "All workers that the cores carry fit the host memory",
    WARN,
    source="balance-beats-brute-force",
    otherwise="A worker on every core would not fit the host memory",
    remedy="Start fewer workers: {workers_fitting} fit, and the asked pace needs no more; or add memory",
)
def worker_memory_margin(
    host_memory: Gigabyte, host_memory_crowded: Gigabyte, host_memory_at_peak: Gigabyte, memory_count: Count
) -> Gigabyte:
    """Loaders that start a worker a core take more than the pace asks for; where that itself fails they say no more."""
    asked = np.minimum(host_memory_crowded, when(host_memory - host_memory_at_peak, host_memory_crowded, 0))
    return spare(host_memory, asked * np.minimum(memory_count, 1))


@rule(
    "MEM-015",
    "A reserve of the host memory stays free",
    WARN,
    source="balance-beats-brute-force",
    otherwise="The work leaves too little of the host memory free",
    remedy="Keep a reserve of {host_memory_reserve} for caches, the desktop and a colleague's job",
)
def host_memory_reserve_margin(
    host_memory: Gigabyte, host_memory_reserve: Ratio, host_memory_at_peak: Gigabyte, memory_count: Count
) -> Gigabyte:
    """The file cache lives in what is free, and it is what keeps the second epoch fast."""
    return spare(host_memory * (1 - host_memory_reserve), host_memory_at_peak * np.minimum(memory_count, 1))


@rule(
    "MEM-016",
    "The memory is of the generation of the socket",
    BLOCK,
    source="jedec-ddr5",
    otherwise="The memory is of another generation than the socket",
    remedy="Choose a kit of the generation that the processor takes",
)
def memory_generation_margin(
    memory_generation_number: Count, socket_memory_generation: Count, memory_count: Count, board_count: Count
) -> Category:
    """The notch of a module sits elsewhere in each generation, and so do its voltages."""
    return when(memory_count * board_count - 1, matches(memory_generation_number, socket_memory_generation), 0)


@rule(
    "MEM-017",
    "The architecture of the attention is known",
    NOTE,
    source="kv-cache",
    otherwise="The architecture of the attention is not known: its cache is an upper bound",
    remedy="State layers, key-value heads and their size, latent and window of the model; its configuration lists them",
)
def known_attention_margin(attention_layers: Count, attention_unknown: Present) -> Present:
    """With shared heads, a latent or windows the cache is a quarter of it, or less."""
    cached = np.minimum(attention_layers, 1)
    return spare(cached * (1 - attention_unknown), cached)
