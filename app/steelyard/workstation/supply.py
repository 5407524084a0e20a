"""The power supply: what it can deliver at this voltage, how long it bridges a gap, and what it loses on the way."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import when
from steelyard.units import Count, Millisecond, Present, Ratio, Volt, Watt

# --- what it can deliver


@quantity("Supply rating", source="psu-labels")
def psu_rating(psu_count: Count, psu_rated_power: Watt) -> Watt:
    """Supplies side by side share the load."""
    return np.maximum(psu_count, 1) * psu_rated_power


@quantity("Supply capacity at this voltage", source="psu-labels")
def psu_capacity(
    psu_count: Count,
    psu_rated_power: Watt,
    psu_low_line_power: Watt,
    supply_voltage: Volt,
    high_line_voltage: Volt,
) -> Watt:
    """At low mains voltage the input current, not the label, limits a large supply."""
    one = when(supply_voltage - high_line_voltage, psu_rated_power, np.minimum(psu_rated_power, psu_low_line_power))
    return np.maximum(psu_count, 1) * one


@quantity("Supply wanted", source="atx-3-guide")
def psu_needed(dc_load: Watt, psu_load_limit: Ratio) -> Watt:
    """Some of the label is left for ageing, heat and quiet."""
    return dc_load / psu_load_limit


@quantity("Time that the supply bridges without mains", source="atx-3-guide")
def psu_hold_up(
    psu_load: Ratio, hold_up_eased_load: Ratio, hold_up_full: Millisecond, hold_up_eased: Millisecond
) -> Millisecond:
    """Its capacitors hold a store of energy that lasts the longer the less is drawn; two loads are laid down."""
    above = np.clip((psu_load - hold_up_eased_load) / (1 - hold_up_eased_load), 0, 1)
    return hold_up_eased + above * (hold_up_full - hold_up_eased)


# --- what it loses


@quantity("Supply load, sustained", source="energy-balance")
def psu_load(dc_load: Watt, psu_rating: Watt) -> Ratio:
    """Efficiency follows the share of the label that is drawn."""
    return dc_load / psu_rating


@quantity("Supply load, everything at full load", source="energy-balance")
def peak_psu_load(peak_dc_load: Watt, psu_rating: Watt) -> Ratio:
    """As sustained, with cards and CPU at their limits."""
    return peak_dc_load / psu_rating


@quantity("Supply load, at rest", source="energy-balance")
def idle_psu_load(idle_dc_load: Watt, psu_rating: Watt) -> Ratio:
    """As sustained, between the jobs."""
    return idle_dc_load / psu_rating


@quantity("Supply load that counts, sustained", source="psu-loss-curve")
def psu_load_counted(psu_load: Ratio, psu_least_load: Ratio) -> Ratio:
    """Close to no load the curve is not known, so its end is taken."""
    return np.maximum(psu_load, psu_least_load)


@quantity("Supply loss by the curve of its class, sustained, of its rated power", source="psu-loss-curve")
def psu_class_loss(
    psu_load_counted: Ratio,
    psu_loss_constant: Ratio,
    psu_loss_linear: Ratio,
    psu_loss_square: Ratio,
    psu_loss_cube: Ratio,
) -> Ratio:
    """Through the certified points."""
    linear = psu_loss_constant + psu_loss_linear * psu_load_counted
    return linear + psu_loss_square * psu_load_counted**2 + psu_loss_cube * psu_load_counted**3


@quantity("Supply loss, sustained, of its rated power", source="psu-loss-curve")
def psu_loss_of_rated(
    psu_load_counted: Ratio,
    psu_class_loss: Ratio,
    psu_light_loss: Ratio,
    psu_light_slope: Ratio,
    psu_certified_load: Ratio,
    psu_least_load: Ratio,
) -> Ratio:
    """Below the lowest certified load it is no more than a line to what the guide asks of a light load."""
    line = psu_light_loss + psu_light_slope * (psu_load_counted - psu_least_load)
    light = np.minimum(psu_class_loss, line)
    return when(psu_load_counted - psu_certified_load, psu_class_loss, light)


@quantity("Supply efficiency, sustained", source="psu-loss-curve")
def psu_efficiency(psu_count: Count, psu_load_counted: Ratio, psu_loss_of_rated: Ratio) -> Ratio:
    """What arrives, of what is taken from the mains."""
    return when(psu_count - 1, psu_load_counted / (psu_load_counted + psu_loss_of_rated), 1)


@quantity("Supply load that counts, everything at full load", source="psu-loss-curve")
def peak_psu_load_counted(peak_psu_load: Ratio, psu_least_load: Ratio) -> Ratio:
    """Close to no load the curve is not known, so its end is taken."""
    return np.maximum(peak_psu_load, psu_least_load)


@quantity("Supply loss by the curve of its class, everything at full load, of its rated power", source="psu-loss-curve")
def peak_psu_class_loss(
    peak_psu_load_counted: Ratio,
    psu_loss_constant: Ratio,
    psu_loss_linear: Ratio,
    psu_loss_square: Ratio,
    psu_loss_cube: Ratio,
) -> Ratio:
    """As sustained, at the load of everything together."""
    linear = psu_loss_constant + psu_loss_linear * peak_psu_load_counted
    return linear + psu_loss_square * peak_psu_load_counted**2 + psu_loss_cube * peak_psu_load_counted**3


@quantity("Supply loss, everything at full load, of its rated power", source="psu-loss-curve")
def peak_psu_loss_of_rated(
    peak_psu_load_counted: Ratio,
    peak_psu_class_loss: Ratio,
    psu_light_loss: Ratio,
    psu_light_slope: Ratio,
    psu_certified_load: Ratio,
    psu_least_load: Ratio,
) -> Ratio:
    """Below the lowest certified load it is no more than a line to what the guide asks of a light load."""
    line = psu_light_loss + psu_light_slope * (peak_psu_load_counted - psu_least_load)
    light = np.minimum(peak_psu_class_loss, line)
    return when(peak_psu_load_counted - psu_certified_load, peak_psu_class_loss, light)


@quantity("Supply efficiency, everything at full load", source="psu-loss-curve")
def peak_psu_efficiency(psu_count: Count, peak_psu_load_counted: Ratio, peak_psu_loss_of_rated: Ratio) -> Ratio:
    """What arrives, of what is taken from the mains."""
    return when(psu_count - 1, peak_psu_load_counted / (peak_psu_load_counted + peak_psu_loss_of_rated), 1)


@quantity("Supply load that counts, at rest", source="psu-loss-curve")
def idle_psu_load_counted(idle_psu_load: Ratio, psu_least_load: Ratio) -> Ratio:
    """Close to no load the curve is not known, so its end is taken."""
    return np.maximum(idle_psu_load, psu_least_load)


@quantity("Supply loss by the curve of its class, at rest, of its rated power", source="psu-loss-curve")
def idle_psu_class_loss(
    idle_psu_load_counted: Ratio,
    psu_loss_constant: Ratio,
    psu_loss_linear: Ratio,
    psu_loss_square: Ratio,
    psu_loss_cube: Ratio,
) -> Ratio:
    """As sustained, at the load between the jobs."""
    linear = psu_loss_constant + psu_loss_linear * idle_psu_load_counted
    return linear + psu_loss_square * idle_psu_load_counted**2 + psu_loss_cube * idle_psu_load_counted**3


@quantity("Supply loss, at rest, of its rated power", source="psu-loss-curve")
def idle_psu_loss_of_rated(
    idle_psu_load_counted: Ratio,
    idle_psu_class_loss: Ratio,
    psu_light_loss: Ratio,
    psu_light_slope: Ratio,
    psu_certified_load: Ratio,
    psu_least_load: Ratio,
) -> Ratio:
    """Below the lowest certified load it is no more than a line to what the guide asks of a light load."""
    line = psu_light_loss + psu_light_slope * (idle_psu_load_counted - psu_least_load)
    light = np.minimum(idle_psu_class_loss, line)
    return when(idle_psu_load_counted - psu_certified_load, idle_psu_class_loss, light)


@quantity("Supply efficiency, at rest", source="psu-loss-curve")
def idle_psu_efficiency(psu_count: Count, idle_psu_load_counted: Ratio, idle_psu_loss_of_rated: Ratio) -> Ratio:
    """What arrives, of what is taken from the mains."""
    return when(psu_count - 1, idle_psu_load_counted / (idle_psu_load_counted + idle_psu_loss_of_rated), 1)


@quantity("Supply loss at its lightest load, of its rated power", source="atx-3-guide")
def psu_light_loss(psu_least_load: Ratio, psu_light_efficiency: Ratio) -> Ratio:
    """The guide asks for so much efficiency there, whatever the class."""
    return psu_least_load / psu_light_efficiency - psu_least_load


@quantity("Supply loss at the lowest certified load, of its rated power", source="psu-loss-curve")
def psu_lowest_loss(
    psu_certified_load: Ratio,
    psu_loss_constant: Ratio,
    psu_loss_linear: Ratio,
    psu_loss_square: Ratio,
    psu_loss_cube: Ratio,
) -> Ratio:
    """The curve of the class at its end."""
    linear = psu_loss_constant + psu_loss_linear * psu_certified_load
    return linear + psu_loss_square * psu_certified_load**2 + psu_loss_cube * psu_certified_load**3


@quantity("Growth of the supply's loss between light load and the lowest certified one", source="psu-loss-curve")
def psu_light_slope(
    psu_lowest_loss: Ratio, psu_light_loss: Ratio, psu_certified_load: Ratio, psu_least_load: Ratio
) -> Ratio:
    """Between two points that are asked of it a straight line is assumed."""
    return (psu_lowest_loss - psu_light_loss) / (psu_certified_load - psu_least_load)


@quantity("Constant loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_constant(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    redundant_supply: Present,
    psu_loss_ratio: Ratio,
    loss_constant_redundant: Ratio,
    loss_constant_high_line: Ratio,
    loss_constant_low_line: Ratio,
) -> Ratio:
    """What the supply draws for itself, as a share of its label."""
    high_line = when(redundant_supply - 1, loss_constant_redundant, loss_constant_high_line)
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, high_line, loss_constant_low_line)


@quantity("Linear loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_linear(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    redundant_supply: Present,
    psu_loss_ratio: Ratio,
    loss_linear_redundant: Ratio,
    loss_linear_high_line: Ratio,
    loss_linear_low_line: Ratio,
) -> Ratio:
    """Diodes lose in step with the current."""
    high_line = when(redundant_supply - 1, loss_linear_redundant, loss_linear_high_line)
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, high_line, loss_linear_low_line)


@quantity("Quadratic loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_square(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    redundant_supply: Present,
    psu_loss_ratio: Ratio,
    loss_square_redundant: Ratio,
    loss_square_high_line: Ratio,
    loss_square_low_line: Ratio,
) -> Ratio:
    """Copper loses with the square of the current."""
    high_line = when(redundant_supply - 1, loss_square_redundant, loss_square_high_line)
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, high_line, loss_square_low_line)


@quantity("Cubic loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_cube(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    redundant_supply: Present,
    psu_loss_ratio: Ratio,
    loss_cube_redundant: Ratio,
    loss_cube_high_line: Ratio,
    loss_cube_low_line: Ratio,
) -> Ratio:
    """Only the highest class is held at four loads, so that its curve has one bend more."""
    high_line = when(redundant_supply - 1, loss_cube_redundant, loss_cube_high_line)
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, high_line, loss_cube_low_line)


@quantity("Wall power, sustained", source="energy-balance")
def wall_power(dc_load: Watt, psu_efficiency: Ratio) -> Watt:
    """The mains delivers the load and the supply's own loss."""
    return dc_load / psu_efficiency


@quantity("Wall power, everything at full load", source="energy-balance")
def peak_wall_power(peak_dc_load: Watt, peak_psu_efficiency: Ratio) -> Watt:
    """As sustained, with cards and CPU at their limits."""
    return peak_dc_load / peak_psu_efficiency


@quantity("Wall power, at rest", source="energy-balance")
def idle_wall_power(idle_dc_load: Watt, idle_psu_efficiency: Ratio) -> Watt:
    """As sustained, between the jobs."""
    return idle_dc_load / idle_psu_efficiency


@quantity("Supply loss", source="energy-balance")
def psu_loss(wall_power: Watt, dc_load: Watt) -> Watt:
    """What does not leave as direct current warms the supply."""
    return wall_power - dc_load
