"""How long fans and powers may be held: an interval in which a control answers more than it sees makes it hunt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from steelyard.transient.control import Controlled

__all__ = ["doublings_of"]

_STEADY: Final = 1 + 1e-9
"""What a deviation may be multiplied by from one interval to the next; heat that never leaves stays as it is."""


def doublings_of(controlled: Controlled, interval: float, most: int, *, aimed: bool) -> int:
    """Return how often an interval may be doubled so that whatever deviates dies away, `most` at the most.

    aimed: while fans lead dies to their targets; else while fans are at full speed. Parts draw what they ask, or what
    holds them at their limit. Found by halving: what is stable over a long interval is so over a short one.
    """
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if all(
            _growth(controlled, interval * 2.0**middle, aimed=aimed, held=held) <= _STEADY for held in (False, True)
        ):
            low = middle
        else:
            high = middle - 1
    return low


def _growth(controlled: Controlled, seconds: float, *, aimed: bool, held: bool) -> float:
    """What an interval multiplies the most stubborn deviation of states and inputs by. held: parts at their limit."""
    step, count = controlled.step(seconds), controlled.count
    coolers = controlled.build.coolers
    states, size = len(step.drive), sum(step.drive.shape)
    keep, looked = step.seen[:states, :size], step.seen[states:, :size]
    dies, leaving, above = (looked[count * place : count * (place + 1)] for place in range(3))
    decided = np.zeros((step.drive.shape[1], size))
    if aimed:
        decided[count + 2 :] = leaving + np.array(step.pulls)[:, None] * dies - coolers.quiet[:, None] * above
    else:
        decided[count + 2 :] = (coolers.full - coolers.quiet)[:, None] * above
    if held:
        dies_ahead = (keep + step.drive @ decided)[coolers.dies]
        decided[:count] = -np.linalg.solve(step.response, dies_ahead)
    both = np.vstack([keep + step.drive @ decided, decided])
    return float(np.abs(np.linalg.eigvals(both)).max())
