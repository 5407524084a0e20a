"""`steelyard explain FILE NAME|RULE-ID`: why a number or a finding is what it is, down to the data.

`steelyard explain RULE-ID` says what a rule asks of any build, and why.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from steelyard.cli.builds import evaluation_of
from steelyard.cli.printing import print_json, print_text
from steelyard.cli.standing import usable_catalog
from steelyard.errors import BadInputError, ExitCode, did_you_mean
from steelyard.graph.explain import filled_places, trace
from steelyard.graph.symbols import read
from steelyard.project.deciding import is_rate, times_carried
from steelyard.project.evaluate import Engine
from steelyard.project.samples import FIRST_SAMPLE, open_project

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from steelyard.graph.explain import Explanation
    from steelyard.graph.quantity import Input, Quantity, Rule
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding

__all__ = ["explain"]


class _About(NamedTuple):
    """The one number that is explained: its name, the row of its workload, its place among cards or stages."""

    name: str
    row: int
    place: int | None


def explain(options: argparse.Namespace) -> ExitCode:
    """Print the reasons of one number or one finding, of the first variant unless another is named."""
    if options.what is None:
        return _explain_rule(options)
    found = evaluation_of(options).variants[0]
    rule_id = options.what.upper()
    finding = next((each for each in found.findings if each.rule.id == rule_id), None)
    name = _known_name(found, options.what) if finding is None else finding.rule.margin.name
    about = _deciding(found, name, _row(found, options.workload), options.place, finding)
    why = found.explain(*about)
    if options.json:
        said = None if finding is None else _finding_json(finding)
        workload = found.uses[about.row].id if found.uses else None
        tree = _tree(why, options.depth)
        print_json({"variant": found.variant.name, "workload": workload, "finding": said, "explanation": tree})
        return ExitCode.DONE
    print_text(_said_of(found, about))
    if finding is not None:
        print_text(
            f"{finding.rule.id} {finding.rule.severity} {finding.verdict}: {finding.text} {finding.remedy}".rstrip()
        )
    _print_tree(found, why, about.row, 0, options.depth)
    return ExitCode.DONE


def _deciding(
    found: VariantEvaluation, name: str, row: int | None, place: int | None, finding: Finding | None
) -> _About:
    """Fill in what was not asked for: the workload and the place that decide, as the sheet shows them.

    A finding's own row and a margin's least room; of rates the workload that is carried least, and its slowest stage;
    else where the number is greatest. What is unknown comes first, and the first of equals.
    """
    entry = _entry(found, name)
    of_rate = is_rate(entry)
    rows = list(found.rows) if row is None else [row]
    if row is None and finding is not None:
        rows = [finding.row]
    elif row is None and of_rate:
        rows = [min(found.rows, key=lambda each: times_carried(found, each))]
    worst = min if of_rate or name in {rule.margin.name for rule in found.engine.model.rules.values()} else max
    if not entry.axes:
        if place is not None:
            raise BadInputError(f'"{name}" is one number, so it has no place {place}.', "Leave --place out.")
        return _About(name, worst(rows, key=lambda each: _telling(found.value(name, each), worst)), None)
    places = [(each, at) for each in rows for at in _places(found, name, each)]
    if place is not None:
        places = [each for each in places if each[1] == place - 1]
    if not places:
        count = max((len(_places(found, name, each)) for each in rows), default=0)
        raise BadInputError(f'"{name}" has no such place here.', f"Its places are numbered from 1; {count} are filled.")
    return _About(name, *worst(places, key=lambda each: _telling(found.value(name, *each), worst)))


def _telling(value: float, worst: Callable[..., object]) -> float:
    """The value as it is compared: what is unknown is the worst of all."""
    return value if not math.isnan(value) else -math.inf if worst is min else math.inf


def _places(found: VariantEvaluation, name: str, row: int) -> list[int]:
    return filled_places(found.evaluation, _entry(found, name), row)


def _entry(found: VariantEvaluation, name: str) -> Quantity | Input:
    return found.engine.model.quantities.get(name) or found.engine.model.inputs[name]


def _said_of(found: VariantEvaluation, about: _About) -> str:
    """The build, the workload and the place that the explanation is about."""
    words = [found.project.name, found.variant.name]
    if not found.uses:
        return ", ".join([*words, "without a workload"])
    use = found.uses[about.row]
    workload = found.engine.catalog.workloads[use.workload]
    words.append(f"workload {use.id} ({workload.name})")
    if about.place is not None:
        kind = _entry(found, about.name).axes[0].name.rstrip("s")
        label = f" ({workload.stages[about.place].label})" if kind == "stage" else ""
        words.append(f"{kind} {about.place + 1}{label}")
    return ", ".join(words)


def _explain_rule(options: argparse.Namespace) -> ExitCode:
    """Print what a rule asks, of which numbers, and why; it needs no project."""
    catalog = usable_catalog()
    engine = Engine.of(catalog)
    rules = engine.model.rules
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
        "example": _example(engine, rule),
        "tests": f"tests/cases/rules/{rule.id}.toml",
    }
    if options.json:
        print_json(said)
        return ExitCode.DONE
    print_text(f"{rule.id} {rule.severity}: {rule.title}.")
    print_text(f"  {margin.reason}")
    print_text(f"  margin: {formula}" + (f" [{margin.unit.symbol}]" if margin.unit.symbol else ""))
    print_text(f"  broken: {rule.otherwise}. {rule.remedy}.")
    print_text(f"  source: {said['source']}")
    print_text(f"  example: {said['example']}")
    print_text(f"  tests: {said['tests']}, a machine for which it holds and one for which it is broken")
    return ExitCode.DONE


def _example(engine: Engine, rule: Rule) -> str:
    """The rule on the first sample, with its numbers: where it applies, else that it does not."""
    found = engine.evaluate(open_project(FIRST_SAMPLE).project).variants[0]
    finding = next(each for each in found.findings if each.rule.id == rule.id)
    where = f"{found.project.name}, {found.variant.name}"
    if math.isinf(finding.margin):
        return f"{where}: does not apply"
    row = finding.row
    places = _places(found, rule.margin.name, row) if rule.margin.axes else []
    place = min(places, key=lambda each: found.value(rule.margin.name, row, each), default=None)
    why = found.explain(rule.margin.name, row, place)
    room = found.voice(row).room(finding.margin, rule.margin.unit, beyond=rule.beyond)
    return f"{where}: {why.numbers}, so it {finding.verdict}{f', {room}' if room else ''}"


def _row(found: VariantEvaluation, workload: str | None) -> int | None:
    if workload is None:
        return None
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
