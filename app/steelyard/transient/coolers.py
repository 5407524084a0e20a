"""Cards and processor with their coolers: from die through fins into air that fans move, and where that heat goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.transient.network import Network, System
    from steelyard.transient.reading import Row
    from steelyard.units import Array

__all__ = ["Added", "Coolers", "add_cards", "add_processor", "coolers_of", "preheat_of"]

_WALL_SHARE: Final = 0.2
"""Coolant to the radiator's metal, of the way from coolant to air: 0.012 of 0.057 K/W in the reference network."""

CARD_FANS: Final = ("card_fan_speed", "card_sink_resistance", "card_resistance")
CPU_FANS: Final = ("cpu_fan_speed", "cooler_conductance")
"""Any of these, given, leaves a cooler's fans as they are."""

_ALL: Final = 1 - 1e-6
"""Of what is asked: less than that is held back."""

_CARD_DELAY, _CPU_DELAY = 20.0, 60.0
"""Seconds in which fans bring a part to its target: firmware moves them slowly, to spare ears."""


class Added(NamedTuple):
    """Coolers as they stand in the network: their names, their nodes, and where the heat of their fins goes.

    quiet, full: what the fins give off with fans at their slowest and at full speed, W/K. into: from die to the next
    node, W/K. mass: what fans must bring to its temperature with the die, J/K. wall: what fans do not change on the way
    into the fins, K/W.
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
    wall: Array


class Coolers(NamedTuple):
    """The coolers of all cards and, last, of the processor: arrays with one entry each, of places of nodes or numbers.

    handed: what a watt from fins does to every node, shape (nodes, coolers). target: what the fans aim at, °C.
    delay: how fast they do, s. exponent: how what a cooler gives off follows the speed of its fans. wall: what fans do
    not change on the way into the fins, K/W.
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
    wall: Array


def add_cards(network: Network, row: Row, *, room: str, zone: str) -> Added:
    """Add die, fins and the air that it breathes for each card; a share of the zone's rise, and of cards before it."""
    names = tuple(f"GPU {place}" if row.count > 1 else "GPU" for place in range(1, row.count + 1))
    own = row.cards("card_inlet") - row.cards("card_preheat") - row.cards("display_preheat") - row.at("room_air")
    if row.stands(*CARD_FANS):
        quiet = full = 1 / (row.cards("card_resistance") - row.at("card_die_resistance"))
    else:
        full = 1 / row.cards("least_sink_resistance")
        quiet = full * row.at("card_fan_floor") ** row.at("convection_exponent")
    for place, name in enumerate(names):
        share = row.share(float(own[place]), row.at("lower_rise"))
        _add_inlet(network, row, name, "card_inlet", _mixture(share, room, zone))
        network.node(f"{name} die", row.at("card_die_heat_capacity"))
        network.node(f"{name} fins", row.at("card_sink_heat_capacity"))
        network.resist(f"{name} die", f"{name} fins", row.at("card_die_resistance"))
    handed = _passed_on(row, names, _parted(row.at("card_exhaust_share"), room, zone))
    for place, name in enumerate(names):
        network.give(f"{name} fins", f"{name} inlet", float(quiet[place]), handed[place])
    dies, fins, inlets = (tuple(f"{name} {what}" for name in names) for what in ("die", "fins", "inlet"))
    into = np.full(row.count, 1 / row.at("card_die_resistance") if row.count else np.nan)
    mass = np.full(row.count, row.at("card_sink_heat_capacity"))
    return Added(names, dies, fins, fins, inlets, quiet, full, into, mass, handed, np.zeros(row.count))


def add_processor(network: Network, row: Row, *, room: str, zone: str, leaving: str) -> Added:
    """Add the processor: die, plate, coolant and radiator, or die, base and fins."""
    cooled = row.at("cooler_count") > 0
    block = row.at("block_resistance") if cooled else 0.0
    slow, full = _cooler_ends(row, cooled=cooled)
    inside = _WALL_SHARE / full
    quiet, loud = (1 / (1 / conductance - inside) for conductance in (slow, full))
    plate, coolant = row.at("coldplate_heat_capacity"), row.at("coolant_heat_capacity")
    share = row.share(row.at("cpu_inlet") - row.at("room_air"), row.at("upper_rise"))
    _add_inlet(network, row, "CPU", "cpu_inlet", _mixture(share, room, zone))
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
    return Added(*names, quiets, fulls, intos, masses, (handed,), np.array([inside]))


def _cooler_ends(row: Row, *, cooled: bool) -> tuple[float, float]:
    """What the processor's cooler gives off from plate to air with fans at their slowest and at full speed, W/K."""
    if not cooled:
        return 1 / row.at("bare_resistance"), 1 / row.at("bare_resistance")
    if row.stands(*CPU_FANS):
        return row.at("cooler_conductance"), row.at("cooler_conductance")
    full = row.at("cooler_full_conductance")
    return full * row.at("least_cooler_speed") ** row.at("cooler_speed_exponent"), full


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
    standing, slow = row.stands(*CARD_FANS), row.stands(*CPU_FANS)
    aimed = row.cards("gpu_temperature_limit" if standing else "gpu_temperature_target")
    margin = row.at("cpu_temperature_limit") - (0 if slow else row.at("cpu_target_margin"))
    exponents = (1.0 if standing else row.at("convection_exponent"), 1.0 if slow else row.at("cooler_speed_exponent"))
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
        np.append(aimed, margin),
        np.append(_card_limits(row), _cpu_limit(row)),
        np.append(np.full(row.count, _CARD_DELAY), _CPU_DELAY),
        np.append(np.full(row.count, exponents[0]), exponents[1]),
        np.append(cards.wall, processor.wall),
    )


def preheat_of(row: Row) -> Array:
    """Return by how much cards breathe warmer air at all times: kelvins that no other card's power changes."""
    if row.stands("card_inlet"):
        return np.zeros(row.count)
    return row.cards("display_preheat") + (row.cards("card_preheat") if row.stands("card_preheat") else 0)


def _add_inlet(network: Network, row: Row, name: str, quantity: str, mixture: Mapping[str, float]) -> None:
    """The air that a cooler breathes: mixed of what is around it, or of a temperature that is given."""
    if row.stands(quantity):
        mixture = {f"{name} air": 1.0}
        network.fixed(f"{name} air", row.at(quantity))
    network.mix(f"{name} inlet", mixture)


def _card_limits(row: Row) -> Array:
    """What holds the cards back: their limit, or where a given number moves it, where they are held in the end."""
    limits = row.cards("gpu_temperature_limit")
    if not row.stands(*CARD_FANS, "least_card_resistance"):
        return limits
    asked = np.minimum(row.cards("card_warm_power"), row.cards("gpu_power_allowed"))
    found = row.cards("card_inlet") + row.cards("card_resistance") * row.cards("card_power")
    return np.where(row.cards("card_busy_power") < asked * _ALL, found, np.maximum(limits, found))


def _cpu_limit(row: Row) -> float:
    """The same for the processor."""
    limit = row.at("cpu_temperature_limit")
    if not row.stands(*CPU_FANS, "cpu_resistance", "cooler_to_air"):
        return limit
    found = float(row.formula("cpu_rise")[0]) + row.at("cpu_inlet")
    return found if row.at("cpu_power") < row.at("cpu_asked_power") * _ALL else max(limit, found)


def _passed_on(row: Row, names: tuple[str, ...], parted: Mapping[str, float]) -> tuple[Mapping[str, float], ...]:
    """Where the heat of each card's fins goes: out, into the case, and to the inlets behind it."""
    parted = dict(parted)
    if row.stands("card_inlet", "card_preheat"):
        return (parted,) * row.count
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
