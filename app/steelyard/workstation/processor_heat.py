"""The CPU and its cooler in the steady state: die, plate, coolant and fins, and the clock that heat leaves."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity, settled
from steelyard.graph.tables import when
from steelyard.units import (
    Celsius,
    Count,
    Kelvin,
    KelvinPerWatt,
    Millimetre,
    Ratio,
    RevolutionPerMinute,
    Watt,
    WattPerKelvin,
)

# --- what it asks, and what it breathes


@quantity("CPU power asked for", source="cpu-power")
def cpu_asked_power(
    cpu_count: Count, cpu_package_power: Watt, cpu_idle_share: Ratio, cpu_busy: Ratio, cpu_power_share: Ratio
) -> Watt:
    """Links and memory controllers draw power always, cores when they work."""
    share = cpu_idle_share + (1 - cpu_idle_share) * cpu_busy * cpu_power_share
    return cpu_count * share * cpu_package_power


@quantity("Air at the CPU cooler", source="energy-balance")
def cpu_inlet(room_air: Celsius, upper_rise: Kelvin, cooler_inlet_share: Ratio) -> Celsius:
    """A cooler on the board breathes what the cards have warmed, a radiator in front partly fresh air."""
    return room_air + cooler_inlet_share * upper_rise


# --- the cooler


@quantity("CPU from die to plate", source="cpu-die-resistance")
def cpu_die_resistance(cpu_compute_dies: Count, compute_die_resistance: KelvinPerWatt) -> KelvinPerWatt:
    """Each die passes its own share of the heat through its own few square millimetres."""
    return compute_die_resistance / np.maximum(cpu_compute_dies, 1)


@quantity("Radiator to air, fans at full speed", source="radiator-conductance")
def radiator_conductance(
    cooler_count: Count,
    cooler_radiator_length: Millimetre,
    cooler_fan_size: Millimetre,
    cooler_fan_speed: RevolutionPerMinute,
    cooler_radiator_thickness: Millimetre,
    section_conductance: WattPerKelvin,
    radiator_section: Millimetre,
    section_size_exponent: Ratio,
    section_fan_speed: RevolutionPerMinute,
    cooler_speed_exponent: Ratio,
    section_thickness: Millimetre,
    thickness_exponent: Ratio,
) -> WattPerKelvin:
    """Each fan's length of radiator adds conductance: more with a larger and faster fan and with deeper fins."""
    deep = (cooler_radiator_thickness / section_thickness) ** thickness_exponent
    large = (cooler_fan_size / radiator_section) ** section_size_exponent
    fast = (cooler_fan_speed / section_fan_speed) ** cooler_speed_exponent
    sections = cooler_radiator_length / cooler_fan_size * deep * large * fast
    return when(cooler_count - 1, section_conductance * sections, 0)


@quantity("CPU cooler to air, fans at full speed", source="radiator-conductance")
def cooler_full_conductance(
    heatsink_conductance: WattPerKelvin,
    radiator_conductance: WattPerKelvin,
    air_density_share: Ratio,
    convection_exponent: Ratio,
) -> WattPerKelvin:
    """A tower of fins has a conductance of its own, a loop that of its radiator; thin air cools less."""
    return (heatsink_conductance + radiator_conductance) * air_density_share**convection_exponent


@quantity("CPU cooler to air", source="radiator-conductance")
def cooler_to_air(
    cooler_count: Count,
    block_resistance: KelvinPerWatt,
    cooler_full_conductance: WattPerKelvin,
    bare_resistance: KelvinPerWatt,
) -> KelvinPerWatt:
    """Heat crosses the plate and then the fins, at best with the fans at full speed."""
    return when(cooler_count - 1, block_resistance + 1 / cooler_full_conductance, bare_resistance)


@quantity("CPU from die to air", source="two-resistor-model")
def cpu_resistance(cpu_die_resistance: KelvinPerWatt, cooler_to_air: KelvinPerWatt) -> KelvinPerWatt:
    """Heat passes die, spreader and cooler one after the other."""
    return cpu_die_resistance + cooler_to_air


# --- power, temperatures, clock


@settled("CPU power, sustained", start="cpu_package_power", within=1e-6, source="two-resistor-model")
def cpu_power(
    cpu_asked_power: Watt,
    cpu_temperature_limit: Celsius,
    cpu_inlet: Celsius,
    cpu_resistance: KelvinPerWatt,
    throttle_floor: Ratio,
) -> Watt:
    """At its temperature limit the processor draws what the cooler can carry away, and no more."""
    carried = (cpu_temperature_limit - cpu_inlet) / cpu_resistance
    return np.maximum(np.minimum(cpu_asked_power, carried), throttle_floor * cpu_asked_power)


@quantity("Speed of the CPU cooler's fans, of their full speed", source="radiator-conductance")
def cpu_fan_speed(
    cpu_temperature_limit: Celsius,
    cpu_target_margin: Kelvin,
    cpu_inlet: Celsius,
    cpu_power: Watt,
    cpu_die_resistance: KelvinPerWatt,
    block_resistance: KelvinPerWatt,
    cooler_full_conductance: WattPerKelvin,
    cooler_speed_exponent: Ratio,
    least_cooler_speed: Ratio,
) -> Ratio:
    """The board turns the fans as fast as holds the CPU at its target, and no faster than they go."""
    inside = (cpu_die_resistance + block_resistance) * cpu_power
    room = cpu_temperature_limit - cpu_target_margin - cpu_inlet - inside
    wanted = np.maximum(cpu_power / (room * cooler_full_conductance), 0) ** (1 / cooler_speed_exponent)
    return when(room, np.clip(wanted, least_cooler_speed, 1), 1)


@quantity("CPU cooler to air, fans as they run", source="radiator-conductance")
def cooler_conductance(
    cooler_full_conductance: WattPerKelvin, cpu_fan_speed: Ratio, cooler_speed_exponent: Ratio
) -> WattPerKelvin:
    """Faster fans carry more from the fins, less than in step."""
    return cooler_full_conductance * cpu_fan_speed**cooler_speed_exponent


@quantity("CPU above its air", source="two-resistor-model")
def cpu_rise(
    cooler_count: Count,
    cpu_power: Watt,
    cpu_die_resistance: KelvinPerWatt,
    block_resistance: KelvinPerWatt,
    cooler_conductance: WattPerKelvin,
    bare_resistance: KelvinPerWatt,
) -> Kelvin:
    """Heat passes die, plate and fins one after the other, and leaves a rise at each."""
    outside = when(cooler_count - 1, block_resistance + 1 / cooler_conductance, bare_resistance)
    return (cpu_die_resistance + outside) * cpu_power


@quantity("CPU temperature", source="two-resistor-model")
def cpu_temperature(cpu_inlet: Celsius, cpu_rise: Kelvin) -> Celsius:
    """The die sits above its air by resistance times power."""
    return cpu_inlet + cpu_rise


@quantity("Temperature of the cooler's plate", source="two-resistor-model")
def coldplate_temperature(cpu_temperature: Celsius, cpu_die_resistance: KelvinPerWatt, cpu_power: Watt) -> Celsius:
    """The copper on the processor is cooler than its dies by what the heat needs to cross the lid."""
    return cpu_temperature - cpu_die_resistance * cpu_power


@quantity("Coolant temperature", source="two-resistor-model")
def coolant_temperature(
    cooler_count: Count, coldplate_temperature: Celsius, cpu_power: Watt, block_resistance: KelvinPerWatt
) -> Celsius:
    """The liquid, or a tower's fins, are what the fans' air must cool."""
    return coldplate_temperature - when(cooler_count - 1, block_resistance * cpu_power, 0)


@settled("CPU speed kept", start=1.0, within=1e-9, source="dvfs-power-law")
def cpu_speed_kept(cpu_asked_power: Watt, cpu_power: Watt, cpu_idle_share: Ratio, cpu_power_exponent: Ratio) -> Ratio:
    """Power that the cooler does not carry away is paid in clock, by the power law of voltage and frequency."""
    lost = when(-cpu_asked_power, 0, 1 - cpu_power / cpu_asked_power) / (1 - cpu_idle_share)
    return np.clip(1 - lost, 0, 1) ** (1 / cpu_power_exponent)
