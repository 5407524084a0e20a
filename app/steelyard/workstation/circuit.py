"""From the supply's inlet to the circuit: amps, limits, UPS, heat and energy."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import (
    Ampere,
    BtuPerHour,
    Celsius,
    Count,
    Flow,
    FlowPerHour,
    HourPerYear,
    KilowattHourPerYear,
    MoneyPerKilowattHour,
    MoneyPerYear,
    Ratio,
    Volt,
    VoltAmpere,
    VolumetricHeat,
    Watt,
)

# --- what the circuit sees


@quantity("Drawn from the mains", source="energy-balance")
def mains_power(wall_power: Watt, ups_count: Count, ups_efficiency: Ratio) -> Watt:
    """A UPS in between takes its own loss from the same circuit."""
    return when(ups_count - 1, wall_power / ups_efficiency, wall_power)


@quantity("Circuit load, sustained", source="energy-balance")
def circuit_power(mains_power: Watt, other_load: Watt) -> Watt:
    """What else hangs on the circuit takes its share of it."""
    return mains_power + other_load


@quantity("Circuit load, everything at full load", source="energy-balance")
def peak_circuit_power(peak_wall_power: Watt, ups_count: Count, ups_efficiency: Ratio, other_load: Watt) -> Watt:
    """As sustained, with cards and CPU at their limits."""
    return when(ups_count - 1, peak_wall_power / ups_efficiency, peak_wall_power) + other_load


@quantity("Circuit limit, sustained", source="nec-continuous-load")
def circuit_limit(supply_voltage: Volt, breaker_current: Ampere, continuous_share: Ratio) -> Watt:
    """A load of three hours or more may take only a share of the breaker, for breakers warm up."""
    return convert(supply_voltage * breaker_current, VoltAmpere, Watt) * continuous_share


@quantity("Circuit limit, for minutes", source="nec-continuous-load")
def peak_circuit_limit(supply_voltage: Volt, breaker_current: Ampere) -> Watt:
    """Up to its rating a breaker does not trip."""
    return convert(supply_voltage * breaker_current, VoltAmpere, Watt)


@quantity("Circuit current at nominal voltage", source="nec-continuous-load")
def circuit_current(circuit_power: Watt, supply_voltage: Volt) -> Ampere:
    """By convention at nominal voltage and a power factor of one."""
    return convert(circuit_power, Watt, VoltAmpere) / supply_voltage


@quantity("Power factor", source="psu-power-factor")
def power_factor(
    wall_power: Watt,
    power_factor_from: Watt,
    supply_voltage: Volt,
    reactive_power_voltage: Volt,
    reactive_power_constant: VoltAmpere,
    reactive_power_share: Ratio,
) -> Ratio:
    """Filter capacitors take current by the square of the voltage, which shows the more the less power is drawn."""
    active = convert(np.maximum(wall_power, power_factor_from), Watt, VoltAmpere)
    capacitors = reactive_power_constant * (supply_voltage / reactive_power_voltage) ** 2
    return active / np.sqrt(active**2 + (capacitors + reactive_power_share * active) ** 2)


@quantity("Circuit current at the low end of the supply", source="constant-power-load")
def circuit_current_low(circuit_power: Watt, supply_voltage_low: Volt, power_factor: Ratio) -> Ampere:
    """A modern supply draws constant power: the lower the voltage, the higher the current."""
    return convert(circuit_power, Watt, VoltAmpere) / (supply_voltage_low * power_factor)


@quantity("Apparent power at the wall, full load", source="psu-power-factor")
def peak_apparent_power(peak_wall_power: Watt, power_factor: Ratio) -> VoltAmpere:
    """A UPS must carry the current, not only the power."""
    return convert(peak_wall_power, Watt, VoltAmpere) / power_factor


# --- heat and energy


@quantity("Heat given to the room", source="energy-balance")
def heat_output(mains_power: Watt) -> BtuPerHour:
    """Every watt drawn ends as heat in the room."""
    return convert(mains_power, Watt, BtuPerHour)


@quantity("Fresh air that holds the room limit", source="energy-balance")
def fresh_air_needed(
    mains_power: Watt, site_air_heat: VolumetricHeat, room_limit: Celsius, ventilation_temperature: Celsius
) -> FlowPerHour:
    """Air that comes in cool and leaves at the room's limit carries the heat away, walls not counted."""
    return convert(mains_power / (site_air_heat * (room_limit - ventilation_temperature)), Flow, FlowPerHour)


@quantity("Energy a year", source="energy-balance")
def energy_per_year(mains_power: Watt, hours_per_year: HourPerYear) -> KilowattHourPerYear:
    """The sustained draw over the hours of use; hours off are not counted."""
    return convert(mains_power * convert(hours_per_year, HourPerYear, Ratio), Watt, KilowattHourPerYear)


@quantity("Energy cost a year", source="arithmetic")
def energy_cost(energy_per_year: KilowattHourPerYear, energy_price: MoneyPerKilowattHour) -> MoneyPerYear:
    """Energy at the site's price; the cooling of the room is not counted."""
    return energy_per_year * energy_price
