"""The site fitness sheet in words: the verdict, and tables of circuit, heat, air, noise and the machine itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from steelyard.project.content import SITE_NUMBERS
from steelyard.project.evaluate import Range
from steelyard.project.left_out import LABELS, known
from steelyard.project.rule_sets import circuit_of, plug_of
from steelyard.sheets.bind_site import RULES, failing, measured_span, said
from steelyard.sheets.content import Block, Pair
from steelyard.units import BtuPerHour, CubicFootPerMinute, FlowPerHour, Minute, Second, TonOfCooling, Watt, unit_of
from steelyard.wording import UNKNOWN, measured, number, share

if TYPE_CHECKING:
    from steelyard.figures.plot import Figure
    from steelyard.project.content import Site
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.sheets.content import Finding

FITS, NOT, UNTOLD = "Fits", "Does not fit", "Cannot be told"
SETTLES = ("circuit_power", "circuit_limit", "room_air")
"""What must be known before anything can be said to fit."""
MILLIMETRES = 1000.0
NOT_PUBLISHED = "not published"
NOT_SAID = "not said"
NONE_CHOSEN = "none chosen"
ENDLESS = "without end"
CANNOT_TELL = "Cannot tell: "
NOT_TOLD = "Whether the circuit carries it cannot be told."
GIVE = "Give what is not known, with its source"
NOT_WHOLE = "The build is not whole, so what it draws is not known."


def deciding(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return those of the findings that are about the site."""
    return tuple(each for each in findings if each.rule in RULES)


def verdict_of(evaluated: VariantEvaluation, row: int, findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Return mark and words: a block on the site decides, then what is not known or not chosen, then warnings."""
    marks = {each.mark for each in deciding(findings)}
    if "block" in marks:
        return "block", f"{NOT}: {failing(each.rule for each in deciding(findings) if each.mark == 'block')}"
    if (
        "unknown" in marks
        or evaluated.selection.missing()
        or any(math.isnan(known(evaluated, name, row)) for name in SETTLES)
    ):
        return "unknown", UNTOLD
    if "warn" in marks:
        return "warn", f"{FITS}, with warnings"
    return "holds", FITS


def answer_of(evaluated: VariantEvaluation, row: int, carries: str, found: tuple[Finding, ...]) -> str:
    """Return what the circuit carries, and how warm the room gets where that decides, in a sentence each.

    Of a build with empty roles: that it is not whole; of one whose load is not known: what is not.
    """
    empty = evaluated.selection.missing()
    if empty:
        return f"{NOT_WHOLE} Missing: {', '.join(LABELS[each] for each in empty)}."
    if not carries or math.isnan(evaluated.value("circuit_power", row)):
        unknown = next((each.detail for each in found if each.mark == "unknown"), "")
        because = unknown.removeprefix(CANNOT_TELL)
        return f"Whether the circuit carries it cannot be told: {because}." if because else NOT_TOLD
    too_warm = any(each.mark in ("block", "warn") and each.rule.startswith("THM") for each in found)
    if not too_warm:
        return carries
    air, limit = (evaluated.value(name, row) for name in ("room_air", "room_limit"))
    over = f", {measured(air - limit, 'K', 1)} over its limit" if math.isfinite(air - limit) and air > limit else ""
    settles = f"settles at {measured(air, '°C', 1)}{over}" if math.isfinite(air) else "warms without end"
    return f"{carries} The room {settles}."


def told_once(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings, those that cannot be told for one reason as one: the reason, and what hangs on it."""
    kept: list[Finding] = []
    for each in found:
        alike = [one for one in found if one.mark == "unknown" and one.detail == each.detail]
        if len(alike) < 2:  # two are more than one
            kept.append(each)
        elif alike[0] is each:
            hang = "; ".join(f"{one.title} ({one.rule})" for one in alike)
            reason = f"{each.detail}. So these {len(alike)} cannot be told"
            kept.append(each._replace(rule="", title=reason, detail=hang, remedy=GIVE))
    return tuple(kept)


def of_the_whole(evaluated: VariantEvaluation, figure: Figure) -> Figure:
    """Return the figure, of a build with empty roles without its curves: they would leave out what is missing."""
    return figure._replace(missing=NOT_WHOLE) if evaluated.selection.missing() else figure


def fitness_blocks(evaluated: VariantEvaluation, row: int) -> tuple[Block, ...]:
    """Return the tables of the sheet: circuit, connection and UPS, heat and air, machine and noise."""
    return (_circuit(evaluated, row), _heat(evaluated, row), _machine(evaluated, row))


def _circuit(evaluated: VariantEvaluation, row: int) -> Block:
    site = evaluated.project.site
    load, limit = known(evaluated, "circuit_power", row), known(evaluated, "circuit_limit", row)
    spread = evaluated.range("circuit_power", row) if math.isfinite(load) else Range(math.nan, math.nan)
    volts, low = (measured(each, "V") for each in (site.supply_voltage, site.supply_voltage_low))
    working = f"{measured(site.breaker_current, 'A')} × {volts} × {number(site.continuous_share)}"
    spare = limit - load
    pairs = [
        Pair("Supply, nominal; low end", f"{volts}; {low}"),
        Pair("Breaker", f"{measured(site.breaker_current, 'A')}, {'shared' if site.is_shared else 'dedicated'}"),
        Pair(f"Limit, {working}", measured(limit, "W", 0), "asked"),
        Pair("Other load on it", said(evaluated, "other_load", row, 0)),
        Pair("This machine, at the wall", said(evaluated, "wall_power", row, 0)),
        Pair("On the circuit, for hours", measured(load, "W", 0), "sum"),
        Pair("To spare" if not spare < 0 else "Too much", _spare(abs(spare), limit), "sum"),
        Pair("Likely to spare" if not spare < 0 else "Likely too much", measured_span(*_ends(limit, spread), "W")),
        Pair(f"Current at {volts}, nominal", said(evaluated, "circuit_current", row, 1)),
        Pair(f"Current at {low}, low end", said(evaluated, "circuit_current_low", row, 1)),
        Pair("Power factor", number(known(evaluated, "power_factor", row), 3)),
        Pair("Peak, for minutes", said(evaluated, "peak_circuit_power", row, 0)),
    ]
    used = known(evaluated, "circuits_used", row)
    if used > 1 or site.circuits != 1:
        pairs.insert(2, Pair("Circuits of this kind; used", f"{number(site.circuits)}; {number(used)}"))
    return Block("Circuit", tuple(pairs))


def _ends(limit: float, spread: Range) -> tuple[float, float]:
    """The likely range of what is to spare or missing, the less first."""
    low, high = sorted((limit - spread.high, limit - spread.low), key=abs)
    return (abs(low), abs(high)) if high < 0 and low < 0 else (limit - spread.high, limit - spread.low)


def _heat(evaluated: VariantEvaluation, row: int) -> Block:
    site = evaluated.project.site
    heat, rise = known(evaluated, "mains_power", row), said(evaluated, "wanted_rise", row, 0)
    before, warmer = said(evaluated, "room_temperature", row), _warm(evaluated, "room_rise", row)
    pairs = [
        Pair("Heat into the room", _both(measured(heat, "W", 0), _in(heat, Watt, BtuPerHour, 0))),
        Pair("Cooling that takes it away", _in(heat, Watt, TonOfCooling, 2)),
        _air(evaluated, "air_for_rise", row, f"Air for {rise} of rise"),
        _air(evaluated, "air_for_rise_alone", row, "if walls carry nothing"),
        _air(evaluated, "fresh_air_needed", row, "Air for the room limit"),
        _air(evaluated, "room_ventilation", row, "Air there is"),
        Pair("Heat through walls", said(evaluated, "room_conductance", row)),
        Pair("Room with the build off", before),
        Pair("It rises by", warmer),
        Pair("Room, steady", _warm(evaluated, "room_air", row), "sum"),
        Pair("Room limit", said(evaluated, "room_limit", row), "asked"),
        Pair("Warmest air at a card", _hottest(evaluated, "card_inlet", row)),
        Pair("Energy a year", said(evaluated, "energy_per_year", row, 0)),
        Pair("Price of energy a year", _if_said(evaluated, row, "energy_cost", site.energy_price)),
        Pair("Energy of its cooling", _if_said(evaluated, row, "cooling_energy", site.cooling_performance)),
        *_of_cooling(evaluated, row, "Price of its cooling", "cooling_cost", site.energy_price),
        Pair("Carbon a year", _if_said(evaluated, row, "carbon_per_year", site.carbon_intensity)),
        *_of_cooling(evaluated, row, "Carbon of its cooling", "cooling_carbon", site.carbon_intensity),
    ]
    return Block("Heat and air", tuple(pairs))


def _warm(evaluated: VariantEvaluation, name: str, row: int) -> str:
    """A temperature or a rise, which has no end where nothing carries the heat away."""
    return ENDLESS if math.isinf(known(evaluated, name, row)) else said(evaluated, name, row, 1)


def _both(one: str, other: str) -> str:
    """An amount in two units; one question mark where it is not known."""
    return one if one == other else f"{one}; {other}"


def _of_cooling(evaluated: VariantEvaluation, row: int, label: str, name: str, setting: object) -> tuple[Pair, ...]:
    """What cooling the room costs, where both what cools it and the setting are said."""
    if setting is None or evaluated.project.site.cooling_performance is None:
        return ()
    return (Pair(label, said(evaluated, name, row, 0)),)


def _if_said(evaluated: VariantEvaluation, row: int, name: str, setting: object) -> str:
    """A number that needs a setting which a site need not have."""
    return NOT_SAID if setting is None else said(evaluated, name, row, 0)


def _machine(evaluated: VariantEvaluation, row: int) -> Block:
    site = evaluated.project.site
    pairs = [
        *_outlet(site),
        Pair("Inlet of the machine", _inlet(evaluated, row)),
        Pair("Cord or strip, rated", NOT_SAID if site.cord_current is None else measured(site.cord_current, "A")),
        Pair("Inrush current", _fact(evaluated, "psu", "inrush_current")),
        *_ups(evaluated, row),
        *_body(evaluated),
        Pair("Noise at 1 m", said(evaluated, "noise_at_one_metre", row, 1)),
        *_heard(evaluated, row),
        Pair("Noise limit", said(evaluated, "noise_limit", row), "asked"),
    ]
    return Block("Connection, body, noise", tuple(pairs))


def _outlet(site: Site) -> tuple[Pair, Pair]:
    """Plug and receptacle: what the site says, else those of its rule set's circuit, else that nobody said."""
    circuit = circuit_of(site)
    own = site.plug is not None and (circuit is None or site.plug != circuit.plug)
    receptacle = "to match the plug" if own else circuit.receptacle if circuit else NOT_SAID
    return Pair("Plug", plug_of(site) or NOT_SAID), Pair("Receptacle", receptacle)


def _heard(evaluated: VariantEvaluation, row: int) -> tuple[Pair, ...]:
    """The level at the listener, and behind the door where there is one; the last is held to the limit."""
    site = evaluated.project.site
    level = said(evaluated, "noise_level", row, 1)
    listener = f"At the listener, {measured(site.listening_distance, 'm')}"
    if not site.door_loss:
        return (Pair(listener, level, "sum"),)
    behind = Pair(
        f"Behind a door of {measured(site.door_loss, 'dB')}", said(evaluated, "noise_behind_door", row, 1), "sum"
    )
    return Pair(listener, level), behind


def _inlet(evaluated: VariantEvaluation, row: int) -> str:
    """The inlet's kind, and what it carries of what it may carry."""
    if evaluated.selection.part("psu") is None:
        return NONE_CHOSEN
    load, limit = (said(evaluated, name, row, 1) for name in ("mains_inlet_load", "mains_inlet_limit"))
    return f"{_fact(evaluated, 'psu', 'inlet')}; {load} of {limit}"


def _ups(evaluated: VariantEvaluation, row: int) -> list[Pair]:
    part = evaluated.selection.part("ups")
    if part is None:
        return [Pair("UPS", "none")]
    rated = (measured(known(evaluated, "ups_apparent_power", row), "VA"), said(evaluated, "ups_real_power", row, 0))
    minutes = [_in(known(evaluated, name, row), Second, Minute, 0) for name in ("ups_runtime", "ups_runtime_aged")]
    return [
        Pair("UPS", "; ".join(rated)),
        Pair("UPS used, sustained", said(evaluated, "ups_share_used", row, 0)),
        Pair("Runtime; batteries due", "; ".join(minutes)),
    ]


def _body(evaluated: VariantEvaluation) -> list[Pair]:
    case = evaluated.selection.part("case")
    sizes = [_datum(evaluated, "case", name) for name in ("width", "depth", "height")]
    if case is None or any(math.isnan(each) for each in sizes):
        return [Pair("Width, depth, height", UNKNOWN), Pair("Footprint", UNKNOWN), *_mass(evaluated)]
    wide, deep, high = sizes
    words = " × ".join(number(each, 0) for each in (wide, deep, high))
    return [
        Pair("Width, depth, height", f"{words} mm"),
        Pair("Footprint", measured(wide * deep / MILLIMETRES**2, "m²", 2)),
        *_mass(evaluated),
    ]


def _mass(evaluated: VariantEvaluation) -> list[Pair]:
    """Only of cases is the mass published."""
    alone = measured(_datum(evaluated, "case", "mass"), "kg", 1)
    return [Pair("Mass of the empty case", alone), Pair("Mass of the whole", UNKNOWN)]


def _datum(evaluated: VariantEvaluation, role: str, field: str) -> float:
    part = evaluated.selection.part(role)
    value = None if part is None else evaluated.engine.catalog.datum(part, field).value
    return math.nan if value is None else value


def _fact(evaluated: VariantEvaluation, role: str, field: str) -> str:
    """A published value of a part in words, or that its maker does not say."""
    catalog, part = evaluated.engine.catalog, evaluated.selection.part(role)
    if part is None:
        return NONE_CHOSEN
    if field not in catalog.schema[catalog.part(part).kind].fields:
        return NOT_PUBLISHED
    datum = catalog.datum(part, field)
    if datum.value is None:
        return NOT_PUBLISHED
    return datum.words or measured(datum.value, datum.unit)


def _air(evaluated: VariantEvaluation, name: str, row: int, label: str) -> Pair:
    """A flow of air in both units that facilities use."""
    flow = known(evaluated, name, row)
    feet = _in(flow, FlowPerHour, CubicFootPerMinute, 0)
    return Pair(label, f"{measured(flow, 'm³/h', 0)}; {feet}" if math.isfinite(flow) else measured(flow, ""))


def _in(value: float, unit: object, wanted: object, decimals: int) -> str:
    """A value in another unit of the same kind."""
    there = unit_of(wanted)
    return measured(value * unit_of(unit).factor / there.factor, there.symbol, decimals)


def _hottest(evaluated: VariantEvaluation, name: str, row: int) -> str:
    """The warmest of the cards' values; unknown where one of them is."""
    values = [known(evaluated, name, row, place) for place in range(evaluated.selection.count("gpu"))]
    if not values:
        return "no card"
    warmest = math.nan if any(map(math.isnan, values)) else max(values)
    return ENDLESS if math.isinf(warmest) else measured(warmest, "°C", 1)


def _spare(spare: float, limit: float) -> str:
    part = f"; {share(spare / limit)}" if math.isfinite(spare) and limit > 0 else ""
    return f"{measured(spare, 'W', 0)}{part}"


def notes_of(evaluated: VariantEvaluation) -> tuple[str, ...]:
    """Return where the site's values are from, as the user noted it."""
    labels = {name: evaluated.engine.model.inputs[given].label for name, given in SITE_NUMBERS.items()}
    return tuple(f"{labels.get(name, name)}: {note}" for name, note in evaluated.project.site.notes.items())
