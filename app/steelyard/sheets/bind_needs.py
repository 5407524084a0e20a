"""What is asked beside what the build has: resources at three levels, the rest as its worst over the workloads."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.project.demands import ASSUMED, DEFAULT, EMPTY
from steelyard.project.levels import has_amount, level_amount, state_of
from steelyard.project.requirements import RESOURCES
from steelyard.project.requirements import requirements_of as needed
from steelyard.sheets.content import Assumed, LevelLine, Pair, Requirement
from steelyard.units import UNITS
from steelyard.wording import UNKNOWN, measured, plural, share, times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from steelyard.project.evaluate import VariantEvaluation

COMPUTE, SITE = "Pace and lanes", "Power, site and budget"
HOW = {
    ASSUMED: "typical value, taken by hand",
    DEFAULT: "the workload's own default",
    EMPTY: "empty: set it in the brief",
}


class Line(NamedTuple):
    """Two quantities weighed against each other. ceiling: the asked one is the most, not the least."""

    layer: str
    label: str
    asked: str
    has: str
    rule: str = ""
    ceiling: bool = False


LINES = (
    Line(COMPUTE, "Sustained rate, end to end", "asked_rate", "throughput", "BAL-001"),
    Line(COMPUTE, "Processor lanes, at least", "lanes_wanted_at_least", "cpu_lanes", "LAN-002"),
    Line(SITE, "Supply, with room to age", "psu_needed", "psu_rating", "PWR-002"),
    Line(SITE, "UPS, sustained", "wall_power", "ups_real_power", "PWR-014"),
    Line(SITE, "Circuit, for hours", "circuit_limit", "circuit_power", "PWR-011", ceiling=True),
    Line(SITE, "Room, at most", "room_limit", "room_air", "THM-008", ceiling=True),
    Line(SITE, "Noise at the listener, at most", "noise_limit", "noise_behind_door", "ACO-001", ceiling=True),
    Line(SITE, "Price, at most", "budget", "build_price", "CST-001", ceiling=True),
)
"""What is weighed once; resources that have three levels stand before these."""

NAMES = (
    *dict.fromkeys(name for line in LINES for name in (line.asked, line.has)),
    *(each.has for each in RESOURCES if each.has),
    *("busy_limit", "gpu_memory_reserve", "host_memory_reserve", "growth_over_life"),
)
MARKS_OF = {"ok": "holds"}


def levels_of(evaluated: VariantEvaluation, *, ranges: bool = False) -> tuple[LevelLine, ...]:
    """Return every resource that the work asks for, at three levels, in layers; nothing without workloads.

    ranges: with the 80 % range of the least, which evaluates draws unless that was done before.
    """
    found = []
    for each in needed(evaluated, ranges=ranges):
        least, advised, ample = (level_amount(each, level) for level in (each.least, each.advised, each.ample))
        levels = (str(least), str(advised), str(ample))
        state, has = state_of(each, evaluated.findings), str(has_amount(each, own=True))
        mark = MARKS_OF.get(state, state)
        found.append(LevelLine(each.layer, each.label, *levels, has, each.driver, mark, least.spread))
    return tuple(found)


def growth_of(evaluated: VariantEvaluation) -> str:
    """Return how the three levels differ, with growth and life, as a sentence; empty where nothing is asked."""
    if not evaluated.uses:
        return ""
    lab, grown = evaluated.project.lab, evaluated.value("growth_over_life")
    years = measured(lab.life_years, plural("year", lab.life_years))
    factor = f"{times(grown)} that, for growth of {share(lab.growth)} a year over {years}"
    return (
        "Least carries what is asked for today, with what runs at the same time; recommended keeps a reserve; "
        f"comfortable is {factor}, where data count."
    )


def requirements_of(evaluated: VariantEvaluation) -> tuple[Requirement, ...]:
    """Return every line that asks something of this build, in layers."""
    return tuple(found for line in LINES if (found := _requirement(evaluated, line)) is not None)


def _requirement(evaluated: VariantEvaluation, line: Line) -> Requirement | None:
    margins = [_margin(evaluated, line, row) for row in evaluated.rows]
    tightness = [_tightness(evaluated, line, place) for place in evaluated.rows]
    row = min(evaluated.rows, key=lambda place: (not math.isnan(margins[place]), tightness[place]))
    asked, has = evaluated.value(line.asked, row), evaluated.value(line.has, row)
    if asked == 0 or math.isinf(asked) or math.isinf(has):
        return None
    voice, model = evaluated.voice(row), evaluated.engine.model
    unit = (model.quantities.get(line.has) or model.inputs[line.has]).unit
    margin = margins[row]
    between = UNITS["K"] if unit.symbol == "°C" else unit
    mark = "unknown" if math.isnan(margin) else "holds" if margin >= 0 else _severity(evaluated, line.rule)
    driver = "site and build"
    if any(_differs([evaluated.value(name, each) for each in evaluated.rows]) for name in (line.asked, line.has)):
        driver = evaluated.engine.catalog.workloads[evaluated.uses[row].workload].name
    elif evaluated.uses and line.layer != SITE:
        driver = "the build" if len(evaluated.uses) > 1 else _only(evaluated)
    return Requirement(
        line.layer,
        line.label,
        str(voice.say(asked, unit)),
        str(voice.say(has, unit)),
        UNKNOWN if math.isnan(margin) else voice.room(margin, between, beyond=line.ceiling).removesuffix(" to spare"),
        driver,
        mark,
    )


def _differs(values: list[float]) -> bool:
    """Whether a number is not the same for all workloads; one that is unknown for all is."""
    return len({None if math.isnan(value) else value for value in values}) > 1


def _only(evaluated: VariantEvaluation) -> str:
    return evaluated.engine.catalog.workloads[evaluated.uses[0].workload].name


def _margin(evaluated: VariantEvaluation, line: Line, row: int) -> float:
    asked, has = evaluated.value(line.asked, row), evaluated.value(line.has, row)
    return asked - has if line.ceiling else has - asked


def _tightness(evaluated: VariantEvaluation, line: Line, row: int) -> float:
    """How near a line is to its limit: as a ratio, for cases and tokens cannot be weighed by their difference.

    A ceiling is one and the same for all workloads, and may be a temperature: there the difference does.
    """
    asked = evaluated.value(line.asked, row)
    if line.ceiling:
        return _margin(evaluated, line, row)
    return evaluated.value(line.has, row) / asked if asked else math.inf


def _severity(evaluated: VariantEvaluation, rule: str) -> str:
    """The mark of what falls short: that of its rule, a warning where no rule weighs it."""
    rules = evaluated.engine.model.rules
    return str(rules[rule].severity) if rule in rules else "warn"


def assumed_of(evaluated: VariantEvaluation) -> tuple[Assumed, ...]:
    """Return every input that nobody stated, and every class value that stands in for a part's unknown one."""
    return (*taken_of(evaluated), *_stand_ins(evaluated))


def taken_of(evaluated: VariantEvaluation) -> tuple[Assumed, ...]:
    """Return every input of the workloads that nobody stated."""
    found = []
    for use, inputs in zip(evaluated.uses, evaluated.batch.inputs, strict=True):
        name = evaluated.engine.catalog.workloads[use.workload].name
        for used in inputs.values():
            if used.mark in HOW:
                said = used.label or evaluated.voice().say(used.number, UNITS[used.definition.unit])
                found.append(Assumed(name, used.definition.label, str(said), HOW[used.mark]))
    return tuple(found)


def _stand_ins(evaluated: VariantEvaluation) -> Iterator[Assumed]:
    catalog, model = evaluated.engine.catalog, evaluated.engine.model
    for assumption in catalog.assumptions.values():
        for role, filling in evaluated.selection.items():
            part, field = catalog.part(filling.part), assumption.fills.removeprefix(f"{role}_")
            ours = assumption.fills.startswith(f"{role}_") and field in catalog.schema[part.kind].fields
            read = assumption.fills in evaluated.evaluation.values
            if ours and read and catalog.datum(filling.part, field).value is None:
                entry = model.inputs[assumption.fills]
                said = evaluated.voice().say(evaluated.value(entry.name), entry.unit)
                yield Assumed(part.name, entry.label, str(said), "usual for its class")


def unknowns_of(evaluated: VariantEvaluation) -> tuple[Pair, ...]:
    """Return what the model reads of the chosen parts and nobody publishes, with the reason, once each."""
    catalog, model = evaluated.engine.catalog, evaluated.engine.model
    found = []
    for role, filling in evaluated.selection.items():
        part = catalog.part(filling.part)
        for name in catalog.schema[part.kind].fields:
            read = f"{role}_{name}"
            if read in evaluated.evaluation.values and math.isnan(evaluated.evaluation.at(read, 0)):
                datum = catalog.datum(filling.part, name)
                found.append(Pair(f"{part.name}: {model.inputs[read].label.partition(': ')[2]}", datum.why_unknown))
    return tuple(found)
