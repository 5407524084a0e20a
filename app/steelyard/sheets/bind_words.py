"""Page 1 in words: the card, the figures beside it, three sentences why, and what limits the build."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from steelyard.project.deciding import times_carried
from steelyard.sheets.content import Bill, Finding, Measure
from steelyard.wording import measured, money, number, plural, share, span, times

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding as Outcome

LEADING_NUMBER = re.compile(r"^((?:\d+x )?[\d.,]+(?:\u00a0\d{3})*[\d.,]*)[ -]?(.*)$")
CHAPTERS = {"PWR": "site", "THM": "site", "ACO": "site", "HOS": "site"}
SEVERITIES = ("block", "warn", "note")
BUSY_ENOUGH = 0.9


def tightest_row(evaluated: VariantEvaluation) -> int:
    """Return the workload with the least throughput for what it asks; one that is unknown comes first."""
    return min(evaluated.rows, key=lambda row: times_carried(evaluated, row))


def card_measures(evaluated: VariantEvaluation) -> tuple[Measure, ...]:
    """Return the card's four readings, as the card words them; the temperature carries its condition."""
    card = evaluated.card
    texts = (("VRAM", card.vram), ("Cores", card.cores), ("Storage", card.storage))
    temp = Measure("Temp", number(card.hottest, 0), "°C", f"{card.hottest_name}, {card.condition}")
    if not evaluated.selection.part("cpu"):
        temp = Measure("Temp", "none")
    return (*(_split(label, words) for label, words in texts), temp)


def _split(label: str, words: str) -> Measure:
    found = LEADING_NUMBER.match(words)
    if found is None:
        return Measure(label, words)
    unit = found[2]
    return Measure(
        label, found[1].replace("x ", " × "), unit[:1].lower() + unit[1:] if unit.startswith("Core") else unit
    )


def figure_measures(evaluated: VariantEvaluation, bill: Bill, row: int, hardest: int) -> tuple[Measure, ...]:
    """Return the second row: total, sustained rate, GPUs busy, watts at the wall."""
    rate = evaluated.voice(row).say(
        evaluated.value("throughput", row), evaluated.engine.model.quantities["throughput"].unit
    )
    busy, spread = evaluated.value("gpu_busy", row), evaluated.range("gpu_busy", row)
    likely = span(spread.low * 100, spread.high * 100, 0)
    label = "Total, without tax and shipping" if not bill.unpriced else "Total, incomplete"
    total = money(bill.known, "", bill.digits).removesuffix(".00")
    currency, doubt = (bill.currency, bill.estimated) if bill.known is not None else ("", _none_in(bill))
    tightest, drawing = name_of(evaluated, row), name_of(evaluated, hardest)
    return (
        Measure(label, total, currency, doubt),
        Measure("Sustained, end to end", rate.text, rate.unit, tightest),
        Measure("GPUs busy", number(busy * 100, 0), f"%, {likely}" if likely else "%", tightest)
        if evaluated.selection.count("gpu")
        else Measure("GPUs busy", "none"),
        Measure("At the wall", number(evaluated.value("wall_power", hardest), 0), "W", drawing)
        if evaluated.selection.part("cpu")
        else Measure("At the wall", "none", "", "no processor is chosen"),
    )


def _none_in(bill: Bill) -> str:
    return f"no part has a price in {bill.currency}"


def name_of(evaluated: VariantEvaluation, row: int) -> str:
    """Return the name of a row's workload, empty where none is chosen."""
    return evaluated.engine.catalog.workloads[evaluated.uses[row].workload].name if evaluated.uses else ""


def reasons(evaluated: VariantEvaluation, row: int, hardest: int) -> tuple[str, ...]:
    """Return three computed sentences: does it carry the work, is it in balance, does the site bear it."""
    under = f" under {name_of(evaluated, hardest)}" if hardest != row else ""
    return (_carries(evaluated, row), _balanced(evaluated, row), _endures(evaluated, hardest, under))


def _carries(evaluated: VariantEvaluation, row: int) -> str:
    if not evaluated.uses:
        return "No workload is chosen, so nothing is asked of it yet."
    name = name_of(evaluated, row)
    asked, reached = evaluated.value("asked_rate", row), evaluated.value("throughput", row)
    if not evaluated.selection.part("cpu"):
        return f"Whether it carries {name} cannot be told: no processor is chosen."
    if math.isnan(asked) or math.isnan(reached):
        return f"Whether it carries {name} cannot be told: an input or a part's value is not known."
    hours, samples = evaluated.value("job_time", row), evaluated.value("job_samples", row)
    multiple = times(reached / asked) if asked else ""
    if reached < asked:
        return f"It falls short: {name} reaches {multiple} of what is asked."
    if math.isfinite(hours) and math.isfinite(samples) and asked:
        sample = evaluated.voice(row).sample
        allowed = samples / asked / evaluated_hour(evaluated)
        amount = f"{number(samples)} {plural(sample)}"
        text = f"It finishes {amount} in {measured(hours, 'hours')} where {number(allowed)} are allowed"
    else:
        text = f"It gives {multiple} of what is asked"
    count = len(evaluated.uses)
    return f"{text}: {name}, the tightest of {count} workloads." if count > 1 else f"{text}."


def balance_sentence(evaluated: VariantEvaluation, row: int) -> str:
    """Return how many of the workloads are carried, and which is the tightest."""
    if not evaluated.uses:
        return "No workload is chosen, so there is nothing to weigh."
    pairs = [(evaluated.value("throughput", each), evaluated.value("asked_rate", each)) for each in evaluated.rows]
    unknown = sum(math.isnan(reached) or math.isnan(asked) for reached, asked in pairs)
    carried = sum(reached >= asked for reached, asked in pairs)
    name = name_of(evaluated, row)
    if len(pairs) == 1:
        said = "The workload is carried" if carried else "The workload is not carried"
        return f"{said}." if not unknown else "Whether the workload is carried cannot be told."
    said = (
        f"All {len(pairs)} workloads are carried"
        if carried == len(pairs)
        else f"{carried} of {len(pairs)} workloads are carried"
    )
    if unknown:
        return f"{said}; of {unknown} it cannot be told."
    return f"{said}; {name} is the tightest."


def evaluated_hour(evaluated: VariantEvaluation) -> float:
    """Return the seconds in the unit of the job's time."""
    return evaluated.engine.model.quantities["job_time"].unit.factor


def _balanced(evaluated: VariantEvaluation, row: int) -> str:
    busy, stage = evaluated.value("gpu_busy", row), evaluated.value("bottleneck_stage", row)
    if not evaluated.selection.part("cpu"):
        return "It has no processor yet, so nothing does the work."
    if not evaluated.selection.count("gpu"):
        return "It has no GPU; the processor does the work."
    if math.isnan(busy) or math.isnan(stage) or not evaluated.uses:
        return "How well its parts are matched cannot be told."
    label = evaluated.engine.catalog.workloads[evaluated.uses[row].workload].stages[int(stage)].label
    if busy >= BUSY_ENOUGH:
        return f"Its GPUs are busy {share(busy)} of the time: what feeds them keeps up."
    wait = evaluated.value("gpu_wait_share", row)
    if math.isnan(wait):
        return f"Its GPUs are busy {share(busy)} of the time; {label} sets the pace."
    return f"Its GPUs are busy {share(busy)} of the time and wait {share(wait)} of it for {label}, which sets the pace."


def _endures(evaluated: VariantEvaluation, row: int, under: str) -> str:
    kept, load, limit = (evaluated.value(name, row) for name in ("gpu_speed_kept", "circuit_power", "circuit_limit"))
    if math.isnan(kept) or math.isnan(load) or math.isnan(limit):
        return "Whether it keeps its speed for hours, and whether the circuit carries it, cannot be told."
    speed = (
        "Nothing in it slows down in continuous work"
        if kept >= 1
        else f"In continuous work it keeps {share(kept, 1)} of its speed"
    )
    lost = evaluated.value("mains_power", row) > evaluated.value("wall_power", row)
    others = evaluated.value("other_load", row) > 0
    besides = " and ".join(["the UPS's own loss"] * lost + ["what else hangs on it"] * others)
    counted = f" with {besides}" if besides else ""
    drawn = f"{measured(load, 'W', 0)} of the circuit's {measured(limit, 'W', 0)}{counted}{under}"
    return f"{speed}, and it draws {drawn}." if load <= limit else f"{speed}, but it draws {drawn}."


def limits(evaluated: VariantEvaluation, row: int) -> tuple[str, ...]:
    """Return what holds the build back in its tightest workload: the slowest stage, then the next."""
    if not evaluated.uses:
        return ("Nothing, for nothing is asked.",)
    if not evaluated.selection.part("cpu"):
        return ("It cannot be told: no processor is chosen.",)
    stages = evaluated.engine.catalog.workloads[evaluated.uses[row].workload].stages
    unit = evaluated.engine.model.quantities["stage_capacity"].unit
    speeds = [(evaluated.value("stage_capacity", row, place), stage) for place, stage in enumerate(stages)]
    if any(math.isnan(speed) for speed, _ in speeds):
        unknown = next(stage.label for speed, stage in speeds if math.isnan(speed))
        return (f"It cannot be told: the rate of {unknown} is not known.",)
    ordered = sorted((pair for pair in speeds if math.isfinite(pair[0])), key=lambda pair: pair[0])
    voice = evaluated.voice(row)
    said = [f"{stage.label} ({stage.resource}) at {voice.say(speed, unit)}" for speed, stage in ordered[:2]]
    first = f"{said[0]}." if said else "No stage is limited."
    return (first, f"Faster there, and {said[1]} would be next.") if len(said) > 1 else (first,)


def findings(evaluated: VariantEvaluation) -> tuple[Finding, ...]:
    """Return every rule that is broken or cannot be told, blocks first, unknown before notes."""
    return findings_in_words(evaluated.findings)


def findings_in_words(outcomes: tuple[Outcome, ...]) -> tuple[Finding, ...]:
    """Return those of the outcomes that do not hold or cannot be told, blocks first, unknown before notes."""
    order = {"block": 0, "unknown": 1, "warn": 2, "note": 3}
    found = [_finding(each) for each in outcomes if each.verdict != "holds" and each.applies]
    return tuple(sorted(found, key=lambda each: order[each.mark]))


def _finding(each: Outcome) -> Finding:
    mark = "unknown" if each.verdict == "unknown" else str(each.rule.severity)
    chapter = CHAPTERS.get(each.rule.id.partition("-")[0], "findings")
    return Finding(each.rule.id, mark, each.title, each.detail, each.remedy, chapter)


def counts(evaluated: VariantEvaluation, found: tuple[Finding, ...]) -> tuple[tuple[str, int], ...]:
    """Return how many findings there are of each kind; an empty role that may not be is unknown, as on the desk."""
    missing = len(evaluated.selection.missing()) + (not evaluated.uses)
    known = tuple((mark, sum(each.mark == mark for each in found)) for mark in SEVERITIES)
    return (*known, ("unknown", missing + sum(each.mark == "unknown" for each in found)))
