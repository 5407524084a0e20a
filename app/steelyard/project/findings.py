"""Findings: the outcome of every rule for one build, over all its workloads, in words."""

from __future__ import annotations

import math
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from steelyard.graph.evaluation import verdict_of
from steelyard.project.counted import counted_room, is_bare, not_known
from steelyard.wording import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from steelyard.graph.evaluation import Evaluation, Verdict
    from steelyard.graph.explain import Explanation
    from steelyard.graph.quantity import Rule
    from steelyard.project.saying import Voice

_REASONS_TOLD = 2
_MONEY = "¢"
_NO_NUMBER = "no number follows from what it reads"
_IN_A_CIRCLE = "what it reads depends on it, and does not settle"
_PRICE_WANTED = "Give what has no price one, in a price book of yours, or choose a part that has one"
_VALUE_WANTED = "Give the value that is not known, with its source, or choose a part of which it is known"


class Finding(NamedTuple):
    """A rule's outcome: over several workloads the worst one, in `row`. An infinite margin does not apply."""

    rule: Rule
    verdict: Verdict
    margin: float
    row: int
    evaluation: Evaluation
    voice: Voice

    @property
    def applies(self) -> bool:
        """Whether the rule says anything of this build."""
        return not math.isinf(self.margin) or self.margin < 0

    @property
    def unit(self) -> str:
        """The unit of the margin."""
        return self.rule.margin.unit.symbol

    @property
    def title(self) -> str:
        """What is so, in one phrase."""
        return self.rule.otherwise if self.verdict == "broken" else self.rule.title

    @property
    def detail(self) -> str:
        """How much there is to spare, by how much it falls short, or is over, or why it cannot be told."""
        if not self.applies:
            return "does not apply"
        if self.verdict == "unknown":
            return f"Cannot tell: {'; '.join(self.unknown)}"
        if is_bare(self.rule.margin.name):
            return ""
        if self.unit == "×":
            return counted_room(self.rule.margin.name, self.margin)
        return self.voice.room(self.margin, self.rule.margin.unit, beyond=self.rule.beyond)

    @property
    def text(self) -> str:
        """Title and detail as one sentence; what cannot be told is a question and its answer."""
        if self.verdict == "unknown":
            return f"{self.title}? {self.detail}."
        return f"{self.title}: {self.detail}." if self.detail else f"{self.title}."

    @property
    def remedy(self) -> str:
        """What to do, with the numbers filled in; empty where nothing need be done."""
        if self.verdict == "holds":
            return ""
        parts: list[str] = []
        for literal, name, _, _ in Formatter().parse(self.rule.remedy):
            value = self._value(name) if name else ""
            if value == UNKNOWN and self.verdict == "unknown":
                return _PRICE_WANTED if self.unit == _MONEY else _VALUE_WANTED
            parts += (literal, value)
        return "".join(parts)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is not known, as clauses with their reasons: the data that an unknown verdict rests on."""
        told, more = self._leaves
        words = tuple(not_known(leaf.label) + (f" ({leaf.note})" if leaf.note else "") for leaf in told)
        return (*words, f"and {more} more") if more > 0 else words

    @property
    def _leaves(self) -> tuple[tuple[Explanation, ...], int]:
        """The first data that are not known, and how many more there are."""
        from steelyard.graph.explain import filled_places  # noqa: PLC0415  # only what is unknown needs reasons

        margin, place = self.rule.margin, None
        if margin.axes:
            places = filled_places(self.evaluation, margin, self.row)
            place = next((at for at in places if math.isnan(self.evaluation.at(margin.name, self.row, at))), None)
        why = self.evaluation.explain(margin.name, self.row, place)
        found: dict[tuple[str, str], Explanation] = {}
        leaves = tuple(_unknown(why)) or (why._replace(note=_IN_A_CIRCLE),)
        for leaf in leaves:  # one datum that is read in several ways, such as a board's slots, is one reason
            told_of = leaf.label.partition(":")[0] if leaf.note else leaf.label
            found.setdefault((told_of, leaf.note), leaf)
        told = tuple(found.values())[:_REASONS_TOLD]
        return told, len(found) - len(told)

    def _value(self, name: str) -> str:
        model = self.evaluation.model
        entry = model.quantities.get(name) or model.inputs[name]
        if name not in self.evaluation.values:
            return UNKNOWN
        return str(self.voice.say(self.evaluation.at(name, self.row), entry.unit))


def findings_of(evaluation: Evaluation, rows: range, voice: Callable[[int], Voice]) -> tuple[Finding, ...]:
    """Return one finding for every rule, in the order of the rules: the worst over the rows of one build."""
    (found,) = findings_of_builds(evaluation, [rows], voice)
    return found


def findings_of_builds(
    evaluation: Evaluation, builds: Sequence[range], voice: Callable[[int], Voice]
) -> tuple[tuple[Finding, ...], ...]:
    """Return the findings of each build of a batch, as `findings_of` does; `builds` are the rows of each."""
    margins: list[tuple[Rule, list[float]]] = [
        (rule, evaluation.margin(rule.id).tolist()) for rule in evaluation.model.rules.values()
    ]
    voices = [voice(row) for row in range(max(map(len, builds), default=0))]
    return tuple(
        tuple(_worst(evaluation, rule, rows, margin[rows.start : rows.stop], voices) for rule, margin in margins)
        for rows in builds
    )


def _worst(
    evaluation: Evaluation, rule: Rule, rows: range, margins: Sequence[float], voices: Sequence[Voice]
) -> Finding:
    row = min(range(len(margins)), key=lambda place: _rank(margins[place]))
    margin = margins[row]
    return Finding(rule, verdict_of(margin), margin, rows.start + row, evaluation, voices[row])


def reasons_unknown(why: Explanation) -> tuple[str, ...]:
    """Return what is not known, as clauses with their reasons: the first data that an unknown number rests on."""
    found = {leaf.label: not_known(leaf.label) + (f" ({leaf.note})" if leaf.note else "") for leaf in _unknown(why)}
    return tuple(found.values())[: 2 * _REASONS_TOLD]


def _rank(margin: float) -> tuple[int, float]:
    """Broken before unknown before the least room to spare."""
    if math.isnan(margin):
        return (1, 0.0)
    return (0 if margin < 0 else 2, margin)


def _unknown(explanation: Explanation) -> Iterator[Explanation]:
    """The unknown data that an unknown number rests on, each once."""
    unfolded = {line.name: line for line in _lines(explanation) if line.because}
    here = {(line.name, line.position): line for line in _lines(explanation) if line.because}
    pending, seen = [explanation], set()
    while pending:
        line = pending.pop(0)
        name = (line.name, line.position)  # of the second card something may be unknown that is known of the first
        if not math.isnan(line.value) or name in seen:
            continue
        seen.add(name)
        told = here.get(name) or unfolded.get(line.name, line)  # what stands in the tree twice is unfolded only once
        causes = [cause for cause in told.because if math.isnan(cause.value)]
        if causes:
            pending.extend(causes)
        elif told.because:
            yield told._replace(note=_NO_NUMBER)
        else:
            yield line


def _lines(explanation: Explanation) -> Iterator[Explanation]:
    yield explanation
    for cause in explanation.because:
        yield from _lines(cause)
