"""What rests on a role that is empty and may not be: such a number leaves a part out, so it is not known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["LABELS", "known", "left_out"]

LABELS = {role.name: role.label for role in ROLES}


def known(variant: VariantEvaluation, name: str, row: int = 0, position: int | None = None) -> float:
    """Return one number of the model, NaN where it leaves out a part that a build needs: what is not there is not 0."""
    return math.nan if left_out(variant, name) else variant.value(name, row, position)


def left_out(variant: VariantEvaluation, name: str) -> tuple[str, ...]:
    """Return the labels of the required roles that are empty and on whose parts a number rests."""
    missing = variant.selection.missing()
    if not missing:
        return ()
    reads = _reads(variant, name)
    return tuple(LABELS[role] for role in missing if any(read.startswith(f"{role}_") for read in reads))


def _reads(variant: VariantEvaluation, name: str) -> set[str]:
    """All inputs that a quantity reads, at first hand or through others; a given number reads nothing."""
    model, given = variant.evaluation.model, variant.evaluation.given
    pending, seen = [name], {name}
    while pending:
        here = pending.pop()
        quantity = None if here in given else model.quantities.get(here)
        for need in quantity.needs if quantity is not None else ():
            if need.name not in seen:
                seen.add(need.name)
                pending.append(need.name)
    return {each for each in seen if each in model.inputs}
