"""`steelyard explain FILE NAME|RULE-ID`: why a number or a finding is what it is, down to the data.

`steelyard explain RULE-ID` says what a rule asks of any build, and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from steelyard.cli.builds import evaluation_of, usable_catalog
from steelyard.cli.printing import print_json, print_text
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.graph.explain import trace
from steelyard.graph.symbols import read
from steelyard.project.evaluate import Engine

if TYPE_CHECKING:
    import argparse

    from steelyard.graph.explain import Explanation
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding

__all__ = ["explain"]


def explain(options: argparse.Namespace) -> ExitCode:
    """Print the reasons of one number or one finding, of the first variant unless another is named."""
    if options.what is None:
        return _explain_rule(options)
    found = evaluation_of(options).variants[0]
    row = _row(found, options.workload)
    rule_id = options.what.upper()
    finding = next((each for each in found.findings if each.rule.id == rule_id), None)
    if finding is not None:
        row, name = (finding.row if options.workload is None else row), finding.rule.margin.name
    else:
        name = _known_name(found, options.what)
    why = found.explain(name, row)
    if options.json:
        about = None if finding is None else _finding_json(finding)
        print_json({"variant": found.variant.name, "finding": about, "explanation": _tree(why, options.depth)})
        return ExitCode.DONE
    if finding is not None:
        print_text(
            f"{finding.rule.id} {finding.rule.severity} {finding.verdict}: {finding.text} {finding.remedy}".rstrip()
        )
    _print_tree(found, why, row, 0, options.depth)
    return ExitCode.DONE


def _explain_rule(options: argparse.Namespace) -> ExitCode:
    """Print what a rule asks, of which numbers, and why; it needs no project."""
    catalog = usable_catalog()
    rules = Engine.of(catalog).model.rules
    rule = rules.get(options.file.upper())
    if rule is None:
        hint = did_you_mean(options.file.upper(), list(rules)) or ' Give a project too: "steelyard explain FILE NAME".'
        raise BadInputError(f'No rule is called "{options.file[:60]}".{hint}')
    margin = rule.margin
    formula = read(trace(margin), {need.name: need.name for need in margin.needs})
    said = {
        "rule": rule.id,
        "severity": rule.severity,
        "title": rule.title,
        "otherwise": rule.otherwise,
        "reason": margin.reason,
        "margin": formula,
        "unit": margin.unit.symbol,
        "remedy": rule.remedy,
        "source": catalog.sources[margin.source].title,
    }
    if options.json:
        print_json(said)
        return ExitCode.DONE
    print_text(f"{rule.id} {rule.severity}: {rule.title}.")
    print_text(f"  {margin.reason}")
    print_text(f"  margin: {formula}" + (f" [{margin.unit.symbol}]" if margin.unit.symbol else ""))
    print_text(f"  broken: {rule.otherwise}. {rule.remedy}.")
    print_text(f"  source: {said['source']}")
    return ExitCode.DONE


def _row(found: VariantEvaluation, workload: str | None) -> int:
    if workload is None:
        return 0
    known = [use.id for use in found.uses]
    if workload not in known:
        hint = did_you_mean(workload, known) or f" Workloads: {', '.join(known) or 'none'}."
        raise BadInputError(f'The project has no enabled workload "{workload[:60]}".{hint}')
    return known.index(workload)


def _known_name(found: VariantEvaluation, name: str) -> str:
    if name in found.evaluation.values:
        return name
    known = [*found.evaluation.values, *found.engine.model.rules]
    hint = did_you_mean(name, known) or ' "steelyard evaluate FILE --json" lists the quantities and the rules.'
    raise BadInputError(f'No quantity and no rule is called "{name[:60]}".{hint}')


def _print_tree(found: VariantEvaluation, why: Explanation, row: int, level: int, depth: int) -> None:
    """Print a number, how it came about and from where; then its causes, one step to the right."""
    indent = "  " * level
    said = why.text or str(found.voice(row).say(why.value, why.unit))
    print_text(f"{indent}{why.label} = {said}")
    if why.formula:
        print_text(f"{indent}  = {why.formula}")
        print_text(f"{indent}  = {why.numbers}")
    origin = "; ".join(filter(None, (why.reason, why.source, why.where, why.tier, why.note)))
    if origin:
        print_text(f"{indent}  ({origin})")
    if level < depth:
        for cause in why.because:
            _print_tree(found, cause, row, level + 1, depth)


def _tree(why: Explanation, depth: int) -> dict[str, Any]:
    causes = [_tree(cause, depth - 1) for cause in why.because] if depth > 0 else []
    return {**why._asdict(), "unit": why.unit.symbol, "because": tuple(causes)}


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "verdict": finding.verdict,
        "text": finding.text,
        "remedy": finding.remedy,
    }
