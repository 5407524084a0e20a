"""Does the UPS carry the build, switch over in time, and last."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import convert, spare, when
from steelyard.units import Count, Millisecond, Present, Ratio, Second, Volt, VoltAmpere, Watt


@rule(
    "PWR-014",
    "The UPS carries the sustained load",
    BLOCK,
    source="energy-balance",
    otherwise="The UPS cannot carry the sustained load",
    remedy="Choose a UPS of more than {wall_power} and {apparent_power}",
)
def ups_margin(
    ups_count: Count, ups_real_power: Watt, wall_power: Watt, ups_apparent_power: VoltAmpere, apparent_power: VoltAmpere
) -> Watt:
    """An overloaded UPS drops the machine at the moment it is there for; it is rated for power and for current."""
    apparent = convert(spare(ups_apparent_power, apparent_power), VoltAmpere, Watt)
    return when(ups_count - 1, np.minimum(spare(ups_real_power, wall_power), apparent), ups_real_power)


@rule(
    "PWR-015",
    "The UPS carries everything at full load",
    WARN,
    source="psu-power-factor",
    otherwise="The UPS is too small for everything at full load",
    remedy="Choose a UPS of more than {peak_wall_power} and {peak_apparent_power}",
)
def ups_peak_margin(
    ups_count: Count,
    ups_real_power: Watt,
    ups_apparent_power: VoltAmpere,
    peak_wall_power: Watt,
    peak_apparent_power: VoltAmpere,
) -> Watt:
    """A UPS is rated for power and for current, and either may bind."""
    apparent = convert(ups_apparent_power - peak_apparent_power, VoltAmpere, Watt)
    return when(ups_count - 1, np.minimum(ups_real_power - peak_wall_power, apparent), ups_real_power)


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
    return when(ups_count - 1, allowed - np.abs(supply_voltage - ups_input_voltage), supply_voltage / ups_count)


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
    "PWR-030",
    "The supply bridges the switching of the UPS",
    WARN,
    source="hold-up-guide",
    otherwise="The UPS switches over more slowly than the supply can bridge",
    beyond=True,
    remedy="Choose a UPS that always carries the load (double conversion), or load the supply less",
)
def hold_up_margin(psu_hold_up: Millisecond, ups_count: Count, ups_transfer_time: Millisecond) -> Millisecond:
    """While a UPS switches over, the supply lives on its capacitors."""
    return spare(psu_hold_up, np.minimum(ups_count, 1) * ups_transfer_time)


@rule(
    "PWR-031",
    "The UPS keeps a reserve",
    NOTE,
    source="steelyard-estimate",
    otherwise="The UPS is used beyond what is advised",
    beyond=True,
    remedy="Choose a larger UPS: {ups_share_used} of its rating is used",
)
def ups_ease_margin(ups_load_limit: Ratio, ups_share_used: Ratio) -> Ratio:
    """Peaks pass beyond its overload window, and an aged battery carries less."""
    return spare(ups_load_limit, ups_share_used)


@rule(
    "PWR-032",
    "The UPS lasts for an orderly stop, with batteries that are due",
    NOTE,
    source="ups-runtime-tables",
    otherwise="With aged batteries the UPS does not last for an orderly stop",
    remedy="Choose a larger UPS or add battery packs: it lasts {ups_runtime}, and {ups_runtime_aged} with "
    "batteries that are due",
)
def ups_runtime_margin(ups_runtime_aged: Second, ups_wanted_runtime: Second) -> Second:
    """The last checkpoint is to be written and the machine shut down before the battery is empty."""
    return ups_runtime_aged - ups_wanted_runtime
