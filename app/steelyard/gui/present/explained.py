"""An explanation tree as the popover shows it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.gui.lines import Cause, Explained
from steelyard.gui.present.numbers import Address, reading_of
from steelyard.gui.readings import Reading

if TYPE_CHECKING:
    from steelyard.graph.explain import Explanation
    from steelyard.project.evaluate import VariantEvaluation

TIERS = ("measured", "maker", "database", "recalled", "you", "assumed", "derived", "estimate", "unknown")
SOFT = ("unknown", "estimate", "assumed", "recalled")
"""Tiers that make a number weak, the weakest first."""


def explained_view(variant: VariantEvaluation, address: Address) -> Explained:
    """Why a number is what it is: its formula, the numbers in it, its causes, its weakest link, its sources."""
    row = address.row or 0
    told = variant.explain(address.name, row, address.position)
    reading = reading_of(variant, address.name, row, address.position, ranged=math.isfinite(told.value))
    if told.text:
        reading = Reading(reading.name, told.text, label=reading.label)
    causes = tuple(_cause(variant, each, row, 0) for each in told.because)
    place = f", {told.where}" if told.where else ""
    return Explained(
        str(address),
        told.label,
        reading,
        told.formula,
        told.numbers,
        causes,
        _weakest(told),
        " ".join(part for part in (told.reason, told.note) if part),
        (f"{source_title(variant, told.source)}{place}",) if told.source else (),
    )


def source_title(variant: VariantEvaluation, source: str) -> str:
    """The title of a source, or its id where it is a method of our own."""
    known = variant.engine.catalog.sources.get(source)
    return f"{known.title} ({known.publisher})" if known is not None else source


def _cause(variant: VariantEvaluation, told: Explanation, row: int, depth: int) -> Cause:
    value = told.text or str(variant.voice(row).say(told.value, told.unit))
    tier = "unknown" if math.isnan(told.value) else told.tier or "derived"
    open_further = told.name in variant.evaluation.values
    name = str(Address(told.name, told.position, row)) if open_further else ""
    return Cause(name, told.label, value, told.note, tier, depth)


def _weakest(told: Explanation) -> str:
    """The weakest datum on which the number rests, in words."""
    leaves = list(_leaves(told))
    for tier in SOFT:
        for leaf in leaves:
            if (tier == "unknown" and math.isnan(leaf.value)) or leaf.tier == tier:
                return f"{tier}: {leaf.label}" + (f" ({leaf.note.rstrip('.')})" if leaf.note else "")
    return ""


def _leaves(told: Explanation) -> list[Explanation]:
    if not told.because:
        return [told]
    return [leaf for each in told.because for leaf in _leaves(each)]
