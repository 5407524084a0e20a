"""The numbers of the site's tables: which quantities stand in which line, in which state, and what is left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from steelyard.figures.room_air import CUBIC_FEET
from steelyard.gui.fact_table import FactLine
from steelyard.gui.present.numbers import reading_of
from steelyard.gui.present.verdict import state_of
from steelyard.gui.states import worst
from steelyard.project.left_out import left_out
from steelyard.wording import measured, number, share, span

if TYPE_CHECKING:
    from steelyard.gui.readings import Reading
    from steelyard.project.evaluate import VariantEvaluation


EFFICIENCIES = ("idle_psu_efficiency", "psu_efficiency", "peak_psu_efficiency")
MINUTE, MINUTES = 60.0, 120.0
"""Seconds: from the second number on a time is told in minutes."""


class Fact(NamedTuple):
    """A line of a table: its label, a quantity a column, and the quantity of the rule that judges it.

    only: a quantity without which the line says nothing, such as the load of a lead that the build does not have.
    """

    label: str
    names: tuple[str, ...]
    margin: str = ""
    note: str = ""
    only: str = ""


CONNECTORS = (
    Fact("16-pin lead, each", ("connector_16pin_load", "connector_16pin_current", "connector_16pin_power"),
         "connector_16pin_margin", only="connector_16pin_load"),
    Fact("8-pin PCIe lead, each", ("connector_8pin_load", "connector_8pin_current", "connector_8pin_power"),
         "connector_8pin_margin", only="connector_8pin_load"),
    Fact("EPS lead of a card", ("connector_eps_load", "connector_eps_current", "connector_eps_power"),
         "connector_eps_margin", only="connector_eps_load"),
    Fact("EPS lead of the board", ("processor_eps_load", "connector_eps_current", "connector_eps_power"),
         "connector_eps_margin", only="processor_eps_load"),
    Fact("Slot, each", ("slot_load", "slot_current", "slot_power"), "slot_margin", only="slot_load"),
)  # fmt: skip
WINDOWS = tuple(
    Fact(label, (f"tolerated_power_{name}", f"spare_{name}", f"together_{name}"))
    for label, name in (
        ("100 µs", "100_microseconds"),
        ("1 ms", "1_millisecond"),
        ("10 ms", "10_milliseconds"),
        ("100 ms", "100_milliseconds"),
    )
)
MAINS = (
    Fact("At the wall, sustained", ("wall_power",)),
    Fact("At the wall, at rest", ("idle_wall_power",)),
    Fact("At the wall, all at full load", ("peak_wall_power",)),
    Fact("Current of this machine", ("machine_current",)),
    Fact("With the other load", ("circuit_current",), only="other_load"),
    Fact("At the low end of the voltage", ("circuit_current_low",), "circuit_low_margin"),
    Fact("Power factor", ("power_factor",)),
    Fact("Apparent power, full load", ("peak_apparent_power",)),
    Fact("The circuit leaves for this build", ("circuit_budget_left",)),
    Fact("To spare of it", ("circuit_margin",), "circuit_margin"),
    Fact("Taken of the circuit's limit", ("circuit_share_used",)),
    Fact("Cord and strip carry", ("cord_limit",), only="cord_limit"),
)
UPS = (
    Fact("Load, of what it may carry", ("ups_share_used",), "ups_margin"),
    Fact("Runtime", ("ups_runtime",), "ups_runtime_margin"),
    Fact("Runtime, battery aged", ("ups_runtime_aged",), "ups_runtime_margin"),
    Fact("Switches over within", ("ups_transfer_time",), "hold_up_margin"),
    Fact("The supply bridges", ("psu_hold_up",)),
)
NO_UPS = (FactLine("No UPS", ("",)),)
ENERGY = (
    Fact("Energy a year", ("energy_per_year",)),
    Fact("Cost of that energy", ("energy_cost",)),
    Fact("Energy to cool it away", ("cooling_energy",)),
    Fact("Cost of the cooling", ("cooling_cost",)),
    Fact("CO₂ a year", ("carbon_per_year",)),
)
AIR = (
    Fact("Heat into the room", ("mains_power",)),
    Fact("The same, as cooling is sized", ("heat_output",)),
    Fact("Rise of the room", ("room_rise",)),
    Fact("Air for the room limit, no walls", ("fresh_air_needed",)),
    Fact("Rise that is wanted", ("wanted_rise",)),
    Fact("Air for the wanted rise", ("air_for_rise",)),
    Fact("The same, no walls", ("air_for_rise_alone",)),
)
HEAT = (
    Fact("Air at the build", ("room_air", "inlet_limit"), "inlet_margin"),
    Fact("Air at the cards", ("lower_air", "")),
    Fact("Air at the CPU", ("upper_air", "")),
    Fact("Air at the supply", ("psu_inlet_air", "psu_rated_inlet"), "psu_air_margin"),
    Fact("Coolant", ("coolant_temperature", "")),
    Fact("Hottest memory module", ("memory_temperature", "memory_limit_temperature"), "memory_margin"),
    Fact("Hottest drive", ("drive_temperature", ""), "drive_margin"),
    Fact("Voltage regulators", ("regulator_temperature", "regulator_limit_temperature"), "regulator_margin"),
    Fact("Display card", ("display_temperature", "display_gpu_temperature_limit"), only="display_power"),
)
SPEED = (
    Fact("Speed that the cards keep", ("gpu_speed_kept",)),
    Fact("Speed that the CPU keeps", ("cpu_speed_kept",)),
    Fact("Distance from runaway", ("runaway_margin",)),
)

SOURCES = tuple(
    Fact(label, (name,), only=name)
    for label, name in (
        ("Cards", "cards_noise"),
        ("Case fans", "fans_noise"),
        ("CPU cooler", "cooler_noise_level"),
        ("Supply", "psu_noise_level"),
    )
)
HEARD = (
    Fact("All of it, at one metre", ("noise_at_one_metre",)),
    Fact("At the listener", ("noise_level",), "noise_margin"),
    Fact("With an ordinary closed door", ("noise_behind_usual_door",)),
)
BEHIND_DOOR = (
    Fact("All of it, at one metre", ("noise_at_one_metre",)),
    Fact("At the listener, door open", ("noise_level",)),
    Fact("At the listener, door closed", ("noise_behind_door",), "noise_margin"),
)
LEAST_SHARE = 0.01


def sources_of_noise(variant: VariantEvaluation, row: int) -> tuple[FactLine, ...]:
    """Each kind of source with its level, and how much of the whole sound it makes."""
    total = variant.value("noise_at_one_metre", row)
    lines = facts(variant, row, SOURCES, ranged=False)
    told = [variant.value(fact.names[0], row) for fact in SOURCES if not _absent(variant.value(fact.only, row))]
    return tuple(
        line._replace(note="" if math.isnan(level - total) else f"makes {_part(10 ** ((level - total) / 10))} of it")
        for level, line in sorted(zip(told, lines, strict=True), key=lambda pair: -pair[0])
    )


def _part(of_all: float) -> str:
    return f"under {share(LEAST_SHARE)}" if of_all < LEAST_SHARE else share(of_all)


def heard(variant: VariantEvaluation, row: int, *, ranged: bool) -> tuple[FactLine, ...]:
    """How loud it is where: behind the door that stands between, or behind one that might."""
    return facts(variant, row, BEHIND_DOOR if variant.project.site.door_loss else HEARD, ranged=ranged)


def peaks(variant: VariantEvaluation, row: int) -> tuple[FactLine, ...]:
    """Each window in the state of the rule that it alone would break: cards by chance together, or all in step."""
    states = _states(variant)
    judged = ("supply_peak_margin", "supply_together_margin")
    lines = []
    for fact, line in zip(WINDOWS, facts(variant, row, WINDOWS, ranged=False), strict=True):
        spare = [variant.value(name, row) for name in fact.names[1:]]
        broken = [states.get(rule, "") for rule, left in zip(judged, spare, strict=True) if left < 0]
        lines.append(line._replace(state=worst([state for state in broken if state])))
    return tuple(lines)


def facts(variant: VariantEvaluation, row: int, table: tuple[Fact, ...], *, ranged: bool) -> tuple[FactLine, ...]:
    """The lines of a table that say something of this build; what is not known is "?"."""
    states = _states(variant)
    return tuple(
        FactLine(
            fact.label,
            tuple(_cell(variant, row, name) if name else "" for name in fact.names),
            states.get(fact.margin, ""),
            fact.note or (_range(variant, row, fact.names[0]) if ranged and fact.names[1:] in {(), ("",)} else ""),
        )
        for fact in table
        if not (fact.only and _absent(variant.value(fact.only, row)))
    )


def given_words(variant: VariantEvaluation) -> str:
    """That the supply's points are not on its curve but where somebody put them; empty where they are on it."""
    own = [variant.variant.given[name] for name in EFFICIENCIES if name in variant.variant.given]
    notes = ", ".join(dict.fromkeys(each.note for each in own if each.note))
    return f"points as given{f', {notes}' if notes else ''}" if own else ""


def ups_facts(variant: VariantEvaluation, row: int, *, ranged: bool) -> tuple[FactLine, ...]:
    """What the UPS carries and for how long, or that there is none."""
    return facts(variant, row, UPS, ranged=ranged) if "ups" in variant.selection else NO_UPS


def _states(variant: VariantEvaluation) -> dict[str, str]:
    """The state of each finding, by what its rule weighs."""
    return {each.rule.margin.name: state_of(each) for each in variant.findings if each.applies}


def _absent(value: float) -> bool:
    """Whether there is nothing: no load, no sound (its level has no end), no limit."""
    return value == 0 or math.isinf(value)


def _cell(variant: VariantEvaluation, row: int, name: str) -> Reading:
    reading, value = reading_of(variant, name, row), variant.value(name, row)
    if left_out(variant, name) or math.isnan(value):
        return reading._replace(known=False, unit="")
    if reading.unit == "s" and MINUTES <= value < math.inf:
        return reading._replace(value=number(value / MINUTE), unit="min")
    return reading


def _range(variant: VariantEvaluation, row: int, name: str) -> str:
    """From where to where the number may lie, of air also its CFM; empty where that is not told."""
    shown = _cell(variant, row, name)
    if not shown.known:
        return ""
    if shown.unit == "min":
        low, high = (end / MINUTE for end in variant.range(name, row))
        return span(low, high)
    spread = reading_of(variant, name, row, ranged=True).range
    if shown.unit == "m³/h":
        return f"{spread}; {measured(variant.value(name, row) * CUBIC_FEET, 'CFM', 0)}".lstrip("; ")
    return spread
