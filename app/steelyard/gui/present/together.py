"""What workloads take at the same time: the plots of GPU memory and of the day, and the number behind each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from steelyard.figures import day_plan, memory_together
from steelyard.figures.lanes import lanes_of
from steelyard.gui.present.numbers import Address
from steelyard.project.concurrent import ALWAYS

if TYPE_CHECKING:
    from steelyard.figures import Figure
    from steelyard.figures.lanes import Lanes
    from steelyard.project.concurrent import Window
    from steelyard.project.evaluate import VariantEvaluation

AT_PEAK = {
    "cores_asked": "cores_least",
    "gpu_memory_needed": "gpu_memory_at_peak",
    "memory_asked": "memory_least",
}
"""What is needed at the peak, by what one workload needs of it; the cards' time is shared, and no sum of it opens."""


def memory_figure(variant: VariantEvaluation) -> Figure:
    """GPU memory over all workloads that run at the same time."""
    return memory_together.curves(lanes_of(variant, memory_together.READS))


def day_figure(variant: VariantEvaluation) -> tuple[Figure, tuple[tuple[str, ...], ...]]:
    """The plan of the day, and for each of its cells the address of the number in it."""
    beside = lanes_of(variant, day_plan.READS)
    figure = day_plan.curves(beside)
    taken = [each.taken for each in day_plan.COLUMNS]
    addresses = [tuple(str(Address(name, None, row)) for name in taken) for row in range(len(beside.lanes))]
    for window in day_plan.summed(beside):
        row = _own_row(beside, window)
        addresses.append(tuple(str(Address(AT_PEAK[name], None, row)) if name in AT_PEAK else "" for name in taken))
    return figure, tuple(addresses)


def _own_row(beside: Lanes, window: Window) -> int:
    """A workload whose peak this window is: one that does not run at other times, too."""
    return next((each for each in window.places if beside.lanes[each].when != ALWAYS), window.places[0])
