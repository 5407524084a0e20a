"""Temperatures of what has no cooler of its own: memory, drives, voltage regulators, and the supply's air."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import when
from steelyard.units import Celsius, Count, Kelvin, KelvinPerWatt, Present, Ratio, Watt

# --- memory


@quantity("Power of a memory module", source="ddr5-module-power")
def module_power(memory_count: Count, memory_modules: Count, memory_power: Watt) -> Watt:
    """All modules of the build work alike."""
    return memory_power / np.maximum(memory_count * memory_modules, 1)


@quantity("Memory module to air", source="memory-temperatures")
def module_resistance(
    memory_count: Count,
    memory_modules: Count,
    lone_module_resistance: KelvinPerWatt,
    neighbour_resistance: KelvinPerWatt,
    most_neighbours: Count,
    memory_fans: Present,
    memory_fan_gain: Ratio,
) -> KelvinPerWatt:
    """The modules of a bank stand in each other's air; a fan over them takes most of that away."""
    neighbours = np.clip(memory_count * memory_modules - 1, 0, most_neighbours)
    return (lone_module_resistance + neighbour_resistance * neighbours) * (1 - memory_fans * memory_fan_gain)


@quantity("Memory above its air", source="memory-temperatures")
def memory_rise(module_resistance: KelvinPerWatt, module_power: Watt) -> Kelvin:
    """The warmest module sits above its air by resistance times power."""
    return module_resistance * module_power


@quantity("Memory temperature", source="memory-temperatures")
def memory_temperature(upper_air: Celsius, memory_rise: Kelvin) -> Celsius:
    """Memory stands beside the CPU, in what has come up from the cards."""
    return upper_air + memory_rise


# --- drives


@quantity("OS drive temperature", source="drive-temperatures")
def os_drive_temperature(
    lower_air: Celsius,
    os_drive_count: Count,
    os_drive_active_power: Watt,
    os_drive_idle_power: Watt,
    background_busy: Ratio,
    os_drive_resistance: KelvinPerWatt,
) -> Celsius:
    """A drive sits above the air at the cards, beside or under which it is fitted."""
    power = os_drive_idle_power + np.minimum(background_busy, 1) * (os_drive_active_power - os_drive_idle_power)
    return lower_air + when(os_drive_count - 1, power * os_drive_resistance, 0)


@quantity("Scratch drive temperature", source="drive-temperatures")
def scratch_drive_temperature(
    lower_air: Celsius,
    scratch_drive_count: Count,
    scratch_drive_active_power: Watt,
    scratch_drive_idle_power: Watt,
    scratch_busy: Ratio,
    scratch_drive_resistance: KelvinPerWatt,
) -> Celsius:
    """The drive that feeds the cards is as busy as the pipeline keeps it."""
    power = scratch_drive_idle_power + np.minimum(scratch_busy, 1) * (
        scratch_drive_active_power - scratch_drive_idle_power
    )
    return lower_air + when(scratch_drive_count - 1, power * scratch_drive_resistance, 0)


@quantity("Archive drive temperature", source="drive-temperatures")
def archive_drive_temperature(
    lower_air: Celsius,
    archive_drive_count: Count,
    archive_drive_active_power: Watt,
    archive_drive_idle_power: Watt,
    background_busy: Ratio,
    archive_drive_resistance: KelvinPerWatt,
) -> Celsius:
    """A drive in a bay has its whole housing as a heatsink, and works now and then."""
    power = archive_drive_idle_power + np.minimum(background_busy, 1) * (
        archive_drive_active_power - archive_drive_idle_power
    )
    return lower_air + when(archive_drive_count - 1, power * archive_drive_resistance, 0)


@quantity("Hottest drive", source="arithmetic")
def drive_temperature(
    os_drive_temperature: Celsius, scratch_drive_temperature: Celsius, archive_drive_temperature: Celsius
) -> Celsius:
    """The drive that is warmest, whatever it may become."""
    return np.maximum(np.maximum(os_drive_temperature, scratch_drive_temperature), archive_drive_temperature)


@quantity("Room to the drives' limits", source="drive-temperatures")
def drives_room(
    os_drive_temperature_limit: Celsius,
    os_drive_temperature: Celsius,
    scratch_drive_temperature_limit: Celsius,
    scratch_drive_temperature: Celsius,
    archive_drive_temperature_limit: Celsius,
    archive_drive_temperature: Celsius,
) -> Kelvin:
    """Each drive slows down at a temperature of its own; the one that is closest to it decides."""
    os_room = os_drive_temperature_limit - os_drive_temperature
    scratch_room = scratch_drive_temperature_limit - scratch_drive_temperature
    archive_room = archive_drive_temperature_limit - archive_drive_temperature
    return np.minimum(np.minimum(os_room, scratch_room), archive_room)


# --- regulators and supply


@quantity("Heat of the voltage regulators", source="regulator-temperatures")
def regulator_heat(cpu_power: Watt, regulator_loss_share: Ratio) -> Watt:
    """What the CPU draws at one volt was twelve before, and part of it stays on the board."""
    return regulator_loss_share * cpu_power


@quantity("Voltage regulator temperature", source="regulator-temperatures")
def regulator_temperature(upper_air: Celsius, regulator_heat: Watt, regulator_resistance: KelvinPerWatt) -> Celsius:
    """Their heatsink has the air around the CPU, and no fan unless the board brings one."""
    return upper_air + regulator_resistance * regulator_heat


@quantity("Air at the supply", source="energy-balance")
def psu_inlet_air(room_air: Celsius, lower_rise: Kelvin, psu_inlet_share: Ratio) -> Celsius:
    """A supply breathes through an opening of its own, and a little of what the case has warmed."""
    return room_air + psu_inlet_share * lower_rise
