"""The display card in the air stream of the cards: what it breathes, what it warms, and which card is the hottest."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import greatest_over, index_of_least, total_over, when
from steelyard.units import (
    Celsius,
    Count,
    Flow,
    Kelvin,
    KelvinPerWatt,
    PerCard,
    Present,
    Ratio,
    VolumetricHeat,
    Watt,
)


@quantity("Cards that stand before the display card", source="preheat-law")
def before_display(cards: PerCard[Present], card_index: PerCard[Count], display_place: Count) -> PerCard[Present]:
    """Those upstream of it in the air; all of them where its place is not said, for then it is the last."""
    return when(display_place - 1 - card_index, cards, 0)


@quantity("Air through the display card", source="card-airflow")
def display_airflow(
    display_gpu_board_power: Watt, slot_power: Watt, display_air_rise: Kelvin, air_heat_capacity: VolumetricHeat
) -> Flow:
    """A cooler is made for its board power."""
    return np.maximum(display_gpu_board_power, slot_power) / (air_heat_capacity * display_air_rise)


@quantity("Preheat by the display card", source="preheat-law")
def display_preheat(
    display_gpu_count: Count,
    cards: PerCard[Present],
    before_display: PerCard[Present],
    display_power: Watt,
    display_airflow: Flow,
    preheat_share: Ratio,
    site_air_heat: VolumetricHeat,
) -> PerCard[Kelvin]:
    """Cards behind it breathe part of what it gives off, as they do of each other."""
    warmer = preheat_share * display_power / (display_airflow * site_air_heat)
    return when(display_gpu_count - 1, warmer, 0) * (cards - before_display)


@quantity("Air at the display card", source="preheat-law")
def display_inlet(
    room_air: Celsius,
    lower_rise: Kelvin,
    card_inlet_share: Ratio,
    cards: PerCard[Present],
    before_display: PerCard[Present],
    card_power: PerCard[Watt],
    card_airflow: PerCard[Flow],
    preheat_share: Ratio,
    site_air_heat: VolumetricHeat,
) -> Celsius:
    """As the air of a card at its place, with part of the heat of all cards before it."""
    passed = total_over(cards, before_display * card_power / card_airflow) / site_air_heat
    return room_air + card_inlet_share * lower_rise + preheat_share * passed


@quantity("Display card from die to its air", source="two-resistor-model")
def display_resistance(
    display_gpu_measured_temperature: Celsius,
    display_gpu_measured_room: Celsius,
    display_gpu_measured_case_rise: Kelvin,
    display_gpu_measured_power_share: Ratio,
    display_gpu_board_power: Watt,
    slot_power: Watt,
) -> KelvinPerWatt:
    """As the cards': measured, or that of its class, at its board power."""
    rise = display_gpu_measured_temperature - display_gpu_measured_room - display_gpu_measured_case_rise
    return rise / (display_gpu_measured_power_share * np.maximum(display_gpu_board_power, slot_power))


@quantity("Display card temperature", source="two-resistor-model")
def display_temperature(
    display_inlet: Celsius,
    display_gpu_count: Count,
    display_power: Watt,
    display_resistance: KelvinPerWatt,
) -> Celsius:
    """Mostly idle, and as warm as the air that the cards leave it."""
    return when(display_gpu_count - 1, display_inlet + display_resistance * display_power, display_inlet)


@quantity("Hottest card, by its place", source="arithmetic")
def hottest_card(
    cards: PerCard[Present],
    card_temperature: PerCard[Celsius],
    display_gpu_count: Count,
    display_temperature: Celsius,
    gpu_count: Count,
) -> Count:
    """Counted from the card that meets the air first, from zero; the display card counts as the one after the last."""
    cooler = greatest_over(cards, card_temperature) - display_temperature
    return when(
        cooler, index_of_least(cards, display_temperature - card_temperature), when(display_gpu_count - 1, gpu_count, 0)
    )
