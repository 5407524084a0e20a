"""Whether heat feeds itself: a warmer card leaks more, which makes it, its case and its room warmer still."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import upstream_of, when
from steelyard.units import (
    Count,
    Flow,
    KelvinPerWatt,
    PerCard,
    Present,
    Ratio,
    VolumetricHeat,
    WattPerKelvin,
)


@quantity("Air at the cards, warmer for a watt more of each", source="energy-balance")
def shared_air_resistance(
    gpu_count: Count,
    case_count: Count,
    card_inlet_share: Ratio,
    card_exhaust_share: Ratio,
    lower_air_share: Ratio,
    site_air_heat: VolumetricHeat,
    full_fan_airflow: Flow,
    case_draught: Flow,
    blown_out: Flow,
    room_conductance: WattPerKelvin,
    ventilation_conductance: WattPerKelvin,
) -> KelvinPerWatt:
    """All cards warm one case, its fans at full speed, and one room."""
    air = lower_air_share * site_air_heat * (full_fan_airflow + case_draught + blown_out)
    case = when(case_count - 1, card_inlet_share * (1 - card_exhaust_share) / air, 0)
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
