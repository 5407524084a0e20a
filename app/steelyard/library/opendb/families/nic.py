"""Network adapters: a name and nothing else, but the name tells ports, rate and lanes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.families.family import COMMON, Family

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

_PORTS: Final = re.compile(r"(?:(\d) x )?(?:(\d{1,3}(?:\.\d)?) (Gb|Mb)/s|(Gigabit)) Ethernet\b")
_LANES: Final = re.compile(r"\bPCIe x(\d{1,2})\b")


def _values(draft: Draft) -> dict[str, Any]:
    name = draft.text("name")
    ports, lanes = _PORTS.search(name), _LANES.search(name)
    rate: float | None = None
    if ports is not None:
        rate = 1.0 if ports[4] else float(ports[2]) / (1 if ports[3] == "Gb" else 1000)
    return {
        "ports": None if ports is None else int(ports[1] or 1),
        "port_rate": rate,
        "pcie_lanes": None if lanes is None else int(lanes[1]),
    }


NIC: Final = Family("NetworkCard", "nic", COMMON, (), _values, derived=frozenset({"ports", "port_rate", "pcie_lanes"}))
