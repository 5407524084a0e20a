"""What fits where: modules, cards and lanes counted, before any rule compares them with the room there is."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import greatest_over, nth_of, placed, total_over, when
from steelyard.units import (
    Count,
    FlopPerSample,
    Gigabyte,
    Hour,
    Millimetre,
    PerCard,
    PerSlot,
    PerStage,
    Present,
)

# --- memory


@quantity("Memory modules fitted", source="jedec-ddr5")
def memory_modules_fitted(memory_count: Count, memory_modules: Count) -> Count:
    """A kit is a set of equal modules."""
    return memory_count * memory_modules


@quantity("Host memory", source="jedec-ddr5")
def host_memory(memory_modules_fitted: Count, memory_module_capacity: Gigabyte) -> Gigabyte:
    """All modules serve one address space."""
    return memory_modules_fitted * memory_module_capacity


@quantity("Memory channels to fill", source="jedec-ddr5")
def channels_to_fill(
    cpu_count: Count, board_count: Count, memory_count: Count, cpu_memory_channels: Count, board_memory_channels: Count
) -> Count:
    """A channel counts only where the processor drives it and the board wires it."""
    return when(cpu_count * board_count * memory_count - 1, np.minimum(cpu_memory_channels, board_memory_channels), 0)


@quantity("Error correction through the chain", source="schroeder-dram-errors")
def error_correction(cpu_ecc: Present, board_ecc: Present, memory_ecc: Present) -> Present:
    """Errors are corrected only where processor, board and modules all take part."""
    return np.minimum(np.minimum(cpu_ecc, board_ecc), memory_ecc)


# --- cards in slots


@quantity("Slots that hold a card", source="pcie-cem")
def card_slots(
    board_slots: PerSlot[Present],
    board_slot_position: PerSlot[Count],
    board_slot_lanes: PerSlot[Count],
    gpu_pcie_lanes: Count,
    gpu_thickness: Count,
    case_expansion_slots: Count,
    gpu_count: Count,
) -> PerSlot[Present]:
    """Cards stand as far apart as fits, in slots with all their lanes while there are enough of those."""
    wide = when(board_slots - 1, when(board_slot_lanes - gpu_pcie_lanes, 1, 0), 0)
    best = placed(wide, board_slot_position, gpu_thickness, case_expansion_slots, gpu_count)
    anywhere = placed(board_slots, board_slot_position, gpu_thickness, case_expansion_slots, gpu_count)
    return when(total_over(board_slots, best) - gpu_count, best, anywhere)


@quantity("Cards that find a slot", source="pcie-cem")
def cards_seated(board_slots: PerSlot[Present], card_slots: PerSlot[Present]) -> Count:
    """Each card that is placed takes one slot."""
    return total_over(board_slots, card_slots)


@quantity("Lanes of a card's link", source="pcie-cem")
def card_link_lanes(
    board_count: Count,
    cards_seated: Count,
    card_slots: PerSlot[Present],
    board_slot_lanes: PerSlot[Count],
    card_index: PerCard[Count],
    gpu_pcie_lanes: Count,
) -> PerCard[Count]:
    """A link is as wide as the narrower of slot and card; a card without a slot has none."""
    linked = np.minimum(nth_of(card_slots, board_slot_lanes, card_index), gpu_pcie_lanes)
    return when(board_count - 1, when(cards_seated - 1 - card_index, linked, 0), gpu_pcie_lanes)


@quantity("Generation of a card's link", source="pcie-cem")
def card_link_generation(
    board_count: Count,
    cards_seated: Count,
    card_slots: PerSlot[Present],
    board_slot_generation: PerSlot[Count],
    card_index: PerCard[Count],
    gpu_pcie_generation: Count,
) -> PerCard[Count]:
    """A link runs at the older generation of slot and card; a card without a slot has none."""
    linked = np.minimum(nth_of(card_slots, board_slot_generation, card_index), gpu_pcie_generation)
    return when(board_count - 1, when(cards_seated - 1 - card_index, linked, 0), gpu_pcie_generation)


@quantity("Places used by tightly packed cards", source="pcie-cem")
def card_places_end(
    cards_seated: Count,
    gpu_count: Count,
    cards: PerCard[Present],
    board_slots: PerSlot[Present],
    board_slot_position: PerSlot[Count],
    gpu_thickness: Count,
    case_expansion_slots: Count,
    card_index: PerCard[Count],
) -> Count:
    """What must stand beside the cards gets the most room when they are packed from the top."""
    all_slots = total_over(board_slots, board_slots)
    tight = placed(board_slots, board_slot_position, gpu_thickness, case_expansion_slots, all_slots)
    ends = nth_of(tight, board_slot_position, card_index) + np.ceil(gpu_thickness)
    return when(cards_seated - gpu_count, np.maximum(greatest_over(cards, ends), 0), 0)


@quantity("Slots left beside the cards", source="pcie-cem")
def slots_left(
    board_slots: PerSlot[Present],
    board_slot_position: PerSlot[Count],
    card_places_end: Count,
    cards_seated: Count,
    gpu_count: Count,
) -> Count:
    """A slot under the last card stays usable; where the cards themselves do not fit, nothing is left."""
    free = total_over(board_slots, when(board_slot_position - card_places_end, 1, 0))
    return when(cards_seated - gpu_count, free, 0)


@quantity("Slots wanted by other cards", source="pcie-cem")
def other_card_slots(nic_count: Count, display_gpu_count: Count, display_gpu_thickness: Count) -> Count:
    """A network adapter covers one place, a display card as many as it is thick."""
    return nic_count + display_gpu_count * np.ceil(display_gpu_thickness)


# --- lanes of the processor


@quantity("NVMe drives on processor lanes", source="nvme-2")
def processor_drives(m2_drives: Count, u2_drives: Count, board_m2_chipset_sockets: Count) -> Count:
    """Drives go into the chipset's sockets first, which leave the processor's lanes alone."""
    return np.maximum(m2_drives - board_m2_chipset_sockets, 0) + u2_drives


@quantity("Processor lanes at full width", source="pcie-cem")
def lanes_wanted(
    cards: PerCard[Present],
    card_link_lanes: PerCard[Count],
    other_lanes: Count,
) -> Count:
    """Cards, drives and adapters that hang on the processor share its lanes."""
    return total_over(cards, card_link_lanes) + other_lanes


@quantity("Processor lanes at least width", source="pcie-cem")
def lanes_wanted_at_least(
    cards: PerCard[Present],
    card_link_lanes: PerCard[Count],
    least_card_lanes: Count,
    other_lanes: Count,
) -> Count:
    """A card works on fewer lanes than it has, down to a width that still feeds it."""
    return total_over(cards, np.minimum(card_link_lanes, least_card_lanes)) + other_lanes


@quantity("Processor lanes beside the cards", source="pcie-cem")
def other_lanes(
    processor_drives: Count,
    drive_lanes: Count,
    nic_count: Count,
    nic_pcie_lanes: Count,
    display_gpu_count: Count,
    display_gpu_pcie_lanes: Count,
    least_card_lanes: Count,
) -> Count:
    """A display card needs no more than the least width of a card."""
    display_lanes = display_gpu_count * np.minimum(display_gpu_pcie_lanes, least_card_lanes)
    return processor_drives * drive_lanes + nic_count * nic_pcie_lanes + display_lanes


# --- case


@quantity("Length of the longest card", source="pcie-cem")
def longest_card(gpu_length: Millimetre, display_gpu_length: Millimetre) -> Millimetre:
    """All cards stand in the same room of the case."""
    return np.maximum(gpu_length, display_gpu_length)


@quantity("Height of an air cooler", source="steelyard-fit")
def air_cooler_height(cooler_radiator_length: Millimetre, cooler_height: Millimetre) -> Millimetre:
    """Without a radiator a cooler stands on the board with all its height; the block of a liquid cooler is low."""
    return when(-cooler_radiator_length, cooler_height, 0)


@quantity("Fans on the radiator", source="steelyard-fit")
def radiator_fans(cooler_radiator_length: Millimetre, cooler_fans: Count) -> Count:
    """The fans of a radiator take places of the case, those of an air cooler do not."""
    return when(-cooler_radiator_length, 0, cooler_fans)


# --- what the work asks of the machine


@quantity("The run is long", source="balance-beats-brute-force")
def run_is_long(run_length: Hour, long_run: Hour) -> Present:
    """What runs overnight and longer meets rare errors and mains failures."""
    return when(run_length - long_run, 1, 0)


@quantity("Error correction is advised", source="balance-beats-brute-force")
def error_correction_advised(run_is_long: Present, host_memory: Gigabyte, large_memory: Gigabyte) -> Present:
    """The more memory and the longer the run, the likelier a flipped bit goes into the result."""
    return np.maximum(run_is_long, when(host_memory - large_memory, 1, 0))


@quantity("The work wants a GPU", source="balance-beats-brute-force")
def gpu_wanted(stages: PerStage[Present], gpu_compute_demand: PerStage[FlopPerSample]) -> Present:
    """A stage with a demand on the GPU is written for one."""
    return when(-total_over(stages, gpu_compute_demand), 0, 1)
