"""The room that cools the build: its air, what carries the heat out of it, and the air that parts are made for."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import (
    Celsius,
    Flow,
    FlowPerHour,
    Kelvin,
    KelvinPerMetre,
    Metre,
    Ratio,
    VolumetricHeat,
    Watt,
    WattPerKelvin,
)

# --- air at this height


@quantity("Density of the air against sea level", source="standard-atmosphere")
def air_density_share(altitude: Metre, atmosphere_height: Metre, atmosphere_exponent: Ratio) -> Ratio:
    """Air thins with height: fans move the same volume of it, which carries less heat."""
    return (1 - altitude / atmosphere_height) ** atmosphere_exponent


@quantity("Heat that the air carries here", source="standard-atmosphere")
def site_air_heat(air_heat_capacity: VolumetricHeat, air_density_share: Ratio) -> VolumetricHeat:
    """A cubic metre holds heat in step with its density."""
    return air_heat_capacity * air_density_share


# --- the room in the steady state


@quantity("Heat that the ventilation carries a kelvin", source="energy-balance")
def ventilation_conductance(site_air_heat: VolumetricHeat, room_ventilation: FlowPerHour) -> WattPerKelvin:
    """Air that comes and goes carries its heat along."""
    return site_air_heat * convert(room_ventilation, FlowPerHour, Flow)


@quantity("Temperature rise of the room", source="energy-balance")
def room_rise(
    mains_power: Watt,
    ventilation_conductance: WattPerKelvin,
    room_temperature: Celsius,
    ventilation_temperature: Celsius,
    room_conductance: WattPerKelvin,
) -> Kelvin:
    """Cool air let in takes up part of the heat; the rest leaves once the room is warmer than what is around it."""
    left = mains_power - ventilation_conductance * (room_temperature - ventilation_temperature)
    return np.maximum(left, 0) / (room_conductance + ventilation_conductance)


@quantity("Room air", source="energy-balance")
def room_air(room_temperature: Celsius, room_rise: Kelvin) -> Celsius:
    """The build heats the room that cools it."""
    return room_temperature + room_rise


@quantity("Heat that finds no way out of the room", source="energy-balance")
def trapped_heat(mains_power: Watt, ventilation_conductance: WattPerKelvin, room_conductance: WattPerKelvin) -> Watt:
    """Where neither air nor walls carry heat, the room warms for as long as the build runs."""
    return when(-(room_conductance + ventilation_conductance), mains_power, 0)


@quantity("Warmest air that the parts are made for", source="ashrae-classes")
def inlet_limit(
    highest_inlet: Celsius, altitude: Metre, derating_altitude: Metre, inlet_derating: KelvinPerMetre
) -> Celsius:
    """Makers vouch for their machines up to a temperature of the air, and in thin air for less."""
    return highest_inlet - inlet_derating * np.maximum(altitude - derating_altitude, 0)
