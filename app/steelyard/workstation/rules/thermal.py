"""Does the build stay cool enough to keep its speed: cards, CPU, case and room in the steady state."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import least_over, spare, when
from steelyard.units import Celsius, Count, Kelvin, PerCard, Present, Ratio, Watt


@rule(
    "THM-001",
    "No card reaches the temperature at which it switches off",
    BLOCK,
    source="card-limits",
    otherwise="A card gets so hot that it switches off",
    beyond=True,
    remedy="Choose cards that blow their heat out, wider spacing, more case fans or a cooler room",
)
def card_margin(
    cards: PerCard[Present], gpu_shutdown_temperature: Celsius, card_temperature: PerCard[Celsius]
) -> Kelvin:
    """Even at its lowest clock such a card cannot be cooled here; the hottest position decides."""
    return least_over(cards, gpu_shutdown_temperature - card_temperature)


@rule(
    "THM-002",
    "The cards keep their speed when warm",
    WARN,
    source="silicon-spread",
    otherwise="Heat costs a card more of its speed than cards differ anyhow",
    beyond=True,
    remedy="Choose cards that blow their heat out, wider spacing or more case fans; the slowest keeps {gpu_speed_kept}",
)
def card_speed_margin(gpu_speed_kept: Ratio, capped_speed_kept: Ratio, speed_kept_wanted: Ratio) -> Ratio:
    """What is paid for is the speed after hours, not that of the first minute; what a power limit costs is no heat."""
    return gpu_speed_kept - capped_speed_kept * speed_kept_wanted


@rule(
    "THM-003",
    "A network adapter that wants moving air gets it",
    NOTE,
    source="steelyard-estimate",
    otherwise="The network adapter wants more air than a tower moves past it",
    remedy="Point a case fan at the network adapter",
)
def adapter_air_margin(nic_needs_airflow: Present, case_rack: Present) -> Present:
    """Fast adapters are made for the air of a rack."""
    return spare(case_rack, nic_needs_airflow)


@rule(
    "THM-004",
    "The CPU keeps its speed when warm",
    WARN,
    source="silicon-spread",
    otherwise="The CPU is held back by its temperature",
    remedy="Choose a larger cooler or more case fans; it keeps {cpu_speed_kept} of its speed",
)
def cpu_speed_margin(cpu_speed_kept: Ratio, speed_kept_wanted: Ratio) -> Ratio:
    """A CPU that is held back starves the cards that it feeds."""
    return cpu_speed_kept - speed_kept_wanted


@rule(
    "THM-005",
    "The CPU stays below its temperature limit",
    BLOCK,
    source="cpu-limits",
    otherwise="The CPU cannot be held at its temperature limit",
    beyond=True,
    remedy="Choose a larger cooler",
)
def cpu_margin(
    cooler_count: Count,
    cpu_temperature_limit: Celsius,
    settling_error: Kelvin,
    cpu_inlet: Celsius,
    cpu_rise: Kelvin,
) -> Kelvin:
    """Held back as far as it goes, it is still too hot for its cooler; without one there is nothing to judge yet."""
    room = cpu_temperature_limit - cpu_inlet + settling_error
    return spare(room, when(cooler_count - 1, cpu_rise, 0))


@rule(
    "THM-006",
    "The cooler is made for the CPU's power",
    WARN,
    source="steelyard-estimate",
    otherwise="The CPU draws more than its cooler is made for",
    beyond=True,
    remedy="Choose a cooler for {cpu_package_power}",
)
def cooler_margin(cooler_rated_power: Watt, cpu_package_power: Watt) -> Watt:
    """The maker's own rating, whatever the model says of the temperature."""
    return spare(cooler_rated_power, cpu_package_power)


@rule(
    "THM-007",
    "The case is aired well enough",
    WARN,
    source="energy-balance",
    otherwise="The air in the case gets too warm",
    beyond=True,
    remedy="Add case fans, or choose cards that blow their heat out",
)
def case_margin(case_rise_limit: Kelvin, case_rise: Kelvin) -> Kelvin:
    """Memory, drives and regulators sit in this air and have no fans of their own."""
    return case_rise_limit - case_rise


@rule(
    "THM-008",
    "The room stays within its limit",
    WARN,
    source="energy-balance",
    otherwise="The build heats the room beyond its limit",
    beyond=True,
    remedy="Let in more or cooler air, cool the room, or place the build elsewhere",
)
def room_margin(room_limit: Celsius, room_air: Celsius) -> Kelvin:
    """People and detectors share the room with what it heats."""
    return room_limit - room_air


@rule(
    "THM-009",
    "A running fan airs the case",
    WARN,
    source="energy-balance",
    otherwise="No fan of its own airs the case",
    remedy="Fit a case fan: {case_heat} stay in the case, and draught alone carries {fanless_heat}",
)
def case_fan_margin(
    case_count: Count, case_fan_count: Count, case_included_fans: Count, case_heat: Watt, fanless_heat: Watt
) -> Count:
    """Blower cards and supplies rest when their own load does, and the rest of the machine then has no air."""
    wanted = np.minimum(case_count, 1) * when(case_heat - fanless_heat, 1, 0)
    return spare(case_fan_count + case_included_fans, wanted)


@rule(
    "THM-010",
    "The air at the build is no warmer than its parts are made for",
    BLOCK,
    source="ashrae-classes",
    otherwise="The air at the build is above maximum inlet temperature",
    beyond=True,
    remedy="Let in more or cooler air, cool the room, or place the build elsewhere: parts are made for {inlet_limit}",
)
def inlet_margin(inlet_limit: Celsius, room_air: Celsius) -> Kelvin:
    """Beyond it no maker vouches for any part, whatever the model says of their temperatures."""
    return inlet_limit - room_air


@rule(
    "THM-011",
    "The heat finds a way out of the room",
    BLOCK,
    source="energy-balance",
    otherwise="Nothing carries the heat out of the room: it gets warmer for as long as the build runs",
    remedy="Give the room ventilation, or say what heat its walls carry: {mains_power} must leave it",
)
def trapped_margin(trapped_heat: Watt) -> Watt:
    """With neither moving air nor walls that pass heat there is no steady temperature at all."""
    return spare(0 * trapped_heat, trapped_heat)


@rule(
    "THM-012",
    "The memory stays cool enough for its speed",
    WARN,
    source="memory-temperatures",
    otherwise="The memory gets so warm that it must be refreshed twice as often",
    beyond=True,
    remedy="Fit a fan over the memory (and give 1 for memory_fans), fewer and larger modules, or more case fans",
)
def memory_margin(memory_limit_temperature: Celsius, upper_air: Celsius, memory_rise: Kelvin) -> Kelvin:
    """Refreshing takes time from reading and writing."""
    return spare(memory_limit_temperature - upper_air, memory_rise)


@rule(
    "THM-013",
    "The memory stays below its highest temperature",
    BLOCK,
    source="jedec-ddr5",
    otherwise="The memory gets hotter than it is made for",
    beyond=True,
    remedy="Fit a fan over the memory (and give 1 for memory_fans), fewer and larger modules, or more case fans",
)
def memory_critical_margin(memory_critical_temperature: Celsius, upper_air: Celsius, memory_rise: Kelvin) -> Kelvin:
    """Beyond it nobody vouches for what it holds."""
    return spare(memory_critical_temperature - upper_air, memory_rise)


@rule(
    "THM-014",
    "The drives keep their speed when warm",
    WARN,
    source="drive-temperatures",
    otherwise="A drive gets so warm that it slows down",
    beyond=True,
    remedy="Give the drive a heatsink and air, or move it away from the cards",
)
def drive_margin(drives_room: Kelvin) -> Kelvin:
    """A drive that slows itself down starves everything that reads from it."""
    return drives_room


@rule(
    "THM-015",
    "The drives stay below their highest temperature",
    BLOCK,
    source="drive-temperatures",
    otherwise="A drive gets hotter than it is made for",
    beyond=True,
    remedy="Give the drive a heatsink and air, or move it away from the cards",
)
def drive_danger_margin(drives_room: Kelvin, drive_critical_margin: Kelvin) -> Kelvin:
    """Beyond it a drive switches itself off, or loses what it holds."""
    return drives_room + drive_critical_margin


@rule(
    "THM-016",
    "The voltage regulators stay cool enough",
    WARN,
    source="regulator-temperatures",
    otherwise="The voltage regulators get so warm that they hold the CPU back",
    beyond=True,
    remedy="Choose more case fans, a cooler that blows over the board, or a CPU of less power",
)
def regulator_margin(regulator_limit_temperature: Celsius, regulator_temperature: Celsius) -> Kelvin:
    """The board lowers the CPU's power before they are harmed."""
    return regulator_limit_temperature - regulator_temperature


@rule(
    "THM-017",
    "The voltage regulators stay below their highest temperature",
    BLOCK,
    source="regulator-temperatures",
    otherwise="The voltage regulators get hotter than they are made for",
    beyond=True,
    remedy="Choose more case fans, a cooler that blows over the board, or a CPU of less power",
)
def regulator_critical_margin(regulator_critical_temperature: Celsius, regulator_temperature: Celsius) -> Kelvin:
    """Beyond it they fail, and take the board with them."""
    return regulator_critical_temperature - regulator_temperature


@rule(
    "THM-018",
    "The supply breathes air for which its label holds",
    WARN,
    source="psu-rated-air",
    otherwise="The supply breathes air that is warmer than its label holds for",
    beyond=True,
    remedy="Choose a larger supply, one that is rated at 50 °C, or cooler air",
)
def psu_air_margin(psu_rated_inlet: Celsius, psu_inlet_air: Celsius) -> Kelvin:
    """In warmer air a supply delivers less than its label says, and ages faster."""
    return psu_rated_inlet - psu_inlet_air


@rule(
    "THM-019",
    "The supply breathes air that it is made for",
    BLOCK,
    source="psu-rated-air",
    otherwise="The supply breathes air that is warmer than it is made for",
    beyond=True,
    remedy="Let in more fresh air, or let the supply breathe from outside the case",
)
def psu_air_critical_margin(psu_highest_inlet: Celsius, psu_inlet_air: Celsius) -> Kelvin:
    """Beyond it a supply switches off to protect itself."""
    return psu_highest_inlet - psu_inlet_air
