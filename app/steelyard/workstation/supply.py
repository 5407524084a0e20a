"""The power supply: what it can deliver at this voltage, for how short a peak, and what it loses on the way."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Count, PerCard, Present, Ratio, Volt, Watt

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


# --- peaks shorter than a second


@quantity("Scale of the cards' excursions", source="excursion-envelope")
def excursion_scale(cards: PerCard[Present], gpu_power_allowed: Watt) -> Watt:
    """Peaks of cards that do not work in step add as random amounts do: by their squares."""
    return np.sqrt(total_over(cards, gpu_power_allowed**2))


@quantity("To spare over 100 µs", source="excursion-envelope")
def spare_100_microseconds(
    psu_capacity: Watt,
    psu_connectors_16pin: Count,
    tolerated_100_microseconds: Ratio,
    tolerated_100_microseconds_plain: Ratio,
    peak_dc_load: Watt,
    excursion_100_microseconds: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """A supply of the newer kind rides out twice its label for so long, an older one half as much more."""
    share = when(psu_connectors_16pin - 1, tolerated_100_microseconds, tolerated_100_microseconds_plain)
    return share * psu_capacity - (peak_dc_load + (excursion_100_microseconds - 1) * excursion_scale)


@quantity("To spare over 1 ms", source="excursion-envelope")
def spare_1_millisecond(
    psu_capacity: Watt,
    psu_connectors_16pin: Count,
    tolerated_1_millisecond: Ratio,
    tolerated_1_millisecond_plain: Ratio,
    peak_dc_load: Watt,
    excursion_1_millisecond: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """Capacitors carry part of a peak of a millisecond."""
    share = when(psu_connectors_16pin - 1, tolerated_1_millisecond, tolerated_1_millisecond_plain)
    return share * psu_capacity - (peak_dc_load + (excursion_1_millisecond - 1) * excursion_scale)


@quantity("To spare over 10 ms", source="excursion-envelope")
def spare_10_milliseconds(
    psu_capacity: Watt,
    psu_connectors_16pin: Count,
    tolerated_10_milliseconds: Ratio,
    tolerated_10_milliseconds_plain: Ratio,
    peak_dc_load: Watt,
    excursion_10_milliseconds: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """A peak of ten milliseconds lasts half a mains cycle and reaches the converter."""
    share = when(psu_connectors_16pin - 1, tolerated_10_milliseconds, tolerated_10_milliseconds_plain)
    return share * psu_capacity - (peak_dc_load + (excursion_10_milliseconds - 1) * excursion_scale)


@quantity("To spare over 100 ms", source="excursion-envelope")
def spare_100_milliseconds(
    psu_capacity: Watt,
    psu_connectors_16pin: Count,
    tolerated_100_milliseconds: Ratio,
    tolerated_100_milliseconds_plain: Ratio,
    peak_dc_load: Watt,
    excursion_100_milliseconds: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """Over a tenth of a second the supply must deliver nearly all of a peak itself."""
    share = when(psu_connectors_16pin - 1, tolerated_100_milliseconds, tolerated_100_milliseconds_plain)
    return share * psu_capacity - (peak_dc_load + (excursion_100_milliseconds - 1) * excursion_scale)


# --- what it loses


@quantity("Supply load, sustained", source="energy-balance")
def psu_load(dc_load: Watt, psu_rating: Watt) -> Ratio:
    """Efficiency follows the share of the label that is drawn."""
    return dc_load / psu_rating


@quantity("Supply load that counts, sustained", source="psu-loss-curve")
def psu_load_counted(psu_load: Ratio, psu_least_load: Ratio) -> Ratio:
    """Close to no load the curve is not known, so its end is taken."""
    return np.maximum(psu_load, psu_least_load)


@quantity("Supply loss, sustained, of its rated power", source="psu-loss-curve")
def psu_loss_of_rated(
    psu_load_counted: Ratio,
    psu_loss_constant: Ratio,
    psu_loss_linear: Ratio,
    psu_loss_square: Ratio,
    psu_loss_cube: Ratio,
) -> Ratio:
    """The loss is a constant part, parts that grow with the current, and parts that grow faster."""
    linear = psu_loss_constant + psu_loss_linear * psu_load_counted
    return linear + psu_loss_square * psu_load_counted**2 + psu_loss_cube * psu_load_counted**3


@quantity("Supply efficiency, sustained", source="psu-loss-curve")
def psu_efficiency(psu_count: Count, psu_load_counted: Ratio, psu_loss_of_rated: Ratio) -> Ratio:
    """What arrives, of what is taken from the mains."""
    return when(psu_count - 1, psu_load_counted / (psu_load_counted + psu_loss_of_rated), 1)


@quantity("Supply load that counts, everything at full load", source="psu-loss-curve")
def peak_psu_load_counted(peak_dc_load: Watt, psu_rating: Watt, psu_least_load: Ratio) -> Ratio:
    """As sustained, with cards and CPU at their limits."""
    return np.maximum(peak_dc_load / psu_rating, psu_least_load)


@quantity("Supply loss, everything at full load, of its rated power", source="psu-loss-curve")
def peak_psu_loss_of_rated(
    peak_psu_load_counted: Ratio,
    psu_loss_constant: Ratio,
    psu_loss_linear: Ratio,
    psu_loss_square: Ratio,
    psu_loss_cube: Ratio,
) -> Ratio:
    """As sustained, at the load of everything together."""
    linear = psu_loss_constant + psu_loss_linear * peak_psu_load_counted
    return linear + psu_loss_square * peak_psu_load_counted**2 + psu_loss_cube * peak_psu_load_counted**3


@quantity("Supply efficiency, everything at full load", source="psu-loss-curve")
def peak_psu_efficiency(psu_count: Count, peak_psu_load_counted: Ratio, peak_psu_loss_of_rated: Ratio) -> Ratio:
    """As sustained, at the load of everything together."""
    return when(psu_count - 1, peak_psu_load_counted / (peak_psu_load_counted + peak_psu_loss_of_rated), 1)


@quantity("Constant loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_constant(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    psu_loss_ratio: Ratio,
    loss_constant_high_line: Ratio,
    loss_constant_low_line: Ratio,
) -> Ratio:
    """What the supply draws for itself, as a share of its label."""
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, loss_constant_high_line, loss_constant_low_line)


@quantity("Linear loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_linear(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    psu_loss_ratio: Ratio,
    loss_linear_high_line: Ratio,
    loss_linear_low_line: Ratio,
) -> Ratio:
    """Diodes lose in step with the current."""
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, loss_linear_high_line, loss_linear_low_line)


@quantity("Quadratic loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_square(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    psu_loss_ratio: Ratio,
    loss_square_high_line: Ratio,
    loss_square_low_line: Ratio,
) -> Ratio:
    """Copper loses with the square of the current."""
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, loss_square_high_line, loss_square_low_line)


@quantity("Cubic loss of the supply, of its rated power", source="psu-loss-curve")
def psu_loss_cube(
    supply_voltage: Volt,
    high_line_voltage: Volt,
    psu_loss_ratio: Ratio,
    loss_cube_high_line: Ratio,
    loss_cube_low_line: Ratio,
) -> Ratio:
    """Only the highest class is held at four loads, so that its curve has one bend more."""
    return psu_loss_ratio * when(supply_voltage - high_line_voltage, loss_cube_high_line, loss_cube_low_line)


@quantity("Wall power, sustained", source="energy-balance")
def wall_power(dc_load: Watt, psu_efficiency: Ratio) -> Watt:
    """The mains delivers the load and the supply's own loss."""
    return dc_load / psu_efficiency


@quantity("Wall power, everything at full load", source="energy-balance")
def peak_wall_power(peak_dc_load: Watt, peak_psu_efficiency: Ratio) -> Watt:
    """As sustained, with cards and CPU at their limits."""
    return peak_dc_load / peak_psu_efficiency


@quantity("Supply loss", source="energy-balance")
def psu_loss(wall_power: Watt, dc_load: Watt) -> Watt:
    """What does not leave as direct current warms the supply."""
    return wall_power - dc_load
