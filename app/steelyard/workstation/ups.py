"""The UPS: what it carries, how fast it switches over, and how long its battery lasts."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import Count, Ratio, Second, VoltAmpere, Watt

# --- what it carries


@quantity("Apparent power at the wall, sustained", source="psu-power-factor")
def apparent_power(wall_power: Watt, power_factor: Ratio) -> VoltAmpere:
    """A UPS must carry the current, not only the power."""
    return convert(wall_power, Watt, VoltAmpere) / power_factor


@quantity("Apparent power at the wall, full load", source="psu-power-factor")
def peak_apparent_power(peak_wall_power: Watt, power_factor: Ratio) -> VoltAmpere:
    """As sustained, with cards and CPU at their limits."""
    return convert(peak_wall_power, Watt, VoltAmpere) / power_factor


@quantity("UPS used, sustained", source="energy-balance")
def ups_share_used(
    ups_count: Count,
    wall_power: Watt,
    ups_real_power: Watt,
    apparent_power: VoltAmpere,
    ups_apparent_power: VoltAmpere,
) -> Ratio:
    """A UPS is rated for power and for current; the fuller of the two counts."""
    fuller = np.maximum(wall_power / ups_real_power, apparent_power / ups_apparent_power)
    return when(ups_count - 1, fuller, 0)


# --- how long it lasts


@quantity("Power that a UPS draws for itself on battery", source="ups-runtime-tables")
def ups_own_power(ups_own_share: Ratio, ups_real_power: Watt) -> Watt:
    """Its inverter runs at any load, which is why a light load does not last as long as it seems."""
    return ups_own_share * ups_real_power


@quantity("Exponent of the runtime", source="ups-runtime-tables")
def ups_runtime_exponent(
    ups_count: Count,
    ups_runtime_half: Second,
    ups_runtime_full: Second,
    ups_real_power: Watt,
    ups_own_power: Watt,
    ups_usual_exponent: Ratio,
) -> Ratio:
    """Two published runtimes give it exactly; where only one is known it is the usual one."""
    loads = (ups_real_power + ups_own_power) / (ups_real_power / 2 + ups_own_power)
    through = np.log(ups_runtime_half / ups_runtime_full) / np.log(loads)
    known = when(-np.minimum(ups_runtime_half, ups_runtime_full), ups_usual_exponent, through)
    return when(ups_count - 1, known, ups_usual_exponent)


@quantity("Runtime at the full load of the UPS", source="ups-runtime-tables")
def ups_full_runtime(
    ups_count: Count,
    ups_runtime_half: Second,
    ups_runtime_full: Second,
    ups_usual_runtime: Second,
    ups_real_power: Watt,
    ups_own_power: Watt,
    ups_runtime_exponent: Ratio,
) -> Second:
    """As published, or from the runtime at half load, or a usual one."""
    loads = (ups_real_power / 2 + ups_own_power) / (ups_real_power + ups_own_power)
    from_half = when(-ups_runtime_half, ups_usual_runtime, ups_runtime_half * loads**ups_runtime_exponent)
    return when(ups_count - 1, when(-ups_runtime_full, from_half, ups_runtime_full), ups_runtime_full)


@quantity("Runtime on battery", source="ups-runtime-tables")
def ups_runtime(
    ups_count: Count,
    wall_power: Watt,
    ups_real_power: Watt,
    ups_own_power: Watt,
    ups_full_runtime: Second,
    ups_runtime_exponent: Ratio,
) -> Second:
    """A battery gives the less the faster it is emptied; beyond its rating a UPS switches off."""
    loads = (ups_real_power + ups_own_power) / (wall_power + ups_own_power)
    lasts = when(ups_real_power - wall_power, ups_full_runtime * loads**ups_runtime_exponent, 0)
    return when(ups_count - 1, lasts, ups_full_runtime)


@quantity("Runtime on battery, batteries due", source="ups-runtime-tables")
def ups_runtime_aged(ups_runtime: Second, ups_age_share: Ratio) -> Second:
    """After some years the battery holds less; that is when it is needed too."""
    return ups_age_share * ups_runtime
