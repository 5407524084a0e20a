"""What the cards of a build gain over its processor alone, in words, beside what is reported elsewhere."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.wording import lasting, times

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation

__all__ = ["gain_words"]


def gain_words(found: VariantEvaluation, row: int) -> str:
    """Return the gain for one workload, with the times of a job that ends; empty where cards have nothing to do.

    The reported gain stands beside it, and a gain beyond that gets a note: neither is ever put in the other's place.
    """
    gain, reported = found.value("card_gain", row), found.value("reported_gain", row)
    if not gain > 1:  # no card, no work for it, or not known
        return ""
    alone = ""
    if 0 < found.value("job_samples", row) < math.inf:  # a service has no end
        _, without = found.with_parts([found.selection.without("gpu")], ("job_time",))
        alone = f", {lasting(found.value('job_time', row))} instead of {lasting(without.at('job_time', row))}"
    note = ""
    if gain > reported:
        note = "; more than is reported, mostly of older cards against few cores"
    return (
        f"the cards are {times(gain)} as fast as the processor alone{alone} (reported of imaging: up to "
        f"{times(reported)}{note})"
    )
