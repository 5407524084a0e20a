"""Do the cards stay in hand: heat that feeds itself, and the display card in the warm air of the others."""

from __future__ import annotations

from steelyard.graph.quantity import BLOCK, WARN, rule
from steelyard.graph.tables import least_over, spare, when
from steelyard.units import Celsius, Count, Kelvin, KelvinPerWatt, PerCard, PerKelvin, Present, Ratio, Watt


@rule(
    "THM-020",
    "Heat does not feed itself",
    BLOCK,
    source="runaway",
    otherwise="Heat feeds itself: a warmer card leaks more than its air takes away",
    remedy="Let more air through cards and room: no temperature holds but the one at which a card gives up",
)
def runaway_margin(
    cards: PerCard[Present],
    card_loop_resistance: PerCard[KelvinPerWatt],
    card_asked_power: Watt,
    leakage_slope: PerKelvin,
) -> Ratio:
    """One less the kelvin that a kelvin brings about: at zero or below it has no end."""
    return least_over(cards, 1 - card_loop_resistance * card_asked_power * leakage_slope)


@rule(
    "THM-021",
    "The display card stays below its temperature limit",
    WARN,
    source="card-limits",
    otherwise="The display card gets too hot in the air of the cards before it",
    beyond=True,
    remedy="Place the display card where the air comes in, before the other cards",
)
def display_margin(
    display_gpu_count: Count,
    display_gpu_temperature_limit: Celsius,
    display_inlet: Celsius,
    display_temperature: Celsius,
) -> Kelvin:
    """It works little itself, and breathes what the others give off."""
    room = display_gpu_temperature_limit - display_inlet
    return spare(room, when(display_gpu_count - 1, display_temperature - display_inlet, 0))


@rule(
    "THM-022",
    "No card breathes air that its neighbours have made much warmer",
    WARN,
    source="preheat-law",
    otherwise="The inner cards breathe what their neighbours give off, and get the hottest",
    beyond=True,
    remedy="Leave a slot free between the cards, swap their order, or choose cards that blow out of the case",
)
def preheat_margin(preheat_borne: Kelvin, card_preheat: PerCard[Kelvin]) -> PerCard[Kelvin]:
    """Each kelvin of preheat is a kelvin on the die, and the card that has most of it sets the pace of all."""
    return preheat_borne - card_preheat
