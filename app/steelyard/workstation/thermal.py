"""Air and CPU in the steady state: room, case, and the processor with its clock."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity, settled
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    Celsius,
    Count,
    Flow,
    FlowPerHour,
    Kelvin,
    KelvinPerWatt,
    Metre,
    Millimetre,
    PerCard,
    Present,
    Ratio,
    VolumetricHeat,
    Watt,
    WattPerKelvin,
)

# --- room


@quantity("Density of the air against sea level", source="standard-atmosphere")
def air_density_share(altitude: Metre, atmosphere_height: Metre, atmosphere_exponent: Ratio) -> Ratio:
    """Air thins with height: fans move the same volume of it, which carries less heat."""
    return (1 - altitude / atmosphere_height) ** atmosphere_exponent


@quantity("Heat that the air carries here", source="standard-atmosphere")
def site_air_heat(air_heat_capacity: VolumetricHeat, air_density_share: Ratio) -> VolumetricHeat:
    """A cubic metre holds heat in step with its density."""
    return air_heat_capacity * air_density_share


@quantity("Heat that the ventilation carries a kelvin", source="energy-balance")
def ventilation_conductance(site_air_heat: VolumetricHeat, room_ventilation: FlowPerHour) -> WattPerKelvin:
    """Air that comes and goes carries its heat along."""
    return site_air_heat * convert(room_ventilation, FlowPerHour, Flow)


@quantity("Temperature rise of the room", source="energy-balance")
def room_rise(
    mains_power: Watt,
    ventilation_conductance: WattPerKelvin,
    room_temperature: Celsius,
    ventilation_temperature: Celsius,
    room_conductance: WattPerKelvin,
) -> Kelvin:
    """Cool air let in takes up part of the heat; the rest leaves once the room is warmer than what is around it."""
    left = mains_power - ventilation_conductance * (room_temperature - ventilation_temperature)
    return np.maximum(left, 0) / (room_conductance + ventilation_conductance)


@quantity("Room air", source="energy-balance")
def room_air(room_temperature: Celsius, room_rise: Kelvin) -> Celsius:
    """The build heats the room that cools it."""
    return room_temperature + room_rise


# --- case


@quantity("Air that the case's fans move", source="case-airflow")
def fan_airflow(
    case_fan_count: Count,
    case_fan_airflow: FlowPerHour,
    case_included_fans: Count,
    included_fan_airflow: FlowPerHour,
    fan_speed_share: Ratio,
    fan_working_share: Ratio,
    fans_in_line: Count,
    case_draught: Flow,
) -> Flow:
    """Air passes a fan on its way in and one on its way out, and grilles and filters hold back part of it."""
    free = case_fan_count * case_fan_airflow + case_included_fans * included_fan_airflow
    return convert(fan_speed_share * fan_working_share * free / fans_in_line, FlowPerHour, Flow) + case_draught


@quantity("Air that cards blow out of the case", source="case-airflow")
def blown_out(
    gpu_needs_ducted_air: Present, cards: PerCard[Present], card_airflow: PerCard[Flow], card_exhaust_share: Ratio
) -> Flow:
    """A blower card is a fan of the case as well; a card without fans moves nothing itself."""
    return when(gpu_needs_ducted_air - 1, 0, total_over(cards, card_airflow * card_exhaust_share))


@quantity("Air through the case", source="case-airflow")
def case_airflow(fan_airflow: Flow, blown_out: Flow) -> Flow:
    """Fans of the case and blowers on the cards move it together."""
    return fan_airflow + blown_out


@quantity("Heat left in the case", source="energy-balance")
def case_heat(
    cards: PerCard[Present],
    card_power: PerCard[Watt],
    card_exhaust_share: Ratio,
    cpu_power: Watt,
    cooler_exhaust_share: Ratio,
    display_power: Watt,
    rest_power: Watt,
) -> Watt:
    """What blowers and radiators do not take straight outside; the supply breathes for itself."""
    cards_heat = total_over(cards, card_power * (1 - card_exhaust_share))
    return cards_heat + cpu_power * (1 - cooler_exhaust_share) + display_power + rest_power


@quantity("Temperature rise of the case air", source="energy-balance")
def case_rise(case_count: Count, case_heat: Watt, site_air_heat: VolumetricHeat, case_airflow: Flow) -> Kelvin:
    """Steady state: the air through the case carries away all the heat left in it."""
    return when(case_count - 1, case_heat / (site_air_heat * case_airflow), 0)


@quantity("Heat that leaves a case without a running fan", source="energy-balance")
def fanless_heat(site_air_heat: VolumetricHeat, case_draught: Flow, case_rise_limit: Kelvin) -> Watt:
    """Draught alone carries it away before the air in the case gets too warm."""
    return site_air_heat * case_draught * case_rise_limit


@quantity("Case air", source="energy-balance")
def case_air(room_air: Celsius, case_rise: Kelvin) -> Celsius:
    """The air as it leaves the case."""
    return room_air + case_rise


# --- CPU


@quantity("CPU power asked for", source="cpu-power")
def cpu_asked_power(
    cpu_count: Count, cpu_package_power: Watt, cpu_idle_share: Ratio, cpu_busy: Ratio, cpu_power_share: Ratio
) -> Watt:
    """Links and memory controllers draw power always, cores when they work."""
    share = cpu_idle_share + (1 - cpu_idle_share) * cpu_busy * cpu_power_share
    return cpu_count * share * cpu_package_power


@quantity("Air at the CPU cooler", source="energy-balance")
def cpu_inlet(room_air: Celsius, case_rise: Kelvin, cooler_inlet_share: Ratio) -> Celsius:
    """A cooler on the board breathes what the cards have warmed, a radiator in front partly fresh air."""
    return room_air + cooler_inlet_share * case_rise


@quantity("CPU from die to cooler", source="cpu-die-resistance")
def cpu_die_resistance(cpu_compute_dies: Count, compute_die_resistance: KelvinPerWatt) -> KelvinPerWatt:
    """Each die passes its own share of the heat through its own few square millimetres."""
    return compute_die_resistance / np.maximum(cpu_compute_dies, 1)


@quantity("CPU cooler to air", source="radiator-conductance")
def cooler_to_air(
    cooler_count: Count,
    cooler_radiator_length: Millimetre,
    radiator_section: Millimetre,
    section_conductance: WattPerKelvin,
    heatsink_conductance: WattPerKelvin,
    block_resistance: KelvinPerWatt,
    air_density_share: Ratio,
    convection_exponent: Ratio,
    bare_resistance: KelvinPerWatt,
) -> KelvinPerWatt:
    """Each fan's length of radiator adds conductance; a tower of fins has one of its own; thin air cools less."""
    conductance = heatsink_conductance + section_conductance * cooler_radiator_length / radiator_section
    fitted = block_resistance + 1 / (conductance * air_density_share**convection_exponent)
    return when(cooler_count - 1, fitted, bare_resistance)


@quantity("CPU from die to air", source="two-resistor-model")
def cpu_resistance(cpu_die_resistance: KelvinPerWatt, cooler_to_air: KelvinPerWatt) -> KelvinPerWatt:
    """Heat passes die, spreader and cooler one after the other."""
    return cpu_die_resistance + cooler_to_air


@settled("CPU power, sustained", start="cpu_package_power", within=1e-3, source="two-resistor-model")
def cpu_power(
    cpu_asked_power: Watt,
    cpu_temperature_limit: Celsius,
    cpu_inlet: Celsius,
    cpu_resistance: KelvinPerWatt,
    throttle_floor: Ratio,
) -> Watt:
    """At its temperature limit the processor draws what the cooler can carry away, and no more."""
    carried = (cpu_temperature_limit - cpu_inlet) / cpu_resistance
    return np.maximum(np.minimum(cpu_asked_power, carried), throttle_floor * cpu_asked_power)


@quantity("CPU temperature", source="two-resistor-model")
def cpu_temperature(cpu_inlet: Celsius, cpu_resistance: KelvinPerWatt, cpu_power: Watt) -> Celsius:
    """The die sits above its air by resistance times power."""
    return cpu_inlet + cpu_resistance * cpu_power


@settled("CPU speed kept", start=1.0, within=1e-6, source="dvfs-power-law")
def cpu_speed_kept(cpu_asked_power: Watt, cpu_power: Watt, cpu_idle_share: Ratio, cpu_power_exponent: Ratio) -> Ratio:
    """Power that the cooler does not carry away is paid in clock, by the power law of voltage and frequency."""
    lost = when(-cpu_asked_power, 0, 1 - cpu_power / cpu_asked_power) / (1 - cpu_idle_share)
    return np.clip(1 - lost, 0, 1) ** (1 / cpu_power_exponent)
