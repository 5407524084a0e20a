"""What a heatsink asks of its air: the flow with which a card holds its limit."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.units import Celsius, Flow, KelvinPerWatt, PerCard, Ratio, Watt


@quantity("Air with which the card holds its limit", source="heatsink-law")
def card_air_needed(
    gpu_temperature_limit: Celsius,
    card_inlet: PerCard[Celsius],
    card_asked_power: Watt,
    card_die_resistance: KelvinPerWatt,
    card_design_resistance: KelvinPerWatt,
    card_fan_floor: Ratio,
    air_density_share: Ratio,
    convection_exponent: Ratio,
    card_wanted_air: Flow,
) -> PerCard[Flow]:
    """Warmer air leaves the fins less to work with, so more of it is needed; beyond a point no air is enough."""
    left = np.maximum(gpu_temperature_limit - card_inlet, 0) / card_asked_power - card_die_resistance
    fins = (card_design_resistance - card_die_resistance) * (card_fan_floor / air_density_share) ** convection_exponent
    return card_wanted_air * (fins / np.maximum(left, 0)) ** (1 / convection_exponent)
