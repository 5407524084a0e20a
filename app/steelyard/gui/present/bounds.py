"""By what each stage on the cards is bound, in words: arithmetic, memory bandwidth, the power limit, or launches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.workstation.roofline import bound_words

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation


def bounds_of(variant: VariantEvaluation, use: str) -> tuple[tuple[str, str], ...]:
    """The stages of the workload of this id that run on the engine, each with what bounds it; none when it is off."""
    row = next((row for row, each in enumerate(variant.uses) if each.id == use), None)
    if row is None:
        return ()
    stages = variant.engine.catalog.workloads[variant.uses[row].workload].stages
    words = ((stage.label, bound_words(variant.value("stage_bound", row, at))) for at, stage in enumerate(stages))
    return tuple((label, bound) for label, bound in words if bound)
