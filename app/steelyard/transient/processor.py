"""The processor and its cooler as nodes: die, plate, coolant and radiator, or die, base and fins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from steelyard.transient.network import Network
    from steelyard.transient.reading import Row

__all__ = ["add_processor"]

_WALL_SHARE: Final = 0.2
"""Coolant to the radiator's metal, of the way from coolant to air: 0.012 of 0.057 K/W in the reference network."""


def add_processor(network: Network, row: Row, inlet: Mapping[str, float], handed: Mapping[str, float]) -> None:
    """Add die and cooler; their resistances are those of the steady state.

    inlet: the air at the cooler, as a mixture. handed: where its heat goes.
    """
    block = row.at("block_resistance") if row.at("cooler_count") > 0 else 0.0
    beyond = row.at("cooler_to_air") - block
    plate = row.at("coldplate_heat_capacity")
    network.mix("CPU inlet", inlet)
    network.node("CPU die", row.at("cpu_die_heat_capacity"))
    if block > 0:
        network.node("Coldplate", plate)
        network.node("Coolant", row.at("coolant_heat_capacity"))
        network.resist("CPU die", "Coldplate", row.at("cpu_die_resistance"))
        network.resist("Coldplate", "Coolant", block)
        warm, fins = "Coolant", "Radiator"
    else:
        network.node("CPU cooler base", plate + row.at("coolant_heat_capacity"))
        network.resist("CPU die", "CPU cooler base", row.at("cpu_die_resistance"))
        warm, fins = "CPU cooler base", "CPU cooler fins"
    network.node(fins, row.at("radiator_heat_capacity"))
    network.resist(warm, fins, beyond * _WALL_SHARE)
    network.give(fins, "CPU inlet", 1 / (beyond * (1 - _WALL_SHARE)), handed)
