"""Peaks shorter than a second: what cards draw in each window, one by one or in step, and what a supply rides out."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Count, PerCard, Present, Ratio, Watt

# --- how far peaks reach


@quantity("Scale of the cards' excursions", source="excursion-envelope")
def excursion_scale(cards: PerCard[Present], gpu_power_allowed: Watt) -> Watt:
    """Peaks of cards that do not work in step add as random amounts do: by their squares."""
    return np.sqrt(total_over(cards, gpu_power_allowed**2))


@quantity("Highest peak of the build", source="excursion-envelope")
def peak_excursion_power(peak_dc_load: Watt, excursion_100_microseconds: Ratio, excursion_scale: Watt) -> Watt:
    """Over the shortest window, with cards that do not work in step."""
    return peak_dc_load + (excursion_100_microseconds - 1) * excursion_scale


@quantity("Highest peak of the build, all cards in step", source="excursion-envelope")
def together_excursion_power(peak_dc_load: Watt, excursion_100_microseconds: Ratio, peak_gpus_power: Watt) -> Watt:
    """Cards that exchange their results after every step start the next one together, and so do their peaks."""
    return peak_dc_load + (excursion_100_microseconds - 1) * peak_gpus_power


# --- what the supply rides out


@quantity("Rating that peaks are counted by", source="atx-3-guide")
def excursion_rating(psu_capacity: Watt, psu_count: Count, psu_excursion_rated_power: Watt) -> Watt:
    """Some makers claim the peaks of the guide only up to a power below the label."""
    return np.minimum(psu_capacity, np.maximum(psu_count, 1) * psu_excursion_rated_power)


@quantity("Tolerated over 100 µs", source="atx-3-guide")
def tolerated_power_100_microseconds(
    psu_capacity: Watt,
    excursion_rating: Watt,
    psu_connectors_16pin: Count,
    tolerated_100_microseconds: Ratio,
    tolerated_100_microseconds_plain: Ratio,
) -> Watt:
    """A supply of the newer kind rides out twice its label for so long, an older one half as much more."""
    share = when(psu_connectors_16pin - 1, tolerated_100_microseconds, tolerated_100_microseconds_plain)
    return np.maximum(share * excursion_rating, psu_capacity)


@quantity("Tolerated over 1 ms", source="atx-3-guide")
def tolerated_power_1_millisecond(
    psu_capacity: Watt,
    excursion_rating: Watt,
    psu_connectors_16pin: Count,
    tolerated_1_millisecond: Ratio,
    tolerated_1_millisecond_plain: Ratio,
) -> Watt:
    """Capacitors carry part of a peak of a millisecond."""
    share = when(psu_connectors_16pin - 1, tolerated_1_millisecond, tolerated_1_millisecond_plain)
    return np.maximum(share * excursion_rating, psu_capacity)


@quantity("Tolerated over 10 ms", source="atx-3-guide")
def tolerated_power_10_milliseconds(
    psu_capacity: Watt,
    excursion_rating: Watt,
    psu_connectors_16pin: Count,
    tolerated_10_milliseconds: Ratio,
    tolerated_10_milliseconds_plain: Ratio,
) -> Watt:
    """A peak of ten milliseconds lasts half a mains cycle and reaches the converter."""
    share = when(psu_connectors_16pin - 1, tolerated_10_milliseconds, tolerated_10_milliseconds_plain)
    return np.maximum(share * excursion_rating, psu_capacity)


@quantity("Tolerated over 100 ms", source="atx-3-guide")
def tolerated_power_100_milliseconds(
    psu_capacity: Watt,
    excursion_rating: Watt,
    psu_connectors_16pin: Count,
    tolerated_100_milliseconds: Ratio,
    tolerated_100_milliseconds_plain: Ratio,
) -> Watt:
    """Over a tenth of a second the supply must deliver nearly all of a peak itself."""
    share = when(psu_connectors_16pin - 1, tolerated_100_milliseconds, tolerated_100_milliseconds_plain)
    return np.maximum(share * excursion_rating, psu_capacity)


# --- what is left of it


@quantity("To spare over 100 µs", source="excursion-envelope")
def spare_100_microseconds(
    tolerated_power_100_microseconds: Watt,
    peak_dc_load: Watt,
    excursion_100_microseconds: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """Everything at full load, and the peaks of cards that do not work in step."""
    return tolerated_power_100_microseconds - (peak_dc_load + (excursion_100_microseconds - 1) * excursion_scale)


@quantity("To spare over 1 ms", source="excursion-envelope")
def spare_1_millisecond(
    tolerated_power_1_millisecond: Watt,
    peak_dc_load: Watt,
    excursion_1_millisecond: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """Everything at full load, and the peaks of cards that do not work in step."""
    return tolerated_power_1_millisecond - (peak_dc_load + (excursion_1_millisecond - 1) * excursion_scale)


@quantity("To spare over 10 ms", source="excursion-envelope")
def spare_10_milliseconds(
    tolerated_power_10_milliseconds: Watt,
    peak_dc_load: Watt,
    excursion_10_milliseconds: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """Everything at full load, and the peaks of cards that do not work in step."""
    return tolerated_power_10_milliseconds - (peak_dc_load + (excursion_10_milliseconds - 1) * excursion_scale)


@quantity("To spare over 100 ms", source="excursion-envelope")
def spare_100_milliseconds(
    tolerated_power_100_milliseconds: Watt,
    peak_dc_load: Watt,
    excursion_100_milliseconds: Ratio,
    excursion_scale: Watt,
) -> Watt:
    """Everything at full load, and the peaks of cards that do not work in step."""
    return tolerated_power_100_milliseconds - (peak_dc_load + (excursion_100_milliseconds - 1) * excursion_scale)


@quantity("To spare over 100 µs, all cards in step", source="excursion-envelope")
def together_100_microseconds(
    tolerated_power_100_microseconds: Watt,
    peak_dc_load: Watt,
    excursion_100_microseconds: Ratio,
    peak_gpus_power: Watt,
) -> Watt:
    """Everything at full load, and the peaks of all cards in the same moment."""
    return tolerated_power_100_microseconds - (peak_dc_load + (excursion_100_microseconds - 1) * peak_gpus_power)


@quantity("To spare over 1 ms, all cards in step", source="excursion-envelope")
def together_1_millisecond(
    tolerated_power_1_millisecond: Watt,
    peak_dc_load: Watt,
    excursion_1_millisecond: Ratio,
    peak_gpus_power: Watt,
) -> Watt:
    """Everything at full load, and the peaks of all cards in the same moment."""
    return tolerated_power_1_millisecond - (peak_dc_load + (excursion_1_millisecond - 1) * peak_gpus_power)


@quantity("To spare over 10 ms, all cards in step", source="excursion-envelope")
def together_10_milliseconds(
    tolerated_power_10_milliseconds: Watt,
    peak_dc_load: Watt,
    excursion_10_milliseconds: Ratio,
    peak_gpus_power: Watt,
) -> Watt:
    """Everything at full load, and the peaks of all cards in the same moment."""
    return tolerated_power_10_milliseconds - (peak_dc_load + (excursion_10_milliseconds - 1) * peak_gpus_power)


@quantity("To spare over 100 ms, all cards in step", source="excursion-envelope")
def together_100_milliseconds(
    tolerated_power_100_milliseconds: Watt,
    peak_dc_load: Watt,
    excursion_100_milliseconds: Ratio,
    peak_gpus_power: Watt,
) -> Watt:
    """Everything at full load, and the peaks of all cards in the same moment."""
    return tolerated_power_100_milliseconds - (peak_dc_load + (excursion_100_milliseconds - 1) * peak_gpus_power)
