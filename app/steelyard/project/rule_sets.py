"""Electrical rule sets as data: what each lets a long load take, and the circuits, cords and factors under it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypeVar

from steelyard.errors import BadInputError, did_you_mean
from steelyard.project.preset_file import preset_file
from steelyard.project.shape import Bounds, Text
from steelyard.wording import UNKNOWN, measured, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from steelyard.project.content import Site

__all__ = [
    "Carbon",
    "Circuit",
    "Convention",
    "Cord",
    "Price",
    "RuleSet",
    "budget_words",
    "circuit_of",
    "cited",
    "code_share",
    "inlets_of",
    "on_circuit",
    "plug_of",
    "rule_sets",
    "what_changed",
    "with_carbon",
    "with_convention",
    "with_cord",
    "with_price",
]  # fmt: skip

_Tier = Literal["measured", "maker", "database", "recalled", "derived", "estimate"]
_Year = Annotated[int, Bounds(1990, 2100)]
_OF_CIRCUIT = ("rule_set", "supply_voltage", "supply_voltage_low", "breaker_current", "continuous_share")
_OF_PLUG = ("plug", "cord_current")
_Entry = TypeVar("_Entry", "Circuit", "Convention", "Cord", "Price", "Carbon")


class Circuit(NamedTuple):
    """A common circuit: volts (nominal, and the low end at the outlet), the breaker's amperes, plug and receptacle."""

    label: str
    plug: str
    receptacle: str
    supply_voltage: float
    supply_voltage_low: float
    breaker_current: float


class Convention(NamedTuple):
    """A share of the breaker that installers keep to although the code names none: a user's choice."""

    label: str
    continuous_share: Annotated[float, Bounds(0.1, 1)]
    source: str
    tier: _Tier
    note: str = ""


class Cord(NamedTuple):
    """A cord set: it carries what the weakest of plug, wire and connector does."""

    label: str
    current: Annotated[float, Bounds(1, 400)]
    source: str
    tier: _Tier
    note: str = ""


class Price(NamedTuple):
    """What a kilowatt hour costs somewhere, in a year."""

    place: str
    value: Annotated[float, Bounds(0, 10)]
    currency: Annotated[str, Text(3, pattern=r"[A-Z]{3}", says="a currency code such as USD")]
    year: _Year
    source: str
    tier: _Tier
    note: str = ""


class Carbon(NamedTuple):
    """Kilograms of CO2 equivalent that a kilowatt hour stands for somewhere, in a year."""

    place: str
    value: Annotated[float, Bounds(0, 5)]
    year: _Year
    source: str
    tier: _Tier
    note: str = ""


class RuleSet(NamedTuple):
    """A code's share of the breaker for a load of many hours, with its source and tier, and what is usual under it.

    frequency: Hz. inlets: whose ratings they have there. decimal, paper: the mark in numbers, the paper of sheets.
    """

    label: str
    country: str
    frequency: Annotated[float, Bounds(50, 60)]
    continuous_share: Annotated[float, Bounds(0.1, 1)]
    source: str
    tier: _Tier
    note: str
    paper: Literal["a4", "letter"]
    decimal: Literal["point", "comma"]
    circuits: tuple[Circuit, ...]
    inlets: Literal["iec", "ul"] = "iec"
    conventions: tuple[Convention, ...] = ()
    cords: tuple[Cord, ...] = ()
    prices: tuple[Price, ...] = ()
    carbon: tuple[Carbon, ...] = ()


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return the rule sets by id. Raises DamagedFileError when the program's own file cannot be read."""
    return preset_file("rule_sets.toml", RuleSet)


def cited() -> frozenset[str]:
    """Return the ids of all sources that the rule sets name."""
    found = set()
    for one in rule_sets().values():
        lists = (one.conventions, one.cords, one.prices, one.carbon)
        found |= {one.source} | {each.source for entries in lists for each in entries}
    return frozenset(found)


def on_circuit(site: Site, rule_set: str, label: str) -> Site:
    """Return the site on a circuit of a rule set, with the share that its code names and no cord said.

    Raises BadInputError that names the nearest one. `what_changed` says what this does to the limits.
    """
    known = _known(rule_set)
    circuit = _named(known.circuits, label, f"{known.label} has no circuit")
    moved = site._replace(
        rule_set=rule_set,  # type: ignore[arg-type]  # a test holds the names of the file to the names of the type
        continuous_share=known.continuous_share,
        supply_voltage=circuit.supply_voltage,
        supply_voltage_low=circuit.supply_voltage_low,
        breaker_current=circuit.breaker_current,
        plug=None,
        cord_current=None,
    )
    return _without_notes(moved, (*_OF_CIRCUIT, *_OF_PLUG))


def with_convention(site: Site, label: str) -> Site:
    """Return the site with a convention of its rule set in the place of the share that the code names."""
    known = _known(site.rule_set)
    chosen = _named(known.conventions, label, f"{known.label} has no convention")
    return _noted(site._replace(continuous_share=chosen.continuous_share), "continuous_share", chosen.label)


def with_cord(site: Site, label: str) -> Site:
    """Return the site with a cord set of its rule set."""
    known = _known(site.rule_set)
    chosen = _named(known.cords, label, f"{known.label} has no cord")
    return _noted(site._replace(cord_current=chosen.current), "cord_current", chosen.label)


def with_price(site: Site, place: str, currency: str) -> Site:
    """Return the site with a dated price of energy. Raises BadInputError where it is in another currency."""
    found = [each for one in rule_sets().values() for each in one.prices]
    chosen = _named(found, place, "No price of energy is known for")
    if chosen.currency != currency:
        message = f"The price of energy for {place} is in {chosen.currency}, and the project counts in {currency}."
        raise BadInputError(message, f"Enter the price in {currency}.")
    said = f"{chosen.place}, {chosen.year}, {chosen.source}"
    return _noted(site._replace(energy_price=f"{chosen.value:g}"), "energy_price", said)


def with_carbon(site: Site, place: str) -> Site:
    """Return the site with the dated carbon of a grid."""
    found = [each for one in rule_sets().values() for each in one.carbon]
    chosen = _named(found, place, "No carbon factor is known for")
    said = f"{chosen.place}, {chosen.year}, {chosen.source}"
    return _noted(site._replace(carbon_intensity=chosen.value), "carbon_intensity", said)


def circuit_of(site: Site) -> Circuit | None:
    """Return the circuit of the site's rule set that it is on; None where it departs from all of them."""
    volts = (site.supply_voltage, site.breaker_current)
    known = rule_sets().get(site.rule_set)
    alike = (each for each in known.circuits if (each.supply_voltage, each.breaker_current) == volts) if known else ()
    return next(iter(alike), None)


def code_share(site: Site) -> float:
    """Return what the code of the site's rule set lets a load of hours take; of a site of its own the least of all."""
    known = rule_sets()
    if site.rule_set in known:
        return known[site.rule_set].continuous_share
    return min(each.continuous_share for each in known.values())


def inlets_of(site: Site) -> Literal["iec", "ul"]:
    """Return whose ratings inlets have at the site; of a site of its own the IEC's, which are the lower ones."""
    return rule_sets()[site.rule_set].inlets if site.rule_set in rule_sets() else "iec"


def plug_of(site: Site) -> str:
    """Return the site's plug, or that of its circuit; empty where neither is known."""
    circuit = circuit_of(site)
    return site.plug or (circuit.plug if circuit else "")


def budget_words(site: Site) -> str:
    """Return how the circuit's budget comes about, "20 A x 120 V x 80 % = 1,920 W", less what else hangs on it."""
    limit = site.supply_voltage * site.breaker_current * site.continuous_share
    factors = (measured(site.breaker_current, "A"), measured(site.supply_voltage, "V"), share(site.continuous_share))
    words = f"{' × '.join(factors)} = {measured(limit, 'W', 0)}"
    if site.other_load is None:
        return f"{words}, less the other load, which is not known"
    if site.other_load:
        other, left = measured(site.other_load, "W", 0), measured(limit - site.other_load, "W", 0)
        words += f", less {other} of other load: {left}"
    return words


def what_changed(before: Site, after: Site) -> tuple[str, ...]:
    """Return, in words, what a change of the circuit does to its limits: nothing of it happens unsaid."""
    ends = [(site.supply_voltage, site.breaker_current, site.continuous_share) for site in (before, after)]
    said = [
        (measured(volts, "V"), measured(amps, "A"), share(part), measured(volts * amps * part, "W", 0), plug_of(site))
        for (volts, amps, part), site in zip(ends, (before, after), strict=True)
    ]
    labels = ("Mains", "Breaker", "Share for hours", "Limit for hours", "Plug")
    pairs = zip(labels, *said, strict=True)
    return tuple(f"{label}: {old or UNKNOWN} → {new or UNKNOWN}" for label, old, new in pairs if old != new)


def _known(rule_set: str) -> RuleSet:
    known = rule_sets()
    if rule_set not in known:
        message = f'There is no rule set "{rule_set[:40]}".{did_you_mean(rule_set, list(known))}'
        raise BadInputError(message, "" if "Did you" in message else f"Rule sets: {', '.join(known)}.")
    return known[rule_set]


def _named(entries: Iterable[_Entry], name: str, otherwise: str) -> _Entry:
    """Return the entry whose first field is this name. Raises BadInputError that names the nearest one."""
    by_name = {str(each[0]): each for each in entries}
    if name not in by_name:
        hint = did_you_mean(name, list(by_name)) or f" Known: {'; '.join(by_name) or 'none'}."
        raise BadInputError(f'{otherwise} "{name[:40]}".{hint}')
    return by_name[name]


def _noted(site: Site, field: str, note: str) -> Site:
    return site._replace(notes={**site.notes, field: note})


def _without_notes(site: Site, fields: tuple[str, ...]) -> Site:
    return site._replace(notes={name: note for name, note in site.notes.items() if name not in fields})
