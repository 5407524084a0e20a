"""Mainboards: memory limits, error correction that nobody checked, lanes that are slot lengths, M.2 by length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.cpu import WORKSTATION_SOCKETS
from steelyard.library.opendb.families.family import COMMON, Family
from steelyard.library.opendb.names import plain, socket_of

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

FORMATS: Final = {"EATX": "E-ATX", "XL ATX": "XL-ATX"}
"""Board formats that OpenDB spells in another way."""

_ROUND_THOUSANDS: Final = {1000: 1024, 2000: 2048, 4000: 4096}
_LEAST_LIMIT: Final = 8
_MOST_A_SLOT: Final = {"DDR4": 128, "DDR5": 256}
_MOST_UNBUFFERED: Final = 64
_DESKTOP: Final = ("AM5", "LGA1851")
_ONE_X16: Final = 1
_MOST_M2: Final = 8
_CARRY_ECC: Final = ("asus", "asrock", "gigabyte")
_LENGTHS: Final = re.compile(r"\d{4,5}")
_SPEED: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(Gb|Mb)", re.IGNORECASE)


def _memory_limit_unit(draft: Draft) -> None:
    limit = draft.number("memory_most")
    if limit in _ROUND_THOUSANDS:
        draft.fix("memory_most", _ROUND_THOUSANDS[int(limit)])
    elif limit in {1, 2} and _is_registered(draft):
        draft.fix("memory_most", int(limit) * 1024)


def _memory_limit(draft: Draft) -> None:
    limit = draft.number("memory_most")
    if limit is not None and (limit < _LEAST_LIMIT or limit % 8):
        draft.null("memory_most")


def _memory_a_slot(draft: Draft) -> None:
    limit, slots, generation = draft.number("memory_most"), draft.number("memory_slots"), draft.text("ram_type")
    if limit is None or not slots or generation not in _MOST_A_SLOT:
        return
    most = _MOST_A_SLOT[generation]
    if generation == "DDR5" and _socket(draft) in {*_DESKTOP, "LGA1700"}:
        most = _MOST_UNBUFFERED
    if limit / slots > most:
        draft.quarantine("memory_most")


def _ecc_is_noise(draft: Draft) -> None:
    draft.null("ecc")


def _ecc_by_maker(draft: Draft) -> None:
    if _socket(draft) != "AM5":
        return
    maker = plain(draft.text("maker"))
    if maker in _CARRY_ECC:
        draft.say("ecc", f"AM5 boards of {draft.text('maker')} mostly carry it: see the maker's list for this board")
        draft.warn("ecc")
    elif maker == "msi":
        draft.say("ecc", "AM5 boards of MSI are not known to carry it: see the maker's list for this board")
        draft.warn("ecc")


def _lanes(draft: Draft) -> None:
    if _socket(draft) not in _DESKTOP:
        return
    wide = sum(_count(row) for row in draft.rows("slots") if row.get("lanes") == 16)  # noqa: PLR2004  # a PCIe slot
    if wide > _ONE_X16:
        draft.say("slots", f"{wide} slots as long as x16; their lanes are not in BuildCores OpenDB")
        draft.null("slots")


def _m2_sockets(draft: Draft) -> None:
    rows = draft.rows("m2")
    kept = [row for row in rows if row.get("key") != "E"]
    collapsed = _without_length_variants(kept)
    if len(kept) <= _MOST_M2:
        if len(kept) < len(rows):
            draft.fix("m2", kept)
        if len(collapsed) < len(kept):
            draft.say("m2_sockets", f"perhaps {len(collapsed)}: sockets that take several lengths may be counted twice")
            draft.warn("m2")
    elif len(collapsed) <= _MOST_M2:
        draft.fix("m2", collapsed)
    else:
        draft.null("m2")


def _without_length_variants(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out a row of one length right after one of several over the same link: both are of one socket."""
    kept: list[dict[str, Any]] = []
    several = False
    for row in rows:
        lengths = len(_LENGTHS.findall(str(row.get("size"))[:60]))
        same_link = bool(kept) and row.get("interface") == kept[-1].get("interface")
        if several and same_link and lengths == 1:
            several = False
            continue
        several = lengths > 1
        kept.append(row)
    return kept


def _not_empty(draft: Draft) -> None:
    if not draft.text("socket"):
        draft.quarantine("socket")
    elif draft.number("memory_slots") is None and draft.number("memory_most") is None:
        draft.quarantine("memory_slots")


def _socket(draft: Draft) -> str:
    return socket_of(draft.text("socket"))


def _is_registered(draft: Draft) -> bool:
    return _socket(draft) in WORKSTATION_SOCKETS


def _count(row: dict[str, Any]) -> int:
    quantity = row.get("quantity")
    return quantity if isinstance(quantity, int) and not isinstance(quantity, bool) and 0 <= quantity <= 16 else 0  # noqa: PLR2004


def _values(draft: Draft) -> dict[str, Any]:
    ports = [number for name in ("sata_6", "sata_3") if (number := draft.number(name)) is not None]
    power = [text for text in draft.texts("cpu_power") if text.strip().lower().replace(" ", "-").startswith("8-pin")]
    form = draft.text("form_factor")
    draft.say("slots", draft.notes.get("slots", "their places are not in BuildCores OpenDB"))
    draft.say("ecc", draft.notes.get("ecc", "what BuildCores OpenDB says of it contradicts itself and is not used"))
    return {
        "socket": _socket(draft) or None,
        "chipset": draft.text("chipset").removeprefix("AMD ").removeprefix("Intel ") or None,
        "form_factor": FORMATS.get(form, form) or None,
        "memory_slots": draft.number("memory_slots"),
        "memory_limit": draft.number("memory_most"),
        "m2_sockets": len(draft.rows("m2")) or None,
        "sata_ports": sum(ports) if ports else None,
        "u2_ports": draft.number("u2"),
        "eps_connectors": len(power) or None,
        "lan_rate": _fastest(draft.rows("ethernet")),
    }


def _fastest(rows: list[dict[str, Any]]) -> float | None:
    rates = []
    for row in rows:
        found = _SPEED.search(row["speed"][:40]) if isinstance(row.get("speed"), str) else None
        if found:
            rates.append(float(found[1][:6]) / (1 if found[2].lower() == "gb" else 1000))
    return max(rates, default=None)


BOARD: Final = Family(
    "Motherboard",
    "board",
    (
        *COMMON,
        Fact("socket", "socket", "text"),
        Fact("chipset", "chipset", "text"),
        Fact("form_factor", "form_factor", "text"),
        Fact("memory_most", "memory.max"),
        Fact("memory_slots", "memory.slots"),
        Fact("ram_type", "memory.ram_type", "text"),
        Fact("ecc", "ecc_support", "flag"),
        Fact("slots", "pcie_slots", "rows"),
        Fact("m2", "m2_slots", "rows"),
        Fact("sata_6", "storage_devices.sata_6_gb_s"),
        Fact("sata_3", "storage_devices.sata_3_gb_s"),
        Fact("u2", "storage_devices.u2"),
        Fact("cpu_power", "power_connectors.cpu_power", "texts"),
        Fact("ethernet", "onboard_ethernet", "rows"),
    ),
    (
        Rule(
            "M2",
            "Motherboard",
            "A memory limit of 1000, 2000 or 4000 is 1024, 2048 or 4096 GB; 1 or 2 on a workstation socket is "
            "terabytes.",
            ("fixed",),
            _memory_limit_unit,
        ),
        Rule(
            "M1",
            "Motherboard",
            "A memory limit is at least 8 GB and a multiple of 8.",
            ("nulled",),
            _memory_limit,
        ),
        Rule(
            "M3",
            "Motherboard",
            "No slot takes more than 256 GB of DDR5 (64 unbuffered) or 128 GB of DDR4.",
            ("quarantined",),
            _memory_a_slot,
        ),
        Rule(
            "M4",
            "Motherboard",
            "Error correction is not taken from OpenDB: twins of one board say yes and no.",
            ("nulled",),
            _ecc_is_noise,
        ),
        Rule(
            "M5",
            "Motherboard",
            "Whether an AM5 board carries error correction is for its maker's list to say; the maker's habit is noted.",
            ("warned",),
            _ecc_by_maker,
        ),
        Rule(
            "M6",
            "Motherboard",
            "A desktop processor feeds one x16 slot: of more, only the mechanical length is known and no lanes.",
            ("nulled",),
            _lanes,
        ),
        Rule(
            "M7",
            "Motherboard",
            "Sockets for radio cards hold no drives; above eight, entries that differ in length only are one socket.",
            ("fixed", "warned", "nulled"),
            _m2_sockets,
        ),
        Rule(
            "M8",
            "Motherboard",
            "A board without a socket or without any word of its memory is an empty shell.",
            ("quarantined",),
            _not_empty,
        ),
    ),
    _values,
)
