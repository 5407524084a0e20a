"""Drives: terabytes typed as gigabytes, capacities cut off, interfaces that do not match the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

_LEAST_CAPACITY: Final = 16
_TOLERANCE: Final = 0.10
_TERABYTES: Final = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,2})?)\s?TB\b")
_GENERATION: Final = re.compile(r"PCIe (\d)\.0 x(\d{1,2})\b")
_DATA_CENTRE: Final = re.compile(
    r"\bDC\b|\bDC\d{3}|\bD[357]-?[PS]\d|\bU\.[23]\b|\bMicron [5679][1-5]00\b|\b7[34][05]0 ?(PRO|MAX)\b"
    r"|\b(PM|SM)(8[5-9]\d|98[3-9]|9A3|16\d\d|17\d\d)|\b[PS]4[5-8]\d\d\b|\b905P\b|\bP5800X\b|Enterprise|Data ?cent",
    re.IGNORECASE,
)
_FORMS: Final = {"M.2-2280": "M.2 2280", "M.2-22110": "M.2 22110", '2.5"': "2.5 inch", '3.5"': "3.5 inch"}


def _terabytes(draft: Draft) -> None:
    capacity = draft.number("capacity")
    if capacity is None or capacity >= _LEAST_CAPACITY:
        return
    if not re.search(rf"(?<![\d.]){capacity:g}\s?GB\b", draft.text("name")):
        draft.fix("capacity", int(capacity * 1000))


def _capacity_in_name(draft: Draft) -> None:
    capacity = draft.number("capacity")
    said = {round(float(each) * 1000) for each in _TERABYTES.findall(draft.text("name"))}
    if capacity is None or len(said) != 1:
        return
    named = said.pop()
    if named and abs(capacity - named) > _TOLERANCE * named:
        draft.fix("capacity", named)


def _u2_is_nvme(draft: Draft) -> None:
    if draft.text("interface") in {"U.2", "U.3"} and draft.facts.get("nvme") is not True:
        draft.fix("nvme", now=True)


def _card_is_no_m2(draft: Draft) -> None:
    if draft.text("form_factor") == "PCIe" and draft.text("interface").startswith("M.2 "):
        draft.fix("interface", draft.text("interface").removeprefix("M.2 "))


def _m2_has_four_lanes(draft: Draft) -> None:
    link = _GENERATION.search(draft.text("interface"))
    if draft.text("form_factor").startswith("M.2") and link is not None and int(link[2]) > 4:  # noqa: PLR2004  # an M.2
        draft.quarantine("interface")


def _values(draft: Draft) -> dict[str, Any]:
    interface, form = draft.text("interface"), draft.text("form_factor")
    link = _GENERATION.search(interface)
    talks: str | None = None
    if draft.facts.get("nvme") is True:
        talks = "nvme"
    elif "SATA" in interface or interface == "mSATA":
        talks = "sata"
    elif "SAS" in interface:
        talks = "sas"
    return {
        "class": _class(draft, talks),
        "form_factor": interface if interface in {"U.2", "U.3"} else _FORMS.get(form, form) or None,
        "interface": talks,
        "capacity": draft.number("capacity"),
        "pcie_generation": int(link[1]) if link else (0 if talks in {"sata", "sas"} else None),
        "pcie_lanes": int(link[2]) if link else (0 if talks in {"sata", "sas"} else None),
    }


def _class(draft: Draft, talks: str | None) -> str | None:
    """Tell the class by type and name: OpenDB has no field for it."""
    if draft.text("type") == "HDD":
        return "hard disk"
    if draft.text("type") != "SSD":
        return None
    if _DATA_CENTRE.search(f"{draft.text('name')} {draft.text('series')} {draft.text('interface')}"):
        return "data centre SSD"
    return "consumer SSD" if talks in {"nvme", "sata"} else None


DRIVE: Final = Family(
    "Storage",
    "drive",
    (
        *COMMON,
        Fact("series", "metadata.series", "text"),
        Fact("capacity", "capacity"),
        Fact("type", "storage_type", "text"),
        Fact("form_factor", "form_factor", "text"),
        Fact("interface", "interface", "text"),
        Fact("nvme", "nvme", "flag"),
    ),
    (
        Rule(
            "S1",
            "Storage",
            "A capacity below 16 that the name does not give in gigabytes is in terabytes.",
            ("fixed",),
            _terabytes,
        ),
        Rule(
            "S2",
            "Storage",
            "Where the name gives terabytes that differ by more than a tenth, the name is right.",
            ("fixed",),
            _capacity_in_name,
        ),
        Rule("S3", "Storage", "A drive on U.2 or U.3 talks NVMe.", ("fixed",), _u2_is_nvme),
        Rule("S4", "Storage", "A drive on a card has a PCIe link and no M.2.", ("fixed",), _card_is_no_m2),
        Rule("S5", "Storage", "An M.2 drive has at most four lanes.", ("quarantined",), _m2_has_four_lanes),
    ),
    _values,
    derived=frozenset({"class"}),
)
