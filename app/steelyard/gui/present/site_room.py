"""The room in words: which method of cooling the heat calls for, and how far the slider of fresh air goes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.gui.method_guide import MethodLine
from steelyard.project.cooling_methods import cooling_methods, enough_for
from steelyard.project.left_out import left_out
from steelyard.wording import measured

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

LEAST_REACH, REACH, STEP = 900, 1.6, 100
"""m³/h: the slider goes so far at the least, or so many times what is set, on whole steps."""


def methods_view(variant: VariantEvaluation, row: int) -> tuple[MethodLine, ...]:
    """Every method; none is marked where the heat is not known."""
    heat = math.nan if left_out(variant, "mains_power") else variant.value("mains_power", row)
    called = "" if math.isnan(heat) else enough_for(heat)
    return tuple(
        MethodLine(
            method.label,
            method.how,
            f"up to {measured(method.up_to, 'W', 0)}" if method.up_to else "where it never stops"
            if name == "comfort" else "above",
            name == called,
        )
        for name, method in cooling_methods().items()
    )  # fmt: skip


def slider_reach(ventilation: float | None) -> int:
    """How far the slider goes, on whole steps."""
    wanted = max(LEAST_REACH, REACH * (ventilation or 0.0))
    return math.ceil(wanted / STEP) * STEP
