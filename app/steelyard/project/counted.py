"""What the margins that are counts count, so that a finding says "short by 1 lead" and not "short by 1"."""

from __future__ import annotations

from typing import Final

from steelyard.wording import number
from steelyard.workstation.roles import ROLES

_ROLES: Final = frozenset(role.label for role in ROLES)

_COUNTED: Final = {
    "card_slot_margin": "slot",
    "supply_place_margin": "place",
    "fan_place_margin": "place",
    "drive_bay_margin": "bay",
    "m2_socket_margin": "socket",
    "u2_port_margin": "port",
    "sata_port_margin": "port",
    "other_card_margin": "slot",
    "least_lane_margin": "lane",
    "lane_margin": "lane",
    "link_width_margin": "lane",
    "link_generation_margin": "generation",
    "memory_slot_margin": "slot",
    "channel_margin": "module",
    "leads_16pin_margin": "lead",
    "leads_8pin_margin": "lead",
    "leads_eps_margin": "lead",
    "lead_kind_margin": "lead",
    "card_support_margin": "support",
    "several_works_margin": "workload",
    "video_decode_margin": "stream",
    "video_encode_margin": "stream",
}
"""By the margin's name. A count that is not here answers yes or no, which its title already says."""


_BARE: Final = frozenset({"runaway_margin"})
"""Margins of which a reader minds the sign alone."""


def is_bare(name: str) -> bool:
    """Say whether a margin's amount tells a reader nothing beyond whether the rule holds."""
    return name in _BARE


def counted_room(name: str, margin: float) -> str:
    """Return a margin that is a count, with what is counted: room to spare, or how many are short; "" for yes or no."""
    if name not in _COUNTED:
        return ""
    amount = abs(margin)
    text = f"{number(amount)} {_COUNTED[name]}{'' if amount == 1 else 's'}"
    return f"{text} to spare" if margin >= 0 else f"short by {text}"


def is_counted(name: str) -> bool:
    """Say whether it is known what a margin counts."""
    return name in _COUNTED


def not_known(label: str) -> str:
    """Return that a datum is not known as a clause: "Case: card height" is "the case's card height is not known"."""
    role, parted, what = label.partition(": ")
    if parted and role in _ROLES:
        return f"the {_small(role)}'s {_small(what)} is not known"
    return f'"{label}" is not known'


def _small(words: str) -> str:
    """The words as they stand inside a sentence; names and abbreviations keep their capitals."""
    first = words.partition(" ")[0]
    return words if any(letter.isupper() or letter.isdigit() for letter in first[1:]) else words[:1].lower() + words[1:]
