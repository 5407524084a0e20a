"""Air in the case: what its fans move against its filters, and two zones, at the cards and above them."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity, settled
from steelyard.graph.tables import convert, total_over, when
from steelyard.units import (
    Celsius,
    Count,
    Density,
    Flow,
    FlowPerHour,
    Kelvin,
    Metre,
    Millimetre,
    Pascal,
    PerCard,
    PerKelvin,
    Present,
    Ratio,
    VolumetricHeat,
    Watt,
    WattPerKelvin,
)

# --- fans against the case


@quantity("Air that a case fan moves in the case, of its free flow", source="fan-working-point")
def fan_working_share(
    case_fan_count: Count,
    case_fan_airflow: FlowPerHour,
    case_fan_size: Millimetre,
    case_fan_static_pressure: Pascal,
    air_density: Density,
    opening_loss: Ratio,
) -> Ratio:
    """A fan gives up pressure in step with its flow; filter, grille and case take it with the square of the flow."""
    velocity = convert(case_fan_airflow, FlowPerHour, Flow) / convert(case_fan_size, Millimetre, Metre) ** 2
    asked = opening_loss * air_density * velocity**2 / case_fan_static_pressure
    return when(case_fan_count - 1, 2 / (1 + np.sqrt(1 + 2 * asked)), 1)


@quantity("Air that the case's fans move at full speed", source="case-airflow")
def full_fan_airflow(
    case_fan_count: Count,
    case_fan_airflow: FlowPerHour,
    fan_working_share: Ratio,
    case_included_fans: Count,
    included_fan_airflow: FlowPerHour,
    included_fan_share: Ratio,
    fans_in_line: Count,
) -> Flow:
    """Air passes a fan on its way in and one on its way out, and grilles and filters hold back part of it."""
    bought = case_fan_count * fan_working_share * case_fan_airflow
    included = case_included_fans * included_fan_share * included_fan_airflow
    return convert((bought + included) / fans_in_line, FlowPerHour, Flow)


@settled("Speed of the case fans, of their full speed", start=1.0, within=1e-8, source="fan-laws")
def case_fan_speed_share(
    gpu_count: Count,
    gpu_needs_ducted_air: Present,
    fan_speed_share: Ratio,
    fan_curve_slope: PerKelvin,
    fan_curve_start: Celsius,
    least_case_fan_speed: Ratio,
    room_air: Celsius,
    full_fan_airflow: Flow,
    case_draught: Flow,
    blown_out: Flow,
    case_heat: Watt,
    site_air_heat: VolumetricHeat,
) -> Ratio:
    """The board turns its fans up with the air in the case, in step: they settle where air and speed agree."""
    still = least_case_fan_speed + fan_curve_slope * (room_air - fan_curve_start)
    other = (case_draught + blown_out) / full_fan_airflow
    middle = (still - other) / 2
    heat = fan_curve_slope * case_heat / (site_air_heat * full_fan_airflow)
    curve = np.clip(middle + np.sqrt(np.maximum(middle**2 + still * other + heat, 0)), least_case_fan_speed, 1)
    followed = when(-full_fan_airflow, least_case_fan_speed, curve)
    return when(gpu_count * gpu_needs_ducted_air - 1, fan_speed_share, followed)


@quantity("Air that the case's fans move", source="case-airflow")
def fan_airflow(full_fan_airflow: Flow, case_fan_speed_share: Ratio, case_draught: Flow) -> Flow:
    """A fan moves air in step with its speed, and some finds its way without one."""
    return full_fan_airflow * case_fan_speed_share + case_draught


@quantity("Case fans", source="fan-laws")
def case_fans_power(
    case_fan_count: Count,
    case_fan_power: Watt,
    case_included_fans: Count,
    included_fan_power: Watt,
    case_fan_speed_share: Ratio,
) -> Watt:
    """A fan's power falls with the cube of its speed."""
    return (case_fan_count * case_fan_power + case_included_fans * included_fan_power) * case_fan_speed_share**3


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


@quantity("Heat that the air through the case carries a kelvin", source="energy-balance")
def case_air_conductance(site_air_heat: VolumetricHeat, case_airflow: Flow) -> WattPerKelvin:
    """What leaves the case takes its heat along."""
    return site_air_heat * case_airflow


# --- what warms it, from below


@quantity("Heat left at the cards", source="energy-balance")
def lower_heat(
    cards: PerCard[Present],
    card_power: PerCard[Watt],
    card_exhaust_share: Ratio,
    display_power: Watt,
    drives_power: Watt,
) -> Watt:
    """What blowers and radiators of the cards do not take straight outside, and the drives beside them."""
    return total_over(cards, card_power * (1 - card_exhaust_share)) + display_power + drives_power


@quantity("Heat left around the CPU", source="energy-balance")
def upper_heat(rest_power: Watt, drives_power: Watt) -> Watt:
    """Memory, board, adapters and fans warm the air on its way to the CPU cooler."""
    return rest_power - drives_power


@quantity("Heat that the CPU leaves in the case", source="energy-balance")
def cpu_case_heat(cpu_power: Watt, cooler_exhaust_share: Ratio) -> Watt:
    """A radiator at the wall of the case sends part of its air straight out."""
    return cpu_power * (1 - cooler_exhaust_share)


@quantity("Heat left in the case", source="energy-balance")
def case_heat(lower_heat: Watt, upper_heat: Watt, cpu_case_heat: Watt) -> Watt:
    """All that the air through the case must carry away; the supply breathes for itself."""
    return lower_heat + upper_heat + cpu_case_heat


@quantity("Temperature rise at the cards", source="energy-balance")
def lower_rise(
    case_count: Count, lower_heat: Watt, case_air_conductance: WattPerKelvin, lower_air_share: Ratio
) -> Kelvin:
    """Part of the air passes the cards, the rest comes in above them."""
    return when(case_count - 1, lower_heat / (lower_air_share * case_air_conductance), 0)


@quantity("Temperature rise at the CPU cooler", source="energy-balance")
def upper_rise(case_count: Count, lower_heat: Watt, upper_heat: Watt, case_air_conductance: WattPerKelvin) -> Kelvin:
    """What comes up from the cards mixes with the rest of the air, and board and memory warm it further."""
    return when(case_count - 1, (lower_heat + upper_heat) / case_air_conductance, 0)


@quantity("Temperature rise of the case air", source="energy-balance")
def case_rise(case_count: Count, case_heat: Watt, case_air_conductance: WattPerKelvin) -> Kelvin:
    """Steady state: the air through the case carries away all the heat left in it."""
    return when(case_count - 1, case_heat / case_air_conductance, 0)


@quantity("Air in the lower zone, at the cards", source="energy-balance")
def lower_air(room_air: Celsius, lower_rise: Kelvin) -> Celsius:
    """The air around cards and drives, once it is well mixed."""
    return room_air + lower_rise


@quantity("Air in the upper zone, at the CPU", source="energy-balance")
def upper_air(room_air: Celsius, upper_rise: Kelvin) -> Celsius:
    """The air around memory and regulators, and what a tower on the CPU breathes."""
    return room_air + upper_rise


@quantity("Case air", source="energy-balance")
def case_air(room_air: Celsius, case_rise: Kelvin) -> Celsius:
    """The air as it leaves the case."""
    return room_air + case_rise


@quantity("Heat that leaves a case without a running fan", source="energy-balance")
def fanless_heat(site_air_heat: VolumetricHeat, case_draught: Flow, case_rise_limit: Kelvin) -> Watt:
    """Draught alone carries it away before the air in the case gets too warm."""
    return site_air_heat * case_draught * case_rise_limit
