"""The limits of the site as gauges, and which numbers of the project each of them is made of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.gui.lines import Limit
from steelyard.gui.present.missing import left_out
from steelyard.gui.present.numbers import reading_of, unit_of
from steelyard.gui.present.verdict import state_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Unit

MOST_LISTED = 2
AT_LIMIT = 5e-4
"""Of a limit: what comes as near to it is held there, as a card is that slows itself."""


class Gauged(NamedTuple):
    """A gauge: its label, the value's quantity, the limit's, and the rule that weighs them.

    fields: the fields of the site that make the limit. given: the number that one of the user's may stand for.
    """

    label: str
    value: str
    limit: str
    rule: str
    strong: bool = False
    fields: tuple[str, ...] = ()
    given: str = ""


CIRCUIT = "Circuit, for hours"
CARDS, PROCESSOR = "Hottest card", "CPU"
ROOM = "Room"
NOISE = "Noise at the listener"
GAUGES = (
    Gauged(
        CIRCUIT,
        "circuit_power",
        "circuit_limit",
        "PWR-011",
        strong=True,
        fields=("breaker_current", "supply_voltage", "continuous_share"),
    ),
    Gauged("Supply, sustained", "dc_load", "psu_rating", "PWR-001", given="psu_rating"),
    Gauged(CARDS, "gpu_temperature", "gpu_temperature_limit", "THM-001", given="gpu_temperature_limit"),
    Gauged(PROCESSOR, "cpu_temperature", "cpu_temperature_limit", "THM-005", given="cpu_temperature_limit"),
    Gauged(ROOM, "room_air", "room_limit", "THM-008", fields=("room_limit",)),
    Gauged(NOISE, "noise_behind_door", "noise_limit", "ACO-001", fields=("noise_limit",)),
)


def gauge_of(label: str) -> Gauged:
    """The gauge of this label."""
    return next(each for each in GAUGES if each.label == label)


def gauge_behind(words: str) -> str:
    """The label of the gauge whose limit a plot names so, such as "GPU limit 91 °C"."""
    named = {"GPU": CARDS, "CPU": PROCESSOR, "Room": ROOM}
    return next(label for first, label in named.items() if words.startswith(first))


def limits_view(variant: VariantEvaluation, chosen: int, *, ranged: bool) -> tuple[Limit, ...]:
    """A gauge for each limit that the build can meet or miss, each under the workload that leaves it the least room."""
    findings = {each.rule.id: each for each in variant.findings}
    gauges = []
    for gauged in GAUGES:
        if gauged.value == "gpu_temperature" and not variant.selection.count("gpu"):
            continue
        finding = findings.get(gauged.rule)
        row = chosen if finding is None else finding.row
        without, unlimited = left_out(variant, gauged.value), left_out(variant, gauged.limit)
        value = math.nan if without else variant.value(gauged.value, row)
        limit = math.nan if unlimited else variant.value(gauged.limit, row)
        reading = reading_of(variant, gauged.value, row, ranged=ranged)
        low, high = variant.range(gauged.value, row) if ranged and not without else (math.nan, math.nan)
        if without:
            reading = reading._replace(known=False, unit="", range="")
        said = variant.voice(row).say(limit, unit_of(variant, gauged.limit))
        state = (
            "unknown" if math.isnan(value) or math.isnan(limit) else _state(finding and state_of(finding), value, limit)
        )
        held = state == "ok" and limit - value < AT_LIMIT * abs(limit)
        state = "note" if held else state
        room = "held at its limit" if held else variant.voice(row).room(limit - value, _difference(variant, gauged))
        absent = dict.fromkeys((*without, *unlimited))
        words = (f"without {_listed(absent)}" if absent else "not known") if state == "unknown" else room
        if state != "unknown" and math.isfinite(high) and value <= limit < high:
            words = f"{room}; may reach {variant.voice(row).say(high, unit_of(variant, gauged.value))}"
        limit_text = "?" if unlimited else "no limit set" if math.isnan(limit) else str(said)
        gauges.append(
            Limit(
                gauged.label,
                reading._replace(range=""),
                _known(value),
                _known(low),
                _known(high),
                _known(limit),
                limit_text,
                state,
                words,
                gauged.strong,
                not unlimited,
                noted(variant, gauged),
            )
        )
    return tuple(gauges)


def noted(variant: VariantEvaluation, gauged: Gauged) -> str:
    """Where the user has the limit from; empty where that was not said."""
    notes = variant.project.site.notes
    own = variant.variant.given
    said = [notes[name] for name in gauged.fields if name in notes]
    if gauged.given in own:
        said.append(own[gauged.given].note)
    return "; ".join(dict.fromkeys(said))


def _listed(labels: Iterable[str]) -> str:
    """Both labels, or the first and how many more."""
    told = list(labels)
    return ", ".join(told) if len(told) <= MOST_LISTED else f"{told[0]} and {len(told) - 1} more"


def _state(finding: str | None, value: float, limit: float) -> str:
    if value <= limit:
        return "ok"
    return finding if finding in {"block", "warn", "note"} else "warn"


def _difference(variant: VariantEvaluation, gauged: Gauged) -> Unit:
    rule = variant.evaluation.model.rules.get(gauged.rule)
    return rule.margin.unit if rule is not None else unit_of(variant, gauged.value)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
