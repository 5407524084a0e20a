"""Cases: board formats that are not listed, inches among millimetres, pounds among kilograms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from steelyard.library.opendb.draft import Fact, Rule
from steelyard.library.opendb.families.board import FORMATS
from steelyard.library.opendb.families.family import COMMON, Family

if TYPE_CHECKING:
    from steelyard.library.opendb.draft import Draft

_INCH: Final = 25.4  # mm
_LEAST: Final = {"card_length": 50, "cooler_height": 12, "psu_length": 20, "width": 40, "outer_height": 50, "depth": 50}
"""Below so many millimetres a length can only be in inches."""

_CARD_LENGTHS: Final = (100, 700)
_TALL_PLACES: Final = 7
_TYPES: Final = (("Mid Tower", "mid tower"), ("Full Tower", "full tower"), ("Super Tower", "super tower"),
                 ("Test Bench", "open frame"))  # fmt: skip
_SUPPLIES: Final = ("ATX", "SFX", "SFX-L", "CRPS")


def _inches(draft: Draft) -> None:
    for name, least in _LEAST.items():
        length = draft.number(name)
        if length is not None and 0 < length < least:
            draft.fix(name, round(length * _INCH))


def _card_length(draft: Draft) -> None:
    length = draft.number("card_length")
    low, high = _CARD_LENGTHS
    if length is not None and not low <= length <= high:
        draft.null("card_length")


def _tall_case_takes_more(draft: Draft) -> None:
    if "Full Tower" in draft.text("form_factor") and "EATX" not in draft.texts("boards"):
        draft.say("form_factors", "OpenDB seldom lists E-ATX: a tower of this size may take it")
        draft.warn("boards")


def _named_for_more(draft: Draft) -> None:
    if draft.text("form_factor").startswith("EATX") and "EATX" not in draft.texts("boards"):
        draft.say("form_factors", "called an E-ATX case, but its list lacks the format")
        draft.warn("boards")


def _places(draft: Draft) -> None:
    places = draft.number("places")
    if places is not None and "Full Tower" in draft.text("form_factor") and places < _TALL_PLACES:
        draft.null("places")


def _mass(draft: Draft) -> None:
    draft.null("weight")


def _values(draft: Draft) -> dict[str, Any]:
    form = draft.text("form_factor")
    supplies = [word for word in draft.texts("supplies") if word in _SUPPLIES]
    return {
        "form_factors": [FORMATS.get(word, word) for word in draft.texts("boards")] or None,
        "expansion_slots": draft.number("places"),
        "gpu_length": draft.number("card_length"),
        "cooler_height": draft.number("cooler_height"),
        "psu_length": draft.number("psu_length"),
        "drive_bays": draft.number("bays"),
        "width": draft.number("width"),
        "height": draft.number("outer_height"),
        "depth": draft.number("depth"),
        "type": next((ours for theirs, ours in _TYPES if re.search(theirs, form)), None),
        "supply_formats": list(dict.fromkeys(supplies)) or None,
    }


CASE: Final = Family(
    "PCCase",
    "case",
    (
        *COMMON,
        Fact("form_factor", "form_factor", "text"),
        Fact("boards", "supported_motherboard_form_factors", "texts"),
        Fact("places", "expansion_slots"),
        Fact("card_length", "max_video_card_length"),
        Fact("cooler_height", "max_cpu_cooler_height"),
        Fact("psu_length", "max_psu_length"),
        Fact("bays", "internal_3_5_bays"),
        Fact("width", "dimensions_mm.width"),
        Fact("outer_height", "dimensions_mm.height"),
        Fact("depth", "dimensions_mm.depth"),
        Fact("weight", "weight"),
        Fact("supplies", "supported_power_supply_form_factors", "texts"),
    ),
    (
        Rule("E6", "PCCase", "A length too short for millimetres is in inches.", ("fixed",), _inches),
        Rule(
            "E1",
            "PCCase",
            "A full tower that lists no E-ATX has an incomplete list of boards.",
            ("warned",),
            _tall_case_takes_more,
        ),
        Rule(
            "E2",
            "PCCase",
            "A case called E-ATX that does not list the format has an incomplete list of boards.",
            ("warned",),
            _named_for_more,
        ),
        Rule("E3", "PCCase", "The longest card is 100 to 700 mm long.", ("nulled",), _card_length),
        Rule("E4", "PCCase", "A full tower has seven expansion places or more.", ("nulled",), _places),
        Rule(
            "E7",
            "PCCase",
            "The weight mixes pounds and kilograms without a word and is never used.",
            ("nulled",),
            _mass,
        ),
    ),
    _values,
)
