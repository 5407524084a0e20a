"""What every part of the catalogue would change in a role of a build: one batch for the whole picker."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.project.findings import Finding, findings_of_builds
from steelyard.workstation.roles import ROLES

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.selection import Selection

_WANTED = ("build_price", "throughput", "wall_power")


class Candidate(NamedTuple):
    """A part in a role: the build's price, throughput and watts with it (NaN unknown), and the findings that speak.

    throughput: share of the present throughput, for the workload that suffers most. broken and unknown: findings of
    block rules first; `fits` is false when a block rule is broken that the present build keeps.
    """

    part: str
    selection: Selection
    price: float
    throughput: float
    watts: float
    findings: tuple[Finding, ...]
    current: bool

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The broken findings, blocking ones first."""
        order = ("block", "warn", "note")
        broken = [each for each in self.findings if each.verdict == "broken"]
        return tuple(sorted(broken, key=lambda each: order.index(each.rule.severity)))

    @property
    def fits(self) -> bool:
        """Whether no block rule is broken."""
        return not any(each.verdict == "broken" and each.rule.severity == "block" for each in self.findings)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """The block rules of which it cannot be told whether they hold."""
        return tuple(each for each in self.findings if each.verdict == "unknown" and each.rule.severity == "block")


def candidates_of(present: VariantEvaluation, role: str, *, all_parts: bool = False) -> tuple[Candidate, ...]:
    """Return every part that could fill a role, in the catalogue's order, evaluated in one batch.

    Parts no longer made or made for servers are left out unless `all_parts`, or unless they are in the build.
    """
    engine = present.engine
    kind = _kind_of(role)
    current = present.selection.part(role)
    parts = [
        part
        for part in engine.catalog.tables[kind].ids[1:]
        if all_parts or part == current or not engine.catalog.part(part).is_hidden
    ]
    count = max(present.selection.count(role), 1)
    selections = [present.selection.with_(**{role: (part, count)}) for part in parts]
    if not parts:
        return ()
    batch, evaluation = present.with_parts(selections)
    rows = len(present.rows)
    builds = [range(batch.row(build, 0), batch.row(build, 0) + rows) for build in range(len(parts))]
    before = [present.value("throughput", row) for row in present.rows]
    found = []
    for part, selection, here, findings in zip(
        parts, selections, builds, findings_of_builds(evaluation, builds, present.voice), strict=True
    ):
        price, throughput, watts = ([evaluation.at(name, row) for row in here] for name in _WANTED)
        ratios = [new / old if old > 0 else math.nan for new, old in zip(throughput, before, strict=True)]
        found.append(Candidate(part, selection, price[0], _least(ratios), max(watts), findings, part == current))
    return tuple(found)


def hidden_parts(present: VariantEvaluation, role: str) -> int:
    """Count the parts that could fill a role and are left out: no longer made or made for servers, not in the build."""
    catalog, current = present.engine.catalog, present.selection.part(role)
    return sum(part != current and catalog.part(part).is_hidden for part in catalog.tables[_kind_of(role)].ids[1:])


def _kind_of(role: str) -> str:
    return next(each.kind for each in ROLES if each.name == role)


def _least(numbers: list[float]) -> float:
    return math.nan if any(math.isnan(number) for number in numbers) else min(numbers, default=math.nan)
