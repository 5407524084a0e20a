"""What would mend a finding, in words: the effect of each fix before and after, what it mends and what it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.wording import MINUS, number, share, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.fixes import Effect, Fix

WHOLE = 1.0
ALL_SPEED = 0.995
SEVERAL = 2


class EffectLine(NamedTuple):
    """A number before and after a fix, with its unit."""

    label: str
    before: str
    after: str
    unit: str


class FixLine(NamedTuple):
    """A fix as the panel shows it."""

    title: str
    effects: tuple[EffectLine, ...]
    speed: str
    mends: str
    breaks: str
    sum: str = ""
    """How many findings it mends and how many of those block, where they are several."""


def fix_lines(variant: VariantEvaluation, fixes: Sequence[Fix]) -> tuple[FixLine, ...]:
    """Each fix in words, in the order of the fixes."""
    return tuple(
        FixLine(
            fix.title,
            tuple(line for line in map(_effect, fix.effects) if line.before != line.after),
            _speed(*fix.speed),
            _mended(variant, fix.mends),
            _broken(variant, fix.breaks + fix.unsure),
            _summed(variant, fix.mends),
        )
        for fix in fixes
    )


def for_rule(variant: VariantEvaluation, fixes: Sequence[Fix], rule: str) -> tuple[Fix, ...]:
    """The fixes, those that mend a rule first, of these what mends most that blocks; else in their order."""
    blocking = _blocking(variant)

    def rank(fix: Fix) -> tuple[bool, int]:
        return rule not in fix.mends, len(fix.breaks) - len(blocking & {*fix.mends})

    return tuple(sorted(fixes, key=rank))


def spoken(line: FixLine) -> str:
    """A fix in one sentence, for a screen reader."""
    effects = "; ".join(f"{each.label} from {each.before} to {each.after} {each.unit}" for each in line.effects)
    told = [effects, line.speed, f"mends {line.mends}" if line.mends else "", f"breaks {line.breaks}" if line.breaks
            else ""]  # fmt: skip
    return ". ".join(part for part in told if part)


def _effect(effect: Effect) -> EffectLine:
    return EffectLine(effect.label, number(effect.before), number(effect.after), effect.unit)


def _speed(low: float, value: float, high: float) -> str:
    """How much of the speed is lost or won, with its range; empty where it is not known."""
    if value != value:  # noqa: PLR0124 - not known
        return ""
    if value >= ALL_SPEED and low >= ALL_SPEED:
        return "no speed lost" if value <= WHOLE + (WHOLE - ALL_SPEED) else f"{share(value - WHOLE)} faster"
    ends = (100 * (WHOLE - high), 100 * (WHOLE - low))
    lost = span(max(0.0, ends[0]), max(0.0, ends[1]), 0)
    return f"costs {number(100 * (WHOLE - value), 0)} % of the speed ({lost} %)".replace(MINUS, "")


def _mended(variant: VariantEvaluation, rules: Sequence[str]) -> str:
    """What is found now and would be found no more."""
    return "; ".join(each.title for each in variant.findings if each.rule.id in rules)


def _summed(variant: VariantEvaluation, rules: Sequence[str]) -> str:
    """Of several findings how many there are and how many block; empty for one or none."""
    told = [each.rule.id for each in variant.findings if each.rule.id in rules]
    block = len(_blocking(variant) & {*told})
    if len(told) < SEVERAL:
        return ""
    return f"Mends {len(told)}" + (f", {block} of them blocking" if block else "")


def _blocking(variant: VariantEvaluation) -> set[str]:
    return {each.rule.id for each in variant.findings if each.verdict == "broken" and each.rule.severity == "block"}


def _broken(variant: VariantEvaluation, rules: Sequence[str]) -> str:
    """What holds now and would hold no more."""
    return "; ".join(each.rule.title for each in variant.findings if each.rule.id in rules)
