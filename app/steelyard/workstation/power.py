"""Where direct current goes: part by part, sustained under the workload and with everything at full load."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Array, Count, PerCard, Present, Ratio, Watt

# --- cards


@quantity("Cards", source="arithmetic")
def cards(gpu_count: Count, card_index: PerCard[Count]) -> PerCard[Present]:
    """The first positions are filled, counted from the card that meets the air first."""
    return when(gpu_count - 1 - card_index, 1, 0)


@quantity("Power allowed to a card", source="card-limits")
def gpu_power_allowed(gpu_board_power: Watt, power_limit_taken: Watt) -> Watt:
    """The driver holds a card at its board power, or at the lower limit that is set for it and that it takes."""
    return np.minimum(gpu_board_power, power_limit_taken)


@quantity("GPUs, sustained", source="energy-balance")
def gpus_power(cards: PerCard[Present], card_power: PerCard[Watt]) -> Watt:
    """Each card draws what its own place in the air stream lets it draw."""
    return total_over(cards, card_power)


@quantity("GPUs, full load", source="energy-balance")
def peak_gpus_power(gpu_count: Count, gpu_power_allowed: Watt) -> Watt:
    """A card holds what it is allowed on average over a second, however hard it is driven."""
    return gpu_count * gpu_power_allowed


@quantity("Display card, sustained", source="energy-balance")
def display_power(display_gpu_count: Count, display_gpu_board_power: Watt, display_power_share: Ratio) -> Watt:
    """A card that only draws the desktop is far from its board power."""
    return display_gpu_count * display_power_share * display_gpu_board_power


@quantity("Display card, full load", source="energy-balance")
def peak_display_power(display_gpu_count: Count, display_gpu_board_power: Watt) -> Watt:
    """A viewer of volumes can load the display card fully."""
    return display_gpu_count * display_gpu_board_power


# --- the platform around them


@quantity("CPU, full load", source="energy-balance")
def peak_cpu_power(cpu_count: Count, cpu_package_power: Watt) -> Watt:
    """Firmware holds the package at its limit."""
    return cpu_count * cpu_package_power


@quantity("CPU, at rest", source="cpu-power")
def idle_cpu_power(cpu_count: Count, cpu_idle_share: Ratio, cpu_package_power: Watt) -> Watt:
    """Links and memory controllers draw power however little the cores do."""
    return cpu_count * cpu_idle_share * cpu_package_power


@quantity("Memory, full load", source="energy-balance")
def peak_memory_power(memory_count: Count, memory_modules: Count, memory_module_power: Watt) -> Watt:
    """Refresh and full traffic on every module."""
    return memory_count * memory_modules * memory_module_power


@quantity("Memory, at rest", source="energy-balance")
def idle_memory_power(peak_memory_power: Watt, memory_idle_share: Ratio) -> Watt:
    """Refresh, registers and regulators of the modules never rest."""
    return memory_idle_share * peak_memory_power


@quantity("Memory", source="energy-balance")
def memory_power(idle_memory_power: Watt, peak_memory_power: Watt, cpu_busy: Ratio) -> Watt:
    """Traffic comes from the cores that work, and adds to what the modules draw at rest."""
    return idle_memory_power + cpu_busy * (peak_memory_power - idle_memory_power)


@quantity("Drives, full load", source="energy-balance")
def peak_drives_power(
    os_drive_count: Count,
    os_drive_active_power: Watt,
    scratch_drive_count: Count,
    scratch_drive_active_power: Watt,
    archive_drive_count: Count,
    archive_drive_active_power: Watt,
) -> Watt:
    """Every drive reads or writes as fast as it can."""
    return (
        os_drive_count * os_drive_active_power
        + scratch_drive_count * scratch_drive_active_power
        + archive_drive_count * archive_drive_active_power
    )


@quantity("Drives, at rest", source="energy-balance")
def idle_drives_power(
    os_drive_count: Count,
    os_drive_idle_power: Watt,
    scratch_drive_count: Count,
    scratch_drive_idle_power: Watt,
    archive_drive_count: Count,
    archive_drive_idle_power: Watt,
) -> Watt:
    """Disks turn and controllers wait."""
    return (
        os_drive_count * os_drive_idle_power
        + scratch_drive_count * scratch_drive_idle_power
        + archive_drive_count * archive_drive_idle_power
    )


@quantity("Drives", source="energy-balance")
def drives_power(
    idle_drives_power: Watt,
    os_drive_count: Count,
    os_drive_active_power: Watt,
    os_drive_idle_power: Watt,
    scratch_drive_count: Count,
    scratch_drive_active_power: Watt,
    scratch_drive_idle_power: Watt,
    archive_drive_count: Count,
    archive_drive_active_power: Watt,
    archive_drive_idle_power: Watt,
    scratch_busy: Ratio,
    background_busy: Ratio,
) -> Watt:
    """Scratch drives work as the pipeline asks of them, the others now and then."""
    scratch = scratch_drive_count * (scratch_drive_active_power - scratch_drive_idle_power)
    behind = os_drive_count * (os_drive_active_power - os_drive_idle_power)
    kept = archive_drive_count * (archive_drive_active_power - archive_drive_idle_power)
    return idle_drives_power + np.minimum(scratch_busy, 1) * scratch + background_busy * (behind + kept)


@quantity("Fans that blow through cards without fans", source="mlperf-power")
def ducted_fans_power(
    gpu_count: Count,
    gpu_needs_ducted_air: Present,
    case_rack: Present,
    gpus_power: Watt,
    ducted_fan_power: Watt,
    ducted_card_power: Watt,
) -> Watt:
    """Their chassis moves the air, in step with the heat; the power of a fan grows with the cube of its speed."""
    return gpu_needs_ducted_air * case_rack * _ducted(gpu_count, gpus_power, ducted_fan_power, ducted_card_power)


@quantity("Fans that blow through cards without fans, full load", source="mlperf-power")
def peak_ducted_fans_power(
    gpu_count: Count,
    gpu_needs_ducted_air: Present,
    case_rack: Present,
    peak_gpus_power: Watt,
    ducted_fan_power: Watt,
    ducted_card_power: Watt,
) -> Watt:
    """As sustained, with the cards at the power that they are allowed."""
    return gpu_needs_ducted_air * case_rack * _ducted(gpu_count, peak_gpus_power, ducted_fan_power, ducted_card_power)


def _ducted(count: Array, power: Array, fan: Array, card: Array) -> Array:
    """Fans of `fan` watts a card when each card gives off `card` watts."""
    return when(count - 1, count * fan * (power / (np.maximum(count, 1) * card)) ** 3, 0)


@quantity("Fans and pump", source="energy-balance")
def cooling_power(
    case_fans_power: Watt,
    cooler_count: Count,
    cooler_fans: Count,
    cooler_fan_power: Watt,
    cooler_pump_power: Watt,
    ducted_fans_power: Watt,
) -> Watt:
    """Fans of the case, those that it came with, and fans and pump of the CPU cooler."""
    cooler_power = cooler_count * (cooler_fans * cooler_fan_power + cooler_pump_power)
    return case_fans_power + cooler_power + ducted_fans_power


@quantity("Board and adapters", source="energy-balance")
def platform_power(board_count: Count, board_own_power: Watt, nic_count: Count, nic_power: Watt) -> Watt:
    """Chipset, voltage regulators, management and network run whenever the machine does."""
    return board_count * board_own_power + nic_count * nic_power


@quantity("Everything but cards and CPU", source="energy-balance")
def rest_power(memory_power: Watt, drives_power: Watt, cooling_power: Watt, platform_power: Watt) -> Watt:
    """What runs at much the same power whatever the work."""
    return memory_power + drives_power + cooling_power + platform_power


@quantity("Everything but cards and CPU, full load", source="energy-balance")
def peak_rest_power(
    rest_power: Watt,
    memory_power: Watt,
    peak_memory_power: Watt,
    drives_power: Watt,
    peak_drives_power: Watt,
    ducted_fans_power: Watt,
    peak_ducted_fans_power: Watt,
) -> Watt:
    """Beside what they draw under the workload, memory, drives and fans can draw more."""
    memory, drives = peak_memory_power - memory_power, peak_drives_power - drives_power
    return rest_power + memory + drives + (peak_ducted_fans_power - ducted_fans_power)


@quantity("Everything but cards and CPU, at rest", source="energy-balance")
def idle_rest_power(
    rest_power: Watt,
    memory_power: Watt,
    idle_memory_power: Watt,
    drives_power: Watt,
    idle_drives_power: Watt,
    ducted_fans_power: Watt,
) -> Watt:
    """Without work memory and drives fall to their rest, and little heat is left to blow away."""
    return rest_power - (memory_power - idle_memory_power) - (drives_power - idle_drives_power) - ducted_fans_power


# --- sums


@quantity("DC load, sustained", source="energy-balance")
def dc_load(gpus_power: Watt, cpu_power: Watt, display_power: Watt, rest_power: Watt) -> Watt:
    """All that the supply must deliver hour after hour under this workload."""
    return gpus_power + cpu_power + display_power + rest_power


@quantity("DC load, everything at full load", source="energy-balance")
def peak_dc_load(peak_gpus_power: Watt, peak_cpu_power: Watt, peak_display_power: Watt, peak_rest_power: Watt) -> Watt:
    """Nothing but the limits of cards and CPU stops them from being busy at the same time."""
    return peak_gpus_power + peak_cpu_power + peak_display_power + peak_rest_power


@quantity("DC load, at rest", source="energy-balance")
def idle_dc_load(
    gpu_count: Count, gpu_idle_power: Watt, idle_cpu_power: Watt, display_power: Watt, idle_rest_power: Watt
) -> Watt:
    """What is drawn between the jobs, with the machine on and a desktop on its screens."""
    return gpu_count * gpu_idle_power + idle_cpu_power + display_power + idle_rest_power
