"""More than one card: what the link between them carries, what is exchanged, and the engine's time of a sample."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import quantity
from steelyard.graph.tables import among, least_over, total_over, when
from steelyard.units import (
    Categories,
    Category,
    Count,
    GigabytePerSample,
    GigabytePerSecond,
    PerCard,
    PerStage,
    Present,
    Ratio,
    SecondPerSample,
)

# --- the link


@quantity("Narrowest link of a card, in lanes of the first generation", source="pcie-cem")
def narrowest_link(
    cards: PerCard[Present],
    card_link_lanes: PerCard[Count],
    card_link_generation: PerCard[Count],
    gpu_pcie_lanes: Count,
    gpu_pcie_generation: Count,
) -> Count:
    """In a ring all wait for the card with the narrowest slot; one without a slot is complained of elsewhere."""
    lanes = when(-card_link_lanes, gpu_pcie_lanes, card_link_lanes)
    generation = when(-card_link_lanes, gpu_pcie_generation, card_link_generation)
    return least_over(cards, lanes * 2 ** (generation - 1))


@quantity("Rate of a card's PCIe link", source="pcie-cem")
def card_bus_rate(narrowest_link: Count, pcie_first_rate: GigabytePerSecond) -> GigabytePerSecond:
    """A lane of the first generation carries its rate, each way."""
    return 2 * narrowest_link * pcie_first_rate


@quantity("Rate between cards over PCIe", source="data-parallel")
def card_bus_link(
    card_bus_rate: GigabytePerSecond,
    gpu_peer_access: Present,
    gpu_count: Count,
    link_share: Ratio,
    host_link_share: Ratio,
) -> GigabytePerSecond:
    """Cards that reach each other's memory use most of the link; others copy through the host, which all share."""
    shared = host_link_share * 2 / np.maximum(gpu_count, 2)
    return card_bus_rate * when(gpu_peer_access - 1, link_share, shared)


@quantity("Rate between cards", source="data-parallel")
def card_link_rate(
    gpu_nvlink_bandwidth: GigabytePerSecond,
    gpu_form: Category,
    module_forms: Categories,
    gpu_count: Count,
    gpu_peer_access: Present,
    link_share: Ratio,
    card_bus_link: GigabytePerSecond,
) -> GigabytePerSecond:
    """Modules have a link of their own, stated for both ways; so have pairs, where cards reach each other at all."""
    own = link_share * gpu_nvlink_bandwidth / 2
    bridged = when(2 - gpu_count, when(gpu_peer_access - 1, own, card_bus_link), card_bus_link)
    joined = when(among(gpu_form, module_forms), own, bridged)
    return when(-gpu_nvlink_bandwidth, card_bus_link, joined)


# --- what it costs, and what further cards add


@quantity("Cards at work", source="steelyard-pipeline")
def cards_at_work(gpu_count: Count, card_spread: Ratio, pipeline_pieces: Count) -> Count:
    """In the mean: not where work stays on one, nor where pieces pass from card to card while it fills and empties."""
    cards = 1 + card_spread * (np.maximum(gpu_count, 1) - 1)
    return cards / (1 + (cards - 1) / pipeline_pieces)


@quantity("Exposed exchange of a sample, a card", source="data-parallel")
def stage_exchange_time(
    sync_demand: PerStage[GigabytePerSample],
    step_weight: Ratio,
    card_exchange: Ratio,
    cards_at_work: Count,
    card_link_rate: GigabytePerSecond,
    exchange_overlap: Ratio,
) -> PerStage[SecondPerSample]:
    """In a ring each byte goes around almost twice; what the backward pass does not hide, the cards wait for."""
    around = card_exchange * sync_demand * step_weight * 2 * (1 - 1 / cards_at_work)
    return when(1 - cards_at_work, 0, when(-around, 0, around * (1 - exchange_overlap) / card_link_rate))


@quantity("Speed-up over one card", source="data-parallel")
def card_speedup(
    stages: PerStage[Present],
    stage_card_time: PerStage[SecondPerSample],
    stage_exchange_time: PerStage[SecondPerSample],
    cards_at_work: Count,
) -> Ratio:
    """Cards that exchange gradients wait for each other; cards with jobs of their own do not."""
    alone = total_over(stages, stage_card_time)
    return cards_at_work / (1 + when(-alone, 0, total_over(stages, stage_exchange_time) / alone))


@quantity("Engine time of a sample", source="steelyard-pipeline")
def stage_engine_time(
    stage_card_time: PerStage[SecondPerSample],
    stage_exchange_time: PerStage[SecondPerSample],
    cards_at_work: Count,
    gpu_count: Count,
    gpu_speed_kept: Ratio,
    cpu_speed_kept: Ratio,
    engine_beside: Ratio,
) -> PerStage[SecondPerSample]:
    """All cards together, at the speed that they keep when hot, in the time left; who asks for none waits for none."""
    hot = stage_card_time / when(gpu_count - 1, gpu_speed_kept, cpu_speed_kept)
    alone = (hot + stage_exchange_time) / cards_at_work
    return when(-alone, 0, alone / (1 - engine_beside))


@quantity("Engine time of a sample, peak", source="steelyard-pipeline")
def stage_engine_time_peak(
    stage_card_time: PerStage[SecondPerSample],
    stage_exchange_time: PerStage[SecondPerSample],
    cards_at_work: Count,
    engine_beside: Ratio,
) -> PerStage[SecondPerSample]:
    """All cards together, as cold as in a short benchmark."""
    alone = (stage_card_time + stage_exchange_time) / cards_at_work
    return when(-alone, 0, alone / (1 - engine_beside))
