"""Memory kits: registered modules are told by their order number, which OpenDB's flags contradict."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

_REGISTERED_NUMBERS: Final = re.compile(
    r"KF5\d\dR|KSM\d\dR|F5-\d{4}R|CMA\w*GX5M|TRA5|TRA4|CTCMD|M321|M393|MTC\d\d[A-Z]?\w*R|HMCG\w*R|HMA\w*R7",
    re.IGNORECASE,
)
_ECC_NUMBERS: Final = re.compile(r"KSM\d\dE|M391|M324|CT\w*E\w*|MTA\w*AZ|MTC\w*EC", re.IGNORECASE)
_ECC_SERVER_NUMBERS: Final = re.compile(r"KSM\d\dE|M391[AR]|M324R", re.IGNORECASE)
_REGISTERED_NAME: Final = re.compile(r"\bRegistered\b|\bRDIMM\b|\bR-DIMM\b", re.IGNORECASE)
_ECC_NAME: Final = re.compile(r"(?<!Non-)(?<!Non )(?<!On-die )(?<!On Die )\bECC\b", re.IGNORECASE)
_RATES: Final = {"DDR5": (4000, 10000), "DDR4": (1600, 5600)}

_KINGSTON_SERVER: Final = re.compile(r"KSM\w+[-/](\d{1,3})[A-Z]", re.IGNORECASE)
_KINGSTON_KIT: Final = re.compile(r"KF\w+?R\w+?K(\d)(?:\w*)-(\d{2,4})", re.IGNORECASE)
_GSKILL: Final = re.compile(r"F5-\d{4}R\w*?(\d{2,3})G([DQE])\d?", re.IGNORECASE)


def _registered_by_number(draft: Draft) -> None:
    if any(_REGISTERED_NUMBERS.match(number) for number in draft.texts("mpns")):
        _make_registered(draft)
    elif draft.text("ecc") != "ECC" and any(_ECC_SERVER_NUMBERS.match(number) for number in draft.texts("mpns")):
        draft.fix("ecc", "ECC")


def _registered_by_name(draft: Draft) -> None:
    if _REGISTERED_NAME.search(draft.text("name")):
        _make_registered(draft)
    elif _ECC_NAME.search(draft.text("name")) and draft.text("ecc") != "ECC":
        draft.fix("ecc", "ECC")


def _make_registered(draft: Draft) -> None:
    if draft.text("ecc") != "ECC":
        draft.fix("ecc", "ECC")
    if draft.text("registered") != "Registered":
        draft.fix("registered", "Registered")


def _capacity_by_number(draft: Draft) -> None:
    for number in draft.texts("mpns"):
        module = _module_said(number)
        quantity, stated = draft.number("quantity"), draft.number("module")
        if module is not None and stated is not None and module != stated:
            draft.fix("module", module)
            if quantity:
                draft.fix("capacity", int(quantity * module))
            return


def _module_said(number: str) -> int | None:
    """Return the gigabytes of one module that an order number tells, or None where it tells none."""
    server, kit, gskill = _KINGSTON_SERVER.match(number), _KINGSTON_KIT.match(number), _GSKILL.match(number)
    if server is not None:
        return int(server[1])
    if kit is not None and int(kit[1]) and int(kit[2]) % int(kit[1]) == 0:
        return int(kit[2]) // int(kit[1])
    if gskill is not None:
        return int(gskill[1])
    return None


def _kit_adds_up(draft: Draft) -> None:
    quantity, module, capacity = draft.number("quantity"), draft.number("module"), draft.number("capacity")
    if quantity is not None and module is not None and capacity is not None and quantity * module != capacity:
        draft.quarantine("capacity")


def _rate(draft: Draft) -> None:
    rate, bounds = draft.number("speed"), _RATES.get(draft.text("ram_type"))
    if rate is not None and bounds is not None and not bounds[0] <= rate <= bounds[1]:
        draft.quarantine("speed")


def _ecc_without_support(draft: Draft) -> None:
    if draft.text("ecc") != "ECC":
        return
    named = _ECC_NAME.search(draft.text("name")) or _REGISTERED_NAME.search(draft.text("name"))
    numbers = draft.texts("mpns")
    if not named and not any(_REGISTERED_NUMBERS.match(each) or _ECC_NUMBERS.match(each) for each in numbers):
        draft.null("ecc")


def _values(draft: Draft) -> dict[str, Any]:
    registered, name = draft.text("registered"), draft.text("name")
    kind: str | None = None
    if "SO-DIMM" in draft.text("form_factor"):
        kind = "SO-DIMM"
    elif registered == "Registered":
        kind = "RDIMM"
    elif re.search(r"\bCU-?DIMM\b", name, re.IGNORECASE):
        kind = "CUDIMM"
    elif registered:
        kind = "UDIMM"
    said = draft.text("ecc")
    return {
        "generation": draft.text("ram_type") or None,
        "module_kind": kind,
        "ecc": said == "ECC" if said else None,
        "modules": draft.number("quantity"),
        "module_capacity": draft.number("module"),
        "rate": draft.number("speed"),
    }


MEMORY: Final = Family(
    "RAM",
    "memory",
    (
        *COMMON,
        Fact("quantity", "modules.quantity"),
        Fact("module", "modules.capacity_gb"),
        Fact("capacity", "capacity"),
        Fact("speed", "speed"),
        Fact("ram_type", "ram_type", "text"),
        Fact("form_factor", "form_factor", "text"),
        Fact("ecc", "ecc", "text"),
        Fact("registered", "registered", "text"),
    ),
    (
        Rule(
            "R1",
            "RAM",
            "An order number of a registered family means registered modules with error correction, "
            "one of an unbuffered server family error correction.",
            ("fixed",),
            _registered_by_number,
        ),
        Rule(
            "R2",
            "RAM",
            "A name that says Registered or ECC means it, whatever the flags say.",
            ("fixed",),
            _registered_by_name,
        ),
        Rule(
            "R4",
            "RAM",
            "The capacity of a server module is the one that its order number tells.",
            ("fixed",),
            _capacity_by_number,
        ),
        Rule("R3", "RAM", "Modules times their capacity is the kit's capacity.", ("quarantined",), _kit_adds_up),
        Rule(
            "R5",
            "RAM",
            "DDR5 runs at 4000 to 10000 MT/s, DDR4 at 1600 to 5600.",
            ("quarantined",),
            _rate,
        ),
        Rule(
            "R6",
            "RAM",
            "Error correction that neither the order number nor the name supports is unknown.",
            ("nulled",),
            _ecc_without_support,
        ),
    ),
    _values,
)
