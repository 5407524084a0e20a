"""Cards and processor with their coolers: from die through fins into air that fans move, and where that heat goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.transient.network import Network, System
    from steelyard.transient.reading import Row
    from steelyard.units import Array

__all__ = ["Added", "Coolers", "add_cards", "add_processor", "coolers_of"]

_WALL_SHARE: Final = 0.2
"""Coolant to the radiator's metal, of the way from coolant to air: 0.012 of 0.057 K/W in the reference network."""

_CARD_DELAY, _CPU_DELAY = 20.0, 60.0
"""Seconds in which fans bring a part to its target: firmware moves them slowly, to spare ears."""


class Added(NamedTuple):
    """Coolers as they stand in the network: their names, their nodes, and where the heat of their fins goes.

    quiet, full: what the fins give off with fans at their slowest and at full speed, W/K. into: from die to the next
    node, W/K. mass: what fans must bring to its temperature with the die, J/K.
    """

    names: tuple[str, ...]
    dies: tuple[str, ...]
    behind: tuple[str, ...]
    fins: tuple[str, ...]
    inlets: tuple[str, ...]
    quiet: Array
    full: Array
    into: Array
    mass: Array
    handed: tuple[Mapping[str, float], ...]


class Coolers(NamedTuple):
    """The coolers of all cards and, last, of the processor: arrays with one entry each, of places of nodes or numbers.

    handed: what a watt from fins does to every node, shape (nodes, coolers). target: what the fans aim at, °C.
    delay: how fast they do, s. exponent: how what fins give off follows the speed of their fans.
    """

    dies: Array
    behind: Array
    fins: Array
    inlets: Array
    quiet: Array
    full: Array
    into: Array
    mass: Array
    handed: Array
    target: Array
    limit: Array
    delay: Array
    exponent: Array


def add_cards(network: Network, row: Row, *, room: str, zone: str) -> Added:
    """Add die, fins and the air that it breathes for each card; a share of the zone's rise, and of cards before it."""
    names = tuple(f"GPU {place}" if row.count > 1 else "GPU" for place in range(1, row.count + 1))
    own = row.cards("card_inlet") - row.cards("card_preheat") - row.cards("display_preheat") - row.at("room_air")
    full = 1 / row.cards("least_sink_resistance")
    quiet = full * row.at("card_fan_floor") ** row.at("convection_exponent")
    for place, name in enumerate(names):
        network.mix(f"{name} inlet", _mixture(row.share(float(own[place]), row.at("lower_rise")), room, zone))
        network.node(f"{name} die", row.at("card_die_heat_capacity"))
        network.node(f"{name} fins", row.at("card_sink_heat_capacity"))
        network.resist(f"{name} die", f"{name} fins", row.at("card_die_resistance"))
    handed = _passed_on(row, names, _parted(row.at("card_exhaust_share"), room, zone))
    for place, name in enumerate(names):
        network.give(f"{name} fins", f"{name} inlet", float(quiet[place]), handed[place])
    dies, fins, inlets = (tuple(f"{name} {what}" for name in names) for what in ("die", "fins", "inlet"))
    into = np.full(row.count, 1 / row.at("card_die_resistance") if row.count else np.nan)
    mass = np.full(row.count, row.at("card_sink_heat_capacity"))
    return Added(names, dies, fins, fins, inlets, quiet, full, into, mass, handed)


def add_processor(network: Network, row: Row, *, room: str, zone: str, leaving: str) -> Added:
    """Add the processor: die, plate, coolant and radiator, or die, base and fins."""
    cooled = row.at("cooler_count") > 0
    block = row.at("block_resistance") if cooled else 0.0
    full = row.at("cooler_full_conductance") if cooled else 1 / row.at("bare_resistance")
    slow = row.at("least_cooler_speed") ** row.at("cooler_speed_exponent") if cooled else 1.0
    inside = _WALL_SHARE / full
    quiet, loud = (1 / (1 / conductance - inside) for conductance in (full * slow, full))
    plate, coolant = row.at("coldplate_heat_capacity"), row.at("coolant_heat_capacity")
    share = row.share(row.at("cpu_inlet") - row.at("room_air"), row.at("upper_rise"))
    network.mix("CPU inlet", _mixture(share, room, zone))
    network.node("CPU die", row.at("cpu_die_heat_capacity"))
    if block > 0:
        behind, warm, fins = "Coldplate", "Coolant", "Radiator"
        network.node(behind, plate)
        network.node(warm, coolant)
        network.resist(behind, warm, block)
    else:
        behind = warm = "CPU cooler base"
        fins = "CPU cooler fins"
        network.node(behind, plate + coolant)
    network.resist("CPU die", behind, row.at("cpu_die_resistance"))
    network.node(fins, row.at("radiator_heat_capacity"))
    network.resist(warm, fins, inside)
    handed = _parted(row.at("cooler_exhaust_share"), room, leaving)
    network.give(fins, "CPU inlet", quiet, handed)
    into, mass = 1 / row.at("cpu_die_resistance"), plate + coolant + row.at("radiator_heat_capacity")
    quiets, fulls, intos, masses = (np.array([number]) for number in (quiet, loud, into, mass))
    names = (("CPU",), ("CPU die",), (behind,), (fins,), ("CPU inlet",))
    return Added(*names, quiets, fulls, intos, masses, (handed,))


def coolers_of(system: System, row: Row, cards: Added, processor: Added) -> Coolers:
    """Return all coolers by their places in the network."""

    def places(names: tuple[str, ...]) -> Array:
        return np.array([system.at(name) for name in names], dtype=int)

    fins = cards.fins + processor.fins
    handed = np.zeros((len(system.nodes), len(fins)))
    for place, into in enumerate(cards.handed + processor.handed):
        for name, share in into.items():
            handed[system.at(name), place] += share
    handed[places(fins), np.arange(len(fins))] -= 1
    margin = row.at("cpu_temperature_limit") - row.at("cpu_target_margin")
    exponents = (row.at("convection_exponent"), row.at("cooler_speed_exponent"))
    return Coolers(
        places(cards.dies + processor.dies),
        places(cards.behind + processor.behind),
        places(fins),
        places(cards.inlets + processor.inlets),
        np.append(cards.quiet, processor.quiet),
        np.append(cards.full, processor.full),
        np.append(cards.into, processor.into),
        np.append(cards.mass, processor.mass),
        handed,
        np.append(row.cards("gpu_temperature_target"), margin),
        np.append(row.cards("gpu_temperature_limit"), row.at("cpu_temperature_limit")),
        np.append(np.full(row.count, _CARD_DELAY), _CPU_DELAY),
        np.append(np.full(row.count, exponents[0]), exponents[1]),
    )


def _passed_on(row: Row, names: tuple[str, ...], parted: Mapping[str, float]) -> tuple[Mapping[str, float], ...]:
    """Where the heat of each card's fins goes: out, into the case, and to the inlets behind it."""
    flows, preheats = row.cards("card_airflow") * row.at("site_air_heat"), row.cards("card_preheat")
    warmth = row.cards("card_power") / flows
    found = []
    for place in range(row.count):
        into = dict(parted)
        for later in range(place + 1, row.count):
            caught = row.share(float(preheats[later]), float(warmth[:later].sum()))
            into[f"{names[later]} inlet"] = caught / float(flows[place])
        found.append(into)
    return tuple(found)


def _parted(blown: float, room: str, zone: str) -> dict[str, float]:
    """Where heat goes of which a share is blown out of the case."""
    return {room: 1.0} if room == zone else {room: blown, zone: 1 - blown}


def _mixture(share: float, room: str, zone: str) -> dict[str, float]:
    """Air that has so much of a zone's rise above the room."""
    return {room: 1.0} if room == zone else {room: 1 - share, zone: share}
