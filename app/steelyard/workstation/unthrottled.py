"""What the build draws once it is cool: a room that is mended, or a winter, gives back what heat held back."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import Ampere, Count, PerCard, Present, Ratio, Volt, VoltAmpere, Watt


@quantity("GPUs, where heat holds nothing back", source="two-resistor-model")
def unthrottled_gpus_power(
    cards: PerCard[Present],
    card_power: PerCard[Watt],
    card_warm_power: PerCard[Watt],
    gpu_power_allowed: Watt,
    gpu_idle_power: Watt,
    gpu_busy: Ratio,
) -> Watt:
    """The work and the power limit still count, the temperature limit does not."""
    busy = np.minimum(card_warm_power, gpu_power_allowed)
    return total_over(cards, np.maximum(card_power, gpu_idle_power + gpu_busy * (busy - gpu_idle_power)))


@quantity("CPU, where heat holds nothing back", source="cpu-power")
def unthrottled_cpu_power(
    cpu_count: Count,
    gpu_count: Count,
    cpu_power: Watt,
    cpu_package_power: Watt,
    cpu_idle_share: Ratio,
    cpu_busy: Ratio,
    cpu_power_share: Ratio,
    gpus_power: Watt,
    unthrottled_gpus_power: Watt,
) -> Watt:
    """Cards that are not slowed ask more of it, at the most as much more as they draw."""
    faster = when(gpu_count - 1, unthrottled_gpus_power / gpus_power, 1)
    busy = np.maximum(cpu_busy, np.minimum(cpu_busy * faster, 1))
    share = cpu_idle_share + (1 - cpu_idle_share) * busy * cpu_power_share
    return np.maximum(cpu_power, cpu_count * share * cpu_package_power)


@quantity("DC load, where heat holds nothing back", source="energy-balance")
def unthrottled_dc_load(
    dc_load: Watt, gpus_power: Watt, cpu_power: Watt, unthrottled_gpus_power: Watt, unthrottled_cpu_power: Watt
) -> Watt:
    """Cards and processor return to what the work asks of them; the rest draws as it does."""
    return dc_load + (unthrottled_gpus_power - gpus_power) + (unthrottled_cpu_power - cpu_power)


@quantity("Wall power, where heat holds nothing back", source="energy-balance")
def unthrottled_wall_power(
    wall_power: Watt, dc_load: Watt, unthrottled_dc_load: Watt, psu_efficiency: Ratio, peak_psu_efficiency: Ratio
) -> Watt:
    """What comes on top is taken at the poorer of the efficiencies now and at full load."""
    return wall_power + (unthrottled_dc_load - dc_load) / np.minimum(psu_efficiency, peak_psu_efficiency)


@quantity("Circuit load, where heat holds nothing back", source="energy-balance")
def unthrottled_circuit_power(
    circuit_power: Watt,
    wall_power: Watt,
    unthrottled_wall_power: Watt,
    ups_count: Count,
    ups_efficiency: Ratio,
    circuits_used: Count,
) -> Watt:
    """What comes on top passes the UPS, and is spread over the circuits, as the rest is."""
    added = unthrottled_wall_power - wall_power
    return circuit_power + when(ups_count - 1, added / ups_efficiency, added) / circuits_used


@quantity("Current that heat holds back on the circuit, at the low end of the supply", source="constant-power-load")
def withheld_current(
    circuit_power: Watt, unthrottled_circuit_power: Watt, supply_voltage_low: Volt, power_factor: Ratio
) -> Ampere:
    """What comes on top goes through breaker and cord as the rest does."""
    added = np.maximum(unthrottled_circuit_power - circuit_power, 0)
    return convert(added, Watt, VoltAmpere) / (supply_voltage_low * power_factor)
