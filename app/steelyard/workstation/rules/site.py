"""Does the site carry the build: its circuit, its UPS, the listener's ears and the budget."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import convert, spare, when
from steelyard.units import Ampere, Count, Decibel, Money, Present, Ratio, Volt, VoltAmpere, Watt


@rule(
    "PWR-011",
    "The circuit carries the build for hours",
    BLOCK,
    source="nec-continuous-load",
    otherwise="The build overloads the circuit",
    remedy="Use a circuit of more than {circuit_power}, move other loads, or lower the power limit of the cards",
)
def circuit_margin(circuit_limit: Watt, circuit_power: Watt) -> Watt:
    """Training is a continuous load: a breaker that is warm for hours trips below its rating."""
    return circuit_limit - circuit_power


@rule(
    "PWR-012",
    "The circuit carries the current at the low end of its voltage",
    WARN,
    source="constant-power-load",
    otherwise="When the voltage is low the current exceeds what the circuit may carry for hours",
    remedy="Leave more room on the circuit: at {supply_voltage_low} it draws {circuit_current_low}",
)
def circuit_low_margin(breaker_current: Ampere, circuit_current_low: Ampere) -> Ampere:
    """The supply draws the same power from a lower voltage; the breaker sees the current."""
    return breaker_current - circuit_current_low


@rule(
    "PWR-013",
    "The circuit carries everything at full load for minutes",
    WARN,
    source="nec-continuous-load",
    otherwise="At full load the build is beyond the breaker's rating",
    remedy="Use a larger circuit, or lower the power limit of the cards",
)
def circuit_peak_margin(peak_circuit_limit: Watt, peak_circuit_power: Watt) -> Watt:
    """A stress test must not put the room in the dark."""
    return peak_circuit_limit - peak_circuit_power


@rule(
    "PWR-014",
    "The UPS carries the sustained load",
    BLOCK,
    source="energy-balance",
    otherwise="The UPS cannot carry the sustained load",
    remedy="Choose a UPS of more than {wall_power}",
)
def ups_margin(ups_real_power: Watt, wall_power: Watt) -> Watt:
    """An overloaded UPS drops the machine at the moment it is there for."""
    return spare(ups_real_power, wall_power)


@rule(
    "PWR-015",
    "The UPS carries everything at full load",
    WARN,
    source="psu-power-factor",
    otherwise="The UPS is too small for everything at full load",
    remedy="Choose a UPS of more than {peak_wall_power} and {peak_apparent_power}",
)
def ups_peak_margin(
    ups_real_power: Watt, ups_apparent_power: VoltAmpere, peak_wall_power: Watt, peak_apparent_power: VoltAmpere
) -> Watt:
    """A UPS is rated for power and for current, and either may bind."""
    apparent = convert(ups_apparent_power - peak_apparent_power, VoltAmpere, Watt)
    return np.minimum(ups_real_power - peak_wall_power, apparent)


@rule(
    "PWR-016",
    "The UPS is made for the voltage of the site",
    BLOCK,
    source="psu-labels",
    otherwise="The UPS is made for another voltage",
    remedy="Choose a UPS for {supply_voltage}",
)
def ups_voltage_margin(
    ups_count: Count, ups_input_voltage: Volt, supply_voltage: Volt, ups_voltage_tolerance: Ratio
) -> Volt:
    """A UPS passes its input voltage on; it accepts little more or less than its own."""
    allowed = ups_voltage_tolerance * ups_input_voltage
    return when(ups_count - 1, allowed - np.abs(supply_voltage - ups_input_voltage), supply_voltage)


@rule(
    "PWR-017",
    "The UPS gives a sine wave",
    WARN,
    source="psu-labels",
    otherwise="The UPS gives no sine wave on battery",
    remedy="Choose a UPS with sine-wave output",
)
def ups_wave_margin(ups_sine: Present, ups_count: Count) -> Present:
    """Supplies with active power-factor correction may switch off on a stepped wave."""
    return spare(ups_sine, np.minimum(ups_count, 1))


@rule(
    "PWR-018",
    "The circuit is loaded for hours at no more than four fifths",
    NOTE,
    source="nec-continuous-load",
    otherwise="The site lets the circuit be loaded for hours beyond four fifths",
    remedy="Set the continuous share to {continuous_share_code}, unless an electrician vouches for {continuous_share}",
)
def continuous_share_margin(continuous_share: Ratio, continuous_share_code: Ratio) -> Ratio:
    """Only breakers that are listed for it carry their full rating for hours."""
    return continuous_share_code - continuous_share


@rule(
    "ACO-001",
    "The build is quiet enough for its listener",
    WARN,
    source="iso-9296",
    otherwise="The build is too loud for its listener",
    remedy="Place it further away or behind a door, choose quieter cards or fewer fans at lower speed",
)
def noise_margin(noise_limit: Decibel, noise_behind_door: Decibel) -> Decibel:
    """Readers of images tire in noise, and machines that are too loud get moved where air is short."""
    return noise_limit - noise_behind_door


@rule(
    "CST-001",
    "The build is within the budget",
    WARN,
    source="arithmetic",
    otherwise="The build costs more than the budget",
    remedy="Spend {build_price} or choose cheaper parts; the findings say which parts do not help the throughput",
)
def budget_margin(budget_left: Money) -> Money:
    """What is beyond the budget is not bought."""
    return budget_left
