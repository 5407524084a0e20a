"""What each cause of idle GPU time costs a year: its part of the whole idle cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.gui.present.numbers import unit_of

if TYPE_CHECKING:
    from steelyard.figures import Figure
    from steelyard.project.evaluate import VariantEvaluation

COST = "gpu_idle_cost"


def idle_costs(variant: VariantEvaluation, row: int, figure: Figure) -> dict[str, str]:
    """The cost of each cause by its name, as the figure of GPU time shares it out; empty where it is not known."""
    cost, causes = variant.value(COST, row), figure.bars[1:]
    whole = sum(bar.end - bar.start for bar in causes)
    if math.isnan(cost) or whole <= 0:
        return {}
    voice, unit = variant.voice(row), unit_of(variant, COST)
    return {bar.name: str(voice.say(cost * (bar.end - bar.start) / whole, unit)) for bar in causes}
