"""Does the site carry the build: its circuit and cord, the listener's ears and the budget."""

from __future__ import annotations

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Ampere, Decibel, Money, Present, Ratio, Watt


@rule(
    "PWR-011",
    "The circuit carries the build for hours",
    BLOCK,
    source="nec-continuous-load",
    otherwise="The build overloads the circuit",
    beyond=True,
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
    otherwise="When the voltage is low the current exceeds the rating of the breaker",
    beyond=True,
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
    beyond=True,
    remedy="Use a larger circuit, or lower the power limit of the cards",
)
def circuit_peak_margin(peak_circuit_limit: Watt, peak_circuit_power: Watt) -> Watt:
    """A stress test must not put the room in the dark."""
    return peak_circuit_limit - peak_circuit_power


@rule(
    "PWR-018",
    "The circuit is loaded for hours as its electrical code lets it be",
    NOTE,
    source="nec-continuous-load",
    otherwise="The site lets the circuit be loaded for hours beyond the share that its code names",
    beyond=True,
    remedy="Set the continuous share to {continuous_share_code}, unless an electrician vouches for {continuous_share}",
)
def continuous_share_margin(continuous_share: Ratio, continuous_share_code: Ratio) -> Ratio:
    """Only breakers that are listed for it carry their full rating for hours."""
    return continuous_share_code - continuous_share


@rule(
    "PWR-026",
    "The circuit keeps a reserve",
    WARN,
    source="nec-continuous-load",
    otherwise="The circuit keeps too little in reserve",
    remedy="Use a larger circuit or lower the power limit of the cards: {circuit_share_used} of it is used",
)
def circuit_reserve_margin(circuit_limit: Watt, circuit_reserve: Ratio, circuit_power: Watt) -> Watt:
    """What is that close to the limit may be beyond it, for power is predicted no better."""
    return circuit_limit * (1 - circuit_reserve) - circuit_power


@rule(
    "PWR-027",
    "The cord carries the build",
    BLOCK,
    source="iec-60320",
    otherwise="The cord, its plug or its strip is rated for less than the build draws",
    remedy="Use a cord set and a strip for more than {cord_load}",
)
def cord_margin(cord_current: Ampere, cord_load: Ampere) -> Ampere:
    """A cord set is rated as the weakest of plug, cable and connector, and warms for hours."""
    return cord_current - cord_load


@rule(
    "PWR-028",
    "The inlet of each supply carries its current",
    WARN,
    source="iec-60320",
    otherwise="The inlet of a supply is rated for less than the supply draws",
    remedy="Choose a supply with a larger inlet than one for {mains_inlet_limit}, two supplies, or a higher voltage",
)
def mains_inlet_margin(mains_inlet_limit: Ampere, mains_inlet_load: Ampere) -> Ampere:
    """When the voltage is low the same power takes more current."""
    return spare(mains_inlet_limit, mains_inlet_load)


@rule(
    "PWR-029",
    "A circuit that others share is at most half used",
    NOTE,
    source="nec-continuous-load",
    otherwise="Others may plug in to a circuit that the build fills by more than half",
    beyond=True,
    remedy="Have the circuit dedicated to the build, or mark its outlets",
)
def shared_circuit_margin(dedicated: Present, circuit_limit: Watt, circuit_power: Watt) -> Watt:
    """A cleaner's machine or a heater takes a kilowatt and more, and nobody asks first."""
    return spare(circuit_limit / 2, when(dedicated - 1, 0, circuit_power))


@rule(
    "ACO-001",
    "The build is quiet enough for its listener",
    WARN,
    source="iso-9296",
    otherwise="The build is too loud for its listener",
    beyond=True,
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
    beyond=True,
    remedy="Spend {build_price} or choose cheaper parts; the findings say which parts do not help the throughput",
)
def budget_margin(budget_left: Money) -> Money:
    """What is beyond the budget is not bought."""
    return budget_left
