"""The site in words and small tables: circuit, heat, noise, and whether the site carries it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.figures.taken import card_names
from steelyard.project.evaluate import Range
from steelyard.project.left_out import known
from steelyard.project.rule_sets import plug_of, rule_sets
from steelyard.sheets.content import Block, Pair
from steelyard.units import Minute, Second, unit_of
from steelyard.wording import measured, number, share, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.project.evaluate import VariantEvaluation

RULES = (
    *(f"PWR-{number:03}" for number in (*range(9, 19), *range(26, 33))),
    *("THM-008", "THM-010", "THM-011", "ACO-001"),
    *(f"HOS-{number:03}" for number in range(1, 6)),
)
"""The rules that are about the site, not about parts among each other."""
FAILS = {
    **dict.fromkeys(("PWR-009", "PWR-010"), "supply at this voltage"),
    **dict.fromkeys(("PWR-014", "PWR-015", "PWR-016", "PWR-017"), "UPS"),
    **dict.fromkeys(("PWR-027", "PWR-028"), "cord and inlet"),
    "PWR": "circuit",
    "THM": "room",
    "ACO": "noise",
    "HOS": "patients",
}
"""What a rule is about, by the beginning of its id; the first that fits holds."""
SILENT = 0.0
READ = (
    "wall_power",
    "mains_power",
    "circuit_power",
    "circuit_limit",
    "circuit_current",
    "circuit_current_low",
    "peak_circuit_power",
    "heat_output",
    "fresh_air_needed",
    "energy_per_year",
    "energy_cost",
    "room_air",
    "case_air",
    "noise_level",
    "noise_behind_door",
    "fans_noise",
    "cooler_noise_level",
    "psu_noise_level",
    "card_noise",
)
NOTE = (
    "Peak: cards and CPU at their limits together, for minutes. "
    "Not an electrical design; have it checked by a qualified person."
)


def hardest_row(evaluated: VariantEvaluation) -> int:
    """Return the workload that loads the circuit most; one whose load is unknown comes first."""
    loads = [known(evaluated, "circuit_power", row) for row in evaluated.rows]
    return max(evaluated.rows, key=lambda row: (math.isnan(loads[row]), loads[row]))


def site_sentence(evaluated: VariantEvaluation) -> str:
    """Return what the site offers, in one sentence."""
    site = evaluated.project.site
    known = rule_sets().get(site.rule_set)
    words = [known.label] if known else []
    words.append(f"{measured(site.supply_voltage, 'V')}, {measured(site.breaker_current, 'A')} circuit")
    words += [f"plug {plug_of(site)}"] if plug_of(site) else []
    words.append(f"{share(site.continuous_share)} of it for hours")
    if site.other_load:
        words.append(f"{measured(site.other_load, 'W')} of other load")
    room = f"room at {measured(site.room_temperature, '°C')}"
    if site.room_ventilation is not None and site.ventilation_temperature is not None:
        air = measured(site.room_ventilation, "m³/h")
        room += f" with {air} of air at {measured(site.ventilation_temperature, '°C')}"
    return f"{', '.join(words)}; {room}."


def failing(rules: Iterable[str]) -> str:
    """Return in a word each what rules of the site are about, once each, the circuit first."""
    said = {next(words for start, words in FAILS.items() if rule.startswith(start)) for rule in rules}
    return ", ".join(words for words in dict.fromkeys(("circuit", *FAILS.values())) if words in said)


def site_verdict(evaluated: VariantEvaluation) -> tuple[str, str]:
    """Return mark and words for the whole site."""
    found = [each for each in evaluated.findings if each.rule.id in RULES]
    blocks = [each.rule.id for each in found if each.verdict == "broken" and each.rule.severity == "block"]
    if blocks:
        return "block", f"Does not fit: {failing(blocks)}"
    if evaluated.selection.missing() or any(each.verdict == "unknown" for each in found):
        return "unknown", "Cannot be told"
    if any(each.verdict == "broken" for each in found):
        return "warn", "With the warnings below"
    return "holds", "The site carries it"


def site_blocks(evaluated: VariantEvaluation, row: int) -> tuple[Block, ...]:
    """Return the tables that a facilities office asks for."""
    return (_circuit(evaluated, row), _heat(evaluated, row), _noise(evaluated, row))


def said(evaluated: VariantEvaluation, name: str, row: int, decimals: int | None = None) -> str:
    """Return a number of the model with its unit, as people read it."""
    model = evaluated.engine.model
    unit = (model.quantities.get(name) or model.inputs[name]).unit
    spoken = evaluated.voice(row).say(known(evaluated, name, row), unit)
    return measured(spoken.value, spoken.unit, decimals) if decimals is not None else str(spoken)


def _circuit(evaluated: VariantEvaluation, row: int) -> Block:
    load, limit = known(evaluated, "circuit_power", row), known(evaluated, "circuit_limit", row)
    spread = evaluated.range("circuit_power", row) if math.isfinite(load) else Range(math.nan, math.nan)
    pairs = [Pair("At the wall", said(evaluated, "wall_power", row, 0))]
    if evaluated.selection.part("ups"):
        pairs.append(Pair("Through the UPS", said(evaluated, "mains_power", row, 0)))
    pairs += [
        Pair("On the circuit", said(evaluated, "circuit_power", row, 0)),
        Pair("Limit for hours", measured(limit, "W", 0), "asked"),
        Pair("To spare", measured(limit - load, "W", 0), "sum"),
        Pair("Likely to spare", measured_span(limit - spread.high, limit - spread.low, "W")),
        Pair("Peak on the circuit", said(evaluated, "peak_circuit_power", row, 0)),
        Pair("Current, nominal", said(evaluated, "circuit_current", row, 1)),
        Pair("Current, low end", said(evaluated, "circuit_current_low", row, 1)),
        Pair("Energy a year", said(evaluated, "energy_per_year", row, 0)),
        Pair("Price of energy", said(evaluated, "energy_cost", row)),
        *_beside(evaluated, row),
    ]
    return Block("Circuit", tuple(pairs))


def _beside(evaluated: VariantEvaluation, row: int) -> list[Pair]:
    """What only some builds and sites have: a power cap, cooling, carbon, a UPS."""
    site, cap = evaluated.project.site, evaluated.variant.power_limit
    found = [Pair("Power cap of a card", measured(cap, "W"))] if cap is not None else []
    if site.cooling_performance is not None:
        found.append(Pair("Energy of its cooling", said(evaluated, "cooling_energy", row, 0)))
    if site.carbon_intensity is not None:
        found.append(Pair("Carbon a year", said(evaluated, "carbon_per_year", row, 0)))
    if evaluated.selection.part("ups"):
        minutes = known(evaluated, "ups_runtime", row) * unit_of(Second).factor / unit_of(Minute).factor
        found.append(Pair("Runtime on battery", measured(minutes, "min", 0)))
    return found


def _heat(evaluated: VariantEvaluation, row: int) -> Block:
    pairs = [
        Pair("Heat into the room", said(evaluated, "heat_output", row, 0)),
        Pair("Air for the room limit", said(evaluated, "fresh_air_needed", row, 0)),
        Pair("Room, steady", said(evaluated, "room_air", row, 1)),
        Pair("Room limit", said(evaluated, "room_limit", row), "asked"),
        Pair("Air in the case", said(evaluated, "case_air", row, 1)),
    ]
    case = evaluated.selection.part("case")
    if case is not None:
        size = [evaluated.engine.catalog.datum(case, name) for name in ("width", "height", "depth")]
        if all(each.value is not None for each in size):
            pairs.append(Pair("Case, mm", " × ".join(number(each.value or 0.0, 0) for each in size)))
        mass = evaluated.engine.catalog.datum(case, "mass").value
        if mass is not None:
            pairs.append(Pair("Mass, empty case", measured(mass, "kg")))
    return Block("Heat and air", tuple(pairs))


def _noise(evaluated: VariantEvaluation, row: int) -> Block:
    names = card_names(evaluated, row)
    pairs = [
        Pair(name, measured(evaluated.value("card_noise", row, place), "dB(A)", 1)) for place, name in enumerate(names)
    ]
    others = (("Case fans", "fans_noise"), ("CPU cooler", "cooler_noise_level"), ("Supply", "psu_noise_level"))
    for label, name in others:
        if name in evaluated.evaluation.values and evaluated.value(name, row) > SILENT:
            pairs.append(Pair(label, measured(evaluated.value(name, row), "dB(A)", 1)))
    distance = evaluated.project.site.listening_distance
    door = evaluated.project.site.door_loss
    pairs += [
        Pair("Together", said(evaluated, "noise_level", row, 1), "sum"),
        *((Pair("Behind the door", said(evaluated, "noise_behind_door", row, 1)),) if door else ()),
        Pair("Limit", said(evaluated, "noise_limit", row), "asked"),
    ]
    spread = evaluated.range("noise_level", row)
    likely = span(spread.low, spread.high, 0)
    note = f"Levels add by energy. Likely {likely} dB(A)." if likely else "Levels add by energy."
    return Block(f"Noise at {measured(distance, 'm')}", tuple(pairs), note)


def measured_span(low: float, high: float, unit: str) -> str:
    """Return a range with its unit, or a question mark."""
    words = span(low, high, 0)
    return f"{words}\N{NO-BREAK SPACE}{unit}" if words else "?"
