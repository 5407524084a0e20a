"""The plugs one by one: what a card takes from its slot and through each lead, and the processor through its own."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import Ampere, Count, Present, Ratio, Volt, VoltAmpere, Watt

# --- slot and plugs of a card


@quantity("16-pin leads wanted", source="arithmetic")
def leads_16pin_wanted(
    gpu_count: Count, gpu_connectors_16pin: Count, display_gpu_count: Count, display_gpu_connectors_16pin: Count
) -> Count:
    """One for each such input of every card."""
    return gpu_count * gpu_connectors_16pin + display_gpu_count * display_gpu_connectors_16pin


@quantity("Rating of all plugs of a card", source="pcie-cem")
def gpu_plugs_power(
    gpu_connectors_16pin: Count,
    connector_16pin_power: Watt,
    gpu_connectors_8pin: Count,
    connector_8pin_power: Watt,
    gpu_connectors_eps: Count,
    connector_eps_power: Watt,
) -> Watt:
    """Each kind of plug has its own."""
    plugs = gpu_connectors_16pin * connector_16pin_power + gpu_connectors_8pin * connector_8pin_power
    return plugs + gpu_connectors_eps * connector_eps_power


@quantity("Taken from the slot by a card", source="pcie-cem")
def slot_load(
    gpu_power_allowed: Watt, gpu_plugs_power: Watt, slot_usual_power: Watt, slot_power: Watt, slot_fed: Present
) -> Watt:
    """A card without plugs takes all of it there, others little, or what their plugs do not carry."""
    wanted = np.minimum(np.maximum(slot_usual_power, gpu_power_allowed - gpu_plugs_power), slot_power)
    through = when(-gpu_plugs_power, gpu_power_allowed, np.minimum(wanted, gpu_power_allowed))
    return slot_fed * through


@quantity("Current of a slot at 12 V", source="pcie-cem")
def slot_current(slot_load: Watt, slot_second_rail_power: Watt, connector_voltage: Volt) -> Ampere:
    """A slot has a second rail of 3.3 V, which makers use where the first does not suffice."""
    return convert(np.maximum(slot_load - slot_second_rail_power, 0), Watt, VoltAmpere) / connector_voltage


@quantity("Share of their rating that a card's plugs carry", source="pcie-cem")
def plugs_use(gpu_power_allowed: Watt, slot_load: Watt, gpu_plugs_power: Watt) -> Ratio:
    """What does not come from the slot, spread over the plugs as they are rated."""
    return when(-gpu_plugs_power, 0, (gpu_power_allowed - slot_load) / gpu_plugs_power)


@quantity("Load of each 16-pin lead", source="pcie-cem")
def connector_16pin_load(gpu_connectors_16pin: Count, plugs_use: Ratio, connector_16pin_power: Watt) -> Watt:
    """Sustained, with the card at the power that it is allowed."""
    return when(gpu_connectors_16pin - 1, plugs_use * connector_16pin_power, 0)


@quantity("Load of each 8-pin PCIe lead", source="pcie-cem")
def connector_8pin_load(gpu_connectors_8pin: Count, plugs_use: Ratio, connector_8pin_power: Watt) -> Watt:
    """Sustained, with the card at the power that it is allowed."""
    return when(gpu_connectors_8pin - 1, plugs_use * connector_8pin_power, 0)


@quantity("Load of each EPS lead of a card", source="eps12v-connector")
def connector_eps_load(gpu_connectors_eps: Count, plugs_use: Ratio, connector_eps_power: Watt) -> Watt:
    """Sustained, with the card at the power that it is allowed."""
    return when(gpu_connectors_eps - 1, plugs_use * connector_eps_power, 0)


# --- the processor's leads


@quantity("Load of each EPS lead of the board", source="eps12v-connector")
def processor_eps_load(
    cpu_count: Count, cpu_package_power: Watt, regulator_efficiency: Ratio, board_eps_connectors: Count
) -> Watt:
    """The leads bring the processor's power and what its regulators lose."""
    return cpu_count * cpu_package_power / regulator_efficiency / np.maximum(board_eps_connectors, 1)


# --- currents


@quantity("Current of each 16-pin lead", source="pcie-cem")
def connector_16pin_current(connector_16pin_load: Watt, connector_voltage: Volt) -> Ampere:
    """Shared by six pins, which is where such plugs burn."""
    return convert(connector_16pin_load, Watt, VoltAmpere) / connector_voltage


@quantity("Current of each 8-pin PCIe lead", source="pcie-cem")
def connector_8pin_current(connector_8pin_load: Watt, connector_voltage: Volt) -> Ampere:
    """Shared by three pins."""
    return convert(connector_8pin_load, Watt, VoltAmpere) / connector_voltage


@quantity("Current of each EPS lead", source="eps12v-connector")
def connector_eps_current(connector_eps_load: Watt, processor_eps_load: Watt, connector_voltage: Volt) -> Ampere:
    """Of the fullest one, be it a card's or the processor's; shared by four pins."""
    return convert(np.maximum(connector_eps_load, processor_eps_load), Watt, VoltAmpere) / connector_voltage


# --- what they are made for


@quantity("Limit of each 16-pin lead", source="atx-3-guide")
def connector_16pin_limit(
    connector_16pin_power: Watt,
    psu_lead_16pin_power: Watt,
    connector_16pin_current_limit: Ampere,
    connector_voltage: Volt,
) -> Watt:
    """The sense pins say how much the lead is made for, and its six pins carry so many amperes together."""
    by_current = convert(connector_16pin_current_limit * connector_voltage, VoltAmpere, Watt)
    return np.minimum(np.minimum(connector_16pin_power, psu_lead_16pin_power), by_current)


@quantity("Limit of each 8-pin PCIe lead", source="pcie-cem")
def connector_8pin_limit(
    connector_8pin_power: Watt, connector_8pin_current_limit: Ampere, connector_voltage: Volt
) -> Watt:
    """By power and by the current of its pins."""
    return np.minimum(connector_8pin_power, convert(connector_8pin_current_limit * connector_voltage, VoltAmpere, Watt))


@quantity("Limit of each EPS lead", source="eps12v-connector")
def connector_eps_limit(
    connector_eps_power: Watt, connector_eps_current_limit: Ampere, connector_voltage: Volt
) -> Watt:
    """By power and by the current of its pins."""
    return np.minimum(connector_eps_power, convert(connector_eps_current_limit * connector_voltage, VoltAmpere, Watt))


@quantity("Limit of a slot", source="pcie-cem")
def slot_limit(
    slot_power: Watt, slot_current_limit: Ampere, connector_voltage: Volt, slot_second_rail_power: Watt
) -> Watt:
    """So much in all, of which at 12 V so much current."""
    both = convert(slot_current_limit * connector_voltage, VoltAmpere, Watt) + slot_second_rail_power
    return np.minimum(slot_power, both)
