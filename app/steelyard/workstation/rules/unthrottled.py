"""Does the site carry the build once it is cool; what it does not even carry while hot, other rules say."""

from __future__ import annotations

from steelyard.graph.quantity import BLOCK, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Ampere, Count, Watt


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


@rule(
    "PWR-036",
    "The cord carries the build where heat slows nothing down",
    BLOCK,
    source="iec-60320",
    otherwise="The cord carries the build only while heat slows it down",
    beyond=True,
    remedy="Use a cord set and a strip that carry {withheld_current} more than now",
)
def unthrottled_cord_margin(cord_current: Ampere, cord_load: Ampere, withheld_current: Ampere) -> Ampere:
    """A strip that is cool in a hot closet may glow in a cool one."""
    return spare(cord_current, when(cord_current - cord_load, cord_load + withheld_current, 0))


@rule(
    "PWR-037",
    "The breaker carries the current at low voltage where heat slows nothing down",
    WARN,
    source="constant-power-load",
    otherwise="When the voltage is low, only heat that slows the build spares the breaker",
    beyond=True,
    remedy="Leave more room on the circuit: cool, the build draws {withheld_current} more",
)
def unthrottled_low_margin(breaker_current: Ampere, circuit_current_low: Ampere, withheld_current: Ampere) -> Ampere:
    """The supply draws the same power from a lower voltage; the breaker sees the current."""
    carried = when(breaker_current - circuit_current_low, circuit_current_low + withheld_current, 0)
    return spare(breaker_current, carried)
