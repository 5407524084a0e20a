"""Where direct current goes: part by part, sustained under the workload and with everything at full load."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Count, PerCard, Present, Ratio, Watt

# --- cards


@quantity("Cards", source="arithmetic")
def cards(gpu_count: Count, card_index: PerCard[Count]) -> PerCard[Present]:
    """The first positions are filled, counted from the card that meets the air first."""
    return when(gpu_count - 1 - card_index, 1, 0)


@quantity("Power allowed to a card", source="card-limits")
def gpu_power_allowed(gpu_board_power: Watt, power_limit: Watt) -> Watt:
    """The driver holds a card at its board power, or at the lower limit that is set for it."""
    return np.minimum(gpu_board_power, power_limit)


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


@quantity("Memory", source="energy-balance")
def memory_power(memory_count: Count, memory_modules: Count, memory_module_power: Watt) -> Watt:
    """Refresh and traffic warm every module."""
    return memory_count * memory_modules * memory_module_power


@quantity("Drives", source="energy-balance")
def drives_power(
    os_drive_count: Count,
    os_drive_active_power: Watt,
    scratch_drive_count: Count,
    scratch_drive_active_power: Watt,
    archive_drive_count: Count,
    archive_drive_active_power: Watt,
) -> Watt:
    """Drives are counted at their active power, for a pipeline keeps them awake."""
    return (
        os_drive_count * os_drive_active_power
        + scratch_drive_count * scratch_drive_active_power
        + archive_drive_count * archive_drive_active_power
    )


@quantity("Fans and pump", source="energy-balance")
def cooling_power(
    case_fans_power: Watt,
    cooler_count: Count,
    cooler_fans: Count,
    cooler_fan_power: Watt,
    cooler_pump_power: Watt,
) -> Watt:
    """Fans of the case, those that it came with, and fans and pump of the CPU cooler."""
    cooler_power = cooler_count * (cooler_fans * cooler_fan_power + cooler_pump_power)
    return case_fans_power + cooler_power


@quantity("Board and adapters", source="energy-balance")
def platform_power(board_count: Count, board_own_power: Watt, nic_count: Count, nic_power: Watt) -> Watt:
    """Chipset, voltage regulators, management and network run whenever the machine does."""
    return board_count * board_own_power + nic_count * nic_power


@quantity("Everything but cards and CPU", source="energy-balance")
def rest_power(memory_power: Watt, drives_power: Watt, cooling_power: Watt, platform_power: Watt) -> Watt:
    """What runs at much the same power whatever the work."""
    return memory_power + drives_power + cooling_power + platform_power


# --- sums


@quantity("DC load, sustained", source="energy-balance")
def dc_load(gpus_power: Watt, cpu_power: Watt, display_power: Watt, rest_power: Watt) -> Watt:
    """All that the supply must deliver hour after hour under this workload."""
    return gpus_power + cpu_power + display_power + rest_power


@quantity("DC load, everything at full load", source="energy-balance")
def peak_dc_load(peak_gpus_power: Watt, peak_cpu_power: Watt, peak_display_power: Watt, rest_power: Watt) -> Watt:
    """Nothing but the limits of cards and CPU stops them from being busy at the same time."""
    return peak_gpus_power + peak_cpu_power + peak_display_power + rest_power
