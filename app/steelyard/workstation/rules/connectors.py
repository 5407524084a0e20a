"""Do slot and leads carry what cards and processor take through them, each by its own rating."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import NOTE, WARN, rule
from steelyard.graph.tables import spare
from steelyard.units import Count, Watt


@rule(
    "PWR-021",
    "Each 16-pin lead carries its share of the card",
    WARN,
    source="atx-3-guide",
    otherwise="A card draws more through a 16-pin lead than lead and plug are made for",
    beyond=True,
    remedy="Choose a supply whose 16-pin leads are coded for {connector_16pin_load} or more, or lower the power limit",
)
def connector_16pin_margin(connector_16pin_limit: Watt, connector_16pin_load: Watt) -> Watt:
    """Such plugs burn where their pins carry more than they are made for."""
    return spare(connector_16pin_limit, connector_16pin_load)


@rule(
    "PWR-022",
    "Each 8-pin PCIe lead carries its share of the card",
    WARN,
    source="pcie-cem",
    otherwise="A card draws more through an 8-pin lead than it is made for",
    beyond=True,
    remedy="Lower the power limit, or choose cards with more inputs: each lead carries {connector_8pin_load}",
)
def connector_8pin_margin(connector_8pin_limit: Watt, connector_8pin_load: Watt) -> Watt:
    """Beyond its rating the contacts of a plug get hot."""
    return spare(connector_8pin_limit, connector_8pin_load)


@rule(
    "PWR-023",
    "Each EPS lead carries its share of processor or card",
    WARN,
    source="eps12v-connector",
    otherwise="An EPS lead carries more than it is made for",
    beyond=True,
    remedy="Connect every EPS input of the board: the fullest lead carries {connector_eps_current}",
)
def connector_eps_margin(connector_eps_limit: Watt, connector_eps_load: Watt, processor_eps_load: Watt) -> Watt:
    """The fullest lead decides, be it the processor's or a card's."""
    return spare(connector_eps_limit, np.maximum(connector_eps_load, processor_eps_load))


@rule(
    "PWR-024",
    "The slot carries what the card takes from it",
    WARN,
    source="pcie-cem",
    otherwise="A card takes more from its slot than a slot is made for",
    beyond=True,
    remedy="Choose a card with a power input, or lower its power limit: the slot carries {slot_load}",
)
def slot_margin(slot_limit: Watt, slot_load: Watt) -> Watt:
    """Its contacts are made for so much power, and at 12 V for so much current."""
    return spare(slot_limit, slot_load)


@rule(
    "PWR-025",
    "Cards hang on 16-pin leads of the newer kind",
    NOTE,
    source="atx-3-guide",
    otherwise="A card hangs on a 16-pin lead of the earlier kind (12VHPWR)",
    remedy="Push such a plug in until it clicks and lead its cable straight, or choose a supply with 12V-2x6 leads",
)
def lead_kind_margin(
    psu_count: Count, psu_connectors_12v2x6: Count, psu_connectors_16pin: Count, leads_16pin_wanted: Count
) -> Count:
    """Sense pins of the newer kind (12V-2x6) are shorter: a plug that is not all the way in carries no power."""
    supplies = np.maximum(psu_count, 1)
    return spare(supplies * psu_connectors_12v2x6, np.minimum(leads_16pin_wanted, supplies * psu_connectors_16pin))
