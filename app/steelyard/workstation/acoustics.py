"""How loud the build is at the listener: sources add as intensities, in levels at one metre."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import intensity_of, level_of, total_over
from steelyard.units import Count, Decibel, Metre, PerCard, Present, Ratio, Watt


@quantity("Intensity of the case fans", source="iso-9296")
def fans_intensity(
    case_fan_count: Count,
    case_fan_noise: Decibel,
    case_included_fans: Count,
    included_fan_noise: Decibel,
    fan_speed_share: Ratio,
    noise_per_speed: Decibel,
) -> Ratio:
    """The level of a fan falls with the logarithm of its speed, and equal fans add."""
    slower = noise_per_speed * np.log10(fan_speed_share)
    bought = case_fan_count * intensity_of(case_fan_noise + slower)
    return bought + case_included_fans * intensity_of(included_fan_noise + slower)


@quantity("Noise of each card", source="iso-9296")
def card_noise(
    card_power: PerCard[Watt],
    gpu_board_power: Watt,
    slot_power: Watt,
    gpu_noise: Decibel,
    noise_per_speed: Decibel,
    least_fan_share: Ratio,
) -> PerCard[Decibel]:
    """A card turns its fan up with the heat that it must move."""
    share = np.clip(card_power / np.maximum(gpu_board_power, slot_power), least_fan_share, 1)
    return gpu_noise + noise_per_speed * np.log10(share)


@quantity("Noise at one metre", source="iso-9296")
def noise_at_one_metre(
    cards: PerCard[Present],
    card_noise: PerCard[Decibel],
    fans_intensity: Ratio,
    cooler_count: Count,
    cooler_noise: Decibel,
    psu_count: Count,
    psu_noise: Decibel,
) -> Decibel:
    """Sources that do not sound in step add as intensities: two equal ones are 3 dB louder than one."""
    machine = cooler_count * intensity_of(cooler_noise) + psu_count * intensity_of(psu_noise)
    return level_of(fans_intensity + total_over(cards, intensity_of(card_noise)) + machine)


@quantity("Noise at the listener", source="iso-9296")
def noise_level(
    noise_at_one_metre: Decibel,
    noise_per_distance: Decibel,
    listening_distance: Metre,
    noise_reference_distance: Metre,
) -> Decibel:
    """In a room the level falls more slowly with distance than in the open, for the walls return part of it."""
    return noise_at_one_metre - noise_per_distance * np.log10(listening_distance / noise_reference_distance)
