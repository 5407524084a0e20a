"""Whether heat feeds itself: a warmer card leaks more, which makes it, its case and its room warmer still."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import least_over, upstream_of, when
from steelyard.units import (
    Count,
    Flow,
    KelvinPerWatt,
    PerCard,
    PerKelvin,
    Present,
    Ratio,
    VolumetricHeat,
    Watt,
    WattPerKelvin,
)


@quantity("Air at the cards, warmer for a watt more of each", source="energy-balance")
def shared_air_resistance(
    gpu_count: Count,
    case_count: Count,
    card_inlet_share: Ratio,
    card_exhaust_share: Ratio,
    site_air_heat: VolumetricHeat,
    case_airflow: Flow,
    room_conductance: WattPerKelvin,
    ventilation_conductance: WattPerKelvin,
) -> KelvinPerWatt:
    """All cards warm one case and one room."""
    case = when(case_count - 1, card_inlet_share * (1 - card_exhaust_share) / (site_air_heat * case_airflow), 0)
    return gpu_count * (case + 1 / (room_conductance + ventilation_conductance))


@quantity("Card above the surroundings, for a watt more of each card", source="runaway")
def card_loop_resistance(
    cards: PerCard[Present],
    least_card_resistance: PerCard[KelvinPerWatt],
    card_airflow: PerCard[Flow],
    card_crowding: PerCard[Ratio],
    preheat_share: Ratio,
    preheat_far_share: Ratio,
    site_air_heat: VolumetricHeat,
    shared_air_resistance: KelvinPerWatt,
) -> PerCard[KelvinPerWatt]:
    """Its own cooler with fans at full speed, what the cards before it hand on, and the air that all share."""
    caught = preheat_share * (preheat_far_share + (1 - preheat_far_share) * card_crowding)
    passed = caught * upstream_of(cards, 1 / card_airflow) / site_air_heat
    return least_card_resistance + passed + shared_air_resistance


@quantity("Distance from runaway", source="runaway")
def runaway_margin(
    cards: PerCard[Present],
    card_loop_resistance: PerCard[KelvinPerWatt],
    card_asked_power: Watt,
    leakage_slope: PerKelvin,
) -> Ratio:
    """One less the kelvin that a kelvin brings about: at zero or below no temperature holds but that of a limit."""
    return least_over(cards, 1 - card_loop_resistance * card_asked_power * leakage_slope)
