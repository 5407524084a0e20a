"""A build in its room as a thermal network, from the evaluation's own numbers, so that its end is the steady state.

Resistances are the evaluation's. Where it mixes air, shares are read off its own temperatures: what is so many parts of
the case's rise above the room in the steady state is that mixture at every time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.transient.network import Network, System
from steelyard.transient.processor import add_processor
from steelyard.transient.reading import Row, check_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Array

__all__ = ["CONTENTS", "LOWER", "ROOM", "UPPER", "Build", "Cards", "build_of", "network_of"]

ROOM: Final = "Room air"
CONTENTS: Final = "Room contents"
AROUND: Final = "Surroundings"
LOWER: Final = "Case air, lower"
UPPER: Final = "Case air, upper"
SUPPLY: Final = "Supply"
NEEDED: Final = (
    "mains_power", "wall_power", "dc_load", "card_power", "card_temperature", "card_inlet", "cpu_power",
    "cpu_temperature", "cpu_inlet", "case_rise", "room_air",
)  # fmt: skip
"""Without these there is nothing to follow over time."""

PARTS: Final = (
    ("Memory", "memory_power", "memory_temperature", "memory_heat_capacity"),
    ("Drives", "drives_power", "drive_temperature", "drives_heat_capacity"),
    ("Regulators", "regulator_power", "regulator_temperature", "regulator_heat_capacity"),
)
"""Parts that warm the case and have a temperature of their own, as far as the model knows it."""


class Cards(NamedTuple):
    """The cards of a build, arrays with one entry a card: places of their nodes and what their fans can do, W/K.

    handed: to which nodes a watt of heat from a card's fins goes, shape (nodes, cards), W; its fins lose it.
    into_fins: from die to fins, W/K.
    """

    names: tuple[str, ...]
    dies: Array
    fins: Array
    inlets: Array
    quiet: Array
    full: Array
    handed: Array
    capacity: Array
    into_fins: float


class Build(NamedTuple):
    """A build as a network, with the powers that do not change and the places where the changing ones go in.

    surplus: heat that the air let in takes up before the room gets any warmer, W. notes: what had to be taken as usual.
    """

    system: System
    cards: Cards
    constant: Array
    processor: int
    supply: int
    room: int
    surplus: float
    outlet: float
    notes: tuple[str, ...]


class _Air(NamedTuple):
    """The case's air: the share of the case's rise that its lower zone has, None without a case; heat goes to zones."""

    lower: float | None

    def heat(self, amount: float) -> dict[str, float]:
        """Where heat into the case goes."""
        if self.lower is None:
            return {ROOM: amount}
        return {LOWER: amount * self.lower, UPPER: amount * (1 - self.lower)}

    def mixture(self, share: float) -> dict[str, float]:
        """Air that has so much of the case's rise, as shares of the air of zones next to each other."""
        if self.lower is None:
            return {ROOM: 1.0}
        if share <= self.lower:
            part = share / self.lower
            return {ROOM: 1 - part, LOWER: part}
        part = (share - self.lower) / (1 - self.lower)
        return {LOWER: 1 - part, UPPER: part}


def network_of(found: VariantEvaluation, row: int = 0) -> Build:
    """Return a build under one of its workloads as a network. Raises BadInputError that says what is not known."""
    check_known(found, row, NEEDED)
    return build_of(Row.of(found.evaluation, row))


def build_of(row: Row) -> Build:
    """Return a row of an evaluation as a network."""
    network = Network()
    notes = _add_room(network, row)
    air = _add_case(network, row)
    names = tuple(f"GPU {place}" if row.count > 1 else "GPU" for place in range(1, row.count + 1))
    quiet = _add_cards(network, row, air, names)
    inlet = _rise_share(row, "cpu_inlet")
    add_processor(network, row, air.mixture(inlet), _handed(row, air, "cooler_exhaust_share"))
    constant = _add_parts(network, row, air)
    network.node(SUPPLY, row.at("psu_heat_capacity"))
    network.conduct(SUPPLY, ROOM, row.at("psu_conductance"))
    system = network.system()
    return Build(
        system,
        _cards(system, row, air, names, quiet),
        system.powers(constant) + _preheated(system, row, names),
        system.at("CPU die"),
        system.at(SUPPLY),
        system.at(ROOM),
        max(row.at("ventilation_conductance") * (row.at("room_temperature") - row.at("ventilation_temperature")), 0.0),
        row.at("room_conductance") + row.at("ventilation_conductance"),
        notes,
    )


def _add_room(network: Network, row: Row) -> tuple[str, ...]:
    usual = row.at("usual_room_heat_capacity")
    air = row.at("room_air_heat_capacity")
    notes = ()
    if np.isnan(air):
        notes = (f"The volume of the room is not said: {row.at('usual_room_volume'):g} m³ are taken.",)
        air = usual
    network.fixed(AROUND, row.at("room_temperature"))
    network.node(ROOM, air)
    network.node(CONTENTS, air * row.at("furnishing_share"))
    network.conduct(ROOM, CONTENTS, row.at("furnishing_conductance") * air / usual)
    network.conduct(ROOM, AROUND, row.at("room_conductance") + row.at("ventilation_conductance"))
    return notes


def _add_case(network: Network, row: Row) -> _Air:
    """Two zones in a row: room air comes into the lower one, goes on to the upper one, and out into the room."""
    if row.at("case_count") < 1:
        return _Air(None)
    lower = _rise_share(row, "lower_air") if row.has("lower_air") else row.at("card_inlet_share")
    network.node(LOWER, row.at("lower_air_heat_capacity"))
    network.node(UPPER, row.at("upper_air_heat_capacity"))
    flow = row.at("site_air_heat") * row.at("case_airflow")
    for source, target in ((ROOM, LOWER), (LOWER, UPPER), (UPPER, ROOM)):
        network.blow(source, target, flow)
    return _Air(min(max(lower, 0.05), 0.95))


def _add_cards(network: Network, row: Row, air: _Air, names: tuple[str, ...]) -> Array:
    """Die, fins and the air that each card breathes; return what its fins give off with its fans at their slowest."""
    shares = row.cards("card_inlet") - row.cards("card_preheat") - _display_preheat(row) - row.at("room_air")
    rise = row.at("case_rise")
    capacity = (row.at("card_die_heat_capacity"), row.at("card_sink_heat_capacity"))
    die, quiet, _ = _resistances(row)
    for place, name in enumerate(names):
        network.mix(f"{name} inlet", air.mixture(row.share(float(shares[place]), rise)))
        network.node(f"{name} die", capacity[0])
        network.node(f"{name} fins", capacity[1])
        network.resist(f"{name} die", f"{name} fins", die)
    handed = _passed_on(row, air, names)
    for place, name in enumerate(names):
        network.give(f"{name} fins", f"{name} inlet", float(quiet[place]), handed[place])
    return quiet


def _passed_on(row: Row, air: _Air, names: tuple[str, ...]) -> list[dict[str, float]]:
    """Where the heat of each card's fins goes: case and room, and the inlets behind it, which it preheats."""
    flows, preheats = row.cards("card_airflow"), row.cards("card_preheat")
    warmth = row.cards("card_power") / (flows * row.at("site_air_heat"))
    found = []
    for place in range(row.count):
        into = _handed(row, air, "card_exhaust_share")
        for later in range(place + 1, row.count):
            caught = row.share(float(preheats[later]), float(warmth[:later].sum()))
            into[f"{names[later]} inlet"] = caught / (float(flows[place]) * row.at("site_air_heat"))
        found.append(into)
    return found


def _handed(row: Row, air: _Air, blown: str) -> dict[str, float]:
    """Where heat goes of which a share is blown out of the case."""
    share = row.at(blown)
    into = air.heat(1 - share)
    into[ROOM] = into.get(ROOM, 0.0) + share
    return into


def _add_parts(network: Network, row: Row, air: _Air) -> dict[str, float]:
    """Parts that warm the case's air; return the powers that do not change, by node."""
    constant: dict[str, float] = {}
    rest = row.at("rest_power") + row.at("display_power")
    for name, power, temperature, capacity in PARTS:
        if not (row.has(temperature) and row.has(power) and row.at(power) > 0):
            continue
        zone = ROOM if air.lower is None else UPPER
        above = row.at(temperature) - row.at("room_air" if air.lower is None else "case_air")
        if not above > 0:
            continue
        network.node(name, row.at(capacity))
        network.give(name, zone, row.at(power) / above, air.heat(1.0))
        constant[name] = row.at(power)
        rest -= row.at(power)
    constant |= air.heat(rest)
    return constant


def _preheated(system: System, row: Row, names: tuple[str, ...]) -> Array:
    """What the display card adds to the air that cards behind it breathe."""
    powers = np.zeros(len(system.nodes))
    for name, warmer in zip(names, _display_preheat(row), strict=True):
        powers[system.at(f"{name} inlet")] = warmer
    return powers


def _display_preheat(row: Row) -> Array:
    return row.cards("display_preheat") if row.has("display_preheat") else np.zeros(row.count)


def _rise_share(row: Row, name: str) -> float:
    """How much of the case's rise above the room a temperature has."""
    return row.share(row.at(name) - row.at("room_air"), row.at("case_rise"))


def _cards(system: System, row: Row, air: _Air, names: tuple[str, ...], quiet: Array) -> Cards:
    def places(what: str) -> Array:
        return np.array([system.at(f"{name} {what}") for name in names], dtype=int)

    handed = np.zeros((len(system.nodes), len(names)))
    for place, into in enumerate(_passed_on(row, air, names)):
        _spread(system, handed, place, into)
    fins = places("fins")
    handed[fins, np.arange(len(names))] -= 1
    die, _, full = _resistances(row)
    capacity = np.full(len(names), row.at("card_sink_heat_capacity"))
    return Cards(names, places("die"), fins, places("inlet"), quiet, full, handed, capacity, 1 / die)


def _resistances(row: Row) -> tuple[float, Array, Array]:
    """From die to fins, K/W, and what the fins give off with fans at their slowest and at full speed, W/K."""
    if row.has("least_sink_resistance"):
        full = 1 / row.cards("least_sink_resistance")
        return row.at("card_die_resistance"), full * row.at("card_fan_floor") ** row.at("convection_exponent"), full
    die = float(row.cards("least_card_resistance").min(initial=1.0)) * row.at("conduction_share")
    return die, 1 / (row.cards("card_resistance") - die), 1 / (row.cards("least_card_resistance") - die)


def _spread(system: System, handed: Array, place: int, into: Mapping[str, float]) -> None:
    for name, share in into.items():
        handed[system.at(name), place] += share
