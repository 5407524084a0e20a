"""What the model says of a batch: values, margins and verdicts, frozen; and the reason for each of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.graph.explain import Explanation, Origins
    from steelyard.graph.model import Model
    from steelyard.graph.quantity import Rule
    from steelyard.units import Array

Verdict = Literal["holds", "broken", "unknown"]


class Finding(NamedTuple):
    """A rule's outcome for one row; an infinite margin means that the rule does not apply."""

    rule: Rule
    verdict: Verdict
    margin: float
    row: int


class Evaluation(NamedTuple):
    """Values of a batch of rows.

    guesses: what coupled quantities were last read as inside their loop. loops: for each quantity of a loop, the
    guessed quantities that it reads. given: computed quantities whose value was given instead.
    """

    model: Model
    values: Mapping[str, Array]
    rows: int
    guesses: Mapping[str, Array]
    loops: Mapping[str, frozenset[str]]
    given: frozenset[str] = frozenset()
    origins: Origins | None = None

    def value(self, name: str) -> Array:
        """Return a quantity or an input: shape (*axes, rows)."""
        array = self.values[name] if name in self.values else self._missing(name)
        return array if array.shape[-1] == self.rows else np.broadcast_to(array, (*array.shape[:-1], self.rows))

    def at(self, name: str, row: int, position: int | None = None) -> float:
        """Return one number; for a quantity over a small axis, that of `position`."""
        array = self.values[name] if name in self.values else self._missing(name)
        array = array[..., row if array.shape[-1] > 1 else 0]
        return float(array if array.ndim == 0 else array[min(position or 0, len(array) - 1)])

    def margin(self, rule_id: str) -> Array:
        """Return a rule's margin, shape (rows,): over a small axis that of the worst filled position.

        A broken position decides even where another is unknown; NaN where none is broken and one is unknown.
        """
        quantity = self.model.rules[rule_id].margin
        margin = self.value(quantity.name)
        for axis in quantity.axes:
            presence = self.value(axis.presence) if axis.presence in self.values else np.ones_like(margin)
            margin = _worst(margin, presence)
        return margin

    def finding(self, rule_id: str, row: int) -> Finding:
        """Return the outcome of a rule for one row."""
        margin = float(self.margin(rule_id)[row])
        return Finding(self.model.rules[rule_id], verdict_of(margin), margin, row)

    def worst(self, rule_id: str) -> Finding:
        """Return the worst outcome of a rule over all rows: broken before unknown before the least room to spare."""
        margins = self.margin(rule_id)
        broken = np.where(margins < 0, margins, np.inf)
        if np.isfinite(broken).any() or np.isneginf(broken).any():
            return self.finding(rule_id, int(np.argmin(broken)))
        unknown = np.isnan(margins)
        return self.finding(rule_id, int(np.argmax(unknown) if unknown.any() else np.argmin(margins)))

    def explain(self, name: str, row: int = 0, position: int | None = None) -> Explanation:
        """Return why a number is what it is, down to the data, as a tree."""
        if name not in self.values:
            self._missing(name)
        from steelyard.graph.explain import explain  # noqa: PLC0415 - only when asked why

        return explain(self, name, row, position)

    def _missing(self, name: str) -> Array:
        raise KeyError(self.model.unknown(name, "this evaluation was not asked for it"))


def verdict_of(margin: float) -> Verdict:
    """Return holds for a margin >= 0, broken for < 0, unknown for NaN: cannot tell is never a pass."""
    if math.isnan(margin):
        return "unknown"
    return "holds" if margin >= 0 else "broken"


def _worst(margin: Array, presence: Array) -> Array:
    filled = np.broadcast_to(presence > 0, margin.shape)
    known = np.where(filled & ~np.isnan(margin), margin, np.inf).min(axis=0)
    unknown = (np.isnan(presence) | (filled & np.isnan(margin))).any(axis=0)
    return np.where((known >= 0) & unknown, np.nan, known)
