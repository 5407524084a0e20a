"""Power supplies: leads that nobody counted stand as zero, and a label contradicts its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.family import COMMON, Family

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

_LARGE: Final = 850  # W
_LENGTHS: Final = (100, 250)  # mm, of an ATX supply
_ATX_3: Final = re.compile(
    r"\bATX ?3(\.[01x])?\b|\bATX v?3\.[01]\b|\bPCI-?E ?5(\.[01])?\b|12V-?2x6|12VHPWR", re.IGNORECASE
)
_WATTS: Final = re.compile(r"(?<![\d.])(\d{3,4}) ?(?:W|Watts?)\b", re.IGNORECASE)
_CLASSES: Final = {f"80+ {name.title()}": name for name in ("bronze", "silver", "gold", "platinum", "titanium")}
_FORMS: Final = {"ATX/EPS": "ATX"}


def _processor_leads(draft: Draft) -> None:
    if _is_large(draft) and not draft.number("eps"):
        draft.null("eps")


def _card_leads(draft: Draft) -> None:
    if _is_large(draft) and not draft.number("pin8") and not draft.number("pin16"):
        draft.null("pin8")
        draft.null("pin16")


def _sixteen_pin_lead(draft: Draft) -> None:
    if _ATX_3.search(draft.text("name")) and draft.number("pin16") == 0:
        draft.null("pin16")


def _length(draft: Draft) -> None:
    length = draft.number("length")
    low, high = _LENGTHS
    if _form(draft) == "ATX" and length is not None and not low <= length <= high:
        draft.null("length")


def _power_in_name(draft: Draft) -> None:
    said = {int(each) for each in _WATTS.findall(draft.text("name"))}
    wattage = draft.number("wattage")
    if wattage is not None and len(said) == 1 and wattage not in said:
        draft.quarantine("wattage")


def _is_large(draft: Draft) -> bool:
    wattage = draft.number("wattage")
    return wattage is not None and wattage >= _LARGE


def _form(draft: Draft) -> str:
    form = draft.text("form_factor")
    return _FORMS.get(form, form)


def _values(draft: Draft) -> dict[str, Any]:
    eps = draft.number("eps")
    rating = draft.text("rating")
    return {
        "rated_power": draft.number("wattage"),
        "length": draft.number("length"),
        "form_factor": _form(draft) or None,
        "efficiency_class": _CLASSES.get(rating, rating) or None,
        "connectors_16pin": draft.number("pin16"),
        "connectors_8pin": draft.number("pin8"),
        "connectors_eps": eps or None,  # a supply of any size without one would start no board: nobody counted
        "sata": draft.number("sata"),
    }


PSU: Final = Family(
    "PSU",
    "psu",
    (
        *COMMON,
        Fact("wattage", "wattage"),
        Fact("form_factor", "form_factor", "text"),
        Fact("rating", "efficiency_rating", "text"),
        Fact("length", "length"),
        Fact("eps", "connectors.eps_8_pin"),
        Fact("pin16", "connectors.pcie_12vhpwr"),
        Fact("pin8", "connectors.pcie_6_plus_2_pin"),
        Fact("sata", "connectors.sata"),
    ),
    (
        Rule(
            "P1",
            "PSU",
            "A supply of 850 W and more has an EPS lead: zero means that nobody counted.",
            ("nulled",),
            _processor_leads,
        ),
        Rule(
            "P2",
            "PSU",
            "A supply of 850 W and more has leads for cards: zero means that nobody counted.",
            ("nulled",),
            _card_leads,
        ),
        Rule(
            "P3",
            "PSU",
            "A supply sold as ATX 3 has a 16-pin lead: zero means that nobody counted.",
            ("nulled",),
            _sixteen_pin_lead,
        ),
        Rule("P4", "PSU", "An ATX supply is 100 to 250 mm long.", ("nulled",), _length),
        Rule("P6", "PSU", "The rated power is the one in the name.", ("quarantined",), _power_in_name),
    ),
    _values,
)
