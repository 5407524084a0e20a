"""`steelyard check FILE --fixes`: what would help, with the effect of each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.cli.printing import print_json, print_text
from steelyard.project.contract import EffectLine, FixLine, Range
from steelyard.project.fixes import fixes_of
from steelyard.wording import UNKNOWN, counted, measured, number, share, span

if TYPE_CHECKING:
    from steelyard.project.evaluate import ProjectEvaluation
    from steelyard.project.fixes import Effect, Fix, Kept

__all__ = ["print_fixes"]


def print_fixes(found: ProjectEvaluation, *, json: bool) -> None:
    """Print the changes that can be tried on every variant, those that mend most first."""
    fixes = {each.variant.name: fixes_of(each.engine, found.project, each.variant.name) for each in found.variants}
    if json:
        print_json(tuple(_line(name, fix) for name in fixes for fix in fixes[name]))
        return
    for name, of_variant in fixes.items():
        print_text(f"{name}: {counted(len(of_variant), 'change')} to try" if of_variant else f"{name}: nothing to mend")
        for place, fix in enumerate(of_variant, start=1):
            print_text(f"  {place}. {fix.title}")
            verbs = {"mends": fix.mends, "eases": fix.eases, "breaks": fix.breaks, "cannot tell": fix.unsure}
            does = [f"{verb} {', '.join(rules)}" for verb, rules in verbs.items() if rules]
            print_text(f"      {'; '.join(does)}; speed kept {_kept(fix.speed)}")
            effects = [_words(each) for each in fix.effects if _moves(each)]
            print_text(f"      {'; '.join(effects) or 'no number changes'}")


def _line(variant: str, fix: Fix) -> FixLine:
    effects = tuple(EffectLine(each.label, _known(each.before), _known(each.after), each.unit) for each in fix.effects)
    low, value, high = (_known(each) for each in fix.speed)
    rules = (fix.mends, fix.eases, fix.breaks, fix.unsure)
    return FixLine(variant, fix.kind, fix.title, *rules, Range(value, low, high), effects)


def _moves(effect: Effect) -> bool:
    return not math.isclose(effect.before, effect.after, rel_tol=1e-6, abs_tol=1e-6)


def _words(effect: Effect) -> str:
    decimals = 1 if effect.unit == "A" else 0
    return f"{effect.label} {number(effect.before, decimals)} → {measured(effect.after, effect.unit, decimals)}"


def _kept(speed: Kept) -> str:
    if math.isnan(speed.value):
        return UNKNOWN
    return f"{share(speed.value)} ({span(100 * speed.low, 100 * speed.high, 0)} %)"


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
