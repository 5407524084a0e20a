"""Graphics cards: buses, clocks of mixed units, connectors that cannot carry the card, blowers, EPS inputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family
from steelyard.library.opendb.families.gpu_chips import POSSIBLE_BUSES, architecture_of, bus_of

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

_SLOT, _SIX, _EIGHT, _SIXTEEN, _EPS = 75, 75, 150, 600, 300  # W
_CONNECTORS: Final = ("pin6", "pin8", "hpwr", "v2x6")
_PROFESSIONAL: Final = re.compile(
    r"\bRTX (PRO |A\d)|\bQuadro\b|\bRadeon (AI )?PRO\b|\bArc Pro\b|\bTesla\b|\bRTX \d{4} (SFF )?Ada\b"
    r"|^(NVIDIA )?[AHL]\d{1,3}S?\b|\b(RTX )?T\d{3,4}\b|FirePro",
    re.IGNORECASE,
)
_EPS_CARD: Final = re.compile(r"\b(RTX )?A6000\b|\bA(100|40|30)\b", re.IGNORECASE)
_SIXTEEN_PIN_CARD: Final = re.compile(r"\bRTX PRO \d{4}\b|\bRTX \d{4} (SFF )?Ada\b", re.IGNORECASE)
_LINK: Final = re.compile(r"PCIe (\d)\.0 x(\d{1,2})\b")
_BLOWER_POWER, _BLOWER_LENGTH = 200, 240  # W, mm


def _bus_zero(draft: Draft) -> None:
    if draft.number("bus") == 0:
        draft.null("bus")


def _no_cores(draft: Draft) -> None:
    if draft.number("cores") == 0:
        draft.null("cores")


def _link_and_bus(draft: Draft) -> None:
    if draft.text("interface") and not _LINK.search(draft.text("interface")):
        draft.null("interface")
    bus = draft.number("bus")
    if bus is None:
        return
    if bus not in POSSIBLE_BUSES:
        draft.quarantine("bus")
    elif bus_of(draft.text("chipset")) not in {None, bus}:
        draft.null("bus")


def _memory_clock(draft: Draft) -> None:
    draft.null("memory_clock")


def _connectors(draft: Draft) -> None:
    power = draft.number("board_power")
    counts = [draft.number(name) for name in _CONNECTORS]
    if power is None or all(count is None for count in counts):
        return
    six, eight, hpwr, v2x6 = (count or 0 for count in counts)
    eps = draft.number("eps") or 0
    carried = _SLOT + _SIX * six + _EIGHT * eight + _SIXTEEN * max(hpwr, v2x6) + _EPS * eps
    if power > carried:
        for name in _CONNECTORS:
            draft.null(name)


def _blower(draft: Draft) -> None:
    if draft.text("cooling") != "1 Fan" or not _is_professional(draft):
        return
    power, length = draft.number("board_power"), draft.number("length")
    if power is not None and length is not None and power >= _BLOWER_POWER and length >= _BLOWER_LENGTH:
        draft.fix("cooling", "Blower")


def _professional_inputs(draft: Draft) -> None:
    chip, power = draft.text("chipset"), draft.number("board_power")
    if power is None or power <= _SLOT:
        return
    if _EPS_CARD.search(chip):
        _say_inputs(draft, eps=1, sixteen=0)
    elif _SIXTEEN_PIN_CARD.search(chip) and not max(draft.number("hpwr") or 0, draft.number("v2x6") or 0):
        _say_inputs(draft, eps=0, sixteen=1)


def _say_inputs(draft: Draft, *, eps: int, sixteen: int) -> None:
    for name, now in (("pin6", 0), ("pin8", 0), ("hpwr", sixteen), ("v2x6", 0), ("eps", eps)):
        if draft.number(name) != now:
            draft.fix(name, now)


def _is_professional(draft: Draft) -> bool:
    return _PROFESSIONAL.search(draft.text("chipset")) is not None


def _values(draft: Draft) -> dict[str, Any]:
    link = _LINK.search(draft.text("interface"))
    professional = _is_professional(draft)
    inputs = [draft.number(name) for name in ("pin8", "pin6")]
    sixteen = [count for name in ("hpwr", "v2x6") if (count := draft.number(name)) is not None]
    known = any(count is not None for count in (*inputs, *sixteen))
    eps = draft.number("eps")
    cooling = {"Blower": "blower", "Passive": "passive", "Hybrid": "liquid", "Water Cooled": "liquid"}
    cooling |= {} if professional else {f"{fans} Fans": "axial_open" for fans in (2, 3, 4)}
    style = cooling.get(draft.text("cooling"))
    power = draft.number("board_power")
    return {
        "segment": "workstation" if professional else ("consumer" if draft.text("chipset") else None),
        "architecture": architecture_of(draft.text("chipset")),
        "cooling": style,
        "thickness": draft.number("thickness"),
        "length": draft.number("length"),
        "connectors_16pin": max(sixteen) if sixteen else None,
        "connectors_8pin": sum(count or 0 for count in inputs) if any(each is not None for each in inputs) else None,
        "connectors_eps": eps if eps is not None else (0 if known and not professional else None),
        "memory": draft.number("memory_size"),
        "pcie_generation": int(link[1]) if link else None,
        "pcie_lanes": int(link[2]) if link else None,
        "board_power": power,
        "needs_ducted_air": False if style in {"blower", "axial_open", "liquid"} else None,
    }


GPU: Final = Family(
    "GPU",
    "gpu",
    (
        *COMMON,
        Fact("chipset", "chipset", "text"),
        Fact("memory_size", "memory"),
        Fact("bus", "memory_bus"),
        Fact("cores", "core_count"),
        Fact("core_base", "core_base_clock"),
        Fact("core_boost", "core_boost_clock"),
        Fact("memory_clock", "effective_memory_clock"),
        Fact("interface", "interface", "text"),
        Fact("length", "length"),
        Fact("board_power", "tdp"),
        Fact("thickness", "total_slot_width"),
        Fact("cooling", "cooling", "text"),
        Fact("pin6", "power_connectors.pcie_6_pin"),
        Fact("pin8", "power_connectors.pcie_8_pin"),
        Fact("hpwr", "power_connectors.pcie_12VHPWR"),
        Fact("v2x6", "power_connectors.pcie_12V_2x6"),
    ),
    (
        Rule("G1", "GPU", "A memory bus of zero bits is unknown.", ("nulled",), _bus_zero),
        Rule("G2", "GPU", "A card without cores has an unknown number of them.", ("nulled",), _no_cores),
        Rule(
            "G3",
            "GPU",
            "A link without a generation is unknown; a memory bus is of a width that exists, and the chip's own.",
            ("nulled", "quarantined"),
            _link_and_bus,
        ),
        Rule(
            "G4",
            "GPU",
            "The memory clock mixes MHz and Mbit/s and is never used, least of all for a bandwidth.",
            ("nulled",),
            _memory_clock,
        ),
        Rule(
            "G8",
            "GPU",
            "A long professional card of 200 W and more with one fan is a blower.",
            ("fixed",),
            _blower,
        ),
        Rule(
            "G9",
            "GPU",
            "RTX A6000, A100, A40 and A30 take an EPS lead; professional cards of Ada and Blackwell a 16-pin lead.",
            ("fixed",),
            _professional_inputs,
        ),
        Rule(
            "G6",
            "GPU",
            "A card cannot draw more than its slot and the listed inputs carry: then the inputs are unknown.",
            ("nulled",),
            _connectors,
        ),
    ),
    _values,
    derived=frozenset({"segment", "architecture", "connectors_eps", "needs_ducted_air"}),
)
