"""What the user asked, in the words in which it was asked: so many samples within so many hours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.project.demands import inputs_of
from steelyard.wording import number, plural

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation


def asked_words(variant: VariantEvaluation, row: int) -> str:
    """For example "300 cases within 12 h"; empty where the rate is not an amount over a time."""
    use = variant.uses[row]
    definition = variant.engine.catalog.workloads[use.workload]
    powers = definition.asked.scales_with if definition.asked is not None else {}
    if sorted(powers.values()) != [-1, 1]:
        return ""
    used = inputs_of(use, definition)
    amount, time = (next(used[name] for name, power in powers.items() if power == sign) for sign in (1, -1))
    if amount.definition.unit != "samples" or math.isnan(amount.number) or math.isnan(time.number):
        return ""
    return f"{number(amount.number)} {plural(definition.sample)} within {number(time.number)} {time.definition.unit}"
