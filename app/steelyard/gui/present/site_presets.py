"""What the site may start from: circuits of each code, kinds of room, usual shares, cords, dated prices and grids."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from steelyard.project.rooms import in_room, rooms
from steelyard.project.rule_sets import (
    on_circuit,
    rule_sets,
    with_carbon,
    with_convention,
    with_cord,
    with_price,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from steelyard.project.content import Site


class Offer(NamedTuple):
    """One entry: its words, the site with it, and the fields in which that site is told from others."""

    text: str
    take: Callable[[Site], Site]
    fields: tuple[str, ...]

    def is_that_of(self, site: Site) -> bool:
        """Whether the site already has what this entry would set."""
        there = self.take(site)
        return all(getattr(there, name) == getattr(site, name) for name in self.fields)


class Preset(NamedTuple):
    """A choice of entries: its label and width, what it says where none of them is in force, and the entries."""

    name: str
    label: str
    width: int
    otherwise: str
    offered: Callable[[Site, str], tuple[Offer, ...]]


ELECTRIC = ("rule_set", "continuous_share", "supply_voltage", "supply_voltage_low", "breaker_current")
ROOM = ("room_volume", "room_conductance", "room_ventilation", "ventilation_temperature", "room_temperature",
        "room_limit")  # fmt: skip


def _circuits(_site: Site, _currency: str) -> tuple[Offer, ...]:
    def offer(rules: str, label: str, text: str) -> Offer:
        return Offer(text, lambda site: on_circuit(site, rules, label), ELECTRIC)

    return tuple(
        offer(name, circuit.label, f"{entry.label}: {circuit.label}")
        for name, entry in rule_sets().items()
        for circuit in entry.circuits
    )


def _rooms(_site: Site, _currency: str) -> tuple[Offer, ...]:
    def offer(name: str, text: str) -> Offer:
        return Offer(text, lambda site: in_room(site, name), ROOM)

    return tuple(offer(name, room.label) for name, room in rooms().items())


def _conventions(site: Site, _currency: str) -> tuple[Offer, ...]:
    def offer(label: str) -> Offer:
        return Offer(label, lambda site: with_convention(site, label), ("continuous_share",))

    known = rule_sets().get(site.rule_set)
    return tuple(offer(each.label) for each in known.conventions) if known else ()


def _cords(site: Site, _currency: str) -> tuple[Offer, ...]:
    def offer(label: str) -> Offer:
        return Offer(label, lambda site: with_cord(site, label), ("cord_current",))

    known = rule_sets().get(site.rule_set)
    return tuple(offer(each.label) for each in known.cords) if known else ()


def price_hint(site: Site, currency: str) -> str:
    """Why the prices of the chosen rule set are not offered; empty where they are."""
    known = rule_sets().get(site.rule_set)
    others = sorted({each.currency for each in known.prices} - {currency}) if known else []
    if known is None or not others or len(others) < len({each.currency for each in known.prices}):
        return ""
    return f"Prices of {known.label} are in {', '.join(others)}: count the project in it to take one (Brief, currency)."


def _prices(site: Site, currency: str) -> tuple[Offer, ...]:
    """Those in the project's currency, of the chosen rule set first."""

    def offer(place: str, year: int) -> Offer:
        return Offer(f"{place}, {year}", lambda site: with_price(site, place, currency), ("energy_price",))

    ordered = sorted(rule_sets().items(), key=lambda each: each[0] != site.rule_set)
    found = (each for _, one in ordered for each in one.prices if each.currency == currency)
    return tuple(offer(each.place, each.year) for each in found)


def _grids(_site: Site, _currency: str) -> tuple[Offer, ...]:
    def offer(place: str, year: int) -> Offer:
        return Offer(f"{place}, {year}", lambda site: with_carbon(site, place), ("carbon_intensity",))

    return tuple(offer(each.place, each.year) for one in rule_sets().values() for each in one.carbon)


PRESETS = (
    Preset("circuit", "Circuit", 300, "Own values", _circuits),
    Preset("share", "Convention", 150, "As the code says", _conventions),
    Preset("cord", "Cord set", 150, "Own values", _cords),
    Preset("room", "Kind of room", 150, "Own values", _rooms),
    Preset("price", "Price of energy", 170, "Own value", _prices),
    Preset("grid", "Carbon of the grid", 170, "Own value", _grids),
)
