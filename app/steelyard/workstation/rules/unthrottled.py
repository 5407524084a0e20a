"""Does the site carry the build once it is cool; what it does not even carry while hot, other rules say."""

from __future__ import annotations

from steelyard.graph.quantity import BLOCK, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, Watt


@rule(
    "PWR-033",
    "The circuit carries the build where heat slows nothing down",
    BLOCK,
    source="nec-continuous-load",
    otherwise="The circuit carries the build only while heat slows it down",
    beyond=True,
    remedy="Cool, it draws {unthrottled_circuit_power} of the circuit: use a larger one, or lower the power limit of "
    "the cards, before the heat is mended",
)
def unthrottled_circuit_margin(circuit_limit: Watt, circuit_power: Watt, unthrottled_circuit_power: Watt) -> Watt:
    """A breaker must not trip because somebody opened the door of a hot closet."""
    return spare(circuit_limit, when(circuit_limit - circuit_power, unthrottled_circuit_power, 0))


@rule(
    "PWR-034",
    "The supply carries the build where heat slows nothing down",
    BLOCK,
    source="energy-balance",
    otherwise="The supply carries the build only while heat slows it down",
    beyond=True,
    remedy="Cool, the parts draw {unthrottled_dc_load}: choose a larger supply, or lower the power limit of the cards",
)
def unthrottled_supply_margin(psu_capacity: Watt, dc_load: Watt, unthrottled_dc_load: Watt) -> Watt:
    """A machine that runs in summer must not switch off in winter."""
    return spare(psu_capacity, when(psu_capacity - dc_load, unthrottled_dc_load, 0))


@rule(
    "PWR-035",
    "The UPS carries the build where heat slows nothing down",
    BLOCK,
    source="energy-balance",
    otherwise="The UPS carries the build only while heat slows it down",
    beyond=True,
    remedy="Choose a UPS of more than {unthrottled_wall_power}, or lower the power limit of the cards",
)
def unthrottled_ups_margin(
    ups_count: Count, ups_real_power: Watt, wall_power: Watt, unthrottled_wall_power: Watt
) -> Watt:
    """It is there for every hour of the year, not for the hot ones alone."""
    carried = when(ups_real_power - wall_power, unthrottled_wall_power, 0)
    return spare(ups_real_power, when(ups_count - 1, carried, 0))
