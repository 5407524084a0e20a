"""What rests on a role that is empty and may not be: such a number leaves a part out, so it is not known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.project.left_out import LABELS, left_out

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.figures.readings import Reading
    from steelyard.project.evaluate import VariantEvaluation

MOST_NAMED = 3


def missing_words(variant: VariantEvaluation) -> str:
    """The required roles that are empty, as words in a sentence; empty where none is."""
    names = [LABELS[name] for name in variant.selection.missing()]
    if len(names) > MOST_NAMED:
        return f"{len(names)} needed parts"
    names = [name if name.isupper() or name.startswith(("CPU", "OS")) else name.lower() for name in names]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def missing_sentence(variant: VariantEvaluation) -> str:
    """That parts are missing, and what that means for the numbers; empty where none is."""
    words = missing_words(variant)
    verb, those = ("are", "them") if len(variant.selection.missing()) > 1 else ("is", "it")
    return f"{words[0].upper()}{words[1:]} {verb} missing: what follows leaves {those} out." if words else ""


def unknown_where_left_out(variant: VariantEvaluation, readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Readings of which those that leave a part out are not known."""
    return {
        name: reading._replace(values=(math.nan,) * len(reading.values), lows=(), highs=())
        if left_out(variant, name)
        else reading
        for name, reading in readings.items()
    }
