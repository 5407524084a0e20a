"""Every card by its position, in the steady state: the air it gets, its cooler, its power, its temperature."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity, settled
from steelyard.graph.tables import greatest_over, least_over, nth_of, spare, upstream_of, when
from steelyard.units import (
    Celsius,
    Count,
    Flow,
    Kelvin,
    KelvinPerWatt,
    PerCard,
    PerKelvin,
    PerSlot,
    Present,
    Ratio,
    VolumetricHeat,
    Watt,
)

# --- neighbours


@quantity("Free places below the card", source="pcie-cem")
def card_gap(
    card_slots: PerSlot[Present],
    board_slot_position: PerSlot[Count],
    cards_seated: Count,
    gpu_count: Count,
    card_index: PerCard[Count],
    gpu_thickness: Count,
) -> PerCard[Count]:
    """A card's fans face the card below it, the lowest card's none; where not all find a slot, they stand together."""
    place = nth_of(card_slots, board_slot_position, gpu_count - 1 - card_index)
    below = nth_of(card_slots, board_slot_position, gpu_count - card_index)
    return when(cards_seated - gpu_count, spare(below - place, gpu_thickness * np.minimum(card_index, 1)), 0)


@quantity("Crowding", source="card-stacking")
def card_crowding(
    cards: PerCard[Present], board_count: Count, card_gap: PerCard[Count], open_gap: Count
) -> PerCard[Ratio]:
    """One where a card stands right against the card below it, zero where the gap no longer matters."""
    near = when(board_count - 1, np.clip(1 - card_gap / open_gap, 0, 1), 1)
    return when(upstream_of(cards, cards) - 1, near, 0)


# --- the air that goes through it


@quantity("Air that the card is made for", source="card-airflow")
def card_wanted_air(gpu_board_power: Watt, card_air_rise: Kelvin, air_heat_capacity: VolumetricHeat) -> Flow:
    """A cooler is made for its board power: the air that leaves it is warmer by so much."""
    return gpu_board_power / (air_heat_capacity * card_air_rise)


@quantity("Air that reaches the card, of what it is made for", source="passive-cards")
def card_fed_share(
    gpu_needs_ducted_air: Present,
    gpu_count: Count,
    case_count: Count,
    case_rack: Present,
    passive_air_share: Ratio,
    tower_fed_share: Ratio,
    fan_airflow: Flow,
    card_wanted_air: Flow,
) -> Ratio:
    """A card without fans gets a share of what the case's fans move, in ducts all of it; others draw their own."""
    share = np.minimum(when(case_rack - 1, 1, passive_air_share), 1 / np.maximum(gpu_count, 1))
    fed = when(case_count - 1, np.minimum(share * fan_airflow / card_wanted_air, 1), tower_fed_share)
    return when(gpu_needs_ducted_air - 1, fed, 1)


@quantity("Air that the card gets", source="card-stacking")
def card_air_share(card_fed_share: Ratio, card_crowding: PerCard[Ratio], starvation: Ratio) -> PerCard[Ratio]:
    """A card right below blocks part of the intake."""
    return card_fed_share * (1 - starvation * card_crowding)


@quantity("Air through the card", source="card-airflow")
def card_airflow(card_wanted_air: Flow, card_air_share: PerCard[Ratio]) -> PerCard[Flow]:
    """Its own fans, or the case's, move the air that it gets."""
    return card_air_share * card_wanted_air


@quantity("Heat that the card blows out of the case", source="card-airflow")
def card_exhaust_share(gpu_count: Count, card_blown_share: Ratio) -> Ratio:
    """A blower sends its air through the bracket, other coolers leave it in the case."""
    return when(gpu_count - 1, card_blown_share, 0)


@quantity("Preheat by the cards below", source="preheat-law")
def card_preheat(
    cards: PerCard[Present],
    card_power: PerCard[Watt],
    card_airflow: PerCard[Flow],
    site_air_heat: VolumetricHeat,
    card_crowding: PerCard[Ratio],
    preheat_share: Ratio,
    preheat_far_share: Ratio,
) -> PerCard[Kelvin]:
    """Part of what the cards upstream give off goes through this card's cooler, less of it over a gap."""
    caught = preheat_share * (preheat_far_share + (1 - preheat_far_share) * card_crowding)
    return caught * upstream_of(cards, card_power / card_airflow) / site_air_heat


@quantity("Air at the card", source="preheat-law")
def card_inlet(
    room_air: Celsius,
    lower_rise: Kelvin,
    card_inlet_share: Ratio,
    card_preheat: PerCard[Kelvin],
    display_preheat: PerCard[Kelvin],
) -> PerCard[Celsius]:
    """Fans in front feed the cards with air that is fresher than what has mixed around them."""
    return room_air + card_inlet_share * lower_rise + card_preheat + display_preheat


@quantity("Air that leaves the card", source="energy-balance")
def card_outlet(
    card_inlet: PerCard[Celsius],
    card_power: PerCard[Watt],
    site_air_heat: VolumetricHeat,
    card_airflow: PerCard[Flow],
) -> PerCard[Celsius]:
    """All of its heat is in the air that went through it."""
    return card_inlet + card_power / (site_air_heat * card_airflow)


# --- the card's own cooler: the die, and behind it the fins, which the fans serve


@quantity("Card above its air at board power", source="card-design-rise")
def card_design_rise(
    gpu_measured_temperature: Celsius,
    gpu_measured_room: Celsius,
    gpu_measured_case_rise: Kelvin,
    gpu_measured_power_share: Ratio,
) -> Kelvin:
    """As it was measured, less what room and case had to do with it; where nothing was, as cards of its cooling."""
    return (gpu_measured_temperature - gpu_measured_room - gpu_measured_case_rise) / gpu_measured_power_share


@quantity("Card from die to its air, as it was measured", source="two-resistor-model")
def card_design_resistance(card_design_rise: Kelvin, gpu_board_power: Watt, slot_power: Watt) -> KelvinPerWatt:
    """A cooler is made for the board power."""
    return card_design_rise / np.maximum(gpu_board_power, slot_power)


@quantity("Card from die to fins", source="card-transients")
def card_die_resistance(
    gpu_board_power: Watt,
    slot_power: Watt,
    die_resistance: KelvinPerWatt,
    die_reference_power: Watt,
    die_size_exponent: Ratio,
    conduction_share: Ratio,
    card_design_resistance: KelvinPerWatt,
) -> KelvinPerWatt:
    """Air does not change it; a large die has more area for its watts, and no die takes more than its share."""
    size = die_reference_power / np.maximum(gpu_board_power, slot_power)
    return np.minimum(die_resistance * size**die_size_exponent, conduction_share * card_design_resistance)


@quantity("Card from fins to its air, fans at full speed", source="heatsink-law")
def least_sink_resistance(
    card_design_resistance: KelvinPerWatt,
    card_die_resistance: KelvinPerWatt,
    gpu_measured_fan_speed: Ratio,
    card_air_share: PerCard[Ratio],
    air_density_share: Ratio,
    convection_exponent: Ratio,
) -> PerCard[KelvinPerWatt]:
    """Convection suffers from less air and from thinner air."""
    air = gpu_measured_fan_speed / (card_air_share * air_density_share)
    return (card_design_resistance - card_die_resistance) * air**convection_exponent


@quantity("Card from die to its air, fans at full speed", source="two-resistor-model")
def least_card_resistance(
    card_die_resistance: KelvinPerWatt, least_sink_resistance: PerCard[KelvinPerWatt]
) -> PerCard[KelvinPerWatt]:
    """Above its target a card turns its fans up as far as they go."""
    return card_die_resistance + least_sink_resistance


@quantity("Speed of the card's fans, of their full speed", source="heatsink-law")
def card_fan_speed(
    gpu_temperature_target: Celsius,
    card_inlet: PerCard[Celsius],
    card_power: PerCard[Watt],
    card_die_resistance: KelvinPerWatt,
    least_sink_resistance: PerCard[KelvinPerWatt],
    convection_exponent: Ratio,
    card_fan_floor: Ratio,
) -> PerCard[Ratio]:
    """The speed that holds the card at its target; no less than its own curve asks for, no more than there is."""
    wanted = (gpu_temperature_target - card_inlet) / card_power - card_die_resistance
    speed = when(-wanted, 1, least_sink_resistance / wanted) ** (1 / convection_exponent)
    return np.clip(speed, card_fan_floor, 1)


@quantity("Card from fins to its air", source="heatsink-law")
def card_sink_resistance(
    least_sink_resistance: PerCard[KelvinPerWatt], card_fan_speed: PerCard[Ratio], convection_exponent: Ratio
) -> PerCard[KelvinPerWatt]:
    """Faster fans move more air through the same fins."""
    return least_sink_resistance / card_fan_speed**convection_exponent


@quantity("Card from die to its air", source="two-resistor-model")
def card_resistance(
    card_die_resistance: KelvinPerWatt, card_sink_resistance: PerCard[KelvinPerWatt]
) -> PerCard[KelvinPerWatt]:
    """Heat passes the die and then the fins."""
    return card_die_resistance + card_sink_resistance


# --- power, temperature, clock


@quantity("Card power asked for", source="dvfs-power-law")
def card_asked_power(gpu_idle_power: Watt, gpu_board_power: Watt, gpu_power_share: Ratio) -> Watt:
    """What the work draws while it runs, on a card of ordinary temperature."""
    return gpu_idle_power + gpu_power_share * (gpu_board_power - gpu_idle_power)


@quantity("Card power asked for when warm", source="leakage-slope")
def card_warm_power(
    card_asked_power: Watt,
    card_temperature: PerCard[Celsius],
    gpu_shutdown_temperature: Celsius,
    leakage_slope: PerKelvin,
    leakage_reference: Celsius,
) -> PerCard[Watt]:
    """Leakage grows with temperature and buys no clock; no card gets hotter than where it switches off."""
    hot = np.minimum(card_temperature, gpu_shutdown_temperature)
    return card_asked_power * (1 + leakage_slope * (hot - leakage_reference))


@quantity("Card power that the air can carry", source="two-resistor-model")
def card_carried_power(
    gpu_temperature_limit: Celsius, card_inlet: PerCard[Celsius], least_card_resistance: PerCard[KelvinPerWatt]
) -> PerCard[Watt]:
    """At the temperature limit the average power is what resistance and inlet leave; hotter air carries none."""
    return np.maximum(gpu_temperature_limit - card_inlet, 0) / least_card_resistance


@quantity("Card power while busy", source="two-resistor-model")
def card_busy_power(
    card_warm_power: PerCard[Watt],
    gpu_power_allowed: Watt,
    gpu_board_power: Watt,
    gpu_idle_power: Watt,
    card_carried_power: PerCard[Watt],
    gpu_busy: Ratio,
    least_busy: Ratio,
    throttle_floor: Ratio,
) -> PerCard[Watt]:
    """The least of what the work asks, the power limit and the temperature limit; below a floor it cannot go."""
    cool = gpu_idle_power + (card_carried_power - gpu_idle_power) / np.maximum(gpu_busy, least_busy)
    allowed = np.minimum(gpu_power_allowed, np.maximum(cool, throttle_floor * gpu_board_power))
    return np.minimum(card_warm_power, allowed)


@settled("Card power, sustained", start="gpu_idle_power", within=5e-7, source="two-resistor-model")
def card_power(gpu_idle_power: Watt, gpu_busy: Ratio, card_busy_power: PerCard[Watt]) -> PerCard[Watt]:
    """Heat builds up over minutes, so the average over busy and idle counts."""
    return gpu_idle_power + gpu_busy * (card_busy_power - gpu_idle_power)


@quantity("Card temperature", source="two-resistor-model")
def card_temperature(
    card_inlet: PerCard[Celsius], card_power: PerCard[Watt], card_resistance: PerCard[KelvinPerWatt]
) -> PerCard[Celsius]:
    """The die sits above its air by resistance times power."""
    return card_inlet + card_resistance * card_power


@settled("Speed kept by the slowest card", start=1.0, within=1e-9, source="roofline-clock")
def gpu_speed_kept(cards: PerCard[Present], card_speed_kept: PerCard[Ratio]) -> Ratio:
    """Cards that work together wait for the slowest of them."""
    return np.minimum(least_over(cards, card_speed_kept), 1)


@quantity("Hottest card", source="arithmetic")
def gpu_temperature(cards: PerCard[Present], card_temperature: PerCard[Celsius]) -> Celsius:
    """The card that decides."""
    return greatest_over(cards, card_temperature)
