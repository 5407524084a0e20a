"""How much heat each piece takes up for a kelvin: what makes temperatures follow power late."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.units import Count, CubicMetre, JoulePerKelvin, Millimetre, Ratio, VolumetricHeat


@quantity("Heat capacity of the CPU's dies and spreader", source="part-heat-capacities")
def cpu_die_heat_capacity(cpu_count: Count, package_heat_capacity: JoulePerKelvin) -> JoulePerKelvin:
    """Silicon and its copper lid follow the power within a second."""
    return cpu_count * package_heat_capacity


@quantity("Heat capacity of the cooler's plate", source="part-heat-capacities")
def coldplate_heat_capacity(cooler_count: Count, block_heat_capacity: JoulePerKelvin) -> JoulePerKelvin:
    """The copper that lies on the processor follows within seconds."""
    return cooler_count * block_heat_capacity


@quantity("Heat capacity of the coolant", source="part-heat-capacities")
def coolant_heat_capacity(cooler_count: Count, loop_heat_capacity: JoulePerKelvin) -> JoulePerKelvin:
    """Water takes up more than the metal around it, which is why a loop needs minutes to be warm."""
    return cooler_count * loop_heat_capacity


@quantity("Heat capacity of fins or radiator", source="part-heat-capacities")
def radiator_heat_capacity(
    cooler_count: Count,
    fins_heat_capacity: JoulePerKelvin,
    section_heat_capacity: JoulePerKelvin,
    cooler_radiator_length: Millimetre,
    radiator_section: Millimetre,
) -> JoulePerKelvin:
    """A tower's fins, or the metal of a radiator for each of its fans."""
    return cooler_count * (fins_heat_capacity + section_heat_capacity * cooler_radiator_length / radiator_section)


@quantity("Heat capacity of the memory", source="part-heat-capacities")
def memory_heat_capacity(
    memory_count: Count, memory_modules: Count, module_heat_capacity: JoulePerKelvin
) -> JoulePerKelvin:
    """Chips, board and heat spreaders of all modules."""
    return memory_count * memory_modules * module_heat_capacity


@quantity("Heat capacity of the drives", source="part-heat-capacities")
def drives_heat_capacity(
    os_drive_count: Count,
    scratch_drive_count: Count,
    archive_drive_count: Count,
    one_drive_heat_capacity: JoulePerKelvin,
) -> JoulePerKelvin:
    """All drives with their heatsinks or housings."""
    return (os_drive_count + scratch_drive_count + archive_drive_count) * one_drive_heat_capacity


@quantity("Heat capacity of the voltage regulators", source="part-heat-capacities")
def regulator_heat_capacity(board_count: Count, regulator_sink_heat_capacity: JoulePerKelvin) -> JoulePerKelvin:
    """The block of aluminium over the regulators beside the processor."""
    return board_count * regulator_sink_heat_capacity


@quantity("Heat capacity of the supply", source="part-heat-capacities")
def psu_heat_capacity(psu_count: Count, one_psu_heat_capacity: JoulePerKelvin) -> JoulePerKelvin:
    """Transformers, heatsinks and housing of all supplies."""
    return psu_count * one_psu_heat_capacity


@quantity("Heat capacity of the case's lower zone", source="part-heat-capacities")
def lower_air_heat_capacity(
    case_count: Count, chassis_heat_capacity: JoulePerKelvin, lower_chassis_share: Ratio
) -> JoulePerKelvin:
    """Air at the cards, and the metal that follows its temperature."""
    return case_count * lower_chassis_share * chassis_heat_capacity


@quantity("Heat capacity of the case's upper zone", source="part-heat-capacities")
def upper_air_heat_capacity(
    case_count: Count, chassis_heat_capacity: JoulePerKelvin, lower_chassis_share: Ratio
) -> JoulePerKelvin:
    """Air at the processor and on its way out, and the metal that follows its temperature."""
    return case_count * (1 - lower_chassis_share) * chassis_heat_capacity


@quantity("Heat capacity of the room's air", source="air-properties")
def room_air_heat_capacity(site_air_heat: VolumetricHeat, room_volume: CubicMetre) -> JoulePerKelvin:
    """The air alone would be warm within minutes."""
    return site_air_heat * room_volume


@quantity("Heat capacity of the room", source="part-heat-capacities")
def room_heat_capacity(room_air_heat_capacity: JoulePerKelvin, furnishings_share: Ratio) -> JoulePerKelvin:
    """Furniture and the faces of the walls follow the air over hours, and take up far more than it does."""
    return room_air_heat_capacity * furnishings_share
