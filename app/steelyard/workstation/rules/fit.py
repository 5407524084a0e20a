"""Do the parts go together: sockets, formats, lengths, places. What does not fit blocks, for it cannot be built."""

from __future__ import annotations

import numpy as np

from steelyard.graph.quantity import BLOCK, NOTE, WARN, rule
from steelyard.graph.tables import among, matches, spare
from steelyard.units import Categories, Category, Count, Millimetre, Present


@rule(
    "FIT-001",
    "The processor fits the board's socket",
    BLOCK,
    source="steelyard-fit",
    otherwise="The processor does not fit the board's socket",
    remedy="Choose a board with the processor's socket, or a processor for the board's",
)
def processor_socket_margin(cpu_socket: Category, board_socket: Category) -> Category:
    """Contacts and latch of one socket take no other processor."""
    return matches(cpu_socket, board_socket)


@rule(
    "FIT-002",
    "The board's chipset runs the processor",
    BLOCK,
    source="steelyard-fit",
    otherwise="The board's chipset does not run the processor",
    remedy="Choose a board whose chipset the maker of the processor names for it",
)
def chipset_margin(board_chipset: Category, cpu_chipsets: Categories) -> Category:
    """The same socket serves families that differ in channels and lanes, and firmware starts only its own."""
    return among(board_chipset, cpu_chipsets)


@rule(
    "FIT-003",
    "The board's format fits the case",
    BLOCK,
    source="atx-format",
    otherwise="The board's format does not fit the case",
    remedy="Choose a case that names the board's format, or a smaller board",
)
def board_format_margin(board_form_factor: Category, case_form_factors: Categories) -> Category:
    """Format fixes outline and screw holes; larger boards cover the openings for cables."""
    return among(board_form_factor, case_form_factors)


@rule(
    "FIT-004",
    "Every GPU finds a slot",
    BLOCK,
    source="pcie-cem",
    otherwise="There are too few slots for the GPUs",
    remedy="{cards_seated} of {gpu_count} cards find a slot: choose thinner or fewer cards, or wider spacing",
)
def card_slot_margin(cards_seated: Count, gpu_count: Count, board_count: Count) -> Count:
    """A card covers the slots under it, and the last card must end inside the case."""
    return spare(cards_seated, gpu_count * board_count)


@rule(
    "FIT-005",
    "The GPUs are not too long for the case",
    BLOCK,
    source="steelyard-fit",
    otherwise="The GPUs are too long for the case",
    beyond=True,
    remedy="Choose a case that takes cards of {longest_card}, or shorter cards",
)
def card_length_margin(case_gpu_length: Millimetre, longest_card: Millimetre) -> Millimetre:
    """A card that meets the front fans or the drive cage cannot be seated."""
    return spare(case_gpu_length, longest_card)


@rule(
    "FIT-006",
    "The GPUs are not too tall for the case, as its maker says",
    NOTE,
    source="steelyard-fit",
    otherwise="The GPUs are taller than the case's maker allows",
    beyond=True,
    remedy="Choose a case that takes cards of {gpu_height}, or flatter cards",
)
def card_height_margin(case_gpu_height: Millimetre, gpu_height: Millimetre) -> Millimetre:
    """Few makers publish this clearance; where they do, it decides before the estimate of FIT-007."""
    return spare(case_gpu_height, gpu_height)


@rule(
    "FIT-007",
    "The GPUs and their power leads fit beside the board",
    WARN,
    source="pcie-cem",
    otherwise="The GPUs with their power leads are too tall for the case",
    beyond=True,
    remedy="Measure the room between the card's upper edge and the side panel, or choose a wider case",
)
def card_lead_margin(
    case_width: Millimetre,
    case_height: Millimetre,
    case_count: Count,
    gpu_count: Count,
    gpu_height: Millimetre,
    board_depth_in_case: Millimetre,
    lead_bend: Millimetre,
) -> Millimetre:
    """A lead that is bent at its plug to close the panel loosens its contacts and overheats."""
    wanted = gpu_height + board_depth_in_case + lead_bend
    return spare(np.minimum(case_width, case_height), wanted * case_count * np.minimum(gpu_count, 1))


@rule(
    "FIT-008",
    "The cooler fits the socket",
    BLOCK,
    source="steelyard-fit",
    otherwise="The cooler does not fit the socket",
    remedy="Choose a cooler whose maker names the processor's socket",
)
def cooler_socket_margin(cpu_socket: Category, cooler_sockets: Categories) -> Category:
    """Frame and contact plate are made for the heat spreader of a socket."""
    return among(cpu_socket, cooler_sockets)


@rule(
    "FIT-009",
    "The air cooler is not too tall for the case",
    BLOCK,
    source="steelyard-fit",
    otherwise="The air cooler is too tall for the case",
    beyond=True,
    remedy="Choose a case that takes coolers of {air_cooler_height}, or a lower cooler",
)
def cooler_height_margin(case_cooler_height: Millimetre, air_cooler_height: Millimetre) -> Millimetre:
    """The side panel closes over a tower cooler or it does not."""
    return spare(case_cooler_height, air_cooler_height)


@rule(
    "FIT-010",
    "The radiator fits the case",
    BLOCK,
    source="steelyard-fit",
    otherwise="The radiator is too long for the case",
    beyond=True,
    remedy="Choose a case with a place for a radiator of {cooler_radiator_length}",
)
def radiator_margin(case_radiator_length: Millimetre, cooler_radiator_length: Millimetre) -> Millimetre:
    """A radiator takes a row of fan places of its own length."""
    return spare(case_radiator_length, cooler_radiator_length)


@rule(
    "FIT-011",
    "The supply is not too long for the case",
    BLOCK,
    source="atx-psdg",
    otherwise="The supply is too long for the case",
    beyond=True,
    remedy="Choose a case that takes supplies of {psu_length}, or a shorter supply",
)
def supply_length_margin(case_psu_length: Millimetre, psu_length: Millimetre) -> Millimetre:
    """Large supplies are longer than the standard says, and their plugs need the room behind."""
    return spare(case_psu_length, psu_length)


@rule(
    "FIT-012",
    "The case has a place for every supply",
    BLOCK,
    source="steelyard-fit",
    otherwise="The case has too few places for supplies",
    remedy="Choose a case for {psu_count} supplies, or one larger supply",
)
def supply_place_margin(case_psu_places: Count, psu_count: Count) -> Count:
    """Few cases hold a second supply."""
    return spare(case_psu_places, psu_count)


@rule(
    "FIT-013",
    "The case has a place for every fan",
    BLOCK,
    source="steelyard-fit",
    otherwise="The case has too few places for fans",
    remedy="Choose fewer fans, or a case with more than {case_fan_mounts} places ({case_included_fans} are filled)",
)
def fan_place_margin(
    case_fan_mounts: Count, case_included_fans: Count, case_fan_count: Count, radiator_fans: Count
) -> Count:
    """Fans of the case, added fans and the radiator's fans share the places."""
    return spare(case_fan_mounts, case_included_fans + case_fan_count + radiator_fans)


@rule(
    "FIT-014",
    "The case has a bay for every 3.5-inch drive",
    BLOCK,
    source="sff-8301",
    otherwise="The case has too few bays for 3.5-inch drives",
    remedy="Choose a case with {bay_drives} bays, or fewer and larger drives",
)
def drive_bay_margin(case_drive_bays: Count, bay_drives: Count) -> Count:
    """A hard disk that hangs on its cables shakes and fails."""
    return spare(case_drive_bays, bay_drives)


@rule(
    "FIT-015",
    "The board has a socket for every M.2 drive",
    BLOCK,
    source="pcie-m2",
    otherwise="The board has too few sockets for M.2 drives",
    remedy="Choose a board with {m2_drives} M.2 sockets, or fewer and larger drives",
)
def m2_socket_margin(board_m2_sockets: Count, m2_drives: Count) -> Count:
    """One socket holds one drive."""
    return spare(board_m2_sockets, m2_drives)


@rule(
    "FIT-016",
    "The board has a port for every U.2 drive",
    BLOCK,
    source="sff-8639",
    otherwise="The board has too few ports for U.2 drives",
    remedy="Choose a board with {u2_drives} four-lane ports (U.2, SlimSAS, MCIO), or M.2 drives",
)
def u2_port_margin(board_u2_ports: Count, u2_drives: Count) -> Count:
    """A U.2 drive needs four lanes of its own."""
    return spare(board_u2_ports, u2_drives)


@rule(
    "FIT-017",
    "The board has a port for every SATA drive",
    BLOCK,
    source="sata-3",
    otherwise="The board has too few ports for SATA drives",
    remedy="Choose a board with {sata_drives} SATA ports, or fewer and larger drives",
)
def sata_port_margin(board_sata_ports: Count, sata_drives: Count) -> Count:
    """SATA joins one drive to one port."""
    return spare(board_sata_ports, sata_drives)


@rule(
    "FIT-018",
    "The network adapter and the display card find a slot beside the GPUs",
    BLOCK,
    source="pcie-cem",
    otherwise="The GPUs leave no slot for the other cards",
    remedy="{slots_left} slots are left: choose thinner cards, fewer cards, or a board with more slots",
)
def other_card_margin(slots_left: Count, other_card_slots: Count, board_count: Count) -> Count:
    """What the GPUs cover is lost to other cards."""
    return spare(slots_left, other_card_slots * board_count)


@rule(
    "FIT-019",
    "A screen can be attached",
    NOTE,
    source="balance-beats-brute-force",
    otherwise="No screen can be attached",
    remedy="Add a display GPU, or plan for work over the network only",
)
def screen_margin(
    cpu_graphics: Present,
    board_management: Present,
    gpu_count: Count,
    gpu_needs_ducted_air: Present,
    display_gpu_count: Count,
) -> Count:
    """Reading and checking results needs a picture, and passive data-centre cards have no lit output."""
    return cpu_graphics + board_management + gpu_count * (1 - gpu_needs_ducted_air) + display_gpu_count - 1


@rule(
    "FIT-020",
    "Cards without a fan of their own stand in ducted air",
    BLOCK,
    source="passive-cards",
    otherwise="No ducted air: cards without a fan of their own stand in a tower",
    remedy="Choose the card's version with a fan, or a server case that blows air through the cards",
)
def ducted_air_margin(case_count: Count, case_rack: Present, gpu_needs_ducted_air: Present) -> Present:
    """A passive card in a tower reaches its limit well below its rated power."""
    return spare(case_rack, gpu_needs_ducted_air * np.minimum(case_count, 1))


@rule(
    "FIT-021",
    "The GPUs are cards for a slot",
    BLOCK,
    source="pcie-cem",
    otherwise="The GPU is a module of a server or laptop, and no board here holds it",
    remedy="Choose a card of the same generation; the module is listed to read published measurements by",
)
def card_form_margin(gpu_form: Category, display_gpu_form: Category, slot_forms: Categories) -> Category:
    """A module sits on its maker's own baseboard, which feeds and cools it; nothing of it goes into a slot."""
    return np.minimum(among(gpu_form, slot_forms), among(display_gpu_form, slot_forms))
