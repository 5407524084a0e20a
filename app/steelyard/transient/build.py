"""A build in its room as a thermal network, from the evaluation's own numbers, so that its end is the steady state.

Resistances are the evaluation's. Where it mixes air, shares are read off its own temperatures: what is so many parts of
a zone's rise above the room in the steady state is that mixture at every time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from steelyard.errors import BadInputError
from steelyard.transient.coolers import Coolers, add_cards, add_processor, coolers_of, preheat_of
from steelyard.transient.given import check_followed
from steelyard.transient.network import Network, System
from steelyard.transient.reading import Row, check_known

if TYPE_CHECKING:
    from steelyard.project.evaluate import VariantEvaluation
    from steelyard.units import Array

__all__ = ["AROUND", "CONTENTS", "LEAVING", "LOWER", "ROOM", "UPPER", "Build", "build_of", "network_of"]

ROOM: Final = "Room air"
CONTENTS: Final = "Room contents"
AROUND: Final = "Surroundings"
LOWER: Final = "Case air, lower"
UPPER: Final = "Case air, upper"
LEAVING: Final = "Case air"
SUPPLY: Final = "Supply"
HELD: Final = 1e15
"""J/K: heat of any size leaves a room as it is whose temperature is given."""
NEEDED: Final = (
    "room_air", "case_rise", "card_power", "card_temperature", "card_inlet", "cpu_power", "cpu_temperature",
    "cpu_inlet", "dc_load", "wall_power", "mains_power", "memory_temperature", "drive_temperature",
)  # fmt: skip
"""Without these there is nothing to follow over time."""


class Build(NamedTuple):
    """A build as a network, with the powers that do not change and the places where the changing ones go in.

    surplus: heat that the air let in takes up before the room gets any warmer, W; negative where that air is warmer.
    outlet: what leads heat out of the room, W/K. notes: what had to be taken as usual.
    """

    system: System
    cards: tuple[str, ...]
    coolers: Coolers
    constant: Array
    supply: int
    room: int
    surplus: float
    outlet: float
    notes: tuple[str, ...]


def network_of(found: VariantEvaluation, row: int = 0) -> Build:
    """Return a build under one of its workloads as a network. Raises BadInputError that says what is not known."""
    if not found.value("cpu_count", row) > 0:
        raise BadInputError(
            f'The variant "{found.variant.name}" has no CPU yet, so there is nothing to run.', "Choose one first."
        )
    check_known(found, row, NEEDED)
    check_followed(found, row)
    return build_of(Row.of(found.evaluation, row))


def build_of(row: Row) -> Build:
    """Return a row of an evaluation as a network."""
    network = Network()
    cased = row.at("case_count") >= 1
    lower, upper, leaving = (LOWER, UPPER, LEAVING) if cased else (ROOM, ROOM, ROOM)
    notes = _add_room(network, row)
    if cased:
        _add_case(network, row)
    added = add_cards(network, row, room=ROOM, zone=lower)
    processor = add_processor(network, row, room=ROOM, zone=upper, leaving=leaving)
    constant = _add_parts(network, row, lower, upper)
    supplied = row.at("psu_count") >= 1
    if supplied:
        network.node(SUPPLY, row.at("psu_heat_capacity"))
        network.conduct(SUPPLY, ROOM, row.at("psu_conductance"))
    system = network.system()
    powers = system.powers(constant)
    for name, warmer in zip(added.names, preheat_of(row), strict=True):
        powers[system.at(f"{name} inlet")] = warmer
    ventilated = row.at("ventilation_conductance")
    return Build(
        system,
        added.names,
        coolers_of(system, row, added, processor),
        powers,
        system.at(SUPPLY if supplied else ROOM),
        system.at(ROOM),
        ventilated * (row.at("room_temperature") - row.at("ventilation_temperature")),
        row.at("room_conductance") + ventilated,
        notes,
    )


def _add_room(network: Network, row: Row) -> tuple[str, ...]:
    notes: tuple[str, ...] = ()
    usual = row.at("usual_room_heat_capacity")
    air = row.at("room_air_heat_capacity")
    if np.isnan(air):
        notes = (f"The volume of the room is not said: {row.at('usual_room_volume'):g} m³ are taken.",)
        air = usual
    held = row.stands("room_air", "room_rise")
    network.fixed(AROUND, row.at("room_air" if held else "room_temperature"))
    network.node(ROOM, HELD if held else air)
    network.node(CONTENTS, air * (row.at("furnishings_share") - 1))
    network.conduct(ROOM, CONTENTS, row.at("furnishing_conductance") * air / usual)
    network.conduct(ROOM, AROUND, row.at("room_conductance") + row.at("ventilation_conductance"))
    return notes


def _add_case(network: Network, row: Row) -> None:
    """Part of the air comes in at the cards and goes up, the rest comes in above them, and all of it leaves."""
    network.node(LOWER, row.at("lower_air_heat_capacity"))
    network.node(UPPER, row.at("upper_air_heat_capacity"))
    network.node(LEAVING)
    flow = row.at("case_air_conductance")
    low = min(flow * row.at("lower_air_share"), flow)
    network.blow(ROOM, LOWER, low)
    network.blow(LOWER, UPPER, low)
    network.blow(ROOM, UPPER, flow - low)
    network.blow(UPPER, LEAVING, flow)
    network.blow(LEAVING, ROOM, flow)


def _add_parts(network: Network, row: Row, lower: str, upper: str) -> dict[str, float]:
    """Parts that warm the case's air; return the powers that do not change, by node."""
    constant: dict[str, float] = {}
    left = {lower: row.at("display_power") + row.at("drives_power")}
    left[upper] = left.get(upper, 0.0) + row.at("rest_power") - row.at("drives_power")
    for name, zone, air, power, temperature, capacity in (
        ("Memory", upper, "upper_air", "memory_power", "memory_temperature", "memory_heat_capacity"),
        ("Regulators", upper, "upper_air", "regulator_heat", "regulator_temperature", "regulator_heat_capacity"),
        ("Drives", lower, "lower_air", "drives_power", "drive_temperature", "drives_heat_capacity"),
    ):
        drawn, above = row.at(power), row.at(temperature) - row.at(air)
        if drawn > 0 and above > 0:
            network.node(name, row.at(capacity))
            network.give(name, zone, drawn / above, {zone: 1.0})
            constant[name] = drawn
            left[zone] -= drawn
    return constant | left
