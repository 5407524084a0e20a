"""Are there lanes enough: what hangs on the processor shares them, and a narrow link starves a fast card."""

from __future__ import annotations

from steelyard.graph.quantity import BLOCK, WARN, rule
from steelyard.graph.tables import least_over, spare
from steelyard.units import Count, PerCard, Present


@rule(
    "LAN-001",
    "The processor has lanes for every card and drive, even if narrow",
    BLOCK,
    source="pcie-cem",
    otherwise="The processor has too few lanes, even if all links are narrow",
    remedy="{lanes_wanted_at_least} lanes are wanted, there are {cpu_lanes}: choose fewer cards, or more lanes",
)
def least_lane_margin(cpu_lanes: Count, lanes_wanted_at_least: Count) -> Count:
    """A device without lanes is not seen."""
    return spare(cpu_lanes, lanes_wanted_at_least)


@rule(
    "LAN-002",
    "The processor has lanes for every card and drive at full width",
    WARN,
    source="pcie-cem",
    otherwise="The processor has too few lanes for full width",
    remedy="{lanes_wanted} lanes are wanted, there are {cpu_lanes}: plan for narrower links, or choose more lanes",
)
def lane_margin(cpu_lanes: Count, lanes_wanted: Count) -> Count:
    """Where lanes run short the board splits them, and transfers take twice as long."""
    return spare(cpu_lanes, lanes_wanted)


@rule(
    "LAN-003",
    "Every GPU's link is as wide as the card",
    WARN,
    source="pcie-cem",
    otherwise="A GPU's link is narrower than the card",
    remedy="Choose a board with slots of {gpu_pcie_lanes} lanes for {gpu_count} cards, or fewer cards",
)
def link_width_margin(cards: PerCard[Present], card_link_lanes: PerCard[Count], gpu_pcie_lanes: Count) -> Count:
    """Cards that exchange gradients through the host wait for the narrowest link."""
    return least_over(cards, card_link_lanes) - gpu_pcie_lanes


@rule(
    "LAN-004",
    "Every GPU's link is as new as the card",
    WARN,
    source="pcie-cem",
    otherwise="A GPU's link is older than the card",
    remedy="Choose a board with slots of the card's generation",
)
def link_generation_margin(
    cards: PerCard[Present], card_link_generation: PerCard[Count], gpu_pcie_generation: Count
) -> Count:
    """Each generation back halves what a lane carries."""
    return least_over(cards, card_link_generation) - gpu_pcie_generation
