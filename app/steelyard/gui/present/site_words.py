"""What the site says of the build, in one sentence: what is missing, else the gravest finding, else that it is well."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.gui.present.missing import missing_sentence
from steelyard.gui.present.numbers import reading_of
from steelyard.gui.present.site_limits import GAUGES, limits_view
from steelyard.gui.present.verdict import state_of, view_of
from steelyard.gui.states import STATE_ORDER
from steelyard.project.left_out import left_out
from steelyard.wording import number

if TYPE_CHECKING:
    from steelyard.figures import Figure
    from steelyard.gui.readings import Reading
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding

GRAVE = ("block", "unknown", "warn")
LEADS = {"PWR-005", "PWR-006", "PWR-007", "PWR-008", "PWR-025"}
"""Rules on the supply's leads: a matter of parts, told here only where nothing of the site is as grave."""

OWN = {rule for gauged in GAUGES if gauged.fields for rule in gauged.rules}
"""Rules on circuit, room and ear."""


def sentence_of(variant: VariantEvaluation, row: int) -> str:
    """The answer under the title of Site."""
    missing = missing_sentence(variant)
    if missing:
        return missing
    worst = worst_finding(variant)
    if worst is None or worst.verdict == "unknown" or worst.rule.id in LEADS:
        unsure = _unsure(variant)
        if unsure:
            return unsure
    if worst is not None:
        return _told(variant, worst, row)
    limits = limits_view(variant, row, ranged=False)
    over = [limit.label.split(",")[0].lower() for limit in limits if limit.state in {"block", "warn"}]
    unknown = [limit.label.split(",")[0].lower() for limit in limits if limit.state == "unknown"]
    if over:
        return f"Over the limit: {', '.join(over)}."
    if unknown:
        return f"Cannot tell of: {', '.join(unknown)}."
    kept = variant.value("gpu_speed_kept", row)
    slow = (
        "nothing slows down"
        if math.isnan(kept) or kept >= 1
        else f"the cards keep {number(kept * 100, 0)} % of their speed"
    )
    return f"Circuit, room and ear can take it, and {slow}."


def _unsure(variant: VariantEvaluation) -> str:
    """Once for all that rests on the same unknown: which of the site's limits cannot be judged, and why."""
    found = {each.rule.id: each for each in variant.findings if each.applies and each.verdict == "unknown"}
    of = {gauged.label.partition(",")[0].lower(): found.get(gauged.rules[0]) for gauged in GAUGES if gauged.fields}
    open_ = {label: each for label, each in of.items() if each is not None}
    if not open_:
        return ""
    first = next(iter(open_.values()))
    same = [label.split()[0] for label, each in open_.items() if each.unknown == first.unknown]
    listed = " and ".join([", ".join(same[:-1]), same[-1]] if len(same) > 1 else same)
    return f"Cannot judge {listed}: {'; '.join(first.unknown)}."


def worst_finding(variant: VariantEvaluation) -> Finding | None:
    """The gravest finding of this view that blocks, warns or cannot be told."""
    grave = [each for each in variant.findings if each.applies and view_of(each.rule.id) == "site"]
    grave = [each for each in grave if state_of(each) in GRAVE]
    return min(grave, key=_rank, default=None)


def _rank(finding: Finding) -> tuple[int, bool, bool]:
    """The graver first; of the same gravity what a gauge of the site itself shows, and leads last."""
    rule = finding.rule.id
    return STATE_ORDER.index(state_of(finding)), rule not in OWN, rule in LEADS


def under(variant: VariantEvaluation, row: int) -> str:
    """Under which workload the numbers of a row are, where there is one."""
    return f"under {variant.engine.catalog.workloads[variant.uses[row].workload].name}" if variant.uses else ""


def watts_words(figure: Figure, whose: str) -> str:
    """Beside the title of the watts: under which work, or what is left out, and what follows of the peaks."""
    first = whose if whose and figure.bars and not figure.subtitle.startswith("without") else figure.subtitle
    return f"{first.split(';')[0]}; peaks reach" if figure.bars else first


def peaks_reading(variant: VariantEvaluation, row: int) -> Reading:
    """How high the direct current's load reaches for a moment; not known where a part is left out."""
    reading = reading_of(variant, "peak_excursion_power", row, label="Peaks")
    return reading._replace(known=False, unit="") if left_out(variant, "peak_excursion_power") else reading


def _told(variant: VariantEvaluation, finding: Finding, row: int) -> str:
    text = finding.text
    if finding.row != row and variant.uses:
        return f"{text.rstrip('.')}, {under(variant, finding.row)}." if finding.verdict == "broken" else text
    return text
