"""How much heat cards and room take up for a kelvin; of the other parts see `heat_capacity`."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.units import (
    CubicMetre,
    JoulePerKelvin,
    KelvinPerWatt,
    PerCard,
    Ratio,
    Second,
    VolumetricHeat,
    Watt,
    WattPerKelvin,
)

# --- cards


@quantity("Heat capacity of a card's die and vapour chamber", source="card-transients")
def card_die_heat_capacity(
    die_heat_capacity: JoulePerKelvin, gpu_board_power: Watt, slot_power: Watt, large_card_power: Watt
) -> JoulePerKelvin:
    """What follows the power within seconds grows with the card."""
    return die_heat_capacity * np.maximum(gpu_board_power, slot_power) / large_card_power


@quantity("Heat capacity of a card's fins", source="card-transients")
def card_sink_heat_capacity(
    sink_heat_capacity: JoulePerKelvin, gpu_board_power: Watt, slot_power: Watt, large_card_power: Watt
) -> JoulePerKelvin:
    """A cooler for more power has more metal."""
    return sink_heat_capacity * np.maximum(gpu_board_power, slot_power) / large_card_power


@quantity("Time in which a card's cooler gets warm", source="card-transients")
def card_warming_time(
    card_die_heat_capacity: JoulePerKelvin,
    card_sink_heat_capacity: JoulePerKelvin,
    least_card_resistance: PerCard[KelvinPerWatt],
) -> PerCard[Second]:
    """With its fans at full speed; after three such times it is nearly as warm as it will be in such air."""
    return (card_die_heat_capacity + card_sink_heat_capacity) * least_card_resistance


# --- room


@quantity("Heat capacity of a room of usual size, its air alone", source="air-properties")
def usual_room_heat_capacity(usual_room_volume: CubicMetre, site_air_heat: VolumetricHeat) -> JoulePerKelvin:
    """Stands in for the room's own where its volume is not said."""
    return usual_room_volume * site_air_heat


@quantity("Time in which a room of usual size gets warm", source="energy-balance")
def room_warming_time(
    usual_room_heat_capacity: JoulePerKelvin,
    furnishings_share: Ratio,
    room_conductance: WattPerKelvin,
    ventilation_conductance: WattPerKelvin,
) -> Second:
    """Furniture, paper and the skin of the walls take up several times what the air does."""
    return usual_room_heat_capacity * furnishings_share / (room_conductance + ventilation_conductance)


@quantity("Heat between the room's air and what stands in it, of a room of usual size", source="steelyard-estimate")
def furnishing_conductance(
    usual_room_heat_capacity: JoulePerKelvin, furnishings_share: Ratio, furnishing_delay: Second
) -> WattPerKelvin:
    """Furniture and walls follow the air late."""
    return usual_room_heat_capacity * (furnishings_share - 1) / furnishing_delay


# --- supply


@quantity("Heat that leaves the supply for a kelvin", source="steelyard-estimate")
def psu_conductance(psu_heat_capacity: JoulePerKelvin, psu_warming_time: Second) -> WattPerKelvin:
    """Its own fan carries its loss away, some minutes late."""
    return psu_heat_capacity / psu_warming_time
