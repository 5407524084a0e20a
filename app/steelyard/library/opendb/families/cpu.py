"""Processors: memory limits in terabytes, channels by socket, the clocks, the power limit, the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family
from steelyard.library.opendb.names import socket_of

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

WORKSTATION_SOCKETS: Final = ("sTR5", "sWRX8", "SP3", "SP5", "SP6", "LGA4677", "LGA4710")
"""Sockets whose processors address a terabyte and more."""

_CHANNELS: Final = {
    "AM5": {2}, "LGA1851": {2}, "sTRX4": {4}, "sTR5": {4, 8}, "sWRX8": {8}, "SP6": {6}, "SP5": {12},
    "LGA4677": {4, 8}, "LGA4710": {4, 8},
}  # fmt: skip
_LEAST_LIMIT: Final = 16
_TERABYTES: Final = (1, 2, 4)
_CLOCKS: Final = (1.0, 6.5)
_FIRST_YEAR: Final = 1995
_WIDE: Final = 8
_WX: Final = re.compile(r"\b\d{4}WX\b")
_SERVER: Final = re.compile(r"\b(EPYC|Xeon|Threadripper)\b", re.IGNORECASE)


def _memory_limit(draft: Draft) -> None:
    limit = draft.number("memory_most")
    if limit is None or limit >= _LEAST_LIMIT:
        return
    if limit in _TERABYTES and _socket(draft) in WORKSTATION_SOCKETS:
        draft.fix("memory_most", int(limit) * 1024)
    else:
        draft.null("memory_most")


def _channels(draft: Draft) -> None:
    channels, socket = draft.number("channels"), _socket(draft)
    if channels is None or socket not in _CHANNELS:
        return
    allowed = _CHANNELS[socket]
    if socket == "sTR5":
        allowed = {_WIDE} if _WX.search(draft.text("name")) else {4}
    if channels not in allowed:
        draft.quarantine("channels")


def _error_correction(draft: Draft) -> None:
    if draft.facts.get("ecc") is False and _SERVER.search(draft.text("name")):
        draft.fix("ecc", now=True)


def _clocks_and_cores(draft: Draft) -> None:
    base, boost = draft.number("base"), draft.number("boost")
    low, high = _CLOCKS
    clocks = [clock for clock in (base, boost) if clock is not None]
    if any(not low <= clock <= high for clock in clocks) or clocks != sorted(clocks):
        draft.quarantine("base")
    cores, threads = draft.number("cores"), draft.number("threads")
    if cores is not None and threads is not None and not cores <= threads <= 2 * cores:
        draft.quarantine("threads")


def _no_power_limit(draft: Draft) -> None:
    if draft.number("ppt") == 0:
        draft.null("ppt")


def _power_limit_below_rating(draft: Draft) -> None:
    limit, rating = draft.number("ppt"), draft.number("tdp")
    if limit is not None and rating is not None and 0 < limit < rating:
        draft.null("ppt")


def _year(draft: Draft) -> None:
    year = draft.number("year")
    if year is not None and not _FIRST_YEAR <= year <= draft.this_year + 1:
        draft.null("year")


def _pro(draft: Draft) -> None:
    name = draft.text("name")
    if _WX.search(name) and "Threadripper" in name and not re.search(r"\bPRO\b", name, re.IGNORECASE):
        generation = _WX.search(name)
        if generation is not None and int(generation[0][0]) >= 3:  # noqa: PLR2004  # 2990WX was none
            draft.fix("name", name.replace("Threadripper", "Threadripper PRO", 1))


def _socket(draft: Draft) -> str:
    return socket_of(draft.text("socket"))


def _values(draft: Draft) -> dict[str, Any]:
    limit = draft.number("ppt")
    if limit is None and draft.number("tdp") is not None:
        draft.say("package_power", "its thermal design power; no power limit is stated")
    graphics = draft.text("graphics")
    return {
        "socket": _socket(draft) or None,
        "cores": draft.number("cores"),
        "threads": draft.number("threads"),
        "base_clock": draft.number("base"),
        "boost_clock": draft.number("boost"),
        "cache": draft.number("cache"),
        "package_power": draft.number("tdp") if limit is None else limit,
        "memory_channels": draft.number("channels"),
        "memory_limit": draft.number("memory_most"),
        "ecc": draft.facts.get("ecc"),
        "graphics": graphics.lower() != "none" if graphics else None,
    }


CPU: Final = Family(
    "CPU",
    "cpu",
    (
        *COMMON,
        Fact("socket", "socket", "text"),
        Fact("cores", "cores.total"),
        Fact("threads", "cores.threads"),
        Fact("base", "clocks.performance.base"),
        Fact("boost", "clocks.performance.boost"),
        Fact("cache", "cache.l3"),
        Fact("memory_most", "specifications.memory.maxSupport"),
        Fact("channels", "specifications.memory.channels"),
        Fact("tdp", "specifications.tdp"),
        Fact("ppt", "specifications.ppt"),
        Fact("ecc", "specifications.eccSupport", "flag"),
        Fact("graphics", "specifications.integratedGraphics.model", "text"),
    ),
    (
        Rule(
            "C1",
            "CPU",
            "A memory limit below 16 GB is terabytes on a workstation socket (1, 2 or 4) and unknown on any other.",
            ("fixed", "nulled"),
            _memory_limit,
        ),
        Rule("C2", "CPU", "The number of memory channels is one that the socket has.", ("quarantined",), _channels),
        Rule("C3", "CPU", "Every EPYC, Xeon and Threadripper corrects memory errors.", ("fixed",), _error_correction),
        Rule(
            "C4",
            "CPU",
            "Clocks lie between 1 and 6.5 GHz, base below boost; threads are one or two a core.",
            ("quarantined",),
            _clocks_and_cores,
        ),
        Rule("C5", "CPU", "A package power limit of zero is unknown.", ("nulled",), _no_power_limit),
        Rule(
            "C6",
            "CPU",
            "A package power limit below the thermal design power is none.",
            ("nulled",),
            _power_limit_below_rating,
        ),
        Rule("C7", "CPU", "The year of release lies between 1995 and the next year.", ("nulled",), _year),
        Rule("C9", "CPU", "A Threadripper of the WX series is a PRO.", ("fixed",), _pro),
    ),
    _values,
)
