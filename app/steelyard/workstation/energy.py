"""Where the energy goes over a year: heat, the air that carries it away, cost, cooling, carbon."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import (
    BtuPerHour,
    Celsius,
    Count,
    Flow,
    FlowPerHour,
    HourPerYear,
    Kelvin,
    KilogramPerKilowattHour,
    KilogramPerYear,
    KilowattHourPerYear,
    MoneyPerKilowattHour,
    MoneyPerYear,
    Ratio,
    VolumetricHeat,
    Watt,
    WattPerKelvin,
)

# --- heat and air


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


@quantity("Air for the wanted rise", source="energy-balance")
def air_for_rise(
    mains_power: Watt, room_conductance: WattPerKelvin, wanted_rise: Kelvin, site_air_heat: VolumetricHeat
) -> FlowPerHour:
    """Air carries away what the walls do not, as warm as is wanted and no warmer."""
    left = np.maximum(mains_power - room_conductance * wanted_rise, 0)
    return convert(left / (site_air_heat * wanted_rise), Flow, FlowPerHour)


@quantity("Air for the wanted rise, walls not counted", source="energy-balance")
def air_for_rise_alone(mains_power: Watt, wanted_rise: Kelvin, site_air_heat: VolumetricHeat) -> FlowPerHour:
    """A closet between warm rooms loses nothing through its walls."""
    return convert(mains_power / (site_air_heat * wanted_rise), Flow, FlowPerHour)


# --- energy over the year


@quantity("Drawn from the mains at rest", source="energy-balance")
def idle_mains_power(idle_wall_power: Watt, ups_count: Count, ups_efficiency: Ratio) -> Watt:
    """Between the jobs the machine stays on, and so does a UPS before it."""
    return when(ups_count - 1, idle_wall_power / ups_efficiency, idle_wall_power)


@quantity("Drawn from the mains on average", source="energy-balance")
def average_mains_power(mains_power: Watt, idle_mains_power: Watt, duty_share: Ratio) -> Watt:
    """Over the hours in which it is switched on, busy or at rest."""
    return duty_share * mains_power + (1 - duty_share) * idle_mains_power


@quantity("Energy a year", source="energy-balance")
def energy_per_year(average_mains_power: Watt, hours_per_year: HourPerYear) -> KilowattHourPerYear:
    """Hours under load and hours at rest; hours switched off are not counted."""
    return convert(average_mains_power * convert(hours_per_year, HourPerYear, Ratio), Watt, KilowattHourPerYear)


@quantity("Energy cost a year", source="arithmetic")
def energy_cost(energy_per_year: KilowattHourPerYear, energy_price: MoneyPerKilowattHour) -> MoneyPerYear:
    """Energy at the site's price; the cooling of the room is not counted."""
    return energy_per_year * energy_price


@quantity("Energy of the room's cooling a year", source="energy-balance")
def cooling_energy(energy_per_year: KilowattHourPerYear, cooling_performance: Ratio) -> KilowattHourPerYear:
    """A cooling machine moves several watts of heat for each watt that it takes."""
    return energy_per_year / cooling_performance


@quantity("Cost of the room's cooling a year", source="arithmetic")
def cooling_cost(cooling_energy: KilowattHourPerYear, energy_price: MoneyPerKilowattHour) -> MoneyPerYear:
    """The energy of the cooling at the site's price."""
    return cooling_energy * energy_price


@quantity("Carbon a year", source="arithmetic")
def carbon_per_year(energy_per_year: KilowattHourPerYear, carbon_intensity: KilogramPerKilowattHour) -> KilogramPerYear:
    """What the site's energy emits on average; the cooling of the room is not counted."""
    return energy_per_year * carbon_intensity


@quantity("Carbon of the room's cooling a year", source="arithmetic")
def cooling_carbon(cooling_energy: KilowattHourPerYear, carbon_intensity: KilogramPerKilowattHour) -> KilogramPerYear:
    """What the energy of the cooling emits on average."""
    return cooling_energy * carbon_intensity
