"""From an evaluation to the JSON contract: what is said of each variant, rule and quantity, in units for scripts.

Money is in the project's currency, not in minor units; every other number is in the model's own unit.
"""

from __future__ import annotations

import hashlib
import json
import math
from typing import TYPE_CHECKING, Final

from steelyard.money import minor_digits
from steelyard.project.contract import (
    CONTRACT_VERSION,
    CardLine,
    CheckLine,
    Evaluated,
    EvaluatedVariant,
    FindingLine,
    GivenLine,
    Range,
    ValueLine,
)
from steelyard.project.deciding import deciding
from steelyard.project.provenance import provenance_hash
from steelyard.project.shape import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.graph.evaluation import Evaluation
    from steelyard.graph.quantity import Quantity
    from steelyard.project.evaluate import ProjectEvaluation, VariantEvaluation
    from steelyard.project.findings import Finding

__all__ = ["answer", "check_lines", "evaluation_hash", "is_blocked", "number_of", "results_hash"]

_MINOR: Final = "¢"


def answer(evaluation: ProjectEvaluation) -> Evaluated:
    """Return all that `evaluate --json` prints."""
    project = evaluation.project
    variants = tuple(_variant(each) for each in evaluation.variants)
    return Evaluated(
        CONTRACT_VERSION,
        project.name,
        project.as_of,
        project.currency,
        evaluation.catalog.date,
        variants,
        evaluation_hash(evaluation),
    )


def check_lines(evaluation: ProjectEvaluation) -> Iterator[CheckLine]:
    """Yield every finding of every variant, in the order of variants and rules."""
    for variant in evaluation.variants:
        for finding in variant.findings:
            yield CheckLine(variant.variant.name, *_finding(finding, evaluation.project.currency))


def is_blocked(evaluation: ProjectEvaluation) -> bool:
    """Say whether a block rule is broken in any variant."""
    return any(variant.card.status == "BLOCKED" for variant in evaluation.variants)


def evaluation_hash(evaluation: ProjectEvaluation) -> str:
    """Return the SHA-256 of project, catalogue and rules: two equal hashes are two equal sheets."""
    return provenance_hash(evaluation.project, evaluation.catalog)


def results_hash(evaluation: ProjectEvaluation) -> str:
    """Return the SHA-256 of all that is answered, to compare two evaluations. Slow: it draws every range."""
    said = plain(tuple(_variant(each) for each in evaluation.variants))
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def number_of(found: Evaluation, currency: str, name: str, row: int) -> tuple[float | None, str]:
    """Return a quantity's value in a row, as `evaluate --json` prints it, and its unit."""
    quantity = found.model.quantities[name]
    scale, unit = _money(quantity.unit.symbol, currency)
    return _known(_greatest(found, quantity, row)[1] / scale), unit


def _variant(found: VariantEvaluation) -> EvaluatedVariant:
    model = found.engine.model
    margins = {rule.margin.name for rule in model.rules.values()}
    return EvaluatedVariant(
        found.variant.name,
        CardLine(*(getattr(found.card, name) for name in CardLine._fields)),
        tuple(_finding(each, found.project.currency) for each in found.findings),
        {name: _quantity(found, each) for name, each in model.quantities.items() if name not in margins},
        {name: _given(found, name) for name in found.variant.given} or None,
    )


def _given(found: VariantEvaluation, name: str) -> GivenLine:
    model, (value, note) = found.engine.model, found.variant.given[name]
    entry = model.inputs.get(name) or model.quantities[name]
    scale, unit = _money(entry.unit.symbol, found.project.currency)
    return GivenLine(value / scale, unit, entry.label, f"given: {note}")


def _finding(finding: Finding, currency: str) -> FindingLine:
    scale, unit = _money(finding.rule.margin.unit.symbol, currency)
    return FindingLine(
        finding.rule.id,
        finding.rule.severity,
        finding.verdict,
        _known(finding.margin / scale),
        unit,
        finding.text,
        finding.remedy,
    )


def _quantity(found: VariantEvaluation, quantity: Quantity) -> ValueLine:
    scale, unit = _money(quantity.unit.symbol, found.project.currency)
    ranges = [_range(found, quantity, row, scale) for row in found.rows]
    differ = any(each != ranges[0] for each in ranges)
    by_workload = {use.id: each for use, each in zip(found.uses, ranges, strict=False)} if differ else None
    row = deciding(found, quantity, [_greatest(found.evaluation, quantity, each)[1] for each in found.rows])
    positions = None
    if quantity.axes:
        positions = tuple(_known(value / scale) for _, value in _filled(found.evaluation, quantity, row))
    said = found.variant.given.get(quantity.name)
    note = None if said is None else f"given: {said.note}"
    return ValueLine(*ranges[row], unit, quantity.label, positions, by_workload, note)


def _range(found: VariantEvaluation, quantity: Quantity, row: int, scale: float) -> Range:
    """Return the value and its range in one row; over several positions those of the greatest."""
    position, value = _greatest(found.evaluation, quantity, row)
    if math.isnan(value):
        return Range(None, None, None)
    low, high = found.range(quantity.name, row, position)
    return Range(_known(value / scale), _known(low / scale), _known(high / scale))


def _greatest(found: Evaluation, quantity: Quantity, row: int) -> tuple[int | None, float]:
    """Return the value of a quantity in one row; over several positions the greatest, NaN where one is unknown."""
    if not quantity.axes:
        return None, found.at(quantity.name, row)
    filled = _filled(found, quantity, row)
    if not filled or any(math.isnan(each) for _, each in filled):
        return None, math.nan
    return max(filled, key=lambda each: each[1])


def _filled(found: Evaluation, quantity: Quantity, row: int) -> list[tuple[int, float]]:
    """Return the filled positions of a quantity over a small axis, with their values."""
    array = found.value(quantity.name)[..., row]
    presence = quantity.axes[0].presence
    if presence in found.values:
        there = found.value(presence)[..., row]
        return [(at, float(value)) for at, value in enumerate(array) if there[at] > 0]
    return [(at, float(value)) for at, value in enumerate(array)]


def _money(symbol: str, currency: str) -> tuple[float, str]:
    """Return what to divide by, and the unit after that: minor units become the currency."""
    if symbol.startswith(_MINOR):
        return 10.0 ** minor_digits(currency), symbol.replace(_MINOR, currency)
    return 1.0, symbol


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
