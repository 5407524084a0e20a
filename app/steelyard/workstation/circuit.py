"""From the supply's inlet to the circuit: amps, limits, cord and inlet."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import Ampere, Count, Present, Ratio, Volt, VoltAmpere, Watt

# --- what the circuit sees


@quantity("Drawn from the mains", source="energy-balance")
def mains_power(wall_power: Watt, ups_count: Count, ups_efficiency: Ratio) -> Watt:
    """A UPS in between takes its own loss from the same circuit."""
    return when(ups_count - 1, wall_power / ups_efficiency, wall_power)


@quantity("Circuits that the build is spread over", source="energy-balance")
def circuits_used(supply_circuits: Count, psu_count: Count, ups_count: Count) -> Count:
    """A supply has one inlet, and a UPS one plug: more circuits than these do not help."""
    plugs = when(ups_count - 1, ups_count, np.maximum(psu_count, 1))
    return np.maximum(np.minimum(supply_circuits, plugs), 1)


@quantity("Circuit load, sustained", source="energy-balance")
def circuit_power(mains_power: Watt, circuits_used: Count, other_load: Watt) -> Watt:
    """The build's share of it, and what else hangs on the circuit."""
    return mains_power / circuits_used + other_load


@quantity("Circuit load, everything at full load", source="energy-balance")
def peak_circuit_power(
    peak_wall_power: Watt, ups_count: Count, ups_efficiency: Ratio, circuits_used: Count, other_load: Watt
) -> Watt:
    """As sustained, with cards and CPU at their limits."""
    return when(ups_count - 1, peak_wall_power / ups_efficiency, peak_wall_power) / circuits_used + other_load


@quantity("Circuit limit, sustained", source="nec-continuous-load")
def circuit_limit(supply_voltage: Volt, breaker_current: Ampere, continuous_share: Ratio) -> Watt:
    """A load of three hours or more may take only a share of the breaker, for breakers warm up."""
    return convert(supply_voltage * breaker_current, VoltAmpere, Watt) * continuous_share


@quantity("Left for the build on the circuit", source="nec-continuous-load")
def circuit_budget_left(circuit_limit: Watt, other_load: Watt) -> Watt:
    """What else hangs on the circuit is taken off its limit first."""
    return circuit_limit - other_load


@quantity("Circuit used, sustained", source="nec-continuous-load")
def circuit_share_used(circuit_power: Watt, circuit_limit: Watt) -> Ratio:
    """Share of what the circuit may carry for hours."""
    return circuit_power / circuit_limit


@quantity("Circuit limit, for minutes", source="nec-continuous-load")
def peak_circuit_limit(supply_voltage: Volt, breaker_current: Ampere) -> Watt:
    """Up to its rating a breaker does not trip."""
    return convert(supply_voltage * breaker_current, VoltAmpere, Watt)


@quantity("Current of the build at nominal voltage", source="nec-continuous-load")
def machine_current(mains_power: Watt, supply_voltage: Volt) -> Ampere:
    """All that the build draws, on however many circuits, and nothing else."""
    return convert(mains_power, Watt, VoltAmpere) / supply_voltage


@quantity("Circuit current at nominal voltage", source="nec-continuous-load")
def circuit_current(circuit_power: Watt, supply_voltage: Volt) -> Ampere:
    """By convention at nominal voltage and a power factor of one."""
    return convert(circuit_power, Watt, VoltAmpere) / supply_voltage


@quantity("Power factor", source="psu-power-factor")
def power_factor(
    wall_power: Watt,
    psu_count: Count,
    power_factor_from: Watt,
    supply_voltage: Volt,
    reactive_power_voltage: Volt,
    reactive_power_constant: VoltAmpere,
    reactive_power_share: Ratio,
) -> Ratio:
    """Each supply's filter takes current by the square of the voltage, which shows the more the less it carries."""
    active = convert(np.maximum(wall_power, power_factor_from), Watt, VoltAmpere)
    filters = np.maximum(psu_count, 1) * reactive_power_constant * (supply_voltage / reactive_power_voltage) ** 2
    return active / np.sqrt(active**2 + (filters + reactive_power_share * active) ** 2)


@quantity("Circuit current at the low end of the supply", source="constant-power-load")
def circuit_current_low(circuit_power: Watt, supply_voltage_low: Volt, power_factor: Ratio) -> Ampere:
    """A modern supply draws constant power: the lower the voltage, the higher the current."""
    return convert(circuit_power, Watt, VoltAmpere) / (supply_voltage_low * power_factor)


# --- cord and inlet


@quantity("Cord limit", source="iec-60320")
def cord_limit(cord_current: Ampere, supply_voltage: Volt) -> Watt:
    """The weakest of plug, cord and strip decides."""
    return convert(cord_current * supply_voltage, VoltAmpere, Watt)


@quantity("Current of the cord at the low end of the supply", source="constant-power-load")
def cord_load(mains_power: Watt, circuits_used: Count, supply_voltage_low: Volt, power_factor: Ratio) -> Ampere:
    """One cord or strip brings the build's share of each circuit."""
    return convert(mains_power / circuits_used, Watt, VoltAmpere) / (supply_voltage_low * power_factor)


@quantity("Inlet limit", source="iec-60320")
def mains_inlet_limit(
    north_american_inlets: Present, inlet_current_north_america: Ampere, inlet_current_elsewhere: Ampere
) -> Ampere:
    """The same inlet is rated for more in North America than elsewhere."""
    return when(north_american_inlets - 1, inlet_current_north_america, inlet_current_elsewhere)


@quantity("Current of each supply's inlet at the low end of the supply", source="constant-power-load")
def mains_inlet_load(wall_power: Watt, psu_count: Count, supply_voltage_low: Volt, power_factor: Ratio) -> Ampere:
    """Supplies side by side share the load, each through its own inlet."""
    each = convert(wall_power / np.maximum(psu_count, 1), Watt, VoltAmpere) / (supply_voltage_low * power_factor)
    return when(psu_count - 1, each, 0)
