"""Rules over every family: a record has a name, an order number is one, and zero is never a measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from steelyard.library.opendb.draft import Rule
from steelyard.library.opendb.names import is_number

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

MEASURES: Final = frozenset((
    "base", "boost", "tdp", "board_power", "length", "thickness", "memory_size", "memory_most", "noise_least",
    "noise_most", "height", "radiator", "fan_size", "wattage", "flow_least", "flow_most", "pressure", "size",
    "capacity", "card_length", "cooler_height", "psu_length", "width", "outer_height", "depth", "places", "speed",
    "fan_speed_least", "fan_speed_most", "cache", "core_base", "core_boost", "volume", "channels",
))  # fmt: skip
"""Facts that are measured or counted and cannot be nought on a real part."""


MAKERS: Final = (
    "AMD", "Intel", "NVIDIA", "ASUS", "ASRock", "Gigabyte", "MSI", "Supermicro", "Biostar", "EVGA", "Zotac", "PNY",
    "Sapphire", "XFX", "PowerColor", "Palit", "Inno3D", "Corsair", "Kingston", "Crucial", "G.SKILL", "TEAMGROUP",
    "V-Color", "Samsung", "Seagate", "Western Digital", "Toshiba", "SanDisk", "Sabrent", "Lexar", "ADATA", "Patriot",
    "SeaSonic", "Super Flower", "be quiet!", "Cooler Master", "Thermaltake", "Thermalright", "Noctua", "ARCTIC", "NZXT",
    "Lian Li", "Fractal Design", "Phanteks", "Silverstone", "DeepCool", "Antec", "Jonsbo", "MONTECH", "ID-COOLING",
    "DARKROCK", "Vetroo", "ENDORFY", "TRYX", "HYTE", "Cougar", "InWin", "Rosewill", "FSP Group", "Enermax",
)  # fmt: skip
"""Makers that a name may begin with."""


def _named(draft: Draft) -> None:
    if not draft.text("name"):
        draft.quarantine("name")


def _maker(draft: Draft) -> None:
    name = draft.text("name").lower()
    if not draft.text("maker"):
        maker = next((maker for maker in MAKERS if name.startswith(f"{maker.lower()} ")), None)
        if maker is not None:
            draft.fix("maker", maker)


def _order_numbers(draft: Draft) -> None:
    numbers = draft.texts("mpns")
    kept = [number for number in numbers if is_number(number)]
    if len(kept) < len(numbers):
        draft.fix("mpns", kept)


def _zero_is_unknown(draft: Draft) -> None:
    for name in [name for name, value in draft.facts.items() if value == 0 and name in MEASURES]:
        draft.null(name)


COMMON_RULES: Final = (
    Rule("name", "all", "A record without a name is of no part.", ("quarantined",), _named),
    Rule("maker", "all", "A record without a maker is of the one whose name begins its own.", ("fixed",), _maker),
    Rule(
        "R7",
        "all",
        "An order number that is empty, a bar code, a uuid, a word or too short to name one part is dropped; "
        "a record without any is known by name only and has no trust.",
        ("fixed",),
        _order_numbers,
    ),
    Rule(
        "X2",
        "all",
        "Zero is never a measurement of a clock, a bus, lanes, a power, a length, a capacity or a noise, but unknown.",
        ("nulled",),
        _zero_is_unknown,
    ),
)
