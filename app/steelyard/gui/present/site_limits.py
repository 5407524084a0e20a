"""The limits of the site as gauges, and which numbers of the project each of them is made of."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.held import WITHIN, is_held, is_over
from steelyard.gui.lines import Limit
from steelyard.gui.present.numbers import reading_of, unit_of
from steelyard.gui.present.verdict import state_of
from steelyard.gui.states import STATE_ORDER
from steelyard.project.left_out import left_out
from steelyard.project.rooms import is_preset
from steelyard.wording import share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.project.findings import Finding
    from steelyard.units import Unit

MOST_LISTED = 2


class Gauged(NamedTuple):
    """A gauge: its label, the value's quantity, the limit's, and the rules that weigh the value.

    rules: the first weighs it against this limit, the others against stricter ones. kept: the speed that is left of
    what slows itself down at this limit. shared: what is to spare is said as a share of the limit too. fields: the
    fields of the site that make the limit. given: the number that one of the user's may stand for.
    """

    label: str
    value: str
    limit: str
    rules: tuple[str, ...]
    kept: str = ""
    shared: bool = False
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
        ("PWR-011", "PWR-026"),
        shared=True,
        strong=True,
        fields=("breaker_current", "supply_voltage", "continuous_share"),
    ),
    Gauged(
        "Supply, sustained", "dc_load", "psu_rating", ("PWR-001", "PWR-009", "PWR-002"), shared=True, given="psu_rating"
    ),
    Gauged(
        CARDS,
        "gpu_temperature",
        "gpu_temperature_limit",
        ("THM-001", "THM-002"),
        kept="gpu_speed_kept",
        given="gpu_temperature_limit",
    ),
    Gauged(
        PROCESSOR,
        "cpu_temperature",
        "cpu_temperature_limit",
        ("THM-005", "THM-004"),
        kept="cpu_speed_kept",
        given="cpu_temperature_limit",
    ),
    Gauged(ROOM, "room_air", "room_limit", ("THM-008", "THM-010"), fields=("room_limit",)),
    Gauged(NOISE, "noise_behind_door", "noise_limit", ("ACO-001",), fields=("noise_limit",)),
)
STRICTER = {
    "PWR-026": "too little in reserve",
    "PWR-009": "over what it gives at this voltage",
    "PWR-002": "over what is advised",
    "THM-001": "over where it switches off",
    "THM-010": "over what parts are made for",
}
"""What the amount is of which a value breaks a rule while it keeps to the limit that its gauge draws."""


def gauge_of(label: str) -> Gauged:
    """The gauge of this label."""
    return next(each for each in GAUGES if each.label == label)


def gauge_behind(words: str) -> str:
    """The label of the gauge whose limit a plot names so, such as "GPU limit 91 °C"."""
    named = {"GPU": CARDS, "CPU": PROCESSOR, "Room": ROOM}
    return next(label for first, label in named.items() if words.startswith(first))


def limits_view(variant: VariantEvaluation, chosen: int, *, ranged: bool) -> tuple[Limit, ...]:
    """A gauge for each limit that the build can meet or miss, each under the workload that leaves it the least room."""
    return tuple(
        _limit(variant, chosen, gauged, ranged=ranged)
        for gauged in GAUGES
        if gauged.value != "gpu_temperature" or variant.selection.count("gpu")
    )


def _limit(variant: VariantEvaluation, chosen: int, gauged: Gauged, *, ranged: bool) -> Limit:
    found = {each.rule.id: each for each in variant.findings}
    judged = [found[rule] for rule in gauged.rules if rule in found]
    broken = [each for each in judged if each.verdict == "broken"]
    worst = min(broken, key=lambda each: STATE_ORDER.index(state_of(each)), default=None)
    row = worst.row if worst is not None else judged[0].row if judged else chosen
    without, unlimited = left_out(variant, gauged.value), left_out(variant, gauged.limit)
    value = math.nan if without else variant.value(gauged.value, row)
    limit = math.nan if unlimited else variant.value(gauged.limit, row)
    reading = reading_of(variant, gauged.value, row, ranged=ranged)
    low, high = variant.range(gauged.value, row) if ranged and not without else (math.nan, math.nan)
    if without:
        reading = reading._replace(known=False, unit="", range="")
    state, words = "unknown", "not known"
    if without or unlimited:
        words = f"without {_listed(dict.fromkeys((*without, *unlimited)))}"
    elif not math.isnan(value) and (worst is not None or not math.isnan(limit)):
        state, words = _judged(variant, gauged, row, worst)
        if worst is None and math.isfinite(high) and value <= limit < high:
            words = f"{words}; may reach {variant.voice(row).say(high, unit_of(variant, gauged.value))}"
    said = variant.voice(row).say(limit, unit_of(variant, gauged.limit))
    limit_text = "?" if unlimited else "no limit set" if math.isnan(limit) else str(said)
    return Limit(
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


def _judged(variant: VariantEvaluation, gauged: Gauged, row: int, worst: Finding | None) -> tuple[str, str]:
    """The state that the gravest of its rules gives a gauge, and in words how the value stands to what is broken."""
    value, limit = variant.value(gauged.value, row), variant.value(gauged.limit, row)
    within = variant.value(WITHIN, row)
    voice, state = variant.voice(row), "ok" if worst is None else state_of(worst)
    room = voice.room(limit - value, _difference(variant, gauged), beyond=True)
    kept = variant.value(gauged.kept, row) if gauged.kept else math.nan
    slowed = f"keeps {share(kept)} of its speed" if kept < 1 else ""
    if gauged.kept and is_held(value, limit, within):
        return state if worst else "note", f"held at its limit{', ' if slowed else ''}{slowed}"
    if is_over(value, limit, within):
        return state if worst else "warn", room
    if worst is None:
        return state, f"{room} ({share((limit - value) / limit)})" if gauged.shared and 0 < limit < math.inf else room
    if worst.rule.id in STRICTER:
        said = voice.say(abs(worst.margin), worst.rule.margin.unit)
        return state, f"{said} {STRICTER[worst.rule.id]}"
    return state, slowed or room


def noted(variant: VariantEvaluation, gauged: Gauged) -> str:
    """Where the user has the limit from; empty where that was not said, and for a room's usual number."""
    notes = variant.project.site.notes
    own = variant.variant.given
    said = [notes[name] for name in gauged.fields if name in notes and not is_preset(notes[name])]
    if gauged.given in own:
        said.append(own[gauged.given].note)
    return "; ".join(dict.fromkeys(said))


def _listed(labels: Iterable[str]) -> str:
    """Both labels, or the first and how many more."""
    told = list(labels)
    return ", ".join(told) if len(told) <= MOST_LISTED else f"{told[0]} and {len(told) - 1} more"


def _difference(variant: VariantEvaluation, gauged: Gauged) -> Unit:
    rule = variant.evaluation.model.rules.get(gauged.rules[0])
    return rule.margin.unit if rule is not None else unit_of(variant, gauged.value)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
