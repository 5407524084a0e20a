"""Does the supply carry the build: its label, its leads, its peaks, at the voltage of the site."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import spare, when
from steelyard.units import Count, Ratio, Volt, Watt


@rule(
    "PWR-001",
    "The supply carries the sustained load",
    BLOCK,
    source="energy-balance",
    otherwise="The sustained load is more than the supply's label",
    beyond=True,
    remedy="Choose a supply of {psu_needed} or more, or share the load between two",
)
def supply_margin(psu_rating: Watt, dc_load: Watt) -> Watt:
    """Above its label a supply shuts down, at the latest when it is warm."""
    return spare(psu_rating, dc_load)


@rule(
    "PWR-002",
    "The supply has room for ageing, heat and quiet",
    WARN,
    source="atx-3-guide",
    otherwise="The supply runs too close to its label for hours",
    beyond=True,
    remedy="Choose a supply of {psu_needed} or more",
)
def supply_ease_margin(psu_load_limit: Ratio, psu_rating: Watt, dc_load: Watt) -> Watt:
    """Above this share of its label a supply is loud and hot, and has no room for ageing."""
    return spare(psu_load_limit * psu_rating, dc_load)


@rule(
    "PWR-003",
    "The supply carries everything at full load at once",
    WARN,
    source="energy-balance",
    otherwise="Cards and CPU at full load together overload the supply",
    beyond=True,
    remedy="Choose a supply of {peak_dc_load} or more, or lower the power limit of the cards",
)
def supply_full_load_margin(psu_capacity: Watt, peak_dc_load: Watt) -> Watt:
    """A stress test, or a second job on the CPU, brings it about."""
    return spare(psu_capacity, peak_dc_load)


@rule(
    "PWR-004",
    "The supply rides out the peaks of the cards",
    WARN,
    source="excursion-envelope",
    otherwise="Peaks of the cards can switch the supply off",
    beyond=True,
    remedy="Choose a larger supply, one with 16-pin leads, or lower the power limit of the cards",
)
def supply_peak_margin(
    spare_100_microseconds: Watt,
    spare_1_millisecond: Watt,
    spare_10_milliseconds: Watt,
    spare_100_milliseconds: Watt,
) -> Watt:
    """The shortest peaks are the highest, but a supply rides out more of them; the tightest window decides."""
    short = np.minimum(spare_100_microseconds, spare_1_millisecond)
    return np.minimum(short, np.minimum(spare_10_milliseconds, spare_100_milliseconds))


@rule(
    "PWR-005",
    "Every 16-pin card has a lead of its own",
    BLOCK,
    source="atx-3-guide",
    otherwise="The supply has too few 16-pin leads",
    remedy="Choose a supply with more 16-pin leads, or two supplies; adapters from 8-pin leads are not counted",
)
def leads_16pin_margin(psu_count: Count, psu_connectors_16pin: Count, leads_16pin_wanted: Count) -> Count:
    """A shared or adapted lead carries the current of two on the pins of one."""
    return spare(np.maximum(psu_count, 1) * psu_connectors_16pin, leads_16pin_wanted)


@rule(
    "PWR-006",
    "Every 8-pin PCIe input has a lead",
    BLOCK,
    source="pcie-cem",
    otherwise="The supply has too few 8-pin PCIe leads",
    remedy="Choose a supply with more 8-pin PCIe leads",
)
def leads_8pin_margin(
    psu_count: Count,
    psu_connectors_8pin: Count,
    gpu_count: Count,
    gpu_connectors_8pin: Count,
    display_gpu_count: Count,
    display_gpu_connectors_8pin: Count,
) -> Count:
    """Each lead is made for 150 W."""
    wanted = gpu_count * gpu_connectors_8pin + display_gpu_count * display_gpu_connectors_8pin
    return spare(np.maximum(psu_count, 1) * psu_connectors_8pin, wanted)


@rule(
    "PWR-007",
    "Board and cards find enough EPS leads",
    BLOCK,
    source="eps12v-connector",
    otherwise="The supply has too few EPS leads",
    remedy="Choose a supply with more EPS leads; some cards take the same plug as the CPU",
)
def leads_eps_margin(
    psu_count: Count,
    psu_connectors_eps: Count,
    board_count: Count,
    board_eps_connectors: Count,
    gpu_count: Count,
    gpu_connectors_eps: Count,
) -> Count:
    """A PCIe plug does not fit where a card wants the CPU's."""
    wanted = board_count * board_eps_connectors + gpu_count * gpu_connectors_eps
    return spare(np.maximum(psu_count, 1) * psu_connectors_eps, wanted)


@rule(
    "PWR-008",
    "The inputs of a card carry its board power",
    WARN,
    source="pcie-cem",
    otherwise="The inputs of a card are rated for less than its board power",
    remedy="Check the card's data: slot and inputs add to less than {gpu_board_power}",
)
def card_inputs_margin(slot_power: Watt, gpu_plugs_power: Watt, gpu_board_power: Watt) -> Watt:
    """Slot and plugs share the current; beyond their rating contacts overheat."""
    return spare(slot_power + gpu_plugs_power, gpu_board_power)


@rule(
    "PWR-009",
    "The supply gives its load at the voltage of the site",
    BLOCK,
    source="psu-labels",
    otherwise="At the voltage of the site the supply gives less than the sustained load",
    remedy="Use a circuit of 200 V or more, two supplies, or lower the power limit of the cards",
)
def low_line_margin(psu_capacity: Watt, psu_rating: Watt, dc_load: Watt) -> Watt:
    """Large supplies are rated for their label on high line only; where one gives all of it, voltage costs nothing."""
    return spare(psu_capacity, when(1 / psu_rating - 1 / psu_capacity, 0, dc_load))


@rule(
    "PWR-010",
    "The supply runs at the voltage of the site",
    BLOCK,
    source="psu-labels",
    otherwise="The supply is not made for the voltage of the site",
    remedy="Choose a supply whose input range holds {supply_voltage}, or another circuit",
)
def supply_voltage_margin(
    psu_count: Count, psu_input_voltage_low: Volt, psu_input_voltage_high: Volt, supply_voltage: Volt
) -> Volt:
    """Below its range a supply does not start, above it it is destroyed."""
    inside = np.minimum(supply_voltage - psu_input_voltage_low, psu_input_voltage_high - supply_voltage)
    return when(psu_count - 1, inside, supply_voltage)


@rule(
    "PWR-019",
    "The cards take their power limit",
    WARN,
    source="card-limits",
    otherwise="The cards refuse this power limit and stay at their own",
    remedy="Set a power limit between {gpu_power_floor} and {gpu_power_ceiling}",
)
def power_limit_margin(
    gpu_count: Count, power_limit: Watt, gpu_board_power: Watt, gpu_power_floor: Watt, gpu_power_ceiling: Watt
) -> Watt:
    """A driver accepts limits between a lowest and a highest; without cards, or without a limit, none is asked."""
    inside = when(gpu_board_power - power_limit, power_limit - gpu_power_floor, gpu_power_ceiling - power_limit)
    asked = when(-(1 / power_limit), power_limit, inside)
    return when(gpu_count - 1, asked, power_limit)


@rule(
    "PWR-020",
    "The supply rides out the peaks even of cards in step",
    NOTE,
    source="excursion-envelope",
    otherwise="Cards that peak in the same moment can switch the supply off",
    beyond=True,
    remedy="Leave room above {together_excursion_power} for a moment, or lower the power limit of the cards",
)
def supply_together_margin(
    together_100_microseconds: Watt,
    together_1_millisecond: Watt,
    together_10_milliseconds: Watt,
    together_100_milliseconds: Watt,
) -> Watt:
    """Cards that train one network exchange results after every step; this bound is rarely reached, but may be."""
    short = np.minimum(together_100_microseconds, together_1_millisecond)
    return np.minimum(short, np.minimum(together_10_milliseconds, together_100_milliseconds))
