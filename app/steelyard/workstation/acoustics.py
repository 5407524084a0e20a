"""How loud the build is at the listener: sources add as intensities, in levels at one metre."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import intensity_of, level_of, total_over
from steelyard.units import Count, Decibel, Metre, PerCard, Present, Ratio, Watt

# --- each kind of source


@quantity("Noise of the case fans", source="iso-9296")
def fans_noise(
    case_fan_count: Count,
    case_fan_noise: Decibel,
    case_included_fans: Count,
    included_fan_noise: Decibel,
    case_fan_speed_share: Ratio,
    noise_per_speed: Decibel,
) -> Decibel:
    """The level of a fan falls with the logarithm of its speed, and equal fans add."""
    slower = noise_per_speed * np.log10(case_fan_speed_share)
    bought = case_fan_count * intensity_of(case_fan_noise + slower)
    return level_of(bought + case_included_fans * intensity_of(included_fan_noise + slower))


@quantity("Noise of each card", source="iso-9296")
def card_noise(
    card_power: PerCard[Watt],
    gpu_board_power: Watt,
    slot_power: Watt,
    card_fan_speed: PerCard[Ratio],
    card_fan_floor: Ratio,
    gpu_noise: Decibel,
    noise_per_speed: Decibel,
    least_fan_share: Ratio,
) -> PerCard[Decibel]:
    """A card's fan follows the heat that it must move, and turns further up where its target asks for it."""
    share = np.clip(card_power / np.maximum(gpu_board_power, slot_power), least_fan_share, 1)
    return gpu_noise + noise_per_speed * np.log10(share * card_fan_speed / card_fan_floor)


@quantity("Noise of the cards", source="iso-9296")
def cards_noise(cards: PerCard[Present], card_noise: PerCard[Decibel]) -> Decibel:
    """Cards sound side by side, each at its own speed."""
    return level_of(total_over(cards, intensity_of(card_noise)))


@quantity("Noise of the CPU cooler", source="iso-9296")
def cooler_noise_level(
    cooler_count: Count, cooler_noise: Decibel, cpu_fan_speed: Ratio, noise_per_speed: Decibel
) -> Decibel:
    """Its fans run as fast as the CPU's temperature asks, and sound accordingly."""
    return level_of(cooler_count * intensity_of(cooler_noise + noise_per_speed * np.log10(cpu_fan_speed)))


@quantity("Noise of the supply", source="iso-9296")
def psu_noise_level(
    psu_count: Count, psu_noise: Decibel, psu_load: Ratio, least_psu_fan_speed: Ratio, noise_per_speed: Decibel
) -> Decibel:
    """A supply turns its fan up with its load."""
    share = np.clip(psu_load, least_psu_fan_speed, 1)
    return level_of(psu_count * intensity_of(psu_noise + noise_per_speed * np.log10(share)))


# --- all of them, and where somebody hears it


@quantity("Noise at one metre", source="iso-9296")
def noise_at_one_metre(
    fans_noise: Decibel,
    cards_noise: Decibel,
    cooler_noise_level: Decibel,
    psu_noise_level: Decibel,
    noise_model_error: Decibel,
) -> Decibel:
    """Sources that do not sound in step add as intensities: two equal ones are 3 dB louder than one."""
    turning = intensity_of(fans_noise) + intensity_of(cards_noise)
    heard = turning + intensity_of(cooler_noise_level) + intensity_of(psu_noise_level)
    return level_of(heard * intensity_of(noise_model_error))


@quantity("Noise at the listener", source="iso-9296")
def noise_level(
    noise_at_one_metre: Decibel,
    noise_per_distance: Decibel,
    listening_distance: Metre,
    noise_reference_distance: Metre,
) -> Decibel:
    """In a room the level falls more slowly with distance than in the open, for the walls return part of it."""
    return noise_at_one_metre - noise_per_distance * np.log10(listening_distance / noise_reference_distance)


@quantity("Noise behind the door", source="room-acoustics")
def noise_behind_door(noise_level: Decibel, door_loss: Decibel) -> Decibel:
    """What a closed door between build and listener lets through; without one, all of it."""
    return noise_level - door_loss


@quantity("Noise behind an ordinary closed door", source="room-acoustics")
def noise_behind_usual_door(noise_level: Decibel, usual_door_loss: Decibel) -> Decibel:
    """What a light inner door without seals would let through, were there one and closed."""
    return noise_level - usual_door_loss
