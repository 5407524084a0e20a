"""Processor coolers: sockets that exist, and a height without which an air cooler cannot be fitted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family
from steelyard.library.opendb.names import socket_of

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

OURS: Final = (
    "sTR5", "SP5", "SP6", "AM5", "LGA4677", "LGA4710", "LGA1851", "sTR4", "sTRX4", "sWRX8", "SP3", "AM4", "LGA1700",
    "LGA4189",
)  # fmt: skip
"""Sockets of our schema."""

_OLDER: Final = (
    "LGA775", "LGA1150", "LGA1151", "LGA1151v2", "LGA1155", "LGA1156", "LGA1200", "LGA1366", "LGA1954", "LGA2011",
    "LGA2011-3", "LGA2066", "LGA3647", "AM1", "AM2", "AM2+", "AM3", "AM3+", "FM1", "FM2", "FM2+",
)  # fmt: skip
_HEIGHTS: Final = (20, 185)
_WORKSTATION: Final = re.compile(r"\b(4U-?M|TR4|TR5|sTR5|SP3|SP5|SP6|sWRX8|Threadripper|EPYC|DX-4677|U14S TR|WS360)\b")
_WIDE_SOCKETS: Final = {"sTR5", "SP5", "SP6", "sWRX8", "SP3", "LGA4677", "LGA4710", "LGA4189"}


def _known_sockets(draft: Draft) -> None:
    tokens = draft.texts("sockets")
    kept = [token for token in tokens if socket_of(token) in {*OURS, *_OLDER}]
    if len(kept) < len(tokens):
        draft.fix("sockets", kept)


def _workstation_sockets(draft: Draft) -> None:
    sockets = {socket_of(token) for token in draft.texts("sockets")}
    if _WORKSTATION.search(draft.text("name")) and not sockets & _WIDE_SOCKETS:
        draft.say("sockets", "made for workstations; the list of its sockets is not complete")
        draft.warn("sockets")


def _air_has_height(draft: Draft) -> None:
    if draft.facts.get("water") is False and draft.number("height") is None:
        draft.quarantine("height")


def _height(draft: Draft) -> None:
    height = draft.number("height")
    low, high = _HEIGHTS
    if draft.facts.get("water") is False and height is not None and not low <= height <= high:
        draft.quarantine("height")


def _values(draft: Draft) -> dict[str, Any]:
    water = draft.facts.get("water")
    sockets = [socket for socket in dict.fromkeys(map(socket_of, draft.texts("sockets"))) if socket in OURS]
    if not sockets and draft.texts("sockets"):
        draft.say("sockets", f"of older sockets only: {', '.join(draft.texts('sockets')[:6])}")
    noise, speed = (draft.number(f"{name}_most") or draft.number(f"{name}_least") for name in ("noise", "fan_speed"))
    fanless = draft.facts.get("fanless") is True
    return {
        "type": None if water is None else ("liquid_closed" if water else "air"),
        "sockets": sockets or None,
        "height": draft.number("height") if water is False else None,
        "radiator_length": 0 if water is False else draft.number("radiator"),
        "fans": 0 if fanless else draft.number("fans") or None,
        "noise": noise,
        "fan_size": draft.number("fan_size"),
        "fan_speed": speed,
    }


COOLER: Final = Family(
    "CPUCooler",
    "cooler",
    (
        *COMMON,
        Fact("sockets", "cpu_sockets", "texts"),
        Fact("water", "water_cooled", "flag"),
        Fact("height", "height"),
        Fact("radiator", "radiator_size"),
        Fact("fans", "fan_quantity"),
        Fact("fan_size", "fan_size"),
        Fact("fanless", "fanless", "flag"),
        Fact("noise_least", "min_noise_level"),
        Fact("noise_most", "max_noise_level"),
        Fact("fan_speed_least", "min_fan_rpm"),
        Fact("fan_speed_most", "max_fan_rpm"),
    ),
    (
        Rule("K1", "CPUCooler", "A socket that does not exist is taken off the list.", ("fixed",), _known_sockets),
        Rule(
            "K2",
            "CPUCooler",
            "A cooler named for workstations that lists none of their sockets has an incomplete list.",
            ("warned",),
            _workstation_sockets,
        ),
        Rule(
            "K4",
            "CPUCooler",
            "An air cooler without a height cannot be fitted.",
            ("quarantined",),
            _air_has_height,
        ),
        Rule("K5", "CPUCooler", "An air cooler is 20 to 185 mm high.", ("quarantined",), _height),
    ),
    _values,
)
