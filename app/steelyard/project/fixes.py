"""What would help where a site does not carry a build: each a changed project, evaluated, with its effects."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from steelyard.graph.draws import DRAWS, percentiles
from steelyard.money import minor_digits
from steelyard.project.findings import Finding, findings_of
from steelyard.project.fix_offers import KINDS, Kind, offers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.graph.evaluation import Evaluation
    from steelyard.project.content import Project
    from steelyard.project.evaluate import Engine, VariantEvaluation
    from steelyard.project.fix_offers import Offer
    from steelyard.units import Array

__all__ = ["KINDS", "Effect", "Fix", "Kept", "Kind", "fixes_of"]

_SHOWN = (
    ("DC load", "dc_load"),
    ("At the wall", "wall_power"),
    ("At the wall, full load", "peak_wall_power"),
    ("Current of the build", "machine_current"),
    ("Limit for hours", "circuit_limit"),
    ("Hottest card", "gpu_temperature"),
    ("Display card", "display_temperature"),
    ("Room", "room_air"),
    ("Noise", "noise_level"),
    ("Price", "build_price"),
)
_NOTICEABLE = 0.01
"""Share of a shortfall that must go before a change is said to ease it."""
_CARDS, _NOTICED = ("Hottest card", "Display card"), 1.0
"""What an order of the cards changes, and the kelvins that are worth another order."""
_CIRCUIT, _LIMIT, _SPEED = "PWR-011", "circuit_limit", "throughput"


class Effect(NamedTuple):
    """A number before and after, under the work that loads it most; NaN where it is not known."""

    label: str
    before: float
    after: float
    unit: str


class Kept(NamedTuple):
    """The share of the present throughput that is kept, of the work that suffers most, with its range."""

    low: float
    value: float
    high: float


class Fix(NamedTuple):
    """A change of the project and all that it does, by the engine.

    undo: what the step is called where it can be taken back. mends, eases: rules that are broken before and hold
    after, or fall less short. breaks, unsure: rules that hold before and are broken after, or cannot be told.
    """

    title: str
    undo: str
    kind: Kind
    before: Project
    after: Project
    effects: tuple[Effect, ...]
    mends: tuple[str, ...]
    eases: tuple[str, ...]
    breaks: tuple[str, ...]
    unsure: tuple[str, ...]
    speed: Kept


class _Judged(NamedTuple):
    """A build's rows of a batch, its findings by rule, and its throughput in every draw, shape (rows, draws)."""

    evaluation: Evaluation
    rows: range
    findings: dict[str, Finding]
    drawn: Array

    def verdict(self, rule: str) -> str:
        """Whether a rule holds, is broken, or cannot be told."""
        return self.findings[rule].verdict

    def shortfall(self, rule: str) -> float:
        """By how much a broken rule falls short, in the unit of its margin."""
        return -self.findings[rule].margin

    def worst(self, name: str) -> float:
        """The greatest over the rows; NaN where one is not known."""
        values = [self.evaluation.at(name, row) for row in self.rows]
        return math.nan if any(math.isnan(value) for value in values) else max(values)


def fixes_of(engine: Engine, project: Project, variant_name: str) -> tuple[Fix, ...]:
    """Return every change of a build and its site that helps, those that mend most first.

    Among those that mend as much, what breaks less and keeps more speed comes first, and then what intrudes least.
    """
    present = engine.evaluate_variant(project, variant_name)
    offers = tuple(offers_of(present))
    before, *judged = _judged(present, [project, *(offer.project for offer in offers)])
    fixes = [_fix(project, offer, before, after) for offer, after in zip(offers, judged, strict=True)]
    return tuple(sorted(filter(_helps, fixes), key=lambda fix: _rank(fix, before)))


def _helps(fix: Fix) -> bool:
    """Say whether a change mends or eases something, or is an order of the cards in which one is cooler."""
    cooler = any(each.after < each.before - _NOTICED for each in fix.effects if each.label in _CARDS)
    return bool(fix.mends or (not fix.breaks and (fix.eases or (fix.kind == "display-place" and cooler))))


def _judged(present: VariantEvaluation, projects: list[Project]) -> list[_Judged]:
    """Evaluate the build as each project has it, where each project has it stand: all in one batch."""
    uses, rows = present.uses, len(present.rows)
    builds = [project.variant(present.variant.name) for project in projects]
    run = partial(present.engine.run, present.project, builds, uses, sites=[project.site for project in projects])
    _, evaluation = run()
    _, drawn = run((_SPEED,), ranges=True)
    draws = np.broadcast_to(drawn.values[_SPEED], (len(builds) * rows * DRAWS,)).reshape(len(builds), rows, DRAWS)
    found = []
    for place in range(len(builds)):
        here = range(place * rows, (place + 1) * rows)
        findings = findings_of(evaluation, here, present.voice)
        found.append(_Judged(evaluation, here, {each.rule.id: each for each in findings}, draws[place]))
    return found


def _fix(project: Project, offer: Offer, before: _Judged, after: _Judged) -> Fix:
    def moved(old: str, new: str) -> tuple[str, ...]:
        return tuple(rule for rule in before.findings if (before.verdict(rule), after.verdict(rule)) == (old, new))

    short = moved("broken", "broken")
    eases = tuple(rule for rule in short if after.shortfall(rule) < (1 - _NOTICEABLE) * before.shortfall(rule))
    effects = tuple(_effects(project, before, after))
    rules = (moved("broken", "holds"), eases, moved("holds", "broken"), moved("holds", "unknown"))
    return Fix(offer.title, offer.undo, offer.kind, project, offer.project, effects, *rules, _kept(before, after))


def _effects(project: Project, before: _Judged, after: _Judged) -> Iterator[Effect]:
    for label, name in _SHOWN:
        if name == "display_temperature" and not before.evaluation.at("display_gpu_count", before.rows.start):
            continue
        unit = before.evaluation.model.quantities[name].unit.symbol
        scale, unit = (10 ** minor_digits(project.currency), project.currency) if unit == "¢" else (1, unit)
        old, new = before.worst(name) / scale, after.worst(name) / scale
        if not math.isinf(old) and not math.isinf(new):  # of what is not there nothing is said
            yield Effect(label, old, new, unit)
    old, new = -before.shortfall(_CIRCUIT), -after.shortfall(_CIRCUIT)
    yield Effect("Circuit, to spare", old, new, "W")
    shares = (100 * old / before.worst(_LIMIT), 100 * new / after.worst(_LIMIT))
    yield Effect("Circuit, to spare of its limit", shares[0], shares[1], "%")


def _kept(before: _Judged, after: _Judged) -> Kept:
    """Over the workloads the least share; its range is over the draws, the same ones before and after."""
    pairs = zip(before.rows, after.rows, strict=True)
    old_and_new = [(before.evaluation.at(_SPEED, old), after.evaluation.at(_SPEED, new)) for old, new in pairs]
    shares = [new / old if old > 0 else math.nan for old, new in old_and_new]
    if any(math.isnan(each) for each in shares):
        return Kept(math.nan, math.nan, math.nan)
    row = min(range(len(shares)), key=lambda each: shares[each])
    low, high = percentiles(after.drawn[row] / before.drawn[row])
    return Kept(min(float(low), shares[row]), shares[row], max(float(high), shares[row]))


def _rank(fix: Fix, before: _Judged) -> tuple[float, ...]:
    """What mends most of the weightiest first."""
    severity = {rule: each.rule.severity for rule, each in before.findings.items()}
    mended = [sum(severity[rule] == level for rule in fix.mends) for level in ("block", "warn", "note")]
    broken = [sum(severity[rule] == level for rule in fix.breaks + fix.unsure) for level in ("block", "warn")]
    blocks, warns = mended[0] - broken[0], mended[1] - broken[1]
    speed = -1.0 if math.isnan(fix.speed.value) else round(fix.speed.value, 2)
    return (-blocks, -warns, -speed, KINDS.index(fix.kind), -mended[2])
