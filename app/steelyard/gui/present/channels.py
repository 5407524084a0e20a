"""What several input images of a case cost on the processor, beside one: from the demands' own factors."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from steelyard.gui.present.numbers import Address
from steelyard.project.demands import factor_of, inputs_of
from steelyard.wording import number, times

if TYPE_CHECKING:
    from steelyard.catalog.workload import WorkloadDefinition
    from steelyard.project.content import WorkloadUse
    from steelyard.project.demands import UsedInput

CHANNELS: Final = "channels"
WORK: Final = "cpu_demand"


class Remark(NamedTuple):
    """A sentence under the fields, and the address of the number that gives its reason; both empty for none."""

    text: str = ""
    asks: str = ""


def channels_remark(use: WorkloadUse, definition: WorkloadDefinition, row: int | None) -> Remark:
    """How many times the processor's time of one channel the channels of a case take; nothing for one alone.

    row: the workload's row of the evaluation; None where it is not weighed.
    """
    used = inputs_of(use, definition)
    if CHANNELS not in used or not used[CHANNELS].number > 1:
        return Remark()
    one = {**used, CHANNELS: used[CHANNELS]._replace(value=1.0)}
    asked, single = _seconds(definition, used), _seconds(definition, one)
    grown = math.fsum(asked) / math.fsum(single) if single and math.fsum(single) else math.nan
    if math.isnan(grown) or grown <= 1:
        return Remark()
    slowest = asked.index(max(asked))
    text = (
        f"{number(used[CHANNELS].number)} channels cost about {times(grown)} the processor time of one (of a CT); "
        f"most of it in the stage {definition.stages[slowest].label}."
    )
    return Remark(text, "" if row is None else str(Address(WORK, slowest, row)))


def _seconds(definition: WorkloadDefinition, used: dict[str, UsedInput]) -> list[float]:
    """Seconds of a core that each stage takes for a sample."""
    demands = (stage.demands.get(WORK) for stage in definition.stages)
    return [0.0 if each is None or each.value is None else each.value * factor_of(each, used) for each in demands]
