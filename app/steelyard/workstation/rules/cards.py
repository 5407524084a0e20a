"""Do the cards stay in hand: heat that feeds itself, and the display card in the warm air of the others."""

from __future__ import annotations

from steelyard.graph.quantity import BLOCK, WARN, rule
from steelyard.graph.tables import when
from steelyard.units import Celsius, Count, Kelvin, Ratio


@rule(
    "THM-030",
    "Heat does not feed itself",
    BLOCK,
    source="runaway",
    otherwise="Heat feeds itself: a warmer card leaks more power than its air takes away, and no temperature holds",
    remedy="Let more air through the cards or the room, or set a power limit; only limits of the cards stop it now",
)
def runaway_room(runaway_margin: Ratio) -> Ratio:
    """A kelvin that brings about another kelvin has no end."""
    return when(-runaway_margin, -1 * (1 - runaway_margin), runaway_margin)


@rule(
    "THM-031",
    "The display card stays below its temperature limit",
    WARN,
    source="card-limits",
    otherwise="The display card gets too hot in the air of the cards before it",
    remedy="Place the display card where the air comes in, before the other cards",
)
def display_margin(
    display_gpu_count: Count, display_gpu_temperature_limit: Celsius, display_temperature: Celsius
) -> Kelvin:
    """It works little itself, and breathes what the others give off."""
    return when(display_gpu_count - 1, display_gpu_temperature_limit - display_temperature, 1 / display_gpu_count)
