"""What less power costs: by the phase of the work, from arithmetic, which follows the clock, to memory, which does not.

A card that is held back loses clock by a power law above a static part of its power, and the work loses speed with the
clock as far as it depends on it. Three ends are measured: arithmetic that leaves power over, work that takes all power
there is, and streams from memory. The work's own terms say how far it lies towards each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import total_over, when
from steelyard.units import Count, PerCard, PerStage, Present, Ratio, SecondPerSample, Watt

if TYPE_CHECKING:
    from steelyard.units import Array

# --- the phase of the work


@quantity("Share of the cards' time in memory traffic", source="roofline")
def traffic_share(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    stage_traffic_time: PerStage[SecondPerSample],
    model_spread: Ratio,
    gpu_count: Count,
) -> Ratio:
    """At the peak rate of the memory: what it takes beyond that waits for the cores, whose pace the clock sets."""
    return _share(stages, model_spread * stage_traffic_time, stage_card_time, gpu_count)


@quantity("Share of the cards' time in launches", source="roofline")
def launch_share(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    gpu_launch_demand: PerStage[SecondPerSample],
    model_spread: Ratio,
    gpu_count: Count,
) -> Ratio:
    """While the host prepares the next kernel, the card's clock makes no difference."""
    return _share(stages, model_spread * gpu_launch_demand, stage_card_time, gpu_count)


@quantity("Share of the cards' time that their power limit sets", source="roofline")
def power_bound_share(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    stage_energy_time: PerStage[SecondPerSample],
    kernel_efficiency: PerStage[Ratio],
    model_spread: Ratio,
    gpu_count: Count,
) -> Ratio:
    """Work that asks for more power than a card has runs deep below its highest clock to begin with."""
    reached = when(-stage_energy_time, 0, stage_energy_time / kernel_efficiency)
    return _share(stages, model_spread * reached, stage_card_time, gpu_count)


@quantity("Share of the cards' time that is bound by memory and launches", source="roofline")
def memory_bound_share(traffic_share: Ratio, launch_share: Ratio) -> Ratio:
    """What a lower clock does not lengthen."""
    return np.minimum(traffic_share + launch_share, 1)


@quantity("Share of the work that does not depend on the clock", source="roofline-clock")
def clock_free_share(memory_bound_share: Ratio, clock_free_reach: Ratio) -> Ratio:
    """Arithmetic that ran beside the traffic comes to light as it slows down: less than the memory's share is free."""
    return clock_free_reach * memory_bound_share**2


@quantity("Clock that a share of power buys", source="power-limit-sweeps")
def card_clock_exponent(
    traffic_share: Ratio,
    power_bound_share: Ratio,
    card_power_exponent: Ratio,
    traffic_power_exponent: Ratio,
    gpu_burn_exponent: Ratio,
) -> Ratio:
    """Near its highest clock a card gives up much power for little clock; with busy memory, or deep below, less."""
    arithmetic = np.maximum(1 - traffic_share - power_bound_share, 0)
    return (
        arithmetic / card_power_exponent
        + traffic_share / traffic_power_exponent
        + power_bound_share / gpu_burn_exponent
    )


# --- what a power limit costs


@quantity("Clock kept at the power limit alone", source="power-limit-sweeps")
def capped_clock_kept(
    card_asked_power: Watt,
    gpu_power_allowed: Watt,
    gpu_static_share: Ratio,
    card_clock_exponent: Ratio,
    voltage_floor_clock: Ratio,
    least_clock: Ratio,
) -> Ratio:
    """On a cool card the limit that is set is all that holds it back."""
    given = when(-card_asked_power, 1, np.minimum(gpu_power_allowed / card_asked_power, 1))
    return clock_at(given, gpu_static_share, card_clock_exponent, voltage_floor_clock, least_clock)


@quantity("Speed kept at the power limit alone", source="roofline-clock")
def capped_speed_kept(capped_clock_kept: Ratio, clock_free_share: Ratio) -> Ratio:
    """What a power limit costs before any heat does."""
    return speed_at(capped_clock_kept, clock_free_share)


@quantity("Speed kept at the power limit, work that takes all power there is", source="power-limit-sweeps")
def least_capped_speed(
    card_asked_power: Watt,
    gpu_power_allowed: Watt,
    gpu_static_share: Ratio,
    gpu_burn_exponent: Ratio,
    voltage_floor_clock: Ratio,
    least_clock: Ratio,
    capped_speed_kept: Ratio,
) -> Ratio:
    """Dense matrices without end lose more to a limit than any other work."""
    given = when(-card_asked_power, 1, np.minimum(gpu_power_allowed / card_asked_power, 1))
    burning = clock_at(given, gpu_static_share, 1 / gpu_burn_exponent, voltage_floor_clock, least_clock)
    return np.minimum(burning, capped_speed_kept)


@quantity("Speed kept at the power limit, work in many small steps", source="power-limit-sweeps")
def most_capped_speed(
    card_asked_power: Watt,
    gpu_power_allowed: Watt,
    gpu_static_share: Ratio,
    card_power_exponent: Ratio,
    voltage_floor_clock: Ratio,
    least_clock: Ratio,
    clock_free_reach: Ratio,
    light_bound_share: Ratio,
    capped_speed_kept: Ratio,
) -> Ratio:
    """A card that mostly waits for memory and launches hardly notices a limit."""
    given = when(-card_asked_power, 1, np.minimum(gpu_power_allowed / card_asked_power, 1))
    clock = clock_at(given, gpu_static_share, 1 / card_power_exponent, voltage_floor_clock, least_clock)
    return np.maximum(speed_at(clock, clock_free_reach * light_bound_share**2), capped_speed_kept)


# --- what less power than asked for costs, whatever withholds it


@quantity("Clock kept by the card", source="dvfs-power-law")
def card_clock_kept(
    card_warm_power: PerCard[Watt],
    card_busy_power: PerCard[Watt],
    gpu_static_share: Ratio,
    card_clock_exponent: Ratio,
    voltage_floor_clock: Ratio,
    least_clock: Ratio,
) -> PerCard[Ratio]:
    """Power that is asked for and not given is paid in clock, by the power law of voltage and frequency."""
    given = when(-card_warm_power, 1, card_busy_power / card_warm_power)
    return clock_at(given, gpu_static_share, card_clock_exponent, voltage_floor_clock, least_clock)


@quantity("Speed kept by the card", source="roofline-clock")
def card_speed_kept(card_clock_kept: PerCard[Ratio], clock_free_share: Ratio) -> PerCard[Ratio]:
    """Part of the time goes to memory, which does not slow down with the clock."""
    return speed_at(card_clock_kept, clock_free_share)


def clock_at(given: Array, static_share: Array, exponent: Array, floor: Array, least: Array) -> Array:
    """Return the share of its clock that a card keeps with a share `given` of the power that it asks for.

    Voltage falls with the clock down to `floor`; below it power falls in step with the clock.
    """
    moving = np.clip((given - static_share) / (1 - static_share), 0, 1)
    steady = moving * floor ** (1 - 1 / exponent)
    return np.maximum(np.minimum(moving**exponent, steady), least)


def speed_at(clock: Array, free_share: Array) -> Array:
    """Return the share of its speed that work keeps at a share `clock` of the clock."""
    return 1 / (free_share + (1 - free_share) / clock)


def _share(stages: Array, part: Array, whole: Array, cards: Array) -> Array:
    """Return the share of `part` in `whole`, over all stages; zero where nothing runs on cards."""
    alone = total_over(stages, whole)
    return when(cards - 1, when(-alone, 0, total_over(stages, part) / alone), 0)
