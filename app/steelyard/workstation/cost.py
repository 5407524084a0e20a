"""What the build costs, to buy and to run. Prices are whole minor units; an unknown price makes the sum unknown."""

from __future__ import annotations

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import convert, when
from steelyard.units import Count, Hour, HourPerYear, Money, MoneyPerYear, Sample, SamplePerSecond, Second, Year


@quantity("Platform price", source="arithmetic")
def platform_price(
    cpu_count: Count,
    cpu_price: Money,
    board_count: Count,
    board_price: Money,
    memory_count: Count,
    memory_price: Money,
    cooler_count: Count,
    cooler_price: Money,
) -> Money:
    """CPU, board, memory and the cooler that belongs to them."""
    return cpu_count * cpu_price + board_count * board_price + memory_count * memory_price + cooler_count * cooler_price


@quantity("Cards price", source="arithmetic")
def cards_price(gpu_count: Count, gpu_price: Money, display_gpu_count: Count, display_gpu_price: Money) -> Money:
    """Computing cards and the card for the screens."""
    return gpu_count * gpu_price + display_gpu_count * display_gpu_price


@quantity("Drives price", source="arithmetic")
def drives_price(
    os_drive_count: Count,
    os_drive_price: Money,
    scratch_drive_count: Count,
    scratch_drive_price: Money,
    archive_drive_count: Count,
    archive_drive_price: Money,
) -> Money:
    """All drives that are bought with the build."""
    return (
        os_drive_count * os_drive_price
        + scratch_drive_count * scratch_drive_price
        + archive_drive_count * archive_drive_price
    )


@quantity("Housing price", source="arithmetic")
def housing_price(
    case_count: Count,
    case_price: Money,
    case_fan_count: Count,
    case_fan_price: Money,
    psu_count: Count,
    psu_price: Money,
    nic_count: Count,
    nic_price: Money,
    ups_count: Count,
    ups_price: Money,
) -> Money:
    """What holds, feeds, ventilates and connects the machine."""
    return (
        case_count * case_price
        + case_fan_count * case_fan_price
        + psu_count * psu_price
        + nic_count * nic_price
        + ups_count * ups_price
    )


@quantity("Completing price", source="arithmetic")
def completing_price(
    operating_system_count: Count,
    operating_system_price: Money,
    power_lead_count: Count,
    power_lead_price: Money,
    card_support_count: Count,
    card_support_price: Money,
) -> Money:
    """What makes a heap of parts an order: licence, leads and mounting."""
    hardware = power_lead_count * power_lead_price + card_support_count * card_support_price
    return hardware + operating_system_count * operating_system_price


@quantity("Price of the build", source="arithmetic")
def build_price(
    platform_price: Money, cards_price: Money, drives_price: Money, housing_price: Money, completing_price: Money
) -> Money:
    """Tax, freight and assembly are not counted."""
    return platform_price + cards_price + drives_price + housing_price + completing_price


@quantity("Budget left", source="arithmetic")
def budget_left(budget: Money, build_price: Money) -> Money:
    """What may still be spent."""
    return budget - build_price


@quantity("Cost over the life", source="arithmetic")
def life_cost(build_price: Money, energy_cost: MoneyPerYear, life: Year) -> Money:
    """Purchase and energy until the build is replaced, at today's prices."""
    return build_price + energy_cost * life


@quantity("Cost of a thousand samples", source="arithmetic")
def thousand_cost(
    life_cost: Money, life: Year, hours_per_year: HourPerYear, asked_rate: SamplePerSecond, thousand_answers: Sample
) -> Money:
    """Purchase and energy, over all that is asked for in the hours of use; of work that answers at that pace."""
    answers = asked_rate * convert(hours_per_year * life, Hour, Second)
    return when(-asked_rate, 0, life_cost * thousand_answers / answers)
